"""What a picker does with a row: tick it, scan into it, say that less is there, take it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from dms_desktop.domain.calendar import business_day
from dms_desktop.domain.gs1 import NotGs1, Scan, read
from dms_desktop.domain.masters import folded
from dms_desktop.domain.picking import PickRow, PickState, shared_out
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, Refused, refuse
from dms_desktop.services import lookups
from dms_desktop.services.lookups import Named
from dms_desktop.services.picking_rows import rows_of
from dms_desktop.store.session import Reading, Tx

# The list is shared by its pickers, and let go of by who closes it.
_LIST = "SELECT id, state, number, place_id, kind FROM pick_list WHERE uid = :uid FOR SHARE"
_OF_ROW = (
    " FROM pick JOIN pick named ON named.id = :row AND named.list_id = :list"
    " JOIN pick_source ON pick_source.list_id = pick.list_id"
    " AND pick_source.document_id = pick.document_id WHERE pick.list_id = :list"
    " AND pick.item_id = named.item_id AND pick.lot_id = named.lot_id"
    " AND coalesce(pick.now_lot, 0) = coalesce(named.now_lot, 0)"
    " AND (pick.state = 'swapped') = (named.state = 'swapped')"
)
# What was settled already is no picker's any more.
_GROUP = (
    "SELECT pick.id, pick.line_id, pick.document_id, pick.lot_id, pick.qty, pick.picked,"
    f" pick.state{_OF_ROW} AND pick_source.state = 'open' ORDER BY pick.id FOR UPDATE OF pick"
)
_FIRST = f"SELECT min(pick.id){_OF_ROW}"


class OpenList(NamedTuple):
    key: int
    number: str
    place: int
    kind: str


class Pick(NamedTuple):
    """A part of a row: what one line of a bill or order wants of it."""

    id: int
    line: int
    document: int
    lot: int
    qty: int
    picked: int
    state: str


@dataclass(frozen=True, slots=True)
class Tick:
    """So many pieces of a row are in the hand; all that is left of it unless a number is given."""

    list: UUID
    row: int
    pieces: int | None = None


@needs(Power.PICK)
def tick(tx: Tx, asked: Tick) -> PickRow:
    """Refuses UNKNOWN_LIST, LIST_CLOSED, PICKED_ALREADY by whoever was first, PICK_TOO_MANY."""
    opened = open_list(tx, asked.list)
    picks = group(tx, opened, asked.row)
    return _add(tx, opened, picks, asked.pieces, asked.list)


@needs(Power.PICK)
def scan(tx: Tx, uid: UUID, code: str) -> PickRow:
    """One unit of what a label is on: an item's code or barcode, or a GS1 code with its batch.

    Refuses as `tick`, UNKNOWN_ITEM, NOT_ON_LIST, and BATCH_NOT_ON_LIST with what is asked for.
    """
    opened = open_list(tx, uid)
    label = _label(code, tx)
    items = named(tx, label.codes if label else (code,))
    if not items:
        raise refuse(Reason.UNKNOWN_ITEM, code=code)
    by_item = {each.item_id: each for each in items}
    rows = [row for row in rows_of(tx, opened.key) if row.item_id in by_item]
    if not rows:
        raise refuse(Reason.NOT_ON_LIST, item=items[0].name, list=opened.number)
    fits = [row for row in rows if _fits(row, label)]
    if label and not fits:
        asked = ", ".join(dict.fromkeys(row.batch or "-" for row in rows))
        batch = label.batch or (label.expiry.isoformat() if label.expiry else "")
        raise refuse(Reason.BATCH_NOT_ON_LIST, item=rows[0].name, batch=batch, wanted=asked)
    row = next((row for row in fits if row.state is PickState.OPEN), fits[0])
    units = (label.count if label else 0) or by_item[row.item_id].units
    return _add(tx, opened, group(tx, opened, row.id), units, uid)


@needs(Power.PICK)
def short(tx: Tx, uid: UUID, row: int, found: int, reason: str) -> PickRow:
    """No more than `found` pieces of the row were there; may be told anew until the list closes.

    Refuses as `tick`, MISSING without a reason, NOTHING_CHANGED where all are there, and
    PICK_SWAPPED for a row whose batch was swapped.
    """
    opened = open_list(tx, uid)
    picks = group(tx, opened, row)
    _not_swapped(tx, opened, picks)
    total = sum(each.qty for each in picks)
    if found < 0 or found > total:
        raise refuse(Reason.PICK_TOO_MANY, **told(tx, picks[0]), left=total, asked=found)
    if found == total:
        raise refuse(Reason.NOTHING_CHANGED)
    why = why_of(tx, reason)
    shares = shared_out(found, [each.qty for each in picks])
    for each, got in zip(picks, shares, strict=True):
        enough = got == each.qty
        state = PickState.PICKED if enough else PickState.SHORT
        put(tx, each.id, got, state, "" if enough else why)
    return after(tx, opened, picks[0].id, uid)


@needs(Power.PICK)
def undo(tx: Tx, uid: UUID, row: int) -> PickRow:
    """The row is still to be picked, as if nobody had been there. Refuses as `short`."""
    opened = open_list(tx, uid)
    picks = group(tx, opened, row)
    _not_swapped(tx, opened, picks)
    for each in picks:
        put(tx, each.id, 0, PickState.OPEN, "")
    return after(tx, opened, picks[0].id, uid)


@needs(Power.LOOK)
def reasons(reading: Reading) -> tuple[tuple[str, str], ...]:
    """The owner's reasons for picking short or another batch: code and name."""
    rows = reading.rows(
        "SELECT code, name FROM reason WHERE use = 'pick' AND active = 1 ORDER BY id"
    )
    return tuple((code, name) for code, name in rows)


