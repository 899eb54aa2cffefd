"""A backup holds all the books, opens only for the owner, and comes back whole or not at all."""

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
from typing import Any

import pyrage
import pytest
import zstandard

from dms_desktop.store import lock
from dms_desktop.store.backup import Request, backups_in, check, rotate, take
from dms_desktop.store.backup_key import (
    BackupKey,
    forget_identity,
    keep_identity,
    kept_identity,
    key_from,
    new_key,
    recipient_of,
    save_recipient,
)
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.faults import (
    BackupDamaged,
    BackupDoubtful,
    BooksBusy,
    BooksDamaged,
    BooksExist,
    BooksFault,
    BooksForeign,
    BooksNewer,
    DiskFull,
    NoBackupKey,
    Stopped,
    WrongKey,
)
from dms_desktop.store.health import examine, standing
from dms_desktop.store.migrate import create, upgrade
from dms_desktop.store.restore import Backup, describe, drill, restore
from dms_desktop.store.rotation import INDIA, Kept, to_drop
from tests.store.a_book import fill, later, leftovers, opened

OURS = Request("0.1.0")
CLEAR = Request("0.1.0", clear=True)
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def key(book: Path) -> BackupKey:
    made = new_key()
    save_recipient(book, made.recipient)
    return made


@pytest.fixture
def safe(tmp_path: Path) -> Path:
    return tmp_path / "safe"


def rows(books: Path | str, sql: str) -> list[Any]:
    with opened(books) as raw:
        found: list[Any] = raw.execute(sql).fetchall()
        return found


def doubt(_books: Path | str) -> list[str]:
    return ["stock of lot 7 is 3, its moves say 4"]


# --- taking ---------------------------------------------------------------------------------------


def test_a_backup_taken_amid_writes_is_one_instant_of_the_books(
    book: Path, key: BackupKey, safe: Path
) -> None:
    """Each write moves a rupee between two balances and counts itself: they always add up."""
    with opened(book) as raw:
        raw.execute("INSERT INTO turnover VALUES (1, 1000000), (2, 0), (3, 0)")
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
    (_, left), (_, moved), (_, count) = rows(back, "SELECT * FROM turnover WHERE year < 4")
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


# --- coming back ----------------------------------------------------------------------------------


def test_the_books_of_before_are_kept_when_a_backup_takes_their_place(
    book: Path, key: BackupKey, safe: Path
) -> None:
    kept = take(book, safe, Request("0.1.0", kit={"pepper": b"salt"}))
    fill(book, 101)  # the next day's work
    done = restore(Backup(kept.path, key.identity), book)
    assert rows(book, "SELECT id FROM document") == [(100,)]
    assert done.kit == {"pepper": b"salt"}
    assert done.kept is not None
    assert rows(done.kept, "SELECT id FROM document ORDER BY id") == [(100,), (101,)]
    fill(book, 101)  # and billing goes on
    examine(book)


