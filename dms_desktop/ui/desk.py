"""What every screen is handed: ways to get things done elsewhere, and the two search indexes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from dms_desktop.domain.powers import Actor
from dms_desktop.domain.refusals import Refused
from dms_desktop.store.database import Database, OutcomeUnknown
from dms_desktop.store.faults import BooksFault, as_fault
from dms_desktop.store.health import name_of
from dms_desktop.ui.background import Background, Callback

if TYPE_CHECKING:
    from dms_desktop.store.search import SearchIndex

log = logging.getLogger(__name__)
Machine = BooksFault | OutcomeUnknown  # disk, file, printer or server: trying again may help


class Bug(Exception):
    """Neither a refusal nor the machine: our own mistake. Its cause is what was thrown."""


class Desk(QObject):
    """Runs actions on the database's threads and answers on the screen's own.

    Every `undone` is called with a Refused, a Machine or a Bug.
    """

    changed = Signal(object)  # {table: keys} that a committed action touched
    erred = Signal(object)  # a Bug, to be reported; whoever asked has been told already
    entered = Signal()  # somebody else stands here now, with powers of his own
    leaving = Signal()  # the program ends: whoever works on by steps begins no more

    def __init__(
        self, database: Database, actor: Actor, items: SearchIndex, parties: SearchIndex
    ) -> None:
        super().__init__()
        self._database, self._books = database, name_of(database.driver)
        self._left = False
        self._background = Background()
        self.actor, self.items, self.parties = actor, items, parties

    def enter(self, actor: Actor) -> None:
        """From now on everything is done by this one."""
        self.actor = actor
        self.entered.emit()

    def do(
        self,
        action: Callable[..., Any],
        *args: Any,
        done: Callback | None = None,
        undone: Callback,
        actor: Actor | None = None,
        **kwargs: Any,
    ) -> None:
        """Queue a write and return at once; it is done by who stands here, or by `actor`."""

        def committed(outcome: Any) -> None:
            if done:
                done(outcome.result)
            if outcome.touched:
                self.changed.emit(outcome.touched)

        future = self._database.write(actor or self.actor, action, *args, **kwargs)
        self._background.when(future, done=committed, undone=partial(self._undone, undone))

    def ask(
        self,
        query: Callable[..., Any],
        *args: Any,
        done: Callback,
        undone: Callback,
        actor: Actor | None = None,
        **kwargs: Any,
    ) -> None:
        """Queue a read and return at once; nobody waits once the books are let go of."""
        if self._left:
            return
        future = self._database.read(actor or self.actor, query, *args, **kwargs)
        self._background.when(future, done=done, undone=partial(self._undone, undone))

    def work(
        self,
        job: Callable[[], Any],
        *,
        done: Callback,
        undone: Callback,
        thread: Background | None = None,
    ) -> None:
        """Queue what needs no books and return at once; what is long has a thread of its own."""
        (thread or self._background).run(job, done=done, undone=partial(self._undone, undone))

    def write(
        self, action: Callable[..., Any], *args: Any, actor: Actor | None = None, **kwargs: Any
    ) -> Future[Any]:
        """For who is no screen but writes through this program: the screens hear of it. May be
        called on any thread; the future is the database's own."""
        future = self._database.write(actor or self.actor, action, *args, **kwargs)
        future.add_done_callback(self._hear)
        return future

    def _hear(self, future: Future[Any]) -> None:
        if future.exception() is None:
            self._background.later(partial(self.changed.emit, future.result().touched))

    def finish(self, most_ms: int = 10_000) -> None:
        """Let everything that was begun come to its end, and be answered."""
        self._background.finish(most_ms)

    def close(self) -> None:
        """Let go of the books and the indexes; what is queued is still written."""
        self.leaving.emit()
        self._left = True
        self._database.close()
        self._background.close()
        self.items.close()
        self.parties.close()

    def _undone(self, undone: Callback, error: BaseException) -> None:
        if isinstance(error, Refused):
            undone(error)
            return
        log.error("not done", exc_info=error)
        kind = self._kind(error)
        undone(kind)
        if isinstance(kind, Bug):
            self.erred.emit(kind)

    def _kind(self, error: BaseException) -> Machine | Bug:
        if isinstance(error, Machine):
            return error
        if fault := as_fault(error, self._books):
            return fault
        bug = Bug(str(error))
        bug.__cause__ = error
        return bug
