"""The real sales come out of the loader line for line and paisa for paisa."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.online_retail import (
    DOZEN,
    Fate,
    Order,
    Survey,
    bills,
    items,
    lines,
    parties,
    receipts,
    survey,
)
from tests.shared import shared


@pytest.fixture(scope="module")
def retail() -> Path:
    return shared("data/online_retail.csv.gz")


@pytest.fixture(scope="module")
def found(retail: Path) -> Survey:
    return survey(retail)


@pytest.fixture(scope="module")
def slice_(retail: Path) -> list[Order]:
    return list(bills(retail, days=3))


def asks(order: Order) -> Iterator[dict[str, str | int]]:
    rows = order["lines"]
    assert isinstance(rows, list)
    yield from rows


def test_every_line_of_the_file_has_one_fate(found: Survey) -> None:
    assert found.fates == {
        Fate.SALE: 530_103,
        Fate.FREE: 400,
        Fate.FOUND: 779,
        Fate.WRITE_OFF: 1_336,
        Fate.RETURN: 9_288,
        Fate.ADJUSTMENT: 3,
    }
    assert found.fates.total() == 541_909


def test_all_priced_lines_are_billed_and_filled_first_expiry_first_out(
    retail: Path, found: Survey
) -> None:
    """The whole file: counts, sums, order of days, and no bill short of unexpired goods."""
    deliveries = list(receipts(found))
    shelf: dict[str, list[tuple[date, int]]] = defaultdict(list)
    expected_state = dict(found.states)
    count = Counter[str]()
    exact, paise, largest, before = Decimal(0), 0, 0, date.min
    for order in bills(retail):
        day = date.fromisoformat(str(order["day"]))
        assert day >= before
        before = day
        while deliveries and deliveries[0].day < day:
            for lot in deliveries.pop(0).lots:
                shelf[lot.item].append((lot.expiry or date.max, lot.qty))
        assert order["party"] in expected_state
        count["bills"] += 1
        sold = 0
        for ask in asks(order):
            qty, free, rate = int(ask["qty"]), int(ask.get("free", 0)), Decimal(ask.get("rate", 0))
            if rate:
                sold += 1
                exact += qty * rate
                paise += int((qty * rate * 100).quantize(Decimal(1), ROUND_HALF_UP))
            count["free"] += free > 0
            shelf[str(ask["item"])] = take(shelf[str(ask["item"])], qty + free, day)
        assert sold, "a bill has a priced line"
        count["sold"] += sold
        largest = max(largest, sold)
    assert count == {"bills": 19_959, "sold": 530_103, "free": 400}
    assert largest == 1_114
    assert exact == Decimal("10655622.484")
    assert paise == 10_65_562_248
    assert not deliveries


def take(lots: list[tuple[date, int]], wanted: int, day: date) -> list[tuple[date, int]]:
    """What is left once the goods went, the first to expire first and none past its day."""
    left = []
    for expiry, qty in sorted(lots):
        gone = min(wanted, qty) if expiry >= day else 0
        wanted -= gone
        if qty > gone:
            left.append((expiry, qty - gone))
    assert wanted == 0, "short of unexpired goods"
    return left


def test_bills_stay_as_they_were_but_for_the_year(retail: Path, slice_: list[Order]) -> None:
    first = slice_[0]
    assert (first["order_no"], first["party"], first["day"]) == ("536365", "17850", "2025-10-01")
    assert next(asks(first)) == {"item": "85123A", "qty": 6, "rate": "2.55"}
    invoices = [order["order_no"] for order in slice_]
    assert len(set(invoices)) == len(invoices)
    priced = sum(1 for line in lines(retail, days=3) if line.invoice[0] == "5" and line.price > 0)
    assert sum(1 for order in slice_ for ask in asks(order) if "rate" in ask) == priced


def test_an_invoice_that_comes_in_two_runs_is_one_bill(retail: Path) -> None:
    wanted = next(order for order in bills(retail) if order["order_no"] == "542806")
    assert len(list(asks(wanted))) == 39


def test_ids_are_the_same_each_time(retail: Path, slice_: list[Order]) -> None:
    again = list(islice(bills(retail), len(slice_)))
    assert again == slice_
    assert len({order["id"] for order in slice_}) == len(slice_)


def test_days_fall_under_the_rates_in_force_and_keep_their_weekday(retail: Path) -> None:
    moved = [line.at for line in islice(lines(retail), 0, None, 5_000)]
    assert moved[0].date() == date(2025, 10, 1)
    assert moved[-1].date() <= date(2026, 10, 9)
    assert all(day.weekday() != 5 for day in moved), "that house never sold on a Saturday"


def test_items_are_told_apart_by_code_whatever_its_case(found: Survey) -> None:
    rows = {row.code: row for row in items(found)}
    assert len(rows) == len(found.goods)
    assert all(code == code.upper() and " " not in code for code in rows)
    assert rows["85123A"].name == "WHITE HANGING HEART T-LIGHT HOLDER"
    assert not rows["POST"].keep_batch
    assert rows["POST"].hsn == "996819"
    assert all(row.name for row in rows.values())
    rates = Counter(int(row.gst_rate) for row in rows.values())
    assert set(rates) == {0, 5, 18}
    assert min(rates.values()) > 300


def test_no_price_of_the_file_is_above_the_mrp_with_its_tax(retail: Path, found: Survey) -> None:
    rows = {row.code: row for row in items(found)}
    for line in lines(retail, days=30):
        if line.invoice[0] == "5" and line.price > 0 and line.qty > 0:
            row = rows[line.code]
            assert line.price * (100 + row.gst_rate) <= row.mrp.paise, line


def test_customers_abroad_are_in_other_states(found: Survey) -> None:
    rows = {row.code: row for row in parties(found)}
    assert rows["17850"].state == "27"
    assert rows["12583"].state != "27", "a customer in France"
    assert rows["CASH27"].credit_limit.paise == 0
    assert sum(code.startswith("CASH") for code in rows) >= 2
    assert sum(row.state == "27" for row in rows.values()) > 3_900


def test_goods_come_before_the_month_in_dozens_and_outlive_it(found: Survey) -> None:
    deliveries = list(receipts(found))
    assert [each.day for each in deliveries][:2] == [date(2025, 9, 30), date(2025, 10, 31)]
    assert len(deliveries) == 13
    seen = Counter((lot.item, lot.batch) for each in deliveries for lot in each.lots if lot.batch)
    assert max(seen.values()) == 1
    for each in deliveries:
        for lot in each.lots:
            assert lot.qty % DOZEN == 0
            assert lot.cost.paise <= lot.pts.paise
            assert lot.expiry is None or lot.expiry > each.day + timedelta(days=31)
            assert (lot.packed is None) == (lot.batch == "")
