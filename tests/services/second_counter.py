"""Another counter: an operating-system process of its own that writes to the same books."""

from __future__ import annotations

import random
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from typing import Any
from uuid import UUID

from dms_desktop.domain.documents import Entry, Head, Journal, Opening, OpeningLot
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.goods_line import Kind, Terms
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.domain.refusals import Refused
from dms_desktop.services import (
    billing,
    bulk,
    cancelling,
    documents,
    fulfilment,
    journals,
    posting,
    reserving,
    tray,
)
from dms_desktop.services.lot_papers import Correction, Stickers, correct, resticker
from dms_desktop.services.posting import Posted
from dms_desktop.services.registers.lots import LOTS
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.session import Tx
from tests.books import TODAY, Clock


@dataclass
class Outcome:
    """What a counter did: posted, refused with these reasons, and what must never happen."""

    posted: list[Posted] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


Job = Callable[["Counter"], None]


@dataclass
class Counter:
    database: Database
    actor: Actor
    dice: random.Random
    outcome: Outcome
    items: dict[str, int]
    parties: dict[str, int]
    shared: tuple[UUID, ...] = ()

    def write(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.database.write(self.actor, action, *args, **kwargs).result().result

    def uid(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128))

    def draft(self, kind: Kind = Kind.BILL) -> Draft:
        """A few rows of items in any order, so that two counters meet them from both ends."""
        codes = self.dice.sample(sorted(self.items), self.dice.randint(1, len(self.items)))
        asks = tuple(Ask(self.items[code], self.dice.randint(1, 9)) for code in codes)
        party = self.parties[self.dice.choice(["SHARMA", "PATEL"])]
        how = self.dice.choice(list(Terms))
        return Draft(
            self.uid(), TODAY, party, asks=asks, kind=kind, note="on approval", terms=how
        )  # fmt: skip

    def post(self, draft: Draft) -> Posted:
        saved: billing.Saved = self.write(billing.post_draft, draft)
        self.outcome.posted.append(saved.posted)
        return saved.posted

    def bill(self) -> None:
        self.post(self.draft())

    def bill_of(self, kind: Kind) -> None:
        """An order or challan, and the bill of it."""
        source = self.post(self.draft(kind)).id
        read = self.database.read(
            self.actor, fulfilment.draft_of, source, new=self.uid(), day=TODAY
        )
        self.post(read.result())

    def bill_and_cancel(self) -> None:
        self.cancel(self.post(self.draft()).id)

    def bill_some_of(self, order: UUID) -> None:
        read = self.database.read(self.actor, fulfilment.draft_of, order, new=self.uid(), day=TODAY)
        draft = read.result()
        row = self.dice.randrange(len(draft.asks))
        self.post(draft.with_ask(row, replace(draft.asks[row], qty=1, discount=None)))

    def bill_what_is_there(self, order: UUID) -> None:
        posted, _ = self.write(bulk.bill_order, order, self.uid(), TODAY)
        if posted:
            self.outcome.posted.append(posted)

    def cancel(self, uid: UUID) -> None:
        self.outcome.posted.append(
            self.write(cancelling.cancel, uid, by=self.uid(), why="typed twice")
        )

    def journal(self) -> None:
        legs = (Entry("bank", Money(500)), Entry("capital", Money(-500)))
        made = Journal(Head(self.uid(), TODAY), legs)
        self.outcome.posted.append(self.write(journals.post_journal, made))

    def rename(self) -> None:
        """A lot of oil gets a name of this counter's, whatever the other one called it."""
        code = self.database.read(self.actor, LOTS.find, "OIL").result()[0].code
        right = {"batch": f"O{self.dice.randint(1, 99)}"}
        asked = Correction(self.uid(), code, right, "mistyped")
        self.outcome.posted.append(self.write(correct, asked))

    def resticker(self) -> None:
        lot, qty = self.dice.choice(["SOAP > S2 > 40.00", "TEA > T2 > 120.00"]), "3"
        asked = Stickers(self.uid(), lot, qty, Money(13000), "MRP raised")
        self.outcome.posted.append(self.write(resticker, asked))

    def resticker_and_back(self) -> None:
        self.resticker()
        self.cancel(self.outcome.posted[-1].id)

    def receive(self) -> None:
        self.outcome.posted.append(self.write(_receive, self.uid(), self.dice.randint(1, 9)))


