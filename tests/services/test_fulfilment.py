"""An order, an estimate and a challan become bills: in parts, at what was promised, never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from dms_desktop.domain.documents import Bill
from dms_desktop.domain.draft import Ask, Draft, WalkIn
from dms_desktop.domain.draft_text import from_text, to_text
from dms_desktop.domain.goods_line import GoodsLine, Kind, Terms
from dms_desktop.domain.money import Money, rate, rupees, total
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.language.sentences import say
from dms_desktop.services import billing, cancelling, documents, fulfilment
from dms_desktop.services.posting import Posted
from dms_desktop.services.verifying import verify
from dms_desktop.store.session import Tx
from tests.books import TODAY, Book

ON_CHALLAN = 2


def made(book: Book, kind: Kind, **goods: int) -> Posted:
    draft = book.draft("SHARMA", TODAY, **goods)
    return posted(book, replace(draft, kind=kind, note="on approval"))


def posted(book: Book, draft: Draft) -> Posted:
    saved: billing.Saved = book.write(billing.post_draft, draft)
    return saved.posted


def bill_of(book: Book, source: UUID, day: date = TODAY) -> Draft:
    draft: Draft = book.read(fulfilment.draft_of, source, new=uuid4(), day=day)
    return draft


def lines(book: Book, uid: UUID) -> tuple[GoodsLine, ...]:
    document = book.read(documents.issued, uid).document
    found: tuple[GoodsLine, ...] = document.lines
    return found


def only(draft: Draft, **changes: Any) -> Draft:
    """The same with another first row: fewer pieces of it."""
    return draft.with_ask(0, replace(draft.asks[0], **changes))


def refused(book: Book, action: Any, *args: Any, **kwargs: Any) -> Reason:
    run = book.read if action is fulfilment.draft_of else book.write
    with pytest.raises(Refused) as caught:
        run(action, *args, **kwargs)
    (problem,) = caught.value.problems
    reason: Reason = problem.reason
    return reason


def test_an_order_is_billed_in_part_and_then_the_rest(either: Book) -> None:
    order = made(either, Kind.ORDER, SOAP=150, TEA=6)
    assert either.stock("SOAP") == {"S1": 100, "S2": 500}  # a promise moves nothing
    assert either.value("SELECT count(*) FROM open_item") == 0
    first = posted(either, only(bill_of(either, order.id), qty=110))
    assert [(line.batch, line.qty) for line in lines(either, first.id)] == [
        ("S1", 100),
        ("S2", 10),
        ("T1", 6),
    ]
    rest = bill_of(either, order.id)
    assert [(ask.item_id, ask.qty) for ask in rest.asks] == [(either.items["SOAP"], 40)]
    second = posted(either, rest)
    assert [(line.batch, line.qty) for line in lines(either, second.id)] == [("S2", 40)]
    assert refused(either, fulfilment.draft_of, order.id, new=uuid4(), day=TODAY) is (
        Reason.ALREADY_BILLED
    )
    bill = either.read(documents.issued, second.id).document
    assert isinstance(bill, Bill)
    assert bill.head.order_no == order.number


def test_two_bills_of_one_order_cannot_both_have_the_goods(either: Book) -> None:
    """Two counters open the same order; the second one is told."""
    order = made(either, Kind.ORDER, SOAP=10)
    one, other = bill_of(either, order.id), bill_of(either, order.id)
    posted(either, one)
    before = either.value("SELECT count(*) FROM document")
    assert refused(either, billing.post_draft, other) is Reason.ALREADY_BILLED
    assert refused(either, billing.post_draft, only(other, qty=1)) is Reason.ALREADY_BILLED
    assert either.value("SELECT count(*) FROM document") == before


def told(book: Book, action: Any, *args: Any, **kwargs: Any) -> str:
    run = book.read if action in (fulfilment.draft_of, fulfilment.narrowed) else book.write
    with pytest.raises(Refused) as caught:
        run(action, *args, **kwargs)
    return say(caught.value.problems[0])


def test_who_comes_second_is_told_which_bill_took_the_order(either: Book) -> None:
    """Of two orders on one draft, the one that lacks is named."""
    tea, soap = made(either, Kind.ORDER, TEA=6), made(either, Kind.ORDER, SOAP=10, OIL=2)
    open_draft = bill_of(either, soap.id)
    both = bill_of(either, soap.id).plus(*bill_of(either, tea.id).asks)
    gone = f"{soap.number}: nothing is left to bill, since"
    first = posted(either, only(open_draft, qty=4))
    rest = f"{soap.number}: less is left to bill than this asks for, since"
    assert told(either, billing.post_draft, both) == f"{rest} {first.number} took the rest."
    last = posted(either, bill_of(either, soap.id))
    took = f"{first.number}, {last.number} took it."
    assert told(either, billing.post_draft, both) == f"{gone} {took}"
    again = told(either, fulfilment.draft_of, soap.id, new=uuid4(), day=TODAY)
    assert again == f"{gone} {took}"
    either.write(cancelling.cancel, tea.id, by=uuid4(), why="not wanted")
    lost = told(either, fulfilment.draft_of, tea.id, new=uuid4(), day=TODAY)
    assert lost == f"{tea.number}: nothing is left to bill."


def test_a_part_that_is_larger_than_the_rest_names_the_order(book: Book) -> None:
    order = made(book, Kind.ORDER, SOAP=10)
    drawn = bill_of(book, order.id)
    more = (Ask(book.items["SOAP"], 11),)
    said = told(book, fulfilment.narrowed, drawn, more)
    assert said == f"{order.number}: less is left to bill than this asks for."


def test_more_than_was_ordered_goes_on_a_row_of_its_own(either: Book) -> None:
    order = made(either, Kind.ORDER, SOAP=10)
    draft = bill_of(either, order.id)
    assert refused(either, billing.post_draft, only(draft, qty=11)) is Reason.ALREADY_BILLED
    posted(either, draft.plus(Ask(either.items["SOAP"], 1)))
    assert either.value("SELECT sum(qty) FROM line_left") == 0


def test_an_order_keeps_the_rate_and_the_discounts_that_it_promised(copied: Book) -> None:
    """Ordered at PTR 30.00 less 10 % and 5.00; since then the PTR rose and the terms changed."""
    ask = Ask(copied.items["SOAP"], 10, discounts=(Decimal(10),), discount=rupees("5"))
    typed = replace(copied.draft(), kind=Kind.ORDER, asks=(ask,))
    order = posted(copied, typed)
    copied.write(_dearer)
    bill = posted(copied, bill_of(copied, order.id))
    assert bill.total == order.total == rupees("313")  # (270 - 5) + 18 %
    (line,) = lines(copied, bill.id)
    assert (line.rate, line.taxable) == (rate("30"), rupees("265"))


@needs(Power.MASTERS)
def _dearer(tx: Tx) -> None:
    tx.run("UPDATE lot SET ptr = 3300")
    tx.run(
        "INSERT INTO party_principal (party_id, principal_id, trade_discount)"
        " SELECT id, 1, 50000 FROM party WHERE code = 'SHARMA'"
    )


def test_the_discount_of_a_whole_order_reaches_its_bill_in_its_parts(either: Book) -> None:
    """An amount off 100 pieces: 40 of them take two fifths of it along, the rest the rest."""
    typed = replace(either.draft(SOAP=100), kind=Kind.ORDER, bill_discount=rupees("100"))
    order = posted(either, typed)
    whole = bill_of(either, order.id)
    assert whole.asks[0].off == rupees("100")
    first = posted(either, only(whole, qty=40))
    assert [line.discount for line in lines(either, first.id)] == [rupees("40")]
    assert bill_of(either, order.id).asks[0].off == rupees("60")
    dearer = posted(either, only(bill_of(either, order.id), qty=10, discount=rupees("50")))
    assert [line.discount for line in lines(either, dearer.id)] == [rupees("50")]  # typed
    assert bill_of(either, order.id).asks[0].off == rupees("50")


@pytest.mark.parametrize("parts", [(1, 1, 1), (2, 1), (1, 2), (3,)])
def test_the_parts_of_an_amount_off_make_the_whole(either: Book, parts: tuple[int, ...]) -> None:
    """100.01 off three pieces of tea: 33.34, 33.33 and 33.34, and never a paisa more or less."""
    tea = Ask(either.items["TEA"], 3, discount=rupees("100.01"))
    order = posted(either, replace(either.draft(), kind=Kind.ORDER, asks=(tea,)))
    off = []
    for pieces in parts:
        whole = bill_of(either, order.id)
        part = either.read(fulfilment.narrowed, whole, (Ask(tea.item_id, pieces),))
        (line,) = lines(either, posted(either, part).id)
        off.append(line.discount)
    assert total(off) == rupees("100.01")


@pytest.mark.parametrize("parts", [(1, 1, 1), (2, 1), (1, 2), (3,)])
def test_so_they_do_where_the_clerk_lowers_the_quantity(
    either: Book, parts: tuple[int, ...]
) -> None:
    tea = Ask(either.items["TEA"], 3, discount=rupees("100.01"))
    order = posted(either, replace(either.draft(), kind=Kind.ORDER, asks=(tea,)))
    off = []
    for pieces in parts:
        part = only(bill_of(either, order.id), qty=pieces)
        assert from_text(to_text(part)) == part
        (line,) = lines(either, posted(either, part).id)
        off.append(line.discount)
    assert total(off) == rupees("100.01")


@needs(Power.MASTERS)
def _no_more_soap(tx: Tx) -> None:
    tx.run("UPDATE item SET active = 0 WHERE code = 'SOAP'")


def test_an_item_sold_no_more_is_billed_off_its_challan_and_off_no_order(either: Book) -> None:
    challan, order = made(either, Kind.CHALLAN, SOAP=10), made(either, Kind.ORDER, SOAP=10)
    either.write(_no_more_soap)
    assert posted(either, bill_of(either, challan.id)).total == challan.total
    assert refused(either, billing.post_draft, bill_of(either, order.id)) is Reason.INACTIVE


def test_a_bill_of_two_parts_of_one_line_bears_both(copied: Book) -> None:
    tea = Ask(copied.items["TEA"], 3, discount=rupees("100.01"))
    order = posted(copied, replace(copied.draft(), kind=Kind.ORDER, asks=(tea,)))
    twice = (Ask(tea.item_id, 1), Ask(tea.item_id, 1))
    part = copied.read(fulfilment.narrowed, bill_of(copied, order.id), twice)
    first = lines(copied, posted(copied, part).id)
    (last,) = lines(copied, posted(copied, bill_of(copied, order.id)).id)
    assert total(line.discount for line in (*first, last)) == rupees("100.01")


def test_an_estimate_becomes_a_bill(either: Book) -> None:
    estimate = made(either, Kind.ESTIMATE, TEA=12)
    bill = posted(either, bill_of(either, estimate.id))
    assert bill.total == estimate.total
    assert bill.number == "B/26-27/00001"
    assert either.stock("TEA") == {"T1": 48, "T2": 240}


def test_the_estimate_of_a_walk_in_becomes_his_bill(either: Book) -> None:
    """Most estimates are for somebody who just walked in: he has no master."""
    him = WalkIn("Ravi Kumar", "9811111111", "24", "24AAACC1206D1ZM", "4 MG Road, Surat")
    estimate = posted(either, replace(either.draft(TEA=12), party=him, kind=Kind.ESTIMATE))
    draft = bill_of(either, estimate.id)
    assert draft.party == him
    bill = either.read(documents.issued, posted(either, draft).id).document
    assert bill.head.party.name == "Ravi Kumar"
    assert (bill.head.interstate, bill.head.terms) == (True, "cash")
    anybody = posted(either, replace(either.draft(TEA=1), party=WalkIn(), kind=Kind.ESTIMATE))
    assert bill_of(either, anybody.id).party == WalkIn(state="27")


def test_the_terms_of_an_order_are_those_of_its_bill(either: Book) -> None:
    said = replace(either.draft(SOAP=1), kind=Kind.ORDER, terms=Terms.CASH, transport="MH12 1234")
    order = posted(either, replace(said, reverse_charge=True))
    bill = either.read(documents.issued, posted(either, bill_of(either, order.id)).id).document
    assert (bill.head.terms, bill.head.transport) == (Terms.CASH, "MH12 1234")
    assert bill.head.reverse_charge
    assert not bill.totals.tax.total


def on_challan(book: Book, code: str) -> dict[str, int]:
    return dict(
        book.rows(
            "SELECT batch, qty FROM stock JOIN lot ON lot.id = lot_id WHERE lot.item_id = :item"
            " AND place_id = :place",
            item=book.items[code],
            place=ON_CHALLAN,
        )
    )


def held(book: Book, code: str) -> tuple[int, int]:
    """Pieces and paise of an item wherever they lie."""
    (row,) = book.rows(
        "SELECT sum(lot_cost.qty), sum(paise) FROM lot_cost JOIN lot ON lot.id = lot_id"
        " WHERE item_id = :item",
        item=book.items[code],
    )
    return int(row[0]), int(row[1])


def test_goods_on_challan_are_ours_until_they_are_billed(either: Book) -> None:
    legs, before = either.value("SELECT count(*) FROM ledger_entry"), held(either, "SOAP")
    challan = made(either, Kind.CHALLAN, SOAP=120)
    assert challan.number == "DC/26-27/00001"
    assert either.stock("SOAP") == {"S1": 0, "S2": 480}
    assert on_challan(either, "SOAP") == {"S1": 100, "S2": 20}
    assert held(either, "SOAP") == before
    assert either.value("SELECT count(*) FROM ledger_entry") == legs
    first = only(bill_of(either, challan.id), qty=60)
    posted(either, replace(first, asks=first.asks[:1]))
    assert on_challan(either, "SOAP") == {"S1": 40, "S2": 20}
    assert either.stock("SOAP") == {"S1": 0, "S2": 480}  # its bill takes nothing from the godown
    posted(either, bill_of(either, challan.id))
    assert on_challan(either, "SOAP") == {"S1": 0, "S2": 0}
    assert held(either, "SOAP") == (before[0] - 120, before[1] - 120 * 2700)
    assert refused(either, fulfilment.draft_of, challan.id, new=uuid4(), day=TODAY) is (
        Reason.ALREADY_BILLED
    )


def test_a_challan_keeps_batch_and_rate_though_the_batch_expired_since(either: Book) -> None:
    """Sent in November at 95.00; billed in January, when T1 is out of date, blocked and dearer."""
    challan = made(either, Kind.CHALLAN, TEA=12)
    assert [line.batch for line in lines(either, challan.id)] == ["T1"]
    either.write(_block)
    later = TODAY + timedelta(days=50)
    either.clock.now = datetime(later.year, later.month, later.day, 6, tzinfo=UTC)
    bill = posted(either, bill_of(either, challan.id, later))
    (line,) = lines(either, bill.id)
    assert (line.batch, line.qty, line.rate) == ("T1", 12, rate("95"))
    assert bill.total == challan.total
    afresh = posted(either, either.draft(day=later, TEA=12))
    assert [(line.batch, line.rate) for line in lines(either, afresh.id)] == [("T2", rate("99"))]


@needs(Power.MASTERS)
def _block(tx: Tx) -> None:
    tx.run("UPDATE lot SET blocked = 1 WHERE batch = 'T1'")
    tx.run("UPDATE lot SET ptr = 9900 WHERE batch IN ('T1', 'T2')")


def test_the_cost_of_challan_goods_is_booked_when_they_are_billed(either: Book) -> None:
    challan = made(either, Kind.CHALLAN, SOAP=10)
    assert [line.cost for line in lines(either, challan.id)] == [Money()]
    bill = posted(either, bill_of(either, challan.id))
    assert [line.cost for line in lines(either, bill.id)] == [rupees("270")]


def test_free_pieces_of_an_order_stay_free(either: Book) -> None:
    ask = Ask(either.items["SOAP"], 10, 2)
    order = posted(either, replace(either.draft(), asks=(ask,), kind=Kind.ORDER))
    draft = bill_of(either, order.id)
    assert (draft.asks[0].qty, draft.asks[0].free) == (10, 2)
    assert refused(either, billing.post_draft, only(draft, free=3)) is Reason.ALREADY_BILLED
    (line,) = lines(either, posted(either, draft).id)
    assert (line.qty, line.free_qty) == (10, 2)


def test_a_cancelled_order_is_billed_no_more(either: Book) -> None:
    order = made(either, Kind.ORDER, SOAP=10)
    open_draft = bill_of(either, order.id)
    either.write(cancelling.cancel, order.id, by=uuid4(), why="the shop is closed")
    assert refused(either, fulfilment.draft_of, order.id, new=uuid4(), day=TODAY) is (
        Reason.ALREADY_BILLED
    )
    assert refused(either, billing.post_draft, open_draft) is Reason.ALREADY_BILLED


def test_a_bill_fulfils_nothing_and_neither_does_what_is_not_there(either: Book) -> None:
    bill = either.bill(SOAP=1)
    for source in (bill.id, uuid4()):
        assert refused(either, fulfilment.draft_of, source, new=uuid4(), day=TODAY) is (
            Reason.UNKNOWN_DOCUMENT
        )


def test_a_row_fulfils_only_what_it_is_of(book: Book) -> None:
    """Another item's line, another shop's goods on challan, or goods off the shelf among them."""
    ours = made(book, Kind.CHALLAN, SOAP=6)
    theirs = replace(book.draft("PATEL", TEA=6), kind=Kind.CHALLAN, note="on approval")
    book.write(billing.post_draft, theirs)
    drawn: Draft = book.read(fulfilment.draft_of, ours.id, new=uuid4(), day=TODAY)
    wrong = (
        drawn.plus(Ask(book.items["TEA"], 6)),
        replace(drawn, goods_from=None),
        replace(drawn, asks=(replace(drawn.asks[0], item_id=book.items["TEA"]),)),
        replace(drawn, party=book.parties["PATEL"]),
    )
    for draft in wrong:
        with pytest.raises(Refused) as caught:
            book.write(billing.post_draft, replace(draft, id=uuid4()))
        reasons = {problem.reason for problem in caught.value.problems}
        assert reasons & {Reason.WRONG_SOURCE, Reason.SHORT_STOCK}, draft
    book.write(billing.post_draft, drawn)
    assert book.read(verify).clean


def test_a_bill_of_two_orders_hangs_on_both(book: Book) -> None:
    first, second = (
        book.write(billing.post_draft, replace(book.drafted(goods), kind=Kind.ORDER)).posted
        for goods in ({"SOAP": 6}, {"TEA": 6})
    )
    both: Draft = book.read(fulfilment.draft_of, first.id, new=uuid4(), day=TODAY)
    more: Draft = book.read(fulfilment.draft_of, second.id, new=uuid4(), day=TODAY)
    book.write(billing.post_draft, replace(both, asks=both.asks + more.asks))
    with pytest.raises(Refused) as caught:
        book.write(cancelling.cancel, second.id, by=uuid4(), why="wrong")
    assert caught.value.problems[0].reason is Reason.HANGS_ON_IT
    assert book.read(verify).clean
