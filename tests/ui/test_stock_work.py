"""Transfers, counts and adjustments by scan and keys, on real books."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.powers import Power
from dms_desktop.language import catalogue
from dms_desktop.services import transfers
from dms_desktop.services.verifying import verify
from dms_desktop.ui.day_open import FAULT, DayOpen
from dms_desktop.ui.kit.speaking import speak_again
from dms_desktop.ui.stock_work.screen import StockWorkScreen
from tests.books import OWNER_PIN, PEPPER, Book
from tests.services.godowns import lying, second_godown
from tests.ui.accessible import nameless
from tests.ui.conftest import CTRL, SOAP_CASE, Key, Watch
from tests.ui.shop import Shop, close, opened


@pytest.fixture
def shop(
    qtbot: QtBot, qapp: QApplication, book: Book, tmp_path: Path, watch: Watch
) -> Iterator[Shop]:
    second_godown(book)
    with opened(qtbot, qapp, book, tmp_path) as made:
        watch.armed = True
        yield made
    watch.armed = False
    close(made)


def arrived(shop: Shop, kind: str = "transfers") -> StockWorkScreen:
    screen: StockWorkScreen = shop.go("stock_work")
    screen.list.show_kind(kind)
    shop.settle()
    return screen


def row(shop: Shop, code: str, qty: str, *, down: int = 0) -> None:
    """Scan, choose the lot so many below the first, type how many."""
    shop.type(code)
    shop.press(Key.Key_Return)
    shop.settle()
    for _ in range(down):
        shop.press(Key.Key_Down)
    shop.type(qty)
    shop.press(Key.Key_Return)
    shop.settle()


def sheet_of(screen: StockWorkScreen) -> Any:
    assert screen.sheet is not None
    return screen.sheet


def proved(book: Book) -> None:
    report = book.read(verify)
    assert report.findings == (), report.findings


def test_goods_are_sent_by_scan_and_taken_in(shop: Shop, book: Book) -> None:
    screen = arrived(shop)
    shop.press(Key.Key_Insert)
    shop.settle()
    row(shop, SOAP_CASE, "2c")
    row(shop, "tea", "7", down=2)
    assert [each.piece.batch for each in sheet_of(screen).rows] == [None, "T2"]
    shop.press(Key.Key_F10)
    shop.settle()
    assert screen.list.said.text() == "Saved as TO/26-27/00001."
    assert lying(book, "SOAP")["TRANSIT", "S1", "saleable"] == 48
    (waiting,) = screen.list.table.model_of.rows
    assert waiting.waits
    screen.list.table.setFocus()
    shop.press(Key.Key_Return)
    shop.settle()
    row(shop, "SOAP", "46")
    sheet = sheet_of(screen)
    sheet.table.selectRow(1)
    shop.press(Key.Key_F5)
    assert [(each.came, each.stays) for each in sheet.rows] == [(46, 2), (7, 0)]
    sheet.table.selectRow(0)
    shop.press(Key.Key_F7)
    shop.press(Key.Key_F10)
    shop.settle()
    assert sheet.said.text().startswith("reason is missing")
    sheet.reason.setCurrentIndex(sheet.reason.findData("LOST"))
    shop.press(Key.Key_F10)
    shop.settle()
    assert lying(book, "SOAP")["COLD", "S1", "saleable"] == 46
    assert book.read(transfers.transfers, open_only=True) == []
    proved(book)


def test_stock_is_put_right_and_set_apart(shop: Shop, book: Book) -> None:
    screen = arrived(shop, "changes")
    shop.press(Key.Key_Insert)
    shop.settle()
    sheet = sheet_of(screen)
    sheet.reason.setCurrentIndex(sheet.reason.findData("BROKEN"))
    row(shop, "OIL", "3")
    shop.press(Key.Key_F10)
    shop.settle()
    assert book.stock("OIL") == {"O1": 37}
    shop.press(Key.Key_Insert)
    shop.settle()
    sheet = sheet_of(screen)
    sheet.deed.setCurrentIndex(sheet.deed.findData(Bucket.NON_SALEABLE))
    row(shop, "OIL", "5")
    row(shop, "nothing", "")
    assert sheet.said.text().startswith("No item has the code")
    shop.press(Key.Key_F10)
    shop.settle()
    assert lying(book, "OIL")["MAIN", "O1", "non_saleable"] == 5
    assert [getattr(each.of, "kind", "") for each in screen.list.table.model_of.rows] == [
        "bucket_move", "adjustment",
    ]  # fmt: skip
    proved(book)


def test_a_count_by_scan_while_a_bill_is_made(shop: Shop, book: Book) -> None:
    screen = arrived(shop, "counts")
    shop.press(Key.Key_Insert)
    shop.settle()
    scope = screen.new_count.scope
    scope.setCurrentIndex(scope.findData("item"))
    screen.new_count.what.setFocus()
    shop.type("SOAP")
    shop.press(Key.Key_Return)
    shop.settle()
    row(shop, "SOAP", "98")
    shop.settle()
    sheet = sheet_of(screen)
    assert sheet.said.text() == "Toilet soap 100 g: 98 counted, -2 against the books."
    book.bill(SOAP=10)
    shop.press(Key.Key_F12)
    assert sheet.asking.question.text().startswith("1 lot is not counted")
    shop.press(Key.Key_Return)
    shop.settle()
    assert screen.list.said.text() == "1 lot was put right by PC/26-27/00001."
    assert book.stock("SOAP")["S1"] == 88
    shop.press(Key.Key_Down)
    shop.press(Key.Key_Return)
    shop.settle()
    assert "Toilet soap 100 g  S1  −2" in screen.list.said.text()
    proved(book)


def test_what_is_refused_stays_on_the_sheet_and_escape_leaves_it(shop: Shop, book: Book) -> None:
    screen = arrived(shop)
    shop.press(Key.Key_Insert)
    shop.settle()
    shop.press(Key.Key_F10)
    shop.settle()
    assert sheet_of(screen).said.text() == "Nothing is entered yet. Add an item first."
    row(shop, "OIL", "41")
    shop.press(Key.Key_F10)
    shop.settle()
    assert sheet_of(screen).said.text().startswith("Line 1: Hair oil 200 ml: 40 can")
    shop.press(Key.Key_Escape)
    shop.settle()
    assert screen.sheet is None
    assert book.value("SELECT count(*) FROM document WHERE kind = 'transfer'") == 0


def test_above_the_limit_the_owner_says_yes_with_his_pin(shop: Shop, book: Book) -> None:
    Path(f"{book.books}.pepper").write_text(PEPPER.hex())
    keeper = replace(book.owner, powers=frozenset({Power.LOOK, Power.MOVE_STOCK}))
    screen = arrived(shop, "changes")
    shop.desk.enter(keeper)
    shop.settle()
    screen.list.search.setFocus()
    shop.press(Key.Key_Insert)
    shop.settle()
    sheet = sheet_of(screen)
    sheet.reason.setCurrentIndex(sheet.reason.findData("LOST"))
    row(shop, "TEA", "60")
    shop.press(Key.Key_F10)
    shop.settle()
    assert sheet.approval.title.text() == "Owner's approval up to ₹ 5,130.00"
    shop.type("000000")
    shop.press(Key.Key_Return)
    shop.settle()
    assert not sheet.approval.isHidden()
    shop.type(OWNER_PIN)
    shop.press(Key.Key_Return)
    shop.settle()
    shop.settle()
    assert screen.list.said.text() == "Saved as SA/26-27/00001."
    assert book.stock("TEA").get("T1", 0) == 0
    proved(book)


def test_a_day_that_begins_moves_what_is_past_its_date(shop: Shop, book: Book) -> None:
    assert shop.floor is not None
    day = DayOpen(shop.floor)
    day.start()
    shop.settle()
    book.clock.now += timedelta(days=75)
    day.look()
    shop.settle()
    assert lying(book, "TEA")["MAIN", "T1", "saleable"] == 60
    english = shop.faults[FAULT]
    assert english.endswith("The owner lets them move in Stock work.")
    try:
        catalogue.use("hi")
        speak_again(shop.window)
        hindi = shop.faults[FAULT]
    finally:
        catalogue.use("en")
        speak_again(shop.window)
    assert "तारीख़" in hindi
    assert hindi.endswith("मालिक उन्हें स्टॉक के काम में हटाते हैं।"), "both of its sentences"
    assert shop.faults[FAULT] == english
    screen = arrived(shop, "changes")
    shop.press(Key.Key_F8)
    shop.settle()
    assert screen.asking.question.text().startswith("2 batches go to the expired: ")
    shop.press(Key.Key_Return)
    shop.settle()
    assert screen.list.said.text() == "2 batches moved by EX/26-27/00001."
    assert lying(book, "TEA")["MAIN", "T1", "expired"] == 60
    proved(book)


def test_every_box_has_a_name_and_who_may_not_is_offered_nothing(shop: Shop, book: Book) -> None:
    screen = arrived(shop)
    shop.press(Key.Key_Insert)
    shop.settle()
    assert nameless(screen) == []
    looker = replace(book.owner, powers=frozenset({Power.LOOK}))
    shop.desk.enter(looker)
    shop.settle()
    assert screen.sheet is None
    assert not screen._new.isVisible()


def test_the_note_of_a_transfer_is_printed_and_a_count_has_none(shop: Shop, book: Book) -> None:
    screen = arrived(shop)
    shop.press(Key.Key_Insert)
    shop.settle()
    row(shop, SOAP_CASE, "2c")
    shop.press(Key.Key_F10)
    shop.settle()
    shop.press(Key.Key_P, modifier=CTRL)
    shop.wait(lambda: screen.list.said.text().startswith("Printed: "))
    shop.wait(lambda: screen.on_paper.papers.idle)
    screen.list.show_kind("changes")
    shop.settle()
    shop.press(Key.Key_Insert)
    shop.settle()
    sheet = sheet_of(screen)
    sheet.reason.setCurrentIndex(sheet.reason.findData("BROKEN"))
    row(shop, "OIL", "3")
    shop.press(Key.Key_F10)
    shop.settle()
    shop.press(Key.Key_P, modifier=CTRL)
    shop.wait(lambda: screen.list.said.text() == "No paper is printed of this one.")
