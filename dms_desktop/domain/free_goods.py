"""Why pieces are given free (product rule 8): the owner's reasons, and the one that a row bears."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.goods_line import GoodsLine
from dms_desktop.domain.refusals import Problem, Reason


class FreeReason(NamedTuple):
    """One of the owner's reasons for free pieces; of the active ones the oldest is the usual."""

    code: str
    name: str
    active: bool = True


def reasoned(
    lines: Iterable[GoodsLine], draft: Draft, reasons: Sequence[FreeReason]
) -> list[GoodsLine]:
    """The lines, each that gives pieces free with the code and the name of its reason."""
    made: list[GoodsLine] = []
    for line in lines:
        given = chosen(draft.asks[line.ask], reasons) if line.free_qty else None
        if given:
            line = replace(line, free_reason=given.code, free_reason_name=given.name)
        made.append(line)
    return made


def reason_flaws(draft: Draft, reasons: Sequence[FreeReason]) -> Iterator[Problem]:
    """MISSING where free pieces have no reason, since no list has one; UNKNOWN_CODE, INACTIVE.

    What an order gave for a reason that is inactive by now may still be billed.
    """
    for row, ask in enumerate(draft.asks):
        if not ask.free:
            continue
        given = chosen(ask, reasons)
        if given is None and ask.free_reason:
            facts = {"field": "reason", "value": ask.free_reason}
            yield Problem(Reason.UNKNOWN_CODE, row, facts)
        elif given is None:
            yield Problem(Reason.MISSING, row, {"field": "free_reason"})
        elif not given.active and ask.source_line is None:
            yield Problem(Reason.INACTIVE, row, {"item": given.name, "code": given.code})


def chosen(ask: Ask, reasons: Sequence[FreeReason]) -> FreeReason | None:
    """The reason that a row names, by code or name, or else the usual one."""
    if not ask.free_reason:
        return next((each for each in reasons if each.active), None)
    from dms_desktop.domain.masters import folded  # no start waits for it

    wanted = folded(ask.free_reason)
    named = (each for each in reasons if wanted in (folded(each.code), folded(each.name)))
    return next(named, None)


def another(ask: Ask, reasons: Sequence[FreeReason]) -> Ask:
    """The row with the next of the active reasons, after the last again the first."""
    codes = [each.code for each in reasons if each.active]
    now = chosen(ask, reasons)
    if not codes:
        return ask
    at = codes.index(now.code) + 1 if now and now.code in codes else 0
    return replace(ask, free_reason=codes[at % len(codes)])
