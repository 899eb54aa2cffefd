"""From nothing to the first bill by keys alone, and what a start says when it cannot go on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop import app
from dms_desktop.domain.powers import Power, needs
from dms_desktop.store.lock import take
from dms_desktop.store.session import Tx
from dms_desktop.ui.billing.screen import BillingScreen
from dms_desktop.ui.first_start import FirstStart
from dms_desktop.ui.program import Program
from tests.books import OWNER_PIN, PEPPER, Book
from tests.shared import ROOT
from tests.ui.conftest import CTRL, leave_open

Key = Qt.Key
HEAVY = (
    "sqlalchemy alembic reportlab openpyxl pydantic babel argon2 keyring platformdirs typer hashlib"
)
# What only saved papers, imports, printers and the panels beside a bill need.
OURS_LATER = " ".join(
    f"dms_desktop.{name}"
    for name in (
        "domain.credit domain.documents domain.lot_mending domain.masters domain.printers"
        " domain.purchase_lines domain.stock_papers domain.trade_papers services.billing"
        " services.credit services.panel services.posting services.series"
    ).split()
)


@pytest.fixture
def started(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[Program]]:
    """Programs that a test starts, closed at its end."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(app, "SAMPLE_BILLS", 0)
    programs: list[Program] = []
    yield programs
    for program in programs:
        program.window.close()
        program.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def start(qtbot: QtBot, started: list[Program], books: Path) -> Program:
    program = app.start(books)
    started.append(program)
    with qtbot.waitActive(program.window):
        program.window.activateWindow()
    return program


def page(program: Program) -> object:
    return program.window.pages.currentWidget()


def press(program: Program, *pressed: Qt.Key) -> None:
    for key in pressed:
        QTest.keyClick(QApplication.focusWidget() or program.window, key)


def enter(program: Program, text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget() or program.window, text)
    press(program, Key.Key_Return)


def test_the_sample_company_is_opened_by_one_key(
    qtbot: QtBot, started: list[Program], tmp_path: Path
) -> None:
    program = start(qtbot, started, tmp_path / "books.db")
    press(program, Key.Key_F2)
    qtbot.waitUntil(lambda: isinstance(page(program), BillingScreen), timeout=120_000)
    screen = page(program)
    assert isinstance(screen, BillingScreen)
    qtbot.waitUntil(lambda: screen.knowledge.ready, timeout=20_000)
    enter(program, "balaji")
    enter(program, "ANV001")
    qtbot.waitUntil(lambda: screen.knowledge.ready, timeout=20_000)
    enter(program, "12")
    qtbot.waitUntil(lambda: bool(screen.model.priced.lines), timeout=20_000)
    assert screen.face.totals.text("total") != "₹ 0.00"


def test_esc_leads_back_from_the_form(qtbot: QtBot, started: list[Program], tmp_path: Path) -> None:
    program = start(qtbot, started, tmp_path / "books.db")
    first = page(program)
    assert isinstance(first, FirstStart)
    press(program, Key.Key_F3, Key.Key_Escape)
    assert first.choices.isVisible()
    assert not first.form.isVisible()
    press(program, Key.Key_Return)
    assert first.form.isVisible()


def test_books_in_use_are_opened_when_they_are_free(
    qtbot: QtBot, started: list[Program], book: Book
) -> None:
    leave_open(book)
    lock = take(Path(book.books), "another program")
    program = start(qtbot, started, Path(book.books))
    (said,) = program.window.banners.faults.values()
    assert "are in use by another program" in said
    lock.release()
    QTest.keyClick(program.window, Key.Key_R, CTRL)
    assert isinstance(page(program), BillingScreen)
    assert program.window.banners.faults == {}


@pytest.mark.parametrize(
    ("at", "bytes_", "said"),
    [
        (60, (99).to_bytes(4, "big"), "written by a newer version"),
        (68, b"XXXX", "is no book of this program"),
        (0, b"not a database at all", "damaged"),
    ],
)
def test_books_that_cannot_be_opened_are_left_alone(
    qtbot: QtBot, started: list[Program], book: Book, at: int, bytes_: bytes, said: str
) -> None:
    book.database.close()
    path = Path(book.books)
    with path.open("r+b") as file:
        file.seek(at)
        file.write(bytes_)
    before = path.read_bytes()
    program = start(qtbot, started, path)
    (sentence,) = program.window.banners.faults.values()
    assert said in sentence
    assert path.read_bytes() == before


