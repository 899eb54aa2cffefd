"""Licences to sell classes of goods: whose number, until when, and what a lapsed one stops."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

FSSAI = "FSSAI"
DRUG = "DRUG"  # where only a number is known, and not of which form


class Regime(StrEnum):
    """A class of goods that only the holder of a licence may sell. The word is kept on disk."""

    FOOD = "food"
    DRUG = "drug"


# Forms of the Drugs Rules 1945: 20 and 21 to sell by retail, with a B wholesale, and their kin.
_DRUG_FORMS = ("20", "20A", "20B", "20BB", "20F", "20G", "21", "21A", "21B", "21BB")
REGIMES: Mapping[str, Regime] = {
    FSSAI: Regime.FOOD,
    DRUG: Regime.DRUG,
    **dict.fromkeys(_DRUG_FORMS, Regime.DRUG),
}
_SPOKEN = re.compile(r"^(?:D\.?L\.?|DRUG|FORM)[\s.-]+|[\s-]+(?:LICEN[CS]E|NO\.?)$")


@dataclass(frozen=True, slots=True, order=True)
class Licence:
    """`valid_to`: its last day; None = it was not said, and it stands."""

    kind: str
    number: str
    valid_to: date | None = None

    def ended(self, day: date) -> bool:
        return self.valid_to is not None and self.valid_to < day


def read_kind(text: str) -> str:
    """As it is kept: `Form 20-B`, `DL 20b` and `20 B` are 20B; a word of the owner's own stays."""
    bare = " ".join(text.upper().split())
    word = _SPOKEN.sub("", bare)
    form = re.sub(r"[\s().-]+", "", word)
    if form in REGIMES:
        return form
    return DRUG if bare in ("DL", "D.L.") else "-".join(bare.split())


def tidy(licences: Iterable[Licence]) -> tuple[Licence, ...]:
    """One row for each kind and number, in one order: two lists that say the same are the same."""
    read = (
        replace(each, kind=read_kind(each.kind), number=" ".join(each.number.split()))
        for each in licences
    )
    return tuple(sorted({(each.kind, each.number): each for each in read}.values(), key=_order))


def _order(licence: Licence) -> tuple[str, str]:
    return licence.kind, licence.number


def standing(licences: Iterable[Licence], regime: Regime | None = None) -> tuple[Licence, ...]:
    """Of each kind the one that holds longest: an old one that was renewed counts no more."""
    found: dict[str, Licence] = {}
    for each in licences:
        if regime is not None and REGIMES.get(each.kind) is not regime:
            continue
        before = found.get(each.kind)
        if before is None or _until(before) < _until(each):
            found[each.kind] = each
    return tuple(found.values())


def _until(licence: Licence) -> date:
    return licence.valid_to or date.max


def lapsed(licences: Iterable[Licence], regime: Regime, day: date) -> Licence | None:
    """The first that has ended and was not renewed. Of the drug forms each counts for itself, since
    the item does not say for which of them it asks."""
    return next((each for each in standing(licences, regime) if each.ended(day)), None)


def ending(licences: Iterable[Licence], day: date, days: int) -> Iterator[Licence]:
    """Those that hold today and end within so many days."""
    for each in standing(licences):
        if each.valid_to and not each.ended(day) and each.valid_to <= day + timedelta(days):
            yield each


def numbers(licences: Iterable[Licence], regime: Regime) -> str:
    """As a paper says them: `11526000000001`, or `20B MH-1, 21B MH-2`."""
    said = standing(licences, regime)
    named = (each.number if each.kind in (FSSAI, DRUG) else f"{each.kind} {each.number}"
             for each in said)  # fmt: skip
    return ", ".join(named)


def with_number(licences: Iterable[Licence], regime: Regime, number: str) -> tuple[Licence, ...]:
    """As if this were the only one of its class; what says so already stays with its day."""
    every = tuple(licences)
    if number == numbers(every, regime):
        return every
    others = (each for each in every if REGIMES.get(each.kind) is not regime)
    kind = FSSAI if regime is Regime.FOOD else DRUG
    there = [each for each in every if (each.kind, each.number) == (kind, number)]
    fresh = there or ([Licence(kind, number)] if number else [])
    return tidy((*others, *fresh))


def settled(
    said: str,
    before: str,
    licences: tuple[Licence, ...],
    were: tuple[Licence, ...],
    regime: Regime,
) -> tuple[Licence, ...]:
    """The list as it will be where a bare number is said too: what differs from before counts."""
    mine = [each for each in licences if REGIMES.get(each.kind) is regime]
    if said != before and mine in ([], [each for each in were if REGIMES.get(each.kind) is regime]):
        return with_number(licences, regime, said)
    return licences
