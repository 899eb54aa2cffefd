"""A counter over a real book, driven by keys; and a rule: its thread never asks the disk."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlcipher3 import dbapi2

from dms_desktop.domain.draft import Draft
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import drafts
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.search import SearchIndex
from dms_desktop.store.session import Tx
from dms_desktop.ui import indexes
from dms_desktop.ui.billing.screen import BillingScreen
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.keys import Where
from dms_desktop.ui.window import Window
from tests.books import TODAY, Book, Clock, founded

if TYPE_CHECKING:
    from tests.ui.staff import Open

PLAIN = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
SOAP_PIECE, SOAP_CASE, SHARED = "8901234567890", "18901234567897", "8900000000012"
BARCODES = (
    ("SOAP", SOAP_PIECE, 1),
    ("SOAP", SOAP_CASE, 24),
    ("TEA", SHARED, 1),
    ("OIL", SHARED, 1),
)


@dataclass
class Watch:
    """What was asked of the books on the screen's own thread, once a test has its screen."""

    armed: bool = False
    asked: list[str] = field(default_factory=list)

    def __call__(self, statement: str) -> None:
        if self.armed and threading.current_thread() is threading.main_thread():
            self.asked.append(statement)


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Every connection of the raw driver is watched but the search index's."""
    seen, connect = Watch(), dbapi2.connect

    def watched(database: Any, *args: Any, **kwargs: Any) -> Any:
        connection = connect(database, *args, **kwargs)
        if not str(database).endswith("-search"):
            connection.set_trace_callback(seen)
        return connection

    monkeypatch.setattr(dbapi2, "connect", watched)
    yield seen
    assert not seen.asked, "SQL on the screen's thread"


@needs(Power.MASTERS)
def label(tx: Tx, item: int, code: str, units: int) -> None:
    """Print a barcode on an item's pack of so many pieces."""
    tx.run(
        "INSERT INTO barcode (item_id, code, units) VALUES (:item, :code, :units)",
        item=item,
        code=code,
        units=units,
    )


@dataclass
class Counter:
    """The clerk's hands and eyes."""

    qtbot: QtBot
    book: Book
    desk: Desk
    window: Window
    screen: BillingScreen
    papers: Path

    @property
    def at(self) -> QWidget:
        """Where the cursor is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, *pressed: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        for key in pressed:
            QTest.keyClick(self.at, key, modifier)

    def type(self, text: str) -> None:
        if text.isascii():
            QTest.keyClicks(self.at, text)
            return
        for letter in text:  # QTest knows no other letters
            QApplication.sendEvent(self.at, QKeyEvent(QEvent.Type.KeyPress, 0, PLAIN, letter))

    def enter(self, text: str = "") -> None:
        """Type it, then Enter."""
        self.type(text)
        self.press(Key.Key_Return)

    def wait(self, until: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=20_000)

    def ready(self) -> None:
        self.wait(lambda: self.screen.knowledge.ready)

    def party(self, text: str) -> None:
        self.press(Key.Key_F2)
        self.enter(text)
        self.ready()

    def line(self, item: str, quantity: str) -> None:
        self.press(Key.Key_F3)
        self.enter(item)
        self.ready()
        self.enter(quantity)
        self.ready()

    def scan(self, code: str) -> None:
        """As a keyboard wedge does: all at once, Enter behind it, wherever the cursor is."""
        self.enter(code)
        self.ready()

    def save(self) -> str:
        """F10, and wait for the books; the number that the status tells."""
        with self.qtbot.waitSignal(self.screen.saving.saved, timeout=20_000):
            self.press(Key.Key_F10)
        return self.status.split()[0]

    @property
    def draft(self) -> Draft:
        return self.screen.model.draft

    @property
    def asked(self) -> list[tuple[str, int, int]]:
        """Code, billed and free of each line."""
        codes = {key: code for code, key in self.book.items.items()}
        return [(codes[ask.item_id], ask.qty, ask.free) for ask in self.draft.asks]

    @property
    def total(self) -> str:
        return self.screen.face.totals.text("total")

    @property
    def status(self) -> str:
        return self.screen.face.status.text()

    @property
    def said(self) -> str:
        return self.screen.side.message.text()

    def beside(self, column: str) -> dict[str, str]:
        """A column beside the bill: "party", "habits" or "item"; each fact with its figure."""
        shown = getattr(self.screen.side, column).shown
        return {str(fact.text): str(fact.right) for fact in shown}

    @property
    def faults(self) -> dict[str, str]:
        return self.window.banners.faults

    def shown(self) -> list[list[str]]:
        """The table as the clerk reads it."""
        model = self.screen.model
        return [
            [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]


@pytest.fixture(scope="session")
def printed_book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A founded book with barcodes, closed: the tests work on copies of it."""
    made = founded(tmp_path_factory.mktemp("book") / "books.db")
    for code, barcode, units in BARCODES:
        made.write(label, made.items[code], barcode, units)
    made.database.close()
    return made


@pytest.fixture
def book(printed_book: Book, tmp_path: Path) -> Iterator[Book]:
    path = tmp_path / "books.db"
    shutil.copy(printed_book.books, path)
    clock = Clock()
    database = Database(driver_for(path), clock=clock)
    yield replace(printed_book, database=database, clock=clock, books=path)
    database.close()


def new_draft() -> Draft:
    return Draft(uuid4(), TODAY)


@pytest.fixture
def counter(
    qtbot: QtBot, qapp: QApplication, book: Book, tmp_path: Path, watch: Watch
) -> Iterator[Counter]:
    """A counter in its window, the cursor in the party's box."""
    made = open_counter(qtbot, qapp, book, tmp_path)
    watch.armed = True
    yield made
    made.desk.finish()
    made.window.close()
    watch.armed = False
    made.desk.close()
    made.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def index(book: Book) -> dict[str, Path]:
    """Fill the search indexes as they would be after the first start."""
    places = indexes.paths(Path(book.books))
    for kind, query, stamp in indexes.feeds():
        indexes.rebuild(places[kind], book.read(query), stamp=book.read(stamp))
    return places


@pytest.fixture
def staffed(book: Book) -> Book:
    """Books with several users and their PINs, closed."""
    from tests.ui import staff

    staff.hire(book)
    return book


@pytest.fixture
def begin(
    qtbot: QtBot, qapp: QApplication, staffed: Book, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    """Start the program over these books; it is closed at the end."""
    from tests.ui import staff

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    yield from staff.mornings(qtbot, Path(staffed.books))


def leave_open(book: Book) -> None:
    """Close it as a company does that chose no PIN, so that the counter opens without one."""

    @needs(Power.PEOPLE)
    def forget(tx: Tx) -> None:
        tx.run("UPDATE user_account SET pin_hash = ''")

    index(book)
    book.write(forget)
    book.database.close()


def open_counter(qtbot: QtBot, qapp: QApplication, book: Book, folder: Path) -> Counter:
    places = index(book)
    desk = Desk(
        book.database, book.owner, SearchIndex(places["item"]), SearchIndex(places["party"])
    )
    window = Window(qapp)
    screen = BillingScreen(desk, new_draft, folder / "bills", window.banners)
    screen.help_wanted.connect(window.show_help)
    window.show_page(screen, where=Where.COUNTER)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made = Counter(qtbot, book, desk, window, screen, folder / "bills")
    made.ready()
    return made


def kept_drafts(book: Book) -> tuple[Draft, ...]:
    found: tuple[Draft, ...] = book.read(drafts.kept)
    return found
