"""A physical count while billing goes on: what a line found is held against the books' own instant.

A line is counted in a transaction of its own, which holds the lot and reads what the books say of
it. Whatever is billed from then on lowers the shelf and the books alike, so that the difference
stays the same until the count is closed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from dms_desktop.domain.adjustment import Ground, found, gone, left_of
from dms_desktop.domain.counting import Counted, StockCount
from dms_desktop.domain.documents import Spot
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import total
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.domain.stock_papers import StockLine
from dms_desktop.services import audit, shelf
from dms_desktop.services.adjustments import found_cost
from dms_desktop.services.count_scopes import lots_in
from dms_desktop.services.posting import Posted, already, post
from dms_desktop.services.stock_grounds import ground_of, refuse_above_limit
from dms_desktop.services.stock_rows import (
    Piece,
    head_of,
    hold_items,
    holdings,
    lines_of,
    lot_made,
    lot_named,
    named_items,
    pieces_of,
    place_of,
)
from dms_desktop.store.session import Reading, Tx

MOST_LINES = 5_000  # of one sheet: a document takes no more
_SHEET = "SELECT id, place_id, closed_at, scope, what FROM count_sheet WHERE uid = :uid"
_BOOK = "SELECT qty FROM stock WHERE lot_id = :lot AND place_id = :place AND bucket = :bucket"
_PUT = (
    "INSERT INTO count_line (sheet_id, lot_id, bucket, book, counted, seen, at, user_id, tries)"
    " VALUES (:sheet, :lot, :bucket, :book, :counted, :seen, :at, :user, 1)"
    " ON CONFLICT (sheet_id, lot_id, bucket) DO UPDATE SET book = excluded.book,"
    " counted = excluded.counted, seen = excluded.seen, at = excluded.at,"
    " user_id = excluded.user_id, tries = count_line.tries + 1"
)
_COUNTED = (
    "SELECT lot_id, bucket, book, counted, at, seen FROM count_line WHERE sheet_id = :sheet"
    " AND counted IS NOT NULL ORDER BY lot_id, bucket"
)
# What put a lot right, or took it away by hand, after it was counted: the same pieces twice.
_PUT_RIGHT = (
    "SELECT lot_id, from_bucket, to_bucket, document.id FROM stock_move JOIN document"
    " ON document.id = document_id WHERE lot_id IN :lots AND (from_place = :place OR"
    " to_place = :place) AND kind IN ('stock_count', 'adjustment') AND document.id > :first"
)
_CLOSE = "UPDATE count_sheet SET closed_at = :at, document_id = :document WHERE id = :sheet"
_LAST = "SELECT coalesce(max(id), 0) FROM document"


@dataclass(frozen=True, slots=True)
class NewSheet:
    """`scope` is godown, rack, item, likely or asked; `what` the rack or the item, `most` how many
    of the likeliest wrong lots."""

    id: UUID
    scope: str = "godown"
    what: str = ""
    godown: str = ""
    most: int = 20


@dataclass(frozen=True, slots=True)
class Closing:
    id: UUID
    sheet: UUID
    reason: str = "COUNTED"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A line as it was counted: pieces by the books and by hand."""

    line: StockLine
    bucket: Bucket
    book: int
    counted: int
    tries: int = 1

    @property
    def difference(self) -> int:
        return self.counted - self.book


@dataclass(frozen=True, slots=True)
class Closed:
    """What a count did: nothing was posted where nothing differed."""

    sheet: UUID
    posted: Posted | None
    differing: int
    counted: int
    uncounted: int


