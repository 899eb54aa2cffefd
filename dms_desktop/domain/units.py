"""Cases, inners and pieces: how a quantity is typed and read, always kept in base units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MOST = 10_000_000  # base units in one entry; more is a barcode in the wrong box


class QuantityFault(StrEnum):
    EMPTY = "empty"
    NOT_A_QUANTITY = "not_a_quantity"
    NEGATIVE = "negative"
    FRACTION = "fraction"
    ZERO = "zero"
    TOO_MANY = "too_many"
    NO_CASE = "no_case"
    NO_INNER = "no_inner"


class BadQuantity(Exception):
    """What was typed is no quantity. Facts: `typed`, and `most` where there are too many."""

    def __init__(self, reason: QuantityFault, facts: Mapping[str, object]) -> None:
        super().__init__(reason, facts)
        self.reason = reason
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Quantity:
    """Base units charged and base units given free."""

    billed: int
    free: int = 0


_PART = re.compile(r"(?:([0-9]+) ?c ?)?(?:([0-9]+) ?i ?)?(?:([0-9]+) ?p?)?", re.IGNORECASE)
_NEGATIVE = re.compile(r"[-−]\s*[0-9]")
_FRACTION = re.compile(r"[0-9]*[.,/][0-9]+")


def read_quantity(text: str, case: int = 0, inner: int = 0) -> Quantity:
    """Read `12`, `2c`, `2c 6p`, `2c6`, `1i 3p`, and `10+1` for ten charged and one free.

    `case` and `inner` are base units in one; 0 means that the item has none, and asking for it is
    refused: a missing factor never counts as 1. Cases come before inners, inners before pieces. A
    quantity may be all free (`0+1`). Raises BadQuantity.
    """
    typed = " ".join(text.split())
    if not typed:
        raise BadQuantity(QuantityFault.EMPTY, {"typed": typed})
    parts = [
        _base_units(part.strip(), case, inner, {"typed": typed}) for part in typed.split("+", 1)
    ]
    if sum(parts) == 0:
        raise BadQuantity(QuantityFault.ZERO, {"typed": typed})
    if sum(parts) > MOST:
        raise BadQuantity(QuantityFault.TOO_MANY, {"typed": typed, "most": MOST})
    return Quantity(*parts)


def spell(qty: int | Quantity, case: int = 0, inner: int = 0) -> str:
    """`2c 6p`, as `read_quantity` reads it; a bare figure where the item has no case and no inner.

    As few pieces as the factors allow. Below nought the minus stands for the whole: `-2c 6p`.
    """
    if isinstance(qty, Quantity):
        free = f"+{spell(qty.free, case, inner)}" if qty.free else ""
        return spell(qty.billed, case, inner) + free
    if not case and not inner:
        return str(qty)
    words, left = [], abs(qty)
    for factor, letter in ((case, "c"), (inner, "i"), (1, "p")):
        count, left = divmod(left, factor) if factor else (0, left)
        if count:
            words.append(f"{count}{letter}")
    return ("-" if qty < 0 else "") + (" ".join(words) or "0p")


def _base_units(part: str, case: int, inner: int, facts: Mapping[str, object]) -> int:
    found = _PART.fullmatch(part)
    if not part or not found:
        raise BadQuantity(_why_not(part), facts)
    cases, inners, pieces = found.groups()
    if cases and not case:
        raise BadQuantity(QuantityFault.NO_CASE, facts)
    if inners and not inner:
        raise BadQuantity(QuantityFault.NO_INNER, facts)
    return _count(cases) * case + _count(inners) * inner + _count(pieces)


def _count(digits: str | None) -> int:
    """A figure as a number; one too long to be true is cut, and is too many all the same."""
    bare = (digits or "").lstrip("0")
    return int(bare[: len(str(MOST)) + 1] or "0")


def _why_not(part: str) -> QuantityFault:
    if _NEGATIVE.match(part):
        return QuantityFault.NEGATIVE
    return QuantityFault.FRACTION if _FRACTION.match(part) else QuantityFault.NOT_A_QUANTITY
