"""What the counter is told: the party as he was that day, his prices in order, what can be sold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from dms_desktop.domain.billing import Priced
from dms_desktop.domain.draft import Ask, Draft, WalkIn
from dms_desktop.domain.facts import Facts, Item, Party
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money, rate, rupees
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.domain.tax import GstType
from dms_desktop.services import billing, catalogue
from dms_desktop.store.session import Tx
from tests.books import TODAY, Book


def facts(book: Book, draft: Draft) -> Facts:
    found: Facts = book.read(catalogue.facts, draft)
    return found


def item(book: Book, code: str = "SOAP", party: str = "SHARMA", day: date = TODAY) -> Item:
    draft = replace(book.draft(party, day), asks=(Ask(book.items[code], 1),))
    return facts(book, draft).items[book.items[code]]


def party(book: Book, ref: str | WalkIn, day: date = TODAY) -> Party:
    whom = book.parties[ref] if isinstance(ref, str) else ref
    return facts(book, replace(book.draft(), party=whom, day=day)).party


def change(book: Book, *statements: str, **params: Any) -> None:
    @needs(Power.MASTERS)
    def run(tx: Tx) -> None:
        for statement in statements:
            tx.run(statement, **params)

    book.write(run)


def preview(book: Book, draft: Draft) -> Priced:
    priced: Priced = book.read(billing.preview, draft)
    return priced


def test_a_party_is_what_he_was_on_the_day(either: Book) -> None:
    """Registered from 1 December on: his November bills stay those of an unregistered shop."""
    change(
        either,
        "INSERT INTO party_gst (party_id, from_day, gst_type, gstin)"
        " SELECT id, '2026-12-01', 'regular', '27AABCS1429B1ZU' FROM party WHERE code = 'LAXMI'",
    )
    november, december = date(2026, 11, 30), date(2026, 12, 1)
    assert party(either, "LAXMI", november).gst_type is GstType.UNREGISTERED
    assert party(either, "LAXMI", november).gstin == ""
    later = party(either, "LAXMI", december)
    assert (later.gst_type, later.gstin) == (GstType.REGULAR, "27AABCS1429B1ZU")
    assert later.min_life_days == 90


@pytest.mark.parametrize(
    ("him", "state", "kind"),
    [
        (WalkIn(), "27", GstType.UNREGISTERED),  # State = ours unless given
        (WalkIn(state="29"), "29", GstType.UNREGISTERED),
        (WalkIn(gstin="24AAACC1206D1ZM"), "24", GstType.REGULAR),
        (WalkIn(state="24", gstin="24aaacc1206d1zm "), "24", GstType.REGULAR),
    ],
)
def test_a_walk_in_needs_no_master(either: Book, him: WalkIn, state: str, kind: GstType) -> None:
    found = party(either, him)
    assert (found.id, found.state, found.gst_type) == (0, state, kind)
    assert found.gstin in {"", "24AAACC1206D1ZM"}


@pytest.mark.parametrize(
    ("him", "reason"),
    [
        (WalkIn("Ravi", gstin="24AAACC1206D1ZN"), Reason.BAD_GSTIN),
        (WalkIn("Ravi", gstin="24AAACC"), Reason.BAD_GSTIN),
        (WalkIn("Ravi", state="27", gstin="24AAACC1206D1ZM"), Reason.GSTIN_OTHER_STATE),
    ],
)
def test_a_walk_in_s_wrong_gstin_never_reaches_the_books(
    either: Book, him: WalkIn, reason: Reason
) -> None:
    with pytest.raises(Refused) as caught:
        either.write(billing.post_draft, replace(either.draft(SALT=1), party=him))
    assert [problem.reason for problem in caught.value.problems] == [reason]


def test_a_party_that_is_not_there(either: Book) -> None:
    for query in (catalogue.facts, billing.preview):
        with pytest.raises(Refused) as caught:
            either.read(query, replace(either.draft(SOAP=1), party=999))
        assert caught.value.problems[0].reason is Reason.UNKNOWN_PARTY


def price_list(book: Book, code: str, paise: int, party_class: str = "", **said: Any) -> None:
    """A list with one fixed price of soap."""
    change(
        book,
        "INSERT INTO price_list (uid, code, party_class) VALUES (:uid, :code, :class)",
        uid=uuid4().bytes,
        code=code,
        **{"class": party_class},
    )
    entry(book, code, rate=paise, **said)


def entry(book: Book, code: str, **said: Any) -> None:
    columns = ", ".join(said)
    marks = ", ".join(f":{name}" for name in said)
    change(
        book,
        f"INSERT INTO list_price (price_list_id, item_id, {columns})"
        f" SELECT price_list.id, item.id, {marks} FROM price_list, item"
        " WHERE price_list.code = :list AND item.code = 'SOAP'",
        list=code,
        **said,
    )


def test_the_party_s_list_for_the_principal_then_his_own_then_his_class_then_ptr(
    either: Book,
) -> None:
    def now() -> tuple[Any, ...]:
        line = preview(either, either.draft(SOAP=1)).lines[0]
        return line.rate, line.why

    assert now() == (rate("30"), ("ptr",))
    price_list(either, "CLASS", 2900, "retail")
    assert now()[0] == rate("30")
    change(either, "UPDATE party SET party_class = 'retail' WHERE code = 'SHARMA'")
    assert now() == (rate("29"), ("list:CLASS",))
    price_list(either, "OWN", 2800)
    change(
        either,
        "UPDATE party SET price_list_id = (SELECT id FROM price_list WHERE code = 'OWN')"
        " WHERE code = 'SHARMA'",
    )
    assert now() == (rate("28"), ("list:OWN",))
    price_list(either, "BRAND", 2700)
    change(
        either,
        "INSERT INTO party_principal (party_id, principal_id, price_list_id)"
        " SELECT party.id, 1, price_list.id FROM party, price_list"
        " WHERE party.code = 'SHARMA' AND price_list.code = 'BRAND'",
    )
    assert now() == (rate("27"), ("list:BRAND",))
    assert item(either, party="PATEL").prices == ()  # nobody else's
    change(either, "UPDATE price_list SET active = 0 WHERE code = 'BRAND'")
    assert now()[0] == rate("28")


def test_a_price_holds_from_its_first_day_to_its_last(copied: Book) -> None:
    change(copied, "UPDATE party SET party_class = 'retail' WHERE code = 'SHARMA'")
    price_list(copied, "CLASS", 2900, "retail", from_day="2026-11-01", until_day="2026-11-20")
    entry(copied, "CLASS", rate=2800, from_day="2026-11-10")
    found = {
        day: [price.rate for price in item(copied, day=date(2026, 11, day)).prices]
        for day in (1, 10, 20, 21)
    }
    assert found == {
        1: [rate("29")],
        10: [rate("28"), rate("29")],  # the newer one speaks first
        20: [rate("28"), rate("29")],
        21: [rate("28")],
    }
    assert item(copied, day=date(2026, 10, 31)).prices == ()


def test_what_a_price_list_may_say(copied: Book) -> None:
    change(copied, "UPDATE party SET party_class = 'retail' WHERE code = 'SHARMA'")
    price_list(copied, "A", 2500, "retail", mrp=4000, net=1, inclusive=1, per=10)
    entry(copied, "A", percent_of_ptr=95_2500, from_day="2026-11-02")
    entry(copied, "A", percent_of_mrp=70_0000, from_day="2026-11-01")
    by_ptr, by_mrp, fixed = item(copied).prices
    assert by_ptr.percent_of_ptr == Decimal("95.25")
    assert by_mrp.percent_of_mrp == Decimal(70)
    assert (fixed.rate, fixed.mrp, fixed.net, fixed.inclusive) == (
        replace(rate("25"), per=10), rupees("40"), True, True,
    )  # fmt: skip


def test_the_terms_of_the_party_with_the_principal(either: Book) -> None:
    change(
        either,
        "INSERT INTO party_principal (party_id, principal_id, trade_discount, special_discount)"
        " SELECT id, 1, 25000, 12500 FROM party WHERE code = 'SHARMA'",
    )
    found = item(either)
    assert (found.trade_discount, found.special_discount) == (Decimal("2.5"), Decimal("1.25"))
    assert item(either, party="PATEL").trade_discount is None


def test_the_limits_of_the_day(either: Book) -> None:
    change(
        either,
        "INSERT INTO statutory_limit (code, from_day, paise, source)"
        " VALUES ('cash', '2026-12-01', 10000000, 'a later law')",
    )
    november = facts(either, either.draft(day=date(2026, 11, 30))).limits
    december = facts(either, either.draft(day=date(2026, 12, 1))).limits
    assert november.cash == rupees("200000")
    assert december.cash == rupees("100000")
    assert december.walk_in_details == rupees("50000")


def test_the_rate_of_tax_is_that_of_the_bill_s_day(either: Book) -> None:
    change(
        either,
        "INSERT INTO tax_rate (tax_class_id, from_day, gst, basis)"
        " SELECT id, '2026-11-21', 50000, 'value' FROM tax_class WHERE code = 'GST 18'",
    )
    old = preview(either, either.draft(day=date(2026, 11, 20), SOAP=10))
    new = preview(either, either.draft(day=date(2026, 11, 21), SOAP=10))
    assert (old.totals.tax.cgst, new.totals.tax.cgst) == (rupees("27"), rupees("7.50"))


def test_a_lot_says_what_lies_in_this_godown_and_what_it_cost_wherever_it_lies(
    either: Book,
) -> None:
    challan = replace(either.draft(SOAP=30), kind=Kind.CHALLAN, note="approval")
    either.write(billing.post_draft, challan)
    lots = {lot.batch: lot for lot in item(either).lots}
    one = lots["S1"]
    assert (one.on_hand, one.held, one.cost) == (70, 100, Money(270_000))
    assert (one.mrp, one.ptr, one.expiry) == (rupees("40"), rate("30"), date(2027, 1, 31))
    sent = replace(either.draft(SOAP=1), goods_from=2)
    (there,) = facts(either, sent).items[either.items["SOAP"]].lots
    assert (there.batch, there.on_hand, there.held) == ("S1", 30, 100)


def test_an_empty_shelf_has_no_lots_and_an_order_asks_the_newest_for_its_price(
    either: Book,
) -> None:
    either.bill(OIL=40)
    assert item(either, "OIL").lots == ()
    ordered = replace(either.draft(OIL=5), kind=Kind.ORDER)
    assert preview(either, ordered).lines[0].rate == rate("70")
    billed = preview(either, either.draft(OIL=5))
    assert {problem.reason for problem in billed.problems} == {Reason.SHORT_STOCK}


def test_a_preview_is_what_posting_will_say(either: Book) -> None:
    draft = replace(either.draft("PATEL", SOAP=130, TEA=7), bill_discount=rupees("11"))
    seen = preview(either, draft).totals.total
    saved: billing.Saved = either.write(billing.post_draft, draft, seen=seen)
    assert saved.posted.total == seen


def test_a_batch_past_its_date_is_on_the_shelf_and_not_for_sale(either: Book) -> None:
    either.clock.now = datetime(2027, 1, 31, 6, tzinfo=UTC)
    last = date(2027, 1, 31)
    assert [line.batch for line in preview(either, either.draft(day=last, SOAP=1)).lines] == ["S1"]
    after = either.draft(day=last + timedelta(days=1), SOAP=1)
    assert [line.batch for line in preview(either, after).lines] == ["S2"]
    assert either.stock("SOAP")["S1"] == 100