@needs(Power.MOVE_STOCK)
def start(tx: Tx, asked: NewSheet) -> UUID:
    """Open a sheet with the lots to be counted; the same id opens it once.

    Refuses UNKNOWN_GODOWN, BAD_ENTRY for the scope, UNKNOWN_ITEM, UNKNOWN_CODE for a rack, and
    TOO_MANY_LINES for more lots than a sheet takes.
    """
    tx.alone(asked.id)
    if tx.row(_SHEET, uid=asked.id.bytes) is not None:
        return asked.id
    place = place_of(tx, asked.godown)
    lots = lots_in(tx, place.id, asked.scope, asked.what, asked.most)
    if len(lots) > MOST_LINES:
        raise refuse(Reason.TOO_MANY_LINES, most=MOST_LINES, lines=len(lots))
    sheet = tx.value(
        "INSERT INTO count_sheet (uid, place_id, scope, what, opened_at, user_id)"
        " VALUES (:uid, :place, :scope, :what, :at, :user) RETURNING id",
        uid=asked.id.bytes,
        place=place.id,
        scope=asked.scope,
        what=asked.what,
        at=tx.micros,
        user=tx.actor.user_id,
    )
    rows = [(sheet, lot, bucket, why) for lot, bucket, why in lots]
    tx.insert("count_line", ("sheet_id", "lot_id", "bucket", "why"), rows)
    said = {"scope": asked.scope, "what": asked.what, "godown": place.code, "lots": len(rows)}
    audit.record(tx, "start count", asked.id.hex, after=said)
    tx.touched["count"].add(asked.id)
    return asked.id


@needs(Power.MOVE_STOCK)
def count(tx: Tx, sheet: UUID, row: Piece) -> Found:
    """Write down what lies there of one lot, `qty` being all of it; counted again, the newest word
    holds. A batch that the books never had is made.

    Refuses UNKNOWN_DOCUMENT, COUNT_CLOSED, and what `stock_rows` refuses of the row.
    """
    key, place, *_ = _open(tx, sheet, "FOR SHARE")
    (item,) = named_items(tx, [row])
    (counted,) = pieces_of([row], [item], none_too=True)
    hold_items(tx, [item.item_id])
    lot = lot_named(tx, row, item, place=place)
    if lot is None:
        lot = lot_made(tx, row, item)
    shelf.hold(tx, [lot])
    book = int(tx.value(_BOOK, lot=lot, place=place, bucket=row.bucket.value) or 0)
    seen = int(tx.value(_LAST))
    said = {"book": book, "counted": counted, "seen": seen}
    tx.run(
        _PUT, sheet=key, lot=lot, bucket=row.bucket.value, at=tx.micros, user=tx.actor.user_id,
        **said,
    )  # fmt: skip
    audit.record(tx, "count", sheet.hex, after={"lot": lot, "bucket": row.bucket.value, **said})
    tx.touched["count"].add(sheet)
    line, _ = lines_of(tx, [lot])[lot]
    return Found(line, row.bucket, book, counted)


@needs(Power.MOVE_STOCK)
def close(tx: Tx, asked: Closing) -> Closed:
    """Post the differences and close the sheet; what was not counted stays as the books have it.

    Refuses UNKNOWN_DOCUMENT, COUNT_CLOSED, NOTHING_COUNTED, UNKNOWN_CODE for the reason,
    COUNT_AGAIN for each lot that cannot be told any more, ABOVE_STOCK_LIMIT, and whatever posting
    refuses.
    """
    digest = hashlib.sha256(repr(asked).encode()).digest()
    before = already(tx, asked.id, digest)
    if before is None:
        key, place, *_ = _open(tx, asked.sheet, "FOR NO KEY UPDATE")
    else:
        return _closed(tx, asked.sheet, before)
    rows = tx.rows(_COUNTED, sheet=key)
    if not rows:
        raise refuse(Reason.NOTHING_COUNTED)
    ground = ground_of(tx, asked.reason)
    differing = [row for row in rows if row[2] != row[3]]
    posted = None
    if differing:
        shelf.hold(tx, {row[0] for row in differing})
        _refuse_stale(tx, place, differing)
        goods = _goods(tx, place, differing, ground)
        refuse_above_limit(tx, asked.sheet, total(line.cost for line in goods))
        counted = tuple(Counted(*row[2:5]) for row in differing)
        head = head_of(tx, asked.id, place, asked.note)
        paper = StockCount(head, goods, asked.note or ground.name, key, ground, counted)
        posted = post(tx, paper, asked=digest)
    document = posted and tx.value("SELECT id FROM document WHERE uid = :u", u=posted.id.bytes)
    tx.run(_CLOSE, at=tx.micros, document=document, sheet=key)
    audit.record(tx, "close count", asked.sheet.hex, after={"differing": len(differing)})
    tx.touched["count"].add(asked.sheet)
    return _closed(tx, asked.sheet, posted)


