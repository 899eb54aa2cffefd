"""A batch is put right and pieces are re-stickered by keys, in a form of its own and no dialog."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Actor, Power
from dms_desktop.services.verifying import verify
from dms_desktop.ui.masters.lot_papers import RIGHT, STICKERS
from tests.books import Book
from tests.ui.conftest import Key
from tests.ui.masters import Owner, close_masters, open_masters


@pytest.fixture
def owner(qtbot: QtBot, qapp: QApplication, book: Book) -> Iterator[Owner]:
    made = open_masters(qtbot, qapp, book)
    yield made
    close_masters(made)


def open_lot(owner: Owner, batch: str, key: Key) -> None:
    owner.go("lot")
    owner.find(batch)
    owner.settle()
    owner.press(key)
    owner.settle()


def test_a_batch_is_put_right(owner: Owner) -> None:
    open_lot(owner, "S1", Key.Key_F7)
    assert owner.editor.master is RIGHT
    owner.fill("batch", "S1A")
    owner.fill("expiry", "02/27")
    owner.save()
    assert owner.flaws().keys() == {"reason"}
    owner.fill("reason", "smudged")
    owner.save()
    assert owner.listed(), (owner.editor.said.text(), owner.flaws())
    lot = owner.kept("lot", "SOAP > S1A")
    assert lot.expiry == date(2027, 2, 28)
    owner.find("S1A")
    owner.settle()
    told = owner.editor.pane.text.toPlainText()
    assert "put it right by LC/26-27/00001" in told
    assert "smudged" in told
    assert owner.book.read(verify).findings == ()


def test_what_was_typed_in_the_form_of_the_batch_is_not_lost_without_a_word(owner: Owner) -> None:
    owner.go("lot")
    owner.find("S1")
    owner.settle()
    owner.fill("ptr", "31")
    owner.press(Key.Key_F7)
    assert owner.editor.master is not RIGHT
    assert "PTR" in owner.editor.said.text()
    owner.press(Key.Key_F7)
    owner.settle()
    assert owner.editor.master is RIGHT


def test_pieces_get_stickers_with_another_mrp(owner: Owner) -> None:
    open_lot(owner, "S2", Key.Key_F8)
    assert owner.editor.master is STICKERS
    owner.fill("qty", "many")
    owner.fill("mrp", "42.50")
    owner.fill("reason", "MRP raised")
    owner.save()
    assert owner.flaws().keys() == {"qty"}
    owner.fill("qty", "2c")
    owner.fill("ptr", "31")
    owner.save()
    assert owner.listed(), (owner.editor.said.text(), owner.flaws())
    assert owner.book.stock("SOAP")["S1"] == 100
    rows = {(row[2], row[3]): row[6] for row in owner.rows()}
    assert (rows[("S2", "40.00")], rows[("S2", "42.50")]) == ("452", "48")
    assert owner.kept("lot", "SOAP > S2 > 42.50").mrp == Money(4250)


def test_who_may_not_sees_no_such_keys(owner: Owner) -> None:
    powers = frozenset({Power.LOOK, Power.MASTERS})
    owner.desk.enter(Actor(owner.desk.actor.user_id, "asha", "", powers))
    open_lot(owner, "S1", Key.Key_F7)
    assert owner.editor.master is not RIGHT
    assert not any(button.isVisible() for button in owner.editor.papers)
