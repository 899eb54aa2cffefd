"""The search box: a clerk types, a scanner types faster, and Enter takes what is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dms_desktop.store.search import Found, ItemEntry, SearchIndex
from dms_desktop.ui.kit.lookup import Lookup
from tests.ui.accessible import nameless, spoken_name

Key = Qt.Key
PIECE, CASE, SHARED = "8901719101038", "18901719101035", "8904444444440"
ITEMS = (
    ItemEntry(1, "PG80", "Parle-G Biscuit 80g", barcodes=((PIECE, 1), (CASE, 144)), popularity=9),
    ItemEntry(2, "GD75", "Good Day Biscuit 75g", popularity=8),
    ItemEntry(3, "MG25", "Marie Gold Biscuit 250g", popularity=7),
    ItemEntry(4, "BIS", "Cheap soap", popularity=0),
    ItemEntry(5, "SX1", "Surf Excel 1kg", barcodes=((SHARED, 1),), popularity=6),
    ItemEntry(6, "WH1", "Wheel 1kg", barcodes=((SHARED, 1),), popularity=5),
)


class Screen(QWidget):
    """One search box and the box that the clerk goes to next."""

    def __init__(self, find: Callable[[str], tuple[Found, ...]], index: SearchIndex) -> None:
        super().__init__()
        self.box, self.next = Lookup(find, index.by_code, "Item"), QLineEdit()
        self.next.setAccessibleName("Quantity")
        self.taken: list[tuple[str, int]] = []
        self.missed: list[str] = []
        self.told: list[str] = []
        self.rows = QVBoxLayout(self)
        self.rows.addWidget(self.box)
        self.rows.addWidget(self.next)
        self.rows.addStretch()
        self.box.chosen.connect(lambda found: self.taken.append((found.code, found.units)))
        self.box.missed.connect(self.missed.append)
        self.box.returnPressed.connect(lambda: self.told.append("enter"))
        QShortcut("Esc", self, lambda: self.told.append("back"))
        self.resize(700, 500)

    def press(self, *pressed: Qt.Key) -> None:
        for key in pressed:
            QTest.keyClick(self.focusWidget(), key)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.box, text)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    index = SearchIndex(tmp_path / "items.db")
    index.rebuild(ITEMS, "1")
    yield index
    index.close()


@pytest.fixture
def screen(index: SearchIndex, qtbot: QtBot) -> Screen:
    screen = Screen(index.find, index)
    qtbot.addWidget(screen)
    with qtbot.waitActive(screen):
        screen.show()
    screen.box.setFocus()
    return screen


def listed(screen: Screen) -> list[str]:
    return [hit.code for hit in screen.box.list.hits] if screen.box.list.isVisible() else []


def test_three_letters_and_enter(screen: Screen) -> None:
    screen.type("par")
    assert listed(screen) == ["PG80"]
    screen.press(Key.Key_Return)
    assert (screen.taken, screen.box.text()) == ([("PG80", 1)], "Parle-G Biscuit 80g")
    assert listed(screen) == []
    assert screen.told == screen.missed == []


def test_the_list_is_walked_with_the_arrows(screen: Screen) -> None:
    screen.type("biscuit")
    screen.press(Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Enter)
    assert screen.taken == [("GD75", 1)]
    screen.box.clear()
    screen.type("biscuit")
    screen.press(Key.Key_Up, Key.Key_Return)
    assert screen.taken[1:] == [("PG80", 1)]


def test_a_code_is_taken_before_any_name(screen: Screen) -> None:
    screen.type("bis")
    assert listed(screen) == ["BIS", "PG80", "GD75", "MG25"]
    screen.press(Key.Key_Return)
    screen.box.clear()
    screen.type("bis")
    screen.press(Key.Key_Down, Key.Key_Return)
    assert screen.taken == [("BIS", 1), ("PG80", 1)]


@pytest.mark.parametrize(("label", "units"), [(PIECE, 1), (CASE, 144)])
def test_a_scan_is_taken_with_the_units_of_its_label(
    screen: Screen, label: str, units: int
) -> None:
    screen.type(label)
    screen.press(Key.Key_Return)
    assert screen.taken == [("PG80", units)]


def test_scans_one_after_the_other_without_a_pause(screen: Screen) -> None:
    screen.box.chosen.connect(lambda _: screen.box.clear())
    for label in (PIECE, CASE, PIECE):
        screen.type(label)
        screen.press(Key.Key_Return)
    assert screen.taken == [("PG80", 1), ("PG80", 144), ("PG80", 1)]


@pytest.mark.parametrize("label", ["8900000000009", PIECE[:-1], PIECE + "7"])
def test_an_unknown_label_takes_nothing_and_the_next_scan_starts_anew(
    screen: Screen, label: str
) -> None:
    screen.type(label)
    screen.press(Key.Key_Return)
    assert (screen.taken, screen.missed) == ([], [label])
    assert screen.box.property("refused") is True
    screen.type(PIECE)
    assert screen.box.property("refused") is False
    screen.press(Key.Key_Return)
    assert screen.taken == [("PG80", 1)]


def test_pointing_at_a_row_counts_only_until_the_next_letter(screen: Screen) -> None:
    screen.press(Key.Key_Down, Key.Key_Down)
    screen.type(PIECE[:-1])
    assert listed(screen) == ["PG80"]
    screen.press(Key.Key_Return)
    assert (screen.taken, screen.missed) == ([], [PIECE[:-1]])


def test_a_label_that_two_makers_use_is_chosen_by_the_clerk(screen: Screen) -> None:
    screen.type(SHARED)
    screen.press(Key.Key_Return)
    assert (screen.taken, listed(screen)) == ([], ["SX1", "WH1"])
    screen.press(Key.Key_Down, Key.Key_Return)
    assert screen.taken == [("WH1", 1)]

    screen.box.clear()
    screen.type(SHARED)
    screen.press(Key.Key_Return)
    screen.type(PIECE)
    screen.press(Key.Key_Return)
    assert screen.taken == [("WH1", 1), ("PG80", 1)]


def test_a_slip_is_shown_and_never_taken_unseen(screen: Screen) -> None:
    screen.type("surff")
    assert listed(screen) == ["SX1"]
    screen.press(Key.Key_Return)
    assert (screen.taken, screen.missed) == ([], ["surff"])
    screen.press(Key.Key_Down, Key.Key_Return)
    assert screen.taken == [("SX1", 1)]


def test_what_is_not_there_says_so(screen: Screen) -> None:
    screen.type("zebra")
    assert screen.box.list.isVisible()
    assert screen.box.list.hits == ()
    screen.press(Key.Key_Down, Key.Key_Up, Key.Key_Return)
    assert (screen.taken, screen.missed) == ([], ["zebra"])


def test_enter_never_takes_a_row_that_answers_another_text(screen: Screen) -> None:
    screen.type("par")
    screen.box.setText("SX1")
    screen.press(Key.Key_Return)
    assert screen.taken == [("SX1", 1)]
    screen.box.clear()
    screen.type("par")
    screen.press(Key.Key_Down)
    screen.box.setText("marie")
    screen.press(Key.Key_Return)
    assert (screen.taken[1:], listed(screen)) == ([], ["MG25"])
    screen.press(Key.Key_Return)
    assert screen.taken[1:] == [("MG25", 1)]


def test_escape_closes_the_list_and_only_then_goes_back(screen: Screen) -> None:
    screen.type("par")
    screen.press(Key.Key_Escape)
    assert (listed(screen), screen.told, screen.box.text()) == ([], [], "par")
    screen.press(Key.Key_Escape)
    assert screen.told == ["back"]
    screen.press(Key.Key_Return)
    assert (screen.taken, listed(screen)) == ([], ["PG80"])


def test_an_empty_box_lets_enter_through_and_down_lists_what_sells(screen: Screen) -> None:
    screen.press(Key.Key_Return)
    assert screen.told == ["enter"]
    screen.press(Key.Key_Down)
    assert listed(screen)[:2] == ["PG80", "GD75"]
    screen.press(Key.Key_Return)
    assert (screen.told, screen.taken) == (["enter"], [("PG80", 1)])
    screen.box.clear()
    screen.press(Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert screen.taken[1:] == [("GD75", 1)]


def test_enter_on_what_is_chosen_chooses_it_again(screen: Screen) -> None:
    screen.type("marie")
    screen.press(Key.Key_Return, Key.Key_Return)
    assert screen.taken == [("MG25", 1), ("MG25", 1)]


def test_editing_lets_go_of_what_was_chosen(screen: Screen) -> None:
    screen.type("marie")
    screen.press(Key.Key_Return, Key.Key_Backspace)
    assert screen.box.found is None
    screen.box.show_found(Found(2, "GD75", "Good Day Biscuit 75g"))
    screen.press(Key.Key_Return)
    assert screen.taken == [("MG25", 1), ("GD75", 1)]
    screen.box.show_found(None)
    assert screen.box.text() == ""


def test_the_list_goes_when_there_is_nothing_to_list_for(screen: Screen) -> None:
    ways: tuple[Callable[[], None], ...] = (
        lambda: screen.press(Key.Key_Backspace, Key.Key_Backspace, Key.Key_Backspace),
        lambda: screen.press(Key.Key_Tab),
        lambda: screen.resize(screen.width() - 1, screen.height()),
    )
    for leave in ways:
        screen.box.setFocus()
        screen.box.clear()
        screen.type("par")
        assert listed(screen) == ["PG80"]
        leave()
        assert listed(screen) == []


def test_the_list_lies_within_the_window(screen: Screen) -> None:
    screen.type("biscuit")
    assert screen.box.list.parent() is screen
    assert screen.rect().contains(screen.box.list.geometry())
    assert screen.box.list.y() >= screen.box.geometry().bottom()

    screen.box.clear()
    screen.rows.insertStretch(0, 100)
    screen.rows.activate()
    screen.type("biscuit")
    assert screen.rect().contains(screen.box.list.geometry())
    assert screen.box.list.geometry().bottom() <= screen.box.y()


def test_a_long_list_in_a_low_window_follows_the_arrows(screen: Screen) -> None:
    screen.resize(700, 200)
    screen.rows.activate()
    screen.type("bis")
    assert screen.rect().contains(screen.box.list.geometry())
    before = screen.box.list.grab().toImage()
    screen.press(Key.Key_Down, Key.Key_Down, Key.Key_Down)
    assert screen.box.list.grab().toImage() != before
    screen.press(Key.Key_Return)
    assert screen.taken == [("MG25", 1)]


def test_a_click_takes_a_row_and_leaves_the_focus(screen: Screen) -> None:
    screen.type("biscuit")
    height = screen.box.list.height() // 4  # three rows and the note
    QTest.mouseClick(
        screen.box.list, Qt.MouseButton.LeftButton, pos=QPoint(40, height + height // 2)
    )
    assert screen.taken == [("GD75", 1)]
    assert screen.box.hasFocus()


def test_a_screen_reader_knows_the_box_by_its_name(screen: Screen) -> None:
    assert spoken_name(screen.box) == "Item"
    screen.type("par")
    assert nameless(screen) == []
    assert screen.box.list.focusPolicy() == Qt.FocusPolicy.NoFocus
