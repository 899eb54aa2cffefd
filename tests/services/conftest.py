"""The founded book of `tests.books`, copied for each test: a file, or a server's database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from tests.books import Book, Clock, founded
from tests.postgres import PostgresServer


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Founded a single time and closed; `copied` and `on_server` are copies of it."""
    book = founded(tmp_path_factory.mktemp("once") / "books.db")
    book.database.close()
    return book


@pytest.fixture
def copied(once: Book, tmp_path: Path) -> Iterator[Book]:
    """On a file of its own."""
    path = tmp_path / "books.db"
    shutil.copyfile(once.books, path)
    yield from opened(once, path)


@pytest.fixture
def on_server(once: Book, postgres_server: PostgresServer) -> Iterator[Book]:
    """In a database of its own."""
    template = postgres_server.template("founded", lambda url: founded(url).database.close())
    url = postgres_server.fresh(template)
    yield from opened(once, url)
    postgres_server.drop(url)


@pytest.fixture(params=["copied", "on_server"], ids=["file", "server"])
def either(request: pytest.FixtureRequest) -> Book:
    """The same test on both databases."""
    book: Book = request.getfixturevalue(request.param)
    return book


def opened(once: Book, books: Path | str) -> Iterator[Book]:
    clock = Clock()
    database = Database(driver_for(books), clock=clock)
    yield Book(database, once.owner, clock, books, dict(once.items), dict(once.parties))
    database.close()
