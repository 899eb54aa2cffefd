"""Whole files of books: a copy while bills go on, a swap that cannot be half done, and flushes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from dms_desktop.store.drivers import Sqlite
from dms_desktop.store.faults import BooksBusy, BooksMissing, DiskFull, as_fault

# Called with a step's word and the part of it that is done, 0 to 1. What it raises (`Stopped`)
# ends the work, and nothing of it is left behind.
Progress = Callable[[str, float], None]

_PAGES = 4_096  # 16 MB between two looks at the clock; the snapshot is held, so none starts again
_BESIDE = ("", "-wal", "-shm", "-journal")
_WAIT = 5.0  # seconds that a reader may take to end


def silent(_step: str, _part: float) -> None:
    """Nobody watches."""


def copy_books(source: Path, target: Path, progress: Progress = silent) -> None:
    """A consistent copy of a SQLite book, flushed to disk, though others write meanwhile.

    It holds one read transaction: without it, each write would start the copy afresh.
    """
    from sqlcipher3 import dbapi2

    def tell(_status: int, remaining: int, total: int) -> None:
        progress("copy", 1 - remaining / total if total else 1)

    if not source.exists():  # SQLite would make an empty one
        raise BooksMissing(source)
    remove(target)
    reader = Sqlite(source).connect(write=False)
    try:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchall()
        writer = dbapi2.connect(str(target), isolation_level=None)
        try:
            writer.execute("PRAGMA synchronous=OFF")  # flushed once, below
            reader.backup(writer, pages=_PAGES, progress=tell, sleep=0.01)
        finally:
            writer.close()
    finally:
        reader.close()
    flush(target)


def need_space(folder: Path, needed: int, books: Path | str) -> None:
    """Raises DiskFull before anything is begun that would not fit."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise DiskFull(books, needed=needed, free=free)


def remove(path: Path) -> None:
    """A file of books and what SQLite keeps beside it."""
    for ending in _BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def flush(path: Path) -> None:
    """To the disk itself."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Makes a rename in it last; Windows does that by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_new(new: Path, place: Path) -> None:
    """Rename a flushed file to where nothing lies. Raises FileExistsError."""
    try:
        os.link(new, place)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links (FAT, exFAT)
        if place.exists():
            raise FileExistsError(str(place)) from None
        new.rename(place)
    new.unlink(missing_ok=True)
    flush_folder(place.parent)


def swap(new: Path, live: Path, keep: Path | None = None) -> None:
    """Put flushed new books in place of the live ones, or raise and leave them.

    `keep` becomes another name of the old ones.

    The caller holds the lock. Nobody may read either: a WAL that outlives its file would be read
    into the new one. Leaving WAL mode proves it, for SQLite lets only the last connection do so.
    """
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(live), timeout=_WAIT, isolation_level=None)
    try:
        try:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
            connection.execute("BEGIN EXCLUSIVE")
        except dbapi2.OperationalError as error:
            raise as_fault(error, live) or error from error
        if mode != "delete" or live.with_name(live.name + "-wal").exists():
            raise BooksBusy(live, holder={})
        if keep is not None:
            _second(live, keep)
        if os.name == "nt":  # an open file cannot be replaced there: nobody can slip in either
            connection.close()
        _replace(new, live)
    finally:
        connection.close()


def set_aside(live: Path, aside: Path) -> None:
    """Keep a second name or a copy of damaged books, with their WAL, and take the WAL away."""
    for ending in _BESIDE:
        old = live.with_name(live.name + ending)
        if old.exists():
            _second(old, aside.with_name(aside.name + ending))
    flush_folder(aside.parent)
    for ending in _BESIDE[1:]:
        live.with_name(live.name + ending).unlink(missing_ok=True)
    flush_folder(live.parent)


def force(new: Path, live: Path) -> None:
    """Put flushed new books in place of those that `set_aside` has kept."""
    _replace(new, live)


def _replace(new: Path, live: Path) -> None:
    try:
        new.replace(live)
    except PermissionError as error:
        raise BooksBusy(live, holder={}) from error
    flush_folder(live.parent)


def _second(old: Path, new: Path) -> None:
    with suppress(OSError):
        os.link(old, new)
        return
    shutil.copyfile(old, new)
    flush(new)


def in_wal_mode(connection: Any) -> None:
    """Leave the mode in the file's header, so that nobody has to switch it among readers."""
    connection.execute("PRAGMA journal_mode=WAL")