def open_list(tx: Tx, uid: UUID) -> OpenList:
    """Its row is shared with the other pickers. Refuses UNKNOWN_LIST, LIST_CLOSED."""
    row = tx.row(_LIST, uid=uid.bytes)
    if row is None:
        raise refuse(Reason.UNKNOWN_LIST, list=str(uid))
    key, state, number, place, kind = row
    if state != "open":
        raise refuse(Reason.LIST_CLOSED, list=number)
    return OpenList(key, number, place, kind)


def group(tx: Tx, opened: OpenList, row: int) -> list[Pick]:
    """The picks of a row, under lock; nobody else is at them until the commit."""
    picks = [Pick(*each) for each in tx.rows(_GROUP, row=row, list=opened.key)]
    if not picks and tx.value(_FIRST, row=row, list=opened.key):
        raise refuse(Reason.LIST_CLOSED, list=opened.number)
    if not picks:
        raise refuse(Reason.UNKNOWN_LIST, list=f"{opened.number} / {row}")
    return picks


def put(tx: Tx, pick: int, picked: int, state: PickState, reason: str) -> None:
    tx.run(
        "UPDATE pick SET picked = :picked, state = :state, reason = :reason, user_id = :user,"
        " at = :at, row_version = row_version + 1 WHERE id = :pick",
        picked=picked,
        state=state.value,
        reason=reason,
        user=tx.actor.user_id,
        at=tx.micros,
        pick=pick,
    )


def after(tx: Tx, opened: OpenList, pick: int, uid: UUID) -> PickRow:
    """The row as it stands now; the screens hear of it."""
    tx.touched["pick_list"].add(uid)
    first = tx.value(_FIRST, row=pick, list=opened.key)
    return next(row for row in rows_of(tx, opened.key) if row.id == first)


def why_of(tx: Tx, reason: str) -> str:
    """The owner's own reason by its name, or what was typed. Refuses MISSING."""
    if not reason.strip():
        raise refuse(Reason.MISSING, field="reason")
    known = {folded(code): name for code, name in reasons(tx)}
    return known.get(folded(reason), reason.strip())


def told(tx: Tx, pick: Pick) -> dict[str, Any]:
    row = tx.row(
        "SELECT item.name, lot.batch FROM lot JOIN item ON item.id = item_id WHERE lot.id = :lot",
        lot=pick.lot,
    )
    assert row is not None
    return {"item": row[0], "batch": row[1]}


def picked_already(tx: Tx, opened: OpenList, pick: Pick) -> Refused:
    by = tx.value(
        "SELECT user_account.name FROM pick JOIN user_account ON user_account.id = user_id"
        " WHERE pick.id = :pick",
        pick=pick.id,
    )
    return refuse(Reason.PICKED_ALREADY, **told(tx, pick), by=by or "", list=opened.number)


def named(reading: Reading, codes: Iterable[str]) -> list[Named]:
    """Every item that one of the codes stands for; the first code that is known decides."""
    found = lookups.items_named(reading, codes)
    for code in codes:
        if hits := found.get(folded(code)):
            return hits
    return []


def _add(tx: Tx, opened: OpenList, picks: Sequence[Pick], pieces: int | None, uid: UUID) -> PickRow:
    waiting = [each for each in picks if each.state == PickState.OPEN]
    left = sum(each.qty - each.picked for each in waiting)
    if not left:
        raise picked_already(tx, opened, picks[0])
    wanted = left if pieces is None else pieces
    if not 0 < wanted <= left:
        raise refuse(Reason.PICK_TOO_MANY, **told(tx, picks[0]), left=left, asked=wanted)
    shares = shared_out(wanted, [each.qty - each.picked for each in waiting])
    for each, more in zip(waiting, shares, strict=True):
        if more:
            now = each.picked + more
            state = PickState.PICKED if now == each.qty else PickState.OPEN
            put(tx, each.id, now, state, "")
    return after(tx, opened, picks[0].id, uid)


def _not_swapped(tx: Tx, opened: OpenList, picks: Sequence[Pick]) -> None:
    if any(each.state == PickState.SWAPPED for each in picks):
        raise refuse(Reason.PICK_SWAPPED, **told(tx, picks[0]), list=opened.number)


def _label(code: str, tx: Tx) -> Scan | None:
    try:
        return read(code, business_day(tx.now))
    except NotGs1:
        return None


def _fits(row: PickRow, label: Scan | None) -> bool:
    if label is None:
        return True
    if label.batch:
        return folded(row.batch) == folded(label.batch)
    return label.expiry is None or row.expiry == label.expiry
