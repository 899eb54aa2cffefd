"""A file of orders on its way into the books: read, judged, and each order posted by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from dms_desktop.domain.refusals import Refused
from dms_desktop.files.order_file import (
    FileOrder,
    Taken,
    as_taken,
    by_rows,
    read_orders,
    to_judge,
    with_judgement,
)
from dms_desktop.files.table import Stopped
from dms_desktop.services import order_intake
from dms_desktop.services.order_intake import Judged
from dms_desktop.ui.background import Background
from dms_desktop.ui.floor import Floor

CHUNK = 20  # orders judged in one read, so that nobody else waits long


class OrderIntake(QObject):
    """Nothing here is slow on the caller's thread. What was asked before the latest file is not
    told any more."""

    judged = Signal(object)  # a list of Taken, all that the file has
    taken = Signal(int, object)  # the order's place in the list, and what became of it
    ended = Signal()  # all are taken, or it was stopped
    failed = Signal(object)  # Refused, a fault of the machine, or a Bug

    def __init__(self, floor: Floor, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._thread = floor.desk, Background()
        self._turn = 0
        self._orders: list[Taken] = []
        self._at = 0
        self.going = False
        floor.desk.leaving.connect(self._leave)

    @property
    def left(self) -> bool:
        """Some were not tried yet."""
        return self._at < len(self._orders)

    def open(self, path: Path) -> None:
        """Read and judge the file; nothing is written."""
        self._turn += 1
        turn, self._orders, self._at, self.going = self._turn, [], 0, False
        job = partial(_found, path, lambda: self._turn != turn)
        self._desk.work(
            job,
            done=lambda found: self._judge(turn, found, []),
            undone=partial(self._fail, turn),
            thread=self._thread,
        )

    def take(self) -> None:
        """Post those that have no slip, or go on with them."""
        if not self.going and self.left:
            self.going = True
            self._next(self._turn)

    def stop(self) -> None:
        """After the order that is being posted; it can be gone on with."""
        self.going = False

    def _judge(self, turn: int, found: Sequence[FileOrder], done: list[Taken]) -> None:
        if turn != self._turn:
            return
        if len(done) == len(found):
            self._orders = done
            self.judged.emit(done)
            return
        chunk = found[len(done) : len(done) + CHUNK]

        def go_on(judged: list[Judged]) -> None:
            self._judge(turn, found, [*done, *with_judgement(chunk, judged)])

        self._desk.ask(
            order_intake.judge, to_judge(chunk), done=go_on, undone=partial(self._fail, turn)
        )

    def _next(self, turn: int) -> None:
        while self.left and self._orders[self._at].problems:
            self._at += 1
        if turn != self._turn:
            return
        if not self.left or not self.going:
            self.going = False
            self.ended.emit()
            return
        order = self._orders[self._at]
        self._desk.do(
            order_intake.take,
            order.order.id,
            order.order.said,
            done=lambda saved: self._became(turn, as_taken(order, saved)),
            undone=partial(self._not_taken, turn, order),
        )

    def _not_taken(self, turn: int, order: Taken, error: BaseException) -> None:
        if isinstance(error, Refused):
            problems = by_rows(order.order, error.problems)
            self._became(turn, Taken(order.order, problems=problems))
        else:
            self._fail(turn, error)

    def _became(self, turn: int, taken: Taken) -> None:
        if turn == self._turn:
            self._orders[self._at] = taken
            self._at += 1
            self.taken.emit(self._at - 1, taken)
        self._next(turn)

    def _fail(self, turn: int, error: BaseException) -> None:
        if turn == self._turn:
            self.going = False
            self.failed.emit(error)

    def _leave(self) -> None:
        self._turn += 1
        self.going = False
        self._thread.close()


def _found(path: Path, stop: Callable[[], bool]) -> Any:
    """Nothing where nobody waits for it any more."""
    try:
        return read_orders(path, stop=stop)
    except Stopped:
        return ()
