"""The search follows what comes into the books, a portion at a time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from dms_desktop.domain.masters import ItemRecord
from dms_desktop.services import finding
from dms_desktop.services.changes import Put
from dms_desktop.services.items import put_items
from dms_desktop.store.search import SearchIndex
from dms_desktop.ui import indexes
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.indexes import Indexes
from tests.books import Book
from tests.ui.conftest import index


@pytest.fixture
def desk(qapp: QApplication, book: Book) -> Iterator[Desk]:
    places = index(book)
    made = Desk(
        book.database, book.owner, SearchIndex(places["item"]), SearchIndex(places["party"])
    )
    yield made
    made.finish()
    made.close()


@pytest.fixture
def follower(desk: Desk, book: Book, monkeypatch: pytest.MonkeyPatch) -> Indexes:
    monkeypatch.setattr(indexes, "PORTION", 3)
    monkeypatch.setattr(indexes, "REST_MS", 20)
    return Indexes(desk, Path(book.books))


def bring(desk: Desk, *codes: str) -> None:
    rows = [ItemRecord(code, f"Soap {code}", gst_rate=Decimal(18)) for code in codes]
    done: list[object] = []
    desk.do(put_items, rows, done=done.append, undone=done.append)
    desk.finish()
    assert isinstance(done[0], Put), done[0]


def rest() -> None:
    loop = QEventLoop()
    QTimer.singleShot(60, loop.quit)
    loop.exec()


def found(desk: Desk) -> set[str]:
    return {hit.code for hit in desk.items.find("soap", limit=50)} & {f"ZZ{at}" for at in range(20)}


def test_all_that_came_at_once_is_found_and_no_portion_is_larger(
    desk: Desk, book: Book, follower: Indexes, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[tuple[int, bool]] = []
    real = indexes.follow

    def follow(path: Path, ids: frozenset[int], rows: Any, *, stamp: str | None) -> None:
        held.append((len(rows), stamp is not None))
        real(path, ids, rows, stamp=stamp)

    monkeypatch.setattr(indexes, "follow", follow)
    codes = [f"ZZ{at}" for at in range(8)]
    bring(desk, *codes)
    assert found(desk) == set(codes)
    # Only the last makes the index one of today's books: a crash before it is seen at the start.
    assert held == [(3, False), (3, False), (2, True)]
    assert desk.items.stamp == book.read(finding.item_stamp)


def test_what_could_not_be_written_comes_with_the_next_change(
    desk: Desk, book: Book, follower: Indexes, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = indexes.follow, []

    def follow(*args: Any, **kwargs: Any) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise OSError("the disk is full")
        real(*args, **kwargs)

    monkeypatch.setattr(indexes, "follow", follow)
    bring(desk, *(f"ZZ{at}" for at in range(8)))
    assert found(desk) == {"ZZ0", "ZZ1", "ZZ2"}
    assert desk.items.stamp != book.read(finding.item_stamp)
    rest()
    bring(desk, "ZZ8")
    desk.finish()
    assert found(desk) == {f"ZZ{at}" for at in range(9)}
    assert desk.items.stamp == book.read(finding.item_stamp)
