"""The masters by keys: every kind is listed, opened, changed, saved, and says so in its history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Actor, Power
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.files.importing import bring_in
from dms_desktop.services import people
from dms_desktop.services.registers.every import register_of
from dms_desktop.services.registers.lists import Wanted
from dms_desktop.ui.masters import spreadsheet
from dms_desktop.ui.masters.kinds import KINDS
from tests.books import PEPPER, Book
from tests.ui.accessible import nameless
from tests.ui.conftest import CTRL, SOAP_PIECE, Key, Watch
from tests.ui.masters import Owner, close_masters, open_masters

FOREGROUND = Qt.ItemDataRole.ForegroundRole
MADE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("price-list", {"code": "WHOLE", "name": "Wholesale"}),
    ("beat", {"code": "B1", "name": "Station road"}),
    ("salesman", {"code": "RAVI", "name": "Ravi"}),
    ("price", {"list": "WHOLE", "item": "SOAP", "rate": Rate(Money(2900))}),
    ("terms", {"party": "SHARMA", "principal": "BRAND", "credit_limit": Money(1_000_00)}),
    ("rack", {"item": "SOAP", "godown": "MAIN", "rack": "A-1"}),
    ("series", {"prefix": "HB/26-27/", "kind": "bill", "counter": "C2"}),
    ("turnover", {"year": "2025-26", "turnover": Money(4_00_00_000_00)}),
    ("printer", {"code": "LASER", "way": "queue", "address": "HP-1020"}),
    ("reason", {"code": "RATS", "name": "Eaten by rats", "use": "adjust"}),
    ("man", {"code": "RAMESH", "name": "Ramesh"}),
    ("vehicle", {"number": "MH12AB1234", "kg": 900}),
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
    ("vehicle", "MH12AB1234", "man", "ramesh", "RAMESH"),
    ("vehicle", "MH12AB1234", "kg", "1,200", 1200),
    ("man", "RAMESH", "phone", "98111 11111", "98111 11111"),
    ("account", "cash", "name", "Cash in the box", "Cash in the box"),
    ("reason", "RATS", "name", "Gnawed", "Gnawed"),
    ("reason", "RATS", "ledger", "goods_lost", "goods_lost"),
    ("series", "HB/26-27/ > 2026", "counter", "C3", "C3"),
    ("company", "company", "phone", "9811111111", "9811111111"),
    ("user", "owner", "name", "Shri Ganesh", "Shri Ganesh"),
    ("role", "owner", "name", "The owner", "The owner"),
    ("turnover", "2025-26", "turnover", "6,00,00,000.00", Money(6_00_00_000_00)),
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
    assert owner.listed()
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
    assert owner.listed(), (owner.editor.said.text(), owner.flaws())
    assert getattr(owner.kept(kind, code), field) == kept
    owner.open(code)
    told = owner.editor.pane.text.toPlainText()
    assert f"{KINDS[kind].label(field)}: {before or '–'} → {owner.entry(field).typed()}" in told
    assert nameless(owner.window) == []


def test_every_kind_but_the_locks_is_walked(owner: Owner) -> None:
    assert {kind for kind, *_ in CHANGES} == KINDS.keys() - {"period"}


NEW: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("item", "GHEE", {"code": "GHEE", "name": "Ghee 1 l", "hsn": "04059020", "gst_rate": "5",
                      "mrp": "650"}),
    ("price-list", "RETAIL", {"code": "RETAIL", "name": "Retail"}),
    ("price", "WHOLE > TEA >  > 120.00", {"list": "whole", "item": "tea", "rate": "90"}),
    ("tax-class", "GST 12", {"code": "GST 12", "rates": "12"}),
    ("party", "NEW", {"code": "NEW", "name": "New Stores", "state": "goa"}),
    ("terms", "PATEL > BRAND", {"party": "patel", "principal": "brand", "credit_days": "21"}),
    ("principal", "HUL", {"code": "HUL"}),
    ("beat", "MON", {"code": "MON", "name": "Monday"}),
    ("salesman", "ANIL", {"code": "ANIL", "phone": "9811111111"}),
    ("rack", "TEA > MAIN", {"item": "tea", "godown": "main", "rack": "C-9"}),
    ("vehicle", "MH12CD5678", {"number": "mh 12 cd 5678", "man": "ramesh", "kg": "700"}),
    ("man", "SURESH", {"code": "SURESH", "phone": "9811111111"}),
    ("account", "hdfc", {"code": "hdfc", "name": "HDFC Bank", "group": "a"}),
    ("reason", "EATEN", {"code": "EATEN", "use": "t"}),
    ("series", "C7/26-27/ > 2026", {"counter": "C7", "prefix": "C7/26-27/"}),
    ("user", "sita", {"code": "sita", "name": "Sita", "role": "clerk", "pin": "135790"}),
    ("role", "helper", {"code": "helper", "name": "Helper", "powers": " "}),
    ("printer", "INK", {"code": "INK", "address": "Epson"}),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "code", "said"), NEW)
def test_a_new_one_of_each_kind_is_made_by_keys(
    owner: Owner, kind: str, code: str, said: dict[str, str]
) -> None:
    owner.go(kind)
    owner.new()
    for name, text in said.items():
        owner.walk_to(name)
        owner.type(text)
        owner.press(Key.Key_Return)
    owner.save()
    assert owner.listed(), (owner.editor.said.text(), owner.flaws())
    assert owner.kept(kind, code)
    assert owner.page.list.done.text().startswith("Saved: ")
    chosen = owner.page.list.table.current()
    assert chosen is not None
    assert chosen.code == code
    owner.press(Key.Key_Return)
    owner.settle()
    assert owner.editor.pane.text.toPlainText().startswith("owner added it")


def test_the_new_user_logs_in_with_the_pin_that_was_given(owner: Owner) -> None:
    owner.go("user")
    owner.new()
    for name, text in {"code": "sita", "role": "clerk", "pin": "135790"}.items():
        owner.fill(name, text)
        owner.press(Key.Key_Return)
    owner.save()
    found = owner.book.write(people.log_in, "sita", "135790", PEPPER, "", actor=people.STRANGER)
    assert found is not None
    assert found.code == "sita"


def test_the_lots_of_an_item_are_one_key_away(owner: Owner) -> None:
    owner.go("item")
    owner.open("TEA")
    owner.press(Key.Key_F6)
    owner.settle()
    assert [row[2] for row in owner.rows()] == ["T1", "T2"]
    owner.open("TEA > T1 > 120.00 > 2026-12-31")
    owner.walk_to("blocked")
    owner.press(Key.Key_Space)
    owner.save()
    assert owner.flaws() == {"blocked_why": "Why it is blocked is missing. Fill it in."}
    owner.type("Recalled")
    owner.save()
    assert owner.kept("lot", "TEA > T1").blocked_why == "Recalled"
    owner.press(Key.Key_F3, Key.Key_Escape)
    assert owner.page.master.kind == "item"
    assert owner.editor.title.text() == "Leaf tea 250 g"


def test_the_terms_of_a_party_are_one_key_away_and_begin_with_it(owner: Owner) -> None:
    owner.go("party")
    owner.open("LAXMI")
    owner.press(Key.Key_F6)
    owner.settle()
    assert owner.rows() == []
    owner.new()
    owner.fill("principal", "brand")
    owner.press(Key.Key_Return)
    owner.fill("credit_limit", "5,000")
    owner.save()
    assert owner.kept("terms", "LAXMI > BRAND").credit_limit == Money(5_000_00)


def test_the_inactive_are_muted_and_shown_when_asked_for(owner: Owner) -> None:
    owner.go("party")
    owner.open("PATEL")
    owner.walk_to("active")
    owner.press(Key.Key_Space)
    owner.save()
    assert "PATEL" not in [row[0] for row in owner.rows()]
    owner.press(Key.Key_F4)
    owner.settle()
    rows = [row[0] for row in owner.rows()]
    model = owner.page.list.table.model_of
    muted = [model.index(rows.index(code), 0).data(FOREGROUND) for code in ("PATEL", "SHARMA")]
    assert muted[0] is not None
    assert muted[1] is None


def test_what_is_listed_goes_into_a_spreadsheet_and_comes_back(
    owner: Owner, tmp_path: Path
) -> None:
    owner.go("item")
    owner.press(Key.Key_F3)
    owner.type("s")
    owner.settle()
    count = len(owner.rows())
    assert 0 < count < 4
    owner.press(Key.Key_F7)
    owner.press(Key.Key_A, modifier=CTRL)
    owner.type(str(tmp_path / "items.csv"))
    owner.press(Key.Key_Return)
    owner.settle()
    assert owner.page.list.done.text().startswith(f"{count} were written to ")
    lines = (tmp_path / "items.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == count + 1
    owner.press(Key.Key_F7)
    owner.press(Key.Key_A, modifier=CTRL)
    owner.type(str(tmp_path / "items.csv"))
    owner.press(Key.Key_Return)
    owner.settle()
    there = "There is a file “items.csv” already. Choose another name."
    assert owner.page.list.done.text() == there
    owner.press(Key.Key_F8)
    assert owner.window.at == "import"


def test_a_day_is_closed_and_opened_again_with_a_reason(owner: Owner) -> None:
    owner.go("period")
    owner.press(Key.Key_Down, Key.Key_Return)
    owner.settle()
    owner.press(Key.Key_F7)
    owner.type("20-11-2026")
    owner.press(Key.Key_Return)
    owner.settle()
    assert owner.entry("closed_until").typed() == "20-11-2026"
    owner.press(Key.Key_F8)
    owner.type("20-11-2026")
    owner.press(Key.Key_Return)
    owner.type("A bill was forgotten")
    owner.press(Key.Key_Return)
    owner.settle()
    assert owner.entry("closed_until").typed() == "19-11-2026"
    assert "A bill was forgotten" in owner.editor.pane.text.toPlainText()
    owner.press(Key.Key_F7)
    owner.type("yesterday")
    owner.press(Key.Key_Return)
    assert owner.editor.said.text() == "“yesterday” is not a date. Type it as 21-11-2026."


def test_items_and_parties_have_their_own_screens(owner: Owner) -> None:
    owner.press(Key.Key_4, modifier=CTRL)
    owner.settle()
    stock = {row[0]: row[-1] for row in owner.rows()}
    assert stock == {"OIL": "40", "SALT": "1,000", "SOAP": "600", "TEA": "300"}
    owner.press(Key.Key_5, modifier=CTRL)
    owner.settle()
    assert [row[0] for row in owner.rows()] == ["LAXMI", "PATEL", "SHARMA"]
    owner.find("27AABCS1429B1ZU")
    assert owner.editor.title.text() == "Sharma Stores"


def test_a_spreadsheet_that_was_edited_shows_in_the_history_in_rupees_and_names(
    owner: Owner, tmp_path: Path
) -> None:
    owner.go("item")
    owner.press(Key.Key_F7)
    owner.press(Key.Key_A, modifier=CTRL)
    owner.type(str(tmp_path / "items.csv"))
    owner.press(Key.Key_Return)
    owner.settle()
    path = tmp_path / "items.csv"
    text = path.read_text("utf-8-sig").replace("120.00", "1250.00").replace("Brand,", "Other,")
    path.write_text(text, "utf-8-sig")
    report = bring_in(owner.book, Intake.ITEMS, path, yes=True)
    assert report.outcome.changed == 4
    owner.open("TEA")
    told = owner.editor.pane.text.toPlainText()
    assert told.startswith("owner imported it\n")
    assert "MRP ₹: 120.00 → 1,250.00" in told
    assert "Principal: Brand → Other" in told


def test_when_a_clerk_takes_over_he_may_look_only(owner: Owner) -> None:
    owner.go("godown")
    owner.open("MAIN")
    assert owner.editor.save_button.isVisible()
    clerk = Actor(owner.book.owner.user_id, "ravi", powers=frozenset({Power.LOOK}))
    owner.desk.enter(clerk)
    assert not owner.editor.save_button.isVisible()
    assert not owner.page.list.new.isVisibleTo(owner.page.list)


def test_barcodes_come_and_go_in_their_rows(owner: Owner) -> None:
    owner.go("item")
    owner.open("SOAP")
    owner.walk_to("barcodes")
    owner.press(Key.Key_Return)  # to its pieces
    owner.press(Key.Key_Return)  # to the next row: the case
    owner.press(Key.Key_A, modifier=CTRL)
    owner.press(Key.Key_Delete)  # without its code the row is gone
    owner.last_row("barcodes").setFocus()
    owner.type("8901234500009")
    owner.press(Key.Key_Return)
    owner.type("6")
    owner.save()
    kept = owner.kept("item", "SOAP").barcodes
    assert [(each.code, each.units) for each in kept] == [(SOAP_PIECE, 1), ("8901234500009", 6)]


def test_a_new_rate_joins_the_old_ones_from_its_day(owner: Owner) -> None:
    owner.go("tax-class")
    owner.open("GST 18")
    owner.last_row("rates").setFocus()
    owner.type("12")
    owner.press(Key.Key_Return)
    owner.type("01-04-2027")
    owner.save()
    assert owner.listed(), owner.flaws()
    kept = owner.kept("tax-class", "GST 18").rates
    assert [(each.gst, each.from_day) for each in kept] == [(18, None), (12, date(2027, 4, 1))]


def test_a_list_leaves_the_books_only_by_who_may_take_it_along(
    owner: Owner, tmp_path: Path
) -> None:
    actor = owner.desk.actor
    owner.go("party")
    owner.press(Key.Key_F7)
    assert owner.page.list.asking.isVisible()
    owner.desk.enter(replace(actor, user_id=99, powers=actor.powers - {Power.EXPORT}))
    owner.settle()
    page = owner.page.list
    assert not page.asking.isVisible()
    assert not page.export.isVisible()
    page.table.setFocus()
    owner.press(Key.Key_F7)
    assert not page.asking.isVisible()
    wanted = Wanted("", "", True)
    with pytest.raises(Refused) as refused:
        owner.book.read(spreadsheet.listed, "party", wanted, actor=owner.desk.actor)
    (problem,) = refused.value.problems
    assert (problem.reason, problem.facts["power"]) == (Reason.NOT_ALLOWED, "export")
