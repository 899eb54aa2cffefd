"""A trip is settled: money per bill, what was let off, what was spent, and what lacks (rule 36).

Locks: the trip, the settlement's own id, the bills by their ids, then the parties whose cash is
judged, then whatever posting takes.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from dms_desktop.domain.documents import Bill, Head, Opening, Receipt, Settled
from dms_desktop.domain.goods_line import Mode, Payment, Totals
from dms_desktop.domain.money import ZERO, Money, total
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.settlement import (
    DoorDiscount,
    Due,
    Figures,
    Taken,
    TripSettlement,
    reckon,
    worth,
)
from dms_desktop.domain.trip import Result, State, Trip
from dms_desktop.domain.uid import derived
from dms_desktop.services import audit, catalogue, credit, documents, trip_reads, vehicles
from dms_desktop.services.billing import refuse_cash_of_day
from dms_desktop.services.posting import Posted, already, post_together
from dms_desktop.services.series import today
from dms_desktop.services.trips import held
from dms_desktop.store.session import Reading, Tx

_DUE = (
    "SELECT number, kind, coalesce(document.party_id, 0), total, coalesce(open_paise, 0) FROM"
    " document LEFT JOIN open_item ON open_item.document_id = document.id WHERE uid = :uid"
)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is told of a trip. `cash` is what was counted and handed in; `taken` names bills of the
    trip and older ones. A difference is booked to the man only where `difference` says it: None
    asks for a trip that comes to nil."""

    id: UUID
    trip: UUID
    cash: Money
    taken: Mapping[UUID, Taken] = field(default_factory=dict)
    expenses: Money = ZERO
    difference: Money | None = None
    man: str = ""
    note: str = ""
    day: date | None = None

    @property
    def asked(self) -> bytes:
        taken = sorted((bill.hex, one) for bill, one in self.taken.items())
        said = (self.trip.hex, self.cash, taken, self.expenses, self.difference, self.man)
        return hashlib.sha256(repr((*said, self.note, self.day)).encode()).digest()


@dataclass(frozen=True, slots=True)
class Reckoned:
    """How a trip would come out with what is told so far."""

    figures: Figures
    dues: tuple[Due, ...]


@needs(Power.LOOK)
def reckoned(reading: Reading, said: Settlement) -> Reckoned:
    """The figures of rule 36, for the form. Refuses UNKNOWN_CODE, UNKNOWN_DOCUMENT."""
    dues = _dues(reading, trip_reads.show(reading, said.trip), said.taken)
    return Reckoned(reckon(dues, said.taken, said.cash, said.expenses), dues)


@needs(Power.SETTLE_TRIP)
def settle(tx: Tx, said: Settlement) -> Posted:
    """Post a receipt a bill, and one paper with discounts, expenses and the difference.

    Told again it is posted once. Refuses OTHER_CONTENT, TRIP_NOT_OUT, TRIP_SETTLED, NO_RESULT,
    TAKEN_TOO_MUCH, BAD_ENTRY for amounts below nil, TRIP_DIFFERENCE unless that amount was said,
    NO_MAN, CASH_LIMIT, UNKNOWN_DOCUMENT, and whatever posting refuses.
    """
    tx.alone(said.trip)
    if before := already(tx, said.id, said.asked):
        return before
    standing = held(tx, said.trip, State.OUT, State.BACK)
    for bill in sorted({*_on(tx, standing.key), *said.taken}):
        tx.alone(bill)
    trip = trip_reads.show(tx, said.trip)
    if trip.waiting:
        bills = ", ".join(one.number for one in trip.waiting)
        raise refuse(Reason.NO_RESULT, trip=trip.number, bills=bills)
    dues = _dues(tx, trip, said.taken)
    _check_taken(said, dues)
    figures = reckon(dues, said.taken, said.cash, said.expenses)
    man = _man(tx, said, trip, figures)
    receipts = _receipts(tx, said, dues)
    _check_cash(tx, said, receipts)
    paper = _paper(tx, said, trip, figures, man, dues, receipts)
    both = [(one, said.asked) for one in receipts]
    posted = post_together(tx, *both, (paper, said.asked))[-1]
    vehicles.write_due(tx, posted.id.bytes, man[0], figures.difference)
    tx.run(
        "UPDATE trip SET state = 'settled', row_version = row_version + 1, settlement_id ="
        " (SELECT id FROM document WHERE uid = :uid) WHERE id = :trip",
        uid=posted.id.bytes,
        trip=standing.key,
    )
    after = {"number": posted.number, "difference": figures.difference.paise}
    audit.record(tx, "settle trip", f"trip {said.trip.hex}", after=after)
    tx.touched["trip"].add(said.trip)
    return posted


def _on(tx: Tx, trip: int) -> list[UUID]:
    return [
        UUID(bytes=bytes(uid))
        for (uid,) in tx.rows(
            "SELECT uid FROM trip_bill JOIN document ON document.id = document_id"
            " WHERE trip_id = :trip",
            trip=trip,
        )
    ]


