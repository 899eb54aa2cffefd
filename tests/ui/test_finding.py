"""Whatever the clerk knows of a party or an item finds it, and a miss leaves a clean box."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from dms_desktop.domain.draft import Ask, WalkIn
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import billing, fulfilment
from dms_desktop.store.session import Tx
from tests.ui.accessible import spoken_name
from tests.ui.conftest import CTRL, Counter, Key, index
from tests.ui.test_bad_input import flaw

TABLE = "SOAP\t12\nTEA\t6\nOIL\t3\n"
REFUSED = "That is a whole table. A box takes one cell of it; a file is taken by Import."


@needs(Power.MASTERS)
def _name(tx: Tx) -> None:
    tx.run("UPDATE item SET alias = 'चाय पत्ती' WHERE code = 'TEA'")
    tx.run("INSERT INTO beat (uid, code, name) VALUES (randomblob(16), 'MY', 'Market Yard')")
    tx.run("UPDATE party SET beat_id = 1, phone = '9822011111' WHERE code = 'LAXMI'")


@pytest.fixture
def named(counter: Counter) -> Counter:
    """Tea has a Hindi name, and Laxmi a beat and a phone."""
    counter.book.write(_name)
    index(counter.book)
    return counter


@pytest.mark.parametrize(
    ("typed", "party"),
    [("market", "LAXMI"), ("9822011", "LAXMI"), ("aabcs1429", "SHARMA"), ("patel kir", "PATEL")],
)
def test_a_party_is_found_by_whatever_is_known_of_it(
    named: Counter, typed: str, party: str
) -> None:
    named.party(typed)
    assert named.draft.party == named.book.parties[party]


@pytest.mark.parametrize("typed", ["चाय", "पत्ती", "चाय पत", "leef tea", "leaff te"])
def test_an_item_is_found_in_hindi_and_in_spite_of_a_slip(named: Counter, typed: str) -> None:
    named.party("sharma")
    named.type(typed)
    if not typed.startswith(("च", "प")):
        named.press(Key.Key_Down)  # what is only spelt alike is pointed at first
    named.enter()
    named.ready()
    named.enter("3")
    assert named.asked == [("TEA", 3, 0)]


@pytest.mark.parametrize("typed", ["cash", "CASH", "ca"])
def test_cash_finds_the_walk_in(counter: Counter, typed: str) -> None:
    counter.type(typed)
    shown = counter.screen.heading.party.list.hits
    assert [(hit.code, hit.name) for hit in shown] == [("CASH", "Walk-in, pays at once")]
    counter.enter()
    counter.ready()
    assert counter.draft.party == WalkIn()
    assert counter.screen.face.terms.text() == "Cash"
    assert spoken_name(counter.at) == "Item"


def test_after_a_miss_the_next_typing_replaces_what_was_refused(counter: Counter) -> None:
    counter.enter("zzz nobody")
    assert "No party is" in flaw(counter)
    counter.type("s")
    assert counter.screen.heading.party.text() == "s"
    assert not counter.at.property("refused")
    assert counter.screen.heading.party_field.flaw == ""
    counter.enter("harma")
    counter.ready()
    counter.enter("zzz nothing")
    assert "No item has" in flaw(counter)
    for back in (Key.Key_F2, Key.Key_F3):
        counter.press(back)
    counter.type("soa")
    assert counter.screen.entry.item.text() == "soa", "also when the cursor was elsewhere"
    assert not counter.at.property("refused")
    counter.enter("p")
    counter.ready()
    counter.enter("2")
    assert counter.asked == [("SOAP", 2, 0)]


def test_an_empty_item_box_offers_what_the_party_buys(counter: Counter) -> None:
    for _ in range(2):
        counter.book.bill("LAXMI", OIL=3)
    counter.party("laxmi")
    counter.wait(lambda: counter.beside("habits").get("Hair oil 200 ml"))
    counter.press(Key.Key_Down)
    hits = counter.screen.entry.item.list.hits
    assert (hits[0].code, hits[0].detail) == ("OIL", "3 at 70.00")
    assert len({hit.id for hit in hits}) == len(hits) == 4
    counter.press(Key.Key_Return)
    counter.ready()
    counter.enter("1")
    assert counter.asked == [("OIL", 1, 0)]


def test_what_an_order_keeps_is_there_for_its_own_bill(counter: Counter) -> None:
    """Forty of the oil lie there, and an order keeps thirty of them."""
    book = counter.book
    oil = book.items["OIL"]
    order = replace(book.draft("SHARMA", OIL=30), kind=Kind.ORDER, reserve=True)
    uid = book.write(billing.post_draft, order).posted.id
    counter.party("laxmi")
    counter.line("oil", "11")
    assert "10 can be sold and 1 more are asked for" in counter.shown()[1][0]
    mine = book.read(fulfilment.draft_of, uid, new=order.id, day=order.day)
    counter.screen.model.replace(replace(mine, id=counter.draft.id))
    counter.ready()
    assert counter.asked == [("OIL", 30, 0)]
    assert counter.screen.model.priced.problems == ()
    counter.screen.model.replace(replace(counter.draft, source=None, asks=(Ask(oil, 30),)))
    counter.ready()
    assert "10 can be sold" in counter.shown()[1][0]


def _paste(counter: Counter) -> None:
    QGuiApplication.clipboard().setText(TABLE)
    counter.press(Key.Key_V, modifier=CTRL)
    QApplication.processEvents()


def test_a_pasted_table_is_refused_whole_in_every_box(counter: Counter) -> None:
    counter.type("sha")
    _paste(counter)
    assert (flaw(counter), counter.at.property("text")) == (REFUSED, "sha")
    counter.enter("sharma")
    counter.ready()
    _paste(counter)
    assert (flaw(counter), counter.at.property("text")) == (REFUSED, "")
    assert not counter.screen.entry.item.list.isVisible()
    counter.enter("soap")
    counter.ready()
    counter.type("1")
    _paste(counter)
    assert (flaw(counter), counter.at.property("text")) == (REFUSED, "1")
    counter.enter("5")
    for key, was in ((Key.Key_F4, "5p"), (Key.Key_F6, "30.00"), (Key.Key_F7, "")):
        counter.press(key)
        _paste(counter)
        assert counter.said == REFUSED
        assert counter.at.property("refused")
        assert counter.at.property("text") == was
        counter.press(Key.Key_Escape)
    counter.screen.heading.day.setFocus()
    _paste(counter)
    assert (flaw(counter), counter.at.property("text")) == (REFUSED, "21-11-2026")
    assert counter.asked == [("SOAP", 5, 0)]
