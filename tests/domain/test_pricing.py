"""What one row costs: which rate, which discounts in which order, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.draft import Ask
from dms_desktop.domain.facts import Item, ListPrice
from dms_desktop.domain.goods_line import Adjustment, GoodsLine, Kind
from dms_desktop.domain.money import Money, Rate, rate, rupees, share, total
from dms_desktop.domain.refusals import Reason
from dms_desktop.domain.tax import Basis, GstType, TaxRate
from tests.domain.hand_made import SHOP, US, bill, facts, item, lot, reasons

OWN = ListPrice("OWN", rate=rate("26"))
CLASS = ListPrice("CLASS", rate=rate("27"))
FIXED_40 = ListPrice("FIXED", rate=rate("25"), mrp=rupees("40"))


def line_of(goods: Item, ask: Ask | None = None) -> GoodsLine:
    priced = bill(facts(goods), ask or Ask(1, 10))
    assert not priced.problems
    (line,) = priced.lines
    return line


@pytest.mark.parametrize(
    ("ask", "prices", "ptr", "price", "why"),
    [
        (Ask(1, 10, rate=rate("20")), (OWN, CLASS), "30", "20", ("typed",)),
        (Ask(1, 10), (OWN, CLASS), "30", "26", ("list:OWN",)),
        (Ask(1, 10), (CLASS,), "30", "27", ("list:CLASS",)),
        (Ask(1, 10), (), "30", "30", ("ptr",)),
        (Ask(1, 10, rate=rate("0")), (OWN,), "30", "0", ("typed",)),
        (Ask(1, 10), (FIXED_40, CLASS), "30", "25", ("list:FIXED",)),
        (Ask(1, 10), (ListPrice("P", percent_of_ptr=Decimal(95)),), "30", "28.5", ("list:P",)),
        (Ask(1, 10), (ListPrice("M", percent_of_mrp=Decimal(70)),), None, "28", ("list:M",)),
        # a percentage of a PTR that is not there says nothing, and the next one speaks
        (Ask(1, 10), (ListPrice("P", percent_of_ptr=Decimal(95)), CLASS), None, "27",
         ("list_no_ptr:P", "list:CLASS")),
    ],
)  # fmt: skip
def test_typed_before_list_before_class_before_ptr(
    ask: Ask, prices: tuple[ListPrice, ...], ptr: str | None, price: str, why: tuple[str, ...]
) -> None:
    line = line_of(item(1, lot(ptr=ptr), prices=prices), ask)
    assert (line.rate.times(1000), line.why) == (rate(price).times(1000), why)


def test_a_fixed_price_of_another_mrp_is_passed_over_and_the_line_says_so() -> None:
    goods = item(1, lot(mrp="44"), prices=(FIXED_40, CLASS))
    line = line_of(goods)
    assert line.rate == rate("27")
    assert line.why == ("list_other_mrp:FIXED:40.00", "list:CLASS")
    bare = line_of(replace(goods, prices=(FIXED_40,)))
    assert (bare.rate, bare.why) == (rate("30"), ("list_other_mrp:FIXED:40.00", "ptr"))


def test_no_price_is_refused() -> None:
    assert reasons(bill(facts(item(1, lot(ptr=None))), Ask(1, 5))) == {Reason.NO_PRICE}


def test_a_lot_that_is_passed_over_for_want_of_a_price_is_named() -> None:
    """The one that expires first has no PTR: the later one goes, and the clerk is told why."""
    early, late = date(2027, 1, 31), date(2027, 6, 30)
    shelf = item(1, lot(1, 10, ptr=None, expiry=early), lot(2, 10, expiry=late))
    priced = bill(facts(shelf), Ask(1, 5))
    assert [line.batch for line in priced.lines] == ["B2"]
    assert reasons(priced) == set()
    (said,) = priced.warnings
    assert (said.reason, said.row, said.facts["batch"]) == (Reason.LOT_NOT_PRICED, 0, "B1")
    typed = bill(facts(shelf), Ask(1, 5, rate=rate("20")))
    assert ([line.batch for line in typed.lines], typed.warnings) == (["B1"], ())
    last = item(1, lot(1, 10, expiry=early), lot(2, 10, ptr=None, expiry=late))
    assert bill(facts(last), Ask(1, 5)).warnings == ()


def test_a_list_that_wants_a_ptr_says_that_there_is_none() -> None:
    half = ListPrice("HALF", percent_of_ptr=Decimal(50))
    most = ListPrice("MOST", percent_of_mrp=Decimal(80))
    line = line_of(item(1, lot(ptr=None), prices=(half, most)))
    assert (line.rate, line.why) == (rate("32"), ("list_no_ptr:HALF", "list:MOST"))


def test_the_party_s_discounts_go_one_on_the_rest_of_the_other() -> None:
    """1,000.05: 10 % is 100.01 (half up), 5 % of the 900.04 left is 45.00, 2.50 off the row."""
    goods = item(1, lot(ptr="100.005"), trade_discount=Decimal(10), special_discount=Decimal(5))
    line = line_of(
        replace(goods, lots=(lot(ptr="100.005", mrp="0"),)), Ask(1, 10, discount=rupees("2.50"))
    )
    assert line.gross == rupees("1000.05")
    assert line.adjustments == (
        Adjustment("trade", rupees("100.01"), Decimal(10), "terms"),
        Adjustment("special", rupees("45.00"), Decimal(5), "terms"),
        Adjustment("line", rupees("2.50")),
    )
    assert line.taxable == rupees("852.54")
    assert line.tax.cgst == line.tax.sgst == rupees("76.73")  # 9 % of 852.54 is 76.7286


def test_typed_percentages_stand_in_for_the_party_s() -> None:
    goods = item(1, lot(), trade_discount=Decimal(10), special_discount=Decimal(5))
    typed = Ask(1, 10, discounts=(Decimal(4), Decimal(0), Decimal(3), Decimal(2)))
    line = line_of(goods, typed)
    assert [(off.kind, off.amount, off.source) for off in line.adjustments] == [
        ("trade", rupees("12.00"), "typed"),  # 4 % of 300
        ("third", rupees("8.64"), "typed"),  # 3 % of 288; the second column stays empty
        ("fourth", rupees("5.59"), "typed"),  # 2 % of 279.36 is 5.5872
    ]
    assert not line_of(goods, Ask(1, 10, discounts=())).adjustments


def test_a_net_rate_takes_none_of_the_party_s_terms() -> None:
    net = ListPrice("NET", rate=rate("20"), net=True)
    goods = item(1, lot(), prices=(net,), trade_discount=Decimal(10))
    line = line_of(goods)
    assert (line.net, line.adjustments, line.taxable) == (True, (), rupees("200"))
    typed = line_of(goods, Ask(1, 10, rate=rate("20"), net=True))
    assert (typed.net, typed.adjustments) == (True, ())
    own = line_of(goods, Ask(1, 10, discounts=(Decimal(5),)))
    assert own.discount == rupees("10.00")  # what the clerk typed himself still counts


def test_an_inclusive_rate_is_made_ex_tax_from_the_whole_amount() -> None:
    """7 pieces at 10.00 with 18 %: 70/1.18 is 59.32; seven times 8.47 would be 59.29."""
    line = line_of(item(1, lot()), Ask(1, 7, rate=rate("10"), inclusive=True))
    assert (line.gross, line.taxable) == (rupees("59.32"), rupees("59.32"))
    assert line.amount == rupees("70.00")
    half = line_of(
        item(1, lot()), Ask(1, 7, rate=rate("10"), inclusive=True, discounts=(Decimal(50),))
    )
    assert half.adjustments[0].amount == rupees("29.66")  # discounts come after: rule 5


def test_a_composition_seller_collects_no_tax_so_an_inclusive_rate_holds_none() -> None:
    """He sells at 118 what is priced 118 with tax: there is no tax in it to take out."""
    known = facts(item(1, lot(mrp="120")), seller=replace(US, gst_type=GstType.COMPOSITION))
    priced = bill(known, Ask(1, 1, rate=rate("118"), inclusive=True))
    assert priced.totals.taxable == priced.totals.total == rupees("118")
    assert not priced.totals.tax.total


PAN_MASALA = TaxRate(Decimal(40), basis=Basis.RETAIL_PRICE)


def test_goods_on_retail_price_bear_the_same_tax_whatever_they_are_sold_for() -> None:
    """RSP 100: 28.57 a piece at 40 %, for any rate and under any discount (product rule 9)."""
    goods = item(1, lot(mrp="100"), gst=PAN_MASALA)
    known = facts(goods, party=replace(SHOP, state="29"))
    for ask, value in (
        (Ask(1, 10, rate=rate("60")), "600"),
        (Ask(1, 10, rate=rate("60"), discounts=(Decimal(20),)), "480"),
        (Ask(1, 10, rate=rate("60"), discount=rupees("100")), "500"),
    ):
        for off in (None, rupees("30")):
            priced = bill(known, ask, bill_discount=off)
            assert priced.totals.tax.igst == rupees("285.71")
            assert priced.totals.taxable == rupees(value) - (off or Money())


def test_an_inclusive_rate_of_goods_on_retail_price_holds_that_tax() -> None:
    """Sold at 90 with tax, RSP 100: 28.57 is tax and 61.43 value, not 90/1.4."""
    goods = item(1, lot(mrp="100"), gst=PAN_MASALA)
    known = facts(goods, party=replace(SHOP, state="29"))
    priced = bill(known, Ask(1, 10, rate=rate("90"), inclusive=True))
    assert priced.totals.taxable == rupees("614.29")
    assert priced.totals.total == rupees("900")


def test_free_pieces_cost_nothing_and_their_cost_is_counted() -> None:
    goods = item(1, lot(cost="2000"))
    line = line_of(goods, Ask(1, 10, 2))
    assert (line.gross, line.taxable) == (rupees("300"), rupees("300"))
    assert line.cost == rupees("240")
    gift = line_of(goods, Ask(1, 0, 2))
    assert (gift.qty, gift.free_qty, gift.amount, gift.cost) == (0, 2, Money(), rupees("40"))


def test_above_mrp_is_refused_and_only_with_the_word_a_warning() -> None:
    """Net rate and tax per piece against the printed price: 33.90 + 18 % is 40.00."""
    goods = item(1, lot(mrp="40"))
    assert not bill(facts(goods), Ask(1, 10, rate=rate("33.90"))).problems
    dear = bill(facts(goods), Ask(1, 10, rate=rate("33.95")))
    (problem,) = dear.problems
    assert (problem.reason, problem.row) == (Reason.ABOVE_MRP, 0)
    assert problem.facts["mrp"] == rupees("40")
    allowed = bill(
        facts(goods), Ask(1, 10, rate=rate("33.95")), allowed=frozenset({Reason.ABOVE_MRP})
    )
    assert not allowed.problems
    assert [warning.reason for warning in allowed.warnings] == [Reason.ABOVE_MRP]


def test_a_discount_brings_a_dear_rate_below_the_mrp() -> None:
    goods = item(1, lot(mrp="40"))
    assert not bill(facts(goods), Ask(1, 10, rate=rate("35"), discounts=(Decimal(10),))).problems


@given(
    st.sampled_from(["5", "18", "40", "0"]),
    st.integers(1, 5_000),
    st.integers(100, 50_000),
)
def test_the_full_mrp_with_tax_is_never_above_it(gst: str, qty: int, mrp: int) -> None:
    """Rounding of the tax halves alone makes no line dear."""
    price = Rate(Money(mrp))
    goods = item(1, lot(qty=qty, mrp=str(price.amount)), gst=gst)
    priced = bill(facts(goods), Ask(1, qty, rate=price, inclusive=True))
    assert not priced.problems


def test_nothing_else_that_is_wrong_can_be_allowed() -> None:
    """A draft is text on disk and from other programs: it may not wave its own faults through."""
    goods = item(1, lot())
    every = frozenset(Reason)
    assert reasons(bill(facts(goods), Ask(1, 1, discount=rupees("31")), allowed=every)) == {
        Reason.DISCOUNT_TOO_LARGE
    }
    assert reasons(bill(facts(goods), Ask(1, 101), allowed=every)) == {Reason.SHORT_STOCK}


def test_below_cost_is_said_and_not_refused() -> None:
    priced = bill(facts(item(1, lot(cost="3100"))), Ask(1, 10))
    assert not priced.problems
    (warning,) = priced.warnings
    assert (warning.reason, warning.row) == (Reason.BELOW_COST, 0)
    assert (warning.facts["cost"], warning.facts["taxable"]) == (rupees("310"), rupees("300"))


@pytest.mark.parametrize(
    "ask",
    [
        Ask(1, 0),
        Ask(1, -5),
        Ask(1, 5, -1),
        Ask(1, -1, 5),
        Ask(1, 10_000_001),
        Ask(1, 10**9),
        Ask(1, 10**40),
        Ask(1, 1, 10**40),
    ],
)  # fmt: skip
def test_a_quantity_that_no_shop_asks_for(ask: Ask) -> None:
    """Refused on a bill and on an order alike: an order picks no stock that would run short."""
    for kind in (Kind.BILL, Kind.ORDER, Kind.ESTIMATE, Kind.CHALLAN):
        priced = bill(facts(item(1, lot(qty=10**9))), ask, Ask(1, 1), kind=kind, note="on approval")
        assert [(one.reason, one.row) for one in priced.problems] == [(Reason.BAD_QUANTITY, 0)]
        assert [line.ask for line in priced.lines] == [1]


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (Ask(1, 1, rate=Rate(Money(-1))), "rate"),
        (Ask(1, 1, rate=Rate(Money(10**15 + 1))), "rate"),
        (Ask(1, 1, discount=Money(-1)), "discount"),
        (Ask(1, 1, discount=Money(10**40)), "discount"),
        (Ask(1, 1, discounts=(Decimal(-1),)), "discounts"),
        (Ask(1, 1, discounts=(Decimal("100.1"),)), "discounts"),
        (Ask(1, 1, discounts=(Decimal("1.00001"),)), "discounts"),
        (Ask(1, 1, discounts=(Decimal("NaN"),)), "discounts"),
        (Ask(1, 1, discounts=(Decimal(1),) * 5), "discounts"),
    ],
)
def test_a_figure_that_is_no_price_and_no_discount(ask: Ask, field: str) -> None:
    (problem,) = bill(facts(item(1, lot())), ask).problems
    assert (problem.reason, problem.row) == (Reason.BAD_FIGURE, 0)
    assert problem.facts["field"] == field


def test_an_amount_that_no_book_can_hold() -> None:
    priced = bill(facts(item(1, lot(qty=10**7, mrp="0"))), Ask(1, 10**7, rate=Rate(Money(10**15))))
    assert Reason.BAD_FIGURE in reasons(priced)


@pytest.mark.parametrize(
    ("goods", "reason"),
    [
        (item(1, lot(), active=False), Reason.INACTIVE),
        (item(1, lot(), hsn=""), Reason.NO_HSN),
        (item(1, lot(), rates=()), Reason.NO_TAX_RATE),
        (item(2, lot()), Reason.UNKNOWN_ITEM),
    ],
)
def test_an_item_that_cannot_be_billed(goods: Item, reason: Reason) -> None:
    (problem,) = bill(facts(goods), Ask(1, 5)).problems
    assert (problem.reason, problem.row) == (reason, 0)


money = st.integers(0, 10**7).map(Money)
percents = st.integers(0, 100_0000).map(lambda parts: Decimal(parts).scaleb(-4))
asks = st.builds(
    Ask,
    item_id=st.just(1),
    qty=st.integers(1, 60),
    free=st.integers(0, 5),
    any_mrp=st.just(True),
    rate=st.one_of(st.none(), st.builds(Rate, money, st.sampled_from([1, 12, 1000]))),
    inclusive=st.booleans(),
    net=st.booleans(),
    discounts=st.one_of(st.none(), st.lists(percents, max_size=4).map(tuple)),
    discount=st.one_of(st.none(), money),
)
shelves = st.lists(
    st.tuples(st.integers(1, 20), st.sampled_from(["40", "44"])), min_size=4, max_size=9
)


@given(asks, shelves, st.sampled_from(["0", "5", "18", "40"]), percents, percents)
def test_the_lots_of_a_row_never_change_its_money(
    ask: Ask, rows: list[tuple[int, str]], gst: str, trade: Decimal, special: Decimal
) -> None:
    """Spread over many lots a row keeps its gross and its discounts, to the paisa, per MRP."""
    lots = tuple(lot(key, qty, mrp=mrp) for key, (qty, mrp) in enumerate(rows, start=1))
    goods = item(1, *lots, gst=gst, trade_discount=trade, special_discount=special)
    priced = bill(facts(goods), ask)
    for mrp in ("40", "44"):
        lines = [line for line in priced.lines if line.mrp == rupees(mrp)]
        qty = sum(line.qty for line in lines)
        if not qty:
            continue
        one = item(1, lot(qty=sum(line.pieces for line in lines), mrp=mrp), gst=gst)
        off = _off(lines, "line")
        whole = bill(
            facts(replace(one, trade_discount=trade, special_discount=special)),
            replace(ask, qty=qty, free=sum(line.free_qty for line in lines), discount=off),
        )
        assert total(line.gross for line in lines) == whole.lines[0].gross
        for kind in ("trade", "special", "third", "fourth", "line"):
            assert _off(lines, kind) == _off(whole.lines, kind)
    if ask.discount and priced.lines:
        assert _off(priced.lines, "line") == ask.discount
    for line in priced.lines:
        assert line.gross - line.discount == line.taxable
        assert line.amount == line.taxable + line.tax.total


def _off(lines: list[GoodsLine] | tuple[GoodsLine, ...], kind: str) -> Money:
    return total(off.amount for line in lines for off in line.adjustments if off.kind == kind)


def test_an_amount_off_a_row_of_two_mrps_is_shared_by_what_each_is_worth() -> None:
    goods = item(1, lot(1, 10), lot(2, 20, mrp="44", ptr="33"))
    priced = bill(facts(goods), Ask(1, 30, any_mrp=True, discount=rupees("100")))
    parts = share(rupees("100"), [30_000, 66_000])
    assert [line.discount for line in priced.lines] == list(parts)
