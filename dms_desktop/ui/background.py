"""Work done off the screen's thread, whose answers come back on the screen's own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

Callback = Callable[[Any], object]


class Background(QObject):
    """One thread for what needs no books, such as paper: jobs run in the order they came."""

    idle = Signal()  # nothing is under way any more
    _ready = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="background")
        self._under_way = 0
        self._closed = False
        self._ready.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def run(self, job: Callable[[], Any], *, done: Callback, undone: Callback) -> None:
        """Queue `job`; later `done` with its result, or `undone` with what it threw."""
        self.when(self._worker.submit(job), done=done, undone=undone)

    def when(self, future: Future[Any], *, done: Callback, undone: Callback) -> None:
        """The same for work that somebody else has begun."""
        self._under_way += 1
        answer = partial(self._answer, future, done, undone)
        future.add_done_callback(lambda _: self.later(answer))

    def later(self, call: Callable[[], object]) -> None:
        """Call it on the screen's thread; may be said from any thread."""
        self._ready.emit(call)

    def finish(self, most_ms: int) -> None:
        """Wait until nothing is under way, and what that led to neither; no longer than this."""
        if self._under_way:
            loop = QEventLoop()
            self.idle.connect(loop.quit)
            QTimer.singleShot(most_ms, loop, loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def close(self, *, wait: bool = True) -> None:
        """Finish the jobs that were queued; no answer is delivered any more."""
        self._closed = True
        self._worker.shutdown(wait=wait)

    def _run(self, call: Callable[[], object]) -> None:
        if not self._closed:
            call()

    def _answer(self, future: Future[Any], done: Callback, undone: Callback) -> None:
        try:
            error = future.exception()
            if error is None:
                done(future.result())
            else:
                undone(error)
        finally:
            self._under_way -= 1
            if not self._under_way:
                self.idle.emit()
