"""The counter: from a typed draft to a bill, order, estimate or challan in the books."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from dms_desktop.domain.billing import Priced, document, price
from dms_desktop.domain.documents import Kind
from dms_desktop.domain.draft import Draft
from dms_desktop.domain.draft_text import to_text
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.services import catalogue, fulfilment
from dms_desktop.services.posting import Posted, already, post
from dms_desktop.store.session import Reading, Tx

OVERRIDES = {Reason.ABOVE_MRP: Power.ABOVE_MRP}  # what may be allowed, and by which power


@dataclass(frozen=True, slots=True)
class Saved:
    """What the counter learns of a saved draft."""

    posted: Posted
    warnings: tuple[Problem, ...] = ()


@needs(Power.BILL)
def post_draft(
    tx: Tx, draft: Draft, *, seen: Money | None = None, asked: bytes | None = None
) -> Saved:
    """Price the draft against the disk and post it, if it still comes to what the clerk saw.

    Lots may have shifted since the keystroke; the money may not. `seen` None means nobody saw a
    total. `asked` is the digest of the request, by default the draft's own. Refuses whatever
    pricing and posting refuse, PRICE_CHANGED, and what the user has no power for.
    """
    digest = asked or digest_of(draft)
    if before := already(tx, draft.id, digest):
        return Saved(before)
    facts = catalogue.facts(tx, draft)
    priced = price(draft, facts)
    problems = (*priced.problems, *_not_allowed(tx, draft))
    if problems:
        raise Refused(*problems)
    if seen is not None and priced.totals.total != seen:
        raise refuse(Reason.PRICE_CHANGED, seen=seen, now=priced.totals.total)
    on_challan = fulfilment.on_challan_place(tx) if draft.kind is Kind.CHALLAN else 0
    posted = post(tx, document(draft, facts, priced, on_challan=on_challan), asked=digest)
    if draft.source is not None:
        fulfilment.link(tx, draft.id, draft.source, "bills")
    return Saved(posted, priced.warnings)


@needs(Power.LOOK)
def preview(reading: Reading, draft: Draft) -> Priced:
    """What the draft would come to if it were posted now."""
    return price(draft, catalogue.facts(reading, draft))


def digest_of(draft: Draft) -> bytes:
    """Two drafts with the same digest ask for the same thing."""
    return hashlib.sha256(to_text(draft).encode()).digest()


def _not_allowed(tx: Tx, draft: Draft) -> list[Problem]:
    """What the draft asks for beyond the user's powers."""
    problems = [
        Problem(Reason.NOT_ALLOWED, facts={"power": power.value, "user": tx.actor.code})
        for reason, power in OVERRIDES.items()
        if reason in draft.allowed and not tx.actor.may(power)
    ]
    if not tx.actor.may(Power.FREE_GOODS):
        problems += [
            Problem(Reason.FREE_NOT_ALLOWED, row)
            for row, ask in enumerate(draft.asks)
            if ask.free and ask.source_line is None
        ]
    return problems
