"""The carton that expires first leaves first, whoever types the bill."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.draft import Ask
from dms_desktop.domain.facts import Lot
from dms_desktop.domain.fefo import in_order, left_after, pick, sellable
from dms_desktop.domain.money import Money, rate, rupees
from dms_desktop.domain.refusals import Reason
from tests.domain.hand_made import DAY, SMALL, bill, facts, item, lot, reasons, shelf
from tests.domain.test_money import rounded

SOON, LATER, LAST = date(2026, 12, 31), date(2027, 6, 30), date(2027, 12, 31)


@pytest.mark.parametrize(
    ("one", "life", "may"),
    [
        (lot(expiry=DAY), 0, True),  # the last day is inclusive
        (lot(expiry=DAY - timedelta(days=1)), 0, False),
        (lot(expiry=None), 0, True),
        (lot(expiry=None), 365, True),  # no expiry never runs out
        (lot(expiry=DAY + timedelta(days=90)), 90, True),
        (lot(expiry=DAY + timedelta(days=89)), 90, False),
        (lot(expiry=LATER, blocked=True), 0, False),
        (lot(qty=0), 0, False),
    ],
)
def test_what_may_be_sold(one: Lot, life: int, may: bool) -> None:
    assert sellable(one, on=DAY, life_days=life) is may
    left = bill(facts(item(1, one), party=replace(SMALL, min_life_days=life)), Ask(1, 1))
    assert (reasons(left) == set()) is may


def test_the_order_of_the_shelf() -> None:
    lots = [lot(4), lot(3, expiry=LATER), lot(2, expiry=LATER), lot(9, expiry=SOON)]
    assert [one.id for one in in_order(lots)] == [9, 2, 3, 4]


def test_a_demand_is_met_from_the_front() -> None:
    picks, short = pick(130, [lot(1, 100), lot(2, 0), lot(3, 100)])
    assert [(one.lot.id, one.qty) for one in picks] == [(1, 100), (3, 30)]
    assert short == 0
    assert pick(5, [lot(1, 3)])[1] == 2
    assert pick(5, []) == ((), 5)


costs = st.integers(0, 10**7)


@given(costs, st.lists(st.integers(1, 50), min_size=1, max_size=12))
def test_pieces_take_their_cost_along_and_the_last_one_takes_the_rest(
    paise: int, sales: list[int]
) -> None:
    """Product rule 20: paise and pieces run out together, whatever the rounding on the way."""
    held = sum(sales)
    left = Lot(1, "B", Money(100), None, held, held=held, cost=Money(paise))
    taken = 0
    for qty in sales:
        cost = left.cost_of(qty)
        assert cost.paise == rounded(Fraction(left.cost.paise * qty, left.held))
        taken += cost.paise
        (left,) = left_after([left], {1: qty})
    assert (taken, left.cost, left.held, left.on_hand) == (paise, Money(), 0, 0)


def test_half_a_paisa_of_cost_goes_up() -> None:
    """21 paise for 14 pieces: 5 of them cost exactly 7.5, though 5/14 never ends."""
    assert Lot(1, "B", Money(), None, 14, held=14, cost=Money(21)).cost_of(5) == Money(8)


expiries = st.sampled_from([None, DAY - timedelta(days=1), DAY, SOON, LATER, LAST])
lots_at_random = st.lists(
    st.builds(
        lambda qty, mrp, ptr, expiry, blocked: (qty, mrp, ptr, expiry, blocked),
        st.integers(0, 40),
        st.sampled_from(["40", "44"]),
        st.sampled_from(["30", "31"]),
        expiries,
        st.sampled_from([False, False, False, True]),
    ),
    max_size=7,
).map(
    lambda rows: tuple(
        lot(key, qty, mrp=mrp, ptr=ptr, expiry=expiry, blocked=blocked)
        for key, (qty, mrp, ptr, expiry, blocked) in enumerate(rows, start=1)
    )
)
asks_at_random = st.lists(
    st.builds(
        Ask,
        item_id=st.just(1),
        qty=st.integers(1, 90),
        free=st.integers(0, 9),
        any_mrp=st.booleans(),
        mrp=st.sampled_from([None, None, rupees("40"), rupees("44")]),
    ),
    min_size=1,
    max_size=4,
)


@given(lots_at_random, asks_at_random, st.sampled_from([0, 30, 60]))
def test_no_carton_leaves_before_one_that_expires_earlier(
    lots: tuple[Lot, ...], asks: list[Ask], life: int
) -> None:
    """Within one MRP and rate a later lot is touched only once each earlier one is empty."""
    priced = bill(facts(item(1, *lots), party=replace(SMALL, min_life_days=life)), *asks)
    taken = Counter[int]()
    for line in priced.lines:
        assert line.lot_id is not None
        taken[line.lot_id] += line.pieces
    fit = [one for one in in_order(lots) if sellable(one, on=DAY, life_days=life)]
    assert set(taken) <= {one.id for one in fit}
    for at, one in enumerate(fit):
        assert taken[one.id] <= one.on_hand
        if taken[one.id]:
            same = [early for early in fit[:at] if (early.mrp, early.ptr) == (one.mrp, one.ptr)]
            assert all(taken[early.id] == early.on_hand for early in same)


@given(lots_at_random, asks_at_random)
def test_what_was_asked_is_on_the_bill_or_short(lots: tuple[Lot, ...], asks: list[Ask]) -> None:
    """No carton vanishes: each row's pieces are on its lines, or a problem says how many are not.

    And without the clerk's word a row stays within one MRP and rate (product rule 7).
    """
    priced = bill(facts(item(1, *lots)), *asks)
    for row, ask in enumerate(asks):
        lines = [line for line in priced.lines if line.ask == row]
        got = sum(line.qty for line in lines), sum(line.free_qty for line in lines)
        short = [problem for problem in priced.problems if problem.row == row]
        if short:
            (problem,) = short
            assert problem.reason in {Reason.SHORT_STOCK, Reason.ANOTHER_MRP}
            assert sum(got) + int(str(problem.facts["short"])) == ask.qty + ask.free
            assert problem.facts["have"] == sum(got)
        else:
            assert got == (ask.qty, ask.free)
        if not ask.any_mrp:
            assert len({(line.mrp, line.rate) for line in lines}) <= 1


def test_it_asks_once_before_it_goes_to_another_mrp() -> None:
    goods = item(1, lot(1, 10, expiry=SOON), lot(2, 50, mrp="44", expiry=LATER))
    asked = bill(facts(goods), Ask(1, 25))
    (problem,) = asked.problems
    assert problem.reason is Reason.ANOTHER_MRP
    assert problem.facts["next_mrp"] == rupees("44")
    assert (problem.facts["have"], problem.facts["short"], problem.facts["next"]) == (10, 15, 50)
    allowed = bill(facts(goods), Ask(1, 25, any_mrp=True))
    assert shelf(allowed.lines) == [("B1", 10, 0), ("B2", 15, 0)]
    assert not allowed.problems


def test_another_rate_of_the_same_mrp_is_asked_for_too() -> None:
    goods = item(1, lot(1, 10, expiry=SOON), lot(2, 50, ptr="29", expiry=LATER))
    assert reasons(bill(facts(goods), Ask(1, 25))) == {Reason.ANOTHER_MRP}


def test_the_mrp_on_the_pack_in_hand_comes_first() -> None:
    """The shop wants the pack at 44: the one at 40 expires earlier and stays."""
    goods = item(1, lot(1, 10, expiry=SOON), lot(2, 50, mrp="44", expiry=LATER))
    assert shelf(bill(facts(goods), Ask(1, 5, mrp=rupees("44"))).lines) == [("B2", 5, 0)]
    both = bill(facts(goods), Ask(1, 55, mrp=rupees("44"), any_mrp=True))
    assert shelf(both.lines) == [("B2", 50, 0), ("B1", 5, 0)]


def test_a_lot_without_a_price_is_said_once_nothing_else_is_left() -> None:
    goods = item(1, lot(1, 10, ptr=None, expiry=SOON), lot(2, 50, expiry=LATER))
    assert shelf(bill(facts(goods), Ask(1, 50)).lines) == [("B2", 50, 0)]
    assert reasons(bill(facts(goods), Ask(1, 55))) == {Reason.NO_PRICE}
    assert reasons(bill(facts(goods), Ask(1, 55, any_mrp=True))) == {Reason.NO_PRICE}
    assert reasons(bill(facts(goods), Ask(1, 65))) == {Reason.NO_PRICE}
    typed = bill(facts(goods), Ask(1, 55, rate=rate("30")))
    assert shelf(typed.lines) == [("B1", 10, 0), ("B2", 45, 0)]


def test_a_forced_batch() -> None:
    goods = item(
        1,
        lot(1, 10, expiry=SOON),
        lot(2, 50, expiry=LATER),
        lot(3, 50, expiry=DAY - timedelta(days=1), batch="OLD"),
        lot(4, 50, expiry=LATER, batch="BAD", blocked=True),
        lot(5, 0, expiry=LATER, batch="GONE"),
    )
    assert shelf(bill(facts(goods), Ask(1, 20, batch="B2")).lines) == [("B2", 20, 0)]
    for batch, reason in (
        ("B1", Reason.SHORT_STOCK),
        ("OLD", Reason.EXPIRED_BATCH),
        ("BAD", Reason.BLOCKED_BATCH),
        ("GONE", Reason.SHORT_STOCK),
        ("NONE", Reason.UNKNOWN_BATCH),
    ):
        assert reasons(bill(facts(goods), Ask(1, 20, batch=batch))) == {reason}


def test_a_batch_at_two_mrps_is_two_lots() -> None:
    goods = item(1, lot(1, 10, batch="B"), lot(2, 10, mrp="44", batch="B"))
    assert reasons(bill(facts(goods), Ask(1, 15, batch="B"))) == {Reason.ANOTHER_MRP}
    one = bill(facts(goods), Ask(1, 5, batch="B", mrp=rupees("44")))
    assert [line.lot_id for line in one.lines] == [2]


def test_free_pieces_leave_after_the_billed_ones_by_their_own_expiry() -> None:
    goods = item(1, lot(1, 10, expiry=SOON), lot(2, 50, expiry=LATER))
    assert shelf(bill(facts(goods), Ask(1, 8, 3)).lines) == [("B1", 8, 2), ("B2", 0, 1)]
    assert shelf(bill(facts(goods), Ask(1, 10, 3)).lines) == [("B1", 10, 0), ("B2", 0, 3)]
    assert shelf(bill(facts(goods), Ask(1, 0, 3)).lines) == [("B1", 0, 3)]


def test_the_party_s_own_shelf_life() -> None:
    goods = item(1, lot(1, 10, expiry=SOON), lot(2, 50, expiry=LATER))
    picky = replace(SMALL, min_life_days=60)
    assert shelf(bill(facts(goods, party=picky), Ask(1, 5)).lines) == [("B2", 5, 0)]
    assert reasons(bill(facts(goods, party=picky), Ask(1, 5, batch="B1"))) == {Reason.EXPIRED_BATCH}


def test_two_rows_of_one_item_share_the_shelf_in_their_order() -> None:
    goods = item(1, lot(1, 10, expiry=SOON), lot(2, 50, expiry=LATER))
    priced = bill(facts(goods), Ask(1, 8), Ask(1, 8))
    assert [
        (line.ask, *pieces) for line, pieces in zip(priced.lines, shelf(priced.lines), strict=True)
    ] == [
        (0, "B1", 8, 0),
        (1, "B1", 2, 0),
        (1, "B2", 6, 0),
    ]


def test_the_lot_of_a_challan_goes_though_it_expired_or_was_blocked_since() -> None:
    goods = item(1, lot(1, 10, expiry=DAY - timedelta(days=9), blocked=True), lot(2, 50))
    assert shelf(bill(facts(goods), Ask(1, 6, lot_id=1)).lines) == [("B1", 6, 0)]
    assert reasons(bill(facts(goods), Ask(1, 11, lot_id=1))) == {Reason.SHORT_STOCK}
