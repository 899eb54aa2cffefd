"""The godown against a model of it: whatever is done in whatever order, no piece is lost or made.

The model knows only pieces: how many of each batch lie in which place and bucket. After every deed
both say the same, first expiry goes first, and at the end `verify` finds nothing.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.money import rate
from dms_desktop.domain.refusals import Refused
from dms_desktop.services import adjustments, billing, cancelling, counts, expiry, purchases
from dms_desktop.services.credit_notes import NotDelivered, not_delivered
from dms_desktop.services.posting import Posted
from dms_desktop.services.stock_rows import Piece
from dms_desktop.services.verifying import verify
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from tests.books import GOODS, TODAY, Book, Clock, founded
from tests.services import buying, godowns

SOAK = bool(os.environ.get("DMS_SOAK"))
DEEDS = 60 if SOAK else 25
MAIN, COLD, WAY = "MAIN", "COLD", "way"
PRICES = {code: (mrp, ptr) for code, _, _, ptr, mrp, *_ in GOODS}
Spot = tuple[str, str, str]  # batch, place, bucket

pieces = st.integers(1, 120)
codes = st.sampled_from(["SOAP", "TEA", "OIL"])
batches = st.integers(0, 11)


@dataclass
class Deed:
    """What a document did to the shelves. `left`: row of a bill, or of a transfer on its way, to
    its batch and what of it can still come; `undo` gives it back to the paper it came of."""

    posted: Posted
    changes: Counter[Spot]
    sold: bool = False
    left: dict[int, tuple[str, int]] = field(default_factory=dict)
    undo: Callable[[], None] = lambda: None


class Godown(RuleBasedStateMachine):
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
        self.lots: dict[str, tuple[str, date]] = {
            batch: (code, date.fromisoformat(expires))
            for code, *_, lots in GOODS
            for batch, expires, _ in lots
            if expires
        }
        self.shelf: Counter[Spot] = Counter(
            {(b, MAIN, "saleable"): n for *_, lots in GOODS for b, e, n in lots if e}
        )
        self.deeds: list[Deed] = []

    def teardown(self) -> None:
        assert [*self.book.read(verify).findings] == []
        self.book.database.close()
        Path(self.book.books).unlink()

    @rule(code=codes, number=batches, qty=pieces, free=st.integers(0, 9), days=st.integers(1, 400))
    def goods_come_in(self, code: str, number: int, qty: int, free: int, days: int) -> None:
        """Some of it damaged, some short."""
        batch, expires = f"{code}{number}", self.today + timedelta(days=days)
        if batch in self.lots:
            expires = self.lots[batch][1]
        damaged, short = qty // 9, qty // 7
        mrp, ptr = PRICES[code]
        made = buying.ask(
            self.book, code, qty, batch=batch, expiry=expires, free=free, damaged=damaged,
            mrp=rate(f"{mrp / 100:.2f}").amount, received=qty + free - short,
            ptr=rate(f"{ptr / 100:.2f}"),
        )  # fmt: skip
        came = qty + free - short

        def receive() -> Posted:
            draft = buying.draft(self.book, made, day=self.today, invoice_day=self.today)
            saved = self.book.write(purchases.post_purchase, draft)
            return Posted(saved.posted.id, saved.posted.number, saved.posted.total)

        done = self._done(receive)
        assert (done is None) == (expires < self.today)
        if done:
            self.lots.setdefault(batch, (code, expires))
            good, bad = (batch, MAIN, "saleable"), (batch, MAIN, "non_saleable")
            self._did(done, {good: came - damaged, bad: damaged})

    @rule(code=codes, qty=pieces)
    def a_bill_takes_the_first_expiry(self, code: str, qty: int) -> None:
        picks = self._picks(code, qty)
        done = self._done(partial(self._bill, code, qty))
        assert (done is None) == (picks is None)
        if done and picks:
            deed = self._did(done, {(b, MAIN, "saleable"): -n for b, n in picks})
            deed.sold, deed.left = True, dict(enumerate(picks))

    @rule(pick=st.integers(0, 99), part=st.integers(1, 40))
    def a_shop_does_not_take_it(self, pick: int, part: int) -> None:
        bills = [deed for deed in self.deeds if deed.sold]
        if not bills:
            return
        bill = bills[pick % len(bills)]
        row, (batch, left) = sorted(bill.left.items())[pick % len(bill.left)]
        wanted = NotDelivered(uuid4(), bill.posted.id, "REFUSED", {row: (part, 0)}, self.today)
        done = self._done(partial(self.book.write, not_delivered, wanted))
        assert (done is None) == (part > left)
        if done:
            self._took(bill, row, part, self._did(done, {(batch, MAIN, "saleable"): part}))

    @rule(code=codes, qty=pieces, direct=st.booleans())
    def goods_go_to_the_other_godown(self, code: str, qty: int, direct: bool) -> None:
        picks = self._picks(code, qty)
        send = partial(godowns.sent, self.book, Piece(code, str(qty)), direct=direct)
        done = self._done(send)
        assert (done is None) == (picks is None)
        if done and picks:
            end = COLD if direct else WAY
            changes = {(b, MAIN, "saleable"): -n for b, n in picks}
            deed = self._did(done, changes | {(b, end, "saleable"): n for b, n in picks})
            deed.left = {} if direct else dict(enumerate(picks))

    @rule(pick=st.integers(0, 99), part=st.integers(1, 60))
    def some_of_it_arrives(self, pick: int, part: int) -> None:
        sent = [deed for deed in self.deeds if deed.left and not deed.sold]
        if not sent:
            return
        of = sent[pick % len(sent)]
        row, (batch, left) = sorted(of.left.items())[pick % len(of.left)]
        done = self._done(partial(godowns.took, self.book, of.posted, came={row: part}))
        assert (done is None) == (part > left)
        if done:
            way, cold = (batch, WAY, "saleable"), (batch, COLD, "saleable")
            self._took(of, row, part, self._did(done, {way: -part, cold: part}))

    @rule(code=codes, pick=st.integers(0, 99), qty=st.integers(-60, 60).filter(bool))
    def pieces_are_lost_or_found(self, code: str, pick: int, qty: int) -> None:
        batch = self._batch(code, pick)
        spot = (batch, MAIN, "saleable")
        asked = adjustments.Adjusting(uuid4(), (Piece(code, f"{qty:+d}", batch),), "COUNTED")
        done = self._done(partial(self.book.write, adjustments.adjust, asked))
        if done:
            self._did(done, {spot: qty})
        assert self.shelf[spot] >= 0

    @rule(code=codes, pick=st.integers(0, 99), qty=pieces)
    def pieces_are_put_aside(self, code: str, pick: int, qty: int) -> None:
        batch = self._batch(code, pick)
        row, to = Piece(code, str(qty), batch), Bucket.NON_SALEABLE
        moving = adjustments.Moving(uuid4(), (row,), to, "BROKEN")
        done = self._done(partial(self.book.write, adjustments.move_bucket, moving))
        assert (done is None) == (self.shelf[batch, MAIN, "saleable"] < qty)
        if done:
            self._did(done, {(batch, MAIN, "saleable"): -qty, (batch, MAIN, "non_saleable"): qty})

    @rule(code=codes, pick=st.integers(0, 99), wrong=st.integers(-9, 9), billed=pieces)
    def a_count_while_bills_go_on(self, code: str, pick: int, wrong: int, billed: int) -> None:
        batch = self._batch(code, pick)
        spot = (batch, MAIN, "saleable")
        counted = max(0, self.shelf[spot] + wrong)
        difference = counted - self.shelf[spot]
        sheet = self.book.write(counts.start, counts.NewSheet(uuid4(), "item", code))
        self.book.write(counts.count, sheet, Piece(code, str(counted), batch))
        self.a_bill_takes_the_first_expiry(code, billed)
        closing = counts.Closing(uuid4(), sheet)

        def close() -> Posted | None:
            closed: counts.Closed = self.book.write(counts.close, closing)
            return closed.posted

        done = self._done(close)
        if done:
            self._did(done, {spot: difference})

    @rule(days=st.integers(1, 3))
    def the_day_turns(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.book.clock.now = datetime(*self.today.timetuple()[:3], 6, 30, tzinfo=UTC)
        found = self.book.write(expiry.move_expired)
        gone = {
            (batch, place): n
            for (batch, place, bucket), n in self.shelf.items()
            if bucket == "saleable" and n and place != WAY and self.lots[batch][1] < self.today
        }
        changes: Counter[Spot] = Counter()
        for (batch, place), n in gone.items():
            changes[batch, place, "saleable"] -= n
            changes[batch, place, "expired"] += n
        assert (found.posted is None) == (not gone)
        if found.posted:
            self._did(found.posted, changes)

    @rule(pick=st.integers(0, 99))
    def a_paper_is_cancelled(self, pick: int) -> None:
        """Where it is allowed, it is as if the paper had never been."""
        if not self.deeds:
            return
        deed = self.deeds[pick % len(self.deeds)]
        cancel = partial(self.book.write, cancelling.cancel, deed.posted.id, by=uuid4(), why="x")
        if self._done(cancel):
            self.deeds.remove(deed)
            self.shelf.subtract(deed.changes)
            deed.undo()

    @invariant()
    def both_say_the_same(self) -> None:
        lies = {
            (batch, WAY if kind == "in_transit" else place, bucket): qty
            for batch, place, kind, bucket, qty in self.book.rows(
                "SELECT batch, place.code, place.kind, bucket, qty FROM stock JOIN lot"
                " ON lot.id = lot_id JOIN place ON place.id = place_id WHERE qty > 0"
                " AND expiry <> ''"
            )
        }
        assert lies == {spot: qty for spot, qty in self.shelf.items() if qty}

    def _took(self, of: Deed, row: int, part: int, deed: Deed) -> None:
        def change(by: int) -> None:
            batch, left = of.left[row]
            of.left[row] = batch, left + by

        change(-part)
        deed.undo = partial(change, part)

    def _bill(self, code: str, qty: int) -> Posted:
        draft = self.book.drafted({code: qty}, day=self.today)
        saved: billing.Saved = self.book.write(billing.post_draft, draft)
        return saved.posted

    def _picks(self, code: str, qty: int) -> list[tuple[str, int]] | None:
        """What first expiry, first out would take; None where there is too little."""
        fit = [b for b, (item, expires) in self.lots.items() if item == code]
        fit = [b for b in fit if self.lots[b][1] >= self.today]
        keys = dict(self.book.rows("SELECT batch, id FROM lot"))
        picks: list[tuple[str, int]] = []
        for batch in sorted(fit, key=lambda b: (self.lots[b][1], keys[b])):
            if taken := min(qty, self.shelf[batch, MAIN, "saleable"]):
                picks.append((batch, taken))
                qty -= taken
        return None if qty else picks

    def _batch(self, code: str, pick: int) -> str:
        of_item = sorted(b for b, (item, _) in self.lots.items() if item == code)
        return of_item[pick % len(of_item)]

    def _did(self, posted: Posted, changes: dict[Spot, int] | Counter[Spot]) -> Deed:
        deed = Deed(posted, Counter(changes))
        self.deeds.append(deed)
        for spot, change in changes.items():
            self.shelf[spot] += change
        return deed

    def _done(self, deed: Callable[[], Any]) -> Any:
        try:
            return deed()
        except Refused:
            return None


def test_no_piece_is_lost_or_made_whatever_is_done_in_the_godown(tmp_path: Path) -> None:
    book = founded(tmp_path / "template.db")
    buying.supplier(book)
    godowns.second_godown(book)
    book.database.close()
    Godown.template, Godown.folder = Path(book.books), tmp_path
    Godown.owner, Godown.items, Godown.parties = book.owner, book.items, book.parties
    run_state_machine_as_test(
        Godown, settings=settings(max_examples=150 if SOAK else 12, stateful_step_count=DEEDS)
    )
