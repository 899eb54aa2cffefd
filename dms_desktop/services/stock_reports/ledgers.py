"""What came and went of an item or of a batch, move by move, with what was there after each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services.stock_reports.wanted import PAGE, Page, item_of, page, place_of
from dms_desktop.store.session import Reading

FIRST, LAST = date.min, date.max


@dataclass(frozen=True, slots=True)
class Course:
    """What a ledger tells of. `lot` nil and `batch` empty = every batch of the item; `godown` and
    `bucket` empty = wherever it lies. Days include their ends."""

    item: str
    batch: str = ""
    lot: int = 0
    godown: str = ""
    bucket: str = ""
    from_day: date = FIRST
    until_day: date = LAST


@dataclass(frozen=True, slots=True)
class Step:
    """One move: pieces that `came` and that `went`, both where they stayed within; what was there
    after. The document is `uid`."""

    day: date
    uid: UUID
    kind: str
    number: str
    party: str
    batch: str
    mrp: Money
    start: str
    end: str
    came: int
    went: int
    balance: int


_HERE = (
    "(:place = 0 OR {end}_place = :place) AND (:bucket = '' OR {end}_bucket = :bucket)"
    " AND {end}_place IS NOT NULL"
)
_LEDGER = (
    "WITH lots AS (SELECT id, batch, mrp FROM lot WHERE item_id = :item"  # noqa: S608
    " AND (:lot = 0 OR id = :lot) AND (:batch = '' OR batch = :batch)),"
    " steps AS (SELECT stock_move.id, stock_move.document_id, stock_move.day, batch, mrp,"
    " from_place, from_bucket, to_place, to_bucket,"
    f" CASE WHEN {_HERE.format(end='to')} THEN qty ELSE 0 END AS came,"
    f" CASE WHEN {_HERE.format(end='from')} THEN qty ELSE 0 END AS went"
    " FROM lots CROSS JOIN stock_move WHERE stock_move.lot_id = lots.id),"
    " told AS (SELECT steps.*, sum(came - went) OVER (ORDER BY day, id) AS balance FROM steps"
    " WHERE came > 0 OR went > 0)"
    " SELECT told.day, document.uid, document.kind, number, party_name, batch, mrp,"
    " coalesce(here.code, ''), from_bucket, coalesce(there.code, ''), to_bucket, came, went,"
    " CAST(balance AS BIGINT)"
    " FROM (SELECT * FROM told WHERE day >= :from_day AND day <= :until_day ORDER BY day, id"
    " LIMIT :most OFFSET :after) told JOIN document ON document.id = told.document_id"
    " LEFT JOIN place here ON here.id = from_place LEFT JOIN place there ON there.id = to_place"
    " ORDER BY told.day, told.id"
)


@needs(Power.LOOK)
def ledger(reading: Reading, course: Course, after: int = 0, *, most: int = PAGE) -> Page[Step]:
    """The moves of an item or a batch in the order of their days. Refuses UNKNOWN_ITEM."""
    rows = reading.rows(
        _LEDGER,
        item=item_of(reading, course.item),
        lot=course.lot,
        batch=course.batch,
        place=place_of(reading, course.godown),
        bucket=course.bucket,
        from_day=course.from_day.isoformat(),
        until_day=course.until_day.isoformat(),
        most=most + 1,
        after=after,
    )
    return page([_step(row) for row in rows], after, most)


def _step(row: tuple[Any, ...]) -> Step:
    (
        day, uid, kind, number, party, batch, mrp, here, from_bucket, there, to_bucket, came, went,
        balance,
    ) = row  # fmt: skip
    return Step(
        date.fromisoformat(day), UUID(bytes=bytes(uid)), kind, number, party, batch, Money(mrp),
        _spot(here, from_bucket), _spot(there, to_bucket), came, went, balance,
    )  # fmt: skip


def _spot(place: str, bucket: str) -> str:
    return f"{place} {bucket}" if place else ""
