"""The end of a pick list: bills of what was picked, credit notes of what was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from dms_desktop.domain.billing import price
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.facts import Facts
from dms_desktop.domain.fefo import sellable
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.uid import derived
from dms_desktop.services import (
    billing,
    bulk,
    catalogue,
    counts,
    credit_notes,
    documents,
    fulfilment,
    series,
    tray,
    waiting,
)
from dms_desktop.services.bulk import Rest
from dms_desktop.services.credit_notes import NotDelivered
from dms_desktop.services.posting import LINE_BITS, Posted
from dms_desktop.store.session import Tx

_NEXT = (
    "SELECT document.id, uid, number, EXISTS (SELECT 1 FROM document_event"
    " WHERE document_id = document.id AND event = 'cancelled') FROM pick_source"
    " JOIN document ON document.id = document_id WHERE list_id = :key AND state = 'open'"
    " AND (:only = 0 OR document.id = :only) ORDER BY document.id LIMIT 1"
)
_LIST = "SELECT id, state, number, place_id, kind FROM pick_list WHERE uid = :uid"
_PICKED = (
    "SELECT line_id, coalesce(now_lot, lot_id), lot_id, qty, picked, state, reason FROM pick"
    " WHERE list_id = :key AND document_id = :source ORDER BY id"
)
_OPEN = (
    "SELECT count(*) FROM pick JOIN pick_source ON pick_source.list_id = pick.list_id"
    " AND pick_source.document_id = pick.document_id AND pick_source.state = 'open'"
    " WHERE pick.list_id = :key AND pick.state = 'open'"
)


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one bill or order: `paper` is the bill or the credit note that was made.

    `left`: so many of the list are still to be settled.
    """

    number: str
    paper: Posted | None
    short: int
    left: int


class _Picked(NamedTuple):
    line: int
    lot: int
    asked: int
    qty: int
    picked: int
    state: str
    reason: str


class _Source(NamedTuple):
    key: int
    uid: UUID
    number: str
    cancelled: bool


class _List(NamedTuple):
    key: int
    state: str
    number: str
    place: int
    kind: str


@needs(Power.PICK)
def settle_next(tx: Tx, uid: UUID, rest: Rest = Rest.KEEP) -> Step | None:
    """Settle one more bill or order of the list; None once all are, and the list is closed.

    A transaction for each, so that nobody else waits long; called again it goes on where it ended.
    What was short of an order waits on, unreserved, or is dropped by `rest`. Refuses UNKNOWN_LIST,
    LIST_CLOSED, PICKS_OPEN as long as a row is to be picked, and whatever billing, credit and
    posting refuse.
    """
    tx.alone(uid)
    key = _list(tx, uid).key
    source = _next(tx, key)
    if source is not None:
        tx.alone(derived(uid, source.uid, word="picked"))
        tx.alone(source.uid)
    listed = _list(tx, uid, " FOR UPDATE")
    if listed.state != "open":
        if listed.state == "done" and source is None:
            return None
        raise refuse(Reason.LIST_CLOSED, list=listed.number)
    if count := int(tx.value(_OPEN, key=key)):
        raise refuse(Reason.PICKS_OPEN, count=count, list=listed.number)
    if source is None:
        _shut(tx, uid, listed, "done")
        return None
    paper, lacking = _settled(tx, uid, listed, source, rest)
    left = int(
        tx.value(
            "SELECT count(*) FROM pick_source WHERE list_id = :key AND state = 'open'", key=key
        )
    )
    if not left:
        _shut(tx, uid, listed, "done")
    tx.touched["pick_list"].add(uid)
    return Step(source.number, paper, lacking, left)


def _settled(
    tx: Tx, uid: UUID, listed: _List, source: _Source, rest: Rest
) -> tuple[Posted | None, int]:
    """What was made of one bill or order, and how many of its pieces were not there."""
    picks = [_Picked(*row) for row in tx.rows(_PICKED, key=listed.key, source=source.key)]
    lacking = sum(each.qty - each.picked for each in picks)
    orders = listed.kind == Kind.ORDER
    if source.cancelled:
        _source_done(tx, listed, source, "dropped", None)
        return None, lacking
    paper: Posted | None = None
    if orders and not bulk.pieces_left(tx, source.uid):
        _free(tx, listed, source)  # billed at the counter meanwhile: what was picked goes back
        _source_done(tx, listed, source, "dropped", None)
    elif orders:
        paper = _billed(tx, uid, listed, source, picks, rest)
        _source_done(tx, listed, source, "done", paper)
    else:
        paper = _not_found(tx, uid, listed, source, picks)
        fulfilment.stage(tx, source.uid, "picked", listed.number)
        _source_done(tx, listed, source, "done", paper)
    _to_be_counted(tx, listed, picks)
    return paper, lacking


