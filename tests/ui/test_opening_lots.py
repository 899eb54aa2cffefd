"""Opening stock by keys: a lot is typed in its own list or in that of its item, and is in stock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services.registers.every import register_of
from dms_desktop.store.session import Reading
from dms_desktop.ui.importing.screen import ImportScreen
from tests.books import Book
from tests.ui.conftest import Key
from tests.ui.masters import Owner, close_masters, open_masters


@pytest.fixture
def owner(qtbot: QtBot, qapp: QApplication, book: Book) -> Iterator[Owner]:
    made = open_masters(qtbot, qapp, book)
    yield made
    close_masters(made)


@needs(Power.LOOK)
def openings(reading: Reading) -> int:
    return int(reading.value("SELECT count(*) FROM document WHERE kind = 'opening'"))


def opened(owner: Owner) -> int:
    return int(owner.book.read(openings))


def test_a_lot_is_typed_and_lies_in_stock(owner: Owner) -> None:
    before = opened(owner)
    owner.go("lot")
    owner.new()
    owner.fill("item", "SOAP")
    for name, text in (
        ("batch", "OLD-7"), ("mrp", "41"), ("expiry", "31-03-2027"), ("pts", "27.50"),
        ("qty", "30"),
    ):  # fmt: skip
        owner.fill(name, text)
    owner.save()
    assert owner.listed(), (owner.editor.said.text(), owner.flaws())
    row = next(row for row in owner.rows() if row[2] == "OLD-7")
    assert row[6] == "30"
    assert opened(owner) == before + 1
    lot = owner.kept("lot", "SOAP > OLD-7")
    assert (lot.mrp, lot.pts) == (Money(4100), Rate(Money(2750)))


def test_what_cannot_be_is_told_at_its_box(owner: Owner) -> None:
    before = opened(owner)
    owner.go("lot")
    owner.new()
    owner.fill("item", "SOAP")
    owner.fill("qty", "30")
    owner.save()
    assert owner.flaws().keys() == {"batch", "cost"}
    owner.fill("batch", "OLD-8")
    owner.fill("cost", "20")
    owner.fill("qty", "many")
    owner.save()
    assert owner.flaws().keys() == {"qty"}
    assert opened(owner) == before


def test_the_lots_of_an_item_begin_with_that_item(owner: Owner) -> None:
    owner.go("item")
    owner.open("SOAP")
    owner.press(Key.Key_F6)
    owner.settle()
    owner.new()
    assert owner.entry("item").typed() == "SOAP"
    owner.fill("batch", "OLD-9")
    owner.fill("cost", "21")
    owner.fill("qty", "5")
    owner.save()
    assert owner.listed(), (owner.editor.said.text(), owner.flaws())
    assert any(row[2] == "OLD-9" and row[6] == "5" for row in owner.rows())


def test_where_nothing_new_can_be_begun_ins_says_so(owner: Owner) -> None:
    owner.go("company")
    owner.new()
    assert owner.listed()
    assert owner.page.list.done.text().startswith("Nothing new can be begun here")


def test_no_godown_is_opened_by_a_slip_and_no_stock_without_the_power(book: Book) -> None:
    add = register_of("lot").add
    assert add is not None
    given = {"item": "SOAP", "batch": "B", "qty": "4", "cost": Money(2000), "godown": "MIAN"}
    with pytest.raises(Refused) as refused:
        book.write(add, given)
    assert refused.value.problems[0].reason is Reason.UNKNOWN_CODE
    clerk = Actor(1, "clerk", powers=frozenset({Power.LOOK, Power.MASTERS}))
    with pytest.raises(Refused) as refused:
        book.write(add, {**given, "godown": ""}, actor=clerk)
    assert refused.value.problems[0].reason is Reason.NOT_ALLOWED


def test_f8_opens_the_page_of_a_new_file_of_the_kind(owner: Owner) -> None:
    owner.go("party")
    owner.press(Key.Key_F8)
    screen = owner.window.pages.currentWidget()
    assert isinstance(screen, ImportScreen)
    assert screen.currentWidget() is screen.page
    assert screen.page.file.wanted is Intake.PARTIES
    assert owner.at is screen.page.file.path.box
