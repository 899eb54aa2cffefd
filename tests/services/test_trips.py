"""A trip from the loading to its settlement: every bill and every rupee that left comes home."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.printers import PaperKind
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.domain.settlement import Taken
from dms_desktop.domain.trip import Result, State
from dms_desktop.services import (
    cancelling,
    deliveries,
    papers,
    settlements,
    stages,
    trip_papers,
    trip_reads,
    trips,
    vehicles,
)
from dms_desktop.services.stages import Stage
from dms_desktop.services.verifying import verify
from dms_desktop.store.session import Tx
from tests.books import Book
from tests.services.roads import (
    VEHICLE,
    delivered,
    gone,
    made,
    road,
    seen,
    settled,
    told,
)


@pytest.fixture
def town(either: Book) -> Book:
    road(either)
    return either


def refused(done: Any) -> Reason:
    with pytest.raises(Refused) as caught:
        done()
    return caught.value.problems[0].reason


def sound(book: Book) -> None:
    assert [*book.read(verify).findings] == []


def balance(book: Book, account: str) -> int:
    return int(
        book.value(
            "SELECT coalesce(sum(paise), 0) FROM ledger_entry JOIN account"
            " ON account.id = account_id WHERE account.code = :a",
            a=account,
        )
    )


def opened(book: Book, number: str) -> int:
    return int(
        book.value(
            "SELECT open_paise FROM open_item JOIN document ON document.id = document_id"
            " WHERE number = :n",
            n=number,
        )
    )


def test_a_trip_takes_bills_in_the_order_of_the_drops_and_weighs_them(town: Book) -> None:
    one, two = town.bill(SOAP=50, TEA=7), town.bill("LAXMI", SALT=120)
    trip = seen(town, made(town, two, one))
    assert [bill.number for bill in trip.bills] == [two.number, one.number]
    assert (trip.bills[1].cases, trip.bills[1].loose) == (2, 9)  # 2 cs + 2 of soap, 7 of tea
    assert trip.value == one.total + two.total
    assert (trip.number, trip.state, trip.driver) == ("TR/26-27/00001", State.LOADING,
                                                      "Ramesh Pawar")  # fmt: skip
    waiting = town.read(trip_reads.waiting)
    assert not waiting


def test_a_bill_or_a_vehicle_is_on_one_trip_at_a_time(town: Book) -> None:
    bill, other = town.bill(SOAP=5), town.bill(TEA=2)
    trip = made(town, bill)
    assert refused(lambda: made(town, other)) is Reason.VEHICLE_OUT
    assert refused(lambda: made(town, bill, vehicle="MH12CD5678")) is Reason.ON_TRIP
    town.write(trips.drop, trip)
    assert seen(town, made(town, bill)).number == "TR/26-27/00002"
    assert refused(lambda: made(town, other, vehicle="MH 12 XX")) is Reason.BAD_ENTRY
    assert refused(lambda: made(town, other, vehicle="MH12ZZ9999")) is Reason.UNKNOWN_CODE
    sound(town)


def test_the_same_trip_told_twice_is_one(town: Book) -> None:
    bill = town.bill(SOAP=5)
    asked = trips.NewTrip(uuid4(), VEHICLE, (bill.id,))
    assert town.write(trips.make, asked) == town.write(trips.make, asked)
    assert refused(lambda: town.write(trips.make, replace(asked, note="x"))) is Reason.OTHER_CONTENT
    assert town.value("SELECT count(*) FROM trip") == 1


def test_nothing_leaves_that_was_not_loaded(town: Book) -> None:
    one, two, other = town.bill(SOAP=5), town.bill(TEA=2), town.bill(SALT=3)
    trip = made(town, one, two)
    assert town.write(trips.load, trip, (one.id,)) == 1
    assert town.write(trips.load, trip, (one.id,)) == 0  # the scanner sent it twice
    assert refused(lambda: town.write(trips.load, trip, (other.id,))) is Reason.NOT_ON_TRIP
    assert refused(lambda: town.write(trips.leave, trip)) is Reason.NOT_LOADED
    town.write(trips.put_bills, trip, (one.id,))
    town.write(trips.leave, trip)
    assert refused(lambda: town.write(trips.put_bills, trip, (one.id, two.id))) is Reason.TRIP_LEFT
    assert [bill.number for bill in town.read(trip_reads.waiting)] == [two.number, other.number]
    sound(town)


def test_a_bill_of_elsewhere_or_cancelled_goes_on_no_trip(town: Book) -> None:
    bill = town.bill(SOAP=5)
    town.write(cancelling.cancel, bill.id, by=uuid4(), why="x")
    assert refused(lambda: made(town, bill)) is Reason.ALREADY_CANCELLED
    assert refused(lambda: made(town)) is Reason.NO_LINES


def test_the_eway_bill_is_asked_for_above_the_limit_of_the_way(town: Book) -> None:
    """Within Maharashtra above one lakh, across its border above fifty thousand."""
    near, far = town.bill(SOAP=300, TEA=200), town.bill("PATEL", SOAP=250, TEA=90, OIL=30)
    trip = seen(town, made(town, near, far))
    flags = {bill.number: bill.eway for bill in trip.bills}
    assert far.total > Money(50_000_00) if flags[far.number] else far.total <= Money(50_000_00)
    assert flags[near.number] is (near.total > Money(100_000_00))
    salt = town.bill("PATEL", SALT=900)  # exempt goods never count
    assert not town.read(trip_reads.waiting)[0].eway
    assert town.read(trip_reads.waiting)[0].number == salt.number


def test_all_delivered_and_paid_comes_to_nil(town: Book) -> None:
    one, two = town.bill(SOAP=10), town.bill("LAXMI", TEA=3)
    trip = gone(town, one, two)
    delivered(town, trip, (one, two))
    town.write(trips.back, trip)
    total = one.total + two.total
    cash = {one.id: Taken(one.total), two.id: Taken(two.total)}
    paper = settled(town, trip, total.paise // 100, taken=cash)
    assert paper.number.startswith("TS")
    assert balance(town, "cash") == total.paise
    assert [opened(town, bill.number) for bill in (one, two)] == [0, 0]
    assert seen(town, trip).settlement == paper.number
    again = lambda: settled(town, trip, total.paise // 100, taken=cash)  # noqa: E731
    assert refused(again) is Reason.TRIP_SETTLED
    sound(town)


def test_every_way_in_which_a_bill_comes_home_is_in_the_figures(town: Book) -> None:
    """Cash, cheque, UPI, credit, a return, an old due, a discount, diesel, and a short."""
    old = town.bill("PATEL", TEA=10)
    bills = [town.bill(SOAP=10), town.bill(TEA=4), town.bill("LAXMI", SALT=20), town.bill(OIL=2)]
    trip = gone(town, *bills)
    delivered(town, trip, bills[:2])
    told(town, trip, bills[2], Result.REFUSED, "did not order")
    note = told(town, trip, bills[3], Result.PART, "leaking", {0: (1, 0)})
    assert note is not None
    rest = bills[1].total - Money(100_00)
    taken = {
        bills[0].id: Taken(bills[0].total - Money(20_00), discount=Money(20_00)),
        bills[1].id: Taken(upi=rest, upi_ref="412345678901"),
        old.id: Taken(cheque=Money(500_00), cheque_no="000123"),
    }
    cash = (bills[0].total - Money(20_00) - Money(150_00) - Money(30_00)).paise // 100
    said = settlements.Settlement(
        uuid4(), trip, Money(cash * 100), taken, Money(150_00), Money(30_00)
    )
    figures = town.read(settlements.reckoned, said).figures
    assert figures.out == Money(sum(bill.total.paise for bill in bills))
    assert figures.dues == figures.cheques == Money(500_00)
    assert figures.upi == rest
    assert figures.back == bills[2].total + note.total
    assert figures.left == Money(100_00) + bills[3].total - note.total
    assert figures.difference == Money(30_00)
    silent = replace(said, id=uuid4(), difference=None)
    assert refused(lambda: town.write(settlements.settle, silent)) is Reason.TRIP_DIFFERENCE
    paper = town.write(settlements.settle, said)
    assert town.write(settlements.settle, said) == paper  # told twice, posted once
    assert balance(town, "cash") == cash * 100
    assert balance(town, "cheques_in_hand") == 500_00
    assert balance(town, "upi_clearing") == rest.paise
    assert balance(town, "discount_allowed") == 20_00
    assert balance(town, "vehicle") == 150_00
    assert balance(town, "staff_dues") == 30_00
    assert [(man.code, man.owes) for man in town.read(vehicles.men)] == [
        ("RAMESH", Money(30_00)), ("SURESH", Money()),
    ]  # fmt: skip
    assert [one.number for one in town.read(vehicles.account, "RAMESH")] == [paper.number]
    sound(town)
    _undone(town, trip, paper, old)


def _undone(town: Book, trip: Any, paper: Any, old: Any) -> None:
    """A settlement that is cancelled takes its receipts along, and the trip is told again."""
    before = old.total.paise - 500_00
    assert opened(town, old.number) == before
    town.write(cancelling.cancel, paper.id, by=uuid4(), why="miscounted")
    assert [balance(town, account) for account in
            ("cash", "cheques_in_hand", "upi_clearing", "discount_allowed", "staff_dues")
            ] == [0] * 5  # fmt: skip
    assert opened(town, old.number) == old.total.paise
    assert seen(town, trip).state is State.BACK
    assert town.read(vehicles.men)[0].owes == Money()
    sound(town)
    settled(town, trip, 0)  # all of it on credit
    sound(town)


def test_a_settlement_that_cannot_be_is_refused_and_posts_nothing(town: Book) -> None:
    bill, other = town.bill(SOAP=10), town.bill(TEA=3)
    trip = gone(town, bill)
    posted = town.value("SELECT count(*) FROM document")
    assert refused(lambda: settled(town, trip, 0)) is Reason.NO_RESULT
    told(town, trip, bill, Result.DELIVERED)
    too_much = {bill.id: Taken(bill.total + Money(1))}
    assert refused(lambda: settled(town, trip, 1, taken=too_much)) is Reason.TAKEN_TOO_MUCH
    below = {bill.id: Taken(Money(-1))}
    assert refused(lambda: settled(town, trip, 0, taken=below)) is Reason.BAD_ENTRY
    assert refused(lambda: settled(town, trip, 5)) is Reason.TRIP_DIFFERENCE
    stranger = {uuid4(): Taken(Money(100))}
    assert refused(lambda: settled(town, trip, 1, taken=stranger)) is Reason.UNKNOWN_DOCUMENT
    assert refused(lambda: town.write(
        settlements.settle, settlements.Settlement(uuid4(), made(town, other, vehicle="MH12CD5678"),
                                                   Money()))) is Reason.TRIP_NOT_OUT  # fmt: skip
    assert town.value("SELECT count(*) FROM document") == posted
    sound(town)


def test_the_law_on_cash_counts_all_bills_of_a_shop_on_a_trip(town: Book) -> None:
    """Section 269ST: below the limit in a day, the shop's bills of the trip taken together."""
    town.write(_least_cash)
    one, two = (town.bill(SOAP=n, TEA=120, SALT=450) for n in (300, 290))
    trip = gone(town, one, two)
    delivered(town, trip, (one, two))
    cash = {one.id: Taken(one.total), two.id: Taken(two.total)}
    assert max(one.total, two.total) < LIMIT <= one.total + two.total
    rupees = (one.total + two.total).paise // 100
    assert refused(lambda: settled(town, trip, rupees, taken=cash)) is Reason.CASH_LIMIT


