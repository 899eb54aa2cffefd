"""The stock reports by keys: turned through, searched, drilled down, taken out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.goods_line import Kind
from dms_desktop.services.registers import racks
from dms_desktop.services.stock_reports import snapshots
from dms_desktop.services.verifying import verify
from dms_desktop.ui.month_ends import MonthEnds
from dms_desktop.ui.stock.reports import REPORTS
from dms_desktop.ui.stock.screen import StockScreen
from tests.books import Book
from tests.services.test_stock_snapshots import receive
from tests.ui.accessible import nameless
from tests.ui.conftest import CTRL, SHIFT, Key, Watch
from tests.ui.shop import Shop, close, opened


@pytest.fixture
def shop(
    qtbot: QtBot, qapp: QApplication, book: Book, tmp_path: Path, watch: Watch
) -> Iterator[Shop]:
    with opened(qtbot, qapp, book, tmp_path) as made:
        watch.armed = True
        yield made
    watch.armed = False
    close(made)


@pytest.fixture
def screen(shop: Shop) -> StockScreen:
    shop.press(Key.Key_J, modifier=CTRL)
    shop.wait(lambda: shop.window.at == "stock")
    shop.settle()
    found: Any = shop.window.pages.currentWidget()
    assert isinstance(found, StockScreen)
    return found


def cells(screen: StockScreen) -> list[list[str]]:
    model = screen.page.table.model_of
    return [[column.text(row) for column in model.columns] for row in model.rows]


def to(shop: Shop, screen: StockScreen, name: str) -> None:
    while screen.page.report.name != name:
        shop.press(Key.Key_F2)
    shop.settle()


def test_every_report_is_a_key_away_and_names_what_it_shows(
    shop: Shop, screen: StockScreen
) -> None:
    assert [row[0] for row in cells(screen)] == ["OIL", "SALT", "SOAP", "SOAP", "TEA", "TEA"]
    assert cells(screen)[2] == [
        "SOAP", "Toilet soap 100 g", "S1", "31-01-2027", "40.00", "MAIN", "", "Saleable", "100",
        "2,700.00",
    ]  # fmt: skip
    for report in REPORTS:
        assert screen.page.report is report
        assert nameless(screen) == []
        shop.press(Key.Key_F2)
        shop.settle()
    assert screen.page.report is REPORTS[0]
    shop.press(Key.Key_F2, modifier=SHIFT)
    shop.settle()
    assert (screen.page.report.name, cells(screen)[0][0]) == ("worth", "Brand")
    assert [row[0] for row in cells(screen)] == ["Brand", "Total"]


def test_typing_searches_and_one_key_narrows(shop: Shop, screen: StockScreen) -> None:
    shop.press(Key.Key_F3)
    shop.type("t2")
    shop.settle()
    assert [row[2] for row in cells(screen)] == ["T2"]
    shop.press(Key.Key_F4)
    shop.press(Key.Key_F4)
    shop.settle()
    assert (screen.page.narrowed(), cells(screen)) == ("Not saleable", [])


def test_near_expiry_is_charted_by_its_days(shop: Shop, screen: StockScreen) -> None:
    to(shop, screen, "near")
    assert cells(screen) == []
    shop.press(Key.Key_F4)
    shop.settle()
    assert [row[3] for row in cells(screen)] == ["T1"]
    assert screen.page.chart is not None
    said = [bar.said for bar in screen.page.chart.chart.bars]
    assert said[2] == "31 to 60: ₹5,130.00"
    to(shop, screen, "ageing")
    assert screen.page.chart is not None
    assert screen.page.chart.isVisible()
    assert cells(screen)[0][:3] == ["OIL", "Hair oil 200 ml", "40"]


def test_enter_leads_down_to_the_ledger_and_to_the_bill_and_esc_back(
    shop: Shop, screen: StockScreen
) -> None:
    bill = shop.post(Kind.BILL, SOAP=30)
    shop.press(Key.Key_F3)
    shop.type("s1")
    shop.settle()
    shop.press(Key.Key_Return)
    shop.settle()
    assert [(row[2], row[-3:]) for row in cells(screen)][-1] == (bill.number, ["", "30", "70"])
    assert "S1" in screen.page.title.text()
    shop.press(Key.Key_Escape)
    shop.settle()
    assert screen.page.report.name == "lots"
    shop.press(Key.Key_F6)
    shop.settle()
    assert cells(screen) == [["Sharma Stores", "", bill.number, "21-11-2026", "30", ""]] or (
        cells(screen)[0][:3] == ["Sharma Stores", "", bill.number]
    )
    shop.press(Key.Key_Return)
    shop.settle()
    bills: Any = shop.window.pages.currentWidget()
    assert (shop.window.at, [row.number for row in bills.table.model_of.rows]) == (
        "bills", [bill.number],
    )  # fmt: skip


def test_a_past_day_is_typed_and_esc_is_today_again(shop: Shop, screen: StockScreen) -> None:
    shop.post(Kind.BILL, OIL=3)
    shop.settle()
    assert cells(screen)[0][8] == "37"
    shop.press(Key.Key_F5)
    shop.type("5-11-2026")
    shop.press(Key.Key_Return)
    shop.settle()
    assert (screen.page.title.text(), cells(screen)[0][8]) == ("Batches on 05-11-2026", "40")
    shop.press(Key.Key_Escape)
    shop.settle()
    assert (screen.page.title.text(), cells(screen)[0][8]) == ("Batches", "37")
    for text, said in (("32-1-2026", "is no day"), ("5-11-2099", "")):
        shop.press(Key.Key_F5)
        shop.type(text)
        shop.press(Key.Key_Return)
        shop.settle()
        assert screen.page.said.text()
        assert said in screen.page.said.text()
        shop.press(Key.Key_Escape)
        shop.settle()


def test_months_that_are_over_are_counted_behind_the_clerks_back(
    shop: Shop, screen: StockScreen
) -> None:
    shop.done(receive, shop.book.items["SOAP"], 30, date(2026, 9, 15))
    assert shop.floor is not None
    MonthEnds(shop.floor).start()
    shop.wait(lambda: len(shop.book.read(snapshots.months)) == 2)
    shop.settle()
    assert not shop.book.read(snapshots.due)
    assert shop.book.read(verify).clean


def test_levels_that_lack_are_told(shop: Shop, screen: StockScreen) -> None:
    level = {"item": "TEA", "godown": "MAIN", "least": 400, "most": 500}
    add = racks.RACKS.add
    assert add is not None
    shop.done(add, level)
    to(shop, screen, "levels")
    assert [(row[0], row[7], row[8]) for row in cells(screen)] == [("TEA", "Too little", "200")]


class Viewer(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(url.toLocalFile())


def test_a_report_goes_into_a_spreadsheet_and_on_paper(
    shop: Shop, screen: StockScreen, tmp_path: Path
) -> None:
    path = tmp_path / "stock.csv"
    shop.press(Key.Key_F7)
    screen.page.asking.box.setText(str(path))
    shop.press(Key.Key_Return)
    shop.settle()
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("Item,Name,Batch,Expiry,MRP")
    assert len(lines) == 7
    shop.press(Key.Key_F7)
    screen.page.asking.box.setText(str(path))
    shop.press(Key.Key_Return)
    shop.settle()
    assert "already" in screen.page.said.text()
    viewer = Viewer()
    QDesktopServices.setUrlHandler("file", viewer, "show")  # type: ignore[arg-type]
    try:
        for _report in REPORTS[:3]:
            shop.press(Key.Key_F8)
            shop.settle()
            shop.press(Key.Key_F2)
            shop.settle()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert viewer.shown
    assert all(Path(each).read_bytes().startswith(b"%PDF") for each in viewer.shown)
    assert shop.book.read(verify).clean
