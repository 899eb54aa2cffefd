"""The two databases behind one small face: how to connect, begin, and say a statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from dms_desktop.store.sql import for_postgres, for_sqlite, lists_as_json

Row = tuple[Any, ...]
OLDEST_SQLITE = (3, 51, 3)  # 3.7.0 to 3.51.2 can corrupt a WAL file at a reset


# No memory map: a bad sector would end the program at once, where a read can be answered for.
_ALWAYS = (
    "foreign_keys=ON",
    "synchronous=FULL",
    "temp_store=MEMORY",
    "recursive_triggers=ON",  # else REPLACE slips past the append-only triggers
    "cache_size=-16000",
)
_WRITER = ("journal_mode=WAL", "wal_autocheckpoint=0")
_READER = ("query_only=ON",)


class Driver(Protocol):
    name: str

    def connect(self, *, write: bool) -> Any: ...
    def begin(self, connection: Any, *, write: bool) -> None: ...
    def execute(self, connection: Any, sql: str, params: Mapping[str, Any]) -> Any: ...
    def many(self, connection: Any, sql: str, rows: Sequence[Any]) -> int: ...
    def checkpoint(self, connection: Any) -> None: ...


class Sqlite:
    """A file: WAL, synchronous=FULL, and checkpoints only when nobody waits."""

    name = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path

    def connect(self, *, write: bool) -> Any:
        from sqlcipher3 import dbapi2

        if dbapi2.sqlite_version_info < OLDEST_SQLITE:
            raise RuntimeError(f"SQLite {dbapi2.sqlite_version} is too old to be trusted")
        connection = dbapi2.connect(
            f"{self.path.resolve().as_uri()}?mode=rw",  # never an empty file where books were
            uri=True,
            timeout=5,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
        )
        for pragma in (*_ALWAYS, *(_WRITER if write else _READER)):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def begin(self, connection: Any, *, write: bool) -> None:
        connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")

    def execute(self, connection: Any, sql: str, params: Mapping[str, Any]) -> Any:
        return connection.execute(for_sqlite(sql), lists_as_json(params))

    def many(self, connection: Any, sql: str, rows: Sequence[Any]) -> int:
        return int(connection.executemany(for_sqlite(sql), rows).rowcount)

    def checkpoint(self, connection: Any) -> None:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


class Postgres:
    """A server: READ COMMITTED with row locks in one order; a hung counter lets go by itself."""

    name = "postgres"

    def __init__(self, url: str) -> None:
        self.url = url

    def connect(self, *, write: bool) -> Any:
        import psycopg

        connection = psycopg.connect(
            self.url,
            autocommit=True,
            options="-c lock_timeout=5s -c idle_in_transaction_session_timeout=10s "
            "-c statement_timeout=30s",
        )
        if not write:
            connection.execute("SET default_transaction_read_only = on")
        return connection

    def begin(self, connection: Any, *, write: bool) -> None:
        connection.execute("BEGIN" if write else "BEGIN ISOLATION LEVEL REPEATABLE READ")

    def execute(self, connection: Any, sql: str, params: Mapping[str, Any]) -> Any:
        plain = {
            name: list(value) if isinstance(value, (tuple, set)) else value
            for name, value in params.items()
        }
        return connection.execute(for_postgres(sql), plain)

    def many(self, connection: Any, sql: str, rows: Sequence[Any]) -> int:
        with connection.cursor() as cursor:
            cursor.executemany(for_postgres(sql).replace("?", "%s"), rows)
            return int(cursor.rowcount)

    def checkpoint(self, connection: Any) -> None:
        """The server does it."""


def driver_for(books: str | Path) -> Driver:
    """A `postgresql://` address means a server; anything else is the path of a file."""
    if str(books).startswith("postgresql://"):
        return Postgres(str(books))
    return Sqlite(Path(books))
