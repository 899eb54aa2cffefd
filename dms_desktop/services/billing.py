"""The counter: from a typed draft to a bill, order, estimate or challan in the books."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dms_desktop.domain.billing import MAY_BE_ALLOWED, Priced, paid_by, price
from dms_desktop.domain.documents import Bill, Receipt
from dms_desktop.domain.draft import Draft
from dms_desktop.domain.draft_text import to_text
from dms_desktop.domain.drawn_up import document, receipt
from dms_desktop.domain.facts import Facts
from dms_desktop.domain.goods_line import Kind, Mode
from dms_desktop.domain.money import Money, total
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.domain.verdict import Verdict
from dms_desktop.services import (
    approvals,
    audit,
    catalogue,
    credit,
    fulfilment,
    receipts,
    reserving,
    tray,
)
from dms_desktop.services.approvals import OVERRIDES
from dms_desktop.services.posting import Posted, already, post_together
from dms_desktop.store.session import Reading, Tx


@dataclass(frozen=True, slots=True)
class Saved:
    """What the counter learns of a saved draft."""

    posted: Posted
    receipt: Posted | None = None
    warnings: tuple[Problem, ...] = ()


@needs(Power.BILL)
def post_draft(
    tx: Tx, draft: Draft, *, seen: Money | None = None, asked: bytes | None = None
) -> Saved:
    """Price the draft against the disk and post it, if it still comes to what the clerk saw.

    Lots may have shifted since the keystroke; the money may not. `seen` None means nobody saw a
    total. `asked` is the digest of the request, by default the draft's own. What is paid with a
    bill becomes a receipt in the same transaction. Refuses whatever pricing and posting refuse,
    PRICE_CHANGED, ON_HOLD, what the party's credit does not bear (see `credit.verdict`), and what
    the user has no power for and nobody approved.
    """
    digest = asked or digest_of(draft)
    if before := already(tx, draft.id, digest):
        return Saved(before, receipts.posted_with(tx, draft.id))
    fulfilment.hold_sources(tx, (ask.source_line for ask in draft.asks), draft.source)
    facts = catalogue.facts(tx, draft)
    priced = price(draft, facts)
    return post_priced(tx, draft, facts, priced, seen=seen, asked=digest)


def post_priced(
    tx: Tx,
    draft: Draft,
    facts: Facts,
    priced: Priced,
    *,
    seen: Money | None = None,
    asked: bytes,
    sources: Sequence[UUID] | None = None,
) -> Saved:
    """Post what was just priced in this very transaction; see `post_draft`.

    `sources`: all that it fulfils, where this transaction drew it up of them; else looked up.
    """
    on_credit = Verdict() if priced.problems else credit.verdict(tx, draft, facts, priced)
    stops = (*on_credit.problems, *_gifts(tx, draft, priced))
    allowed = _allowed(tx, draft, priced.totals.total, stops)
    still = [problem for problem in stops if problem.reason not in allowed]
    problems = (*priced.problems, *_not_allowed(tx, draft, allowed), *still)
    if problems:
        raise Refused(*problems)
    if seen is not None and priced.totals.total != seen:
        raise refuse(Reason.PRICE_CHANGED, seen=seen, now=priced.totals.total)
    fulfilled = fulfilment.fulfilled_by(tx, draft) if sources is None else sources
    for source in fulfilled:
        tray.not_held(tx, source)
    posted = _posted(tx, draft, facts, priced, asked)
    for source in fulfilled:
        fulfilment.link(tx, draft.id, source, "bills")
    if draft.reserve and draft.kind is Kind.ORDER:
        reserving.reserve(tx, draft.id)
    overridden = {problem.reason for problem in stops}
    said_yes = draft.allowed & MAY_BE_ALLOWED
    overridden |= {each.reason for each in priced.warnings if each.reason in said_yes}
    if overridden:
        said = {"reasons": " ".join(sorted(overridden)), "total": priced.totals.total.paise}
        audit.record(tx, "override", draft.id.hex, after=said)
    return Saved(*posted, (*priced.warnings, *on_credit.warnings))


def _posted(
    tx: Tx, draft: Draft, facts: Facts, priced: Priced, asked: bytes
) -> tuple[Posted, Posted | None]:
    """The document and, of a bill that is paid for at once, its receipt."""
    on_challan = fulfilment.on_challan_place(tx) if draft.kind is Kind.CHALLAN else 0
    made = document(draft, facts, priced, on_challan=on_challan)
    payments = paid_by(draft, facts, priced.totals)
    if not isinstance(made, Bill) or not payments:
        return post_together(tx, (made, asked))[0], None
    paid = receipt(made, payments, receipts.id_of(draft.id))
    _check_cash_of_day(tx, paid, facts)
    bill, taken = post_together(tx, (made, asked), (paid, asked))
    return bill, taken


def _check_cash_of_day(tx: Tx, paid: Receipt, facts: Facts) -> None:
    """The law counts all cash that one person gives in a day: refuses CASH_LIMIT."""
    cash = total(one.amount for one in paid.payments if one.mode is Mode.CASH)
    if not cash or facts.party.walk_in:
        return
    credit.hold(tx, facts.party.id)
    refuse_cash_of_day(tx, facts.party.id, cash, paid.head.day, facts.limits.cash)


def refuse_cash_of_day(tx: Tx, party_id: int, cash: Money, day: date, most: Money) -> None:
    """Refuses CASH_LIMIT where a party, which is held, would give so much more cash on a day."""
    before = tx.value(
        "SELECT coalesce(sum(paise), 0) FROM document JOIN ledger_entry"
        " ON ledger_entry.document_id = document.id JOIN account ON account.id = account_id"
        " WHERE document.party_id = :party AND document.day = :day AND account.code = 'cash'"
        " AND document.kind IN ('receipt', 'cancellation')",
        party=party_id,
        day=day.isoformat(),
    )
    if cash + Money(int(before)) >= most:
        raise refuse(Reason.CASH_LIMIT, limit=most)


@needs(Power.BILL)
def first_answer(tx: Tx, uid: UUID, asked: bytes) -> Posted | None:
    """What was posted under this id, if anything; refuses OTHER_CONTENT for another request."""
    return already(tx, uid, asked)


@needs(Power.LOOK)
def preview(reading: Reading, draft: Draft) -> Priced:
    """What the draft would come to if it were posted now."""
    return price(draft, catalogue.facts(reading, draft))


def digest_of(draft: Draft) -> bytes:
    """Two drafts with the same digest ask for the same thing."""
    return hashlib.sha256(to_text(draft).encode()).digest()


def _allowed(tx: Tx, draft: Draft, amount: Money, stops: Sequence[Problem]) -> frozenset[Reason]:
    """What the user may allow and did, and what somebody approved. Asked only where it matters."""
    asked = draft.allowed & OVERRIDES.keys()
    own = frozenset(reason for reason in asked if tx.actor.may(OVERRIDES[reason]))
    if own == asked and own.issuperset(problem.reason for problem in stops):
        return own
    return own | approvals.approved(tx, draft.id, amount)


def _not_allowed(tx: Tx, draft: Draft, allowed: frozenset[Reason]) -> list[Problem]:
    """What the draft asks for beyond the user's powers."""
    return [
        Problem(Reason.NOT_ALLOWED, facts={"power": OVERRIDES[reason].value, "user": tx.actor.code})
        for reason in sorted((draft.allowed & OVERRIDES.keys()) - allowed)
    ]


def _gifts(tx: Tx, draft: Draft, priced: Priced) -> list[Problem]:
    """Rows that give goods away: free pieces, or a discount that leaves nothing to pay.

    What an order gives away was asked about when the order was posted.
    """
    if tx.actor.may(Power.FREE_GOODS):
        return []
    rows = {row for row, ask in enumerate(draft.asks) if ask.free and ask.source_line is None}
    for_nothing = [line for line in priced.lines if line.qty and not line.taxable]
    promised = fulfilment.given_away(tx, (line.source_line for line in for_nothing))
    rows |= {line.ask for line in for_nothing if line.source_line not in promised}
    return [Problem(Reason.FREE_NOT_ALLOWED, row) for row in sorted(rows)]
