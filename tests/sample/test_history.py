"""The sample company's past can be billed as it stands: every order finds its goods."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import count
from uuid import UUID

import pytest

from dms_desktop.domain.facts import Lot
from dms_desktop.domain.fefo import in_order, left_after, pick, sellable
from dms_desktop.sample import Day, LotRow, history, items, lots, parties, working_days
from dms_desktop.sample.rows import cells

TODAY = date(2026, 11, 21)
KEYS = {
    "id", "day", "party", "terms", "salesman", "order_no", "lines", "bill_discount_percent",
}  # fmt: skip
NUMBERS = count(1)
LINE_KEYS = {"item", "qty", "free", "mrp", "discount_percent"}


@pytest.fixture(scope="module")
def past() -> list[Day]:
    return list(history(1, 3_000, TODAY))


def every_order(past: Iterable[Day]) -> list[dict[str, object]]:
    return [order for day in past for order in day.orders]


def lines(order: dict[str, object]) -> list[dict[str, str | int]]:
    found = order["lines"]
    assert isinstance(found, list)
    return found


def test_the_same_seed_orders_the_same_byte_for_byte(past: list[Day]) -> None:
    received = [cells(lot) for day in past for lot in day.received]
    text = json.dumps([every_order(past), received], sort_keys=True)
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "f54b1d97dbd7287b"


def test_as_many_bills_as_asked_on_working_days_before_today(past: list[Day]) -> None:
    orders = every_order(past)
    assert len(orders) == 3_000
    assert [day.day for day in past] == working_days(3_000, TODAY)
    assert past[-1].day < TODAY
    assert all(day.day.weekday() != 6 for day in past)
    assert all(order["day"] == day.day.isoformat() for day in past for order in day.orders)
    assert max(len(day.orders) for day in past) <= 160


def test_one_bill_and_none() -> None:
    assert [len(day.orders) for day in history(1, 1, TODAY)] == [1]
    assert list(history(1, 0, TODAY)) == []


def test_orders_have_the_shape_of_the_published_order(past: list[Day]) -> None:
    codes = {row.code for row in items(1) if row.active}
    shops = {row.code: row for row in parties(1)}
    for order in every_order(past):
        assert set(order) <= KEYS
        assert order["terms"] in {"cash", "credit"}
        shop = shops[str(order["party"])]
        assert order["salesman"] == shop.salesman
        assert shop.credit_limit or order["terms"] == "cash"
        for line in lines(order):
            assert set(line) <= LINE_KEYS
            assert line["item"] in codes
        asked = Counter(line["item"] for line in lines(order))
        assert max(asked.values()) == 1
    json.dumps(every_order(past))


def test_ids_are_uuid7_in_the_order_of_the_day(past: list[Day]) -> None:
    ids = [UUID(str(order["id"])) for order in every_order(past)]
    assert len(set(ids)) == 3_000
    assert {found.version for found in ids} == {7}
    assert ids == sorted(ids)


def test_a_beat_is_called_on_twice_a_week(past: list[Day]) -> None:
    beat_of = {row.code: row.beat for row in parties(1)}
    weekdays: dict[str, set[int]] = defaultdict(set)
    for day in past:
        for order in day.orders:
            weekdays[beat_of[str(order["party"])]].add(day.day.weekday() % 3)
    assert len(weekdays) == 24
    assert {len(found) for found in weekdays.values()} == {1}


def test_a_few_items_sell_most_and_most_sell_a_little(past: list[Day]) -> None:
    sold = Counter(line["item"] for order in every_order(past) for line in lines(order))
    counts = sorted(sold.values(), reverse=True)
    best_fifth = sum(counts[: len(items(1)) // 5])
    assert 0.5 <= best_fifth / sum(counts) <= 0.85
    assert len(counts) > 1_500


@pytest.mark.parametrize("with_opening_stock", [False, True])
def test_every_order_can_be_filled_first_expiry_first_out(
    past: list[Day], with_opening_stock: bool
) -> None:
    """The product's own picking, with the MRP asked for and the life that each shop wants."""
    cases = {row.code: row.case for row in items(1)}
    life = {row.code: row.min_life_days for row in parties(1)}
    shelf: dict[str, tuple[Lot, ...]] = defaultdict(tuple)
    if with_opening_stock:
        put_away(shelf, (lot for lot in lots(1, past[0].day) if lot.godown == "MAIN"))
    for day in past:
        put_away(shelf, day.received)
        for order in day.orders:
            for line in lines(order):
                code = str(line["item"])
                wanted = [
                    lot
                    for lot in shelf[code]
                    if sellable(lot, on=day.day, life_days=life[str(order["party"])])
                    and ("mrp" not in line or str(lot.mrp) == line["mrp"])
                ]
                assert len({lot.mrp for lot in wanted}) == 1, (order["id"], line)
                asked = pieces(line["qty"], cases[code]) + int(line.get("free", 0))
                picks, short = pick(asked, in_order(wanted))
                assert short == 0, (order["id"], line)
                taken = {each.lot.id: each.qty for each in picks}
                shelf[code] = left_after(shelf[code], taken)


def test_goods_come_in_whole_cases_under_numbers_of_their_own(past: list[Day]) -> None:
    rows = {row.code: row for row in items(1)}
    opening = {(lot.item, lot.batch) for lot in lots(1, past[0].day) if lot.batch}
    received = [lot for day in past for lot in day.received]
    numbers = Counter((lot.item, lot.batch) for lot in received if lot.batch)
    assert max(numbers.values()) == 1
    assert not opening & set(numbers)
    for lot in received:
        assert lot.qty % rows[lot.item].case == 0
        assert lot.mrp == rows[lot.item].mrp
        assert bool(lot.batch) == rows[lot.item].keep_batch


def put_away(shelf: dict[str, tuple[Lot, ...]], rows: Iterable[LotRow]) -> None:
    for row in rows:
        lot = Lot(next(NUMBERS), row.batch, row.mrp, row.expiry, row.qty)
        shelf[row.item] = (*shelf[row.item], lot)


def pieces(qty: str | int, case: int) -> int:
    if isinstance(qty, int):
        return qty
    found = re.fullmatch(r"(?:(\d+)c)? ?(?:(\d+)p)?", qty)
    assert found, qty
    return int(found[1] or 0) * case + int(found[2] or 0)