def _dues(reading: Reading, trip: Trip, taken: Mapping[UUID, Taken]) -> tuple[Due, ...]:
    """The bills of the trip in its order, then the older ones that money was taken on."""
    back = {one.id: one for one in trip.bills if not one.cancelled}
    return tuple(
        _due(
            reading, bill, out=bill in back, back=back[bill].back, reload=_again(back[bill].result)
        )
        if bill in back
        else _due(reading, bill, out=False)
        for bill in (*back, *(bill for bill in sorted(taken) if bill not in back))
    )


def _again(result: Result | None) -> bool:
    return result is Result.RELOAD


def _due(
    reading: Reading, bill: UUID, *, out: bool, back: Money = ZERO, reload: bool = False
) -> Due:
    row = reading.row(_DUE, uid=bill.bytes)
    if row is None or row[1] not in ("bill", "opening"):
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=row[0] if row else str(bill))
    number, _, party, worth_of, left = row
    return Due(bill, number, party, Money(worth_of), Money(left), back, reload, out)


def _check_taken(said: Settlement, dues: tuple[Due, ...]) -> None:
    if min(said.cash, said.expenses) < ZERO:
        raise refuse(Reason.BAD_ENTRY, field="amount", value=min(said.cash, said.expenses))
    for due in dues:
        one = said.taken.get(due.bill, Taken())
        if least := min(one.cash, one.upi, one.cheque, one.discount, ZERO):
            raise refuse(Reason.BAD_ENTRY, field="amount", value=least)
        if one.all > max(due.open, ZERO):
            facts = {"open": due.open, "taken": one.all}
            raise refuse(Reason.TAKEN_TOO_MUCH, number=due.number, **facts)


def _man(tx: Tx, said: Settlement, trip: Trip, figures: Figures) -> tuple[int, str]:
    """Who answers for the difference, once it was named; nobody where there is none."""
    difference = figures.difference
    if (said.difference or ZERO) != difference:
        raise refuse(Reason.TRIP_DIFFERENCE, trip=trip.number, difference=difference)
    name = said.man or trip.driver_code
    if not difference:
        return 0, ""
    if not name:
        raise refuse(Reason.NO_MAN, difference=difference)
    key, _, called = vehicles.man_of(tx, name)
    return key, called


def _receipts(tx: Tx, said: Settlement, dues: tuple[Due, ...]) -> tuple[Receipt, ...]:
    made: list[Receipt] = []
    for due in dues:
        one = said.taken.get(due.bill, Taken())
        if not one.money:
            continue
        document = documents.issued(tx, due.bill).document
        assert isinstance(document, Bill | Opening)
        payments = tuple(
            Payment(mode, amount, ref)
            for mode, amount, ref in (
                (Mode.CASH, one.cash, ""),
                (Mode.UPI, one.upi, one.upi_ref),
                (Mode.CHEQUE, one.cheque, one.cheque_no),
            )
            if amount
        )
        head = replace(
            document.head, id=derived(said.id, due.bill, word="receipt"),
            day=said.day or today(tx), due_day=None, order_no="", transport="", note="",
        )  # fmt: skip
        settles = (Settled(due.bill, one.money),)
        made.append(Receipt(head, Totals(total=one.money), payments, settles))
    return tuple(made)


def _check_cash(tx: Tx, said: Settlement, receipts: tuple[Receipt, ...]) -> None:
    """Per party and day, all its bills of this trip together; their parties are held."""
    day = said.day or today(tx)
    most = catalogue.limits(tx, day).cash
    cash: defaultdict[int, Money] = defaultdict(Money)
    for receipt in receipts:
        party = receipt.head.party
        if party is not None and not party.walk_in:
            parts = (one.amount for one in receipt.payments if one.mode is Mode.CASH)
            cash[party.id] += total(parts)
    for party_id in sorted(cash):
        credit.hold(tx, party_id)
        refuse_cash_of_day(tx, party_id, cash[party_id], day, most)


def _paper(
    tx: Tx, said: Settlement, trip: Trip, figures: Figures, man: tuple[int, str],
    dues: tuple[Due, ...], receipts: tuple[Receipt, ...],
) -> TripSettlement:  # fmt: skip
    us = catalogue.seller(tx)
    head = Head(
        said.id, said.day or today(tx), registration_id=us.registration_id,
        company_id=us.company_id, note=said.note,
    )  # fmt: skip
    discounts = tuple(
        DoorDiscount(due.bill, due.party, one.discount)
        for due in dues
        if (one := said.taken.get(due.bill)) and one.discount
    )
    return TripSettlement(
        head, (), Totals(total=worth(figures)), trip.id, trip.number, *man, figures, discounts,
        tuple(one.head.id for one in receipts),
    )  # fmt: skip
