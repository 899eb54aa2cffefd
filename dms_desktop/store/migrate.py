"""Makes new books, and brings old ones to this program's version without ever risking them."""

from __future__ import annotations

import glob
import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dms_desktop.store import copying
from dms_desktop.store import postgres_tools as tools
from dms_desktop.store.copying import Progress, silent
from dms_desktop.store.drivers import Driver, Postgres
from dms_desktop.store.faults import (
    BooksExist,
    BooksFault,
    BooksMissing,
    Stopped,
    UpgradeFailed,
    as_fault,
    faults_of,
)
from dms_desktop.store.health import (
    APPLICATION_ID,
    driver_of,
    examine,
    findings,
    name_of,
    revision_on_server,
    standing,
)
from dms_desktop.store.lock import BooksLock, take
from dms_desktop.store.measure import Measure, measure
from dms_desktop.store.revisions import (
    OURS,
    Plan,
    differences,
    fresh_schema,
    postgres_transaction,
    run,
    schema,
    sqlite_transaction,
)

log = logging.getLogger(__name__)

SPACE = 3  # times the size of the books: the copy kept, the copy worked on, and its journal
COPIES_KEPT = 90 * 86_400  # seconds
_LOCK_SECONDS = 5
Schema = dict[tuple[str, str], tuple[str, ...]]


class UnsoundUpgrade(Exception):
    """A check after the revisions found what must not be; it reaches callers as UpgradeFailed."""


@dataclass(frozen=True, slots=True)
class Upgraded:
    """From which revision to which; `kept` is a verified copy of the books as they were."""

    before: int
    after: int
    kept: Path | None = None


def create(books: Driver | Path | str, *, plan: Plan = OURS) -> None:
    """New, empty books: all tables and what every book begins with. Nothing half-made is left.

    Raises BooksExist, BooksOnShare, BooksReadOnly, DiskFull, BooksBusy; BooksForeign for a
    PostgreSQL database that holds somebody's tables.
    """
    driver = driver_of(books)
    if isinstance(driver, Postgres):
        _create_on_server(driver, plan)
        return
    path = driver.path
    if path.exists():
        raise BooksExist(path)
    with faults_of(path), take(path, "dms create"):
        new = path.with_name(path.name + ".creating")
        copying.remove(new)
        try:
            _make(new, plan)
            copying.put_new(new, path)
        except FileExistsError as error:
            raise BooksExist(path) from error
        finally:
            copying.remove(new)


def upgrade(
    books: Driver | Path | str,
    *,
    held: BooksLock | None = None,
    keep_in: Path | None = None,
    progress: Progress = silent,
    plan: Plan = OURS,
) -> Upgraded | None:
    """Bring the books to this program's revision; None when they are there already.

    A SQLite file is copied twice: one copy is checked and kept beside the books (or in `keep_in`),
    the other is migrated, checked, and put in their place in one step. On a server all is one
    transaction; a dump is kept if `keep_in` is given. Whatever fails, the books are what they were.
    `held`: the lock, when the caller has it already.
    Raises every BooksFault; UpgradeFailed for what went wrong inside a revision or a check.
    """
    driver = driver_of(books)
    before = standing(driver, ours=plan.head).revision
    if before == plan.head:
        return None
    if isinstance(driver, Postgres):
        return _upgrade_server(driver, plan, keep_in, progress)
    path = driver.path
    with faults_of(path):
        lock = held or take(path, "dms upgrade")
        try:
            return _upgrade_file(path, keep_in or path.parent, plan, progress)
        finally:
            if held is None:
                lock.release()


def drop_old_copies(path: Path, now: float) -> list[Path]:
    """Remove the copies that upgrades kept beside the books more than 90 days before `now` (seconds
    since 1970); nobody goes back after so many bills. What was removed."""
    gone = []
    for copy in path.parent.glob(f"{glob.escape(path.stem)}.pre-*{path.suffix}"):
        ours = re.fullmatch(r"\.pre-\d{4}-\d{8}T\d{12}Z", copy.stem[len(path.stem) :])
        if ours and now - copy.stat().st_mtime > COPIES_KEPT:
            copy.unlink()
            gone.append(copy)
    return gone


def _make(new: Path, plan: Plan) -> None:
    raw = _open(new)
    try:
        with sqlite_transaction(raw) as connection:
            run(connection, plan)
        copying.in_wal_mode(raw)
    finally:
        raw.close()
    copying.flush(new)


def _open(path: Path) -> Any:
    """For a file that nobody else knows of yet: it is flushed once, when it is done."""
    from sqlcipher3 import dbapi2

    raw = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=DELETE", "synchronous=OFF", "foreign_keys=OFF"):
        raw.execute(f"PRAGMA {pragma}")
    return raw