@needs(Power.PICK)
def let_go(tx: Tx, uid: UUID, paper: UUID | None = None) -> int:
    """One bill or order, or all that are open, leave the list and may stand on another.

    How many did. Refuses UNKNOWN_LIST, LIST_CLOSED, UNKNOWN_DOCUMENT for what is not open on it,
    and PICK_SWAPPED where a batch was swapped already: its paper is cancelled first.
    """
    only = 0
    if paper is not None:
        tx.alone(paper)
        only = int(tx.value("SELECT id FROM document WHERE uid = :uid", uid=paper.bytes) or -1)
    listed = _list(tx, uid, " FOR UPDATE")
    if listed.state != "open":
        raise refuse(Reason.LIST_CLOSED, list=listed.number)
    gone = 0
    while (source := _next(tx, listed.key, only)) is not None:
        swapped = tx.row(
            "SELECT item.name, lot.batch FROM pick JOIN lot ON lot.id = lot_id"
            " JOIN item ON item.id = pick.item_id WHERE list_id = :key AND document_id = :source"
            " AND pick.state = 'swapped' AND NOT EXISTS (SELECT 1 FROM document_event"
            " WHERE document_event.document_id = coalesce(swap_id, 0) AND event = 'cancelled')"
            " AND swap_id IS NOT NULL",
            key=listed.key,
            source=source.key,
        )
        if swapped is not None:
            raise refuse(Reason.PICK_SWAPPED, item=swapped[0], batch=swapped[1], list=listed.number)
        if listed.kind == Kind.ORDER:
            _free(tx, listed, source)
        _source_done(tx, listed, source, "dropped", None)
        gone += 1
    if paper is not None and not gone:
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=str(paper))
    if not tx.value(
        "SELECT count(*) FROM pick_source WHERE list_id = :key AND state = 'open'", key=listed.key
    ):
        done = tx.value(
            "SELECT count(*) FROM pick_source WHERE list_id = :key AND state = 'done'",
            key=listed.key,
        )
        _shut(tx, uid, listed, "done" if done else "dropped")
    tx.touched["pick_list"].add(uid)
    return gone


@needs(Power.PICK)
def packed(tx: Tx, uid: UUID) -> int:
    """The goods of a closed list are packed: its bills say so; how many. Told again it is nothing.

    Refuses UNKNOWN_LIST, and PICKS_OPEN for a list that is not closed.
    """
    listed = _list(tx, uid, " FOR UPDATE")
    if listed.state != "done":
        count = int(tx.value(_OPEN, key=listed.key))
        raise refuse(Reason.PICKS_OPEN, count=count, list=listed.number)
    if tx.value("SELECT packed_at FROM pick_list WHERE id = :key", key=listed.key):
        return 0
    rows = tx.rows(
        "SELECT uid FROM pick_source JOIN document ON document.id ="
        " CASE WHEN :orders = 1 THEN paper_id ELSE document_id END"
        " WHERE list_id = :key AND state = 'done' ORDER BY document.id",
        key=listed.key,
        orders=int(listed.kind == Kind.ORDER),
    )
    for (bill,) in rows:
        fulfilment.stage(tx, UUID(bytes=bytes(bill)), "packed", listed.number)
    tx.run("UPDATE pick_list SET packed_at = :at WHERE id = :key", at=tx.micros, key=listed.key)
    tx.touched["pick_list"].add(uid)
    return len(rows)


def _list(tx: Tx, uid: UUID, lock: str = "") -> _List:
    row = tx.row(_LIST + lock, uid=uid.bytes)
    if row is None:
        raise refuse(Reason.UNKNOWN_LIST, list=str(uid))
    return _List(*row)


def _next(tx: Tx, key: int, only: int = 0) -> _Source | None:
    row = tx.row(_NEXT, key=key, only=only)
    return None if row is None else _Source(row[0], UUID(bytes=bytes(row[1])), row[2], bool(row[3]))


def _to_be_counted(tx: Tx, listed: _List, picks: Sequence[_Picked]) -> None:
    """A batch of which less was there than the books say (product rule 38)."""
    whys = {each.lot: each.reason for each in picks if each.picked < each.qty}
    for lot, why in sorted(whys.items()):
        counts.ask_for(tx, lot, listed.place, f"{listed.number}: {why}")


