"""An owner among his masters: the real window over a real book, driven by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dms_desktop.domain.powers import Actor
from dms_desktop.services.registers.every import register_of
from dms_desktop.store.search import SearchIndex
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.form_boxes import Entry
from dms_desktop.ui.masters.editor import Editor
from dms_desktop.ui.masters.page import MasterPage
from dms_desktop.ui.masters.screen import MastersScreen
from dms_desktop.ui.screens import SCREENS
from dms_desktop.ui.window import Window
from tests.books import Book
from tests.ui.conftest import PLAIN, Key, index, new_draft

PATIENCE_MS = 20_000


@dataclass
class Owner:
    """His hands and eyes."""

    qtbot: QtBot
    book: Book
    desk: Desk
    window: Window
    floor: Floor

    @property
    def at(self) -> QWidget:
        """Where the cursor is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    @property
    def screen(self) -> MastersScreen:
        screen = self.window.pages.currentWidget()
        assert isinstance(screen, MastersScreen)
        return screen

    @property
    def page(self) -> MasterPage:
        """The kind in front, whichever screen it is on."""
        front = self.window.pages.currentWidget()
        page = front.page if isinstance(front, MastersScreen) else front
        assert isinstance(page, MasterPage)
        return page.front

    @property
    def editor(self) -> Editor:
        editor = self.page.currentWidget()
        assert isinstance(editor, Editor)
        return editor

    def entry(self, name: str) -> Entry:
        return self.editor.form.entries[name]

    def last_row(self, name: str) -> QWidget:
        """The first box of the last row of a field that has rows."""
        entry: Any = self.entry(name)
        box: QWidget = entry.rows[-1][0].editor
        return box

    def press(self, *pressed: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        for key in pressed:
            QTest.keyClick(self.at, key, modifier)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.at, text)

    def wait(self, until: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=PATIENCE_MS)

    def settle(self) -> None:
        """Until all that was asked of the books is answered."""
        loop = QEventLoop()
        QTimer.singleShot(80, loop.quit)
        loop.exec()
        self.desk.finish()

    def go(self, kind: str) -> MasterPage:
        """To a kind of master by the arrows, as far as they must go, and into its list."""
        self.press(Key.Key_6, modifier=Qt.KeyboardModifier.ControlModifier)
        self.press(Key.Key_F2)
        kinds = self.screen.kinds
        self.press(Key.Key_Home)
        while self.screen.page.master.kind != kind:
            row = kinds.currentRow()
            self.press(Key.Key_Down)
            assert kinds.currentRow() > row, f"no {kind} among the masters"
        self.press(Key.Key_Return)
        self.settle()
        return self.page

    def rows(self) -> list[list[str]]:
        """The list as it is read."""
        model = self.page.list.table.model_of
        return [
            [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def find(self, text: str) -> None:
        """Search, and open the first that is found."""
        self.press(Key.Key_F3)
        self.type(text)
        self.settle()
        self.press(Key.Key_Return)
        self.settle()

    def open(self, code: str) -> None:
        """The row of this code, by the arrows and Enter."""
        table = self.page.list.table
        table.setFocus()
        at = next(n for n, line in enumerate(table.model_of.rows) if line.code == code)
        self.press(Key.Key_Home, modifier=Qt.KeyboardModifier.ControlModifier)
        self.press(*([Key.Key_Down] * at))
        self.press(Key.Key_Return)
        self.settle()

    def new(self) -> None:
        self.press(Key.Key_Insert)
        self.settle()

    def fill(self, name: str, text: str) -> None:
        """Into this box, over what is in it, by the Tab or Enter that leads there."""
        self.walk_to(name)
        QTest.keyClick(self.at, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        if text:
            self.type(text)
        else:
            self.press(Key.Key_Delete)

    def walk_to(self, name: str) -> None:
        editor = self.entry(name).editor
        for _ in range(80):
            if self.at is editor or editor.isAncestorOf(self.at):
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"no Tab leads to {name}")

    def save(self) -> None:
        self.press(Key.Key_F10)
        self.settle()

    def listed(self) -> bool:
        """Back in the list, which says so."""
        return self.page.currentWidget() is self.page.list

    def flaws(self) -> dict[str, str]:
        entries = self.editor.form.entries
        return {name: entry.flaw for name, entry in entries.items() if entry.flaw}

    def kept(self, kind: str, code: str) -> Any:
        """The record as it lies in the books."""
        return self.book.read(register_of(kind).show, code).record


def open_masters(qtbot: QtBot, qapp: QApplication, book: Book, actor: Actor | None = None) -> Owner:
    places = index(book)
    desk = Desk(
        book.database, actor or book.owner, SearchIndex(places["item"]),
        SearchIndex(places["party"]),
    )  # fmt: skip
    window = Window(qapp)
    floor = Floor(window, desk, Path(book.books), "Shree Ganesh Distributors", new_draft)
    for screen in SCREENS:
        floor.admit(screen)
    floor.show_tabs()
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    floor.go("masters")
    made = Owner(qtbot, book, desk, window, floor)
    made.settle()
    return made


def close_masters(owner: Owner) -> None:
    owner.desk.finish()
    owner.window.close()
    owner.desk.close()
    owner.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
