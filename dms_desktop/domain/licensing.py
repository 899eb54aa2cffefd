"""Which rows of a draft the buyer's licence stops, and whether our own has ended."""

from __future__ import annotations

from collections.abc import Iterator

from dms_desktop.domain.draft import Draft
from dms_desktop.domain.facts import Facts
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.licences import Regime, lapsed, standing
from dms_desktop.domain.refusals import Problem, Reason


def licence_flaws(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """Only the rows of that class of goods (product rule 14). A walk-in buys for himself."""
    if draft.party is None or facts.party.walk_in:
        return
    found: dict[Regime, Problem | None] = {}
    for row, ask in enumerate(draft.asks):
        item = facts.items.get(ask.item_id)
        if item is None or item.regime is None:
            continue
        if item.regime not in found:
            found[item.regime] = _buyers(draft, facts, item.regime)
        if flaw := found[item.regime]:
            yield Problem(flaw.reason, row, {"item": item.name, **flaw.facts})


def _buyers(draft: Draft, facts: Facts, regime: Regime) -> Problem | None:
    held, party = facts.party.licences, facts.party
    if ended := lapsed(held, regime, draft.day):
        said = {"licence": ended.kind, "number": ended.number, "until": ended.valid_to}
        return Problem(Reason.LICENCE_EXPIRED, None, {"party": party.name, **said})
    if regime in facts.limits.licence_needed and not standing(held, regime):
        return Problem(Reason.LICENCE_MISSING, None, {"party": party.name, "regime": regime.value})
    return None


def our_licence_flaws(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """Only said: whether we may still sell is between the owner and the inspector."""
    if draft.kind is Kind.ESTIMATE:
        return
    goods = (facts.items.get(ask.item_id) for ask in draft.asks)
    regimes = {item.regime for item in goods if item and item.regime}
    for regime in sorted(regimes):
        if ended := lapsed(facts.seller.licences, regime, draft.day):
            yield Problem(
                Reason.OUR_LICENCE_EXPIRED,
                facts={
                    "licence": ended.kind, "number": ended.number, "until": ended.valid_to,
                },
            )  # fmt: skip
