"""The order tray by keys: what waits is billed, in part, held, shared, dropped, cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.powers import Power
from dms_desktop.services import tray
from dms_desktop.services.verifying import verify
from dms_desktop.ui.orders.screen import OrdersScreen
from tests.books import Book
from tests.ui.accessible import nameless
from tests.ui.conftest import CTRL, SHIFT, Key, Watch
from tests.ui.shop import Shop, beat, close, opened, rows_of


@pytest.fixture
def shop(
    qtbot: QtBot, qapp: QApplication, book: Book, tmp_path: Path, watch: Watch
) -> Iterator[Shop]:
    with opened(qtbot, qapp, book, tmp_path) as made:
        watch.armed = True
        yield made
    watch.armed = False
    close(made)


def listed(screen: OrdersScreen) -> list[str]:
    return [row.number for row in screen.table.model_of.rows]


def cell(shop: Shop, text: str) -> None:
    """Type into the line that the cursor is on; Enter takes it, and the next one has the cursor."""
    for letter in text:  # the first one opens the box that has the others
        shop.type(letter)
    shop.press(Key.Key_Return)
    QApplication.processEvents()


def said(screen: OrdersScreen) -> str:
    return str(screen.said.text())


def test_an_order_goes_to_the_counter_and_its_bill_takes_it_off_the_tray(shop: Shop) -> None:
    order = shop.post(Kind.ORDER, SOAP=24, TEA=6)
    screen = shop.go("orders")
    assert rows_of(screen.table) == [
        [order.number, "21-11-2026", "Sharma Stores", "", "1,448.00", "30", "", ""]
    ]
    assert rows_of(screen.details) == [
        ["Toilet soap 100 g", "SOAP", "30.00", "1c", "", "1c", "", "1c", "25c"],
        ["Leaf tea 250 g", "TEA", "95.00", "6p", "", "6p", "", "6p", "25c"],
    ]
    shop.press(Key.Key_F5)
    shop.wait(lambda: shop.window.at == "counter" and shop.draft.asks)
    shop.ready()
    assert shop.asked == [("SOAP", 24, 0), ("TEA", 6, 0)]
    assert shop.screen.heading.party.text() == "Sharma Stores"
    assert shop.save() == "B/26-27/00001"
    shop.settle()
    assert listed(shop.go("orders")) == []
    assert shop.book.value("SELECT order_no FROM document WHERE kind = 'bill'") == order.number


def test_a_bill_that_is_being_typed_waits_for_the_order(shop: Shop) -> None:
    shop.post(Kind.ORDER, SOAP=24)
    shop.party("laxmi")
    shop.line("salt", "10")
    shop.go("orders")
    shop.press(Key.Key_Return)
    shop.wait(lambda: shop.asked == [("SOAP", 24, 0)])
    assert shop.screen.face.aside.text().startswith("1 bill held")
    shop.press(Key.Key_F9)
    assert shop.asked == [("SALT", 10, 0)]


def test_a_part_is_billed_and_the_rest_waits(shop: Shop) -> None:
    order = shop.post(Kind.ORDER, SOAP=48, OIL=60)
    screen = shop.go("orders")
    shop.press(Key.Key_F6)
    assert [row[-1] for row in rows_of(screen.details)] == ["2c", "40"]  # as many as lie there
    cell(shop, "99c")
    assert said(screen) == "Toilet soap 100 g: no more than 2c is left of it."
    cell(shop, "what")
    assert "is not a quantity" in said(screen)
    cell(shop, "1c 6p")
    assert screen.details.currentIndex().row() == 1
    cell(shop, "5")
    assert [row[-1] for row in rows_of(screen.details)] == ["1c 6p", "5"]
    shop.press(Key.Key_F10)
    shop.wait(lambda: shop.asked == [("SOAP", 30, 0), ("OIL", 5, 0)])
    shop.ready()
    shop.save()
    shop.settle()
    screen = shop.go("orders")
    assert [row[4:6] for row in rows_of(screen.details)] == [["1c 6p", "18p"], ["5", "55"]]
    assert screen.table.current().number == order.number
    assert shop.book.read(verify).findings == ()


def test_hold_needs_a_reason_and_release_none(shop: Shop) -> None:
    shop.post(Kind.ORDER, SOAP=24)
    screen = shop.go("orders")
    shop.press(Key.Key_F7, Key.Key_Return)
    assert screen.asking.isVisible()  # nothing was typed
    shop.type("cheque came back")
    shop.press(Key.Key_Return)
    shop.settle()
    assert rows_of(screen.table)[0][-1] == "Held: cheque came back"
    shop.press(Key.Key_F5)
    assert "cheque came back" in said(screen)
    assert shop.window.at == "orders"
    shop.press(Key.Key_F7)
    shop.settle()
    assert rows_of(screen.table)[0][-1] == ""
    shop.press(Key.Key_F7, Key.Key_Escape)
    shop.settle()
    assert not screen.asking.isVisible()
    assert rows_of(screen.table)[0][-1] == ""


def test_the_order_of_billing_is_chosen(shop: Shop) -> None:
    first, second = shop.post(Kind.ORDER, SOAP=24), shop.post(Kind.ORDER, "LAXMI", SOAP=12)
    screen = shop.go("orders")
    shop.press(Key.Key_Down, Key.Key_Down, Key.Key_F8)
    shop.settle()
    assert listed(screen) == [second.number, first.number]
    assert screen.table.current().number == second.number
    shop.press(Key.Key_F8)
    shop.settle()
    assert listed(screen) == [first.number, second.number]


def test_reserve_keeps_pieces_from_the_counter_and_lets_them_go(shop: Shop) -> None:
    shop.post(Kind.ORDER, OIL=50)
    screen = shop.go("orders")
    shop.press(Key.Key_F9)
    shop.settle()
    assert said(screen) == "SO/26-27/00001: 40 pieces are kept, 10 pieces are not there."
    assert rows_of(screen.table)[0][6] == "40"
    shop.go("counter")
    shop.party("laxmi")
    shop.line("oil", "1")
    assert shop.screen.model.priced.problems
    screen = shop.go("orders")
    shop.press(Key.Key_F9)
    shop.settle()
    assert shop.book.value("SELECT count(*) FROM reservation") == 0


def test_drop_and_cancel_say_why(shop: Shop) -> None:
    first, second = shop.post(Kind.ORDER, SOAP=24), shop.post(Kind.ORDER, "LAXMI", SOAP=12)
    screen = shop.go("orders")
    shop.press(Key.Key_Delete, modifier=CTRL)
    shop.type("shop is closed")
    shop.press(Key.Key_Return)
    shop.settle()
    assert said(screen).startswith("24 pieces of SO/26-27/00001 are dropped")
    assert listed(screen) == [second.number]
    shop.press(Key.Key_Delete, modifier=CTRL | SHIFT)
    shop.type("typed twice")
    shop.press(Key.Key_Return)
    shop.settle()
    assert listed(screen) == []
    assert shop.book.value("SELECT reason FROM line_drop") == "shop is closed"
    assert shop.book.rows(
        "SELECT number FROM document_event JOIN document ON document.id = document_id"
        " WHERE event = 'cancelled'"
    ) == [(second.number,)]
    assert first.number


def test_beat_party_and_number_find_an_order(shop: Shop) -> None:
    key = shop.done(beat, "Kothrud", shop.book.parties["LAXMI"])
    one, other = shop.post(Kind.ORDER, SOAP=1), shop.post(Kind.ORDER, "LAXMI", SOAP=1)
    screen = shop.go("orders")
    for text, numbers in (("sharma", [one.number]), ("00002", [other.number]), ("none", [])):
        screen.search.setFocus()
        screen.search.selectAll()
        shop.type(text)
        shop.settle()
        assert listed(screen) == numbers
    screen.search.clear()
    shop.settle()
    shop.press(Key.Key_F4)
    shop.type("Kothrud")
    shop.press(Key.Key_Return)
    shop.settle()
    assert screen.beat.currentData() == key
    assert screen.beat.currentText() == "Kothrud (1)"
    assert listed(screen) == [other.number]


def test_estimates_and_challans_wait_in_the_same_tray(shop: Shop) -> None:
    estimate, challan = shop.post(Kind.ESTIMATE, SOAP=5), shop.post(Kind.CHALLAN, SOAP=7)
    screen = shop.go("orders")
    assert listed(screen) == []
    shop.press(Key.Key_F2)
    shop.settle()
    assert (listed(screen), screen.title.text()) == ([estimate.number], "Estimates")
    shop.press(Key.Key_F9)  # nothing is reserved for an estimate
    shop.settle()
    assert shop.book.value("SELECT count(*) FROM reservation") == 0
    shop.press(Key.Key_F2)
    shop.settle()
    assert (listed(screen), screen.title.text()) == ([challan.number], "Challans")
    shop.press(Key.Key_F5)
    shop.wait(lambda: shop.asked == [("SOAP", 7, 0)])
    shop.ready()
    shop.save()
    assert sum(shop.book.stock("SOAP").values()) == 593
    assert shop.book.read(verify).findings == ()


@pytest.mark.parametrize(("presses", "kind"), [(0, "order"), (1, "estimate"), (2, "challan")])
def test_a_new_one_is_typed_at_the_counter(shop: Shop, presses: int, kind: str) -> None:
    shop.go("orders")
    for _ in range(presses):
        shop.press(Key.Key_F2)
    shop.settle()
    shop.press(Key.Key_Insert)
    if kind == "challan":
        shop.type("to be looked at")
        shop.press(Key.Key_Return)
    assert shop.window.at == "counter"
    assert shop.screen.face.title.text().lower() == kind
    shop.party("sharma")
    shop.line("soap", "3")
    shop.save()
    shop.settle()
    assert len(shop.go("orders").table.model_of.rows) == 1
    assert shop.book.value("SELECT count(*) FROM waiting WHERE kind = :kind", kind=kind) == 1


def test_who_may_only_look_is_offered_nothing(shop: Shop) -> None:
    shop.post(Kind.ORDER, SOAP=24)
    shop.desk.actor = replace(shop.book.owner, powers=frozenset({Power.LOOK, Power.BILL}))
    screen = shop.go("orders")
    shown = {name for name, button in screen._verb_buttons.items() if button.isVisible()}
    assert "orders.cancel" not in shown
    assert "orders.bill" in shown
    shop.press(Key.Key_Delete, modifier=CTRL | SHIFT)
    assert not screen.asking.isVisible()
    shop.desk.enter(shop.book.owner)
    assert screen._verb_buttons["orders.cancel"].isVisible()
    shop.desk.enter(replace(shop.book.owner, powers=frozenset({Power.LOOK})))
    assert not any(button.isVisible() for button in screen._verb_buttons.values())
    shop.press(Key.Key_Return, Key.Key_F10, Key.Key_F11)
    assert (shop.window.at, screen.panel) == ("orders", None)


def test_every_control_of_the_tray_has_a_name(shop: Shop) -> None:
    shop.post(Kind.ORDER, SOAP=24)
    shop.go("orders")
    assert nameless(shop.window) == []


def test_what_another_counter_did_first_is_told(shop: Shop) -> None:
    order = shop.post(Kind.ORDER, SOAP=24)
    screen = shop.go("orders")
    shop.book.write(tray.drop, order.id, "by another")
    shop.press(Key.Key_F5)
    shop.settle()
    assert said(screen) == f"{order.number}: nothing is left to bill."
    assert shop.window.at == "orders"
