"""Cancelling a document: its exact mirror on its own date, while nothing hangs on it (rule 10)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from uuid import UUID

from dms_desktop.domain.company import Issued
from dms_desktop.domain.documents import Bill, Cancellation, Journal, Opening, Receipt
from dms_desktop.domain.effect import mirror
from dms_desktop.domain.goods_line import GoodsLine, Kind, Totals
from dms_desktop.domain.kinds import Document
from dms_desktop.domain.posting import effect
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.tax import Gst
from dms_desktop.domain.trade_papers import CLAIMING, PURCHASES, TradePaper
from dms_desktop.domain.uid import derived, uuid7
from dms_desktop.services import (
    crediting,
    documents,
    fulfilment,
    receipts,
    relabelling,
    shelf,
    waiting,
)
from dms_desktop.services.posting import (
    LINE_BITS,
    Posted,
    already,
    lock_bills,
    post_together,
    settle,
)
from dms_desktop.store.session import Tx


@needs(Power.CANCEL)
def cancel(tx: Tx, uid: UUID, *, by: UUID, why: str) -> Posted:
    """Post the mirror of a document, `by` being the cancellation's own id.

    A bill takes the receipt that was posted together with it along. Refuses UNKNOWN_DOCUMENT,
    CAME_WITH_IMPORT for a bill of elsewhere, ALREADY_CANCELLED, HANGS_ON_IT (with what hangs), and
    a closed day or filed month: then it takes a credit note dated today.
    """
    if before := already(tx, by, _asked(uid)):
        return before
    tx.alone(uid)
    return _cancelled(tx, {uid: by}, why)[0]


def cancel_together(tx: Tx, uids: Iterable[UUID], why: str) -> None:
    """Cancel what came in together, in the order given; all of it or nothing, as `cancel` does.

    Held by their rows alone: of the other locks a server has room for a few thousand.
    """
    _cancelled(tx, {uid: uuid7(tx.now, os.urandom(10)) for uid in uids}, why)


def _asked(uid: UUID) -> bytes:
    return b"cancel" + uid.bytes


def _cancelled(tx: Tx, ids: Mapping[UUID, UUID], why: str) -> list[Posted]:
    """`ids`: each document's, and its cancellation's. The cancellations, in the same order."""
    for uid in sorted(ids):
        sql = "SELECT origin, number, external_ref FROM document WHERE uid = :uid"
        row = tx.row(f"{sql} FOR NO KEY UPDATE", uid=uid.bytes)
        if row is not None and row[0] == "imported":
            raise refuse(Reason.CAME_WITH_IMPORT, number=row[2] or row[1])
    bundles = [_with_receipt(tx, _standing(tx, uid)) for uid in ids]
    fulfilment.hold_sources(tx, (line for along in bundles for line in _sources(along)))
    mirrors = [
        [
            (_mirror(tx, each, new, why), _asked(each.document.head.id))
            for each, new in zip(along, _ids(by), strict=False)
        ]
        for by, along in zip(ids.values(), bundles, strict=True)
    ]
    every = [made for bundle in mirrors for made in bundle]
    shelf.hold(tx, {lot for made, _ in every for lot in effect(made).lots})
    for uid, along in zip(ids, bundles, strict=True):
        _nothing_hangs(tx, uid, along[0].number)
        _let_go(tx, uid)
    settled = (each.document for along in bundles for each in along)
    lock_bills(tx, [document for document in settled if isinstance(document, Receipt | TradePaper)])
    posted = dict(zip((made.of for made, _ in every), post_together(tx, *every), strict=True))
    for of, paper in posted.items():
        fulfilment.link(tx, paper.id, of, "cancels")
        fulfilment.note(tx, of, "cancelled", paper.number)
    for along in bundles:
        _open_again(tx, along, posted)
    return [posted[uid] for uid in ids]


def _standing(tx: Tx, uid: UUID) -> Issued:
    """A document that can be cancelled."""
    issued = documents.issued(tx, uid)
    if issued.cancelled:
        raise refuse(Reason.ALREADY_CANCELLED, number=issued.number)
    if isinstance(issued.document, Cancellation):
        what = issued.document.of_number
        raise refuse(Reason.HANGS_ON_IT, number=issued.number, what=what)
    return issued


def _sources(along: list[Issued]) -> list[int | None]:
    """The lines of orders and challans that wait again."""
    lines: tuple[GoodsLine, ...] = getattr(along[0].document, "lines", ())
    return [line.source_line for line in lines]


def _mirror(tx: Tx, issued: Issued, new: UUID, why: str) -> Cancellation:
    document = issued.document
    assert not isinstance(document, Cancellation)
    uid = document.head.id
    done = mirror(documents.done_by(tx, uid))
    totals = Totals() if isinstance(document, Journal | Opening) else _negative(document.totals)
    head = replace(document.head, id=new, note=why)
    return Cancellation(
        head, uid, document.kind, issued.number, totals, done.entries, done.moves, done.relabels
    )  # fmt: skip


def _ids(by: UUID) -> Iterator[UUID]:
    """The ids of a cancellation, and of those of the receipts that it takes along."""
    yield by
    yield receipts.id_of(by)
    for at in count(2):
        yield derived(by, word=f"receipt {at}")


def _with_receipt(tx: Tx, issued: Issued) -> list[Issued]:
    """The document and, of a bill or the settlement of a trip, the receipts that came with it and
    still stand."""
    along = [issued]
    for uid in sorted(_receipts_with(issued.document)):
        tx.alone(uid)
        if tx.value("SELECT id FROM document WHERE uid = :uid", uid=uid.bytes) is None:
            continue
        own = documents.issued(tx, uid)
        along += [] if own.cancelled else [own]
    return along


def _receipts_with(document: Document) -> tuple[UUID, ...]:
    if isinstance(document, Bill):
        return (receipts.id_of(document.head.id),)
    if document.kind is Kind.TRIP_SETTLEMENT:
        found: tuple[UUID, ...] = document.receipts  # type: ignore[union-attr]
        return found
    return ()


def _open_again(tx: Tx, along: list[Issued], posted: Mapping[UUID, Posted]) -> None:
    """What a receipt settled is open again, and a bill or due that is no more is not."""
    for each in along:
        if isinstance(each.document, TradePaper) and each.document.credits:
            crediting.take_back(tx, each.document.lines)
        if each.document.kind in PURCHASES:
            from dms_desktop.services import purchase_register

            purchase_register.let_go(tx, each.document.head.id)
        if isinstance(each.document, TradePaper) and each.document.kind in CLAIMING:
            from dms_desktop.services import supplier_claims

            sql, uid = "SELECT id FROM document WHERE uid = :uid", each.document.head.id
            supplier_claims.let_go(tx, int(tx.value(sql, uid=uid.bytes)), each.document)
        if isinstance(each.document, Receipt | TradePaper):
            by = posted[each.document.head.id].id
            key = tx.value("SELECT id FROM document WHERE uid = :uid", uid=by.bytes)
            settle(tx, key, [(one.bill, -one.amount) for one in each.document.settles])
    if isinstance(along[0].document, Bill | Opening | TradePaper):
        tx.run(
            "UPDATE open_item SET open_paise = 0 WHERE document_id ="
            " (SELECT id FROM document WHERE uid = :uid)",
            uid=along[0].document.head.id.bytes,
        )


def _nothing_hangs(tx: Tx, uid: UUID, number: str) -> None:
    """A later document that came of it, money settled against it, or goods returned from it."""
    key = tx.value("SELECT id FROM document WHERE uid = :uid", uid=uid.bytes)
    later = tx.value(
        "SELECT number FROM document_link JOIN document ON document.id = from_id"
        " WHERE to_id = :key AND document_link.kind <> 'cancels' AND NOT EXISTS (SELECT 1"
        " FROM document_event WHERE document_id = document.id AND event = 'cancelled') LIMIT 1",
        key=key,
    )
    settled = tx.value(
        "SELECT number FROM settlement JOIN document ON document.id = settlement.document_id"
        " WHERE settles_id = :key AND uid <> :own AND kind <> 'cancellation' AND NOT EXISTS"
        " (SELECT 1 FROM document_event WHERE document_id = document.id AND event = 'cancelled')"
        " LIMIT 1",
        key=key,
        own=receipts.id_of(uid).bytes,
    )
    returned = tx.value(
        "SELECT max(line_id) FROM line_credit WHERE line_id BETWEEN :first AND :last"
        " AND (returned_qty > 0 OR returned_free > 0 OR credited_paise > 0)",
        first=key << LINE_BITS,
        last=(key + 1 << LINE_BITS) - 1,
    )
    if what := later or settled or (returned and "credit note") or _since(tx, key):
        raise refuse(Reason.HANGS_ON_IT, number=number, what=what)


def _since(tx: Tx, key: int) -> object:
    return _taken_since(tx, key) or relabelling.named_since(tx, key)


def _taken_since(tx: Tx, key: int) -> object:
    """What took goods from lots that this document filled: their cost is mixed by now."""
    return tx.value(
        "SELECT number FROM stock_move mine JOIN stock_move later ON later.lot_id = mine.lot_id"
        " AND later.document_id > mine.document_id AND later.from_place IS NOT NULL"
        " JOIN document ON document.id = later.document_id"
        " WHERE mine.document_id = :key AND mine.received > 0 AND document.kind <> 'cancellation'"
        " AND NOT EXISTS (SELECT 1 FROM document_event WHERE document_id = document.id"
        " AND event = 'cancelled') ORDER BY document.id LIMIT 1",
        key=key,
    )


def _let_go(tx: Tx, uid: UUID) -> None:
    """What it held open is closed, and what it fulfilled waits again."""
    key = tx.value("SELECT id FROM document WHERE uid = :uid", uid=uid.bytes)
    first, last = key << LINE_BITS, (key + 1 << LINE_BITS) - 1
    back = tx.rows(
        "SELECT qty, free_qty, source_line FROM goods_line WHERE document_id = :key"
        " AND source_line IS NOT NULL ORDER BY source_line",
        key=key,
    )
    tx.many("UPDATE line_left SET qty = qty + ?, free_qty = free_qty + ? WHERE line_id = ?", back)
    tx.run(
        "UPDATE line_left SET qty = 0, free_qty = 0 WHERE line_id BETWEEN :first AND :last",
        first=first,
        last=last,
    )
    tx.run("DELETE FROM reservation WHERE line_id BETWEEN :first AND :last", first=first, last=last)
    waiting.refresh(tx, {key, *(source >> LINE_BITS for _, _, source in back)})


def _negative(totals: Totals) -> Totals:
    tax = -totals.tax if totals.tax != Gst() else totals.tax
    return Totals(-totals.taxable, tax, -totals.round_off, -totals.total)
