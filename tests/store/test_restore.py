"""What a backup held comes back whole or not at all, and what lay there before is kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dms_desktop.store import lock
from dms_desktop.store.backup import Request, backups_in, check, take
from dms_desktop.store.backup_key import BackupKey, new_key
from dms_desktop.store.container import sha256_of
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.faults import (
    BackupDamaged,
    BackupDoubtful,
    BooksBusy,
    BooksExist,
    BooksFault,
    BooksForeign,
    BooksNewer,
    Stopped,
    WrongKey,
)
from dms_desktop.store.health import examine, standing
from dms_desktop.store.migrate import upgrade
from dms_desktop.store.restore import Backup, describe, drill, restore
from dms_desktop.store.rotation import Kept
from tests.store.a_book import dies_after, doubt, fill, later, leftovers, rows

OURS = Request("0.1.0")
CLEAR = Request("0.1.0", clear=True)


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
    dies_after(book, "UPDATE party SET city = 'Nashik'")
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


def names_of(kept: Kept) -> set[str]:
    return {kept.path.name, f"{kept.path.name}.json"}


@pytest.mark.parametrize("clear", [True, False])
def test_no_damage_to_a_backup_goes_unseen(
    book: Path, key: BackupKey, safe: Path, clear: bool
) -> None:
    kept = take(book, safe, Request("0.1.0", clear=clear))
    whole = kept.path.read_bytes()
    size, harmless = len(whole), 0
    damaged = [whole[:cut] for cut in (0, 10, size // 2, size - 5)]
    damaged += [
        whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :]
        for at in range(5, size, size // 40)
    ]
    sha256 = describe(Backup(kept.path, key.identity)).sha256
    back = safe / "back.db"
    for data in damaged:
        kept.path.write_bytes(data)
        with pytest.raises(BackupDamaged):
            check(kept)
        try:
            restore(Backup(kept.path, key.identity), back)
        except (BackupDamaged, WrongKey):
            assert not back.exists()
        else:  # zstd has bits that say nothing
            assert sha256_of(back) == sha256
            back.unlink()
            harmless += 1
    assert harmless <= (3 if clear else 0)
    assert {path.name for path in safe.iterdir()} <= {*names_of(kept), "back.db.lock"}
    kept.path.write_bytes(whole[:-1])
    assert [found.verified for found in backups_in(safe)] == [False]
    kept.path.write_bytes(whole)
    restore(Backup(kept.path, key.identity), back)


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
