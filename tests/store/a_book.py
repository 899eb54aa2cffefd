"""Books for the tests of the store: made by the migration, filled with rows of every table."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table

from dms_desktop.resource import resource
from dms_desktop.store.backup_key import BackupKey, new_key, save_recipient
from dms_desktop.store.drivers import Postgres, Sqlite, driver_for
from dms_desktop.store.migrate import create
from dms_desktop.store.revisions import Plan
from dms_desktop.store.tables import metadata
from tests.postgres import PostgresServer

REVISION = """
import sqlalchemy as sa
from alembic import op

revision = "{after:04}"
down_revision = "{before:04}"
differs = frozenset({differs!r})


def upgrade() -> None:
    {body}
"""


@pytest.fixture(scope="session")
def book_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """New, empty books; to be copied, not opened."""
    path = tmp_path_factory.mktemp("template") / "books.db"
    create(path)
    return path


@pytest.fixture
def book(book_template: Path, tmp_path: Path) -> Path:
    """The path of books with one row in every table, in a folder of their own."""
    path = tmp_path / "shop" / "books.db"
    path.parent.mkdir()
    shutil.copyfile(book_template, path)
    fill(path)
    return path


@pytest.fixture
def server_book(postgres_server: PostgresServer) -> Iterator[str]:
    """The URL of such books in PostgreSQL."""

    def make(url: str) -> None:
        create(url)
        fill(url)

    url = postgres_server.fresh(postgres_server.template("a_book", make))
    yield url
    postgres_server.drop(url)


@pytest.fixture
def key(book: Path) -> BackupKey:
    """The owner's key, for which the backups of `book` are sealed."""
    made = new_key()
    save_recipient(book, made.recipient)
    return made


@pytest.fixture
def safe(tmp_path: Path) -> Path:
    """Where backups go; it is not there yet."""
    return tmp_path / "safe"


@pytest.fixture(params=["sqlite", "postgres"])
def either_book(request: pytest.FixtureRequest) -> Path | str:
    found: Path | str = request.getfixturevalue(
        "book" if request.param == "sqlite" else "server_book"
    )
    return found


@contextmanager
def opened(books: Path | str) -> Iterator[Any]:
    """A raw connection for the test's own look; everything it does is committed."""
    driver = driver_for(books)
    assert isinstance(driver, Sqlite | Postgres)
    raw = driver.connect(write=True)
    try:
        yield raw
    finally:
        raw.close()


def dies_after(book: Path, statement: str) -> None:
    """Another process commits this and is gone without closing: it lies in the WAL alone."""
    code = (
        "import os, sys; sys.path[:0] = sys.argv[3:]\n"
        "from pathlib import Path; from dms_desktop.store.drivers import Sqlite\n"
        "raw = Sqlite(Path(sys.argv[1])).connect(write=True)\n"
        "raw.execute(sys.argv[2]); os._exit(0)"
    )
    line = [sys.executable, "-c", code, str(book), statement, *sys.path]
    subprocess.run(line, check=True)


def rows(books: Path | str, sql: str) -> list[Any]:
    with opened(books) as raw:
        found: list[Any] = raw.execute(sql).fetchall()
        return found


def doubt(_books: Path | str) -> list[str]:
    """A check of the trade that finds something."""
    return ["stock of lot 7 is 3, its moves say 4"]


def fill(books: Path | str, number: int = 100) -> None:
    """One row in every table, each key and amount being `number`; every reference holds."""
    with opened(books) as raw:
        mark = "?" if isinstance(books, Path) else "%s"
        raw.execute("BEGIN")
        for table in metadata.sorted_tables:
            names = [f'"{column.name}"' for column in table.columns]
            marks = ", ".join([mark] * len(names))
            statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"
            raw.execute(statement, a_row(table, number))
        raw.execute("COMMIT")


def a_row(table: Table, number: int) -> list[Any]:
    kinds = {"INTEGER": number, "BIGINT": number, "TEXT": f"x{number}", "BLOB": b"%d" % number}
    odd: dict[str, Any] = {"selling_multiple": 1, "width": 4}
    return [odd.get(c.name, kinds.get(str(c.type), number)) for c in table.columns]


def later(folder: Path, *bodies: str, differs: tuple[str, ...] = ()) -> Plan:
    """Our revisions and further ones with these bodies."""
    location = folder / "later"
    shutil.copytree(resource("migrations"), location)
    head = len(list(resource("migrations").glob("versions/0*.py")))
    for body in bodies:
        text = REVISION.format(before=head, after=head + 1, differs=differs, body=body)
        head += 1
        (location / "versions" / f"{head:04}_later.py").write_text(text)
    return Plan(location, head)


def leftovers(book: Path) -> set[str]:
    """What lies in the folder of the books besides them and their lock."""
    known = {book.name, f"{book.name}.lock", f"{book.name}-wal", f"{book.name}-shm"}
    return {path.name for path in book.parent.iterdir()} - known
