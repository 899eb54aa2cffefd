"""A new company from nothing to its first bill: by keys alone, with files filled from the forms."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop import app
from dms_desktop.domain.printers import Way
from dms_desktop.services import documents, getting_started, people
from dms_desktop.spool import printers
from dms_desktop.store.pepper import pepper_of
from dms_desktop.ui.billing.screen import BillingScreen
from dms_desktop.ui.first_start import FirstStart
from dms_desktop.ui.importing.screen import ImportScreen
from dms_desktop.ui.program import Program
from tests.ui.accessible import nameless
from tests.ui.conftest import CTRL, Key

ITEM = ("SOAP100", "Neem soap 100 g", "Anvi Foods", "34011190", 18, "PCS", 24, "8901234567894", 40)
PARTY = ("SHARMA", "Sharma Stores", None, "Maharashtra", "9800000000", "Monday market",
         "12 Main road", "Pune", "411037", 25000, 14)  # fmt: skip
LOT = ("SOAP100", "B27", 40, 31.5, 28, "31-12-2027", "MAIN", "2c 6p")
BALANCES = (("Cash in hand", 15000, None), ("Stock in hand", 1512, None), ("capital", None, 20762),
            ("Sundry debtors", 4250, None))  # fmt: skip
DUE = ("SHARMA", "INV/245", "05-03-2026", "19-03-2026", "4,250.00")
COMPANY = (
    ("name", "", "Type the name", "Gupta & Sons"),
    ("gstin", "27AAPFU0939F1ZX", "mistyped", "27AAPFU0939F1ZV"),
    ("state", "Gujarat", "belongs to Maharashtra", "Maharashtra"),
    ("pin", "111111", "among the first", "135790"),
    ("again", "135791", "differ", "135790"),
    ("address", "", "must show your address", "12 Market Yard"),
    ("city", "", "must show your address", "Pune"),
    ("pin_code", "41103", "six figures", "411037"),
    ("phone", "no", "phone number", "98000 00000"),
    ("fssai", "115260", "fourteen figures", "11526000000001"),
    ("vpa", "ganesh", "a name, @ and a bank", "gupta@upi"),
    ("bank_name", None, "", "State Bank"),
    ("bank_account", "12", "six to twenty", "30001234567"),
    ("bank_ifsc", "SBIN123", "looks like", "SBIN0001234"),
)


class Owner:
    """A new shopkeeper at his keyboard."""

    def __init__(self, qtbot: QtBot, books: Path) -> None:
        self.qtbot, self.books = qtbot, books
        self.program: Program = app.start(books)
        with qtbot.waitActive(self.program.window):
            self.program.window.activateWindow()

    @property
    def page(self) -> Any:
        return self.program.window.pages.currentWidget()

    @property
    def at(self) -> Any:
        return QApplication.focusWidget() or self.program.window

    def press(self, *pressed: Key) -> None:
        for key in pressed:
            QTest.keyClick(self.at, key)

    def enter(self, text: str) -> None:
        QTest.keyClicks(self.at, text)
        self.press(Key.Key_Return)

    def wait(self, until: Any) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=60_000)

    def found(self) -> ImportScreen:
        """The least that is asked: a name, a State, a PIN."""
        self.press(Key.Key_F3)
        for text in ("Gupta & Sons", "", "27", "135790", "135790"):
            self.enter(text)
        self.press(Key.Key_F10)
        self.wait(lambda: isinstance(self.page, ImportScreen))
        screen: ImportScreen = self.page
        self.wait(lambda: screen.start.status["begin.items"].text())
        return screen

    def bring(self, key: Key, form: Path, rows: Sequence[Sequence[object]]) -> None:
        """Fill the form, and bring it in; back at the steps in the end."""
        book = load_workbook(form)
        for row in rows:
            book.worksheets[0].append(row)
        book.save(form)
        page = self.page.page
        self.press(key)
        self.enter(str(form))
        self.wait(lambda: page.tried is not None)
        assert page.outcome.text("refused") == "0", page.said.text()
        self.press(Key.Key_F10)
        self.wait(lambda: not page.work.busy)
        self.press(Key.Key_Escape)
        assert self.page.currentWidget() is self.page.start


@pytest.fixture
def owner(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Owner]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    made = Owner(qtbot, tmp_path / "new" / "books.db")
    yield made
    made.program.window.close()
    made.program.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_every_box_of_the_company_is_looked_at_where_it_is(owner: Owner) -> None:
    first = owner.page
    assert isinstance(first, FirstStart)
    assert nameless(owner.program.window) == []
    owner.press(Key.Key_F3)
    assert nameless(owner.program.window) == []
    for name, wrong, said, right in COMPANY:
        field = first.fields[name]
        assert field.box.hasFocus()
        if wrong is not None:
            field.box.selectAll()
            owner.press(Key.Key_Delete)
            owner.enter(wrong)
            assert said in field.flaw
            field.box.selectAll()
        owner.enter(right)
        assert field.flaw == ""
    owner.wait(lambda: isinstance(owner.page, ImportScreen))
    desk = owner.page.past.floor.desk
    found: list[Any] = []
    desk.ask(documents.company, done=found.append, undone=found.append)
    owner.wait(lambda: found)
    (company,) = found
    assert (company.name, company.pan, company.pin) == ("Gupta & Sons", "AAPFU0939F", "411037")
    assert (company.vpa, company.bank_ifsc) == ("gupta@upi", "SBIN0001234")
    assert (company.fssai, company.phone) == ("11526000000001", "98000 00000")
    asked = people.log_in, "owner", "135790", pepper_of(owner.books), ""
    assert desk.write(*asked, actor=people.STRANGER).result().result


def test_only_name_state_and_pin_are_needed_and_the_rest_is_found_later(owner: Owner) -> None:
    screen = owner.found()
    assert screen.currentWidget() is screen.start
    assert nameless(owner.program.window) == []
    owner.press(Key.Key_F10)
    owner.wait(lambda: isinstance(owner.page, BillingScreen))
    assert owner.page.heading.party.hasFocus()
    QTest.keyClick(owner.at, Key.Key_7, CTRL)
    assert owner.page is screen
    owner.press(Key.Key_Escape)
    assert screen.currentWidget() is screen.past
    owner.press(Key.Key_F11)
    assert screen.currentWidget() is screen.start


def test_opening_data_leads_to_the_first_bill(owner: Owner) -> None:
    screen = owner.found()
    steps = screen.start
    owner.press(Key.Key_F9)
    owner.wait(steps.said.text)
    forms = owner.books.parent.parent / "DMS forms"
    assert str(forms) in steps.said.text()
    owner.press(Key.Key_F7)
    owner.enter("GS")
    owner.wait(lambda: steps.status["begin.series"].text().startswith("GS/"))
    owner.bring(Key.Key_F2, forms / "items.xlsx", [ITEM])
    assert steps.buttons["begin.parties"].hasFocus(), "the cursor waits on the next step"
    owner.bring(Key.Key_F3, forms / "parties.xlsx", [PARTY])
    owner.bring(Key.Key_F4, forms / "lots.xlsx", [LOT])
    owner.bring(Key.Key_F5, forms / "balances.xlsx", BALANCES)
    balances = steps.status["begin.balances"]
    owner.wait(lambda: balances.text() == "₹ 4,250.00 differ")
    owner.bring(Key.Key_F6, forms / "dues.xlsx", [DUE])
    owner.wait(lambda: balances.text() == "they agree")
    assert [steps.status[f"begin.{name}"].text() for name in ("items", "parties", "lots")] == [
        "1", "1", "1",
    ]  # fmt: skip
    owner.press(Key.Key_F10)
    counter = owner.page
    assert isinstance(counter, BillingScreen)
    owner.wait(lambda: counter.knowledge.ready)
    owner.wait(lambda: counter.desk.parties.find("sharma") and counter.desk.items.find("soap"))
    owner.enter("sharma")
    owner.wait(lambda: counter.knowledge.ready)
    owner.enter("soap")
    owner.wait(lambda: counter.knowledge.ready)
    owner.enter("12")
    owner.wait(lambda: counter.model.priced.lines)
    with owner.qtbot.waitSignal(counter.saving.saved, timeout=60_000):
        owner.press(Key.Key_F10)
    assert counter.face.status.text().startswith("GS/")
    QTest.keyClick(owner.at, Key.Key_7, CTRL)
    owner.press(Key.Key_F11)
    assert steps.numbers is not None
    owner.wait(steps.numbers.box.isReadOnly)


def test_a_prefix_that_is_not_lawful_is_refused_at_its_box(owner: Owner) -> None:
    numbers = owner.found().start.numbers
    assert numbers is not None
    for typed, said in (
        ("GS 1", "would not be lawful"),
        ("TOOLONGAPREFIX", "more than 16 characters"),
        ("SO", "already used for order"),
    ):
        owner.press(Key.Key_F7)
        owner.enter(typed)
        owner.wait(lambda said=said: said in numbers.said.text())
        assert numbers.box.hasFocus()
    owner.enter("gs")
    owner.wait(lambda: numbers.said.text() == "Kept.")


def test_papers_come_out_of_the_printer_that_was_chosen(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printers, "queues", lambda: ((Way.QUEUE, "Office_LaserJet"),))
    steps = owner.found().start
    assert steps.printer is not None
    owner.wait(steps.printer.take.isEnabled)
    owner.press(Key.Key_F8, Key.Key_Return)
    owner.wait(lambda: steps.status["begin.printer"].text() == "Office_LaserJet")
    found: list[Any] = []
    desk = steps.floor.desk
    desk.ask(getting_started.standing, done=found.append, undone=found.append)
    owner.wait(lambda: found)
    assert found[0].printer == "Office_LaserJet"
