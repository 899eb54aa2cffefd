"""The books against a model of them: whatever is done in whatever order, both say the same.

The model knows pieces, paise of cost, dues and cash, and which deed must be refused. Of money it
computes only what is simple: a bill's total is checked to the rounding, then taken over.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from dms_desktop.domain.documents import Entry, Head, Journal, Opening, OpeningLot
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.goods_line import Kind, Terms
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Refused
from dms_desktop.services import billing, cancelling, fulfilment, journals, posting
from dms_desktop.services.posting import Posted
from dms_desktop.services.verifying import verify
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.session import Tx
from tests.books import GOODS, TODAY, Book, Clock

SOAK = bool(os.environ.get("DMS_SOAK"))
DEEDS = 60 if SOAK else 25
FIRST = date(2026, 11, 1)  # the day of the opening
GODOWN, ON_CHALLAN = 1, 2
Spot = tuple[str, int]  # lot by its batch (salt has none: ''), place
Row = tuple[str, int, int, int]  # item, pieces, free pieces, percent off


@dataclass
class Lot:
    """What the model knows of one lot."""

    item: str
    batch: str
    expiry: date
    qty: int
    paise: int

    def take(self, pieces: int) -> int:
        """Their cost: in proportion, half a paisa up, and the last piece takes the rest."""
        cost = (2 * self.paise * pieces + self.qty) // (2 * self.qty)
        self.qty, self.paise = self.qty - pieces, self.paise - cost
        return cost


@dataclass
class Move:
    batch: str
    pieces: int
    start: int | None
    end: int | None
    cost: int = 0  # what left our places with them; nil between places of our own


@dataclass
class Waiting:
    """A line of an order, estimate or challan: what of it is not billed yet."""

    item: str
    qty: int
    free: int
    batch: str | None = None  # a challan's own lot


@dataclass
class Paper:
    """A document as the model keeps it."""

    uid: UUID
    kind: Kind
    day: date
    serial: int
    moves: list[Move] = field(default_factory=list)
    owed: Counter[str] = field(default_factory=Counter)  # party -> paise
    cash: int = 0
    waits: list[Waiting] = field(default_factory=list)
    took: list[tuple[Waiting, int, int]] = field(default_factory=list)
    source: UUID | None = None
    cancelled: bool = False


CANCELLED = (Kind.BILL, Kind.OPENING, Kind.OPENING, Kind.CHALLAN, Kind.ORDER, Kind.CANCELLATION)
shops = st.sampled_from(["SHARMA", "PATEL"])
some_goods = st.lists(
    st.tuples(
        st.sampled_from([goods[0] for goods in GOODS]),
        st.integers(1, 90),
        st.sampled_from([0, 0, 3]),
        st.sampled_from([0, 5, 12]),
    ),
    min_size=1,
    max_size=3,
)


class Refusal(Exception):
    """The model says no."""


class Books(RuleBasedStateMachine):
    template: Path
    folder: Path
    owner: Any
    items: dict[str, int]
    parties: dict[str, int]

    def __init__(self) -> None:
        super().__init__()
        path = self.folder / f"{uuid4()}.db"
        shutil.copyfile(self.template, path)
        clock = Clock()
        database = Database(driver_for(path), clock=clock)
        self.book = Book(database, self.owner, clock, path, self.items, self.parties)
        self.today = TODAY
        self.lots = {
            batch: Lot(code, batch, _expiry(expiry), pieces, ptr * pieces * 9 // 10)
            for code, _, _, ptr, _, _, batches in GOODS
            for batch, expiry, pieces in batches
        }
        self.price = {code: (ptr, gst) for code, _, gst, ptr, *_ in GOODS}
        self.order = list(self.lots)  # in the order of their keys
        self.log: list[tuple[date, Spot, int]] = [
            (FIRST, (batch, GODOWN), lot.qty) for batch, lot in self.lots.items()
        ]
        self.stock = Counter({spot: change for _, spot, change in self.log})
        self.papers: list[Paper] = []

    # --- what is done ------------------------------------------------------------------------

    @initialize(seed=st.integers(0, 2**32))
    def past(self, seed: int) -> None:
        """A few dozen deeds at random, so that what comes then meets books that are in use."""
        dice = Random(seed)

        def row() -> Row:
            code = dice.choice(sorted(self.price))
            return code, dice.randint(1, 60), dice.choice([0, 0, 3]), dice.choice([0, 5, 12])

        for _ in range(DEEDS):
            rows = [row() for _ in range(dice.randint(1, 3))]
            deeds: list[Callable[[], None]] = [
                partial(self.bill, "SHARMA", rows, 0, cash=False, ago=dice.choice([0, 0, 3])),
                partial(self.bill, "PATEL", rows, 333, cash=dice.random() < 0.5, ago=0),
                partial(self.promise, dice.choice([Kind.ORDER, Kind.CHALLAN]), "PATEL", rows, 0),
                partial(self.receive, dice.choice(["S2", "", "T2"]), 7, dice.randint(1, 9000), 0),
                partial(self.cancel, dice.choice(CANCELLED), dice.randint(0, 9)),
                partial(self.bill_of, dice.randint(0, 9), 2, cash=False),
                partial(self.sleep, 1),
            ]
            dice.choice(deeds)()

    @rule(
        party=shops,
        rows=some_goods,
        off=st.sampled_from([0, 0, 333]),
        cash=st.booleans(),
        ago=st.sampled_from([0, 0, 0, 1, 7]),
    )
    def bill(self, party: str, rows: list[Row], off: int, cash: bool, ago: int) -> None:
        """A bill, now and then dated back."""
        self._paper(Kind.BILL, party, rows, off, cash, ago)

    @rule(
        kind=st.sampled_from([Kind.ORDER, Kind.ESTIMATE, Kind.CHALLAN, Kind.CHALLAN]),
        party=shops,
        rows=some_goods,
        off=st.sampled_from([0, 333]),
    )
    def promise(self, kind: Kind, party: str, rows: list[Row], off: int) -> None:
        """An order, an estimate, or goods on challan."""
        self._paper(kind, party, rows, off, cash=False, ago=0)

    def _paper(
        self, kind: Kind, party: str, rows: list[Row], off: int, cash: bool, ago: int
    ) -> None:
        day = self.today - timedelta(days=ago)
        asks = tuple(
            Ask(self.items[code], qty, free, discounts=(Decimal(percent),))
            for code, qty, free, percent in rows
        )
        draft = Draft(
            uuid4(), day, self.parties[party], kind=kind, asks=asks,
            terms=Terms.CASH if cash else Terms.CREDIT, note="on approval",
            bill_discount=Money(off) if off else None,
        )  # fmt: skip

        def expect() -> Paper:
            made = Paper(draft.id, kind, day, 0)
            if kind in (Kind.ORDER, Kind.ESTIMATE):
                made.waits = [Waiting(code, qty, free) for code, qty, free, _ in rows]
                return made
            shelf = Counter(self.stock)
            for code, qty, free, _ in rows:
                for batch, billed, given in self._pick(code, qty, free, day, shelf):
                    end = ON_CHALLAN if kind is Kind.CHALLAN else None
                    made.moves.append(Move(batch, billed + given, GODOWN, end))
                    if kind is Kind.CHALLAN:
                        made.waits.append(Waiting(code, billed, given, batch))
            return made

        posted = self._do(expect, lambda: self._post(draft))
        if posted and kind is Kind.BILL:
            self._pay(self.papers[-1], party, posted.total, cash)
            self._fair(rows, off, posted.total)

    @rule(pick=st.integers(0, 99), part=st.sampled_from([1, 1, 2]), cash=st.booleans())
    def bill_of(self, pick: int, part: int, cash: bool) -> None:
        """A bill of what an order, estimate or challan has left, or of half of it."""
        sources = self._sources()
        if not sources:
            return
        source = sources[pick % len(sources)]
        left = [one for one in source.waits if one.qty + one.free]
        if not left:
            assert _refused(lambda: self._draft_of(source))
            return
        draft = replace(self._draft_of(source), terms=Terms.CASH if cash else Terms.CREDIT)
        asks = tuple(
            replace(ask, qty=-(-ask.qty // part), free=-(-ask.free // part)) for ask in draft.asks
        )
        draft = replace(draft, asks=asks)

        def expect() -> Paper:
            made = Paper(draft.id, Kind.BILL, self.today, 0, source=source.uid)
            shelf = Counter(self.stock)
            for line, ask in zip(left, asks, strict=True):
                if line.batch is not None:
                    picks = [(line.batch, ask.qty, ask.free)]
                else:
                    picks = self._pick(line.item, ask.qty, ask.free, self.today, shelf)
                place = ON_CHALLAN if source.kind is Kind.CHALLAN else GODOWN
                made.moves += [
                    Move(batch, billed + given, place, None) for batch, billed, given in picks
                ]
                made.took.append((line, ask.qty, ask.free))
            return made

        posted = self._do(expect, lambda: self._post(draft))
        if posted:
            party = next(code for code, key in self.parties.items() if key == draft.party)
            self._pay(self.papers[-1], party, posted.total, cash)

    @rule(kind=st.sampled_from(Kind), pick=st.integers(0, 9))
    def cancel(self, kind: Kind, pick: int) -> None:
        """Any document: refused while something hangs on it, twice, or once its goods are gone."""
        papers = [paper for paper in self.papers if paper.kind is kind]
        if not papers:
            return
        paper = papers[pick % len(papers)]
        by = uuid4()

        def expect() -> Paper:
            live = [one for one in self.papers if not one.cancelled]
            if paper.cancelled or paper.kind is Kind.CANCELLATION:
                raise Refusal
            if any(one.source == paper.uid for one in live):
                raise Refusal
            received = {move.batch for move in paper.moves if move.start is None}
            later = live[live.index(paper) + 1 :]
            for one in later:
                if one.kind is not Kind.CANCELLATION and any(
                    move.batch in received and move.start for move in one.moves
                ):
                    raise Refusal
            back = [Move(m.batch, m.pieces, m.end, m.start, m.cost) for m in paper.moves]
            return Paper(by, Kind.CANCELLATION, paper.day, 0, back, _minus(paper.owed), -paper.cash)

        def cancel() -> Posted:
            done: Posted = self.book.write(cancelling.cancel, paper.uid, by=by, why="typed twice")
            return done

        if self._do(expect, cancel):
            paper.cancelled = True
            for line in paper.waits:
                line.qty = line.free = 0
            for line, qty, free in paper.took:
                line.qty, line.free = line.qty + qty, line.free + free

    @rule(batch=st.sampled_from(["S1", "S2", "T2", "", "O1"]), pieces=st.integers(1, 60),
          each=st.integers(1, 9000), ago=st.sampled_from([0, 0, 5]))  # fmt: skip
    def receive(self, batch: str, pieces: int, each: int, ago: int) -> None:
        """More of a lot that is there, at another cost."""
        uid, day = uuid4(), self.today - timedelta(days=ago)
        cost = pieces * each + 1

        def expect() -> Paper:
            return Paper(uid, Kind.OPENING, day, 0, [Move(batch, pieces, None, GODOWN, cost)])

        self._do(expect, lambda: self.book.write(_receive, uid, day, batch, pieces, Money(cost)))

    @rule(paise=st.integers(1, 10**6), from_cash=st.booleans())
    def journal(self, paise: int, from_cash: bool) -> None:
        uid = uuid4()
        account = "cash" if from_cash else "bank"
        legs = (Entry("expenses", Money(paise)), Entry(account, Money(-paise)))

        def expect() -> Paper:
            return Paper(uid, Kind.JOURNAL, self.today, 0, cash=-paise if from_cash else 0)

        made = Journal(Head(uid, self.today), legs)
        self._do(expect, lambda: self.book.write(journals.post_journal, made))

    @rule(days=st.sampled_from([1, 1, 3, 40]))
    def sleep(self, days: int) -> None:
        """Batches run out of their dates, and one day the financial year turns."""
        self.today += timedelta(days=days)
        self.book.clock.now = datetime.combine(self.today, datetime.min.time(), UTC) + timedelta(
            hours=6
        )

    # --- what must hold ------------------------------------------------------------------------

    @invariant()
    def goods(self) -> None:
        rows = self.book.rows(
            "SELECT batch, place_id, qty FROM stock JOIN lot ON lot.id = lot_id WHERE qty <> 0"
        )
        assert {(b, place): qty for b, place, qty in rows} == {
            spot: qty for spot, qty in self.stock.items() if qty
        }
        costs = self.book.rows("SELECT batch, qty, paise FROM lot_cost JOIN lot ON lot.id = lot_id")
        assert {b: (qty, paise) for b, qty, paise in costs} == {
            batch: (lot.qty, lot.paise) for batch, lot in self.lots.items()
        }

    @invariant()
    def money(self) -> None:
        live = [paper for paper in self.papers if not paper.cancelled]
        codes = {key: code for code, key in self.parties.items()}
        balances = self.book.rows("SELECT party_id, paise FROM party_balance WHERE paise <> 0")
        assert {codes[key]: paise for key, paise in balances} == _totals(
            paper.owed for paper in self.papers
        )
        opened = self.book.rows(
            "SELECT party_id, sum(open_paise) FROM open_item GROUP BY party_id"
            " HAVING sum(open_paise) <> 0"
        )
        assert {codes[key]: int(paise) for key, paise in opened} == _totals(
            paper.owed for paper in live if paper.kind is Kind.BILL
        )
        assert self._account("cash") == sum(paper.cash for paper in self.papers)
        assert self._account("stock") == sum(lot.paise for lot in self.lots.values())
        assert self.book.value("SELECT sum(paise) FROM ledger_entry") == 0

    @invariant()
    def numbers(self) -> None:
        for last, count, low, high in self.book.rows(
            "SELECT last, count(document.id), min(serial), max(serial) FROM series"
            " JOIN document ON series_id = series.id GROUP BY series.id"
        ):
            assert (low, high) == (1, last)
            assert count == last

    @invariant()
    def waits(self) -> None:
        left = self.book.rows("SELECT sum(qty), sum(free_qty) FROM line_left")[0]
        lines = [line for paper in self.papers for line in paper.waits]
        assert [int(one or 0) for one in left] == [
            sum(line.qty for line in lines),
            sum(line.free for line in lines),
        ]

    def teardown(self) -> None:
        assert self.book.read(verify).findings == ()
        self.book.database.close()
        Path(self.book.books).unlink()

    # --- how it is done ------------------------------------------------------------------------

    def _do(self, expect: Callable[[], Paper], act: Callable[[], Any]) -> Posted | None:
        """Both sides say yes and change, or both say no and stay as they are."""
        try:
            made = expect()
            self._check(made)
        except Refusal:
            assert _refused(act), "the books took what the model refuses"
            return None
        posted = act()
        for move in made.moves:
            self._move(made, move)
        for line, qty, free in made.took:
            line.qty, line.free = line.qty - qty, line.free - free
        self.papers.append(made)
        return posted if isinstance(posted, Posted) else None

    def _check(self, made: Paper) -> None:
        """No spot may be below nil, now or at the end of any day since."""
        leaving = Counter[Spot]()
        for move in made.moves:
            if move.start:
                leaving[move.batch, move.start] += move.pieces
        for spot, pieces in leaving.items():
            if self.stock[spot] < pieces:
                raise Refusal
            then = sorted({on for on, where, _ in self.log if where == spot and on >= made.day})
            for day in {made.day, *then}:
                there = sum(change for on, where, change in self.log if where == spot and on <= day)
                if there < pieces:
                    raise Refusal

    def _move(self, made: Paper, move: Move) -> None:
        lot = self.lots[move.batch]
        if move.start is None:
            lot.qty, lot.paise = lot.qty + move.pieces, lot.paise + move.cost
        elif move.end is None and made.kind is Kind.CANCELLATION:
            lot.qty, lot.paise = lot.qty - move.pieces, lot.paise - move.cost
        elif move.end is None:
            move.cost = lot.take(move.pieces)
        for place, change in ((move.start, -move.pieces), (move.end, move.pieces)):
            if place:
                self.stock[move.batch, place] += change
                self.log.append((made.day, (move.batch, place), change))

    def _pick(
        self, code: str, qty: int, free: int, day: date, shelf: Counter[Spot]
    ) -> list[tuple[str, int, int]]:
        """The earliest expiry first, free pieces after the billed; the shelf is less by them."""
        fit = [b for b in self.order if self.lots[b].item == code and self.lots[b].expiry >= day]
        picks: list[tuple[str, int, int]] = []
        for batch in sorted(fit, key=lambda b: self.lots[b].expiry):
            billed = min(qty, shelf[batch, GODOWN])
            given = min(free, shelf[batch, GODOWN] - billed) if billed == qty else 0
            qty, free = qty - billed, free - given
            shelf[batch, GODOWN] -= billed + given
            if billed + given:
                picks.append((batch, billed, given))
        if qty + free:
            raise Refusal
        return picks

    def _post(self, draft: Draft) -> Posted:
        saved: billing.Saved = self.book.write(billing.post_draft, draft)
        return saved.posted

    def _draft_of(self, source: Paper) -> Draft:
        draft: Draft = self.book.read(fulfilment.draft_of, source.uid, new=uuid4(), day=self.today)
        return draft

    def _pay(self, paper: Paper, party: str, total: Money, cash: bool) -> None:
        if cash:
            paper.cash = total.paise
        else:
            paper.owed[party] = total.paise

    def _fair(self, rows: list[Row], off: int, total: Money) -> None:
        """The total is that of the exact figures, to the rupee and two paise a line."""
        values = [
            (Fraction(self.price[code][0] * qty * (100 - percent), 100), self.price[code][1])
            for code, qty, _, percent in rows
        ]
        part = 1 - off / sum(value for value, _ in values)
        exact = sum(value * part * (100 + gst) / 100 for value, gst in values)
        assert abs(total.paise - exact) <= 50 + 4 * len(self.lots)
        assert total.paise % 100 == 0

    def _sources(self) -> list[Paper]:
        return [
            paper for paper in self.papers
            if paper.kind in (Kind.ORDER, Kind.ESTIMATE, Kind.CHALLAN)
        ]  # fmt: skip

    def _account(self, code: str) -> int:
        return int(
            self.book.value(
                "SELECT coalesce(sum(paise), 0) FROM ledger_entry JOIN account"
                " ON account.id = account_id WHERE account.code = :code",
                code=code,
            )
        )


def _expiry(text: str) -> date:
    return date.fromisoformat(text) if text else date.max


def _minus(owed: Counter[str]) -> Counter[str]:
    return Counter({code: -paise for code, paise in owed.items()})


def _totals(owed: Iterable[Counter[str]]) -> dict[str, int]:
    sums = Counter[str]()
    for one in owed:
        sums.update(one)
    return {code: paise for code, paise in sums.items() if paise}


def _refused(act: Callable[[], Any]) -> bool:
    try:
        act()
    except Refused:
        return True
    return False


@needs(Power.OPENING)
def _receive(tx: Tx, uid: UUID, day: date, batch: str, pieces: int, cost: Money) -> Posted:
    row = tx.row("SELECT item_id, id, mrp, expiry FROM lot WHERE batch = :batch", batch=batch)
    assert row is not None
    item, lot, mrp, expiry = row
    last = date.fromisoformat(expiry) if expiry else None
    line = OpeningLot(
        item, lot, batch, batch, "34011190", "PCS", batch, last, Money(mrp), pieces, cost
    )  # fmt: skip
    return posting.post(tx, Opening(Head(uid, day, 1), (line,)))


def test_the_books_do_what_the_model_does(once: Book, tmp_path: Path) -> None:
    Books.template, Books.folder = Path(once.books), tmp_path
    Books.owner, Books.items, Books.parties = once.owner, once.items, once.parties
    run_state_machine_as_test(
        Books,
        settings=settings(max_examples=500 if SOAK else 40, stateful_step_count=60 if SOAK else 20),
    )
