"""What a file or database is, before anything in it is trusted: ours, whole, and of which version.

A look at the first hundred bytes answers it, so that no start waits for the migration's machinery.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

from dms_desktop.store.drivers import Driver, Postgres, Sqlite, driver_for
from dms_desktop.store.faults import (
    BooksDamaged,
    BooksForeign,
    BooksMissing,
    BooksNewer,
    BooksOlder,
    as_fault,
    faults_of,
)

APPLICATION_ID = 0x444D5342  # "DMSB", in the file's header
REVISION = 1  # the newest of migrations/versions
VERSION_TABLE = "books_version"

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_LAST_EVER = 9_999
_MOST_FINDINGS = 5


class Standing(NamedTuple):
    """Books that are ours and not newer than the program."""

    name: str  # the path, or server and database without the password
    revision: int
    ours: int = REVISION

    @property
    def is_current(self) -> bool:
        return self.revision == self.ours


def driver_of(books: Driver | Path | str) -> Sqlite | Postgres:
    driver = driver_for(books) if isinstance(books, (Path, str)) else books
    assert isinstance(driver, Sqlite | Postgres)
    return driver


def name_of(books: Driver | Path | str) -> str:
    """The books as a person may read it: a path, or a server's address without the password."""
    driver = driver_of(books)
    if isinstance(driver, Sqlite):
        return str(driver.path)
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(driver.url)
    return f"{parts.get('host') or 'localhost'}/{parts.get('dbname') or ''}"


def standing(books: Driver | Path | str, *, ours: int = REVISION) -> Standing:
    """Raises BooksMissing, BooksDamaged, BooksForeign or BooksNewer; reads no more than it must.

    Not for a file that this process has open: to close it again drops SQLite's locks on it.
    """
    driver = driver_of(books)
    name = name_of(driver)
    revision = _of_file(driver.path) if isinstance(driver, Sqlite) else _of_server(driver, name)
    if not 0 < revision <= _LAST_EVER:
        raise BooksDamaged(name, found=f"version {revision}")
    if revision > ours:
        raise BooksNewer(name, revision=revision, ours=ours)
    return Standing(name, revision, ours)


def require_current(books: Driver | Path | str, *, ours: int = REVISION) -> None:
    """`standing`, and BooksOlder besides: for whoever may not upgrade them."""
    found = standing(books, ours=ours)
    if not found.is_current:
        raise BooksOlder(found.name, revision=found.revision, ours=ours)


def _of_file(path: Path) -> int:
    with faults_of(path), path.open("rb") as file:
        header = file.read(_HEADER)
        size = os.fstat(file.fileno()).st_size
    if not header:
        raise BooksDamaged(path, found="the file is empty")
    if not header.startswith(_MAGIC):
        # A torn first page still has our mark where an Excel sheet or a picture has none.
        if int.from_bytes(header[68:72], "big") == APPLICATION_ID:
            raise BooksDamaged(path, found="the header is damaged")
        raise BooksForeign(path, found="not a database")
    if len(header) < _HEADER:
        raise BooksDamaged(path, found="the file is cut short")
    application = int.from_bytes(header[68:72], "big")
    if application != APPLICATION_ID:
        raise BooksForeign(path, found=f"application {application:#010x}")
    _check_length(path, header, size)
    return int.from_bytes(header[60:64], "big")


def _check_length(path: Path, header: bytes, size: int) -> None:
    """A file cut short is seen at once, unless a WAL beside it holds the rest."""
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        return
    page = int.from_bytes(header[16:18], "big")
    page = 65_536 if page == 1 else page
    pages = int.from_bytes(header[28:32], "big")
    if page < 512 or page & (page - 1) or size < page * pages:
        raise BooksDamaged(path, found=f"{size} bytes, {page * pages} expected")


def _of_server(driver: Postgres, name: str) -> int:
    with faults_of(name):
        connection = driver.connect(write=False)
        try:
            return revision_on_server(connection, name)
        finally:
            connection.close()


def revision_on_server(connection: Any, name: str) -> int:
    """The revision of a PostgreSQL database. Raises BooksMissing when it is empty, BooksForeign."""
    ask = "SELECT to_regclass(%s)::text, (SELECT count(*) FROM pg_tables "
    ask += "WHERE schemaname = current_schema())"
    version_table, tables = connection.execute(ask, (VERSION_TABLE,)).fetchone()
    if version_table is None:
        if tables:
            raise BooksForeign(name, found=f"{tables} tables of another program")
        raise BooksMissing(name)
    row = connection.execute("SELECT version_num FROM books_version").fetchone()
    if row is None or not row[0].isdigit():
        raise BooksDamaged(name, found=f"version {row and row[0]!r}")
    return int(row[0])


def examine(path: Path) -> None:
    """Read a whole SQLite file that nobody writes (a copy, or under the lock): pages, foreign keys.

    Raises BooksDamaged naming the first findings. About 0.3 s for 300 MB.
    """
    from sqlcipher3 import dbapi2

    with faults_of(path):
        connection = open_unchanging(path)
        try:
            found = findings(connection)
        except (dbapi2.Error, UnicodeDecodeError) as error:
            if as_fault(error, path) is not None:
                raise
            # Where the schema itself was hit, SQLite speaks of syntax and unknown names, and the
            # driver may stumble over the damaged name in that very message.
            raise BooksDamaged(path, found=str(error)) from error
        finally:
            connection.close()
    if found:
        raise BooksDamaged(path, found="; ".join(found))


def open_unchanging(path: Path) -> Any:
    """A read-only connection that leaves no -wal or -shm beside the file and takes no lock."""
    from urllib.parse import quote

    from sqlcipher3 import dbapi2

    address = f"file:{quote(path.resolve().as_posix())}?mode=ro&immutable=1"
    connection = dbapi2.connect(address, uri=True, isolation_level=None)
    connection.text_factory = _readable
    return connection


def _readable(text: bytes) -> str:
    """Damaged text must not keep the damage from being told."""
    return text.decode("utf-8", "replace")


def findings(connection: Any) -> list[str]:
    """What `integrity_check` and `foreign_key_check` say; empty when all is well."""
    rows = connection.execute("PRAGMA integrity_check(5)").fetchall()
    found = [str(row[0]) for row in rows if row[0] != "ok"]
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        found.append(f"{table} row {row} points to a {parent} that is not there")
        if len(found) >= _MOST_FINDINGS:
            break
    return found
