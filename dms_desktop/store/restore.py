"""Brings books back from a backup: into a new file, proved, then in one step into their place."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from dms_desktop.store import container as containers
from dms_desktop.store import copying
from dms_desktop.store import postgres_tools as tools
from dms_desktop.store.backup import BOOKS, KIT, Verify, nothing_more
from dms_desktop.store.container import Enough, sha256_of
from dms_desktop.store.copying import Progress, silent
from dms_desktop.store.drivers import Driver, Postgres
from dms_desktop.store.faults import (
    BackupDamaged,
    BackupDoubtful,
    BackupFailed,
    BooksDamaged,
    BooksExist,
    BooksForeign,
    BooksMissing,
    BooksNewer,
    faults_of,
)
from dms_desktop.store.health import REVISION, driver_of, examine, name_of, standing
from dms_desktop.store.lock import BooksLock, take
from dms_desktop.store.manifest import NAME, Manifest, manifest_from

_SMALL = 16 << 20  # bytes of a manifest or a secret that are believed


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back; `kept` is where the books that lay there before are now."""

    manifest: Manifest
    kept: Path | None = None
    kit: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Backup:
    """A container and what opens it: the owner's identity, or None for one in the clear."""

    container: Path
    identity: str | None = None
    verify: Verify = nothing_more
    although_doubtful: bool = False


def describe(backup: Backup) -> Manifest:
    """What a backup says of itself: its beginning is enough. Raises WrongKey, BackupDamaged."""
    parts = _Parts(backup.container)

    def sink(name: str, size: int) -> Callable[[memoryview], object] | None:
        if parts.small:
            raise Enough
        return parts(name, size)

    with faults_of(backup.container):
        containers.read(backup.container, backup.identity, sink)
    return parts.manifest()


def restore(
    backup: Backup,
    to: Driver | Path | str,
    *,
    held: BooksLock | None = None,
    progress: Progress = silent,
) -> Restored:
    """Put the books of a backup at `to`; the ones there are kept beside it under another name.

    A PostgreSQL backup goes into an empty database, never over another. Older books come back as
    old as they were: the next start upgrades them. Whatever fails, what lies there is untouched.
    Raises WrongKey, BackupDamaged, BackupDoubtful (unless `although_doubtful`), BooksNewer,
    BooksExist, BooksForeign, BooksBusy, DiskFull and the other faults of a place.
    """
    driver = driver_of(to)
    with faults_of(name_of(driver)):
        if isinstance(driver, Postgres):
            return _to_server(backup, driver, progress)
        with take(driver.path, "dms restore") if held is None else nullcontext():
            return _to_file(backup, driver.path, progress)


def drill(backup: Backup, folder: Path, server: str = "") -> Manifest:
    """Prove that a backup would come back, and throw the result away. Raises what `restore` does.

    `folder`: where there is room for the books in the clear, for a while. `server`: the URL of any
    database on the server that a PostgreSQL backup is tried on.
    """
    with faults_of(backup.container):
        with tempfile.TemporaryDirectory(prefix=".dms-drill-", dir=folder) as name:
            parts = _unpacked(backup, Path(name) / "books", silent)
            if parts.manifest().database == "sqlite":
                _prove_file(backup, parts)
            else:
                _prove_dump(backup, parts, server, silent)
        return parts.manifest()


class _Parts:
    """Takes a container's members: the books into a file, small ones into memory."""

    def __init__(self, container: Path, books: Path | None = None) -> None:
        self.container, self.books = container, books
        self.small: dict[str, bytearray] = {}
        self._file: IO[bytes] | None = None

    def __call__(self, name: str, size: int) -> Callable[[memoryview], object] | None:
        if name in BOOKS.values() and self.books is not None and self._file is None:
            copying.need_space(self.books.parent, size, self.books)
            self._file = self.books.open("wb")
            return self._file.write
        if (name == NAME or name.startswith(KIT)) and size <= _SMALL:
            return self.small.setdefault(name, bytearray()).extend
        return None

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def manifest(self) -> Manifest:
        try:
            return manifest_from(bytes(self.small[NAME]))
        except (KeyError, ValueError) as error:
            raise self.damaged(f"no manifest: {error}") from error

    def kit(self) -> dict[str, bytes]:
        return {
            name.removeprefix(KIT): bytes(secret)
            for name, secret in self.small.items()
            if name.startswith(KIT)
        }

    def damaged(self, found: str) -> BackupDamaged:
        return BackupDamaged(self.container, container=str(self.container), found=found)


