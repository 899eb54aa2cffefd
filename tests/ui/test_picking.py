"""A list is made and worked with nothing but keys and a scanner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.goods_line import Kind
from dms_desktop.services.verifying import verify
from tests.books import Book
from tests.ui.conftest import CTRL, SOAP_CASE, SOAP_PIECE, Key, Watch
from tests.ui.shop import Shop, close, opened, rows_of


@pytest.fixture
def shop(
    qtbot: QtBot, qapp: QApplication, book: Book, tmp_path: Path, watch: Watch
) -> Iterator[Shop]:
    with opened(qtbot, qapp, book, tmp_path) as made:
        watch.armed = True
        yield made
    watch.armed = False
    close(made)


def at_work(shop: Shop, *kinds: str) -> Any:
    """A list of everything that waits, opened."""
    screen = shop.go("picking")
    shop.settle()
    shop.press(Key.Key_Insert)
    shop.settle()
    if kinds:
        shop.press(Key.Key_F2)
        shop.settle()
    shop.press(Key.Key_F4)
    shop.press(Key.Key_F10)
    shop.wait(lambda: screen.pages.currentWidget() is screen.work)
    shop.settle()
    return screen.work


def scan(shop: Shop, work: Any, code: str) -> None:
    work._last = ("", 0.0)
    work.scan.setText(code)
    shop.press(Key.Key_Return)
    shop.settle()


def answer(shop: Shop, work: Any, *texts: str) -> None:
    for text in texts:
        work.asking.box.setText(text)
        shop.press(Key.Key_Return)
        shop.settle()


def states(work: Any) -> list[list[str]]:
    return [[row[1], row[2], row[5], row[6], row[7]] for row in rows_of(work.table)]


def test_bills_are_marked_listed_scanned_and_closed(shop: Shop) -> None:
    shop.post(Kind.BILL, SOAP=53, TEA=2)
    work = at_work(shop)
    assert work.title.text() == "PK/26-27/00001"
    assert states(work) == [
        ["Leaf tea 250 g", "T1", "2 pc", "0", "To pick"],
        ["Toilet soap 100 g", "S1", "2 cs + 5 pc", "0", "To pick"],
    ]
    assert (work.card.name.text(), work.card.many.text()) == ("Leaf tea 250 g", "2 pc")
    scan(shop, work, SOAP_CASE)
    assert work.said.text() == "Toilet soap 100 g: 24 of 53 picked."
    scan(shop, work, SOAP_PIECE)
    assert states(work)[1][3] == "25"
    scan(shop, work, "999")
    assert "999" in work.said.text()
    scan(shop, work, "salt")
    assert work.said.text() == "Iodised salt 1 kg is not on list PK/26-27/00001. Put it back."
    work.table.selectRow(1)
    shop.press(Key.Key_Return)
    shop.settle()
    assert states(work)[1][3:] == ["53", "Picked"]
    assert work.card.name.text() == "Leaf tea 250 g"
    shop.press(Key.Key_F10)
    shop.settle()
    assert work.said.text() == "Still to be picked on PK/26-27/00001: 1."
    shop.press(Key.Key_F5)
    answer(shop, work, "what", "1", "torn")
    assert states(work)[0][3:] == ["1", "Short: torn"]
    shop.press(Key.Key_F10)
    shop.wait(lambda: work.said.text() == "The list is closed. Made: CN/26-27/00001.")
    shop.press(Key.Key_F8)
    shop.settle()
    assert work.said.text() == "1 bill is packed."
    shop.press(Key.Key_Escape)
    shop.settle()
    screen: Any = shop.window.pages.currentWidget()
    assert rows_of(screen.lists.table)[0][-2:] == ["54 / 55", "Packed"]
    assert shop.book.read(verify).findings == ()


def test_a_label_that_comes_twice_at_once_counts_once(shop: Shop) -> None:
    shop.post(Kind.BILL, SOAP=5)
    work = at_work(shop)
    for _ in range(2):
        work.scan.setText(SOAP_PIECE)
        shop.press(Key.Key_Return)
    shop.settle()
    assert states(work)[0][3] == "1"
    scan(shop, work, SOAP_PIECE)
    assert states(work)[0][3] == "2"
    shop.press(Key.Key_F7)
    shop.settle()
    assert states(work)[0][3] == "0"


def test_another_batch_is_taken_with_a_reason(shop: Shop) -> None:
    shop.post(Kind.BILL, SOAP=5)
    work = at_work(shop)
    shop.press(Key.Key_F6)
    shop.settle()
    assert work.asking.question.text().startswith("Which batch did you take? S2 (500,")
    answer(shop, work, "S2", "crushed")
    assert states(work) == [["Toilet soap 100 g", "S2", "5 pc", "5", "Other batch: crushed"]]
    assert shop.book.stock("SOAP") == {"S1": 100, "S2": 495}
    assert shop.book.read(verify).findings == ()


def test_orders_are_picked_and_billed_and_a_list_is_let_go(shop: Shop) -> None:
    shop.post(Kind.ORDER, SOAP=5)
    work = at_work(shop, "orders")
    shop.press(Key.Key_Delete, modifier=CTRL)
    shop.press(Key.Key_Return)
    shop.settle()
    work = at_work(shop)
    shop.press(Key.Key_Return)
    shop.settle()
    assert work.said.text() == "Toilet soap 100 g: 5 of 5 picked."
    shop.press(Key.Key_F10)
    shop.wait(lambda: work.said.text() == "The list is closed. Made: B/26-27/00001.")
    assert shop.book.stock("SOAP")["S1"] == 95


def test_nothing_marked_makes_no_list_and_who_may_not_pick_sees_none(shop: Shop) -> None:
    screen = shop.go("picking")
    shop.press(Key.Key_Insert)
    shop.settle()
    shop.press(Key.Key_F10)
    shop.settle()
    assert screen.waiting.said.text().startswith("Nothing is chosen yet.")
    shop.press(Key.Key_Escape)
    assert screen.pages.currentWidget() is screen.lists
    owner = shop.desk.actor
    shop.desk.enter(replace(owner, powers=frozenset(p for p in owner.powers if p != "pick")))
    assert shop.floor is not None
    assert shop.floor.go("picking") is None


def test_the_list_is_printed_from_its_page_and_from_the_lists(shop: Shop) -> None:
    shop.post(Kind.BILL, SOAP=5)
    work = at_work(shop)
    shop.press(Key.Key_F12)
    shop.wait(lambda: work.said.text().startswith("Printed: "))
    shop.wait(lambda: work.on_paper.papers.idle)
    shop.press(Key.Key_Escape)
    shop.settle()
    screen: Any = shop.window.pages.currentWidget()
    shop.press(Key.Key_F12)
    shop.wait(lambda: screen.lists.said.text().startswith("Printed again, marked so: "))
