"""What two counters do so that each holds what the other one needs, one step at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from threading import Thread

import psycopg

from dms_desktop.domain.documents import Entry, Head, Journal
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.goods_line import Terms
from dms_desktop.domain.masters import LotRecord
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import imports, journals, lots, tray
from dms_desktop.store.session import Reading
from tests.books import TODAY, Book
from tests.services.second_counter import Counter, each

SECONDS = 4.0  # below the server's own patience with a lock
WAITING = (
    "SELECT count(*) >= {} FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
APRIL = date(2027, 4, 1)


@contextmanager
def held(book: Book, rows: str, until: str) -> Iterator[None]:
    """Rows that no counter gets at until a query says that it is time."""
    url = str(book.books)

    def let_go() -> None:
        with psycopg.connect(url, autocommit=True) as watch:
            wait_for(lambda: bool(watch.execute(until.encode()).fetchone()[0]))  # type: ignore[index]
        blocker.rollback()

    with psycopg.connect(url) as blocker:
        blocker.execute(f"SELECT 1 FROM {rows} FOR UPDATE".encode())
        thread = Thread(target=let_go)
        thread.start()
        yield
        thread.join()


def wait_for(done: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not done() and time.monotonic() < until:
        time.sleep(0.02)


def second(counter: Counter) -> bool:
    """Whether this is the other counter; it begins once the first one waits for a lock."""
    if counter.actor.counter == "counter 1":
        return False
    wait_for(lambda: bool(counter.database.read(counter.actor, _somebody_waits).result()))
    return True


@needs(Power.LOOK)
def _somebody_waits(reading: Reading) -> bool:
    return bool(reading.value(WAITING.format(1)))


def bill(counter: Counter, code: str, qty: int, party: str = "SHARMA", **said: object) -> None:
    asks = (Ask(counter.items[code], qty),)
    made = Draft(counter.uid(), TODAY, counter.parties[party], asks=asks)
    counter.post(replace(made, **said))  # type: ignore[arg-type]


def journal(counter: Counter, day: date, account: str, party: int | None = None) -> None:
    legs = (Entry(account, Money(500), party), Entry("capital", Money(-500)))
    made = Journal(Head(counter.uid(), day), legs)
    counter.outcome.posted.append(counter.write(journals.post_journal, made))


def bill_and_undo(counter: Counter) -> None:
    """One bills soap; the other takes back an import that brought some of it."""
    if second(counter):
        each(counter, [lambda: counter.write(imports.undo_import, 1, "wrong file")])
    else:
        each(counter, [lambda: bill(counter, "SOAP", 5)])


def bill_and_receive(counter: Counter) -> None:
    """One bills soap; the other brings tea into one godown and more of that soap into another."""
    tea = LotRecord("TEA", 10, "T2", Money(12000), cost=Money(9000), expiry=date(2027, 12, 31))
    soap = LotRecord("SOAP", 10, "S1", Money(4000), cost=Money(2700), expiry=date(2027, 1, 31))
    rows = [tea, replace(soap, godown="Cold store")]
    if second(counter):
        each(counter, [lambda: counter.write(lots.put_lots, rows)])
    else:
        each(counter, [lambda: bill(counter, "SOAP", 5)])


def cancel_and_drop(counter: Counter) -> None:
    """One cancels the bill of an order; the other drops what the order still waits for."""
    order, bill_of_it = counter.shared
    if second(counter):
        each(counter, [lambda: counter.write(tray.drop, order, "nobody wants it")])
    else:
        each(counter, [lambda: counter.cancel(bill_of_it)])


def other_goods_for_one_party(counter: Counter) -> None:
    code = {"counter 1": "SOAP", "counter 2": "TEA"}[counter.actor.counter]
    each(counter, [lambda: bill(counter, code, 10, "LAXMI")])


def cash_of_one_party(counter: Counter) -> None:
    code = {"counter 1": "SOAP", "counter 2": "TEA"}[counter.actor.counter]
    each(counter, [lambda: bill(counter, code, 40, "SHARMA", terms=Terms.CASH)])


def yesterday_and_today(counter: Counter) -> None:
    """The one that began first bears the earlier day, and comes to its number last."""
    counter.actor = replace(counter.actor, powers=counter.actor.powers - {Power.BACK_DATE})
    if second(counter):
        each(counter, [lambda: journal(counter, TODAY, "bank")])
    else:
        party, day = counter.parties["SHARMA"], TODAY - timedelta(days=1)
        each(counter, [lambda: journal(counter, day, "debtors", party)])


def first_of_april(counter: Counter) -> None:
    """The first papers of a year: a journal, and a bill on credit, of one party."""
    party = counter.parties["SHARMA"]
    if second(counter):
        each(counter, [lambda: bill(counter, "SALT", 1, day=APRIL)])
    else:
        each(counter, [lambda: journal(counter, APRIL, "debtors", party)])
