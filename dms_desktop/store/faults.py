"""Why books cannot be opened, changed or copied: the facts, of which language/ makes sentences."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

# The low byte of SQLite's result code.
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26


class BooksFault(Exception):
    """What a person must put right outside the program; `facts` fill the sentence named by `word`.

    Every fault knows `books`: the path of the file, or the server and database without password.
    """

    word: ClassVar[str] = "books_fault"

    def __init__(self, books: object, **facts: object) -> None:
        super().__init__(self.word, str(books), facts)
        self.facts: Mapping[str, object] = {"books": str(books), **facts}

    def __str__(self) -> str:
        return f"{self.word}: " + ", ".join(f"{k}={v!r}" for k, v in self.facts.items())


class BooksMissing(BooksFault):
    """There is nothing at that place."""

    word = "books_missing"


class BooksExist(BooksFault):
    """New books were asked for where something lies already."""

    word = "books_exist"


class BooksOlder(BooksFault):
    """They must be upgraded before they are opened. Facts: revision, ours."""

    word = "books_older"


class BooksNewer(BooksFault):
    """A newer program wrote them. Facts: revision, ours."""

    word = "books_newer"


class BooksForeign(BooksFault):
    """A sound file or database, but of another program. Facts: found."""

    word = "books_foreign"


class BooksDamaged(BooksFault):
    """To be restored from a backup. Facts: found (what is wrong, in English, for support)."""

    word = "books_damaged"


class BooksReadOnly(BooksFault):
    """The file, its folder or its disk cannot be written."""

    word = "books_read_only"


class BooksBusy(BooksFault):
    """Another program has them. Facts: holder (a dict: program, pid, host, since), may be empty."""

    word = "books_busy"


class BooksOnShare(BooksFault):
    """The file lies on a network drive, where one crash can damage it. Facts: kind, mount."""

    word = "books_on_share"


class DiskFull(BooksFault):
    """Facts: needed and free, in bytes; nil where the disk alone said so."""

    word = "disk_full"


class DiskFailed(BooksFault):
    """The disk refused to read or write. Facts: found."""

    word = "disk_failed"


class ServerAway(BooksFault):
    """The PostgreSQL server does not answer or does not let us in. Facts: found."""

    word = "server_away"


class UpgradeFailed(BooksFault):
    """The books are as they were. Facts: revision, ours, found."""

    word = "upgrade_failed"


class BackupFailed(BooksFault):
    """No backup was made; older ones are untouched. Facts: found."""

    word = "backup_failed"


class BackupDamaged(BooksFault):
    """The container is not what was written: take another. Facts: container, found."""

    word = "backup_damaged"


class BackupDoubtful(BooksFault):
    """The books in it do not add up; they can be restored all the same. Facts: container, found."""

    word = "backup_doubtful"


class WrongKey(BooksFault):
    """That recovery key does not open this backup. Facts: container."""

    word = "wrong_key"


class NoBackupKey(BooksFault):
    """No key was made yet, and a backup in the clear was not asked for."""

    word = "no_backup_key"


class SecretMissing(BooksFault):
    """The books came without the secret that their PINs need. Facts: file (where it may lie)."""

    word = "secret_missing"


class ToolMissing(BooksFault):
    """A program of the PostgreSQL client is not installed. Facts: tool."""

    word = "tool_missing"


class Stopped(Exception):
    """The user stopped it; nothing was changed."""


@contextmanager
def faults_of(books: Path | str) -> Iterator[None]:
    """Whatever the driver or the system throws inside becomes a fault that names these books."""
    try:
        yield
    except Exception as error:
        fault = as_fault(error, books)
        if fault is None or fault is error:
            raise
        raise fault from error


def as_fault(error: BaseException, books: Path | str) -> BooksFault | None:
    """What a driver or the system threw, as a fault; None when it is something else: a bug."""
    error = getattr(error, "orig", None) or error  # SQLAlchemy wraps what the driver threw
    if isinstance(error, BooksFault):
        return error
    if isinstance(error, OSError):
        return _of_system(error, books)
    if type(error).__module__.startswith("psycopg"):
        return _of_postgres(error, books)
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else _of_sqlite(int(code) & 0xFF, error, books)


def _of_system(error: OSError, books: Path | str) -> BooksFault:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(books, needed=0, free=0)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return BooksReadOnly(books)
    if error.errno == errno.ENOENT:
        return BooksMissing(books)
    return DiskFailed(books, found=str(error))


def _of_sqlite(code: int, error: BaseException, books: Path | str) -> BooksFault | None:
    if code == _FULL:
        return DiskFull(books, needed=0, free=0)
    if code in (_READONLY, _CANTOPEN):
        return BooksReadOnly(books)
    if code in (_BUSY, _LOCKED):
        return BooksBusy(books, holder={})
    if code in (_CORRUPT, _NOTADB):
        return BooksDamaged(books, found=str(error))
    return DiskFailed(books, found=str(error)) if code == _IOERR else None


def _of_postgres(error: BaseException, books: Path | str) -> BooksFault | None:
    state = getattr(error, "sqlstate", None) or ""
    if state == "55P03":  # lock_not_available
        return BooksBusy(books, holder={})
    if state == "53100":
        return DiskFull(books, needed=0, free=0)
    if state in ("25006", "42501"):  # read_only_sql_transaction, insufficient_privilege
        return BooksReadOnly(books)
    if state in ("XX001", "XX002"):  # data_corrupted, index_corrupted
        return BooksDamaged(books, found=str(error))
    # Class 08 and no state at all: no connection; 57P: the server shuts down; 3D000: no database.
    if state.startswith(("08", "57P", "28", "3D")) or type(error).__name__ == "OperationalError":
        return ServerAway(books, found=str(error).strip())
    return None
