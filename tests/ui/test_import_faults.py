"""An import that meets a full disk: a banner, what came in stays, and it goes on with more room."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.incoming import STEP
from dms_desktop.services.verifying import verify
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.ui.importing.page import FilePage
from tests.books import Book, Clock
from tests.faults.mounted import small_disk
from tests.files.sheets import write_csv
from tests.ui.conftest import CTRL, Key
from tests.ui.shop import Shop, close, opened
from tests.ui.test_importing import HEADINGS, choose

ROWS = 12 * STEP
LEFT = 2 * 1024 * 1024  # bytes: enough for some steps, not for all


@pytest.fixture
def shop(qtbot: QtBot, qapp: QApplication, printed_book: Book) -> Iterator[Shop]:
    """Books on a disk of their own, which something else fills."""
    with small_disk("48m") as disk:
        books = disk / "books.db"
        shutil.copy(printed_book.books, books)
        clock = Clock()
        database = Database(driver_for(books), clock=clock)
        book = replace(printed_book, database=database, clock=clock, books=books)
        with opened(qtbot, qapp, book, disk) as made:
            yield made
        close(made)
        database.close()


def many_items(path: Path) -> Path:
    goods = [
        [f"N{at:05d}", f"Article number {at} of a long list {'x' * 60}", "Gokul", "34011190", 18,
         "PCS", 12, 50]
        for at in range(ROWS)
    ]  # fmt: skip
    return write_csv(path, [HEADINGS, *goods])


def fill(disk: Path) -> Path:
    """Something else takes all room but a little."""
    ballast = disk / "photos of a wedding"
    with ballast.open("wb") as file:
        file.write(bytes(shutil.disk_usage(disk).free - LEFT))
    return ballast


def in_books(shop: Shop) -> tuple[int, int]:
    """Items of the file, and rows that the books say came in."""
    items = shop.book.value("SELECT count(*) FROM item WHERE code LIKE 'N%'")
    done = shop.book.value("SELECT rows_done FROM import_run")
    return int(str(items)), int(str(done))


def bring(shop: Shop, page: FilePage) -> None:
    shop.press(Key.Key_F10)
    shop.wait(lambda: not page.work.busy)


def test_an_import_on_a_disk_that_fills_up_goes_on_where_it_stopped(
    shop: Shop, tmp_path: Path
) -> None:
    shop.party("sharma")
    shop.line("soap", "12")
    page = choose(shop, many_items(tmp_path / "many.csv"))
    assert page.outcome.text("created") == f"{ROWS:,}"
    ballast = fill(Path(shop.book.books).parent)
    bring(shop, page)
    told = shop.faults["import"]
    assert told == "The disk is full. Make room and try again; nothing was half-saved."
    assert shop.window.banners.isVisible()
    assert not page.bar.isVisible()
    items, done = in_books(shop)
    assert 0 < items == done < ROWS
    assert done % STEP == 0, "a step is in the books as a whole or not at all"

    shop.press(Key.Key_R, modifier=CTRL)  # still full
    shop.wait(lambda: not page.work.busy and shop.faults.get("import") == told)
    assert in_books(shop)[0] == in_books(shop)[1] < ROWS

    ballast.unlink()
    shop.press(Key.Key_R, modifier=CTRL)
    shop.wait(lambda: not page.work.busy and "import" not in shop.faults)
    assert in_books(shop) == (ROWS, ROWS)
    assert page.outcome.text("created") == f"{ROWS:,}"
    assert page.said.text() == f"Items: {ROWS:,} new and 0 changed. This is import 1."
    assert shop.book.read(verify).findings == ()
    shop.press(Key.Key_1, modifier=CTRL)
    shop.ready()
    assert shop.asked == [("SOAP", 12, 0)], "the bill at the counter is as it was typed"
    assert shop.save() == "B/26-27/00001"
    shop.wait(lambda: not shop.faults)
