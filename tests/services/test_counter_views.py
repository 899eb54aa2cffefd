"""What the clerk sees beside the bill, and how a bill is found again and copied."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from dms_desktop.domain.documents import Head, Opening, OpeningLot
from dms_desktop.domain.draft import Ask, WalkIn
from dms_desktop.domain.goods_line import Kind, Terms
from dms_desktop.domain.money import Money, Rate, rupees
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.language.sentences import say
from dms_desktop.services import bill_list, billing, cancelling, drafts, fulfilment, panel, posting
from dms_desktop.services.bill_list import Page, Wanted
from dms_desktop.services.copying_bills import Righted, cancel_and_copy, copy_of
from dms_desktop.services.verifying import verify
from dms_desktop.store.session import Tx
from tests.books import TODAY, Book


def listed(book: Book, **asked: object) -> list[str]:
    found: Page = book.read(bill_list.page, Wanted(**asked))  # type: ignore[arg-type]
    return [row.number for row in found.rows]


def test_the_panel_shows_how_a_party_stands_and_what_it_buys(either: Book) -> None:
    for at in range(6):
        either.bill(day=TODAY - timedelta(days=6 - at), SOAP=10 + at)
    either.bill("LAXMI", OIL=1)
    wrong = either.bill(TEA=6)
    either.write(cancelling.cancel, wrong.id, by=uuid4(), why="wrong shop")
    shown = either.read(panel.party_panel, either.parties["SHARMA"])
    assert [bill.number[-1] for bill in shown.bills] == ["6", "5", "4", "3", "2"]
    assert shown.bills[0].open == shown.bills[0].total == rupees("531")
    assert shown.card.balance == shown.standing.accounts[0].exposure.balance
    (soap,) = shown.usual
    assert (soap.code, soap.bills, soap.last_qty, soap.last_rate) == (
        "SOAP",
        6,
        15,
        Rate(Money(3000)),
    )
    nobody = either.read(panel.party_panel, 999)
    assert (nobody.bills, nobody.usual) == ((), ())


def test_what_a_party_usually_buys_is_all_of_a_bill_from_however_many_lots(either: Book) -> None:
    bill = either.bill(SOAP=110, TEA=3)
    lots = either.rows(
        "SELECT qty FROM goods_line JOIN document ON document.id = document_id"
        " WHERE document.uid = :uid AND goods_line.item_id = :soap ORDER BY row",
        uid=bill.id.bytes,
        soap=either.items["SOAP"],
    )
    assert lots == [(100,), (10,)]
    shown = either.read(panel.party_panel, either.parties["SHARMA"])
    assert {each.code: (each.bills, each.last_qty) for each in shown.usual} == {
        "SOAP": (1, 110),
        "TEA": (1, 3),
    }


def test_the_last_rate_is_this_party_s_own(either: Book) -> None:
    soap = either.items["SOAP"]
    low = replace(
        either.draft(), asks=(Ask(soap, 4, rate=Rate(Money(2750)), discounts=(Decimal(2),)),)
    )
    either.write(billing.post_draft, low)
    either.bill("LAXMI", SOAP=5)
    found = either.read(panel.last_rates, either.parties["SHARMA"], [soap, either.items["TEA"]])
    assert set(found) == {soap}
    assert (found[soap].rate, found[soap].discount, found[soap].qty) == (
        Rate(Money(2750)),
        Money(220),
        4,
    )


def test_lots_that_near_their_end_are_named(either: Book) -> None:
    tea = either.items["TEA"]
    (lot,) = either.read(panel.near_expiry, tea, 1, TODAY)
    assert (lot.batch, lot.expiry, lot.pieces) == ("T1", date(2026, 12, 31), 60)
    assert either.read(panel.near_expiry, tea, 1, TODAY, within=39) == []
    assert len(either.read(panel.near_expiry, tea, 1, TODAY, within=500)) == 2


def test_a_bill_is_found_by_whatever_is_known_of_it(either: Book) -> None:
    first = either.bill("SHARMA", SOAP=10)
    second = either.bill("PATEL", TEA=3, day=TODAY)
    asha = WalkIn("Asha Rao", "+91 98111-11111")
    third = either.write(billing.post_draft, replace(either.draft(OIL=1), party=asha)).posted
    anybody = either.write(billing.post_draft, replace(either.draft(OIL=1), party=WalkIn())).posted
    everything = [anybody.number, third.number, second.number, first.number]
    assert listed(either) == everything
    assert listed(either, number="b/26-27/00002") == [second.number]
    assert listed(either, number="B/26") == everything
    assert listed(either, number="3") == [third.number]
    assert listed(either, party_id=either.parties["PATEL"]) == [second.number]
    for phone in ("9811111111", "919811111111", "98111-11111"):
        assert listed(either, phone=phone) == [third.number]
    assert listed(either, phone="1111111111") == []
    assert listed(either, text="asha") == [third.number]
    assert listed(either, text="kirana") == [second.number]
    assert listed(either, amount=rupees("354")) == [first.number]
    assert listed(either, item_id=either.items["OIL"]) == everything[:2]
    assert listed(either, item_id=either.items["OIL"], amount=rupees("354")) == []
    assert listed(either, from_day=TODAY + timedelta(days=1)) == []
    assert listed(either, kind=Kind.RECEIPT) == ["R/26-27/00002", "R/26-27/00001"]
    assert either.read(verify).findings == ()


def test_pages_follow_each_other_without_a_gap_or_a_double(either: Book) -> None:
    for at in range(7):
        either.bill(day=TODAY - timedelta(days=at % 3), SALT=1)
    every, after, pages = [], None, 0
    while True:
        found = either.read(bill_list.page, Wanted(), after, 3)
        every += [(row.day, row.number) for row in found.rows]
        pages += 1
        if found.after is None:
            break
        after = found.after
    assert (pages, len(every)) == (3, 7)
    assert every == sorted(every, reverse=True)


def test_a_copy_asks_for_the_same_at_todays_price(either: Book) -> None:
    soap, tea = either.items["SOAP"], either.items["TEA"]
    typed = Ask(tea, 5, rate=Rate(Money(9000)), discounts=(Decimal("2.5"),), discount=Money(300))
    draft = replace(either.draft(), asks=(Ask(soap, 120, 3), typed), order_no="PO 5")
    bill = either.write(billing.post_draft, draft).posted
    copy = either.read(copy_of, bill.id, new=uuid4(), day=TODAY)
    assert [
        (ask.item_id, ask.qty, ask.free, ask.rate, ask.discounts, ask.discount) for ask in copy.asks
    ] == [
        (soap, 120, 3, None, None, None),
        (tea, 5, 0, Rate(Money(9000)), (Decimal("2.5"),), Money(300)),
    ]
    again = either.write(billing.post_draft, copy).posted
    assert again.total == bill.total


def test_cancel_and_copy_is_one_deed(either: Book) -> None:
    walk_in = WalkIn("Asha", "98111", address="Pune")
    draft = replace(either.draft(SOAP=10), party=walk_in)
    bill = either.write(billing.post_draft, draft).posted
    new = uuid4()
    righted: Righted = either.write(
        cancel_and_copy, bill.id, by=uuid4(), why="wrong rate", new=new, day=TODAY
    )
    assert righted.cancelled.total == -bill.total
    assert righted.draft.party == replace(walk_in, state="27")
    assert [kept.id for kept in either.read(drafts.kept)] == [new]
    assert either.write(drafts.post, righted.draft).posted.total == bill.total
    assert either.read(verify).findings == ()
    with pytest.raises(Refused) as caught:
        either.write(cancel_and_copy, bill.id, by=uuid4(), why="x", new=uuid4(), day=TODAY)
    assert caught.value.problems[0].reason is Reason.ALREADY_CANCELLED


@pytest.mark.parametrize("kind", [Kind.ORDER, Kind.CHALLAN])
def test_what_a_righted_bill_fulfilled_it_fulfils_again(either: Book, kind: Kind) -> None:
    asked = replace(either.draft(SOAP=110), kind=kind, note="on approval")
    source = either.write(billing.post_draft, asked).posted
    drawn = either.read(fulfilment.draft_of, source.id, new=uuid4(), day=TODAY)
    bill = either.write(billing.post_draft, replace(drawn, terms=Terms.CASH)).posted
    righted = either.write(cancel_and_copy, bill.id, by=uuid4(), why="rate", new=uuid4(), day=TODAY)
    assert righted.draft.source == source.id
    assert righted.draft.terms is Terms.CASH
    assert either.write(billing.post_draft, righted.draft).posted.total == bill.total
    assert either.value("SELECT sum(qty) FROM line_left") == 0
    assert either.read(verify).findings == ()


@needs(Power.MASTERS)
def _another_mrp(tx: Tx, item: int, place: int, pieces: int) -> int:
    """A lot of another MRP that expires before all others, as an inward would bring it."""
    lot = tx.value(
        "INSERT INTO lot (item_id, batch, mrp, expiry, ptr) VALUES (:i, 'S0', 9700, '2026-12-31',"
        " 2500) RETURNING id",
        i=item,
    )
    code, day = "SOAP", date(2026, 11, 1)
    brought = OpeningLot(
        item, lot, code, "Toilet soap 100 g", "34011190", "PCS", "S0", date(2026, 12, 31),
        Money(9700), pieces, Money(2000 * pieces),
    )  # fmt: skip
    posting.post(tx, Opening(Head(uuid4(), day, place), (brought,)))
    return int(lot)


def test_the_copy_of_a_cancelled_bill_keeps_mrp_batch_and_rate(either: Book) -> None:
    """Goods that should go first came in meanwhile, at another MRP and rate."""
    soap = either.items["SOAP"]
    asked = replace(either.draft(), asks=(Ask(soap, 10, batch="S2"), Ask(soap, 4)))
    bill = either.write(billing.post_draft, asked).posted
    either.write(_another_mrp, soap, 1, 50)
    assert {line.mrp for line in either.read(billing.preview, either.draft(SOAP=1)).lines} == {
        rupees("97")
    }
    righted = either.write(cancel_and_copy, bill.id, by=uuid4(), why="x", new=uuid4(), day=TODAY)
    again = either.read(billing.preview, righted.draft)
    assert [(line.mrp, line.batch, line.rate) for line in again.lines] == [
        (rupees("40"), "S2", Rate(Money(3000))),
        (rupees("40"), "S1", Rate(Money(3000))),
    ]
    assert again.totals.total == bill.total
    assert (again.problems, again.warnings) == ((), ())
    once = either.bill(SALT=3)
    righted = either.write(cancel_and_copy, once.id, by=uuid4(), why="x", new=uuid4(), day=TODAY)
    more = replace(righted.draft, asks=(replace(righted.draft.asks[0], qty=120),))
    assert not either.read(billing.preview, more).problems  # no batch holds it back
    plain = either.read(copy_of, bill.id, new=uuid4(), day=TODAY)
    assert {line.mrp for line in either.read(billing.preview, plain).lines} == {rupees("40")}


def test_the_copy_says_that_its_mrp_is_gone(either: Book) -> None:
    oil = either.items["OIL"]
    bill = either.bill(OIL=30)
    either.write(_another_mrp, oil, 1, 50)
    last = replace(either.draft(), asks=(Ask(oil, 10, batch="O1"),))
    either.write(billing.post_draft, last)
    plain = either.read(copy_of, bill.id, new=uuid4(), day=TODAY)
    priced = either.read(billing.preview, plain)
    assert {line.mrp for line in priced.lines} == {rupees("97")}
    (said,) = priced.warnings
    assert (said.reason, said.row) == (Reason.WAS_OTHER_MRP, 0)
    assert (said.facts["mrp"], said.facts["next_mrp"]) == (rupees("99"), rupees("97"))
    assert say(said) == (
        "Hair oil 200 ml was MRP ₹ 99.00. Too few of those are there, so it is now MRP ₹ 97.00."
    )