def _unpacked(backup: Backup, books: Path, progress: Progress) -> _Parts:
    """All parts, the books being what the manifest says they are."""
    parts = _Parts(backup.container, books)
    try:
        containers.read(backup.container, backup.identity, parts, progress)
    finally:
        parts.close()
    manifest = parts.manifest()
    if manifest.revision > REVISION:
        raise BooksNewer(backup.container, revision=manifest.revision, ours=REVISION)
    if not books.exists() or sha256_of(books) != manifest.sha256:
        raise parts.damaged("the books in it are not those of its manifest")
    if manifest.findings and not backup.although_doubtful:
        raise BackupDoubtful(
            backup.container, container=str(backup.container), found=list(manifest.findings)
        )
    return parts


def _judge(backup: Backup, revision: int, books: Path | str) -> None:
    """What the trade's own checks say. They know this program's tables: older books wait for them
    until they are upgraded."""
    found = list(backup.verify(books)) if revision == REVISION else []
    if found and not backup.although_doubtful:
        raise BackupDoubtful(backup.container, container=str(backup.container), found=found)


def _prove_file(backup: Backup, parts: _Parts) -> None:
    assert parts.books is not None
    try:
        revision = standing(parts.books).revision
        examine(parts.books)
    except (BooksDamaged, BooksForeign) as error:
        raise parts.damaged(str(error)) from error
    _judge(backup, revision, parts.books)


def _prove_dump(backup: Backup, parts: _Parts, server: str, progress: Progress) -> None:
    assert parts.books is not None
    try:
        with tools.scratch_database(server) as scratch:
            tools.load(scratch, parts.books, progress)
            _judge(backup, standing(scratch).revision, scratch)
    except tools.ToolFailed as error:
        raise parts.damaged(str(error)) from error


def _to_file(backup: Backup, path: Path, progress: Progress) -> Restored:
    new = path.with_name(path.name + ".restoring")
    copying.remove(new)
    try:
        parts = _unpacked(backup, new, progress)
        if parts.manifest().database != "sqlite":
            raise BackupFailed(path, found="these books belong on a PostgreSQL server")
        progress("check", 0)
        _prove_file(backup, parts)
        copying.flush(new)
        progress("swap", 0)
        kept = _put(new, path)
    finally:
        copying.remove(new)
    return Restored(parts.manifest(), kept, parts.kit())


def _put(new: Path, path: Path) -> Path | None:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    kept = path.with_name(f"{path.stem}.before-restore-{stamp}{path.suffix}")
    try:
        standing(path)
        copying.swap(new, path, keep=kept)
    except BooksNewer:
        copying.swap(new, path, keep=kept)
    except BooksMissing:
        copying.set_aside(path, kept)  # a WAL without its file would be read into the new one
        copying.put_new(new, path)
        return None
    except BooksDamaged:
        copying.set_aside(path, kept)
        copying.force(new, path)
    return kept


def _to_server(backup: Backup, driver: Postgres, progress: Progress) -> Restored:
    name = name_of(driver)
    try:
        standing(driver)
    except BooksMissing:
        pass
    else:
        raise BooksExist(name)
    with tempfile.TemporaryDirectory(prefix="dms-restore-") as folder:
        parts = _unpacked(backup, Path(folder) / "books", progress)
        if parts.manifest().database != "postgres":
            raise BackupFailed(name, found="these books belong into a file")
        assert parts.books is not None
        _prove_dump(backup, parts, driver.url, progress)
        try:
            tools.load(driver.url, parts.books, progress)
        except tools.ToolFailed as error:
            raise BackupFailed(name, found=str(error)) from error
    return Restored(parts.manifest(), None, parts.kit())
