"""The masters by keys: every kind is listed, opened, changed, saved, and says so in its history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.money import Money, Rate
from dms_desktop.services.registers.every import register_of
from dms_desktop.ui.masters.kinds import KINDS
from tests.books import PEPPER, Book
from tests.ui.accessible import nameless
from tests.ui.conftest import Key, Watch
from tests.ui.masters import Owner, close_masters, open_masters

MADE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("price-list", {"code": "WHOLE", "name": "Wholesale"}),
    ("beat", {"code": "B1", "name": "Station road"}),
    ("salesman", {"code": "RAVI", "name": "Ravi"}),
    ("price", {"list": "WHOLE", "item": "SOAP", "rate": Rate(Money(2900))}),
    ("terms", {"party": "SHARMA", "principal": "BRAND", "credit_limit": Money(1_000_00)}),
    ("rack", {"item": "SOAP", "godown": "MAIN", "rack": "A-1"}),
    ("series", {"prefix": "HB/26-27/", "kind": "bill", "counter": "C2"}),
    ("printer", {"code": "LASER", "way": "queue", "address": "HP-1020"}),
    ("reason", {"code": "RATS", "name": "Eaten by rats", "use": "adjust"}),
)
# kind, the code of the one that is opened, the field, what is typed, what lies in the books then
CHANGES: tuple[tuple[str, str, str, str, object], ...] = (
    ("item", "SOAP", "mrp", "1,250.50", Money(125050)),
    ("lot", "SOAP > S1 > 40.00 > 2027-01-31", "ptr", "31.25", Rate(Money(3125))),
    ("price-list", "WHOLE", "name", "For wholesalers", "For wholesalers"),
    ("price", "WHOLE > SOAP >  > 40.00", "until_day", "31-03-2027", date(2027, 3, 31)),
    ("tax-class", "GST 18", "name", "Eighteen", "Eighteen"),
    ("party", "SHARMA", "credit_limit", "50,000", Money(50_000_00)),
    ("terms", "SHARMA > BRAND", "trade_discount", "2.5", Decimal("2.5")),
    ("principal", "BRAND", "name", "Brand Ltd", "Brand Ltd"),
    ("beat", "B1", "name", "Bazaar", "Bazaar"),
    ("salesman", "RAVI", "phone", "98111 11111", "98111 11111"),
    ("godown", "MAIN", "name", "Big godown", "Big godown"),
    ("rack", "SOAP > MAIN", "rack", "B-2", "B-2"),
    ("account", "cash", "name", "Cash in the box", "Cash in the box"),
    ("reason", "RATS", "name", "Gnawed", "Gnawed"),
    ("series", "HB/26-27/ > 2026", "counter", "C3", "C3"),
    ("company", "company", "phone", "9811111111", "9811111111"),
    ("user", "owner", "name", "Shri Ganesh", "Shri Ganesh"),
    ("role", "owner", "name", "The owner", "The owner"),
    ("printer", "LASER", "address", "HP-M404", "HP-M404"),
)


@pytest.fixture
def owner(qtbot: QtBot, qapp: QApplication, book: Book, watch: Watch) -> Iterator[Owner]:
    for kind, given in MADE:
        add = register_of(kind).add
        assert add is not None
        book.write(add, given)
    Path(f"{book.books}.pepper").write_text(PEPPER.hex())
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


@pytest.mark.parametrize(("kind", "code", "field", "text", "kept"), CHANGES)
def test_every_kind_is_listed_opened_changed_saved_and_remembered(
    owner: Owner, kind: str, code: str, field: str, text: str, kept: object
) -> None:
    owner.go(kind)
    assert owner.rows()
    owner.open(code)
    before = owner.entry(field).typed()
    owner.fill(field, text)
    owner.save()
    assert owner.listed, (owner.editor.said.text(), owner.flaws())
    assert getattr(owner.kept(kind, code), field) == kept
    owner.open(code)
    told = owner.editor.pane.text.toPlainText()
    assert f"{KINDS[kind].label(field)}: {before or '–'} → {owner.entry(field).typed()}" in told
    assert nameless(owner.window) == []


def test_every_kind_but_the_locks_is_walked(owner: Owner) -> None:
    assert {kind for kind, *_ in CHANGES} == KINDS.keys() - {"period"}
