"""Whom or what the books do not know yet is made from the counter, and the bill goes on with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.powers import Power
from dms_desktop.ui.masters.editor import Editor
from tests.books import Book
from tests.ui.conftest import CTRL, Key, Watch
from tests.ui.shop import Shop, close, opened

NEW_LABEL = "8901111111117"


@pytest.fixture
def shop(
    qtbot: QtBot, qapp: QApplication, book: Book, tmp_path: Path, watch: Watch
) -> Iterator[Shop]:
    with opened(qtbot, qapp, book, tmp_path) as made:
        watch.armed = True
        yield made
        watch.armed = False
    close(made)


def form(shop: Shop) -> Editor:
    page = shop.window.pages.currentWidget()
    assert isinstance(page, Editor)
    shop.settle()
    return page


def fill(shop: Shop, editor: Editor, **values: str) -> None:
    for name, text in values.items():
        box = editor.form.entries[name].editor
        box.setFocus()
        QTest.keyClick(shop.at, Key.Key_A, CTRL)
        shop.type(text)


def offered(shop: Shop) -> list[tuple[str, str]]:
    box = shop.screen.heading.party if shop.draft.party is None else shop.screen.entry.item
    return [(hit.code, str(hit.name)) for hit in box.list.hits] if box.list.isVisible() else []


def test_a_party_nobody_knows_is_made_and_billed(shop: Shop) -> None:
    shop.type("Zafar Traders")
    assert offered(shop) == [("Ins", "New party “Zafar Traders”")]
    shop.press(Key.Key_Insert)
    editor = form(shop)
    assert editor.form.entries["name"].typed() == "Zafar Traders"
    fill(shop, editor, code="ZAFAR", state="27")
    shop.press(Key.Key_F10)
    shop.wait(lambda: shop.window.pages.currentWidget() is shop.screen)
    made = "SELECT id FROM party WHERE code = 'ZAFAR'"
    shop.wait(lambda: shop.draft.party == shop.book.value(made))
    shop.ready()
    assert shop.screen.heading.party.text() == "Zafar Traders"
    assert shop.at is shop.screen.entry.item
    shop.line("soap", "2")
    shop.save()
    assert shop.book.value("SELECT party_code FROM document WHERE kind = 'bill'") == "ZAFAR"


@pytest.mark.parametrize(
    ("typed", "box", "value"),
    [
        ("98200 12399", "phone", "9820012399"),
        ("27aapfu0939f1zv", "gstin", "27AAPFU0939F1ZV"),
        ("Om Kirana", "name", "Om Kirana"),
    ],
)
def test_what_was_typed_stands_in_the_box_that_it_is_of(
    shop: Shop, typed: str, box: str, value: str
) -> None:
    shop.type(typed)
    shop.press(Key.Key_Insert)
    entries = form(shop).form.entries
    said = {name: entries[name].typed() for name in ("name", "phone", "gstin")}
    assert said == {"name": "", "phone": "", "gstin": "", box: value}


def test_esc_comes_back_to_the_bill_as_it_was(shop: Shop) -> None:
    shop.party("sharma")
    shop.line("soap", "2")
    shop.press(Key.Key_F3)
    shop.type("zzyzx")
    shop.press(Key.Key_Down, Key.Key_Return)
    assert form(shop).form.entries["name"].typed() == "zzyzx"
    shop.press(Key.Key_Escape)
    assert shop.window.pages.currentWidget() is shop.screen
    assert shop.at is shop.screen.entry.item
    assert shop.screen.entry.item.text() == "zzyzx"
    assert shop.asked == [("SOAP", 2, 0)]
    items = shop.book.value("SELECT count(*) FROM item WHERE name = 'zzyzx'")
    assert items == 0


def test_a_label_nobody_knows_becomes_an_item_that_scans(shop: Shop) -> None:
    shop.party("sharma")
    shop.scan(NEW_LABEL)
    assert offered(shop) == [("Ins", f"New item “{NEW_LABEL}”")]
    shop.press(Key.Key_Insert)
    editor = form(shop)
    fill(shop, editor, code="GHEE", name="Cow ghee", hsn="0405", gst_rate="5", mrp="100")
    shop.press(Key.Key_F10)
    shop.wait(lambda: shop.window.pages.currentWidget() is shop.screen)
    made = shop.book.value("SELECT id FROM item WHERE code = 'GHEE'")
    shop.wait(lambda: shop.screen.entry.begun_item == made)
    assert shop.at is shop.screen.entry.quantity
    assert shop.book.rows("SELECT code, units FROM barcode WHERE item_id = :id", id=made) == [
        (NEW_LABEL, 1)
    ]


def test_a_form_that_was_left_half_typed_by_another_screens_key_comes_back(shop: Shop) -> None:
    shop.type("Zafar Traders")
    shop.press(Key.Key_Insert)
    fill(shop, form(shop), code="ZAFAR")
    shop.go("counter")
    shop.press(Key.Key_Insert)
    assert form(shop).form.entries["code"].typed() == "ZAFAR"


def test_who_may_not_change_the_masters_is_offered_none(shop: Shop) -> None:
    actor = shop.desk.actor
    shop.desk.enter(replace(actor, powers=actor.powers - {Power.MASTERS}))
    shop.type("Zafar Traders")
    assert offered(shop) == []
    shop.press(Key.Key_Insert)
    assert shop.window.pages.currentWidget() is shop.screen


def test_the_form_goes_with_who_may_use_it(shop: Shop) -> None:
    shop.type("Zafar Traders")
    shop.press(Key.Key_Insert)
    fill(shop, form(shop), code="ZAFAR")
    actor = shop.desk.actor
    shop.desk.enter(replace(actor, user_id=99, powers=actor.powers - {Power.MASTERS}))
    assert shop.window.pages.currentWidget() is shop.screen
