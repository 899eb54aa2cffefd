"""The masters by keys: every kind is listed, opened, changed, saved, and says so in its history."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.books import Book
from tests.ui.conftest import Key, Watch
from tests.ui.masters import Owner, close_masters, open_masters


@pytest.fixture
def owner(qtbot: QtBot, qapp: QApplication, book: Book, watch: Watch) -> Iterator[Owner]:
    made = open_masters(qtbot, qapp, book)
    watch.armed = True
    yield made
    watch.armed = False
    close_masters(made)


def test_a_godown_is_made_changed_and_remembered(owner: Owner) -> None:
    owner.go("godown")
    owner.new()
    owner.type("TEMPO")
    owner.press(Key.Key_Return)
    owner.type("Tempo of Raju")
    owner.press(Key.Key_Return, Key.Key_Down)
    owner.save()
    assert owner.listed
    assert ["TEMPO", "Tempo of Raju", "Van"] in owner.rows()
    assert owner.kept("godown", "TEMPO").kind == "van"
    owner.open("TEMPO")
    owner.fill("name", "Tempo of Mohan")
    owner.save()
    assert owner.kept("godown", "TEMPO").name == "Tempo of Mohan"
    owner.open("TEMPO")
    told = owner.editor.pane.text.toPlainText()
    assert "Tempo of Raju → Tempo of Mohan" in told
    assert told.startswith("owner changed it\n21-11-2026 12:00")
