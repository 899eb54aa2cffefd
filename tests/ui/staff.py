"""A clerk's hands over the program as it starts, with an owner, a clerk and others to log in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from dms_desktop import app
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import people
from dms_desktop.store.session import Tx
from dms_desktop.ui.billing.screen import BillingScreen
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.people.log_in import LogIn
from dms_desktop.ui.program import Program
from tests.books import PEPPER, Book
from tests.ui.conftest import CTRL, PLAIN, index

Key = Qt.Key
RAVI_PIN, WRONG = "135790", "000000"


@dataclass
class Hands:
    """A clerk's, over the program as it starts."""

    qtbot: QtBot
    program: Program
    books: Path

    @property
    def window(self) -> QWidget:
        return self.program.window

    @property
    def page(self) -> object:
        return self.program.window.pages.currentWidget()

    @property
    def desk(self) -> Desk:
        """The one that all screens share."""
        found = self.program.window.findChild(Floor)
        assert isinstance(found, Floor)
        return found.desk

    @property
    def log_in(self) -> LogIn:
        assert isinstance(self.page, LogIn)
        return self.page

    @property
    def counter(self) -> BillingScreen:
        assert isinstance(self.page, BillingScreen)
        return self.page

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def enter(self, text: str = "") -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)
        self.press(Key.Key_Return)

    def wait(self, until: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=20_000)

    def choose(self, code: str) -> None:
        """Go to this name by the arrow keys."""
        rows = [who.code for who in self.log_in.people.model_of.rows]
        for _ in rows:
            self.press(Key.Key_Up)
        for _ in range(rows.index(code)):
            self.press(Key.Key_Down)

    def come(self, code: str, pin: str) -> None:
        self.choose(code)
        self.enter(pin)
        self.wait(lambda: not isinstance(self.page, LogIn))

    def said(self, sentence: str) -> None:
        self.wait(lambda: sentence in self.log_in.message.text())

    def lock(self) -> None:
        self.wait(lambda: self.program.window.tabs.bar is not None)  # the screens are furnished
        self.press(Key.Key_L, CTRL)
        assert isinstance(self.page, LogIn)

    @property
    def tabs(self) -> list[str]:
        bar = self.program.window.tabs.bar
        return [] if bar is None else [bar.tabText(at) for at in range(bar.count())]

    @property
    def shown_user(self) -> str:
        item = self.program.window.tabs.corner.itemAt(0)
        assert item is not None
        label = item.widget()
        assert isinstance(label, QLabel)
        return label.text()


Open = Callable[[], Hands]


def hire(book: Book) -> None:
    """An owner with a PIN, a clerk, a godown keeper, and one whose role may do nothing."""
    index(book)
    Path(f"{book.books}.pepper").write_text(PEPPER.hex())
    for code, name, role in (("ravi", "Ravi", "clerk"), ("sunil", "Sunil", "godown")):
        book.write(people.add_user, code, name, role, RAVI_PIN, PEPPER)
    book.write(_idle_user)
    book.database.close()


@needs(Power.PEOPLE)
def _idle_user(tx: Tx) -> None:
    tx.run("INSERT INTO role (code, name) VALUES ('none', 'None')")
    people.write_user(tx, "temp", "Temp", "none", RAVI_PIN, PEPPER)


def mornings(qtbot: QtBot, books: Path) -> Iterator[Open]:
    """Starts the program over these books, each time anew; all are closed at the end."""
    programs: list[Program] = []

    def start() -> Hands:
        program = app.start(books)
        programs.append(program)
        with qtbot.waitActive(program.window):
            program.window.activateWindow()
        return Hands(qtbot, program, books)

    yield start
    for program in programs:
        program.window.close()
        program.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
