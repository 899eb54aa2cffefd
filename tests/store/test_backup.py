"""A backup holds all the books as of one instant, and only the owner's key opens it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyrage
import pytest
import zstandard

from dms_desktop.store.backup import Request, backups_in, check, rotate, take
from dms_desktop.store.backup_key import (
    BackupKey,
)
from dms_desktop.store.faults import (
    BackupDoubtful,
    BooksDamaged,
    BooksMissing,
    DiskFull,
    NoBackupKey,
    Stopped,
)
from dms_desktop.store.health import examine, standing
from dms_desktop.store.restore import Backup, describe, restore
from tests.store.a_book import doubt, leftovers, opened, rows

OURS = Request("0.1.0")
CLEAR = Request("0.1.0", clear=True)
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_a_backup_taken_amid_writes_is_one_instant_of_the_books(
    book: Path, key: BackupKey, safe: Path
) -> None:
    """Each write moves a rupee between two balances and counts itself: they always add up."""
    with opened(book) as raw:
        raw.execute("INSERT INTO turnover (year, paise) VALUES (1, 1000000), (2, 0), (3, 0)")
        raw.execute("CREATE TABLE padding (x BLOB)")
        raw.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)"
            " INSERT INTO padding SELECT randomblob(1000) FROM n"
        )
    stop = threading.Event()
    done = 0

    def bill() -> None:
        nonlocal done
        with opened(book) as raw:
            while not stop.is_set():
                raw.execute("BEGIN IMMEDIATE")
                raw.execute("UPDATE turnover SET paise = paise - 100 WHERE year = 1")
                raw.execute("UPDATE padding SET x = randomblob(1000) WHERE rowid % 997 = 0")
                raw.execute("UPDATE turnover SET paise = paise + 100 WHERE year = 2")
                raw.execute("UPDATE turnover SET paise = paise + 1 WHERE year = 3")
                raw.execute("COMMIT")
                done += 1

    writer = threading.Thread(target=bill)
    writer.start()
    try:
        while done < 3:
            pass
        before = done
        kept = take(book, safe, OURS)
        after = done
    finally:
        stop.set()
        writer.join()
    assert after > before, "nothing was written meanwhile: this proves nothing"
    back = safe / "back.db"
    restore(Backup(kept.path, key.identity), back)
    examine(back)
    asked = "SELECT year, paise FROM turnover WHERE year < 4"
    (_, left), (_, moved), (_, count) = rows(back, asked)
    assert left + moved == 1_000_000
    assert moved == 100 * count
    assert before <= count <= done


def test_a_backup_says_what_it_holds_and_leaves_nothing_else_behind(
    book: Path, key: BackupKey, safe: Path
) -> None:
    kept = take(book, safe, Request("0.1.0", label="fy2026", kit={"pepper": b"salt"}, now=NOW))
    assert kept.path.name == "books-20261121T120000000Z-fy2026.tar.zst.age"
    assert {path.name for path in safe.iterdir()} == {kept.path.name, kept.path.name + ".json"}
    assert leftovers(book) == {"books.db.backup-key"}
    assert backups_in(safe) == [kept]
    assert kept.verified
    assert kept.sha256 == hashlib.sha256(kept.path.read_bytes()).hexdigest()
    check(kept)
    manifest = describe(Backup(kept.path, key.identity))
    assert manifest.counts["document"] == 1
    assert manifest.totals["ledger_entry.paise"] == 100
    assert manifest.audit_tips == [{"counter": "x100", "seq": 100, "hash": b"100".hex()}]
    assert (manifest.revision, manifest.program) == (standing(book).revision, "0.1.0")
    note = json.loads(kept.path.with_name(kept.path.name + ".json").read_text())
    assert not {"counts", "totals"} & set(note)


def test_common_tools_open_it_with_the_owners_key(book: Path, key: BackupKey, safe: Path) -> None:
    kept = take(book, safe, Request("0.1.0", kit={"pepper": b"salt"}))
    identity = pyrage.x25519.Identity.from_str(key.identity)
    packed = pyrage.decrypt(kept.path.read_bytes(), [identity])
    plain = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed)).read()
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        assert archive.getnames() == ["manifest.json", "books.db", "kit/pepper"]
        books = archive.extractfile("books.db")
        assert books is not None
        data = books.read()
    assert data.startswith(b"SQLite format 3\0")
    assert describe(Backup(kept.path, key.identity)).sha256 == hashlib.sha256(data).hexdigest()


def test_nothing_of_the_books_can_be_read_in_a_sealed_backup(
    book: Path, key: BackupKey, safe: Path
) -> None:
    with opened(book) as raw:
        raw.execute("UPDATE party SET name = 'Sharma Kirana Stores'")
    take(book, safe, Request("0.1.0", kit={"pepper": b"very secret salt"}))
    for path in safe.iterdir():
        for word in (b"Sharma", b"Kirana", b"CREATE TABLE", b"secret salt", b"SQLite"):
            assert word not in path.read_bytes()


def test_no_backup_is_left_in_the_clear_unless_that_is_asked_for(book: Path, safe: Path) -> None:
    with pytest.raises(NoBackupKey):
        take(book, safe, OURS)
    with pytest.raises(ValueError, match="secrets"):
        take(book, safe, Request("0.1.0", clear=True, kit={"pepper": b"salt"}))
    kept = take(book, safe, CLEAR)
    assert kept.path.name.endswith(".tar.zst")
    restore(Backup(kept.path), safe / "back.db")
    assert rows(safe / "back.db", "SELECT code FROM item") == [("x100",)]


def test_books_that_do_not_add_up_are_saved_but_never_count_as_good(book: Path, safe: Path) -> None:
    good = take(book, safe, Request("0.1.0", clear=True, now=NOW - timedelta(days=2)))
    doubtful = take(book, safe, Request("0.1.0", clear=True, now=NOW), verify=doubt)
    assert not doubtful.verified
    assert backups_in(safe) == [doubtful, good]
    assert rotate(safe, NOW) == []
    with pytest.raises(BackupDoubtful) as refused:
        restore(Backup(doubtful.path), safe / "back.db")
    assert refused.value.facts["found"] == doubt(book)
    restore(Backup(doubtful.path, although_doubtful=True), safe / "back.db")
    examine(safe / "back.db")


def test_no_empty_books_appear_where_there_are_none(safe: Path) -> None:
    safe.mkdir()
    with pytest.raises(BooksMissing):
        take(safe / "books.db", safe, CLEAR)
    assert list(safe.iterdir()) == []


def test_damaged_books_make_no_backup(book: Path, safe: Path) -> None:
    with book.open("r+b") as file:
        file.seek(4096 * 20)
        file.write(b"\xff" * 4096)
    with pytest.raises(BooksDamaged):
        take(book, safe, CLEAR)
    assert not safe.exists()
    assert leftovers(book) == set()


@pytest.mark.parametrize("step", ["copy", "check", "pack"])
def test_a_backup_that_is_stopped_leaves_nothing(
    book: Path, key: BackupKey, safe: Path, step: str
) -> None:
    def stop(now: str, _part: float) -> None:
        if now == step:
            raise Stopped

    with pytest.raises(Stopped):
        take(book, safe, OURS, progress=stop)
    assert not safe.exists() or list(safe.iterdir()) == []
    assert leftovers(book) == {"books.db.backup-key"}


def test_a_copy_that_a_crash_left_in_the_clear_is_cleared_away(
    book: Path, key: BackupKey, safe: Path
) -> None:
    old, fresh = (book.with_name(f".books.db.backup-{name}") for name in ("old", "fresh"))
    for place in (old, fresh):
        place.mkdir()
        (place / "books.db").write_text("all our dues")
    os.utime(old, (0, 0))
    take(book, safe, OURS)
    assert not old.exists()
    assert fresh.exists()  # perhaps another process is at it


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB, which only root can make."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    place = tmp_path / "usb"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts no tmpfs")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("clear", [True, False])
def test_a_full_medium_is_said_so_and_keeps_its_older_backups(
    book: Path, key: BackupKey, small_disk: Path, clear: bool
) -> None:
    request = Request("0.1.0", clear=clear)
    kept = take(book, small_disk, request)
    with opened(book) as raw:
        raw.execute("CREATE TABLE noise (x BLOB)")
        raw.execute("INSERT INTO noise VALUES (randomblob(1000000))")
    with pytest.raises(DiskFull):
        take(book, small_disk, request)
    assert backups_in(small_disk) == [kept]
    assert len(list(small_disk.iterdir())) == 2
    check(kept)
