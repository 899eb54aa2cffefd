"""An open transaction: what a reader may ask and what a writer may do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from dms_desktop.domain.powers import Actor
from dms_desktop.store.drivers import Driver, Row
from dms_desktop.store.sql import insertion

Key = Any


@dataclass(slots=True)
class Reading:
    """One consistent view of the books; `actor` may look but nothing can be written."""

    driver: Driver
    connection: Any
    actor: Actor
    now: datetime

    @property
    def locking(self) -> bool:
        """Whether rows are locked by who reads them: a file has one writer, who is always alone."""
        return False

    def rows(self, sql: str, /, **params: Any) -> list[Row]:
        found: list[Row] = self.driver.execute(self.connection, sql, params).fetchall()
        return found

    def row(self, sql: str, /, **params: Any) -> Row | None:
        found: Row | None = self.driver.execute(self.connection, sql, params).fetchone()
        return found

    def value(self, sql: str, /, **params: Any) -> Any:
        """The first column of the first row, or None where there is none."""
        found = self.row(sql, **params)
        return None if found is None else found[0]


@dataclass(slots=True)
class Tx(Reading):
    """An open write. A service takes it first and never commits."""

    touched: defaultdict[str, set[Key]] = field(default_factory=lambda: defaultdict(set))
    tip: bytes = b""  # hash of the last audit row written: how a doubtful commit is looked up

    @property
    def locking(self) -> bool:
        return self.driver.name == "postgres"

    @property
    def micros(self) -> int:
        """The instant of this transaction as it lies on disk: microseconds UTC."""
        return int(self.now.timestamp() * 1_000_000)

    def alone(self, uid: UUID) -> None:
        """Let no other counter at this document until the commit, whether it is there yet or not.

        Taken before all other locks, its own id before that of another document.
        """
        if self.locking:
            key = int.from_bytes(uid.bytes[8:], "big", signed=True)
            self.row("SELECT pg_advisory_xact_lock(:key)", key=key)

    def lock(self, sql: str, /, **params: Any) -> None:
        """Hold the rows that are selected FOR UPDATE until the commit, for their own sake alone."""
        if self.locking:
            self.rows(sql, **params)

    def run(self, sql: str, /, **params: Any) -> int:
        """Execute one statement; how many rows it touched."""
        return int(self.driver.execute(self.connection, sql, params).rowcount)

    def insert(self, table: str, columns: tuple[str, ...], rows: Sequence[Row]) -> None:
        """Many rows in one go, values in the order of the columns."""
        if rows:
            self.driver.many(self.connection, insertion(table, columns), rows)

    def many(self, sql: str, rows: Sequence[Any]) -> int:
        """One statement with `?` marks, or :names, over many rows; how many it touched."""
        return self.driver.many(self.connection, sql, rows) if rows else 0
