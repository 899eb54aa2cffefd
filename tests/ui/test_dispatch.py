"""A vehicle is loaded, comes home and is settled with nothing but keys and a scanner."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money
from dms_desktop.services import vehicles
from dms_desktop.services.posting import Posted
from dms_desktop.services.verifying import verify
from tests.books import Book
from tests.services.roads import road
from tests.ui.conftest import CTRL, SHIFT, Key, Watch
from tests.ui.shop import Shop, close, opened, rows_of


@pytest.fixture
def shop(
    qtbot: QtBot, qapp: QApplication, book: Book, tmp_path: Path, watch: Watch
) -> Iterator[Shop]:
    road(book)
    with opened(qtbot, qapp, book, tmp_path) as made:
        watch.armed = True
        yield made
    watch.armed = False
    close(made)


def bills(shop: Shop, *tea: int) -> list[Posted]:
    return [shop.post(Kind.BILL, TEA=one) for one in tea]


def on_trip(shop: Shop) -> Any:
    """A trip of everything that waits, on the first vehicle."""
    screen = shop.go("dispatch")
    shop.settle()
    shop.press(Key.Key_Insert)
    shop.settle()
    shop.press(Key.Key_F4)
    shop.press(Key.Key_F10)
    shop.press(Key.Key_Return)
    shop.wait(lambda: screen.pages.currentWidget() is screen.work)
    shop.settle()
    return screen


def away(shop: Shop) -> Any:
    """The same, loaded and gone."""
    screen = on_trip(shop)
    for key in (Key.Key_F4, Key.Key_F10):
        shop.press(key)
        shop.settle()
    return screen


def scan(shop: Shop, work: Any, code: str) -> None:
    work._last = ("", 0.0)
    work.scan.setText(code)
    shop.press(Key.Key_Return)
    shop.settle()


def answer(shop: Shop, page: Any, *texts: str) -> None:
    for text in texts:
        page.asking.box.setText(text)
        shop.press(Key.Key_Return)
        shop.settle()


def typed(shop: Shop, box: Any, text: str) -> None:
    box.setFocus()
    box.clear()
    shop.type(text)
    shop.settle()


def states(work: Any) -> list[str]:
    return [row[-1] for row in rows_of(work.table)]


def test_a_vehicle_is_loaded_by_scan_and_leaves(shop: Shop) -> None:
    first, second = bills(shop, 3, 2)
    screen = on_trip(shop)
    work = screen.work
    assert work.title.text() == "TR/26-27/00001"
    assert "MH12AB1234" in work.facts.text()
    shop.press(Key.Key_F10)
    shop.settle()
    assert second.number in work.said.text()
    scan(shop, work, first.number)
    assert (work.bar.value(), work.bar.maximum()) == (1, 2)
    scan(shop, work, "999")
    assert "999" in work.said.text()
    scan(shop, work, second.number[-5:])
    assert states(work) == ["Loaded", "Loaded"]
    shop.press(Key.Key_F10)
    shop.settle()
    assert work.facts.text().startswith("On the road")
    shop.press(Key.Key_Escape)
    shop.settle()
    assert rows_of(screen.trips.table)[0][0] == "TR/26-27/00001"


def test_each_bill_is_told_by_a_key_and_the_money_comes_to_nil(shop: Shop) -> None:
    bills(shop, 3, 2, 4, 1)
    screen = away(shop)
    work = screen.work
    shop.press(Key.Key_Return)  # the first is delivered
    shop.settle()
    shop.press(Key.Key_F5)
    shop.settle()
    answer(shop, work, "1=1", "torn")
    shop.press(Key.Key_F6)
    answer(shop, work, "did not order")
    shop.press(Key.Key_F8)
    answer(shop, work, "no time")
    assert [state.split(":")[0] for state in states(work)] == [
        "Delivered", "Part came back", "Refused", "Goes out again",
    ]  # fmt: skip
    assert "CN/26-27/00001" in states(work)[1]
    shop.press(Key.Key_F9)
    shop.settle()
    shop.press(Key.Key_F10)
    shop.wait(lambda: screen.pages.currentWidget() is screen.settling)
    page = screen.settling
    shop.settle()
    shop.press(Key.Key_F4)  # the first in cash
    shop.settle()
    whole = page.dues[0].open
    typed(shop, page.cash.box, str(whole - Money(3_00)))
    assert page.difference.text() == "₹ 3.00 short."
    typed(shop, page.expenses.box, "3")
    assert page.difference.text() == "It comes to nil."
    shop.press(Key.Key_F10)
    shop.wait(lambda: screen.pages.currentWidget() is work)
    shop.settle()
    assert "TS/26-27/00001" in work.facts.text()
    assert [*shop.book.read(verify).findings] == []


def test_its_papers_come_out_of_one_key(shop: Shop) -> None:
    bills(shop, 3)
    screen = on_trip(shop)
    assert shop.floor is not None
    folder = shop.floor.folder
    shop.press(Key.Key_F12)
    shop.wait(lambda: len([*folder.glob("*.pdf")]) == 2 and screen.work.papers.idle)
    assert screen.work.said.text().startswith("Its papers are in ")
    kinds = shop.book.rows("SELECT subject FROM audit WHERE action = 'print' ORDER BY subject")
    assert [subject.split(":")[0] for (subject,) in kinds] == ["drop_list", "loading_sheet"]


def test_a_difference_is_named_and_booked_to_the_driver(shop: Shop) -> None:
    bills(shop, 3)
    old = shop.post(Kind.BILL, "PATEL", TEA=2)
    screen = on_trip(shop)
    shop.press(Key.Key_F4)
    shop.settle()
    shop.press(Key.Key_F10)
    shop.settle()
    for _ in range(2):
        shop.press(Key.Key_Return)
        shop.settle()
    shop.press(Key.Key_F10)
    shop.settle()
    page = screen.settling
    typed(shop, page.boxes["cash"].box, "100")
    typed(shop, page.boxes["discount"].box, "x")
    assert "x" in page.boxes["discount"].flaw
    typed(shop, page.boxes["discount"].box, "")
    shop.press(Key.Key_F11)
    answer(shop, page, "B/0")
    assert "B/0" in page.said.text()
    shop.press(Key.Key_F11)
    answer(shop, page, old.number)
    shop.press(Key.Key_F10)
    shop.settle()
    assert "100.00 short" in page.asking.question.text()
    assert "Ramesh Pawar" in page.asking.question.text()
    shop.press(Key.Key_Return)
    shop.wait(lambda: screen.pages.currentWidget() is screen.work)
    shop.settle()
    owed = {man.code: man.owes for man in shop.book.read(vehicles.men)}
    assert owed["RAMESH"] == Money(100_00)
    assert [*shop.book.read(verify).findings] == []


def test_a_trip_is_dropped_after_a_yes(shop: Shop) -> None:
    bills(shop, 3)
    screen = on_trip(shop)
    shop.press(Key.Key_Delete, modifier=CTRL)
    shop.press(Key.Key_Return)
    shop.settle()
    assert screen.work.facts.text().startswith("Dropped")
    again = on_trip_again(shop, screen)
    assert again == "TR/26-27/00002"


def on_trip_again(shop: Shop, screen: Any) -> str:
    shop.press(Key.Key_Escape)
    shop.settle()
    shop.press(Key.Key_Insert)
    shop.settle()
    shop.press(Key.Key_Space)
    shop.press(Key.Key_F10)
    answer(shop, screen.making, "MH 12 CD 5678")
    shop.settle()
    return str(screen.work.title.text())


def test_what_is_told_too_early_or_of_no_vehicle_is_refused(shop: Shop) -> None:
    bills(shop, 3)
    screen = shop.go("dispatch")
    shop.settle()
    shop.press(Key.Key_Insert)
    shop.settle()
    shop.press(Key.Key_F10)
    assert screen.making.said.text() == "Mark the bills that go on the vehicle."
    shop.press(Key.Key_F4)
    shop.press(Key.Key_F10)
    answer(shop, screen.making, "a lorry")
    assert "a lorry" in screen.making.said.text()
    shop.press(Key.Key_F10)
    answer(shop, screen.making, "1")
    shop.press(Key.Key_F6)
    assert screen.work.said.text() == "The vehicle has not left."


def test_the_board_shows_each_stage_and_its_bills(shop: Shop) -> None:
    first, _second = bills(shop, 3, 2)
    screen = on_trip(shop)
    scan(shop, screen.work, first.number)
    shop.press(Key.Key_Escape)
    shop.settle()
    shop.press(Key.Key_F2)
    shop.settle()
    board = screen.board
    assert [card.count.text() for card in board.cards] == ["1", "0", "0", "0", "1", "0", "0"]
    for _ in range(4):
        shop.press(Key.Key_Right)
    shop.settle()
    assert [row[0] for row in rows_of(board.table)] == [first.number]
    assert rows_of(board.table)[0][-1] == "TR/26-27/00001"
    shop.press(Key.Key_Escape)
    shop.settle()
    assert screen.pages.currentWidget() is screen.trips


def row(shop: Shop, sheet: Any, item: str, quantity: str) -> None:
    """Scanned, and so many."""
    sheet.scan.setText(item)
    shop.press(Key.Key_Return)
    shop.wait(sheet.qty.hasFocus)
    shop.type(quantity)
    shop.press(Key.Key_Return)


def test_a_van_is_loaded_sells_and_is_counted_home_by_scan(shop: Shop) -> None:
    screen = shop.go("dispatch")
    shop.settle()
    shop.press(Key.Key_F2, modifier=SHIFT)
    shop.settle()
    page = screen.van
    assert page.title.text() == "Van sale  Van one"
    assert rows_of(page.table) == []
    shop.press(Key.Key_F5)
    sheet = screen.pages.currentWidget()
    row(shop, sheet, "TEA", "24")
    row(shop, sheet, "SALT", "10")
    shop.press(Key.Key_F10)
    shop.wait(lambda: screen.pages.currentWidget() is page)
    shop.settle()
    assert page.said.text().startswith("Saved as ")
    assert [line[0] for line in rows_of(page.table)] == ["SALT", "TEA"]
    assert rows_of(page.table)[1][3:] == ["", "24", "", "", "", "24"]
    shop.press(Key.Key_F6)
    sheet = screen.pages.currentWidget()
    row(shop, sheet, "SALT", "10")
    shop.press(Key.Key_F10)
    shop.settle()
    assert sheet.said.text().startswith("24 pieces of Leaf tea")
    assert sheet.said.text().endswith("were not counted. Write 0 for none.")
    row(shop, sheet, "TEA", "25")
    shop.press(Key.Key_F10)
    shop.settle()
    assert "25 were counted and the books have 24 in the van" in sheet.said.text()
    sheet.table.selectRow(1)
    shop.press(Key.Key_Delete, modifier=CTRL)
    row(shop, sheet, "TEA", "20")
    shop.press(Key.Key_F10)
    shop.wait(lambda: screen.pages.currentWidget() is page)
    shop.settle()
    assert rows_of(page.table)[1][3:] == ["", "24", "", "20", "4", ""]
    owed = {man.code: man.owes for man in shop.book.read(vehicles.men)}["SURESH"]
    assert page.money.text() == (
        f"Booked to the man: ₹ {owed}  ·  Nothing lies in the van; all is accounted for."
    )
    assert [*shop.book.read(verify).findings] == []
    shop.press(Key.Key_Escape)
    shop.settle()
    assert screen.pages.currentWidget() is screen.trips
