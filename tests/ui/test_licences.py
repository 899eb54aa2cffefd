"""Licences at the counter and in the masters; States and days in the words that people type."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.licences import Licence
from dms_desktop.services import masters
from dms_desktop.services.registers.every import REGISTERS
from dms_desktop.ui.kit.facts import Tone
from tests.books import PEPPER, TODAY, Book
from tests.ui.conftest import Counter, Key
from tests.ui.masters import Owner, close_masters, open_masters

VERBS: Any = REGISTERS


def paste(owner: Owner, name: str, text: str) -> None:
    """What no key of this keyboard types."""
    owner.fill(name, "")
    QApplication.clipboard().setText(text)
    owner.press(Key.Key_V, modifier=Qt.KeyboardModifier.ControlModifier)


def give(book: Book, code: str, *licences: Licence) -> None:
    version = book.read(masters.party, code).version
    book.write(masters.change_party, code, {"licences": licences}, version)


def test_a_lapsed_licence_stops_its_row_and_the_owner_lets_it_go(counter: Counter) -> None:
    book = counter.book
    version = book.read(masters.item, "OIL").version
    book.write(masters.change_item, "OIL", {"regime": "drug"}, version)
    give(book, "SHARMA", Licence("21B", "MH-2"), Licence("20B", "MH-1", TODAY - timedelta(1)),
         Licence("FSSAI", "21526000000001", TODAY + timedelta(9)))  # fmt: skip
    counter.party("sharma")
    counter.wait(lambda: "20B ended" in counter.beside("party"))
    seen = counter.beside("party")
    assert (seen["20B ended"], seen["FSSAI ends soon"]) == ("20-11-2026", "30-11-2026")
    assert "21B MH-2" in seen
    tones = {fact.text: fact.tone for fact in counter.screen.side.party.shown}
    assert (tones["20B ended"], tones["FSSAI ends soon"]) == (Tone.FAULT, Tone.WARNING)
    counter.line("soap", "2")
    counter.line("oil", "1")
    counter.press(Key.Key_F10)
    assert "licence 20B MH-1 of Sharma Stores ended on 20-11-2026" in counter.said
    assert counter.screen.lines.currentIndex().row() == 1
    counter.press(Key.Key_O, modifier=Qt.KeyboardModifier.ControlModifier)
    assert counter.save() == "B/26-27/00001"


@pytest.fixture
def owner(qtbot: QtBot, qapp: QApplication, book: Book) -> Iterator[Owner]:
    book.write(VERBS["terms"].add, {"party": "SHARMA", "principal": "BRAND"})
    Path(f"{book.books}.pepper").write_text(PEPPER.hex())
    made = open_masters(qtbot, qapp, book)
    yield made
    close_masters(made)


@pytest.mark.parametrize("kind", ["party", "company"])
def test_licences_are_typed_in_rows_and_remembered(owner: Owner, kind: str) -> None:
    code = "SHARMA" if kind == "party" else "company"
    owner.go(kind)
    owner.open(code)
    before = len(owner.kept(kind, code).licences)
    owner.last_row("licences").setFocus()
    for text in ("form 20-B", "MH-1", "31-12-2027"):
        owner.type(text)
        owner.press(Key.Key_Return)
    owner.save()
    assert owner.listed(), (owner.editor.said.text(), owner.flaws())
    held = owner.kept(kind, code).licences
    assert held[0] == Licence("20B", "MH-1", date(2027, 12, 31))
    assert len(held) == before + 1
    owner.open(code)
    told = owner.editor.pane.text.toPlainText()
    assert "20B MH-1 31-12-2027" in told
    assert "fssai" not in told


def test_a_state_and_days_are_typed_in_hindi_and_told_by_name(owner: Owner) -> None:
    owner.go("party")
    owner.open("LAXMI")
    paste(owner, "state", "गुजरात")
    owner.save()
    assert owner.listed(), owner.flaws()
    assert owner.kept("party", "LAXMI").state == "24"
    owner.open("LAXMI")
    assert "State: 27 Maharashtra → 24 Gujarat" in owner.editor.pane.text.toPlainText()
    owner.fill("state", "29")
    owner.save()
    assert owner.kept("party", "LAXMI").state == "29"
    owner.go("terms")
    owner.open("SHARMA > BRAND")
    paste(owner, "visit_day", "गुरुवार, सोम")
    owner.save()
    assert owner.listed(), owner.flaws()
    assert owner.kept("terms", "SHARMA > BRAND").visit_day == "mon,thu"
    owner.open("SHARMA > BRAND")
    assert owner.entry("visit_day").typed() == "Mon, Thu"
    assert "Days of visit: – → Mon, Thu" in owner.editor.pane.text.toPlainText()


def test_the_turnover_of_a_year_is_typed_and_says_the_digits_of_the_hsn(owner: Owner) -> None:
    owner.go("turnover")
    owner.new()
    owner.type("2025-26")
    owner.press(Key.Key_Return)
    owner.type("6,00,00,000")
    owner.save()
    assert owner.listed(), (owner.editor.said.text(), owner.flaws())
    assert owner.rows() == [["2025-26", "6,00,00,000.00", "6", "6"]]
    owner.new()
    owner.type("2026/27")
    owner.press(Key.Key_Return)
    owner.type("1")
    owner.save()
    assert owner.flaws() == {"year": "“2026/27” cannot be used as Year."}
