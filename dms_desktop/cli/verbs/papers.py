"""Documents at the command line: post, show, print, cancel, find."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from dms_desktop.cli import replies
from dms_desktop.cli.shop import Shop, now
from dms_desktop.cli.verbs.verb import Json, Verb
from dms_desktop.domain.calendar import read_day
from dms_desktop.domain.documents import Entry, Head, Journal
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import rupees
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.domain.uid import uuid7
from dms_desktop.services import (
    billing,
    cancelling,
    documents,
    fulfilment,
    journals,
    lookups,
    orders,
    printed,
    receipts,
)


def _post(shop: Shop, request: Json) -> Json:
    """A bill, order, estimate or challan from an order, or a bill of one of those."""
    kind = Kind(request["kind"])
    order: Json = request["order"]
    source = request.get("source") or ""
    check_shape(order, of_source=bool(source))
    made = id_of(order)
    asked = orders.digest(kind, order, source)
    if before := shop.write(billing.first_answer, made, asked):
        return told(shop, before.id)
    if source:
        ref = shop.read(documents.find, source)
        draft = shop.read(fulfilment.draft_of, ref, new=made, day=shop.today)
        if order.get("lines"):
            draft = shop.read(fulfilment.narrowed, draft, shop.read(orders.asks, order))
    else:
        draft = shop.read(orders.draft, order, kind=kind, new=made, today=shop.today)
    saved = shop.write(billing.post_draft, draft, asked=asked)
    return told(shop, saved.posted.id, saved.warnings)


def id_of(order: Json) -> UUID:
    """The request's own id. Refuses BAD_ENTRY for what is no UUID."""
    try:
        return UUID(str(order["id"]))
    except ValueError:
        raise refuse(Reason.BAD_ENTRY, field="id", value=order["id"]) from None


def told(shop: Shop, uid: UUID, warnings: Iterable[Problem] = ()) -> Json:
    """The published reply of a document, with the receipt that was posted together with it."""
    reply = replies.document(shop.read(documents.issued, uid), warnings)
    if taken := shop.read(receipts.taken_with, uid):
        reply["receipt"] = replies.receipt(shop.read(documents.issued, taken))
    return reply


def check_shape(order: Json, *, of_source: bool = False) -> None:
    """Every slip in the shape at once, each at its line, or BAD_ENTRY for an id that is no UUID;
    an order that bills another document may leave out what that one says."""
    from dms_desktop.cli.shapes import Order
    from dms_desktop.cli.slips import slips

    if problems := slips(Order, order, lacking=("party", "lines") if of_source else ()):
        raise Refused(*problems)
    if order.get("id"):
        id_of(order)


def _show(shop: Shop, request: Json) -> Json:
    return told(shop, shop.read(documents.find, request["ref"]))


def _cancel(shop: Shop, request: Json) -> Json:
    uid = shop.read(documents.find, request["ref"])
    by = uuid7(now(), os.urandom(10))
    posted = shop.write(cancelling.cancel, uid, by=by, why=request.get("reason") or "")
    return replies.document(shop.read(documents.issued, posted.id))


def _find(shop: Shop, request: Json) -> Json:
    party = request.get("party")
    if party and (party_id := shop.read(lookups.party_id, party)) is None:
        raise refuse(Reason.UNKNOWN_PARTY, code=party)
    found = shop.read(
        printed.find,
        Kind(request["kind"]),
        text=request.get("text") or "",
        party_id=party_id if party else None,
        day=request.get("day") or "",
        limit=int(request.get("limit") or 50),
    )
    return {"found": [replies.row(each) for each in found]}


def _journal(shop: Shop, request: Json) -> Json:
    """Legs by account code; a debit or a credit in rupees each."""
    from dms_desktop.cli.shapes import Journal as Shape
    from dms_desktop.cli.slips import slips

    said = request["journal"]
    if problems := slips(Shape, said):
        raise Refused(*problems)
    uid = id_of(said)
    legs = tuple(_leg(shop, row, leg) for row, leg in enumerate(said["legs"]))
    head = Head(uid, _day_of(said) or shop.today, note=said.get("narration") or "")
    posted = shop.write(journals.post_journal, Journal(head, legs))
    return replies.document(shop.read(documents.issued, posted.id))


def _day_of(said: Json) -> date | None:
    """The day it names, if it names one. Refuses BAD_DAY."""
    try:
        return read_day(said["day"]) if said.get("day") else None
    except ValueError:
        raise refuse(Reason.BAD_DAY, field="day", value=said["day"]) from None


def _leg(shop: Shop, row: int, said: Json) -> Entry:
    """Refuses MISSING for a leg without an amount, and UNKNOWN_PARTY."""
    if not said.get("debit") and not said.get("credit"):
        raise refuse(Reason.MISSING, row, field="amount")
    amount = rupees(said.get("debit") or "0") - rupees(said.get("credit") or "0")
    party, found = said.get("party"), None
    if party and (found := shop.read(lookups.party_id, party)) is None:
        raise refuse(Reason.UNKNOWN_PARTY, row, code=party)
    return Entry(said["account"], amount, found)


VERBS = {
    "post": Verb(_post),
    "show": Verb(_show, writes=False),
    "cancel": Verb(_cancel),
    "find": Verb(_find, writes=False),
    "journal": Verb(_journal),
}
