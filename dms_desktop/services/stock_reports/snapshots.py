"""What lay where at the end of each month, so that a past day costs one month's moves, not years'.

Derived: a paper of an earlier day takes the months that it changes out in its own transaction,
and the next building makes them anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dms_desktop.domain.calendar import month_of
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services.series import today
from dms_desktop.services.stock_reports.wanted import SHARE
from dms_desktop.store.session import Reading, Tx

# Moves of some days: by document, which has an index on its day, and so a save pays for none more.
MOVED = """
moved AS (
    SELECT lot_id, from_place, from_bucket, to_place, to_bucket, qty, cost FROM document
    CROSS JOIN stock_move WHERE document_id = document.id
        AND document.day > :low AND document.day <= :high
)"""
# `base` is what lay where at one end of these days; `sign` says which end. A lot's cost is shared
# among its spots in their order, and the last of them takes the remainder.
LEVEL = """
spot AS (
    SELECT lot_id, place_id, bucket, qty, paise FROM base
    UNION ALL SELECT lot_id, to_place, to_bucket, :sign * qty, CASE WHEN from_place IS NULL
        THEN :sign * cost ELSE 0 END FROM moved WHERE to_place IS NOT NULL
    UNION ALL SELECT lot_id, from_place, from_bucket, -:sign * qty, CASE WHEN to_place IS NULL
        THEN -:sign * cost ELSE 0 END FROM moved WHERE from_place IS NOT NULL
), level AS (
    SELECT lot_id, place_id, bucket, CAST(sum(qty) AS BIGINT) AS qty,
        CAST(sum(paise) AS BIGINT) AS paise FROM spot GROUP BY lot_id, place_id, bucket
)"""
FROM_MONTH = (
    "base AS (SELECT lot_id, place_id, bucket, qty, paise FROM stock_snapshot"
    " WHERE month_end = :base)"
)
# A lot's cost now stands on a spot of its own, which holds nothing.
FROM_NOW = (
    "base AS (SELECT lot_id, place_id, bucket, qty, 0 AS paise FROM stock WHERE qty > 0"
    " UNION ALL SELECT lot_id, 0, '', 0, paise FROM lot_cost WHERE paise <> 0)"
)
_SHARED = (
    f"{{name}} AS (SELECT lot_id, place_id, bucket, qty, {SHARE} AS paise FROM (SELECT lot_id,"  # noqa: S608
    " place_id, bucket, qty, CAST(sum(paise) OVER lot AS BIGINT) AS paise,"
    " CAST(sum(qty) OVER lot AS BIGINT) AS whole, CAST(sum(qty) OVER (PARTITION BY lot_id"
    " ORDER BY place_id, bucket) AS BIGINT) AS upto FROM level{of}"
    " WINDOW lot AS (PARTITION BY lot_id)) spots WHERE qty > 0)"
)
SHARED = _SHARED.format(name="held", of="")
SHARED_OF_PAGE = _SHARED.format(name="shared", of=" WHERE lot_id IN (SELECT lot_id FROM chosen)")
_BUILD = (
    "INSERT INTO stock_snapshot (month_end, lot_id, place_id, bucket, qty, paise)"  # noqa: S608
    f" WITH {FROM_MONTH}, {MOVED}, {LEVEL}, {SHARED}"
    " SELECT :end, lot_id, place_id, bucket, qty, paise FROM held"
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Spots with pieces at the end of a month."""

    month_end: date
    spots: int


@needs(Power.LOOK)
def months(reading: Reading) -> list[Snapshot]:
    """Those that stand, the oldest first."""
    return [
        Snapshot(date.fromisoformat(day), int(spots))
        for day, spots in reading.rows(
            "SELECT month_end, spots FROM stock_month ORDER BY month_end"
        )
    ]


@needs(Power.LOOK)
def due(reading: Reading) -> bool:
    """Whether a month is over that was not counted."""
    return _next_due(reading, _counted(reading)) is not None


@needs(Power.LOOK)
def build(tx: Tx) -> Snapshot | None:
    """The oldest month that is over and has none yet; None where all are there.

    A month a transaction, since nobody can post while one is counted.
    """
    tx.rows("SELECT id FROM period FOR UPDATE")
    have = _counted(tx)
    end = _next_due(tx, have)
    if end is None:
        return None
    text = end.isoformat()
    base = max((day for day in have if day < text), default="")
    tx.run("DELETE FROM stock_snapshot WHERE month_end = :end", end=text)
    spots = tx.run(_BUILD, end=text, base=base, low=base, high=text, sign=1)
    tx.insert("stock_month", ("month_end", "spots"), [(text, spots)])
    tx.run(
        "UPDATE period SET snapshot_until = :end WHERE snapshot_until < :end",
        end=text,
    )
    return Snapshot(end, spots)


def _counted(reading: Reading) -> set[str]:
    return {day for (day,) in reading.rows("SELECT month_end FROM stock_month")}


def _next_due(reading: Reading, have: set[str]) -> date | None:
    first = reading.value(
        "SELECT day FROM document WHERE EXISTS (SELECT 1 FROM stock_move"
        " WHERE document_id = document.id) ORDER BY document.day LIMIT 1"
    )
    if not first:
        return None
    end = month_of(date.fromisoformat(first)).last
    while end.isoformat() in have:
        end = month_of(end + timedelta(days=1)).last
    return end if end < today(reading) else None


def drop(tx: Tx, day: date) -> None:
    """Goods move on this day after all: the months from it on no longer stand.

    Whoever posts holds the period, so that none is being counted meanwhile. Their rows stay until
    the month is built again: a save does not wait for them to be swept.
    """
    tx.lock(
        "SELECT month_end FROM stock_month WHERE month_end >= :day ORDER BY month_end FOR UPDATE",
        day=day.isoformat(),
    )
    tx.run("DELETE FROM stock_month WHERE month_end >= :day", day=day.isoformat())


def nearest(reading: Reading, day: date) -> tuple[str, str, str, str, int]:
    """From where to count to a day's end: SQL of the base, its day, the days between, the sign.

    The month before or after, or what lies there now: whichever has fewer days between.
    """
    text = day.isoformat()
    before, after = reading.rows(
        "SELECT (SELECT max(month_end) FROM stock_month WHERE month_end <= :day),"
        " (SELECT min(month_end) FROM stock_month WHERE month_end > :day)",
        day=text,
    )[0]
    ways = [((today(reading) - day).days, FROM_NOW, "", text, "9999-12-31", -1)]
    if after:
        gap = (date.fromisoformat(after) - day).days
        ways.append((gap, FROM_MONTH, after, text, after, -1))
    if before:
        gap = (day - date.fromisoformat(before)).days
        ways.append((gap, FROM_MONTH, before, before, text, 1))
    return min(ways)[1:]
