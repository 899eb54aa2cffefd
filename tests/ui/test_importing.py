"""Files brought in by keys: tried, mended, brought in by steps, gone on with, and taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from dms_desktop.domain.incoming import STEP, Intake
from dms_desktop.domain.powers import Power
from dms_desktop.files.headings import likeliest
from dms_desktop.files.table import read_table
from dms_desktop.services import imports
from dms_desktop.ui.importing.columns import FIELD
from dms_desktop.ui.importing.pace import CALM, PAUSE_MS, SMALL, Pace
from dms_desktop.ui.importing.page import FilePage
from dms_desktop.ui.importing.screen import ImportScreen
from tests.books import Book
from tests.files.sheets import write_csv, write_xlsx
from tests.ui.accessible import nameless
from tests.ui.conftest import CTRL, Key, Watch
from tests.ui.shop import Shop, close, opened, rows_of

HEADINGS = ["Item code", "Item name", "Company", "HSN", "GST %", "UOM", "Case", "MRP"]
GHEE = ["GHEE", "Cow ghee 1 l", "Gokul", "04059020", 12, "LTR", 12, 650]
SOAP = ["SOAP", "Toilet soap 100 g", "Brand", "34011190", 18, "PCS", 24, 45]
JAM = ["JAM", "Mixed jam", "Gokul", "20079910", "twelve", "PCS", 12, 99]
ROWS: Sequence[Sequence[object]] = (HEADINGS, GHEE, SOAP, JAM)


@pytest.fixture
def shop(
    qtbot: QtBot, qapp: QApplication, book: Book, tmp_path: Path, watch: Watch
) -> Iterator[Shop]:
    (tmp_path / "shop").mkdir()
    with opened(qtbot, qapp, book, tmp_path / "shop") as made:
        watch.armed = True
        yield made
    watch.armed = False
    close(made)


def go(shop: Shop) -> ImportScreen:
    shop.press(Key.Key_7, modifier=CTRL)
    shop.wait(lambda: shop.window.at == "import")
    screen = shop.window.pages.currentWidget()
    assert isinstance(screen, ImportScreen)
    return screen


def choose(shop: Shop, path: Path) -> FilePage:
    """From the list: a new file, typed in full."""
    screen = go(shop)
    shop.press(Key.Key_Insert)
    assert nameless(shop.window) == []
    shop.enter(str(path))
    shop.wait(lambda: not screen.page.work.busy)
    return screen.page


def figures(page: FilePage) -> list[str]:
    return [page.outcome.text(name) for name in ("rows", "created", "changed", "refused")]


def told(page: FilePage) -> list[list[str]]:
    return rows_of(page.outcome.list)


def test_a_file_is_tried_brought_in_and_taken_back(shop: Shop, tmp_path: Path) -> None:
    page = choose(shop, write_xlsx(tmp_path / "goods.xlsx", ROWS))
    assert figures(page) == ["3", "1", "1", "1"]
    assert told(page) == [
        ["4", "Refused", "“twelve” is not a valid figure for GST %."],
        ["3", "Changed", "SOAP — MRP: 40.00 → 45.00"],
    ]
    assert shop.book.rows("SELECT code FROM item WHERE code = 'GHEE'") == [], "only tried"
    shop.press(Key.Key_F10)
    shop.wait(lambda: not page.work.busy)
    assert page.said.text() == "Items: 1 new and 1 changed. This is import 1."
    assert shop.book.value("SELECT name FROM item WHERE code = 'GHEE'") == "Cow ghee 1 l"
    shop.press(Key.Key_Escape)
    past = go(shop).past
    shop.settle()
    (row,) = rows_of(past.table)
    assert row[2:] == ["Items", "goods.xlsx", "3", "Brought in"]
    shop.press(Key.Key_F8)
    shop.enter("")
    assert "Type a reason" in past.why.flaw
    shop.enter("an old list")
    shop.wait(lambda: past.said.text() == "Import 1 is taken back.")
    shop.settle()
    assert rows_of(past.table)[0][-1] == "Taken back"
    assert shop.book.rows("SELECT code FROM item WHERE code = 'GHEE'") == []
    assert shop.book.value("SELECT mrp FROM item WHERE code = 'SOAP'") == 4000


def test_a_column_is_said_by_keys_where_no_guess_finds_it(shop: Shop, tmp_path: Path) -> None:
    rows: Sequence[Sequence[object]] = [
        ["Maal", "Naam", "MRP", "Note"],
        ["SOAP", "Toilet soap 100 g", 45, "x"],
    ]
    page = choose(shop, write_csv(tmp_path / "items.csv", rows))
    assert page.said.text() == "Still needed: Item code. Say in which column it stands."
    assert not page.bring.isEnabled()
    assert page.columns.hasFocus()
    shop.press(Key.Key_Return)
    shop.type("Item")
    shop.press(Key.Key_Return)
    shop.wait(lambda: page.tried is not None)
    assert figures(page) == ["1", "0", "1", "0"]
    shop.press(Key.Key_Down, Key.Key_Down, Key.Key_Delete)
    shop.wait(lambda: page.tried is not None and figures(page) == ["1", "0", "0", "0"])
    shown = [page.columns.headings.index(at, FIELD).data() for at in range(4)]
    assert shown == ["Item code", "— not brought in —", "— not brought in —", "— not brought in —"]


def test_refused_rows_are_written_out_mended_and_brought_in(shop: Shop, tmp_path: Path) -> None:
    page = choose(shop, write_xlsx(tmp_path / "goods.xlsx", ROWS))
    shop.press(Key.Key_F7)
    shop.wait(lambda: page.said.text().startswith("Written to"))
    mend = tmp_path / "goods - to mend.xlsx"
    sheet = load_workbook(mend)
    cells = [[cell.value for cell in row] for row in sheet.active.iter_rows()]
    assert cells[0] == [*HEADINGS, "What is wrong"]
    assert cells[1:] == [[*JAM, "“twelve” is not a valid figure for GST %."]]
    sheet.active["E2"] = 12
    sheet.save(mend)
    shop.press(Key.Key_Escape)
    page = choose(shop, mend)
    assert figures(page) == ["1", "1", "0", "0"]


def test_an_import_that_was_stopped_is_gone_on_with(shop: Shop, tmp_path: Path) -> None:
    many = [[f"N{at:04d}", f"Article {at}", "Gokul", "34011190", 18, "PCS", 12, 50 + at % 9]
            for at in range(1, 1301)]  # fmt: skip
    path = write_csv(tmp_path / "many.csv", [HEADINGS, *many])
    page = choose(shop, path)
    page.work.moved.connect(lambda done, most: page.stop.click() if done == 500 else None)
    shop.press(Key.Key_F10)
    shop.wait(lambda: not page.work.busy)
    shop.settle()
    assert page.said.text().startswith("Stopped.")
    here = shop.book.value("SELECT count(*) FROM item WHERE code LIKE 'N%'")
    assert 500 <= here < 1300
    shop.press(Key.Key_Escape)
    past = go(shop).past
    shop.settle()
    assert rows_of(past.table)[0][-1] == "Broken off"
    shop.press(Key.Key_F9)
    assert page.said.text() == "Choose the file “many.csv” again; its import goes on."
    shop.enter(str(path))
    shop.wait(lambda: page.tried is not None)
    assert "came in before it broke off" in page.said.text()
    page.work.moved.disconnect()
    shop.press(Key.Key_F10)
    shop.wait(lambda: not page.work.busy)
    assert shop.book.value("SELECT count(*) FROM item WHERE code LIKE 'N%'") == 1300
    (run,) = shop.book.read(imports.runs)
    assert (run.rows_done, run.state) == (1300, "done")


def test_the_counter_bills_while_a_file_comes_in(shop: Shop, tmp_path: Path) -> None:
    many = [[f"N{at:04d}", f"Article {at}", "Gokul", "34011190", 18, "PCS", 12, 50]
            for at in range(3000)]  # fmt: skip
    page = choose(shop, write_csv(tmp_path / "many.csv", [HEADINGS, *many]))
    shop.press(Key.Key_F10)
    shop.press(Key.Key_1, modifier=CTRL)
    shop.party("sharma")
    shop.line("soap", "12")
    number = shop.save()
    assert number
    shop.wait(lambda: not page.work.busy)
    shop.settle()
    assert shop.book.value("SELECT count(*) FROM item WHERE code LIKE 'N%'") == 3000
    shop.wait(lambda: [hit.code for hit in shop.desk.items.find("soap")] == ["SOAP"])


def test_stock_that_is_in_the_books_does_not_come_twice(shop: Shop, tmp_path: Path) -> None:
    rows: Sequence[Sequence[object]] = [["Item", "Batch", "MRP", "PTR", "Cost", "Expiry", "Qty"],
            ["SOAP", "S5", 40, 31, 27, "31-12-2027", "2c 6p"]]  # fmt: skip
    path = write_csv(tmp_path / "stock.csv", rows)
    page = choose(shop, path)
    assert page.file.wanted is Intake.LOTS
    shop.press(Key.Key_F10)
    shop.wait(lambda: not page.work.busy)
    assert shop.book.stock("SOAP")["S5"] == 54
    shop.press(Key.Key_F3)
    shop.press(Key.Key_Return)
    shop.wait(lambda: not page.work.busy)
    assert "was imported before, as import 1" in page.said.text()
    assert not page.bring.isEnabled()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bill.xlsx", b"%PDF-1.7 what a bill", "it is no table"),
        ("old.xls", b"\xd0\xcf\x11\xe0 old", "it is of an old Excel or has a password"),
        ("page.xlsx", b"<html><table><tr>", "it is a web page under another name"),
        ("cut.xlsx", b"PK\x03\x04 cut off", "it is damaged"),
        ("empty.csv", b"", "it is empty"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_at_the_place(
    shop: Shop, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    page = choose(shop, tmp_path / name)
    assert said in page.file.path.flaw
    assert page.file.path.box.hasFocus()
    assert page.table is None
    assert shop.faults == {}


def test_a_file_that_is_not_there_is_said_so(shop: Shop, tmp_path: Path) -> None:
    page = choose(shop, tmp_path / "nowhere.csv")
    assert "it is not there, or may not be opened" in page.file.path.flaw


def test_a_file_is_dropped_on_the_list(shop: Shop, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "goods.csv", ROWS)
    screen = go(shop)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    plain = Qt.KeyboardModifier.NoModifier
    button = Qt.MouseButton.LeftButton
    screen.dropEvent(
        QDropEvent(QPointF(QPoint(9, 9)), Qt.DropAction.CopyAction, mime, button, plain)
    )
    shop.wait(lambda: screen.page.tried is not None)
    assert figures(screen.page) == ["3", "1", "1", "1"]


def test_a_file_is_chosen_in_the_dialog(shop: Shop, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "goods.csv", ROWS)
    page = go(shop).page
    shop.press(Key.Key_Insert, Key.Key_F4)
    (dialog,) = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    shop.wait(lambda: page.tried is not None)
    assert page.file.path.box.text() == str(path)


def test_an_empty_form_says_what_a_file_needs(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    page = go(shop).page
    shop.press(Key.Key_Insert, Key.Key_F6)
    shop.type("Part")
    assert page.file.wanted is Intake.PARTIES
    shop.press(Key.Key_F8)
    shop.wait(lambda: page.said.text().startswith("Written to"))
    table = read_table(tmp_path / "parties.xlsx")
    assert likeliest(table.rows) is Intake.PARTIES
    assert len(table.rows) == 1
    assert table.said.sheets == ("parties", "How to fill")


def test_an_import_makes_way_for_whoever_types(shop: Shop) -> None:
    pace = Pace(shop.desk)
    assert pace.look() == (STEP, 0)
    shop.press(Key.Key_F3)
    assert pace.look() == (SMALL, PAUSE_MS)
    shop.qtbot.wait(int(CALM * 1000) + 100)
    assert pace.look() == (STEP, 0)
    pace.rest()


def test_an_import_goes_on_when_another_one_comes_to_the_counter(
    shop: Shop, tmp_path: Path
) -> None:
    many = [[f"N{at:04d}", f"Article {at}", "Gokul", "34011190", 18, "PCS", 12, 50]
            for at in range(1200)]  # fmt: skip
    page = choose(shop, write_csv(tmp_path / "many.csv", [HEADINGS, *many]))
    clerk = replace(shop.desk.actor, powers=frozenset({Power.LOG_IN, Power.LOOK, Power.BILL}))

    def come(done: int, _: int) -> None:
        if done == STEP:
            shop.desk.enter(clerk)

    page.work.moved.connect(come)
    shop.press(Key.Key_F10)
    shop.wait(lambda: not page.work.busy)
    assert shop.book.value("SELECT count(*) FROM item WHERE code LIKE 'N%'") == 1200
    assert shop.window.at != "import", "what the clerk may not see is gone"


def test_a_file_that_is_another_than_was_meant_is_doubted(shop: Shop, tmp_path: Path) -> None:
    screen = go(shop)
    shop.press(Key.Key_Insert)
    screen.page.begin(Intake.ITEMS)
    parties: list[list[object]] = [
        ["Code", "Name", "State", "GSTIN", "Phone", "Beat", "Credit Limit"],
        ["RAM", "Ram Stores", "Maharashtra", "", "9800000009", "Camp", 5000],
    ]
    shop.enter(str(write_csv(tmp_path / "shops.csv", parties)))
    shop.wait(lambda: not screen.page.work.busy)
    said = screen.page.said.text()
    assert said == "The headings look like Parties, not like Items. F6 changes that."
    shop.press(Key.Key_F6)
    shop.type("Part")
    shop.wait(lambda: not screen.page.work.busy and screen.page.tried is not None)
    assert screen.page.said.text() == "Everything can come in. F10 does it."


def test_what_is_taken_all_the_same_is_told_before_and_after(shop: Shop, tmp_path: Path) -> None:
    rows = [["Party code", "Party name", "Phone"], ["N1", "New one", "9800000001"],
            ["N2", "New two", "98000 00001"]]  # fmt: skip
    page = choose(shop, write_csv(tmp_path / "parties.csv", rows))
    told = [
        ["2", "Warning", ("Parties that have no State and are taken as of Maharashtra: 2. "
         "It decides between IGST and CGST with SGST.")],
        ["3", "Warning", "The phone 98000 00001 is that of N1 too. Check both."],
    ]  # fmt: skip
    assert rows_of(page.outcome.list) == told
    assert figures(page) == ["2", "2", "0", "0"]
    shop.press(Key.Key_F10)
    shop.wait(lambda: not page.work.busy)
    assert rows_of(page.outcome.list) == told