def _upgrade_file(path: Path, folder: Path, plan: Plan, progress: Progress) -> Upgraded | None:
    before = standing(path, ours=plan.head).revision
    if before == plan.head:  # another process did it while we waited for the lock
        return None
    copying.need_space(folder, SPACE * path.stat().st_size, path)
    kept = _keep(path, folder, before, progress)
    work = path.with_name(path.name + ".upgrading")
    try:
        copying.copy_books(path, work)
        _migrate_copy(work, before, plan, progress)
        progress("swap", 0)
        copying.swap(work, path)
    except BaseException as error:
        kept.unlink()  # the books themselves are what it is: a failing start must not pile them up
        if isinstance(error, Exception) and not isinstance(error, Stopped):
            raise _failure(error, path, before, plan) from error
        raise
    finally:
        copying.remove(work)
    log.info("books upgraded from %s to %s; the old ones are %s", before, plan.head, kept)
    return Upgraded(before, plan.head, kept)


def _kept_name(stem: str, revision: int, suffix: str) -> str:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    return f"{stem}.pre-{revision:04}-{stamp}{suffix}"


def _keep(path: Path, folder: Path, revision: int, progress: Progress) -> Path:
    """A checked copy that the program of that revision can open as it is. Never overwritten."""
    kept = folder / _kept_name(path.stem, revision, path.suffix)
    new = kept.with_name(kept.name + ".part")
    try:
        copying.copy_books(path, new, progress)
        progress("check", 0)
        examine(new)
        copying.put_new(new, kept)
    finally:
        copying.remove(new)
    return kept


def _migrate_copy(work: Path, before: int, plan: Plan, progress: Progress) -> None:
    def told(revision: int) -> None:
        progress("upgrade", (revision - before) / (plan.head - before))

    raw = _open(work)
    try:
        with sqlite_transaction(raw) as connection:
            old = measure(raw, "sqlite")
            run(connection, plan, told)
            progress("check", 0)
            _check(raw, "sqlite", old, before, plan)
            found = findings(raw)
            found += _drift(schema(raw), fresh_schema(plan))
            if found:
                raise UnsoundUpgrade("; ".join(found))
        copying.in_wal_mode(raw)
    finally:
        raw.close()
    copying.flush(work)
    if standing(work, ours=plan.head).revision != plan.head:
        raise UnsoundUpgrade("the version did not reach the file")


def _check(raw: Any, database: str, old: Measure, before: int, plan: Plan) -> None:
    changed = measure(raw, database).differs_from(old, differences(plan, before))
    if changed:
        raise UnsoundUpgrade("; ".join(changed))


def _drift(found: Schema, wanted: Schema) -> list[str]:
    """Where upgraded books are not built as new ones are: a trigger lost, a column out of place."""
    names = sorted(key for key in found | wanted if found.get(key) != wanted.get(key))
    return [f"{kind} {name} is not as in new books" for kind, name in names]


def _failure(error: Exception, name: object, before: int, plan: Plan) -> BooksFault:
    fault = as_fault(error, str(name))
    if fault is not None:
        return fault
    log.error("the upgrade failed", exc_info=error)
    found = f"{type(error).__name__}: {error}"
    return UpgradeFailed(name, revision=before, ours=plan.head, found=found)


def _connect_for_migration(driver: Postgres) -> Any:
    import psycopg

    return psycopg.connect(driver.url, options=f"-c lock_timeout={_LOCK_SECONDS}s")


def _create_on_server(driver: Postgres, plan: Plan) -> None:
    name = name_of(driver)
    with faults_of(name), _connect_for_migration(driver) as raw, postgres_transaction(raw) as tx:
        _one_at_a_time(raw)
        try:
            revision_on_server(raw, name)
        except BooksMissing:
            run(tx, plan)
        else:
            raise BooksExist(name)


def _upgrade_server(
    driver: Postgres, plan: Plan, keep_in: Path | None, progress: Progress
) -> Upgraded | None:
    """The server's DDL is transactional: all revisions and their checks are one transaction.

    Of several counters one upgrades; the others wait a little, find it done, or get BooksBusy.
    """
    name, before = name_of(driver), plan.head
    try:
        with _connect_for_migration(driver) as raw, postgres_transaction(raw) as tx:
            _one_at_a_time(raw)
            before = revision_on_server(raw, name)
            if before >= plan.head:
                return None
            kept = _keep_dump(driver, keep_in, before, progress)
            old = measure(raw, "postgres")
            progress("upgrade", 0)
            run(tx, plan)
            _check(raw, "postgres", old, before, plan)
    except Stopped:
        raise
    except Exception as error:
        raise _failure(error, name, before, plan) from error
    return Upgraded(before, plan.head, kept)


def _keep_dump(
    driver: Postgres, folder: Path | None, revision: int, progress: Progress
) -> Path | None:
    if folder is None:
        return None
    kept = folder / _kept_name(name_of(driver).rpartition("/")[2], revision, ".dump")
    try:
        tools.dump_proved(driver.url, kept, progress)
    except BaseException:
        kept.unlink(missing_ok=True)
        raise
    copying.flush(kept)
    copying.flush_folder(folder)
    return kept


def _one_at_a_time(raw: Any) -> None:
    raw.execute("SELECT pg_advisory_xact_lock(%s)", (APPLICATION_ID,))
