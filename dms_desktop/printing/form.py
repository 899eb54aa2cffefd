"""A paper as words in their places, before it is known how wide the paper is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dms_desktop.domain.company import Company
from dms_desktop.domain.facts import Party
from dms_desktop.language.catalogue import _
from dms_desktop.printing import wording
from dms_desktop.printing.columns import Column
from dms_desktop.printing.paper import Copy
from dms_desktop.printing.wrapping import BETWEEN

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody on the paper: what he is to it, his name, and what else is said of him."""

    label: str
    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the paper.

    `first` are the columns of a row's first line where the paper is too narrow for all. `ends` is
    what stands left and right on a row's last line on a receipt, where no columns stand; `quiet`
    are the columns that `ends` says already. `carried` is a column's sum over so many rows.
    """

    columns: tuple[Column, ...]
    caption: str = ""
    first: frozenset[str] = frozenset()
    ends: tuple[Pair, ...] = ()
    quiet: frozenset[str] = frozenset()
    ticks: bool = False
    total: str = ""  # what stands before the sums; empty = they are not shown
    carried: Callable[[Column, int], str] | None = None

    @property
    def count(self) -> int:
        return len(self.columns[0].cells)


@dataclass(frozen=True, slots=True)
class Form:
    """`extra` are tables beneath the main ones, such as tax by HSN, in small letters."""

    title: str
    number: Pair
    day: str
    at: datetime  # when it was written, aware
    seller: Voice
    voices: tuple[Voice, ...]
    facts: tuple[Pair, ...]
    grids: tuple[Grid, ...]
    under: str = ""
    marks: tuple[str, ...] = ()
    extra: tuple[Grid, ...] = ()
    sums: tuple[Pair, ...] = ()
    grand: Pair = ("", "")
    words: tuple[Pair, ...] = ()
    notes: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()  # notes that must be seen
    code: str = ""  # what a payment code says
    signs: tuple[Pair, ...] = ()
    by: str = ""
    cancelled: bool = False
    copies: Mapping[Copy, str] = field(default_factory=dict)

    def copy_marks(self, asked: Sequence[Copy]) -> tuple[str, ...]:
        """What stands on each copy; one bare copy of a paper that has none by law."""
        return tuple(dict.fromkeys(self.copies.get(copy, "") for copy in asked))


def told(label: str, value: str) -> str:
    """A label that has its {number}, or nothing where there is none."""
    return label.format(number=value) if value else ""


def spaced(*parts: str) -> str:
    return BETWEEN.join(part for part in parts if part)


def some(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line.strip())


def ourselves(company: Company) -> Voice:
    state = told_state(company.state)
    return Voice(
        "",
        company.name,
        some(
            wording.place_line(company.address, company.city, company.pin),
            spaced(state, told(_("Phone {number}"), company.phone), company.email),
            spaced(gstin_line(company.gstin), f"PAN {company.pan}" if company.pan else ""),
            spaced(
                told(_("FSSAI {number}"), company.fssai),
                told(_("Drug licence {number}"), company.drug_licence),
            ),
        ),
    )


def party_voice(label: str, party: Party) -> Voice:
    return Voice(
        label,
        party.name,
        some(
            wording.place_line(party.address, party.city, party.pin),
            f"GSTIN {wording.gstin_or_unregistered(party)}",
            spaced(told_state(party.state), told(_("Phone {number}"), party.phone)),
            spaced(told(_("Code {number}"), party.code), told(_("FSSAI {number}"), party.fssai)),
            told(_("Drug licence {number}"), party.drug_licence),
        ),
    )


def gstin_line(gstin: str) -> str:
    return f"GSTIN {gstin}" if gstin else ""


def told_state(code: str) -> str:
    return _("State {state}").format(state=wording.state_name(code)) if code else ""
