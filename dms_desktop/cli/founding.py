"""New books from nothing: a company, or the sample one with its goods, shops and a past."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from dms_desktop.cli.shop import enter, now, open_database
from dms_desktop.domain.billing import price, terms
from dms_desktop.domain.calendar import business_day, financial_year
from dms_desktop.domain.company import Company
from dms_desktop.domain.credit import REASONS
from dms_desktop.domain.goods_line import Kind, Mode, Payment, Terms
from dms_desktop.domain.masters import folded
from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.domain.tax import GstType
from dms_desktop.domain.uid import uuid7
from dms_desktop.services import (
    billing,
    catalogue,
    expiry,
    imports,
    orders,
    parties,
    people,
    series,
    setup,
    vehicles,
)
from dms_desktop.store import migrate
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.pepper import make_pepper
from dms_desktop.store.session import Tx

Progress = Callable[[int, int], None]
SEED = 1
OWED = 14  # days for which the sample's shops owe
STEP = 20  # bills in one transaction of the past: nobody waits for each of them


@dataclass(frozen=True, slots=True)
class Founded:
    """`pepper_file` is where the PINs' secret lies because there is no keyring: say so aloud."""

    books: Path | str
    company: str
    pepper_file: Path | None
    open_owner: bool  # the owner has no PIN yet
    unaddressed: bool = False  # registered, and its tax invoices would show no address


def found(books: Path | str, company: Company, owner_pin: str = "") -> Founded:
    """Make the books and their owner. Refuses a wrong GSTIN or PIN before anything is made."""
    setup.check(company, owner_pin)
    migrate.create(books)
    pepper, file = make_pepper(books)
    database = open_database(books)
    try:
        kind = GstType.REGULAR if company.gstin else GstType.UNREGISTERED
        new = setup.NewBook(company, kind, owner_pin)
        database.write(people.STRANGER, setup.found, new, pepper).result()
    finally:
        database.close()
    unaddressed = bool(company.gstin and not company.address.strip())
    return Founded(books, company.name, file, not owner_pin, unaddressed)


def sample_company() -> Company:
    from dms_desktop import sample

    said = sample.company()
    return Company(
        said.name, said.state, said.gstin, address=said.address, city=said.city, pin=said.pin,
        phone=said.phone, fssai=said.fssai, vpa=said.vpa,
    )  # fmt: skip


def fill(
    books: Path | str, owner_pin: str, bills: int = 0, progress: Progress | None = None
) -> int:
    """Goods, shops and stock of the sample company, and so many bills of its past; bills posted."""
    database = open_database(books)
    try:
        actor = enter(books, database, "owner", owner_pin).actor
        today = business_day(now())
        first = min(_days(bills, today), default=today)
        database.write(actor, _masters, SEED, first).result()
    finally:
        database.close()
    return _live_through(books, actor, bills, today, progress) if bills else 0


@needs(Power.APPROVE_STOCK)
def _shelve(tx: Tx) -> None:
    """In a past that was lived nobody left expired goods on the shelf: the program need not ask."""
    series.open_year(tx, financial_year(business_day(tx.now)))
    expiry.move_anyway(tx)


def _days(bills: int, today: date) -> list[date]:
    from dms_desktop import sample

    return list(sample.working_days(bills, today)) if bills else []


@needs(Power.MASTERS)
def _masters(tx: Tx, seed: int, day: date) -> None:
    from dms_desktop import sample

    series.open_year(tx, financial_year(day))
    imports.put_items(tx, sample.items(seed))
    imports.put_parties(tx, sample.parties(seed))
    _suppliers(tx, seed)
    imports.put_lots(tx, sample.lots(seed, day), day=day)
    setup.record(tx, "sample company", {"seed": seed})


def _suppliers(tx: Tx, seed: int) -> None:
    """So that the first truck of goods can be taken in at once, and be sent on by a vehicle."""
    from dms_desktop import sample

    home = parties.home_state(tx)
    new = {
        folded(row.code): parties.over(
            {
                "code": row.code, "name": row.name, "gstin": row.gstin, "address": row.address,
                "city": row.city, "pin": row.pin, "credit_days": row.credit_days,
                "customer": False, "supplier": True,
            },
            None, home,
        )
        for row in sample.suppliers(seed)
    }  # fmt: skip
    parties.write(tx, new, {}, {})
    vehicles.put_man(tx, vehicles.Man("RAMESH", "Ramesh Kale"))
    vehicles.put_vehicle(tx, vehicles.Vehicle("MH12AB1234", kg=1500, man="RAMESH"))


def _live_through(
    books: Path | str, actor: Actor, bills: int, today: date, progress: Progress | None
) -> int:
    """The past is lived in order, each day under its own clock."""
    from dms_desktop import sample

    clock = _Clock()
    database = Database(driver_for(books), clock=clock)
    done = 0
    try:
        for day in sample.history(SEED, bills, today):
            clock.now = datetime.combine(day.day, time(6, 30), UTC)
            database.write(actor, _receive, tuple(day.received), day.day).result()
            for batch in _in_steps(list(day.orders)):
                paid = (today - day.day).days > OWED
                done += database.write(actor, _bills, batch, day.day, paid=paid).result().result
                if progress:
                    progress(done, bills)
        clock.now = now()
        database.write(actor, _shelve).result()
    finally:
        database.close()
    return done


class _Clock:
    now = datetime.fromtimestamp(0, UTC)

    def __call__(self) -> datetime:
        return self.now


def _in_steps(said: list[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    for start in range(0, len(said), STEP):
        yield said[start : start + STEP]


@needs(Power.MASTERS)
def _receive(tx: Tx, rows: tuple[object, ...], day: date) -> None:
    series.open_year(tx, financial_year(day))
    if rows:
        imports.put_lots(tx, rows, day=day)  # type: ignore[arg-type]


@needs(Power.BILL)
def _bills(tx: Tx, batch: list[dict[str, object]], day: date, *, paid: bool) -> int:
    """A sample shop pays in the end: what is old was paid by bank, what is new is owed."""
    for order in batch:
        new = uuid7(tx.now, os.urandom(10))
        draft = orders.draft(tx, order, kind=Kind.BILL, new=new, today=day)
        facts = catalogue.facts(tx, draft)
        priced = price(draft, facts)
        if paid and terms(draft, facts) is Terms.CREDIT and priced.totals.total:
            draft = replace(draft, payments=(Payment(Mode.BANK, priced.totals.total),))
        draft = replace(draft, allowed=REASONS)
        billing.post_priced(tx, draft, facts, priced, asked=billing.digest_of(draft))
    return len(batch)
