"""F1: what this screen is for and its keys, and the cursor back where it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from dms_desktop.language import catalogue
from dms_desktop.ui import help as help_module
from dms_desktop.ui import keys
from dms_desktop.ui.help import Help, page_text
from dms_desktop.ui.keys import KEYS, Where
from tests.books import OWNER_PIN
from tests.ui.conftest import CTRL
from tests.ui.staff import Key, Open


def sheet(window: QWidget) -> Help:
    found = window.findChild(Help)
    assert isinstance(found, Help)
    return found


def told(shown: Help) -> set[str]:
    return {label.text() for label in shown.findChildren(QLabel)}


def test_each_screen_tells_its_own_page_and_keys(begin: Open) -> None:
    hands = begin()
    hands.press(Key.Key_F1)
    assert "Logging in" in sheet(hands.window).page.toPlainText()
    assert "Ctrl+8" not in told(sheet(hands.window))  # no screen can be reached from here
    hands.press(Key.Key_F1)
    assert hands.log_in.pin.box.hasFocus()
    hands.come("owner", OWNER_PIN)
    hands.wait(lambda: hands.program.window.tabs.bar)
    for key, page in (
        (Key.Key_2, "Orders"),
        (Key.Key_3, "Bills"),
        (Key.Key_4, "Items"),
        (Key.Key_5, "Parties"),
        (Key.Key_6, "Masters"),
        (Key.Key_7, "Import"),
        (Key.Key_8, "Settings"),
        (Key.Key_1, "The counter"),
    ):
        hands.press(key, CTRL)
        before = QApplication.focusWidget()
        hands.press(Key.Key_F1)
        shown = sheet(hands.window)
        assert shown.page.toPlainText().startswith(page)
        assert shown.accessibleDescription().startswith(page)
        hands.press(Key.Key_Escape)
        assert QApplication.focusWidget() is before
        hands.wait(lambda: hands.window.findChild(Help) is None)


def test_all_keys_of_the_counter_stand_on_its_sheet(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1240, 760)
    window.show()
    shown = told(Help(window, Where.COUNTER, "counter"))
    for action in KEYS:
        if action.where in (Where.COUNTER, Where.EVERYWHERE, Where.SCREENS, Where.LOOKUP):
            assert {keys.key_text(action.id), action.label} <= shown


def test_a_long_sheet_is_read_by_keys(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 360)
    window.show()
    shown = Help(window, Where.COUNTER, "counter")
    assert shown.height() <= window.height()
    assert shown.width() <= window.width()
    for key in (Key.Key_PageDown, Key.Key_Down, Key.Key_Space):
        QTest.keyClick(shown, key)
    assert shown.page.verticalScrollBar().value() > 0
    assert shown.keys.verticalScrollBar().value() > 0
    QTest.keyClick(shown, Key.Key_Return)
    assert shown.isHidden()


@pytest.fixture
def hindi() -> Iterator[None]:
    catalogue.use("hi")
    yield
    catalogue.use(catalogue.ENGLISH)


def test_a_page_that_is_not_translated_comes_in_english(
    hindi: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "manual" / "hi").mkdir(parents=True)
    (tmp_path / "manual" / "counter.md").write_text("# The counter", encoding="utf-8")
    (tmp_path / "manual" / "bills.md").write_text("# Bills", encoding="utf-8")
    (tmp_path / "manual" / "hi" / "bills.md").write_text("# बिल", encoding="utf-8")
    monkeypatch.setattr(help_module, "resource", lambda name: tmp_path / name)
    assert page_text("bills") == "# बिल"
    assert page_text("counter") == "# The counter"
    assert page_text("nothing") == ""
