"""Numbers of documents: which are lawful, and how a series gives them out without a gap."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 16  # Rule 46(b)


class NumberFault(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"
    CHARACTER = "character"  # the law knows A-Z, 0-9, hyphen and slash only
    LOWER_CASE = "lower_case"
    FIRST = "first"  # begins with 0, hyphen or slash
    PREFIX_ENDS_IN_FIGURE = "prefix_ends_in_figure"


_LAWFUL = re.compile(r"[A-Z0-9/-]*")
_FIRST = re.compile(r"[A-Z1-9]")
_RULE_46 = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]{0,15}")
_IRP = re.compile(r"[A-Za-z1-9][A-Za-z0-9/-]{0,15}")
_GSTR1 = re.compile(r"[A-Za-z0-9/-]{1,16}")
_NOUGHT = re.compile(r"-?0+")
_DIGITS = re.compile(r"([0-9]+)")


def number_fault(text: str) -> NumberFault | None:
    """Why one of our own documents may not bear this number; None if it may.

    Stricter than any one machine, so that a number good here is good at all of them: upper case
    only, since the IRP has raised numbers before hashing since 1 June 2025 and `a1` would clash
    with `A1`; no leading 0, which the IRP refuses though Rule 46 allows it; no leading hyphen,
    which GSTR-1 takes and the IRP does not. A supplier's number is judged by `fits_rule_46`.
    """
    if not text:
        return NumberFault.EMPTY
    if len(text) > LONGEST:
        return NumberFault.TOO_LONG
    if not _LAWFUL.fullmatch(text):
        lawful_raised = text.isascii() and _LAWFUL.fullmatch(text.upper())
        return NumberFault.LOWER_CASE if lawful_raised else NumberFault.CHARACTER
    return None if _FIRST.match(text) else NumberFault.FIRST


def fits_rule_46(text: str) -> bool:
    """Lawful on a tax invoice, whoever issued it: Rule 46(b) CGST Rules."""
    return _RULE_46.fullmatch(text) is not None


def fits_irp(text: str) -> bool:
    """Taken by the invoice registration portal (schema INV-01 v1.1)."""
    return _IRP.fullmatch(text) is not None


def fits_gstr1(text: str) -> bool:
    """Taken by GSTN's offline tool for GSTR-1, which besides refuses a number that is nought."""
    return _GSTR1.fullmatch(text) is not None and not _NOUGHT.fullmatch(text)


@dataclass(frozen=True, slots=True)
class Series:
    """`prefix` (separator and year in it) and figures padded to `width`.

    The figures may outgrow the width, never the sixteen characters of Rule 46(b).
    """

    prefix: str
    width: int

    def __post_init__(self) -> None:
        if self.width < 1:
            raise ValueError(f"a series of width {self.width} has no figures")

    @property
    def last(self) -> int:
        """The greatest number that it can give out; 0 if not even one fits."""
        room = LONGEST - len(self.prefix)
        return 10**room - 1 if room >= self.width else 0

    def fault(self, most: int | None = None) -> NumberFault | None:
        """Why this series may not be opened, if it is to number up to `most` documents.

        Without `most` it must hold what its width promises: 9,999 for a width of 4. Judged on the
        first and on the longest number, so a series without fault never gives out a bad one. Its
        prefix may not end in a figure: `A` at 11 and `A1` at 1 would both say `A11`, and no reader
        could tell where the number begins. So different prefixes never give out the same number.
        """
        if self.prefix[-1:].isdigit():
            return NumberFault.PREFIX_ENDS_IN_FIGURE
        needed = 10**self.width - 1 if most is None else most
        if needed > self.last:
            return NumberFault.TOO_LONG
        return number_fault(self.format(1)) or number_fault(self.format(needed))

    def format(self, number: int) -> str:
        """The text of a number from 1 on. Raises ValueError past `last`: the series is full."""
        if not 1 <= number <= self.last:
            raise ValueError(f"{self.prefix!r} has no number {number}")
        return f"{self.prefix}{number:0{self.width}d}"

    def read(self, text: str) -> int:
        """Which number of this series the text is. Raises ValueError if it is none of its own."""
        figures = text.removeprefix(self.prefix)
        if _DIGITS.fullmatch(figures) and int(figures) and self.format(int(figures)) == text:
            return int(figures)
        raise ValueError(f"{text!r} is no number of the series {self.prefix!r}")

    def next_after(self, text: str) -> str:
        """The number that follows this one. Raises ValueError as `read` and `format` do."""
        return self.format(self.read(text) + 1)


def follows(first: str, second: str) -> bool:
    """Whether `second` comes right after `first` in one series, for the ranges of Table 13.

    Exactly one group of figures differs, by 1, and is padded alike; which group counts is unknown.
    """
    before, after = _DIGITS.split(first), _DIGITS.split(second)
    differing = [pair for pair in zip(before, after, strict=False) if pair[0] != pair[1]]
    if len(before) != len(after) or len(differing) != 1:
        return False
    old, new = differing[0]
    return _DIGITS.fullmatch(old) is not None and new == f"{int(old) + 1:0{len(old)}d}"
