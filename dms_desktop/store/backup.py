"""Backups that were proved to open: taken while bills go on, sealed, read back, kept by rules."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dms_desktop.store import copying
from dms_desktop.store import postgres_tools as tools
from dms_desktop.store.backup_key import recipient_of
from dms_desktop.store.container import CLEAR, SEALED, Member, sha256_of, write
from dms_desktop.store.copying import Progress, silent
from dms_desktop.store.drivers import Driver, Postgres, Sqlite
from dms_desktop.store.faults import (
    BackupDamaged,
    BackupFailed,
    NoBackupKey,
    faults_of,
)
from dms_desktop.store.health import (
    driver_of,
    examine,
    name_of,
    open_unchanging,
    revision_on_server,
    standing,
)
from dms_desktop.store.manifest import NAME, Manifest, note_of, read_note, write_note
from dms_desktop.store.measure import audit_tips, measure, origin
from dms_desktop.store.rotation import Kept, to_drop

# Given the path of a copy, or the URL of a scratch database, it answers what is wrong in there.
Verify = Callable[[Path | str], Sequence[str]]

BOOKS = {"sqlite": "books.db", "postgres": "books.dump"}  # their name in the container
KIT = "kit/"  # what opens the books on another PC, and lies in sealed containers only
_STALE = 6 * 3600  # seconds after which a copy that a crash left behind is nobody's


@dataclass(frozen=True, slots=True)
class Request:
    """How a backup is made. `label`: a year's close is "fy2026" and is kept for years.

    `clear` asks for one that anybody can read; else the books' key or `recipient` seals it.
    `kit`: small secrets by name, such as the pepper of the PINs.
    """

    program: str
    label: str = ""
    recipient: str | None = None
    clear: bool = False
    kit: Mapping[str, bytes] | None = None
    now: datetime | None = None


def nothing_more(_books: Path | str) -> Sequence[str]:
    """The pages and foreign keys are checked in any case."""
    return ()


def take(
    books: Driver | Path | str,
    folder: Path,
    request: Request,
    *,
    verify: Verify = nothing_more,
    progress: Progress = silent,
) -> Kept:
    """Make a backup in `folder`; it appears there only when it is whole and was read back.

    When `verify` finds something the backup is made all the same and marked doubtful: it is never
    counted as the last good one. Raises NoBackupKey, BooksDamaged (nothing worth keeping),
    BackupFailed, DiskFull, ToolMissing and what a start would raise for the books.
    """
    driver = driver_of(books)
    recipient = _recipient(driver, request)
    name = name_of(driver)
    with faults_of(name), _workspace(driver) as work:
        if isinstance(driver, Postgres):
            copy, manifest = _from_server(driver, work, request, verify, progress)
        else:
            copy, manifest = _from_file(driver.path, work, request, verify, progress)
        members = [Member(NAME, manifest.encoded()), Member(BOOKS[manifest.database], copy)]
        members += [Member(KIT + key, secret) for key, secret in (request.kit or {}).items()]
        folder.mkdir(parents=True, exist_ok=True)
        stem = driver.path.stem if isinstance(driver, Sqlite) else name.rpartition("/")[2]
        place = folder / _file_name(stem, manifest, sealed=recipient is not None)
        return write_note(write(members, place, recipient, progress), manifest)


def backups_in(folder: Path) -> list[Kept]:
    """Those with a note, the newest first; one of another length than its note says is doubtful."""
    notes = folder.glob(f"*{CLEAR}*.json")
    found = [kept for kept in map(read_note, notes) if kept is not None]
    return sorted(found, key=lambda kept: kept.made_at, reverse=True)


def check(kept: Kept) -> None:
    """Read the whole file and compare: no key needed. Raises BackupDamaged."""
    with faults_of(kept.path):
        if sha256_of(kept.path, fresh=True) != kept.sha256:
            raise BackupDamaged(kept.path, container=str(kept.path), found="it has changed")


def rotate(folder: Path, now: datetime) -> list[Path]:
    """Remove what no rule keeps; what has no note of ours is not touched. What was removed."""
    found, gone = backups_in(folder), []
    for company in {kept.origin for kept in found}:
        for kept in to_drop([kept for kept in found if kept.origin == company], now):
            kept.path.unlink(missing_ok=True)
            note_of(kept.path).unlink(missing_ok=True)
            gone.append(kept.path)
    return gone


def _recipient(driver: Sqlite | Postgres, request: Request) -> str | None:
    if request.clear:
        if request.kit:
            raise ValueError("secrets do not go into a backup that anybody can read")
        return None
    found = request.recipient
    if found is None and isinstance(driver, Sqlite):
        found = recipient_of(driver.path)
    if found is None:
        raise NoBackupKey(name_of(driver))
    return found


@contextmanager
def _workspace(driver: Sqlite | Postgres) -> Iterator[Path]:
    """A private folder for the copy in the clear: beside the books, which lie in the clear too."""
    if isinstance(driver, Postgres):
        with tempfile.TemporaryDirectory(prefix="dms-backup-") as folder:
            yield Path(folder)
        return
    path = driver.path
    prefix = f".{path.name}.backup-"
    for old in path.parent.glob(f"{prefix}*"):
        if time.time() - old.stat().st_mtime > _STALE:
            shutil.rmtree(old, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=path.parent) as folder:
        yield Path(folder)


def _from_file(
    path: Path, work: Path, request: Request, verify: Verify, progress: Progress
) -> tuple[Path, Manifest]:
    copying.need_space(work, 2 * path.stat().st_size, path)
    copy = work / BOOKS["sqlite"]
    copying.copy_books(path, copy, progress)
    progress("check", 0)
    revision = standing(copy).revision
    examine(copy)
    findings = tuple(verify(copy))
    raw = open_unchanging(copy)
    try:
        return copy, _manifest(raw, "sqlite", copy, revision, request, findings)
    finally:
        raw.close()


def _from_server(
    driver: Postgres, work: Path, request: Request, verify: Verify, progress: Progress
) -> tuple[Path, Manifest]:
    """The dump is proved by loading it into a database of its own, which is thrown away."""
    import psycopg

    copy = work / BOOKS["postgres"]
    try:
        tools.dump(driver.url, copy, progress)
        with tools.scratch_database(driver.url) as scratch:
            tools.load(scratch, copy, progress)
            progress("check", 0)
            findings = tuple(verify(scratch))
            with psycopg.connect(scratch) as raw:
                revision = revision_on_server(raw, name_of(driver))
                return copy, _manifest(raw, "postgres", copy, revision, request, findings)
    except tools.ToolFailed as error:
        raise BackupFailed(name_of(driver), found=str(error)) from error


def _manifest(
    raw: Any, database: str, copy: Path, revision: int, request: Request, findings: tuple[str, ...]
) -> Manifest:
    amounts = measure(raw, database)
    now = request.now or datetime.now(UTC)
    return Manifest(
        made_at=now.astimezone(UTC).isoformat(timespec="milliseconds"),
        database=database,
        revision=revision,
        program=request.program,
        origin=origin(raw),
        label=request.label,
        size=copy.stat().st_size,
        sha256=sha256_of(copy),
        counts=amounts.counts,
        totals=amounts.totals,
        audit_tips=audit_tips(raw),
        findings=findings,
    )


def _file_name(name: str, manifest: Manifest, *, sealed: bool) -> str:
    """shop-20260401T101500123Z-fy2026.tar.zst.age: it sorts by time."""
    stamp = "".join(c for c in manifest.made_at.partition("+")[0] if c.isalnum())
    label = f"-{manifest.label}" if manifest.label else ""
    return f"{name}-{stamp}Z{label}{SEALED if sealed else CLEAR}"
