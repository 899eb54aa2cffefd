"""New books appear whole or not at all, and an upgrade gives the new books or leaves the old."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dms_desktop.store import lock
from dms_desktop.store.copying import silent
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.faults import (
    BooksBusy,
    BooksExist,
    BooksForeign,
    BooksMissing,
    BooksNewer,
    DiskFull,
    Stopped,
    UpgradeFailed,
)
from dms_desktop.store.health import REVISION, examine, standing
from dms_desktop.store.migrate import create, drop_old_copies, upgrade
from dms_desktop.store.postgres_tools import load
from dms_desktop.store.revisions import Plan, schema
from dms_desktop.store.triggers import APPEND_ONLY
from tests.store.a_book import dies_after, fill, later, leftovers, opened, rows

ADD = 'op.add_column("party", sa.Column("shape", sa.Text(), server_default="round"))'
REBUILD = (
    'with op.batch_alter_table("party") as party:\n'
    '        party.alter_column("city", server_default=sa.text("\'Pune\'"))'
)
ALL_PARTIES = "SELECT code, city, credit_limit FROM party ORDER BY id"


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def trigger_count(books: Path | str) -> int:
    if isinstance(books, Path):
        sql = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
    else:
        sql = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"
    return int(rows(books, sql)[0][0])


def test_new_books_lie_alone_and_whole_in_their_folder(tmp_path: Path) -> None:
    book = tmp_path / "a shop's #1 100%.db"
    create(driver_for(book))
    assert standing(book).revision == REVISION
    assert leftovers(book) == set()
    examine(book)


def test_new_books_never_replace_what_is_there(book: Path) -> None:
    before = sha(book)
    with pytest.raises(BooksExist):
        create(book)
    assert sha(book) == before


def test_new_books_on_a_server_never_mix_with_other_tables(postgres_url: str) -> None:
    with pytest.raises(BooksMissing):
        standing(postgres_url)
    with opened(postgres_url) as raw:
        raw.execute("CREATE TABLE somebody_elses (id int)")
    with pytest.raises(BooksForeign):
        create(postgres_url)
    with opened(postgres_url) as raw:
        raw.execute("DROP TABLE somebody_elses")
    create(postgres_url)
    assert standing(postgres_url).is_current
    with pytest.raises(BooksExist):
        create(postgres_url)


def test_a_failed_creation_leaves_nothing(tmp_path: Path) -> None:
    book = tmp_path / "books.db"
    with pytest.raises(ZeroDivisionError):
        create(book, plan=later(tmp_path / "plan", "1 / 0"))
    assert not book.exists()
    assert leftovers(book) <= {"plan"}


def test_an_upgrade_keeps_every_row_and_every_guard(
    either_book: Path | str, tmp_path: Path
) -> None:
    plan = later(tmp_path, ADD)
    parties, triggers = rows(either_book, ALL_PARTIES), trigger_count(either_book)
    done = upgrade(either_book, plan=plan)
    assert done is not None
    assert (done.before, done.after) == (REVISION, REVISION + 1)
    assert standing(either_book, ours=plan.head).revision == plan.head
    assert rows(either_book, ALL_PARTIES) == parties
    assert rows(either_book, "SELECT shape FROM party") == [("round",)]
    assert trigger_count(either_book) == triggers >= 2 * len(APPEND_ONLY)
    assert upgrade(either_book, plan=plan) is None


def test_the_old_books_are_kept_as_the_old_program_can_open_them(
    book: Path, tmp_path: Path
) -> None:
    done = upgrade(book, plan=later(tmp_path, ADD))
    assert done is not None
    assert done.kept is not None
    assert leftovers(book) == {done.kept.name}
    assert done.kept.name.startswith(f"books.pre-{REVISION:04}-")
    assert standing(done.kept).is_current
    examine(done.kept)
    assert rows(done.kept, "SELECT count(*) FROM document") == [(1,)]


def test_a_dump_of_the_old_books_on_a_server_is_kept_where_asked(
    server_book: str, postgres_url: str, tmp_path: Path
) -> None:
    done = upgrade(server_book, plan=later(tmp_path, ADD), keep_in=tmp_path)
    assert done is not None
    assert done.kept is not None
    load(postgres_url, done.kept, silent)
    assert standing(postgres_url).is_current
    assert rows(postgres_url, ALL_PARTIES) == rows(server_book, ALL_PARTIES)


def test_copies_kept_at_upgrades_go_after_ninety_days(book: Path, tmp_path: Path) -> None:
    done = upgrade(book, plan=later(tmp_path, ADD))
    assert done is not None
    assert done.kept is not None
    other = book.with_name("books.pre-harvest-notes.db")
    other.write_text("mine")
    made = done.kept.stat().st_mtime
    assert drop_old_copies(book, made + 89 * 86_400) == []
    assert drop_old_copies(book, made + 91 * 86_400) == [done.kept]
    assert leftovers(book) == {other.name}


def test_rebuilding_a_table_takes_no_row_along_that_refers_to_it(
    book: Path, tmp_path: Path
) -> None:
    with opened(book) as raw:
        documents = raw.execute("SELECT * FROM document").fetchall()
        triggers = {key for key in schema(raw) if key[0] == "trigger"}
    upgrade(book, plan=later(tmp_path, REBUILD))
    with opened(book) as raw:
        assert raw.execute("SELECT * FROM document").fetchall() == documents
        assert {key for key in schema(raw) if key[0] == "trigger"} == triggers
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        assert "city TEXT DEFAULT 'Pune' NOT NULL" in schema(raw)["table", "party"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ('op.execute("UPDATE nowhere SET x = 1")', "nowhere"),
        ('op.execute("DELETE FROM party_principal")', "party_principal: 1 before, 0 after"),
        ('op.execute("UPDATE party_balance SET paise = 101")', "party_balance.paise: 100 before"),
        ('op.execute("DROP TABLE draft")', "draft: 1 before, gone after"),
    ],
)
def test_a_failed_upgrade_leaves_the_old_books(
    either_book: Path | str, tmp_path: Path, body: str, says: str
) -> None:
    before = sha(either_book) if isinstance(either_book, Path) else ""
    plan = later(tmp_path, ADD, body)
    with pytest.raises(UpgradeFailed, match=says) as failure:
        upgrade(either_book, plan=plan)
    assert failure.value.facts["revision"] == REVISION
    assert failure.value.facts["ours"] == plan.head
    assert standing(either_book, ours=plan.head).revision == REVISION
    assert trigger_count(either_book) >= 2 * len(APPEND_ONLY)
    if isinstance(either_book, Path):
        assert sha(either_book) == before
        assert leftovers(either_book) == set()
    fill(either_book, 101)  # the old program works on


def test_a_declared_change_of_totals_is_let_through(
    either_book: Path | str, tmp_path: Path
) -> None:
    body = 'op.execute("UPDATE party_balance SET paise = 101")'
    upgrade(either_book, plan=later(tmp_path, body, differs=("party_balance.paise",)))
    assert rows(either_book, "SELECT paise FROM party_balance") == [(101,)]


def test_a_reference_that_points_nowhere_stops_the_upgrade(book: Path, tmp_path: Path) -> None:
    body = 'op.execute("UPDATE party SET beat_id = 7")'
    with pytest.raises(UpgradeFailed, match="party row 100 points to a beat that is not there"):
        upgrade(book, plan=later(tmp_path, body))


def test_books_that_would_not_be_built_as_new_ones_are_refused(book: Path, tmp_path: Path) -> None:
    """What only happens where there are rows would not be seen in a fresh database."""
    body = (
        'if op.get_bind().scalar(sa.text("SELECT count(*) FROM party")):\n'
        '        op.create_index("stray", "party", ["name"])'
    )
    with pytest.raises(UpgradeFailed, match="index stray is not as in new books"):
        upgrade(book, plan=later(tmp_path, body))


def test_a_newer_file_is_left_alone(either_book: Path | str, tmp_path: Path) -> None:
    upgrade(either_book, plan=later(tmp_path, ADD))
    before = sha(either_book) if isinstance(either_book, Path) else ""
    with pytest.raises(BooksNewer) as newer:
        upgrade(either_book)
    assert newer.value.facts["revision"] == REVISION + 1
    assert newer.value.facts["ours"] == REVISION
    with pytest.raises(BooksNewer):
        standing(either_book)
    if isinstance(either_book, Path):
        assert sha(either_book) == before


def test_bills_still_in_the_wal_come_along(book: Path, tmp_path: Path) -> None:
    dies_after(book, "UPDATE party SET city = 'Nashik'")
    assert book.with_name("books.db-wal").stat().st_size > 0
    upgrade(book, plan=later(tmp_path, ADD))
    assert rows(book, "SELECT city, shape FROM party") == [("Nashik", "round")]


def test_nobody_may_read_while_the_file_is_exchanged(book: Path, tmp_path: Path) -> None:
    plan = later(tmp_path, ADD)
    reader = driver_for(book).connect(write=False)
    reader.execute("SELECT count(*) FROM party").fetchall()
    with pytest.raises(BooksBusy):
        upgrade(book, plan=plan)
    assert reader.execute("SELECT count(*) FROM party").fetchall() == [(1,)]
    reader.close()
    assert standing(book).is_current
    assert upgrade(book, plan=plan) is not None


def test_another_programs_books_are_not_upgraded_under_it(book: Path, tmp_path: Path) -> None:
    plan = later(tmp_path, ADD)
    with lock.take(book, "the counter") as held:
        with pytest.raises(BooksBusy) as busy:
            upgrade(book, plan=plan)
        assert busy.value.facts["holder"]["program"] == "the counter"  # type: ignore[index]
        assert upgrade(book, plan=plan, held=held) is not None


def test_an_upgrade_that_is_stopped_leaves_the_old_books(book: Path, tmp_path: Path) -> None:
    before = sha(book)

    def stop(step: str, _part: float) -> None:
        if step == "upgrade":
            raise Stopped

    with pytest.raises(Stopped):
        upgrade(book, plan=later(tmp_path, ADD), progress=stop)
    assert sha(book) == before
    assert leftovers(book) == set()


def test_what_a_crash_left_behind_is_cleared_away(book: Path, tmp_path: Path) -> None:
    book.with_name("books.db.upgrading").write_bytes(b"half of it")
    book.with_name("books.db.upgrading-journal").write_bytes(b"and of that")
    upgrade(book, plan=later(tmp_path, ADD))
    assert not any("upgrading" in name for name in leftovers(book))


def test_of_several_counters_one_upgrades_the_server(server_book: str, tmp_path: Path) -> None:
    plan = later(tmp_path, ADD)
    with ThreadPoolExecutor(2) as counters:
        # Alembic's own context is one for the process; the second counter is another process.
        code = (
            "import sys; sys.path[:0] = sys.argv[4:]\n"
            "from pathlib import Path; from dms_desktop.store.migrate import upgrade\n"
            "from dms_desktop.store.revisions import Plan\n"
            "print(upgrade(sys.argv[1], plan=Plan(Path(sys.argv[2]), int(sys.argv[3]))))"
        )
        words = [server_book, str(plan.location), str(plan.head), *sys.path]
        both = [
            counters.submit(
                subprocess.run,
                [sys.executable, "-c", code, *words],
                capture_output=True,
                text=True,
                check=True,
            )
            for _ in range(2)
        ]
        said = sorted(done.result().stdout.split("(")[0].strip() for done in both)
    assert said == ["None", "Upgraded"]
    assert rows(server_book, "SELECT shape FROM party") == [("round",)]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB, which only root can make."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4M", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts no tmpfs")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


GROW = (
    'op.execute("CREATE TABLE filler (x BLOB)")\n'
    '    op.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000)'
    ' INSERT INTO filler SELECT zeroblob(1000) FROM n")'
)


@pytest.mark.parametrize("free_at_start", [True, False])
def test_a_full_disk_leaves_the_old_books(
    book: Path, tmp_path: Path, small_disk: Path, free_at_start: bool
) -> None:
    here = small_disk / "books.db"
    here.write_bytes(book.read_bytes())
    if not free_at_start:
        (small_disk / "photos").write_bytes(bytes(2_500_000))
    before = sha(here)
    plan: Plan = later(tmp_path, GROW)
    with pytest.raises(DiskFull) as full:
        upgrade(here, plan=plan)
    assert (full.value.facts["needed"] == 0) is free_at_start
    assert sha(here) == before
    assert leftovers(here) <= {"photos"}
    (small_disk / "photos").unlink(missing_ok=True)
    fill(here, 101)