def ask_for(tx: Tx, lot_id: int, place_id: int, why: str) -> None:
    """Somebody did not find a lot: it waits to be counted, and stands first on the sheets to come.

    For who has no lock to take any more: it is written last.
    """
    tx.insert(
        "count_ask",
        ("lot_id", "place_id", "why", "at", "user_id"),
        [(lot_id, place_id, why, tx.micros, tx.actor.user_id)],
    )
    tx.touched["count"].add(lot_id)


def _open(tx: Tx, sheet: UUID, lock: str) -> Sequence[Any]:
    """Held by its row. Refuses UNKNOWN_DOCUMENT and COUNT_CLOSED."""
    row = tx.row(f"{_SHEET} {lock}", uid=sheet.bytes)
    if row is None:
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=str(sheet))
    if row[2]:
        raise refuse(Reason.COUNT_CLOSED)
    return row


def _closed(tx: Tx, sheet: UUID, posted: Posted | None) -> Closed:
    row = tx.row(
        "SELECT count(counted), count(*) - count(counted),"
        " coalesce(sum(CASE WHEN counted <> book THEN 1 ELSE 0 END), 0) FROM count_line"
        " JOIN count_sheet ON count_sheet.id = sheet_id WHERE uid = :uid",
        uid=sheet.bytes,
    )
    assert row is not None
    counted, uncounted, differing = map(int, row)
    return Closed(sheet, posted, differing, counted, uncounted)


def _refuse_stale(tx: Tx, place: int, rows: Sequence[Sequence[Any]]) -> None:
    """A lot whose stock was put right since by another paper, or of which more is gone since than
    the count leaves: the difference of then says nothing of now."""
    lots = sorted({row[0] for row in rows})
    first = min(row[5] for row in rows)
    since: dict[tuple[int, str], int] = {}
    for lot, start, end, document in tx.rows(_PUT_RIGHT, lots=lots, place=place, first=first):
        for bucket in (start, end):
            since[lot, bucket] = max(since.get((lot, bucket), 0), document)
    named = lines_of(tx, lots)
    problems: list[Problem] = []
    for lot, bucket, book, counted, _, seen in rows:
        now = int(tx.value(_BOOK, lot=lot, place=place, bucket=bucket) or 0)
        if since.get((lot, bucket), 0) > seen or now + counted - book < 0:
            line, _ = named[lot]
            facts = {"item": line.name, "batch": line.batch}
            problems.append(Problem(Reason.COUNT_AGAIN, None, facts))
    if problems:
        raise Refused(*problems)


def _goods(
    tx: Tx, place: int, rows: Sequence[Sequence[Any]], ground: Ground
) -> tuple[StockLine, ...]:
    lots = [row[0] for row in rows]
    lines, held = lines_of(tx, lots), dict(holdings(tx, lots))
    goods: list[StockLine] = []
    for lot, bucket, book, counted, *_ in rows:
        spot, off = Spot(place, Bucket(bucket)), counted - book
        line = replace(lines[lot][0], qty=abs(off))
        if off < 0:
            made = gone(line, spot, held[lot], reverses=ground.reverses)
            held[lot] = left_of(held[lot], made)
        else:
            made = found(line, spot, found_cost(tx, line, held[lot]))
        goods.append(made)
    return tuple(goods)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a sheet. The books' figure is kept from who counts until he has counted."""

    line: StockLine
    bucket: Bucket
    why: str
    book: int | None
    counted: int | None
    tries: int
    rack: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    id: UUID
    key: int
    godown: str
    scope: str
    what: str
    opened_at: int
    closed_at: int
    document: UUID | None
    number: str
    rows: tuple[Row, ...] = ()
    lines: int = 0
    done: int = 0


