"""What a person sees: names are not cut where there is room, columns agree, nothing jumps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QGridLayout, QHeaderView, QLabel
from pytestqt.qtbot import QtBot

from dms_desktop.language import catalogue
from dms_desktop.services.registers.history import Event
from dms_desktop.ui import theme
from dms_desktop.ui.billing.painting import PAD, WRAPPED
from dms_desktop.ui.billing.rows import What
from dms_desktop.ui.billing.texts import ITEM
from dms_desktop.ui.first_start_form import CompanyForm
from dms_desktop.ui.help import Help
from dms_desktop.ui.keys import Where
from dms_desktop.ui.kit.form import Form
from dms_desktop.ui.kit.table import NAME, Column, Table
from dms_desktop.ui.masters.history import HistoryPane
from dms_desktop.ui.masters.kinds import KINDS
from dms_desktop.ui.masters.screen import Kinds
from dms_desktop.ui.theme import Theme
from tests.ui.conftest import Counter, Key

LONG = "Golmithi Glucose Biscuits Original 200g"
COLUMNS: Sequence[Column[str]] = (
    Column("Item", lambda name: name),
    Column("Batch", lambda name: "26H12A", 30),
    Column("Amount", lambda name: "12,345.00", 30, right=True),
)


@pytest.fixture
def hindi() -> Iterator[None]:
    yield
    catalogue.use(catalogue.ENGLISH)


@pytest.fixture
def large(counter: Counter) -> Iterator[Counter]:
    counter.window.resize(1240, 760)
    counter.window.change_size()
    yield counter
    counter.window.change_size()


@pytest.mark.parametrize(("wide", "given"), [(1400, False), (500, True)])
def test_figures_give_their_spare_room_to_names(qtbot: QtBot, wide: int, given: bool) -> None:
    table: Table[str] = Table(COLUMNS, "Goods")
    qtbot.addWidget(table)
    table.resize(wide, 300)
    table.show()
    table.show_rows([LONG], None)
    letter = table.fontMetrics().averageCharWidth()
    assert (table.columnWidth(1) < 33 * letter) is given
    assert table.columnWidth(0) >= min(NAME * letter, 500 - 2 * table.sizeHintForColumn(2))
    assert all(table.columnWidth(at) >= table.sizeHintForColumn(at) for at in (1, 2))
    assert not table.horizontalScrollBar().isVisible()


def test_an_item_of_a_bill_keeps_its_name_in_large_letters(large: Counter) -> None:
    large.party("sharma")
    large.line("soap", "12")
    lines = large.screen.lines
    letter = lines.fontMetrics().averageCharWidth()
    assert lines.columnWidth(ITEM) >= 24 * letter
    header = lines.horizontalHeader()
    assert header.sectionResizeMode(ITEM) is QHeaderView.ResizeMode.Stretch
    assert header.length() <= lines.viewport().width()
    bold = header.font()
    bold.setBold(True)
    for column in range(lines.model().columnCount()):
        assert header.sectionSizeHint(column) <= lines.columnWidth(column) + 2 * PAD


@pytest.mark.parametrize("width", [1240, 700])
def test_what_stops_a_line_is_read_in_full_however_narrow_the_window(
    counter: Counter, width: int
) -> None:
    counter.party("sharma")
    counter.line("oil", "99999")
    lines, model = counter.screen.lines, counter.screen.model
    lines.window().setMinimumWidth(0)
    lines.setFixedWidth(width)
    QApplication.processEvents()
    (at,) = (at for at in range(model.rowCount()) if model.row_at(at).what is What.NOTE)
    said = f"▲  {model.text(at, ITEM)}"
    room = QRect(0, 0, lines.viewport().width() - 2 * PAD, 0)
    needed = lines.fontMetrics().boundingRect(room, WRAPPED, said)
    assert lines.rowHeight(at) >= needed.height()
    assert needed.width() <= room.width()
    assert (lines.rowHeight(at) > 2 * lines.fontMetrics().height()) is (width == 700)


def test_the_help_speaks_the_language_that_is_chosen_while_it_is_open(
    counter: Counter, hindi: None
) -> None:
    counter.window.show_page(counter.screen, where=Where.COUNTER, name="counter")
    counter.press(Key.Key_F1)
    sheet = counter.window.findChild(Help)
    assert isinstance(sheet, Help)
    before = sheet.page.toPlainText()
    counter.window.change_language()
    assert sheet.page.toPlainText() != before
    assert "पार्टी" in sheet.page.toPlainText()
    counter.window.change_size()
    counter.window.resize(1240, 760)
    QApplication.processEvents()
    assert sheet.page.document().size().width() < sheet.page.viewport().width() + 1
    counter.window.change_size()
    counter.press(Key.Key_Escape)


@pytest.mark.parametrize("kind", ["item", "party"])
def test_the_boxes_of_one_form_stand_below_each_other(qtbot: QtBot, kind: str) -> None:
    form = Form(KINDS[kind].groups)
    qtbot.addWidget(form)
    form.resize(760, 900)
    form.show()
    QApplication.processEvents()
    ground = form.widget()
    assert ground is not None
    places = {
        tuple(grid.cellRect(0, column).x() for column in range(6))
        for grid in ground.findChildren(QGridLayout)
        if grid.columnCount() == 6
    }
    assert len(places) == 1


def test_what_was_done_to_the_books_is_told_in_words(qtbot: QtBot, hindi: None) -> None:
    pane = HistoryPane(str, lambda name, value: str(value))
    qtbot.addWidget(pane)
    at = datetime(2026, 11, 22, 5, tzinfo=UTC)
    made = {"name": (None, "Sahyog")}
    pane.show_events([
        Event(at, "owner", "found the books", made),
        Event(at, "owner", "sample company", {"seed": (None, 1)}),
    ])  # fmt: skip
    told = pane.text.toPlainText()
    assert "owner founded the books" in told
    assert "name: Sahyog" in told
    assert "owner filled the books with the sample company" in told
    assert "seed" not in told
    catalogue.use("hi")
    pane.speak_again()
    assert "found" not in pane.text.toPlainText()


def test_the_last_line_tells_each_key_once(counter: Counter) -> None:
    page = counter.window.pages.currentWidget()
    assert page is not None
    counter.window.show_page(page, hints=("list.open",))
    told = counter.window.keys_line.text()
    assert "Enter Open" in told
    assert "Enter Next box" not in told


def test_nothing_moves_when_the_party_is_known(counter: Counter) -> None:
    before = counter.screen.heading.y()
    counter.party("sharma")
    QApplication.processEvents()
    assert counter.screen.heading.y() == before


def test_all_kinds_of_masters_are_in_sight_at_the_usual_size(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(qapp, Theme.LIGHT)
    kinds = Kinds()
    qtbot.addWidget(kinds)
    kinds.setFixedHeight(640)  # what a window of 1240 x 760 leaves
    kinds.show()
    QApplication.processEvents()
    last = kinds.visualItemRect(kinds.item(kinds.count() - 1))
    assert kinds.viewport().rect().contains(last)


def test_what_stands_above_the_boxes_of_the_first_start_is_not_cut(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(qapp, Theme.LIGHT)
    form = CompanyForm()
    qtbot.addWidget(form)
    form.resize(600, 500)
    form.show()
    for large in (False, True):
        theme.apply(qapp, Theme.LIGHT, large=large)
        QApplication.processEvents()
        form.resize(form.minimumSizeHint())
        QApplication.processEvents()
        for label in form.findChildren(QLabel):
            if label.isVisible() and not label.wordWrap():
                assert label.width() >= label.sizeHint().width(), label.text()
    theme.apply(qapp, Theme.LIGHT)