LIMIT = Money(50_000_00)


@needs(Power.SETTINGS)
def _least_cash(tx: Tx) -> None:
    tx.run(
        "INSERT INTO statutory_limit (code, from_day, paise, source)"
        " VALUES ('cash', '2026-11-01', :most, 'a test')",
        most=LIMIT.paise,
    )


def test_what_was_not_delivered_is_credited_or_goes_out_again(town: Book) -> None:
    before = town.stock("SOAP")
    closed, again = town.bill(SOAP=10), town.bill(TEA=3)
    trip = gone(town, closed, again)
    assert refused(lambda: told(town, trip, closed, Result.SHOP_CLOSED)) is Reason.MISSING
    note = told(town, trip, closed, Result.SHOP_CLOSED, "closed")
    assert note is not None
    assert note.total == closed.total
    assert town.stock("SOAP") == before
    right = lambda: told(town, trip, closed, Result.DELIVERED)  # noqa: E731
    assert refused(right) is Reason.RESULT_HAS_NOTE
    told(town, trip, again, Result.RELOAD, "no time")
    town.write(trips.back, trip)
    second = made(town, again)
    late = lambda: told(town, trip, again, Result.DELIVERED)  # noqa: E731
    assert refused(late) is Reason.ON_TRIP
    town.write(cancelling.cancel, note.id, by=uuid4(), why="he took it after all")
    told(town, trip, closed, Result.DELIVERED)
    settled(town, trip, 0)
    assert seen(town, second).bills[0].number == again.number
    sound(town)