def test_what_another_program_writes_through_this_one_reaches_the_screen(
    qtbot: QtBot, started: list[Program], book: Book
) -> None:
    leave_open(book)
    program = start(qtbot, started, Path(book.books))
    screen = page(program)
    assert isinstance(screen, BillingScreen)
    with qtbot.waitSignal(screen.desk.changed, timeout=20_000) as changed:
        screen.desk.write(_touch)
    assert changed.args == [{"item": frozenset({1})}]


def test_a_window_that_is_closed_at_once_asks_nothing_more(
    qtbot: QtBot, started: list[Program], book: Book
) -> None:
    leave_open(book)
    program = start(qtbot, started, Path(book.books))
    program.window.close()
    with qtbot.captureExceptions() as caught:
        qtbot.wait(app.LATER_MS * 2)
    assert caught == []


@needs(Power.MASTERS)
def _touch(tx: Tx) -> None:
    tx.touched["item"].add(1)


def test_the_command_line_writes_through_the_open_program(
    qtbot: QtBot, started: list[Program], book: Book, tmp_path: Path
) -> None:
    leave_open(book)
    Path(f"{book.books}.pepper").write_text(PEPPER.hex())
    program = start(qtbot, started, Path(book.books))
    screen = page(program)
    assert isinstance(screen, BillingScreen)
    qtbot.waitUntil(Path(f"{book.books}.door").exists, timeout=20_000)
    change = tmp_path / "change.json"
    change.write_text('{"name": "Sandal soap 100 g"}')
    words = ["-m", "dms_desktop.cli", "--books", str(book.books), "item", "change", "SOAP"]
    caller = subprocess.Popen(
        [sys.executable, *words, str(change)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env=os.environ | {"DMS_PIN": OWNER_PIN},
    )
    qtbot.waitUntil(lambda: caller.poll() is not None, timeout=60_000)
    assert caller.stdout is not None
    with caller.stdout:
        assert caller.returncode == 0, caller.stdout.read()
    qtbot.waitUntil(
        lambda: [hit.code for hit in screen.desk.items.find("sandal")] == ["SOAP"], timeout=20_000
    )


QUESTION = """
import linecache, sys
from pathlib import Path
from dms_desktop import app
program = app.start(Path(sys.argv[1]))
program.app.processEvents()
early = [name for name in sys.argv[3].split() if name in sys.modules]
from PySide6 import QtWidgets
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
screen = program.window.pages.currentWidget()
QTest.keyClicks(screen.entry.item, "soap")
QTest.keyClick(screen.entry.item, Qt.Key.Key_Return)
QTest.keyClicks(screen.entry.quantity, "12")
QTest.keyClick(screen.entry.quantity, Qt.Key.Key_Return)
while not screen.model.priced.lines:
    program.app.processEvents()
print(screen.face.totals.text("total"))
print(*(name for name in sys.argv[2].split() if name in sys.modules))
print(*(name for name in linecache.cache if "dms_desktop" in name))
print(*early, *(name for name in ("QWizard", "QFontComboBox") if name in vars(QtWidgets)))
program.window.close()
"""


def test_nothing_heavy_is_loaded_before_the_first_line_is_priced(book: Book) -> None:
    leave_open(book)
    told = subprocess.run(
        [sys.executable, "-c", QUESTION, str(book.books), HEAVY, OURS_LATER],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        timeout=120,
    )
    price, heavy, sources, late = told.stdout.split("\n")[:4]
    assert (price, heavy) == ("₹ 425.00", "")
    assert sources == ""  # nobody read our sources
    assert late == ""  # nor was asked for a widget that Python never saw: Qt loads all kinds then


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux may have no screen")
def test_without_a_screen_the_job_is_done_all_the_same(tmp_path: Path) -> None:
    words = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    around = {name: text for name, text in os.environ.items() if name not in words}
    told = subprocess.run(
        [sys.executable, "-m", "dms_desktop"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=around | {"XDG_DATA_HOME": str(tmp_path)},
        timeout=240,
    )
    said = told.stdout.splitlines()
    assert said[0].startswith("There is no screen here")
    (paper,) = tmp_path.rglob("*.pdf")
    assert any(str(paper) in line for line in said)
    assert paper.read_bytes().startswith(b"%PDF")
