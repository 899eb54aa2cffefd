"""Two counters on one server at the same trips: nothing is loaded, told or settled twice."""

from __future__ import annotations

from collections import Counter as Tally
from functools import partial
from uuid import UUID, uuid4

from dms_desktop.domain.money import Money
from dms_desktop.domain.settlement import Taken
from dms_desktop.domain.trip import Result
from dms_desktop.services import deliveries, settlements, trips
from dms_desktop.services.verifying import verify
from tests.books import Book
from tests.services.roads import VEHICLE, delivered, gone, road
from tests.services.second_counter import Counter, Outcome, each
from tests.services.test_two_databases import gapless, run_two

OTHER = "MH12CD5678"
DUES = 6


def sound(book: Book) -> None:
    gapless(book)
    assert book.read(verify).findings == ()


def refusals(outcomes: list[Outcome]) -> dict[str, int]:
    return Tally(reason for outcome in outcomes for reason in outcome.refused)


def make_the_same(counter: Counter) -> None:
    """Each bill on a trip of its own; both counters want all of them, on the one vehicle."""

    def make(bill: UUID) -> None:
        trip = counter.write(trips.make, trips.NewTrip(counter.uid(), VEHICLE, (bill,)))
        counter.write(trips.load, trip)
        counter.write(trips.leave, trip)
        counter.write(trips.back, trip)
        counter.outcome.posted.append(trip)

    each(counter, [partial(make, bill) for bill in counter.shared])


def test_a_bill_goes_on_one_trip_whoever_loads_it(on_server: Book) -> None:
    road(on_server)
    bills = [on_server.bill(TEA=1) for _ in range(DUES)]
    outcomes = run_two(on_server, make_the_same, tuple(one.id for one in bills))
    made = [trip for outcome in outcomes for trip in outcome.posted]
    assert on_server.value("SELECT count(*) FROM trip") == len(made)
    assert on_server.value("SELECT count(*) FROM trip_bill WHERE living = 1") == len(made)
    assert set(refusals(outcomes)) <= {"vehicle_out", "on_trip"}
    assert len(made) + sum(refusals(outcomes).values()) == 2 * DUES
    serials = [serial for (serial,) in on_server.rows("SELECT serial FROM trip ORDER BY serial")]
    assert serials == list(range(1, len(made) + 1))
    sound(on_server)


def tell_and_settle(counter: Counter) -> None:
    """The shared ones: two trips, then their bills. Each counter tells and settles both."""
    first, second, *bills = counter.shared
    mine = (first, second) if counter.actor.counter == "counter 1" else (second, first)

    def tell(trip: UUID, bill: UUID) -> None:
        said = deliveries.Delivery(counter.uid(), trip, bill, Result.SHOP_CLOSED, "closed")
        if note := counter.write(deliveries.deliver, said):
            counter.outcome.posted.append(note)

    def settle(trip: UUID) -> None:
        said = settlements.Settlement(counter.uid(), trip, Money())
        counter.outcome.posted.append(counter.write(settlements.settle, said))

    each(counter, [partial(tell, trip, bill) for trip in mine for bill in bills])
    each(counter, [partial(settle, trip) for trip in mine])


def test_a_bill_is_credited_and_a_trip_settled_once(on_server: Book) -> None:
    road(on_server)
    bills = [on_server.bill(TEA=1) for _ in range(4)]
    first = gone(on_server, *bills[:2])
    on_server.write(trips.back, first)
    second = gone(on_server, *bills[2:])
    shared = (first, second, *(one.id for one in bills))
    outcomes = run_two(on_server, tell_and_settle, shared)
    fine = {"not_on_trip", "result_has_note", "trip_settled"}
    assert set(refusals(outcomes)) <= fine
    assert sum(refusals(outcomes).values()) == 2 * (8 + 2) - (4 + 2)
    kinds = dict(on_server.rows("SELECT kind, count(*) FROM document GROUP BY kind"))
    assert (kinds["credit_note"], kinds["trip_settlement"]) == (4, 2)
    sound(on_server)


def settle_with_dues(counter: Counter) -> None:
    """Each settles its own trip, and both took money on the same older bills, from both ends."""
    first, second, *dues = counter.shared
    here = counter.actor.counter == "counter 1"
    trip, order = (first, dues) if here else (second, dues[::-1])
    taken = {bill: Taken(Money(30_00), discount=Money(1_00)) for bill in order}
    cash = Money(30_00 * len(dues))

    def settle() -> None:
        said = settlements.Settlement(counter.uid(), trip, cash, taken)
        counter.outcome.posted.append(counter.write(settlements.settle, said))

    each(counter, [settle, *[counter.bill] * 3])


def test_two_trips_take_money_on_the_same_older_bills(on_server: Book) -> None:
    """Nobody waits for ever, and each bill has both parts off it."""
    road(on_server)
    dues = [on_server.bill("PATEL" if at % 2 else "SHARMA", TEA=3) for at in range(DUES)]
    bills = [on_server.bill(TEA=1) for _ in range(2)]
    first = gone(on_server, bills[0])
    on_server.write(trips.back, first)
    second = gone(on_server, bills[1])
    for trip, bill in ((first, bills[0]), (second, bills[1])):
        delivered(on_server, trip, (bill,))
    shared = (first, second, *(one.id for one in dues))
    outcomes = run_two(on_server, settle_with_dues, shared)
    assert set(refusals(outcomes)) <= {"short_stock", "another_mrp"}
    opened = on_server.rows(
        "SELECT paise - open_paise FROM open_item JOIN document ON document.id = document_id"
        " WHERE number IN :numbers",
        numbers=[one.number for one in dues],
    )
    assert opened == [(62_00,)] * DUES
    sound(on_server)


def test_the_same_settlement_told_at_two_counters_is_one(on_server: Book) -> None:
    road(on_server)
    bill = on_server.bill(TEA=1)
    trip = gone(on_server, bill)
    delivered(on_server, trip, (bill,))
    outcomes = run_two(on_server, settle_one, (trip, bill.id, uuid4()))
    assert refusals(outcomes) == {}
    assert outcomes[0].posted == outcomes[1].posted
    assert on_server.value("SELECT count(*) FROM document WHERE kind = 'receipt'") == 1
    sound(on_server)


def settle_one(counter: Counter) -> None:
    trip, bill, uid = counter.shared
    said = settlements.Settlement(uid, trip, Money(20_00), {bill: Taken(Money(20_00))})
    each(counter, [
        lambda: counter.outcome.posted.append(counter.write(settlements.settle, said))
    ])  # fmt: skip