def test_a_result_told_twice_is_one(town: Book) -> None:
    bill = town.bill(SOAP=10)
    trip = gone(town, bill)
    said = deliveries.Delivery(uuid4(), trip, bill.id, Result.PART, "torn", {0: (2, 0)})
    assert town.write(deliveries.deliver, said) == town.write(deliveries.deliver, said)
    assert town.value("SELECT count(*) FROM document WHERE kind = 'credit_note'") == 1
    sound(town)


def test_the_board_says_how_far_each_bill_is(town: Book) -> None:
    bills = [town.bill(SOAP=1) for _ in range(4)]
    trip = gone(town, *bills[:3])
    told(town, trip, bills[0], Result.DELIVERED)
    told(town, trip, bills[1], Result.RELOAD, "no time")
    board = town.read(stages.board)
    counts = board.counts
    assert [counts[stage] for stage in (Stage.BILLED, Stage.LOADED, Stage.DELIVERED,
                                        Stage.UNDELIVERED)] == [1, 1, 1, 1]  # fmt: skip
    (one,) = town.read(stages.board, stage=Stage.DELIVERED).bills
    assert (one.number, one.last.by) == (bills[0].number, "Owner")
    assert one.last.detail == seen(town, trip).number


def test_the_loading_sheet_has_each_piece_and_each_drop_once(town: Book) -> None:
    other = town.bill("LAXMI", SOAP=30)
    one, two = town.bill(SOAP=5, TEA=2), town.bill(SALT=3)
    trip = made(town, one, other, two)
    sheet = town.read(trip_papers.loading_sheet, trip)
    assert [drop.site.name for drop in sheet.drops] == ["Sharma Stores", "Laxmi Provision"]
    assert [bill.number for bill in sheet.drops[0].bills] == [one.number, two.number]
    pieces = {(goods.code, goods.batch): goods.qty for goods in sheet.goods}
    want = {("SOAP", "S1"): 5, ("SOAP", "S2"): 30, ("TEA", "T1"): 2, ("SALT", ""): 3}
    assert pieces == want
    assert sheet.carriage.driver == "Ramesh Pawar"
    assert town.read(trip_papers.drop_list, trip).drops == sheet.drops
    filled, _ = town.read(papers.to_print, trip, PaperKind.LOADING_SHEET)
    assert filled == sheet
    (waits,) = town.read(papers.unprinted, PaperKind.LOADING_SHEET)
    town.write(papers.mark, trip, "x.pdf", PaperKind.LOADING_SHEET)
    assert waits.id == trip
    assert not town.read(papers.unprinted, PaperKind.LOADING_SHEET)


