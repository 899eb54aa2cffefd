"""Many orders billed in one go: a transaction each, to be stopped and taken up again at will."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from dms_desktop.domain.billing import Priced, price
from dms_desktop.domain.credit import REASONS
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.facts import Facts
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.domain.uid import derived
from dms_desktop.services import billing, catalogue, fulfilment, tray
from dms_desktop.services.catalogue import House
from dms_desktop.services.posting import Posted
from dms_desktop.store.session import Reading, Tx

SHORT = frozenset({Reason.SHORT_STOCK, Reason.ANOTHER_MRP})


class Rest(StrEnum):
    """What becomes of the pieces of an order that could not be billed."""

    KEEP = "keep"
    DROP = "drop"


class Fate(StrEnum):
    BILLED = "billed"
    SHORT = "short"  # billed in part, or nothing of it is there
    HELD = "held"  # by a person, or by the party's credit
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one order. `short`: pieces that stayed unbilled; `problems`: why held or
    refused."""

    order: UUID
    number: str
    party: str
    fate: Fate
    bill: Posted | None = None
    short: int = 0
    problems: tuple[Problem, ...] = ()


class Books(Protocol):
    """The books, with somebody who acts: runs a service to its end and gives its result."""

    def read(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any: ...
    def write(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any: ...


def bulk_bill(
    books: Books,
    run: UUID,
    day: date,
    *,
    beat_id: int = 0,
    rest: Rest = Rest.KEEP,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> list[Outcome]:
    """Bill every open order of a beat, or of all, by priority and day; what became of each.

    Called again with the same `run` it goes on where it ended: no order gets a second bill of one
    run, however it was interrupted. `stop` is asked between two orders.
    """
    waiting, house = books.read(ready, day, beat_id)
    done: list[Outcome] = []
    for at, order in enumerate(waiting):
        if stop and stop():
            break
        done.append(_billed(books, run, day, order, rest, house))
        if progress:
            progress(at + 1, len(waiting))
    return done


@needs(Power.BILL)
def ready(reading: Reading, day: date, beat_id: int = 0) -> tuple[list[tray.Waiting], House]:
    """The orders of a run in their turn, and what the run prices all of them by."""
    return tray.tray(reading, beat_id=beat_id, until=day), catalogue.house(reading, day)


def _billed(
    books: Books, run: UUID, day: date, order: tray.Waiting, rest: Rest, house: House
) -> Outcome:
    if order.held:
        return held(order)
    try:
        bill, short = books.write(bill_waiting, order.id, run, day, rest, house)
    except Refused as problems:
        return refused(order, problems)
    return billed(order, bill, short)


def held(order: tray.Waiting) -> Outcome:
    """Somebody holds it: nothing was tried."""
    why = {"number": order.number, "why": order.reason}
    return replace(_of(order), problems=(Problem(Reason.ON_HOLD, facts=why),))


def billed(order: tray.Waiting, bill: Posted | None, short: int) -> Outcome:
    """What `bill_waiting` gave."""
    fate = Fate.SHORT if short or bill is None else Fate.BILLED
    return replace(_of(order), fate=fate, bill=bill, short=short)


def refused(order: tray.Waiting, error: Refused) -> Outcome:
    """What `bill_waiting` refused: the party's credit holds an order, all else refuses it."""
    credit = {problem.reason for problem in error.problems} <= REASONS | {Reason.ON_HOLD}
    fate = Fate.HELD if credit else Fate.REFUSED
    return replace(_of(order), fate=fate, problems=error.problems)


def _of(order: tray.Waiting) -> Outcome:
    return Outcome(order.id, order.number, order.party, Fate.HELD)


@needs(Power.BILL)
def bill_waiting(
    tx: Tx, order: UUID, run: UUID, day: date, rest: Rest, house: House
) -> tuple[Posted | None, int]:
    """One step of a bulk run: `bill_order` under the run's own id for it, and the rest of the
    order kept or dropped. `house` is what the run found when it began."""
    bill, short = bill_order(tx, order, derived(order, run, word="bulk"), day, house)
    if short and rest is Rest.DROP:
        tray.drop(tx, order, "short")
    return bill, short


@needs(Power.BILL)
def bill_order(
    tx: Tx, order: UUID, new: UUID, day: date, house: House | None = None
) -> tuple[Posted | None, int]:
    """One bill for what of an order is there, and how many pieces were not; None where none are.

    `new` is the bill's id: posted before, it is given back with what is still left. Refuses as
    `billing.post_draft` does, but for want of stock.
    """
    tx.alone(new)
    tx.alone(order)
    row = tx.row("SELECT number, total FROM document WHERE uid = :uid", uid=new.bytes)
    if row is not None:
        return Posted(new, row[0], Money(int(row[1]))), pieces_left(tx, order)
    draft = fulfilment.draft_of(tx, order, new=new, day=day)
    facts = catalogue.facts(tx, draft, house)
    priced = price(draft, facts)
    trimmed, priced = to_stock(tx, draft, facts, priced)
    short = _pieces(draft) - _pieces(trimmed)
    if not trimmed.asks:
        return None, short
    digest = billing.digest_of(trimmed)
    saved = billing.post_priced(tx, trimmed, facts, priced, asked=digest, sources=[order])
    return saved.posted, short


def to_stock(tx: Tx, draft: Draft, facts: Facts, priced: Priced) -> tuple[Draft, Priced]:
    """The draft with each row cut down to what can be sold of it, and its price."""
    whole = {ask.source_line: ask for ask in draft.asks}
    while lacking := _lacking(priced):
        asks = [
            _cut(whole[ask.source_line], min(ask.qty + ask.free, lacking[row]))
            if row in lacking
            else ask
            for row, ask in enumerate(draft.asks)
        ]
        draft = replace(draft, asks=tuple(ask for ask in asks if ask.qty + ask.free))
        priced = price(draft, facts)
        if not draft.asks:
            break
    return draft, priced


def _lacking(priced: Priced) -> dict[int, int]:
    """By row, how many pieces can be had where fewer than asked for can."""
    found: dict[int, int] = {}
    for problem in priced.problems:
        have = problem.facts.get("have")
        if problem.reason in SHORT and problem.row is not None and isinstance(have, int):
            found[problem.row] = have
    return found


def _cut(ask: Ask, have: int) -> Ask:
    """Billed pieces go first; an amount off the row shrinks with them."""
    billed = min(ask.qty, have)
    return replace(ask, qty=billed, free=min(ask.free, have - billed))


def _pieces(draft: Draft) -> int:
    return sum(ask.qty + ask.free for ask in draft.asks)


def pieces_left(tx: Tx, order: UUID) -> int:
    """What of an order still waits for its bill."""
    left = tx.value(
        "SELECT sum(qty + free_qty) FROM line_left JOIN document"
        " ON line_id BETWEEN document.id * 65536 AND document.id * 65536 + 65535"
        " WHERE uid = :uid",
        uid=order.bytes,
    )
    return int(left or 0)
