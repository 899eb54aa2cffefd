"""Every action has one key, and the key does what its label says."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dms_desktop.ui import keys
from dms_desktop.ui.keys import KEYS, Where

IN_A_BOX = {"next", "back"}  # what Enter and Esc do where nothing else says what they do


def test_no_key_means_two_things_at_one_place() -> None:
    assert len({action.id for action in KEYS}) == len(KEYS)
    for one, other in combinations(KEYS, 2):
        anywhere = Where.EVERYWHERE in (one.where, other.where)
        if one.where is other.where or (anywhere and not {one.id, other.id} & IN_A_BOX):
            assert one.keys != other.keys, (one, other)


def test_every_key_can_be_pressed() -> None:
    for action in KEYS:
        assert QKeySequence(action.keys).toString() == action.keys


def test_the_help_tells_every_key_under_its_heading() -> None:
    table = dict(keys.key_table())
    assert sum(map(len, table.values())) == len(KEYS)
    assert ("F10", "Save and print") in table["At the counter"]
    assert ("Enter", "Take") in table["In a search box and its list"]


def test_an_action_that_is_not_declared_cannot_be_bound(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    with pytest.raises(KeyError):
        keys.bind(widget, "counter.fly", widget.close)


def test_a_button_shows_its_key_and_is_pressed_by_it(qtbot: QtBot) -> None:
    screen, box = QWidget(), QLineEdit()
    qtbot.addWidget(screen)
    layout = QVBoxLayout(screen)
    layout.addWidget(box)
    saved: list[str] = []
    button = keys.button(screen, "counter.save", lambda: saved.append("bill"))
    layout.addWidget(button)
    with qtbot.waitActive(screen):
        screen.show()
    box.setFocus()

    assert button.text() == "F10 Save and print"
    QTest.keyClick(box, Qt.Key.Key_F10)
    assert saved == ["bill"]
    button.setEnabled(False)
    QTest.keyClick(box, Qt.Key.Key_F10)
    assert saved == ["bill"], "what cannot be done now is not done by its key either"
    assert box.hasFocus()


def test_a_key_of_one_screen_is_not_heard_in_another(qtbot: QtBot) -> None:
    window, screen, other = QWidget(), QWidget(), QLineEdit()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(screen)
    layout.addWidget(other)
    heard: list[str] = []
    keys.bind(screen, "counter.save", lambda: heard.append("save"))
    keys.bind(screen, "help", lambda: heard.append("help"))
    with qtbot.waitActive(window):
        window.show()
    other.setFocus()
    QTest.keyClick(other, Qt.Key.Key_F10)
    QTest.keyClick(other, Qt.Key.Key_F1)
    assert heard == ["help"]