def test_who_may_not_settle_cannot(town: Book) -> None:
    bill = town.bill(SOAP=1)
    trip = gone(town, bill)
    told(town, trip, bill, Result.DELIVERED)
    loader = replace(town.owner, powers=town.owner.powers - {Power.SETTLE_TRIP})
    said = settlements.Settlement(uuid4(), trip, Money())
    assert refused(lambda: town.write(settlements.settle, said, actor=loader)) is Reason.NOT_ALLOWED


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ("UPDATE trip SET settlement_id = NULL", "trip"),
        ("UPDATE trip_bill SET note_id = NULL WHERE result = 'refused'", "trip_bill"),
        ("UPDATE trip_bill SET result = 'lost' WHERE result = 'delivered'", "trip_bill"),
        ("UPDATE staff_due SET paise = paise + 1", "staff_due"),
        ("UPDATE staff_due SET man_id = man_id + 1", "staff_due"),
        ("DELETE FROM staff_due", "staff_due"),
    ],
)
def test_what_is_altered_beside_the_books_is_found(town: Book, damage: str, what: str) -> None:
    kept, back = town.bill(SOAP=10), town.bill(TEA=1)
    trip = gone(town, kept, back)
    told(town, trip, kept, Result.DELIVERED)
    told(town, trip, back, Result.REFUSED, "did not order")
    settled(town, trip, 0, taken={kept.id: Taken(Money(9_00))}, difference=Money(9_00))
    sound(town)

    @needs(Power.BOOKS)
    def hurt(tx: Tx) -> None:
        tx.run(damage)

    town.write(hurt)
    found = {one.what for one in town.read(verify).findings}
    assert found == {what}
