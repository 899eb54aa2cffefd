"""What a GSTIN, UIN or non-resident's id says, or why it is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from dms_desktop.domain.states import State, UnknownState, state


class IdKind(StrEnum):
    REGULAR = "regular"
    ECOMMERCE = "ecommerce"  # an operator who collects tax at source (section 52)
    TDS = "tds"  # a department that deducts tax (section 51)
    UIN = "uin"  # an embassy or a body of the United Nations
    NRI = "nri"  # a non-resident taxable person


class GstinFault(StrEnum):
    LENGTH = "length"
    FORM = "form"
    STATE = "state"
    CHECK_DIGIT = "check_digit"


@dataclass(frozen=True, slots=True)
class Gstin:
    """`pan` is empty where the id holds none: a UIN, a non-resident, a deductor with a TAN."""

    text: str
    kind: IdKind
    state: State
    pan: str = ""


@dataclass(frozen=True, slots=True)
class NotGstin:
    """`expected` is the right last character, known only where the fault is the check digit."""

    text: str
    fault: GstinFault
    expected: str = ""


_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LENGTH = 15
# GSTN's own patterns, from its Returns Offline Tool V3.2.4. They overlap, so the narrow ones go
# first: its pattern of a regular GSTIN would take an operator's C and a deductor's D as well.
_FORMS = (
    (IdKind.TDS, re.compile(r"[0-9]{2}[A-Z]{4}[A-Z0-9][0-9]{4}[A-Z][1-9A-Z]D[0-9A-Z]")),
    (IdKind.ECOMMERCE, re.compile(r"[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]C[0-9A-Z]")),
    (IdKind.REGULAR, re.compile(r"[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z][Z1-9A-J][0-9A-Z]")),
    (IdKind.UIN, re.compile(r"[0-9]{4}[A-Z]{3}[0-9]{5}[UO]N[0-9A-Z]")),
    (IdKind.NRI, re.compile(r"[0-9]{4}[A-Z]{3}[0-9]{5}NR[0-9A-Z]")),
)
_PAN = re.compile(r"[A-Z]{5}[0-9]{4}[A-Z]")
_NEVER_REGISTERED = {"28"}  # Andhra Pradesh took 37 with GST; GSTN's own list has no 28


def normalised(text: str) -> str:
    """Without spaces and in capitals: GSTN refuses a lower-case check digit.

    Letters of other scripts stay as they are, so that none turns into a Latin one by being raised.
    """
    bare = "".join(text.split())
    return bare.upper() if bare.isascii() else bare


def check_digit(first_fourteen: str) -> str:
    """The fifteenth character: base 36, weights 1 and 2 by turns, digits of each product added."""
    total = 0
    for at, mark in enumerate(first_fourteen):
        total += sum(divmod(_ALPHABET.index(mark) * (1 + at % 2), 36))
    return _ALPHABET[-total % 36]


def read_gstin(text: str) -> Gstin | NotGstin:
    """Judge an id as typed; the faults are looked for in the order of GstinFault.

    Asks for the check digit also of ids that the e-way portal would take without it: NIC's sandbox
    ids and some transporters' fail here, so for a transporter the answer is only a warning.
    """
    bare = normalised(text)
    if len(bare) != _LENGTH:
        return NotGstin(bare, GstinFault.LENGTH)
    kind = next((kind for kind, form in _FORMS if form.fullmatch(bare)), None)
    if kind is None:
        return NotGstin(bare, GstinFault.FORM)
    where = _state_of(bare)
    if where is None:
        return NotGstin(bare, GstinFault.STATE)
    expected = check_digit(bare[:-1])
    if bare[-1] != expected:
        return NotGstin(bare, GstinFault.CHECK_DIGIT, expected)
    holds_pan = kind not in {IdKind.UIN, IdKind.NRI} and _PAN.fullmatch(bare, 2, 12)
    return Gstin(bare, kind, where, bare[2:12] if holds_pan else "")


def _state_of(bare: str) -> State | None:
    if bare[:2] in _NEVER_REGISTERED:
        return None
    try:
        return state(bare[:2])
    except UnknownState:
        return None
