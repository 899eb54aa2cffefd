"""A cancellation is the exact mirror of its document, on that document's own day (rule 10)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from dms_desktop.domain.documents import Entry, Head, Journal, Opening, OpeningLot
from dms_desktop.domain.draft import Ask, WalkIn
from dms_desktop.domain.goods_line import Kind, Terms
from dms_desktop.domain.money import Money, rupees
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.services import billing, cancelling, documents, fulfilment, journals, posting
from dms_desktop.services.posting import Posted
from dms_desktop.services.verifying import verify
from dms_desktop.store.session import Tx
from tests.books import TODAY, Book

YESTERDAY = TODAY - timedelta(days=1)


def cancel(book: Book, uid: UUID, by: UUID | None = None, **who: Any) -> Posted:
    done: Posted = book.write(cancelling.cancel, uid, by=by or uuid4(), why="typed twice", **who)
    return done


def refused(book: Book, uid: UUID, by: UUID | None = None, **who: Any) -> Problem:
    with pytest.raises(Refused) as caught:
        cancel(book, uid, by, **who)
    (problem,) = caught.value.problems
    return problem


def standing(book: Book) -> dict[str, Any]:
    """Everything that a bill and its cancellation together must leave as it was."""
    return {
        "stock": book.rows("SELECT lot_id, place_id, bucket, qty FROM stock WHERE qty > 0"),
        "cost": book.rows(
            "SELECT lot_id, qty, paise, received, input_cgst, input_sgst FROM lot_cost"
        ),
        "left": book.rows("SELECT line_id, qty, free_qty FROM line_left WHERE qty + free_qty > 0"),
        "owed": book.rows("SELECT party_id, paise FROM party_balance WHERE paise <> 0"),
        "open": book.rows("SELECT document_id, open_paise FROM open_item WHERE open_paise <> 0"),
        "accounts": book.rows(
            "SELECT account_id, sum(paise) FROM ledger_entry GROUP BY account_id"
            " HAVING sum(paise) <> 0 ORDER BY account_id"
        ),
    }


def sorted_standing(book: Book) -> dict[str, list[Any]]:
    return {name: sorted(map(tuple, rows)) for name, rows in standing(book).items()}


def test_a_cancelled_bill_is_as_if_it_had_never_been(either: Book) -> None:
    before = sorted_standing(either)
    asks = (Ask(either.items["SOAP"], 120, 3), Ask(either.items["SALT"], 7))
    draft = replace(either.draft("PATEL"), asks=asks, bill_discount=rupees("10.01"))
    bill = either.write(billing.post_draft, draft).posted
    assert sorted_standing(either) != before
    done = cancel(either, bill.id)
    assert sorted_standing(either) == before
    assert done.total == -bill.total
    assert either.read(verify).findings == ()


def test_a_cancelled_cash_bill_gives_the_cash_back(either: Book) -> None:
    before = sorted_standing(either)
    walk_in = replace(either.draft(SOAP=3), party=WalkIn())
    cancel(either, either.write(billing.post_draft, walk_in).posted.id)
    shop = replace(either.draft(SOAP=3), terms=Terms.CASH)
    cancel(either, either.write(billing.post_draft, shop).posted.id)
    assert sorted_standing(either) == before


def test_its_entries_and_moves_are_the_bill_s_the_other_way_round(either: Book) -> None:
    bill = either.bill(SOAP=110, TEA=2)
    done = cancel(either, bill.id)
    legs = Counter[tuple[str, int | None]]()
    goods = Counter[tuple[object, ...]]()
    for uid in (bill.id, done.id):
        effect = either.read(documents.done_by, uid)
        for leg in effect.entries:
            legs[leg.account, leg.party_id] += leg.amount.paise
        for move in effect.moves:
            goods[move.lot_id, move.start] -= move.qty
            goods[move.lot_id, move.end] += move.qty
    assert not any(legs.values())
    assert not any(goods.values())


def test_it_bears_the_bill_s_own_day_and_the_bill_keeps_its_number(either: Book) -> None:
    """Cancelled a day later: both months' registers must still agree with the bill's day."""
    bill = either.bill(day=YESTERDAY, SOAP=1)
    done = cancel(either, bill.id)
    issued = either.read(documents.issued, bill.id)
    assert (issued.number, issued.cancelled) == ("B/26-27/00001", True)
    mirror = either.read(documents.issued, done.id)
    assert mirror.document.head.day == YESTERDAY
    assert (mirror.document.of, mirror.document.of_number) == (bill.id, bill.number)
    assert either.bill(SOAP=1).number == "B/26-27/00002"  # a cancelled number is never used again
    for table in ("ledger_entry", "stock_move"):
        assert either.rows(
            f"SELECT DISTINCT document.day, {table}.day FROM {table} JOIN document"
            " ON document.id = document_id WHERE document.uid = :uid",
            uid=done.id.bytes,
        ) == [(YESTERDAY.isoformat(), YESTERDAY.isoformat())]


def test_not_twice_and_the_same_deed_answers_the_same(either: Book) -> None:
    bill = either.bill(SOAP=1)
    by = uuid4()
    first = cancel(either, bill.id, by)
    assert cancel(either, bill.id, by) == first
    assert refused(either, bill.id).reason is Reason.ALREADY_CANCELLED
    other = either.bill(SOAP=1)
    assert refused(either, other.id, by).reason is Reason.OTHER_CONTENT


def test_a_cancellation_is_not_cancelled(either: Book) -> None:
    bill = either.bill(SOAP=1)
    done = cancel(either, bill.id)
    assert refused(either, done.id).reason is Reason.HANGS_ON_IT
    assert refused(either, uuid4()).reason is Reason.UNKNOWN_DOCUMENT


def made(book: Book, kind: Kind, **goods: int) -> Posted:
    draft = replace(book.draft("SHARMA", TODAY, **goods), kind=kind, note="on approval")
    saved: billing.Saved = book.write(billing.post_draft, draft)
    return saved.posted


def billed(book: Book, source: UUID) -> Posted:
    draft = book.read(fulfilment.draft_of, source, new=uuid4(), day=TODAY)
    saved: billing.Saved = book.write(billing.post_draft, draft)
    return saved.posted


@pytest.mark.parametrize("kind", [Kind.CHALLAN, Kind.ORDER, Kind.ESTIMATE])
def test_not_while_its_bill_hangs_on_it(either: Book, kind: Kind) -> None:
    before = sorted_standing(either)
    source = made(either, kind, SOAP=10)
    waiting = sorted_standing(either)
    bill = billed(either, source.id)
    problem = refused(either, source.id)
    assert (problem.reason, problem.facts["what"]) == (Reason.HANGS_ON_IT, bill.number)
    cancel(either, bill.id)
    assert sorted_standing(either) == waiting  # it waits again, goods on challan and all
    again = billed(either, source.id)
    assert again.total == bill.total
    cancel(either, again.id)
    cancel(either, source.id)
    assert sorted_standing(either) == before
    assert either.read(verify).findings == ()


def test_after_a_part_bill_is_cancelled_the_order_waits_for_that_part(either: Book) -> None:
    order = made(either, Kind.ORDER, SOAP=100)
    draft = either.read(fulfilment.draft_of, order.id, new=uuid4(), day=TODAY)
    part = draft.with_ask(0, replace(draft.asks[0], qty=30))
    bill = either.write(billing.post_draft, part).posted
    assert either.value("SELECT qty FROM line_left") == 70
    cancel(either, bill.id)
    assert either.value("SELECT qty FROM line_left") == 100


@needs(Power.SETTINGS)
def _set(tx: Tx, **until: str) -> None:
    for name, day in until.items():
        tx.run(f"UPDATE period SET {name} = :day", day=day)


def test_not_in_a_closed_day_nor_a_filed_month(either: Book) -> None:
    """Then it takes a full credit note dated today."""
    bill = either.bill(day=YESTERDAY, SOAP=1)
    before = sorted_standing(either)
    either.write(_set, closed_until=YESTERDAY.isoformat())
    assert refused(either, bill.id).reason is Reason.PERIOD_LOCKED
    either.write(_set, closed_until="", filed_until="2026-11-30")
    assert refused(either, bill.id).reason is Reason.GST_FILED
    assert sorted_standing(either) == before
    assert not either.read(documents.issued, bill.id).cancelled
    either.write(_set, filed_until="2026-10-31")  # the owner re-opened it
    cancel(either, bill.id)


def journal(book: Book, day: date = TODAY) -> UUID:
    entries = (Entry("bank", rupees("500")), Entry("capital", -rupees("500")))
    made = Journal(Head(uuid4(), day), entries)
    done: Posted = book.write(journals.post_journal, made)
    return done.id


def test_a_filed_month_holds_tax_documents_only(either: Book) -> None:
    """A journal or an order of a filed month is no tax document: product rule 43."""
    entry, order = journal(either), made(either, Kind.ORDER, SOAP=1)
    either.write(_set, filed_until="2026-11-30")
    for uid in (entry, order.id):
        cancel(either, uid)


def test_a_cancelled_journal_and_a_cancelled_opening_leave_nothing(either: Book) -> None:
    before = sorted_standing(either)
    cancel(either, journal(either))
    cancel(either, received(either, 10, "630"))
    assert sorted_standing(either) == before


def received(book: Book, qty: int, cost: str, day: date = TODAY) -> UUID:
    uid = uuid4()
    book.write(_receive, uid, qty, rupees(cost), day)
    return uid


@needs(Power.OPENING)
def _receive(tx: Tx, uid: UUID, qty: int, cost: Money, day: date) -> None:
    row = tx.row("SELECT item_id, id FROM lot WHERE batch = 'O1'")
    assert row is not None
    lot = OpeningLot(
        row[0], row[1], "OIL", "Hair oil", "33059011", "PCS", "O1", date(2028, 2, 29),
        rupees("99"), qty, cost,
    )  # fmt: skip
    posting.post(tx, Opening(Head(uid, day, 1), (lot,)))


def test_goods_that_were_sold_from_since_are_not_taken_back(either: Book) -> None:
    """40 at 63.00 and 10 at 200.00: the ten sold since bore the cost of both.

    To take 2,000.00 out again would leave pieces and paise that belong to no piece.
    """
    came = received(either, 10, "2000")
    sold = either.bill(OIL=10)
    problem = refused(either, came)
    assert (problem.reason, problem.facts["what"]) == (Reason.HANGS_ON_IT, sold.number)
    cancel(either, sold.id)
    cancel(either, came)
    assert either.rows("SELECT qty, paise FROM lot_cost JOIN lot ON lot.id = lot_id"
                       " WHERE batch = 'O1'") == [(40, 252000)]  # fmt: skip
    assert either.read(verify).findings == ()


def test_goods_on_challan_are_not_taken_back_either(either: Book) -> None:
    came = received(either, 10, "630")
    challan = made(either, Kind.CHALLAN, OIL=45)
    problem = refused(either, came)
    assert (problem.reason, problem.facts["what"]) == (Reason.HANGS_ON_IT, challan.number)


def test_what_it_touched_is_said_so_that_open_counters_look_again(copied: Book) -> None:
    bill = copied.bill(SOAP=1)
    done = copied.database.write(
        copied.owner, cancelling.cancel, bill.id, by=uuid4(), why="wrong shop"
    ).result()
    assert done.touched["item"] == {copied.items["SOAP"]}
    assert done.touched["party"] == {copied.parties["SHARMA"]}


def test_only_with_the_power_and_with_its_reason_kept(either: Book) -> None:
    bill = either.bill(SOAP=1)
    clerk = replace(either.owner, powers=frozenset({Power.LOOK, Power.BILL}))
    assert refused(either, bill.id, actor=clerk).reason is Reason.NOT_ALLOWED
    done = cancel(either, bill.id)
    assert either.read(documents.issued, done.id).document.head.note == "typed twice"


def test_a_bill_of_march_is_cancelled_in_april_with_a_number_of_march(either: Book) -> None:
    """Both years work until the old one is locked (product rule 19)."""
    either.clock.now = datetime(2027, 3, 31, 18, 29, 58, tzinfo=UTC)
    bill = either.bill(day=date(2027, 3, 31), SALT=1)
    either.clock.now = datetime(2027, 4, 2, 6, tzinfo=UTC)
    assert either.bill(day=date(2027, 4, 2), SALT=1).number == "B/27-28/00001"
    done = cancel(either, bill.id)
    assert done.number == "CX/26-27/00001"
    assert either.read(documents.issued, done.id).document.head.day == date(2027, 3, 31)
    other = either.bill(day=date(2027, 3, 31), SALT=1)
    either.write(_set, locked_until="2027-03-31")
    assert refused(either, other.id).reason is Reason.YEAR_LOCKED
