"""The screens over 200,000 bills, from the key to the painted answer: the list, its pages, a party.

The floor of a list is the barest query for as many rows, asked of the same reader, and the same
table painted again with nothing changed.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any
from uuid import uuid4

from benchmarks.books import COPIED, book, draft
from benchmarks.clerk import Took, compiled, p99, run_until, started, timed
from benchmarks.figure import Figure
from benchmarks.panel import PARTIES, bare, grow
from dms_desktop.app import make_indexes

TURNS = 100


def measure(quick: bool) -> list[Figure]:
    bills, turns = (20_000, 20) if quick else (200_000, TURNS)
    compiled()
    with book() as bench:
        for at in range(COPIED):
            bench.bill(draft(at, 8))
        bench.write(grow, bills)
        make_indexes(bench.path)  # as every start but the first finds them
        with started(bench.path) as (program, floor):
            hands = _Hands(program, floor)
            first = [hands.open_list()]
            opens = [hands.open_list() for _ in range(turns)]
            pages = [timed(hands.page) for _ in range(turns)]
            least = [timed(hands.floor) for _ in range(turns)]
            parties = [hands.party(2 + at % (PARTIES - 2)) for at in range(turns)]
            bare_party = [timed(hands.paint) for _ in range(turns)]
    what = f"of {bills:,} bills"
    return [
        _figure(f"the list {what} opens for the first time", first, least, 200),
        _figure(f"the list {what} opens, p99 of {turns}", opens, least, 200),
        _figure(f"its next page is painted, p99 of {turns}", pages, least, 50),
        _figure(f"party chosen, panel painted, p99 of {turns}", parties, bare_party, 50),
    ]


class _Hands:
    """A clerk who goes from screen to screen."""

    def __init__(self, program: Any, floor: Any) -> None:
        self.program, self.rooms = program, floor
        self.counter = program.window.pages.currentWidget()
        run_until(program, lambda: self.counter.knowledge.ready)

    def open_list(self) -> Took:
        """From Ctrl+3 until the first page is painted."""
        self.rooms.go("counter")
        self.program.app.processEvents()

        def come() -> None:
            self.list = self.rooms.go("bills")
            self._answered(self.list.table.model_of.modelReset)

        return timed(come)

    def page(self) -> None:
        """As when the cursor comes to the last row that was read."""
        model = self.list.table.model_of
        model.fetchMore(model.index(-1, -1))
        self._answered(model.rowsInserted)
        self.list.table.scrollToBottom()
        self.program.app.processEvents()

    def floor(self) -> None:
        answers: list[object] = []
        self.rooms.desk.ask(bare, done=answers.append, undone=answers.append)
        run_until(self.program, lambda: bool(answers))
        self.list.table.viewport().update()
        self.program.app.processEvents()

    def party(self, party: int) -> Took:
        """From the party until all that is known of it stands beside the bill."""
        from dms_desktop.domain.draft import Draft

        self.rooms.go("counter")
        screen = self.counter
        old = screen.model.draft
        fresh = Draft(uuid4(), old.day, party=party, place_id=old.place_id)
        self.program.app.processEvents()

        def choose() -> None:
            screen.model.replace(fresh)
            known = screen.parts.beside
            run_until(self.program, lambda: known.party is not None)
            self.program.app.processEvents()

        return timed(choose)

    def paint(self) -> None:
        self.counter.side.update()
        self.program.app.processEvents()

    def _answered(self, signal: Any) -> None:
        heard: list[object] = []
        slot: Callable[..., None] = lambda *_: heard.append(None)  # noqa: E731
        signal.connect(slot)
        run_until(self.program, lambda: bool(heard))
        signal.disconnect(slot)
        self.program.app.processEvents()


def _figure(name: str, took: list[Took], floor: list[Took], bound: int) -> Figure:
    spent, cpu = (p99([each[at] for each in took]) for at in (0, 1))
    least = p99([wall for wall, _ in floor])
    halves = (median(wall for wall, _ in each) for each in (took, floor))
    note = "p50 {:.1f} ms, floor's {:.1f} ms; CPU p99 {:.1f} ms".format(*halves, cpu)
    return Figure(
        name, spent, least, spent / least, f"<= {bound} ms", "ms", spent <= bound, note
    )  # fmt: skip
