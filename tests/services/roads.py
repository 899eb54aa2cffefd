"""A vehicle, its driver and a van, for whatever goes out of the godown."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.settlement import Taken
from dms_desktop.domain.trip import Result, Trip
from dms_desktop.services import (
    cancelling,
    deliveries,
    settlements,
    trip_reads,
    trips,
    vans,
    vehicles,
)
from dms_desktop.services.posting import Posted
from dms_desktop.services.stock_rows import Piece
from dms_desktop.store.session import Tx
from tests.books import Book

VEHICLE = "MH12AB1234"


@needs(Power.MASTERS)
def _van(tx: Tx) -> None:
    tx.run(
        "INSERT INTO place (uid, code, name, kind, registration_id)"
        " VALUES (:u, 'VAN1', 'Van one', 'van', 1)",
        u=uuid4().bytes,
    )


def road(book: Book) -> None:
    """Ramesh drives the lorry, Suresh the van that goods are sold from."""
    book.write(_van)
    for code, name in (("RAMESH", "Ramesh Pawar"), ("SURESH", "Suresh Jadhav")):
        book.write(vehicles.put_man, vehicles.Man(code, name, "9811100000"))
    book.write(vehicles.put_vehicle, vehicles.Vehicle("mh 12 ab 1234", 900, "RAMESH"))
    book.write(vehicles.put_vehicle, vehicles.Vehicle("MH12CD5678", 700, "SURESH", "VAN1"))


def made(book: Book, *bills: Posted, vehicle: str = VEHICLE) -> UUID:
    asked = trips.NewTrip(uuid4(), vehicle, tuple(one.id for one in bills))
    uid: UUID = book.write(trips.make, asked)
    return uid


def gone(book: Book, *bills: Posted) -> UUID:
    """A trip that took these bills and left."""
    trip = made(book, *bills)
    book.write(trips.load, trip)
    book.write(trips.leave, trip)
    return trip


def told(
    book: Book, trip: UUID, bill: Posted, result: Result, reason: str = "",
    back: dict[int, tuple[int, int]] | None = None,
) -> Posted | None:  # fmt: skip
    said = deliveries.Delivery(uuid4(), trip, bill.id, result, reason, back or {})
    note: Posted | None = book.write(deliveries.deliver, said)
    return note


def delivered(book: Book, trip: UUID, bills: Iterable[Posted]) -> None:
    for bill in bills:
        told(book, trip, bill, Result.DELIVERED)


def settled(book: Book, trip: UUID, cash: int, **said: object) -> Posted:
    """Cash in rupees; `taken` by bill."""
    asked = settlements.Settlement(uuid4(), trip, Money(cash * 100), **said)  # type: ignore[arg-type]
    posted: Posted = book.write(settlements.settle, asked)
    return posted


def paid(cash: Money = Money(), **more: object) -> Taken:
    return Taken(cash, **more)  # type: ignore[arg-type]


def seen(book: Book, trip: UUID) -> Trip:
    shown: Trip = book.read(trip_reads.show, trip)
    return shown


def trips_of_all_sorts(book: Book) -> None:
    """A trip that is settled with a short, one that was settled wrongly, and a van that lacks."""
    road(book)
    cash, credit, closed = book.bill(SALT=10), book.bill("PATEL", SALT=12), book.bill(SALT=4)
    trip = gone(book, cash, credit, closed)
    delivered(book, trip, (cash, credit))
    told(book, trip, closed, Result.SHOP_CLOSED, "closed")
    taken = {
        cash.id: Taken(cash.total - Money(10_00), discount=Money(10_00)),
        credit.id: Taken(upi=Money(50_00), cheque=Money(60_00), upi_ref="4123", cheque_no="7"),
    }
    handed = (cash.total - Money(10_00) - Money(40_00) - Money(5_00)).paise // 100
    short = cash.total - Money(50_00) - Money(handed * 100)
    settled(book, trip, handed, taken=taken, expenses=Money(40_00), difference=short)
    book.write(trips.back, trip)
    _settled_wrongly(book)
    rows = (Piece("SALT", "20"),)
    book.write(vans.load, vans.VanLoad(uuid4(), "VAN1", rows))
    book.write(vans.unload, vans.Unload(uuid4(), "VAN1", (Piece("SALT", "17"),)))


def _settled_wrongly(book: Book) -> None:
    bill = book.bill(SALT=3)
    trip = gone(book, bill)
    delivered(book, trip, (bill,))
    rupees = bill.total.paise // 100
    wrong = {bill.id: Taken(Money(rupees * 100))}
    paper = settled(book, trip, rupees + 1, taken=wrong, difference=Money(-100))
    book.write(cancelling.cancel, paper.id, by=uuid4(), why="counted wrongly")
    settled(book, trip, rupees, taken=wrong)