def test_work_in_the_wal_of_damaged_books_is_kept_and_never_mixed_in(
    book: Path, key: BackupKey, safe: Path
) -> None:
    kept = take(book, safe, OURS)
    code = (
        "import os, sys; sys.path[:0] = sys.argv[2:]\n"
        "from pathlib import Path; from tests.store.a_book import driver_for\n"
        "raw = driver_for(Path(sys.argv[1])).connect(write=True)\n"
        "raw.execute(\"UPDATE party SET city = 'Nashik'\"); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(book), *sys.path], check=True)
    wal = book.with_name("books.db-wal").read_bytes()
    assert wal
    with book.open("r+b") as file:
        file.write(b"not any more a database")
    done = restore(Backup(kept.path, key.identity), book)
    assert done.kept is not None
    assert done.kept.with_name(done.kept.name + "-wal").read_bytes() == wal
    assert rows(book, "SELECT city FROM party") == [("x100",)]
    examine(book)


def test_a_wal_whose_file_is_gone_is_not_read_into_the_restored_one(
    book: Path, key: BackupKey, safe: Path
) -> None:
    kept = take(book, safe, OURS)
    book.unlink()
    book.with_name("books.db-wal").write_bytes(b"orphan")
    restore(Backup(kept.path, key.identity), book)
    assert not book.with_name("books.db-wal").exists()
    assert rows(book, "SELECT id FROM document") == [(100,)]


def test_a_restore_does_not_take_open_books_away(book: Path, key: BackupKey, safe: Path) -> None:
    kept = take(book, safe, OURS)
    with lock.take(book, "the counter"), pytest.raises(BooksBusy):
        restore(Backup(kept.path, key.identity), book)
    reader = driver_for(book).connect(write=False)
    reader.execute("SELECT count(*) FROM party").fetchall()
    with pytest.raises(BooksBusy):
        restore(Backup(kept.path, key.identity), book)
    reader.close()
    assert leftovers(book) == {"books.db.backup-key"}


def test_another_programs_file_is_not_replaced(book: Path, key: BackupKey, safe: Path) -> None:
    kept = take(book, safe, OURS)
    theirs = safe / "tally.dat"
    theirs.write_bytes(b"somebody's ledger")
    with pytest.raises(BooksForeign):
        restore(Backup(kept.path, key.identity), theirs)
    assert theirs.read_bytes() == b"somebody's ledger"


def test_only_the_right_key_opens_it(book: Path, key: BackupKey, safe: Path) -> None:
    kept = take(book, safe, OURS)
    for wrong in (new_key().identity, None, "AGE-SECRET-KEY-1NONSENSE"):
        with pytest.raises(WrongKey):
            describe(Backup(kept.path, wrong))
        with pytest.raises(WrongKey):
            restore(Backup(kept.path, wrong), safe / "back.db")
    assert not (safe / "back.db").exists()


@pytest.mark.parametrize("clear", [True, False])
def test_no_damage_to_a_backup_goes_unseen(
    book: Path, key: BackupKey, safe: Path, clear: bool
) -> None:
    kept = take(book, safe, Request("0.1.0", clear=clear))
    whole = kept.path.read_bytes()
    size = len(whole)
    last = size - 5 if clear else size - 1  # the last four in the clear are only a checksum
    damaged = [whole[:cut] for cut in (0, 10, size // 2, last)]
    damaged += [
        whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :]
        for at in range(20, size, size // 40)
    ]
    for data in damaged:
        kept.path.write_bytes(data)
        with pytest.raises((BackupDamaged, WrongKey)):
            restore(Backup(kept.path, key.identity), book)
        with pytest.raises(BackupDamaged):
            check(kept)
    assert leftovers(book) == {"books.db.backup-key"}
    assert rows(book, "SELECT id FROM document") == [(100,)]
    kept.path.write_bytes(whole[:-1])
    assert [found.verified for found in backups_in(safe)] == [False]
    kept.path.write_bytes(whole)
    restore(Backup(kept.path, key.identity), book)


def test_a_restore_that_is_stopped_changes_nothing(book: Path, key: BackupKey, safe: Path) -> None:
    kept = take(book, safe, OURS)
    fill(book, 101)

    def stop(step: str, _part: float) -> None:
        if step == "swap":
            raise Stopped

    with pytest.raises(Stopped):
        restore(Backup(kept.path, key.identity), book, progress=stop)
    assert rows(book, "SELECT count(*) FROM document") == [(2,)]
    assert leftovers(book) == {"books.db.backup-key"}


def test_the_domains_own_checks_judge_what_comes_back(
    book: Path, key: BackupKey, safe: Path
) -> None:
    kept = take(book, safe, OURS)
    with pytest.raises(BackupDoubtful):
        restore(Backup(kept.path, key.identity, verify=doubt), book)
    with pytest.raises(BackupDoubtful):
        drill(Backup(kept.path, key.identity, verify=doubt), safe)


def test_a_trial_restore_leaves_no_books_lying_about(
    book: Path, key: BackupKey, safe: Path
) -> None:
    kept = take(book, safe, OURS)
    before = set(safe.iterdir())
    assert drill(Backup(kept.path, key.identity), safe).counts["item"] == 1
    assert set(safe.iterdir()) == before


def test_a_backup_of_a_newer_program_is_not_restored(
    book: Path, key: BackupKey, safe: Path, tmp_path: Path
) -> None:
    kept = take(book, safe, OURS)
    newer = tmp_path / "newer.db"
    restore(Backup(kept.path, key.identity), newer)
    plan = later(tmp_path, 'op.add_column("party", sa.Column("shape", sa.Text()))')
    upgrade(newer, plan=plan)
    with pytest.raises(BooksNewer):
        take(newer, safe, CLEAR)


# --- PostgreSQL -----------------------------------------------------------------------------------


def test_books_on_a_server_come_back_into_an_empty_database(
    server_book: str, postgres_url: str, safe: Path
) -> None:
    key = new_key()
    seen: list[Path | str] = []

    def verify(books: Path | str) -> list[str]:
        seen.append(books)
        assert rows(str(books), "SELECT count(*) FROM document") == [(1,)]
        return []

    request = Request("0.1.0", recipient=key.recipient)
    kept = take(server_book, safe, request, verify=verify)
    assert kept.verified
    assert len(seen) == 1
    assert seen[0] != server_book
    sealed = Backup(kept.path, key.identity)
    manifest = describe(sealed)
    assert manifest.database == "postgres"
    assert manifest.totals["ledger_entry.paise"] == 100
    with pytest.raises(BooksExist):
        restore(sealed, server_book)
    restore(sealed, postgres_url)
    assert standing(postgres_url).is_current
    for table in ("document", "ledger_entry", "party", "audit", "statutory_limit"):
        ordered = f"SELECT * FROM {table} ORDER BY 1"
        assert rows(postgres_url, ordered) == rows(server_book, ordered)
    with pytest.raises(Exception, match="is append-only"):
        rows(postgres_url, "DELETE FROM ledger_entry RETURNING 1")
    fill(postgres_url, 101)
    drill(sealed, safe, server_book)
    left = "SELECT datname FROM pg_database WHERE datname LIKE 'dms_trial_%'"
    assert rows(server_book, left) == []


def test_books_of_a_server_and_of_a_file_do_not_mix(
    book: Path, server_book: str, postgres_url: str, safe: Path
) -> None:
    from_file = take(book, safe, CLEAR)
    from_server = take(server_book, safe, CLEAR)
    with pytest.raises(BooksFault, match="PostgreSQL"):
        restore(Backup(from_server.path), safe / "back.db")
    with pytest.raises(BooksFault, match="file"):
        restore(Backup(from_file.path), postgres_url)


def test_no_password_is_among_the_words_of_a_tool(
    server_book: str, safe: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every user of a machine can read the words that its programs were started with."""
    if os.name == "nt":
        pytest.skip("a shell script stands in for pg_dump here")
    spy = tmp_path / "bin" / "pg_dump"
    spy.parent.mkdir()
    spy.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/words; echo broken >&2; exit 1\n')
    spy.chmod(0o755)
    monkeypatch.setenv("PATH", f"{spy.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(BooksFault, match="broken"):
        take(server_book, safe, CLEAR)
    words = (tmp_path / "words").read_text()
    assert "dbname=" in words
    assert "password=" not in words


# --- which are kept -------------------------------------------------------------------------------


def series(*ages: timedelta, **how: Any) -> list[Kept]:
    return [Kept(Path(f"{age.total_seconds()}"), NOW - age, **how) for age in ages]


def test_a_year_of_hourly_backups_comes_down_to_what_the_rules_keep() -> None:
    every = series(*(timedelta(hours=hours) for hours in range(24 * 400)))
    dropped = set(to_drop(every, NOW))
    kept = [one for one in every if one not in dropped]
    hours = [one.made_at for one in kept if NOW - one.made_at < timedelta(hours=24)]
    assert len(hours) == 24
    days = {one.made_at.astimezone(INDIA).date() for one in kept}
    today = NOW.astimezone(INDIA).date()
    assert {today - timedelta(days=back) for back in range(14)} <= days
    assert len({one.made_at.astimezone(INDIA).isocalendar()[:2] for one in kept}) >= 8
    assert len({(d.year, d.month) for d in days}) == 12
    assert len(kept) <= 24 + 14 + 8 + 12
    assert to_drop(kept, NOW) == []


def test_after_a_month_away_nothing_is_dropped_for_its_age_alone() -> None:
    old = series(*(timedelta(days=60 + day) for day in range(10)))
    assert to_drop(old, NOW) == []


def test_the_newest_good_one_outlives_any_number_of_doubtful_ones() -> None:
    good = series(timedelta(days=500))
    doubtful = series(*(timedelta(days=day) for day in range(1, 40)), verified=False)
    dropped = to_drop(good + doubtful, NOW)
    assert good[0] not in dropped
    assert {one.made_at for one in dropped} == {NOW - timedelta(days=day) for day in range(7, 40)}


def test_the_close_of_a_year_is_kept_for_eight_years() -> None:
    recent = series(*(timedelta(days=day) for day in range(400)))
    closes = [
        Kept(Path(f"fy{year}"), datetime(year, 4, 20, tzinfo=UTC), label=f"fy{year}")
        for year in range(2010, 2027)
    ]
    kept = {one.label for one in closes} - {one.label for one in to_drop(closes + recent, NOW)}
    assert {f"fy{year}" for year in range(2018, 2027)} <= kept
    assert "fy2016" not in kept


def test_rotation_keeps_each_companys_own_and_touches_nothing_else(
    book: Path, key: BackupKey, safe: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other" / "books.db"
    other.parent.mkdir()
    create(other)
    ages = [timedelta(days=900), timedelta(minutes=20), timedelta(minutes=10)]
    ours = [take(book, safe, Request("0.1.0", now=NOW - age)) for age in ages]
    theirs = take(other, safe, Request("0.1.0", clear=True, now=NOW - timedelta(days=800)))
    by_hand = safe / "books-copy.tar.zst.age"
    by_hand.write_bytes(ours[0].path.read_bytes())
    assert rotate(safe, NOW) == [ours[1].path]
    left = {path.name for path in safe.iterdir()}
    assert left == {
        by_hand.name,
        *(one.path.name for one in (ours[0], ours[2], theirs)),
        *(one.path.name + ".json" for one in (ours[0], ours[2], theirs)),
    }


def test_notes_that_say_nothing_are_passed_over(safe: Path) -> None:
    safe.mkdir()
    for number, text in enumerate(("", "[]", "{}", '{"path": "../x", "made_at": "2026-01-01"}')):
        (safe / f"{number}.tar.zst.json").write_text(text)
    assert backups_in(safe) == []


# --- the key --------------------------------------------------------------------------------------


def test_the_printed_key_can_be_typed_again_and_a_slip_is_seen() -> None:
    key = new_key()
    assert key_from(key.printed().lower()) == key
    assert key_from(f"  {key.printed()}\n") == key
    slipped = key.printed()[:-1] + ("Q" if key.printed()[-1] != "Q" else "P")
    assert key_from(slipped) is None
    assert key_from(key.identity[:-1]) is None
    assert key_from("") is None


def test_the_public_half_lies_beside_the_books_and_a_new_one_replaces_it(tmp_path: Path) -> None:
    book = tmp_path / "books.db"
    assert recipient_of(book) is None
    for key in (new_key(), new_key()):
        save_recipient(book, key.recipient)
        assert recipient_of(book) == key.recipient
        assert key.identity not in (tmp_path / "books.db.backup-key").read_text()


def test_without_a_keyring_the_secret_goes_into_a_private_file_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keyring
    from keyring.backends import fail, null

    before = keyring.get_keyring()
    key = new_key()
    try:
        for backend in (fail.Keyring(), null.Keyring()):  # type: ignore[no-untyped-call]
            keyring.set_keyring(backend)
            place = keep_identity(key, tmp_path / "keys")
            assert place is not None
            if os.name != "nt":
                assert place.stat().st_mode & 0o777 == 0o600
            assert kept_identity(key.recipient, tmp_path / "keys") == key.identity
            assert kept_identity(new_key().recipient, tmp_path / "keys") is None
            forget_identity(key.recipient, tmp_path / "keys")
            assert kept_identity(key.recipient, tmp_path / "keys") is None
    finally:
        keyring.set_keyring(before)


def test_a_keyring_keeps_the_secret_and_no_file_does(tmp_path: Path) -> None:
    import keyring
    from keyring.backend import KeyringBackend

    kept: dict[tuple[str, str], str] = {}

    class Memory(KeyringBackend):
        priority = 1

        def set_password(self, service: str, username: str, password: str) -> None:
            kept[service, username] = password

        def get_password(self, service: str, username: str) -> str | None:
            return kept.get((service, username))

        def delete_password(self, service: str, username: str) -> None:
            del kept[service, username]

    before = keyring.get_keyring()
    keyring.set_keyring(Memory())  # type: ignore[no-untyped-call]
    try:
        key = new_key()
        assert keep_identity(key, tmp_path / "keys") is None
        assert not (tmp_path / "keys").exists()
        assert kept_identity(key.recipient, tmp_path / "keys") == key.identity
        forget_identity(key.recipient, tmp_path / "keys")
        assert kept_identity(key.recipient, tmp_path / "keys") is None
    finally:
        keyring.set_keyring(before)