def _not_found(
    tx: Tx, uid: UUID, listed: _List, source: _Source, picks: Sequence[_Picked]
) -> Posted | None:
    """A credit note over what was not there; free pieces are the first that the shop goes
    without, as on any bill of what is there."""
    lacking: Counter[int] = Counter()
    for each in picks:
        lacking[each.line] += each.qty - each.picked
    lacking = +lacking
    if not lacking:
        return None
    sold = credit_notes.sold_lines(tx, documents.issued(tx, source.uid))
    back: dict[int, tuple[int, int]] = {}
    for line, pieces in lacking.items():
        row = line & (1 << LINE_BITS) - 1
        free = min(pieces, sold[row].free_left)
        if (qty := min(pieces - free, sold[row].left)) + free:
            back[row] = (qty, free)
    if not back:
        return None
    why = ", ".join(dict.fromkeys(each.reason for each in picks if each.picked < each.qty))
    new = derived(uid, source.uid, word="picked")
    wanted = NotDelivered(new, source.uid, why, back, place_id=listed.place, billed_lot=True)
    return credit_notes.write_not_delivered(tx, wanted)


def _billed(
    tx: Tx, uid: UUID, listed: _List, source: _Source, picks: Sequence[_Picked], rest: Rest
) -> Posted | None:
    """A bill of what was picked, from just those lots: they are in the picker's hand, whoever
    else has pieces of the item reserved."""
    new = derived(uid, source.uid, word="picked")
    draft = fulfilment.draft_of(tx, source.uid, new=new, day=series.today(tx))
    asks = _asks(draft, picks)
    posted: Posted | None = None
    if asks:
        draft = replace(draft, asks=tuple(asks))
        facts = catalogue.facts(tx, draft)
        shelf = catalogue.lots_of(tx, facts.items, listed.place)
        items = {
            key: replace(item, lots=tuple(shelf.get(key, ()))) for key, item in facts.items.items()
        }
        facts = replace(facts, items=items)
        _still_good(draft, facts)
        saved = billing.post_priced(
            tx, draft, facts, price(draft, facts), asked=billing.digest_of(draft)
        )
        posted = saved.posted
        fulfilment.stage(tx, posted.id, "picked", listed.number)
    _free(tx, listed, source)
    left = bulk.pieces_left(tx, source.uid)
    if left and rest is Rest.DROP:
        why = ", ".join(dict.fromkeys(each.reason for each in picks if each.reason)) or "short"
        tray.drop(tx, source.uid, why)
    return posted


def _still_good(draft: Draft, facts: Facts) -> None:
    """A batch may have been blocked since it was picked. Refuses BLOCKED_BATCH, EXPIRED_BATCH."""
    wanted = {ask.lot_id for ask in draft.asks}
    for item in facts.items.values():
        for lot in item.lots:
            if lot.id in wanted and not sellable(lot, on=draft.day):
                reason = Reason.BLOCKED_BATCH if lot.blocked else Reason.EXPIRED_BATCH
                raise refuse(reason, item=item.name, batch=lot.batch, expiry=lot.expiry)


def _asks(draft: Draft, picks: Sequence[_Picked]) -> list[Ask]:
    """The rows of the order's bill, one for each lot of a line; billed pieces first."""
    rest = {ask.source_line: ask for ask in draft.asks}
    rows: list[Ask] = []
    for each in picks:
        left = rest.get(each.line)
        if left is None or not each.picked:
            continue
        qty = min(each.picked, left.qty)
        free = min(each.picked - qty, left.free)
        if qty + free:
            rows.append(replace(left, qty=qty, free=free, lot_id=each.lot, mrp=None))
            rest[each.line] = fulfilment.without(left, qty, free)
    return rows


def _free(tx: Tx, listed: _List, source: _Source) -> None:
    """Nothing is kept any more for the lines that stood on the list."""
    tx.run(
        "DELETE FROM reservation WHERE line_id IN (SELECT line_id FROM pick_claim"
        " WHERE list_id = :key) AND line_id BETWEEN :first AND :last",
        key=listed.key,
        first=source.key << LINE_BITS,
        last=(source.key + 1 << LINE_BITS) - 1,
    )
    waiting.refresh(tx, {source.key})


def _source_done(tx: Tx, listed: _List, source: _Source, state: str, paper: Posted | None) -> None:
    """Lines of orders, and of what was let go, may stand on another list."""
    tx.run(
        "UPDATE pick_source SET state = :state, paper_id = (SELECT id FROM document"
        " WHERE uid = :paper) WHERE list_id = :key AND document_id = :source",
        state=state,
        paper=paper.id.bytes if paper else b"",
        key=listed.key,
        source=source.key,
    )
    if state == "dropped" or listed.kind == Kind.ORDER:
        tx.run(
            "DELETE FROM pick_claim WHERE list_id = :key AND line_id BETWEEN :first AND :last",
            key=listed.key,
            first=source.key << LINE_BITS,
            last=(source.key + 1 << LINE_BITS) - 1,
        )


def _shut(tx: Tx, uid: UUID, listed: _List, state: str) -> None:
    tx.run(
        "UPDATE pick_list SET state = :state, closed_at = :at, row_version = row_version + 1"
        " WHERE id = :key",
        state=state,
        at=tx.micros,
        key=listed.key,
    )
    tx.touched["pick_list"].add(uid)
