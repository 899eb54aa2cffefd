"""A whole bill: totals that add up, the paper the law asks for, and what the clerk must hear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.billing import Priced, price, supply, terms
from dms_desktop.domain.documents import Bill, Challan, Estimate, Order
from dms_desktop.domain.draft import Ask, Draft, WalkIn
from dms_desktop.domain.drawn_up import document, paper
from dms_desktop.domain.facts import Facts, Limits, ListPrice, Party
from dms_desktop.domain.goods_line import Kind, Mode, Paper, Payment, Terms
from dms_desktop.domain.money import Money, Rate, rate, rupees, total
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.tax import Basis, Gst, GstType, TaxRate
from tests.domain.hand_made import (
    DAY,
    EXEMPT,
    SHOP,
    SMALL,
    US,
    bill,
    draft,
    facts,
    item,
    lot,
    reasons,
)

GSTS = ("0", "5", "18", "40", "exempt", "retail", "cess")
percents = st.one_of(
    st.none(), st.integers(0, 20_0000).map(lambda parts: Decimal(parts).scaleb(-4))
)


def taxed_at(name: str) -> TaxRate:
    match name:
        case "exempt":
            return EXEMPT
        case "retail":
            return TaxRate(Decimal(40), basis=Basis.RETAIL_PRICE)
        case "cess":
            return TaxRate(Decimal(28), Decimal(12), Rate(Money(159), 100))
        case _:
            return TaxRate(Decimal(name))


@st.composite
def trades(draw: st.DrawFn) -> tuple[Facts, Draft]:
    """A few items in a few lots, a shop here or beyond the border, and a bill of some of them."""
    items = [
        item(
            key,
            *(
                lot(
                    10 * key + at,
                    draw(st.integers(0, 30)),
                    mrp=draw(st.sampled_from(["40", "44"])),
                    ptr=str(Money(draw(st.integers(1, 4000)))),
                    expiry=DAY + timedelta(days=draw(st.integers(0, 400))),
                    cost=str(Money(draw(st.integers(0, 10**5)))),
                )
                for at in range(draw(st.integers(1, 4)))
            ),
            gst=taxed_at(draw(st.sampled_from(GSTS))),
            trade_discount=draw(percents),
            special_discount=draw(percents),
        )
        for key in range(1, 5)
    ]
    rows = draw(
        st.lists(
            st.builds(
                Ask,
                item_id=st.integers(1, 4),
                qty=st.integers(1, 40),
                free=st.sampled_from([0, 0, 0, 2]),
                any_mrp=st.booleans(),
                rate=st.one_of(st.none(), st.integers(0, 5000).map(Money).map(Rate)),
                inclusive=st.booleans(),
                net=st.booleans(),
            ),
            min_size=1,
            max_size=7,
        )
    )  # fmt: skip
    party = replace(SHOP, state=draw(st.sampled_from(["27", "29"])))
    made = draft(
        *rows,
        bill_discount=draw(st.one_of(st.none(), st.integers(0, 5000).map(Money))),
        bill_discount_percent=draw(percents),
        cash_discount_percent=draw(percents),
        kind=draw(st.sampled_from([Kind.BILL, Kind.ORDER])),
        reverse_charge=draw(st.sampled_from([False, False, False, True])),
    )
    return facts(*items, party=party), made


@given(trades())
def test_the_totals_are_the_sums_of_the_lines(trade: tuple[Facts, Draft]) -> None:
    known, made = trade
    priced = price(made, known)
    totals = priced.totals
    assert totals.taxable == total(line.taxable for line in priced.lines)
    assert totals.tax == sum((line.tax for line in priced.lines), Gst())
    assert totals.total == totals.taxable + totals.tax.total + totals.round_off
    assert totals.total.paise % 100 == 0
    assert abs(totals.round_off.paise) <= 50
    assert totals.tax.cgst == totals.tax.sgst
    assert not (totals.tax.igst and totals.tax.cgst)
    if made.reverse_charge:
        assert totals.tax == Gst()
    for line in priced.lines:
        assert line.tax.cgst == line.tax.sgst
        assert line.taxable == line.gross - line.discount


@given(trades())
def test_a_discount_on_the_bill_is_on_its_lines_to_the_paisa(trade: tuple[Facts, Draft]) -> None:
    known, made = trade
    plain = replace(
        made, bill_discount=None, bill_discount_percent=None, cash_discount_percent=None
    )
    before, after = price(plain, known), price(made, known)
    # Goods on retail price sold below their own tax are worth less than nothing, and bear none.
    rest = total(line.taxable for line in before.lines if not line.net and line.taxable > Money())
    off = {kind: [Money(), Money()] for kind in ("bill", "cash")}
    for line in after.lines:
        for one in line.adjustments:
            if one.kind in off:
                assert not line.net
                off[one.kind][one.percent is not None] += one.amount
    amount = made.bill_discount or Money()
    assert off["bill"][0] == (amount if rest else Money())
    if amount > rest and before.lines:
        assert Reason.DISCOUNT_TOO_LARGE in reasons(after)
    rest = max(rest - off["bill"][0], Money())
    assert off["bill"][1] == rest.percent(made.bill_discount_percent or Decimal(0))
    rest -= off["bill"][1]
    assert off["cash"][1] == rest.percent(made.cash_discount_percent or Decimal(0))


@given(trades(), st.randoms(use_true_random=False))
def test_the_order_of_typing_different_items_does_not_change_the_money(
    trade: tuple[Facts, Draft], dice: object
) -> None:
    known, made = trade
    keys = list(dict.fromkeys(ask.item_id for ask in made.asks))
    dice.shuffle(keys)  # type: ignore[attr-defined]
    asks = sorted(made.asks, key=lambda ask: keys.index(ask.item_id))
    other = price(replace(made, asks=tuple(asks)), known)
    assert other.totals == price(made, known).totals


def test_the_odd_paisa_of_a_bill_discount_falls_on_the_same_item_in_any_order() -> None:
    """A paisa off 1.03 at 18 % and 1.03 at 5 %: on one the tax is 23 paise, on the other 24."""
    goods = [item(key, lot(key, ptr="1.03"), gst=gst) for key, gst in ((1, "18"), (2, "5"))]
    known = facts(*goods, party=replace(SHOP, state="29"))
    asks = [Ask(1, 1), Ask(2, 1)]
    one, other = (bill(known, *rows, bill_discount=Money(1)) for rows in (asks, asks[::-1]))
    assert one.totals.tax.igst == other.totals.tax.igst == Money(23)


@given(trades(), st.data())
def test_the_memory_of_the_last_keystroke_changes_nothing(
    trade: tuple[Facts, Draft], data: st.DataObject
) -> None:
    """Items that did not change are not priced again, and the answer is the same."""
    known, made = trade
    before = price(made, known)
    row = data.draw(st.integers(0, len(made.asks) - 1))
    typed = replace(made.asks[row], qty=data.draw(st.integers(1, 40)))
    for after in (made.with_ask(row, typed), made.without(row), made.plus(typed)):
        again = price(after, known, before.known)
        assert again == price(after, known)
    other_item = next(iter(known.items.values()))
    fresh = Facts(known.seller, known.party, {**known.items, 1: replace(other_item, lots=())})
    assert price(made, fresh, before.known) == price(made, fresh)


@given(trades())
def test_a_problem_names_a_row_and_a_line_names_its_row(trade: tuple[Facts, Draft]) -> None:
    known, made = trade
    priced = price(made, known)
    rows = range(len(made.asks))
    assert [line.ask for line in priced.lines] == sorted(line.ask for line in priced.lines)
    assert {line.ask for line in priced.lines} <= set(rows)
    for problem in (*priced.problems, *priced.warnings):
        assert problem.row is None or problem.row in rows


def test_a_discount_that_no_line_can_bear_is_refused_and_not_forgotten() -> None:
    net = item(1, lot(), prices=(ListPrice("NET", rate=rate("20"), net=True),))
    known = facts(net, item(2, lot(2)))
    said: dict[str, Any]
    for said in (
        {"bill_discount": rupees("10")},
        {"bill_discount_percent": Decimal(10)},
        {"cash_discount_percent": Decimal(2)},
    ):
        assert reasons(bill(known, Ask(1, 5), **said)) == {Reason.DISCOUNT_TOO_LARGE}
        assert not bill(known, Ask(1, 5), Ask(2, 5), **said).problems
    less_than_a_paisa = bill(known, Ask(2, 1), bill_discount_percent=Decimal("0.0001"))
    assert not less_than_a_paisa.problems
    both = bill(known, Ask(1, 5), Ask(2, 5), bill_discount=rupees("10"))
    assert [line.discount for line in both.lines] == [Money(), rupees("10")]


@pytest.mark.parametrize(
    "said",
    [
        {"bill_discount": Money(-1)},
        {"bill_discount": Money(10**40)},
        {"bill_discount_percent": Decimal(101)},
        {"cash_discount_percent": Decimal(-1)},
        {"bill_discount_percent": Decimal("1.00001")},
        {"bill_discount_percent": Decimal("1e40")},
    ],
)
def test_a_discount_on_the_bill_that_is_none(said: dict[str, object]) -> None:
    (problem,) = bill(facts(item(1, lot())), Ask(1, 5), **said).problems
    assert (problem.reason, problem.row) == (Reason.BAD_FIGURE, None)
    assert problem.facts["field"] in said


def test_each_rupee_of_a_bill_discount_meets_its_own_tax_rate() -> None:
    """Rs 40 off 100 at 18 % and 300 at 5 %: 10 and 30, so the tax is 16.20 and 13.50."""
    known = facts(item(1, lot(ptr="10", mrp="0")), item(2, lot(2, ptr="10", mrp="0"), gst="5"))
    priced = bill(known, Ask(1, 10), Ask(2, 30), bill_discount=rupees("40"))
    assert [line.discount for line in priced.lines] == [rupees("10"), rupees("30")]
    assert [line.tax.total for line in priced.lines] == [rupees("16.20"), rupees("13.50")]


def test_nothing_on_the_bill_and_too_much() -> None:
    known = facts(item(1, lot()))
    assert reasons(bill(known)) == {Reason.NO_LINES}
    many = bill(known, *[Ask(1, 1)] * 2_001, kind=Kind.ORDER)
    (problem,) = many.problems
    assert (problem.reason, problem.facts["lines"]) == (Reason.TOO_MANY_LINES, 2_001)
    assert not bill(known, *[Ask(1, 1)] * 2_000, kind=Kind.ORDER).problems


def test_a_text_that_no_database_keeps_is_named() -> None:
    known = facts(item(1, lot()), party=CASH)
    for said in ({"party": WalkIn("Ravi \udc00")}, {"note": "as agreed\0"}):
        (problem,) = bill(known, Ask(1, 1), **said).problems
        assert problem.reason is Reason.BAD_ENTRY
        assert str(problem.facts["value"]).isprintable()
    assert not bill(known, Ask(1, 1), party=WalkIn("रवि \U0001f600")).problems


def test_no_party_and_one_that_is_no_longer_active() -> None:
    known = facts(item(1, lot()))
    assert reasons(bill(known, Ask(1, 1), party=None)) == {Reason.UNKNOWN_PARTY}
    gone = facts(item(1, lot()), party=replace(SHOP, active=False))
    assert reasons(bill(gone, Ask(1, 1))) == {Reason.INACTIVE}


CASH = Party(0, "", "CASH", "27")
NAMED = replace(CASH, name="Ravi Kumar", address="4 MG Road, Pune")


@pytest.mark.parametrize(
    ("party", "value", "fine"),
    [
        (CASH, "49999", True),
        (CASH, "50000", False),  # at or above (product rule 3, Rule 46)
        (NAMED, "50000", True),
        (replace(NAMED, name="CASH"), "50000", False),
        (replace(NAMED, address=""), "50000", False),
        (replace(NAMED, state=""), "50000", False),
        (SMALL, "49999", True),
        (SMALL, "50000", False),  # a shop without GSTIN is named just so
        (replace(SMALL, address="Main Road"), "50000", True),
        (replace(SMALL, address="Main Road", state=""), "50000", False),
        (SHOP, "50000", True),  # the GSTIN names a registered one
    ],
)
def test_whom_a_large_bill_must_name(party: Party, value: str, fine: bool) -> None:
    known = facts(item(1, lot(mrp="0", ptr=value), gst=EXEMPT), party=party)
    problems = reasons(bill(known, Ask(1, 1)))
    assert problems == (set() if fine else {Reason.BUYER_DETAILS_NEEDED})


@pytest.mark.parametrize(
    ("party", "how", "value", "fine"),
    [
        (NAMED, None, "199999", True),
        (NAMED, None, "200000", False),  # Rs 2 lakh or more in cash
        (NAMED, Terms.CREDIT, "200000", False),  # a walk-in owes nothing: it is cash all the same
        (SHOP, None, "200000", True),
        (SHOP, Terms.CASH, "200000", False),
    ],
)
def test_how_much_may_be_taken_in_cash(
    party: Party, how: Terms | None, value: str, fine: bool
) -> None:
    known = facts(item(1, lot(mrp="0", ptr=value), gst=EXEMPT), party=party)
    assert reasons(bill(known, Ask(1, 1), terms=how)) == (set() if fine else {Reason.CASH_LIMIT})
    assert not bill(known, Ask(1, 1), terms=how, kind=Kind.ORDER).problems  # no money moves yet


def paid(*parts: tuple[Mode, str]) -> tuple[Payment, ...]:
    return tuple(Payment(mode, rupees(amount)) for mode, amount in parts)


@pytest.mark.parametrize(
    ("how", "parts", "problems"),
    [
        (Terms.CASH, (), {Reason.CASH_LIMIT}),  # all of it in cash: Rs 2,50,000
        (Terms.CASH, ((Mode.CASH, "100000"), (Mode.UPI, "150000")), set()),
        (Terms.CASH, ((Mode.CASH, "199999"), (Mode.CARD, "50001")), set()),
        (Terms.CASH, ((Mode.CASH, "200000"), (Mode.CARD, "50000")), {Reason.CASH_LIMIT}),
        (Terms.CASH, ((Mode.UPI, "249999"),), {Reason.PAYMENTS_DIFFER}),
        (Terms.CASH, ((Mode.UPI, "250001"),), {Reason.PAYMENTS_DIFFER}),
        (Terms.CREDIT, ((Mode.UPI, "100000"),), set()),  # the rest is owed
        (Terms.CREDIT, ((Mode.UPI, "250001"),), {Reason.PAYMENTS_DIFFER}),
        (Terms.CREDIT, ((Mode.CASH, "200000"),), {Reason.CASH_LIMIT}),
        (Terms.CREDIT, ((Mode.UPI, "0"),), {Reason.BAD_FIGURE}),
        (Terms.CREDIT, ((Mode.UPI, "5"), (Mode.CARD, "-5")), {Reason.BAD_FIGURE}),
    ],
)
def test_what_is_paid_with_a_bill(
    how: Terms, parts: tuple[tuple[Mode, str], ...], problems: set[Reason]
) -> None:
    """The statutory limit is on cash alone, in whatever parts a bill is paid (product rule 3)."""
    known = facts(item(1, lot(mrp="0", ptr="250000"), gst=EXEMPT))
    assert reasons(bill(known, Ask(1, 1), terms=how, payments=paid(*parts))) == problems


def test_the_limits_are_those_of_the_day() -> None:
    limits = Limits(walk_in_details=rupees("100"), cash=rupees("200"))
    known = facts(item(1, lot(mrp="0")), party=CASH, limits=limits)
    assert reasons(bill(known, Ask(1, 3))) == {Reason.BUYER_DETAILS_NEEDED}
    assert reasons(bill(known, Ask(1, 6))) == {Reason.BUYER_DETAILS_NEEDED, Reason.CASH_LIMIT}


def test_a_walk_in_pays_cash_and_a_shop_owes() -> None:
    known = facts(item(1, lot()))
    assert terms(draft(), known) is Terms.CREDIT
    assert terms(draft(terms=Terms.CASH), known) is Terms.CASH
    assert terms(draft(terms=Terms.CREDIT), facts(party=CASH)) is Terms.CASH


@pytest.mark.parametrize(
    ("gstin", "state", "reason"),
    [
        ("24AAACC1206D1ZM", "24", None),
        ("24AAACC1206D1ZN", "24", Reason.BAD_GSTIN),  # wrong check digit
        ("24AAACC1206D1Z", "24", Reason.BAD_GSTIN),
        ("24AAACC1206D1ZM", "27", Reason.GSTIN_OTHER_STATE),
    ],
)
def test_the_gstin_that_a_walk_in_says(gstin: str, state: str, reason: Reason | None) -> None:
    party = replace(NAMED, gstin=gstin, state=state, gst_type=GstType.REGULAR)
    priced = bill(facts(item(1, lot()), party=party), Ask(1, 1))
    assert reasons(priced) == ({reason} if reason else set())


REGISTERED = (GstType.REGULAR, GstType.COMPOSITION, GstType.SEZ, GstType.UIN)


@pytest.mark.parametrize(
    ("rates", "buyer", "seller", "expected"),
    [
        (("18",), GstType.REGULAR, GstType.REGULAR, Paper.TAX_INVOICE),
        (("18",), GstType.UNREGISTERED, GstType.REGULAR, Paper.TAX_INVOICE),
        (("0",), GstType.REGULAR, GstType.REGULAR, Paper.TAX_INVOICE),  # taxed at nil per cent
        (("exempt",), GstType.REGULAR, GstType.REGULAR, Paper.BILL_OF_SUPPLY),
        (("exempt",), GstType.UNREGISTERED, GstType.REGULAR, Paper.BILL_OF_SUPPLY),
        *[
            (("18", "exempt"), kind, GstType.REGULAR, Paper.TAX_INVOICE) for kind in REGISTERED
        ],
        (("18", "exempt"), GstType.UNREGISTERED, GstType.REGULAR, Paper.INVOICE_CUM_BILL_OF_SUPPLY),
        (("18", "exempt"), GstType.UNREGISTERED, GstType.COMPOSITION, Paper.BILL_OF_SUPPLY),
        (("18",), GstType.REGULAR, GstType.COMPOSITION, Paper.BILL_OF_SUPPLY),
    ],
)  # fmt: skip
def test_the_paper_that_the_law_asks_for(
    rates: Sequence[str], buyer: GstType, seller: GstType, expected: Paper
) -> None:
    goods = [item(key, lot(key), gst=taxed_at(name)) for key, name in enumerate(rates, start=1)]
    known = facts(*goods, party=replace(SHOP, gst_type=buyer), seller=replace(US, gst_type=seller))
    priced = bill(known, *(Ask(one.id, 1) for one in goods))
    assert paper(priced.lines, known) is expected
    if seller is GstType.COMPOSITION:
        assert priced.totals.tax == Gst()


def test_under_reverse_charge_the_rate_is_said_and_no_tax_charged() -> None:
    known = facts(item(1, lot()))
    made = draft(Ask(1, 10), reverse_charge=True)
    priced = price(made, known)
    (line,) = priced.lines
    assert (line.tax_rate.gst, line.tax, line.amount) == (Decimal(18), Gst(), rupees("300"))
    posted = document(made, known, priced)
    assert isinstance(posted, Bill)
    assert posted.head.reverse_charge
    assert posted.paper is Paper.TAX_INVOICE


def test_an_economic_zone_next_door_bears_integrated_tax() -> None:
    known = facts(item(1, lot()), party=replace(SHOP, gst_type=GstType.SEZ))
    priced = bill(known, Ask(1, 10))
    assert (priced.place_of_supply, priced.interstate) == ("27", True)
    assert priced.totals.tax == Gst(igst=rupees("54"))


def test_an_unregistered_shop_is_supplied_where_the_goods_go() -> None:
    known = facts(party=replace(SMALL, state="29", ship_state="24"))
    assert supply(known) == ("24", True)
    registered = replace(SHOP, state="29", ship_state="27")
    assert supply(facts(party=registered)) == ("29", True)


def _made(kind: Kind, **said: object) -> tuple[Bill | Challan | Estimate | Order, Priced]:
    known = facts(
        item(1, lot(cost="2000")),
        party=replace(SHOP, credit_days=21, salesman_id=5, beat_id=7),
    )
    made = draft(Ask(1, 10), kind=kind, note="on approval", order_no="PO 9", **said)
    priced = price(made, known)
    return document(made, known, priced, on_challan=2), priced


def test_the_head_of_a_bill() -> None:
    made, priced = _made(Kind.BILL)
    head = made.head
    assert isinstance(made, Bill)
    assert (head.id, head.day, head.due_day) == (UUID(int=1), DAY, date(2026, 12, 12))
    assert (head.salesman_id, head.beat_id, head.order_no) == (5, 7, "PO 9")
    assert head.party is not None
    assert head.party.name == "Sharma Stores"
    assert made.totals == priced.totals
    cash, _ = _made(Kind.BILL, terms=Terms.CASH)
    assert cash.head.due_day == DAY
    typed, _ = _made(Kind.BILL, salesman_id=6)
    assert typed.head.salesman_id == 6


def test_an_order_names_no_lot_and_a_challan_no_cost() -> None:
    order, _ = _made(Kind.ORDER)
    assert isinstance(order, Order)
    challan, _ = _made(Kind.CHALLAN)
    assert isinstance(challan, Challan)
    assert (challan.on_challan, challan.reason) == (2, "on approval")
    assert [line.lot_id for line in challan.lines] == [1]
    assert [line.cost for line in challan.lines] == [Money()]  # nothing is sold yet
    estimate, _ = _made(Kind.ESTIMATE)
    assert isinstance(estimate, Estimate)


def test_a_challan_says_why_its_goods_travel_without_a_bill() -> None:
    known, missing = facts(item(1, lot())), Problem(Reason.MISSING, None, {"field": "reason"})
    for note in ("", "  "):
        made = draft(Ask(1, 1), kind=Kind.CHALLAN, note=note)
        assert price(made, known).problems == (missing,)
    for kind in (Kind.BILL, Kind.ORDER, Kind.ESTIMATE):
        assert price(draft(Ask(1, 1), kind=kind), known).problems == ()


def test_an_order_takes_what_the_shelf_has_not() -> None:
    known = facts(item(1, lot(qty=3, expiry=DAY - timedelta(days=1))), item(2))
    ordered = bill(known, Ask(1, 500), kind=Kind.ORDER)
    assert not ordered.problems
    assert [(line.qty, line.rate) for line in ordered.lines] == [(500, rate("30"))]
    unknown = bill(known, Ask(2, 5), kind=Kind.ORDER)
    assert reasons(unknown) == {Reason.NO_PRICE}
    assert not bill(known, Ask(2, 5, rate=rate("9")), kind=Kind.ORDER).problems


def test_a_draft_grows_and_shrinks() -> None:
    one, two = Ask(1, 1), Ask(2, 2)
    made = draft(one).plus(two)
    assert made.asks == (one, two)
    assert made.with_ask(0, two).asks == (two, two)
    assert made.without(0).asks == (two,)
    assert WalkIn().name == "CASH"


def test_the_discount_of_a_whole_bill_may_take_it_all_and_no_more() -> None:
    known = facts(item(1, lot()))
    assert not bill(known, Ask(1, 1), bill_discount=rupees("30")).problems
    assert reasons(bill(known, Ask(1, 1), bill_discount=rupees("30.01"))) == {
        Reason.DISCOUNT_TOO_LARGE
    }


def test_a_row_below_nil_is_not_levelled_by_the_discount_of_the_bill() -> None:
    known = facts(item(1, lot(ptr="100", mrp="0")), item(2, lot(2, ptr="150", mrp="0")))
    rows = Ask(1, 1, discount=rupees("200")), Ask(2, 1)
    assert Reason.DISCOUNT_TOO_LARGE in reasons(bill(known, *rows, bill_discount=rupees("50")))
