"""When the machine fails: a banner that stays, a key that tries again, and nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.draft import Ask
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import drafts
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import Sqlite
from dms_desktop.store.session import Tx
from dms_desktop.ui.program import Program
from tests.books import Book
from tests.shared import ROOT
from tests.ui.conftest import CTRL, Counter, Key, Watch, kept_drafts, leave_open, open_counter


class FullDisk(Sqlite):
    """A disk with no room left, until somebody makes some: SQLite itself says that it is full."""

    full = False

    def begin(self, connection: object, *, write: bool) -> None:
        if write:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
            most = pages if self.full else 2**30
            connection.execute(f"PRAGMA max_page_count = {most}")  # type: ignore[attr-defined]
        super().begin(connection, write=write)


@pytest.fixture
def disk(book: Book, tmp_path: Path) -> FullDisk:
    """The disk that the book's database writes to."""
    disk = FullDisk(tmp_path / "books.db")
    book.database = Database(disk, clock=book.clock)
    return disk


def long_bill(counter: Counter) -> None:
    """A bill of Sharma's that does not fit into what the file has left."""
    counter.party("sharma")
    salt = counter.book.items["SALT"]
    many = tuple(Ask(salt, 1) for _ in range(300))
    counter.screen.model.replace(replace(counter.draft, asks=many))
    counter.ready()


def test_a_full_disk_keeps_the_bill_until_there_is_room(disk: FullDisk, counter: Counter) -> None:
    long_bill(counter)
    counter.wait(lambda: counter.screen.face.kept.text())
    disk.full = True
    total = counter.total
    with counter.qtbot.waitSignal(counter.screen.saving.failed, timeout=20_000):
        counter.press(Key.Key_F10)
    assert counter.status == ""
    (sentence,) = counter.faults.values()
    assert sentence == (
        "The bill of Sharma Stores is not saved yet. "
        "The disk is full. Make room and try again; nothing was half-saved."
    )
    assert counter.book.value("SELECT count(*) FROM document WHERE kind = 'bill'") == 0

    counter.party("laxmi")
    counter.line("tea", "1")
    with counter.qtbot.waitSignal(counter.screen.saving.failed, timeout=20_000):
        counter.press(Key.Key_R, modifier=CTRL)
    assert len(counter.faults) >= 1

    disk.full = False
    with counter.qtbot.waitSignal(counter.screen.saving.saved, timeout=20_000):
        counter.press(Key.Key_R, modifier=CTRL)
    counter.wait(lambda: not counter.faults)
    assert counter.status == f"B/26-27/00001  ·  {total}  saved"
    assert counter.asked == [("TEA", 1, 0)]
    assert counter.book.value("SELECT count(*) FROM document WHERE kind = 'bill'") == 1


def test_a_bill_that_the_disk_would_not_take_comes_back_by_its_key(
    disk: FullDisk, counter: Counter
) -> None:
    long_bill(counter)
    counter.wait(lambda: counter.screen.face.kept.text())
    disk.full = True
    with counter.qtbot.waitSignal(counter.screen.saving.failed, timeout=20_000):
        counter.press(Key.Key_F10)
    counter.press(Key.Key_F9)
    counter.ready()
    assert len(counter.asked) == 300
    assert counter.faults == {}
    disk.full = False
    assert counter.save() == "B/26-27/00001"


def test_a_draft_that_cannot_be_kept_is_told_and_kept_later(
    disk: FullDisk, counter: Counter
) -> None:
    disk.full = True
    with counter.qtbot.waitSignal(counter.screen.keeping.failed, timeout=20_000):
        long_bill(counter)
    assert "The disk is full" in counter.faults["draft"]
    assert kept_drafts(counter.book) == ()
    disk.full = False
    counter.press(Key.Key_R, modifier=CTRL)
    counter.wait(lambda: "draft" not in counter.faults)
    assert kept_drafts(counter.book) == (counter.draft,)


def test_a_paper_that_cannot_be_made_is_made_later(counter: Counter) -> None:
    counter.papers.write_text("a file lies where the folder should be")
    counter.party("sharma")
    counter.line("soap", "1")
    with counter.qtbot.waitSignal(counter.screen.papers.failed, timeout=20_000):
        counter.press(Key.Key_F10)
    assert set(counter.faults) == {"paper"}
    assert counter.status.endswith("saved"), "the bill is in the books all the same"
    counter.papers.unlink()
    with counter.qtbot.waitSignal(counter.screen.papers.made, timeout=20_000):
        counter.press(Key.Key_R, modifier=CTRL)
    assert counter.faults == {}


@needs(Power.BILL)
def _mistaken(tx: Tx) -> None:
    raise ZeroDivisionError("a mistake of ours")


def test_a_mistake_of_ours_is_reported_and_the_draft_kept(
    counter: Counter, tmp_path: Path, qapp: QApplication
) -> None:
    hook = sys.excepthook
    program = Program(tmp_path / "crashes")
    sys.excepthook = hook
    program.window.close()
    program.window = counter.window
    counter.desk.erred.connect(program.tell_bug)
    counter.party("sharma")
    counter.line("soap", "5")
    with counter.qtbot.waitSignal(counter.desk.erred, timeout=20_000):
        counter.desk.do(_mistaken, undone=lambda error: None)
    (report,) = (tmp_path / "crashes").glob("crash-*.txt")
    assert "ZeroDivisionError: a mistake of ours" in report.read_text()
    assert str(report) in counter.faults["bug"]
    assert counter.asked == [("SOAP", 5, 0)]


CLERK = """
import sys
import threading
from dataclasses import replace
from pathlib import Path
from dms_desktop import app
program = app.start(Path(sys.argv[1]))
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
screen = program.window.pages.currentWidget()
def until(true):
    while not true():
        QTest.qWait(5)
until(lambda: screen.knowledge.ready)
QTest.keyClicks(screen.heading.party, "sharma")
QTest.keyClick(screen.heading.party, Qt.Key.Key_Return)
for item, quantity in (("soap", "12"), ("tea", "3")):
    until(lambda: screen.knowledge.ready)
    QTest.keyClicks(screen.entry.item, item)
    QTest.keyClick(screen.entry.item, Qt.Key.Key_Return)
    QTest.keyClicks(screen.entry.quantity, quantity)
    QTest.keyClick(screen.entry.quantity, Qt.Key.Key_Return)
def kept():
    if not screen.keeping.behind:
        print("kept", len(screen.model.draft.asks), flush=True)
screen.keeping.kept.connect(kept)
program.run()
"""


def test_what_was_typed_comes_back_after_a_crash(
    qtbot: QtBot, qapp: QApplication, book: Book, tmp_path: Path, watch: Watch
) -> None:
    leave_open(book)
    clerk = subprocess.Popen(
        [sys.executable, "-c", CLERK, str(book.books)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert clerk.stdout is not None
    overdue = threading.Timer(60, clerk.kill)
    overdue.start()
    try:
        assert clerk.stdout.readline() == "kept 2\n"
    finally:
        overdue.cancel()
        clerk.kill()
        clerk.wait(20)
        clerk.stdout.close()

    book.database = Database(Sqlite(tmp_path / "books.db"), clock=book.clock)
    counter = open_counter(qtbot, qapp, book, tmp_path)
    counter.screen.start()
    counter.wait(lambda: counter.asked == [("SOAP", 12, 0), ("TEA", 3, 0)])
    counter.ready()
    assert counter.screen.heading.party.text() == "Sharma Stores"
    assert counter.said == "This bill was being typed when the program ended."
    assert book.read(drafts.kept) == (counter.draft,)
    counter.desk.finish()
    counter.window.close()
    counter.desk.close()