_SHEETS = (
    "SELECT count_sheet.uid, count_sheet.id, place.name, scope, what, opened_at, closed_at,"
    " document.uid, document.number, (SELECT count(*) FROM count_line WHERE sheet_id ="
    " count_sheet.id), (SELECT count(counted) FROM count_line WHERE sheet_id = count_sheet.id)"
    " FROM count_sheet JOIN place ON place.id = count_sheet.place_id LEFT JOIN document"
    " ON document.id = document_id WHERE"
)
_NEWEST = f"{_SHEETS} closed_at <= :until ORDER BY count_sheet.id DESC LIMIT :most"
_ONE = f"{_SHEETS} count_sheet.uid = :uid"
_ROWS = (
    "SELECT lot_id, bucket, why, book, counted, tries, coalesce(rack, '') FROM count_line"
    " JOIN count_sheet ON count_sheet.id = sheet_id JOIN lot ON lot.id = lot_id"
    " LEFT JOIN rack ON rack.item_id = lot.item_id AND rack.place_id = count_sheet.place_id"
    " WHERE sheet_id = :sheet ORDER BY 7, lot.item_id, expiry, lot_id, bucket"
)
_EVER = (1 << 63) - 1


@needs(Power.LOOK)
def sheets(reading: Reading, *, open_only: bool = False, most: int = 200) -> list[Sheet]:
    """The newest first, without their lines."""
    until = 0 if open_only else _EVER
    return [_sheet(row) for row in reading.rows(_NEWEST, until=until, most=most)]


@needs(Power.LOOK)
def show(reading: Reading, uid: UUID) -> Sheet:
    """A sheet with its lines in the order of the racks. Refuses UNKNOWN_DOCUMENT."""
    row = reading.row(_ONE, uid=uid.bytes)
    if row is None:
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=str(uid))
    sheet = _sheet(row)
    rows = reading.rows(_ROWS, sheet=sheet.key)
    lines = lines_of(reading, (row[0] for row in rows))
    return replace(
        sheet,
        rows=tuple(
            Row(lines[lot][0], Bucket(bucket), why, book, counted, tries, rack)
            for lot, bucket, why, book, counted, tries, rack in rows
        ),
    )


@needs(Power.LOOK)
def show_with_place(reading: Reading, uid: UUID) -> tuple[Sheet, int]:
    """The same, and the key of its godown."""
    sheet = show(reading, uid)
    place = reading.value("SELECT place_id FROM count_sheet WHERE uid = :uid", uid=uid.bytes)
    return sheet, int(place)


def _sheet(row: Sequence[Any]) -> Sheet:
    uid, key, place, scope, what, opened, closed, document, number, lines, done = row
    paper = UUID(bytes=bytes(document)) if document is not None else None
    return Sheet(
        UUID(bytes=bytes(uid)), key, place, scope, what, opened, closed, paper, number or "",
        (), lines, done,
    )  # fmt: skip


@needs(Power.LOOK)
def find(reading: Reading, ref: str) -> UUID:
    """A sheet by its number or id, or the newest open one without either.

    Refuses UNKNOWN_DOCUMENT.
    """
    for sheet in sheets(reading, open_only=not ref, most=1 if not ref else 100_000):
        if not ref or folded(ref) in (str(sheet.key), str(sheet.id)):
            return sheet.id
    raise refuse(Reason.UNKNOWN_DOCUMENT, number=ref)
