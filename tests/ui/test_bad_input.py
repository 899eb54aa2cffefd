"""What bad input gets: a clear sentence at the place, and nothing lost or half-done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dms_desktop.domain.draft import Ask, WalkIn
from dms_desktop.domain.powers import Power, needs
from dms_desktop.store.session import Tx
from dms_desktop.ui.kit.field import Field
from tests.ui.accessible import spoken_name
from tests.ui.conftest import (
    CTRL,
    SHIFT,
    SOAP_PIECE,
    Counter,
    Key,
    kept_drafts,
)


@needs(Power.SETTINGS)
def _close_books(tx: Tx, until: date) -> None:
    tx.run("UPDATE period SET closed_until = :until", until=until.isoformat())


@needs(Power.MASTERS)
def add_lot(tx: Tx, item: int, mrp: int, pieces: int) -> None:
    """A second MRP of an item on the shelf."""
    lot = tx.value(
        "INSERT INTO lot (item_id, batch, mrp, expiry, ptr) VALUES (:i, 'N1', :m, '2028-12-31',"
        " 7500) RETURNING id",
        i=item,
        m=mrp,
    )
    tx.run(
        "INSERT INTO stock (lot_id, place_id, bucket, item_id, qty)"
        " VALUES (:l, 1, 'saleable', :i, :q)",
        l=lot,
        i=item,
        q=pieces,
    )
    tx.run("INSERT INTO lot_cost (lot_id, qty, paise) VALUES (:l, :q, :q * 6000)", l=lot, q=pieces)
    tx.touched["item"].add(item)


def flaw(counter: Counter) -> str:
    """The sentence below the box that the cursor is in."""
    field = counter.at.parentWidget()
    assert isinstance(field, Field)
    assert counter.at.property("refused")
    return field.flaw


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0", "Nil pieces are no line."),
        ("-1", "A bill cannot take goods back"),
        ("1000000000", "“1000000000” is more than anybody has."),
        ("twelve", "“twelve” is not a quantity."),
        ("1.5", "“1.5” is not whole."),
        ("", "Type how many"),
        ("2i", "Toilet soap 100 g has no inner size"),
        ("10+", "is not a quantity"),
        (SOAP_PIECE, "Is it a barcode?"),
    ],
)
def test_a_quantity_that_is_none(counter: Counter, typed: str, said: str) -> None:
    counter.party("sharma")
    counter.enter("soap")
    counter.ready()
    counter.enter(typed)
    assert spoken_name(counter.at) == "Quantity"
    assert said in flaw(counter)
    assert counter.asked == []
    counter.enter("7")
    assert counter.asked == [("SOAP", 7, 0)]
    assert spoken_name(counter.at) == "Item"


@pytest.mark.parametrize("typed", ["0", "-1", "1e9", "x", ""])
def test_a_quantity_that_is_none_in_its_cell(counter: Counter, typed: str) -> None:
    counter.party("sharma")
    counter.line("soap", "5")
    counter.press(Key.Key_F4)
    counter.press(Key.Key_Delete)
    counter.enter(typed)
    assert counter.at.property("refused")
    assert counter.said
    assert counter.asked == [("SOAP", 5, 0)]
    counter.press(Key.Key_Escape)
    assert counter.asked == [("SOAP", 5, 0)]


@pytest.mark.parametrize(
    ("key", "typed"),
    [(Key.Key_F6, "abc"), (Key.Key_F6, "-5"), (Key.Key_F7, "101"), (Key.Key_F7, "1+2+3+4+5")],
)
def test_a_rate_or_discount_that_is_none(counter: Counter, key: Key, typed: str) -> None:
    counter.party("sharma")
    counter.line("soap", "5")
    counter.press(key)
    counter.enter(typed)
    assert f"“{typed}” is not a valid figure" in counter.said
    counter.press(Key.Key_Escape)
    assert counter.total == "₹ 177.00"


def test_two_thousand_lines_and_no_more(counter: Counter) -> None:
    counter.party("sharma")
    salt = counter.book.items["SALT"]
    many = replace(counter.draft, asks=tuple(Ask(salt, 1) for _ in range(2_000)))
    counter.screen.model.replace(many)
    counter.ready()
    counter.line("soap", "1")
    assert "at most 2,000 lines and this one has 2,001" in flaw(counter)
    assert len(counter.draft.asks) == 2_000


def test_an_item_that_nobody_knows(counter: Counter) -> None:
    counter.party("sharma")
    counter.enter("8909999999999")
    assert flaw(counter) == "No item has the code or barcode “8909999999999”."
    assert counter.asked == []


def test_another_mrp_is_asked_once_and_answered_by_one_key(counter: Counter) -> None:
    counter.book.write(add_lot, counter.book.items["OIL"], 11_000, 100)
    counter.party("sharma")
    counter.line("oil", "60")
    question = counter.shown()[1][0]
    assert "only 40 are left at MRP ₹ 99.00; 100 more are there at MRP ₹ 110.00" in question
    assert "F11 Only what is there   ·   F12 The other MRP too" in question
    counter.press(Key.Key_F10)
    assert counter.draft.asks, "a question is open"

    counter.press(Key.Key_F12)
    assert [row[2:5] for row in counter.shown()] == [
        ["2 lots", "60", ""],
        ["O1 · 02/28", "40", ""],
        ["N1 · 12/28", "20", ""],
    ]
    counter.line("oil", "90")
    assert counter.shown()[4][0].endswith("Lower the quantity.   F11 Only what is there")
    counter.press(Key.Key_F11)
    assert counter.asked == [("OIL", 60, 0), ("OIL", 80, 0)]
    assert counter.screen.model.priced.problems == ()


def test_only_what_is_there_is_kept(counter: Counter) -> None:
    counter.book.write(add_lot, counter.book.items["OIL"], 11_000, 100)
    counter.party("sharma")
    counter.line("oil", "38+5")
    counter.press(Key.Key_F11)
    assert counter.asked == [("OIL", 38, 2)]
    assert spoken_name(counter.at) == "Item"


def test_a_bill_on_a_closed_day_comes_back_to_its_date(counter: Counter) -> None:
    counter.book.write(_close_books, date(2026, 11, 15))
    counter.party("sharma")
    counter.line("soap", "5")
    counter.screen.heading.day.setFocus()
    counter.screen.heading.day.selectAll()
    counter.enter("14-11-26")
    with counter.qtbot.waitSignal(counter.screen.saving.refused, timeout=20_000):
        counter.press(Key.Key_F10)
    assert spoken_name(counter.at) == "Date"
    assert flaw(counter) == "The books are closed until 15-11-2026; 14-11-2026 cannot be changed."
    assert counter.asked == [("SOAP", 5, 0)]
    assert counter.screen.heading.party.text() == "Sharma Stores"
    counter.enter("16-11-26")
    counter.save()
    assert counter.book.value("SELECT count(*) FROM document WHERE kind = 'bill'") == 1
    assert kept_drafts(counter.book) == ()


def test_a_refused_bill_never_lands_on_the_next_customer_s(counter: Counter) -> None:
    counter.book.write(_close_books, date(2026, 11, 21))
    counter.party("sharma")
    counter.line("soap", "5")
    counter.press(Key.Key_F10)
    counter.type("laxmi")
    with counter.qtbot.waitSignal(counter.screen.saving.refused, timeout=20_000):
        pass
    counter.press(Key.Key_Return)
    counter.ready()
    counter.line("tea", "1")
    assert counter.asked == [("TEA", 1, 0)]
    assert counter.said.startswith("The bill of Sharma Stores was refused: The books are closed")
    assert counter.screen.face.aside.text() == "1 bill refused  ·  F9"
    counter.wait(lambda: len(kept_drafts(counter.book)) == 2)
    counter.press(Key.Key_F9)
    counter.ready()
    assert counter.asked == [("SOAP", 5, 0)]
    assert "closed until 21-11-2026" in counter.said


@pytest.mark.parametrize("typed", ["31-02-26", "tomorrow", "1", ""])
def test_a_date_that_is_none(counter: Counter, typed: str) -> None:
    counter.party("sharma")
    counter.line("soap", "5")
    day = counter.screen.heading.day
    day.setFocus()
    day.selectAll()
    counter.press(Key.Key_Delete)
    counter.type(typed)
    counter.press(Key.Key_F10)
    assert spoken_name(counter.at) == "Date"
    assert "is not a date" in flaw(counter)
    assert counter.asked == [("SOAP", 5, 0)]
    counter.press(Key.Key_Escape)
    assert day.text() == "21-11-2026"


def test_a_bill_without_party_or_lines(counter: Counter) -> None:
    counter.press(Key.Key_F10)
    assert "Nothing is on the bill yet" in flaw(counter)
    counter.line("soap", "5")
    counter.press(Key.Key_F10)
    assert spoken_name(counter.at) == "Party"
    assert "Choose a party, or CASH for a walk-in" in flaw(counter)
    counter.enter()
    counter.ready()
    assert counter.draft.party == WalkIn()
    counter.save()


def test_what_is_typed_and_not_entered_is_not_forgotten(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "5")
    counter.type("tea")
    counter.press(Key.Key_F10)
    assert flaw(counter).startswith("“tea” is not on the bill yet.")
    counter.press(Key.Key_Return)
    counter.ready()
    counter.type("3")
    counter.press(Key.Key_F10)
    counter.wait(lambda: counter.status.startswith("B/"))
    lines = "SELECT code, qty FROM goods_line JOIN document ON document_id = document.id"
    assert counter.book.rows(lines + " WHERE kind = 'bill'") == [("SOAP", 5), ("TEA", 3)]


def test_a_walk_in_is_named_by_a_second_enter(counter: Counter) -> None:
    counter.enter("Ramesh Kale")
    assert flaw(counter).startswith("No party is “Ramesh Kale”.")
    counter.press(Key.Key_Return)
    counter.ready()
    assert counter.draft.party == WalkIn(name="Ramesh Kale")
    assert counter.screen.face.terms.text() == "Cash"
    counter.press(Key.Key_F5)
    assert counter.said == "A walk-in pays cash. Choose a party for credit."
    counter.press(Key.Key_F2)
    counter.enter("98220 12345")
    counter.press(Key.Key_Return)
    counter.ready()
    assert counter.draft.party == WalkIn(phone="9822012345")


def test_the_law_wants_to_know_who_buys_much(counter: Counter) -> None:
    counter.enter()
    counter.line("soap", "600")
    counter.line("tea", "300")
    counter.press(Key.Key_F10)
    assert "needs his name, address and State" in flaw(counter)
    particulars = counter.screen.heading.particulars
    assert particulars is not None
    fields = particulars.fields
    for name, wrong, said, right in (
        ("state", "Atlantis", "No State has the code or name “Atlantis”.", "maharashtra"),
        ("gstin", "27AABCS1429B1ZX", "The GSTIN “27AABCS1429B1ZX” is not valid", ""),
    ):
        box = fields[name].box
        box.setFocus()
        box.selectAll()
        counter.enter(wrong)
        assert said in fields[name].flaw
        box.setFocus()
        box.selectAll()
        counter.press(Key.Key_Delete)
        counter.enter(right)
    for name, text in (("name", "Ramesh Kale"), ("address", "4 Station Road, Satara")):
        fields[name].box.setFocus()
        fields[name].box.selectAll()
        counter.enter(text)
    counter.ready()
    assert counter.draft.party == WalkIn(
        "Ramesh Kale", state="27", address="4 Station Road, Satara"
    )
    counter.save()


def test_a_rate_above_the_mrp_is_said_at_the_row(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "5")
    counter.press(Key.Key_F6)
    counter.enter("40")
    assert "above the MRP of ₹ 40.00 each" in counter.shown()[1][0]
    counter.press(Key.Key_F10)
    assert counter.draft.asks[0].rate is not None
    assert "Line 1: " in counter.said
    counter.press(Key.Key_F6)
    counter.enter("25")
    warning = counter.shown()[1][0]
    assert warning.startswith("Toilet soap 100 g is sold at ₹ 125.00, below its cost")
    counter.save()
    assert counter.book.value("SELECT total FROM document WHERE kind = 'bill'") == 148_00


def test_a_bill_is_thrown_away_only_on_purpose(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "5")
    counter.wait(lambda: kept_drafts(counter.book))
    counter.press(Key.Key_Delete, modifier=CTRL | SHIFT)
    assert counter.said == "Press Ctrl+Shift+Del once more to throw this bill away."
    assert counter.draft.asks
    counter.press(Key.Key_Delete, modifier=CTRL | SHIFT)
    assert counter.draft.asks == ()
    counter.wait(lambda: not kept_drafts(counter.book))


def test_who_has_the_power_may_allow_what_stands_against_the_bill(counter: Counter) -> None:
    counter.press(Key.Key_O, modifier=CTRL)
    assert counter.said == "Nothing stands against this bill that may be allowed."
    counter.party("sharma")
    counter.line("soap", "5")
    counter.press(Key.Key_F6)
    counter.enter("40")
    counter.press(Key.Key_F10)
    assert counter.said.endswith("Ctrl+O Allow it all the same")
    counter.press(Key.Key_O, modifier=CTRL)
    assert counter.said == "Allowed, and written down. F10 Save and print."
    counter.save()
    assert counter.book.value("SELECT total FROM document WHERE kind = 'bill'") == 236_00


def test_a_bill_never_goes_to_a_party_that_was_only_half_changed(counter: Counter) -> None:
    """Another shop is asked for and not found: the lines stay, nothing is billed to the first."""
    counter.party("sharma")
    counter.line("SOAP", "2")
    counter.press(Key.Key_F2)
    counter.type("zzz nobody")
    counter.press(Key.Key_F10)
    assert counter.book.value("SELECT count(*) FROM document WHERE kind = 'bill'") == 0
    assert counter.screen.heading.party.hasFocus()
    assert counter.asked == [("SOAP", 2, 0)]


@needs(Power.MASTERS)
def _forget_state(tx: Tx, code: str) -> None:
    tx.run("UPDATE party SET state = '' WHERE code = :code", code=code)


def test_a_party_without_a_state_is_told_at_the_party(counter: Counter) -> None:
    counter.book.write(_forget_state, "LAXMI")
    counter.party("laxmi")
    counter.line("soap", "1")
    said = "Laxmi Provision has no State and is billed as in 27 Maharashtra. Set it in the party."
    assert counter.screen.heading.party_field.flaw == said
    assert counter.screen.heading.place.box.text() == "27 Maharashtra"
    assert spoken_name(counter.at) == "Item", "the clerk may go on"
    counter.party("sharma")
    assert counter.screen.heading.party_field.flaw == ""