@needs(Power.OPENING)
def _receive(tx: Tx, uid: UUID, qty: int) -> Posted:
    """More of two lots that the bills sell from, taken in the order in which they were named."""
    rows = tx.rows("SELECT item_id, id, batch FROM lot WHERE batch IN ('T2', 'S2') ORDER BY batch")
    lots = tuple(
        OpeningLot(
            item, lot, batch, batch, "34011190", "PCS", batch, date(2027, 12, 31), Money(12000),
            qty, Money(qty * 8000),
        )
        for item, lot, batch in reversed(rows)
    )  # fmt: skip
    return posting.post(tx, Opening(Head(uid, TODAY, 1), lots))


@dataclass(frozen=True)
class Shift:
    """What a process is told: where the books are, who it is and what is there for both."""

    books: str
    actor: Actor
    items: dict[str, int]
    parties: dict[str, int]
    seed: int
    shared: tuple[UUID, ...] = ()
    clock: Clock = field(default_factory=Clock)


def stand(
    shift: Shift, work: Callable[[Counter], None], start: Barrier, out: Queue[Outcome]
) -> None:
    """The whole life of the second process: wait for the other one, work, say what came of it."""
    outcome = Outcome()
    database = Database(driver_for(shift.books), clock=shift.clock)
    try:
        actor = replace(shift.actor, counter=f"counter {shift.seed}")
        counter = Counter(
            database, actor, random.Random(shift.seed), outcome, shift.items, shift.parties,
            shift.shared,
        )  # fmt: skip
        database.read(actor, documents.company).result()  # what is slow the first time is behind us
        start.wait(20)
        work(counter)
    except BaseException:  # noqa: BLE001 - the test shows it
        outcome.broken.append(traceback.format_exc())
    finally:
        database.close()
        out.put(outcome)


def each(counter: Counter, jobs: list[Callable[[], None]]) -> None:
    """Do the jobs; what a clerk could mend is counted, anything else is kept to be shown."""
    for job in jobs:
        try:
            job()
        except Refused as refused:
            counter.outcome.refused += [problem.reason.value for problem in refused.problems]
        except Exception:  # noqa: BLE001 - the test shows it
            counter.outcome.broken.append(traceback.format_exc())


def every_verb(counter: Counter) -> None:
    """All the verbs that write, in an order of this counter's own."""
    verbs: list[Callable[[], None]] = [
        counter.bill,
        counter.bill,
        counter.bill_and_cancel,
        lambda: counter.bill_of(Kind.ORDER),
        lambda: counter.bill_of(Kind.CHALLAN),
        counter.journal,
        counter.receive,
    ]
    for _ in range(6):
        counter.dice.shuffle(verbs)
        each(counter, verbs)


def mend_and_bill(counter: Counter) -> None:
    """The lots that both sell from get other names, other MRPs, and join each other."""
    verbs: list[Callable[[], None]] = [counter.bill, counter.bill_and_cancel, counter.receive]
    verbs += [counter.rename, counter.resticker, counter.resticker_and_back]
    for _ in range(5):
        counter.dice.shuffle(verbs)
        each(counter, verbs)


def cancel_them(counter: Counter) -> None:
    """Both cancel the same documents, each in an order of its own."""
    mine = counter.dice.sample(counter.shared, len(counter.shared))
    each(counter, [partial(counter.cancel, uid) for uid in mine])


def quarrel_over_orders(counter: Counter) -> None:
    """The same orders are billed, kept, held, released, dropped and cancelled from both sides."""
    jobs: list[Callable[[], None]] = []
    for order in counter.shared:
        jobs += [
            partial(counter.bill_some_of, order),
            partial(counter.write, reserving.reserve, order),
            partial(counter.write, tray.hold, order, "the shop is closed"),
            partial(counter.write, tray.release, order),
            partial(counter.bill_what_is_there, order),
            partial(counter.write, reserving.unreserve, order),
            partial(counter.write, tray.drop, order, "nobody wants it"),
            partial(counter.cancel, order),
        ]
        last = jobs[-8:]
        counter.dice.shuffle(last)
        jobs[-8:] = last
    each(counter, jobs)


def sell_out(counter: Counter) -> None:
    """Bills of the same two items until they are gone; one counter begins at the other end."""
    codes = ["OIL", "TEA"]
    if counter.dice.random() < 0.5:
        codes.reverse()

    def bill() -> None:
        asks = tuple(Ask(counter.items[code], 3) for code in codes)
        counter.post(Draft(counter.uid(), TODAY, counter.parties["SHARMA"], asks=asks))

    each(counter, [bill] * 12)


def the_same_drafts(counter: Counter) -> None:
    """Both processes are told to post the very same documents, at the same moment."""
    same = replace(counter, dice=random.Random(99))
    each(counter, [same.bill for _ in range(15)])
