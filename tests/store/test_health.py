"""What a file is, is known before anything in it is trusted; a damaged one is called damaged."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from dms_desktop.store.faults import (
    BooksDamaged,
    BooksFault,
    BooksForeign,
    BooksMissing,
    BooksNewer,
    BooksOlder,
    BooksReadOnly,
    ServerAway,
)
from dms_desktop.store.health import (
    REVISION,
    examine,
    name_of,
    open_unchanging,
    require_current,
    standing,
)
from dms_desktop.store.measure import measure
from tests.store.a_book import opened


def patched(book: Path, at: int, data: bytes) -> None:
    with book.open("r+b") as file:
        file.seek(at)
        file.write(data)


def test_sound_books_are_known_without_the_machinery_of_migrations(book: Path) -> None:
    """It costs as much as the window itself, and every start asks this."""
    code = (
        "import sys; sys.path[:0] = sys.argv[2:]\n"
        "from pathlib import Path; from dms_desktop.store.health import standing\n"
        "assert standing(Path(sys.argv[1])).is_current\n"
        "print({'sqlalchemy', 'alembic', 'psycopg', 'sqlcipher3'} & set(sys.modules))"
    )
    line = [sys.executable, "-c", code, str(book), *sys.path]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_nothing_there_is_no_damage(tmp_path: Path) -> None:
    with pytest.raises(BooksMissing):
        standing(tmp_path / "books.db")


def test_a_folder_is_no_book(tmp_path: Path) -> None:
    with pytest.raises(BooksFault):
        standing(tmp_path)


def test_another_programs_files_are_not_touched(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.db"
    with sqlite3.connect(theirs) as connection:
        connection.execute("CREATE TABLE voucher (id INTEGER)")
    connection.close()
    sheet = tmp_path / "sheet.xlsx"
    with zipfile.ZipFile(sheet, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" * 50)
    note = tmp_path / "note.txt"
    note.write_text("bills")
    for path in (theirs, sheet, note):
        before = path.read_bytes()
        with pytest.raises(BooksForeign):
            standing(path)
        assert path.read_bytes() == before


def test_a_newer_version_and_an_older_one_are_told_apart(book: Path) -> None:
    patched(book, 60, (REVISION + 3).to_bytes(4, "big"))
    with pytest.raises(BooksNewer) as newer:
        standing(book)
    assert newer.value.facts == {"books": str(book), "revision": REVISION + 3, "ours": REVISION}
    patched(book, 60, REVISION.to_bytes(4, "big"))
    require_current(book)
    with pytest.raises(BooksOlder):
        require_current(book, ours=REVISION + 1)


@pytest.mark.parametrize(
    ("at", "data"), [(0, b"XQLite"), (60, b"\xff\xff\xff\xff"), (60, bytes(4)), (16, b"\x03\x03")]
)
def test_a_damaged_header_is_called_damage(book: Path, at: int, data: bytes) -> None:
    patched(book, at, data)
    with pytest.raises(BooksDamaged):
        standing(book)


@pytest.mark.parametrize("left", [0, 50, 100, 4096, -1])
def test_a_file_cut_short_is_called_damage_at_once(book: Path, left: int) -> None:
    os.truncate(book, left if left >= 0 else book.stat().st_size - 1)
    with pytest.raises(BooksDamaged):
        standing(book)


def test_a_page_that_was_overwritten_is_found(book: Path) -> None:
    examine(book)
    patched(book, 4096 * 20, b"\xff" * 4096)
    standing(book)  # a glance cannot see it
    with pytest.raises(BooksDamaged):
        examine(book)


def test_a_row_that_refers_to_nothing_is_found(book: Path) -> None:
    with opened(book) as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("DELETE FROM beat")
    with pytest.raises(BooksDamaged) as damage:
        examine(book)
    assert "points to a beat that is not there" in str(damage.value.facts["found"])


@given(
    flips=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=8
    )
)
def test_whatever_bits_turn_it_is_a_fault_or_no_matter_never_a_crash(
    book_template: Path, tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[float, int]]
) -> None:
    path = tmp_path_factory.mktemp("flipped") / "books.db"
    data = bytearray(book_template.read_bytes())
    for where, mask in flips:
        data[int(where * len(data))] ^= mask
    path.write_bytes(data)
    try:
        standing(path)
        examine(path)
    except BooksFault:
        return
    # SQLite keeps no sums of its pages: what a letter of a name became, only the trade's checks see
    raw = open_unchanging(path)
    with suppress(dbapi2.Error):
        measure(raw, "sqlite")
    raw.close()


def test_a_file_that_may_not_be_read_is_a_fault(book: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    book.chmod(0)
    with pytest.raises(BooksReadOnly):
        standing(book)


def test_a_servers_name_shows_no_password() -> None:
    name = name_of("postgresql://shop:s3cret@counter-1/books")
    assert name == "counter-1/books"


def test_a_server_that_does_not_answer_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ServerAway) as away:
        standing(f"postgresql://shop:s3cret@/books?host={tmp_path}&port=5999")
    assert "s3cret" not in str(away.value)
