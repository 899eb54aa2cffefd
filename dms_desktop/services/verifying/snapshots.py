"""What was counted at months' ends, counted again from all the moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from dms_desktop.domain.calendar import month_of
from dms_desktop.services.verifying.findings import Finding, Watch
from dms_desktop.store.session import Reading

Spot = tuple[int, int, str]  # lot, place, bucket
_FLOWS = """
SELECT month, lot_id, place_id, bucket, sum(qty), sum(paise) FROM (
    SELECT substr(day, 1, 7) AS month, lot_id, to_place AS place_id, to_bucket AS bucket, qty,
        CASE WHEN from_place IS NULL THEN cost ELSE 0 END AS paise
    FROM stock_move WHERE to_place IS NOT NULL
    UNION ALL
    SELECT substr(day, 1, 7), lot_id, from_place, from_bucket, -qty,
        CASE WHEN to_place IS NULL THEN -cost ELSE 0 END
    FROM stock_move WHERE from_place IS NOT NULL
) flow GROUP BY month, lot_id, place_id, bucket ORDER BY month"""
_MONTH = (
    "SELECT lot_id, place_id, bucket, qty, paise FROM stock_snapshot WHERE month_end = :end"
    " ORDER BY lot_id, place_id, bucket"
)


def wrong_snapshots(reading: Reading, watch: Watch) -> Iterator[Finding]:
    """Only months that stand: the rows of one that was taken out are told by nobody."""
    months = reading.rows("SELECT month_end, spots FROM stock_month ORDER BY month_end")
    if not months:
        return
    if (until := str(reading.value("SELECT snapshot_until FROM period"))) < months[-1][0]:
        yield Finding("snapshot_until", "period", 1, {"until": until, "should": months[-1][0]})
    flows = iter(reading.driver.execute(reading.connection, _FLOWS, {}))
    ahead = next(flows, None)
    pieces: defaultdict[Spot, int] = defaultdict(int)
    costs: defaultdict[int, int] = defaultdict(int)
    for at, (end, spots) in enumerate(months):
        watch.tell("totals", at / len(months))
        if not _is_end(end):
            yield Finding("stock_month", "stock_month", end, {"month": end})
            continue
        while ahead is not None and ahead[0] <= end[:7]:
            _, lot, place, bucket, qty, paise = ahead
            pieces[lot, place, bucket] += int(qty)
            costs[lot] += int(paise)
            ahead = next(flows, None)
        yield from _wrong_month(reading, end, int(spots), pieces, costs)


def _wrong_month(
    reading: Reading, end: str, spots: int, pieces: dict[Spot, int], costs: dict[int, int]
) -> Iterator[Finding]:
    stored = {tuple(row[:3]): tuple(row[3:]) for row in reading.rows(_MONTH, end=end)}
    should = dict(_shared(pieces, costs))
    keys: set[Any] = {*stored, *should}
    for key in sorted(keys):
        if stored.get(key) != should.get(key):
            yield Finding("stock_snapshot", "stock_snapshot", (end, *key), {"month": end})
    if spots != len(should):
        yield Finding("stock_month", "stock_month", end, {"month": end})


def _shared(
    pieces: dict[Spot, int], costs: dict[int, int]
) -> Iterator[tuple[Spot, tuple[int, int]]]:
    """Each spot with pieces, and its share of the lot's cost in the order of spots."""
    by_lot: defaultdict[int, list[tuple[Spot, int]]] = defaultdict(list)
    for spot, qty in sorted(pieces.items()):
        if qty:
            by_lot[spot[0]].append((spot, qty))
    return chain.from_iterable(_parts(held, costs[lot]) for lot, held in by_lot.items())


def _parts(held: list[tuple[Spot, int]], paise: int) -> Iterator[tuple[Spot, tuple[int, int]]]:
    whole, upto = sum(qty for _, qty in held), 0
    for spot, qty in held:
        given = paise * upto // whole
        upto += qty
        yield spot, (qty, paise * upto // whole - given)


def _is_end(text: str) -> bool:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return month_of(day).last == day and len(text) == 10
