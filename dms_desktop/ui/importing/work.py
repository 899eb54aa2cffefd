"""One file on its way into the books: read, understood, tried, and brought in step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from dms_desktop.domain.incoming import Intake, Line, Outcome
from dms_desktop.domain.powers import Power, needs
from dms_desktop.files.headings import Columns
from dms_desktop.files.intake import read_lines
from dms_desktop.files.table import Stopped, Table, read_table
from dms_desktop.services import imports
from dms_desktop.services.imports import Run
from dms_desktop.store.session import Reading
from dms_desktop.ui.background import Background
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.importing.pace import Pace

Steps = Mapping[int, tuple[Line, ...]]  # by the row that each begins with


@dataclass(frozen=True, slots=True)
class Tried:
    """What a file would do under one reading of its columns. `steps` are those of a kind that may
    not be cut anywhere."""

    kind: Intake
    columns: Columns
    lines: tuple[Line, ...]
    steps: Steps
    outcome: Outcome


class Work(QObject):
    """It has a thread of its own, so that no paper waits for a table. Nothing here is slow on the
    caller's thread.

    An answer to what was asked before the latest question is not told.
    """

    read = Signal(object, object)  # Table, and the Run of this very file or None
    tried = Signal(object)  # Tried
    moved = Signal(int, int)  # rows in the books, of how many
    brought = Signal(object, object)  # Run, Outcome
    stopped = Signal()
    failed = Signal(object)  # Refused, a fault of the machine, or a Bug

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._thread = desk, Background()
        self._pace, self._actor = Pace(self), desk.actor
        self._turn = 0
        self.busy = False
        self.bringing = False
        desk.leaving.connect(self._leave)

    def open(self, path: Path, sheet: str = "") -> None:
        """Read the file's cells, in the process that may be thrown away."""
        turn = self._begin()
        job = partial(_cells, path, sheet, lambda: self._turn != turn)
        self._run(turn, job, partial(self._opened, turn))

    def attempt(self, table: Table, kind: Intake, said: Mapping[str, str]) -> None:
        """What this file would do if it were brought in as `kind`, its columns as said."""
        turn = self._begin()
        job = partial(_understood, kind, table, dict(said))
        self._run(turn, job, partial(self._understood, turn, kind, table))

    def bring(self, table: Table, tried: Tried) -> None:
        """Do what was tried. Each step is a commit; a file that broke off is gone on with."""
        turn = self._begin()
        self.bringing = True
        self._actor = self._desk.actor  # it stays his, whoever stands at the counter meanwhile
        headings = dict(tried.columns.headings)
        self._desk.do(
            imports.begin, tried.kind, table.name, table.sha256, headings,
            done=lambda run: self._go_on(turn, tried, run, run.rows_done),
            undone=partial(self._fail, turn), actor=self._actor,
        )  # fmt: skip

    def write(self, job: Callable[[], Path], done: Callable[[Path], object]) -> None:
        """A workbook for the user, wherever the import stands."""
        self._desk.work(job, done=done, undone=self.failed.emit, thread=self._thread)

    def stop(self) -> None:
        """Nothing more is begun; what is under way comes to its end. It can be gone on with."""
        if self.busy:
            self._turn += 1
            self._end()
            self.stopped.emit()

    def _begin(self) -> int:
        self._turn += 1
        self.busy, self.bringing = True, False
        return self._turn

    def _end(self) -> None:
        self.busy = self.bringing = False
        self._pace.rest()

    def _opened(self, turn: int, table: Table) -> None:
        self._ask(
            turn, imports.of_file, table.sha256, done=lambda run: self._tell(self.read, table, run)
        )

    def _understood(
        self, turn: int, kind: Intake, table: Table, found: tuple[Columns, Any, Steps]
    ) -> None:
        columns, lines, steps = found

        def tell(outcome: Outcome) -> None:
            self._tell(self.tried, Tried(kind, columns, lines, steps, outcome))

        self._ask(turn, _preview, kind, table.sha256, lines, done=tell)

    def _go_on(self, turn: int, tried: Tried, run: Run, start: int) -> None:
        """The rows that are not in the books yet."""
        most = len(tried.lines)
        self.moved.emit(start, most)
        if turn != self._turn:
            return
        if start == most:
            tell = partial(self._tell, self.brought, run)
            self._ask(turn, imports.outcome, run, done=tell)
            return
        rows, pause = self._pace.look()
        lines = tried.steps.get(start) or tried.lines[start : start + rows]
        step = partial(self._step, turn, tried, run, start, lines)
        if pause:
            QTimer.singleShot(pause, self, step)
        else:
            step()

    def _step(self, turn: int, tried: Tried, run: Run, start: int, lines: tuple[Line, ...]) -> None:
        if turn != self._turn:
            return
        end = start + len(lines)
        self._desk.do(
            imports.step, run, lines, start, last=end == len(tried.lines),
            done=lambda _: self._go_on(turn, tried, run, end),
            undone=partial(self._fail, turn), actor=self._actor,
        )  # fmt: skip

    def _run(self, turn: int, job: Callable[[], Any], done: Callable[[Any], object]) -> None:
        self._desk.work(
            job, done=self._if_wanted(turn, done), undone=partial(self._fail, turn),
            thread=self._thread,
        )  # fmt: skip

    def _ask(self, turn: int, query: Callable[..., Any], *args: Any, done: Any) -> None:
        self._desk.ask(
            query, *args, done=self._if_wanted(turn, done), undone=partial(self._fail, turn)
        )

    def _if_wanted(self, turn: int, done: Callable[[Any], object]) -> Callable[[Any], object]:
        return lambda found: done(found) if turn == self._turn else None

    def _tell(self, signal: Any, *found: Any) -> None:
        self._end()
        signal.emit(*found)

    def _fail(self, turn: int, error: BaseException) -> None:
        if turn == self._turn:
            self._end()
            self.failed.emit(error)

    def _leave(self) -> None:
        """The program ends: what is half brought in is gone on with another day."""
        self._turn += 1
        self._end()
        self._thread.close()


def _cells(path: Path, sheet: str, stop: Callable[[], bool]) -> Table | None:
    """None where nobody waits for them any more."""
    try:
        return read_table(path, sheet, stop=stop)
    except Stopped:
        return None


def _understood(
    kind: Intake, table: Table, said: Mapping[str, str]
) -> tuple[Columns, tuple[Line, ...], Steps]:
    columns, lines = read_lines(kind, table.rows, said)
    if imports.any_size(kind):
        return columns, lines, {}
    steps = imports.steps(kind, lines)
    starts = accumulate(map(len, steps), initial=0)
    return columns, lines, dict(zip(starts, steps, strict=False))


@needs(Power.MASTERS)
def _preview(reading: Reading, kind: Intake, sha256: bytes, lines: Sequence[Line]) -> Outcome:
    """Refuses what bringing in would refuse, and tells what it would do."""
    imports.check_new(reading, kind, sha256)
    return imports.preview(reading, kind, lines)
