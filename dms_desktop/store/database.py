"""One file, one writer. Every write is a whole transaction on the writer's thread."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from dms_desktop.domain.powers import Actor, power_of
from dms_desktop.domain.refusals import Reason, Refused, refuse
from dms_desktop.store.drivers import Driver
from dms_desktop.store.faults import DiskFull, as_fault
from dms_desktop.store.session import Reading, Tx

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")

IDLE_SECONDS = 0.3  # nobody has saved for so long: time to fold the WAL into the file
MOST_UNFOLDED = 2_000  # writes after which it is folded between two saves all the same


class OutcomeUnknown(Exception):
    """The disk failed at COMMIT and cannot be asked whether the books took it.

    Saving the same document again is safe: its id is looked up first.
    """


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """What an action returned, and which rows it touched: table -> keys."""

    result: R
    touched: Mapping[str, frozenset[Any]]


class Database:
    """The books, open. Close it to let go of the file."""

    def __init__(self, driver: Driver, *, clock: Callable[[], datetime], readers: int = 2) -> None:
        self.driver = driver
        self._clock = clock
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._connection: Any = None
        self._unfolded = 0
        self._closed = False
        self._writer = threading.Thread(target=self._work, name="writer", daemon=True)
        self._writer.start()
        self._local = threading.local()
        self._open: list[Any] = []
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="reader")

    def write(
        self,
        actor: Actor,
        action: Callable[Concatenate[Tx, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Future[Done[R]]:
        """Queue `action`; its result arrives only after the commit is on disk.

        The future raises Refused, OutcomeUnknown, or what the machine or a bug threw.
        """
        if self._closed:
            raise RuntimeError("the books are closed")
        future: Future[Done[R]] = Future()

        def job() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(self._write(actor, action, args, kwargs))
            except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits
                future.set_exception(error)

        self._jobs.put(job)
        return future

    def read(
        self,
        actor: Actor,
        query: Callable[Concatenate[Reading, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Future[R]:
        """Queue `query` on a reader's thread: it sees the last commit and can write nothing."""
        return self._readers.submit(self._read, actor, query, args, kwargs)

    def close(self) -> None:
        """Finish what is queued, then let go of the file."""
        self._closed = True
        self._jobs.put(None)
        self._writer.join()
        self._readers.shutdown()
        for connection in self._open:
            connection.close()

    def _work(self) -> None:
        while True:
            try:
                job = self._jobs.get(timeout=IDLE_SECONDS if self._unfolded else None)
            except queue.Empty:
                self._fold()
                continue
            if job is None:
                break
            job()
            del job  # whatever it was given would stay until somebody writes again
            if self._unfolded > MOST_UNFOLDED:
                self._fold()
        if self._connection is not None:
            self._fold()
            self._connection.close()

    def _fold(self) -> None:
        self._unfolded = 0
        if self._connection is None:
            return
        try:
            self.driver.checkpoint(self._connection)
        except Exception:  # the WAL keeps every bill until the next one succeeds
            log.exception("the WAL could not be folded into the file")

    def _write(self, actor: Actor, action: Callable[..., R], args: Any, kwargs: Any) -> Done[R]:
        _check_power(action, actor)
        if self._connection is None:
            self._connection = self.driver.connect(write=True)
        connection = self._connection
        tx = Tx(self.driver, connection, actor, self._clock())
        try:
            self.driver.begin(connection, write=True)
            result = action(tx, *args, **kwargs)
        except Refused:
            self._give_up()
            raise
        except BaseException:
            # What the machine threw stays with a connection: SQLite goes on without the right to
            # write when the disk failed at the opening, and a server may have gone away.
            self._give_up(close=True)
            raise
        self._commit(tx)
        self._unfolded += 1
        return Done(result, {table: frozenset(keys) for table, keys in tx.touched.items()})

    def _commit(self, tx: Tx) -> None:
        """A failed COMMIT is an unknown outcome, not a failure: re-open, and look.

        A full disk alone is sure: what makes a commit is written last, and was not.
        """
        try:
            tx.connection.execute("COMMIT")
        except Exception as error:
            self._give_up(close=True)
            full = isinstance(as_fault(error, ""), DiskFull)
            if full or not self._landed(tx, error):
                raise

    def _landed(self, tx: Tx, error: Exception) -> bool:
        """Whether the books took it, told for good; raises OutcomeUnknown where nobody knows.

        The tip is written, not only read. A server may still be at work on a COMMIT whose caller
        it lost: it holds that row, so this waits for the end of it. And the WAL may hold a commit
        that SQLite does not count: this overwrites it, else a later recovery would bring it back.
        """
        if not tx.tip:
            return False
        try:
            connection = self._connection = self.driver.connect(write=True)
            self.driver.begin(connection, write=True)
            turn = "UPDATE audit_tip SET seq = -seq WHERE counter = :counter"
            for _ in range(2):  # there and back: what does not change, SQLite does not write
                cursor = self.driver.execute(connection, turn, {"counter": tx.actor.counter})
            find = "SELECT 1 FROM audit WHERE hash = :tip"
            found = self.driver.execute(connection, find, {"tip": tx.tip}).fetchone()
            connection.execute("COMMIT")
        except Exception:  # noqa: BLE001 - whatever it is, nobody knows
            self._give_up(close=True)
            raise OutcomeUnknown(str(error)) from error
        if not cursor.rowcount:
            raise OutcomeUnknown(str(error)) from error
        return found is not None

    def _give_up(self, *, close: bool = False) -> None:
        """Roll back; a connection that cannot even do that is thrown away."""
        try:
            self._connection.execute("ROLLBACK")
        except Exception:  # noqa: BLE001 - nothing was begun, or the disk is gone: a fresh start
            close = True
        if close and self._connection is not None:
            stale, self._connection = self._connection, None
            stale.close()

    def _read(self, actor: Actor, query: Callable[..., R], args: Any, kwargs: Any) -> R:
        _check_power(query, actor)
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self.driver.connect(write=False)
            self._open.append(connection)
        try:
            self.driver.begin(connection, write=False)
            result = query(Reading(self.driver, connection, actor, self._clock()), *args, **kwargs)
            connection.execute("ROLLBACK")
        except Refused:
            connection.execute("ROLLBACK")
            raise
        except BaseException:
            self._local.connection = None
            self._open.remove(connection)
            connection.close()
            raise
        return result


def _check_power(action: Callable[..., Any], actor: Actor) -> None:
    power = power_of(action)
    if not actor.may(power):
        raise refuse(Reason.NOT_ALLOWED, power=power.value, user=actor.code)
