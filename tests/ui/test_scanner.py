"""The scanner: the right unit, once, from wherever the cursor is; and nothing from garbage."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.ui.accessible import spoken_name
from tests.ui.conftest import CTRL, SHARED, SOAP_CASE, SOAP_PIECE, Counter, Key
from tests.ui.test_bad_input import add_lot, flaw

GTIN = SOAP_PIECE.zfill(14)
SEPARATOR = "\x1d"


def wedge(counter: Counter, code: str, ending: Key = Key.Key_Return) -> None:
    """Key by key as the machine sends them, the separator of a 2-D code as Ctrl and a bracket."""
    for letter in code:
        if letter == SEPARATOR:
            key = QKeyEvent(QEvent.Type.KeyPress, Key.Key_BracketRight, CTRL, SEPARATOR)
            QApplication.sendEvent(counter.at, key)
        else:
            counter.type(letter)
    counter.press(ending)
    counter.ready()


@pytest.mark.parametrize("ending", [Key.Key_Return, Key.Key_Tab, Key.Key_Enter])
def test_a_scanner_adds_the_unit_of_the_label_and_never_doubles(
    counter: Counter, ending: Key
) -> None:
    counter.party("sharma")
    wedge(counter, SOAP_PIECE, ending)
    wedge(counter, SOAP_PIECE, ending)
    assert counter.asked == [("SOAP", 2, 0)]
    wedge(counter, SOAP_CASE, ending)
    assert counter.asked == [("SOAP", 26, 0)]
    assert spoken_name(counter.at) == "Item"
    counter.line("soap", "5")
    counter.press(Key.Key_F6)
    counter.enter("20")
    wedge(counter, SOAP_PIECE, ending)
    assert counter.asked == [("SOAP", 27, 0), ("SOAP", 5, 0)]
    assert counter.total == "₹ 1,074.00"


def test_scans_faster_than_the_books_are_read(counter: Counter) -> None:
    counter.party("sharma")
    for _ in range(5):
        counter.enter(SOAP_PIECE)
    counter.enter(SOAP_CASE)
    counter.ready()
    assert counter.asked == [("SOAP", 29, 0)]


def test_a_second_ending_behind_the_first_adds_nothing(counter: Counter) -> None:
    counter.party("sharma")
    for ending in (Key.Key_Return, Key.Key_Tab):
        counter.enter(SOAP_PIECE)
        counter.press(ending)
        counter.ready()
    assert counter.asked == [("SOAP", 2, 0)]
    # Tab led on to the quantity, where no item is typed: a scan is a scan there too.
    wedge(counter, SOAP_PIECE)
    assert counter.asked == [("SOAP", 3, 0)]
    assert spoken_name(counter.at) == "Item"


def test_goods_scanned_into_the_party_s_box_are_on_the_bill(counter: Counter) -> None:
    wedge(counter, SOAP_PIECE)
    assert counter.asked == [("SOAP", 1, 0)]
    assert counter.screen.heading.party.text() == ""
    counter.press(Key.Key_F10)
    assert "Choose a party" in flaw(counter)


def test_goods_scanned_while_the_cursor_is_in_the_lines_are_another_line(
    counter: Counter,
) -> None:
    counter.party("sharma")
    counter.line("tea", "12")
    counter.press(Key.Key_Up)
    wedge(counter, SOAP_PIECE)
    assert counter.asked == [("TEA", 12, 0), ("SOAP", 1, 0)]
    assert spoken_name(counter.at) == "Item"
    counter.press(Key.Key_F6)
    wedge(counter, SOAP_CASE, Key.Key_Tab)
    assert counter.asked == [("TEA", 12, 0), ("SOAP", 25, 0)]
    assert counter.draft.asks[1].rate is None


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("8909999999999", "No item has the code or barcode “8909999999999”."),
        (SOAP_PIECE[:-1], f"No item has the code or barcode “{SOAP_PIECE[:-1]}”."),
        (
            SOAP_PIECE + SOAP_CASE,
            f"Two labels came as one: {SOAP_PIECE} and {SOAP_CASE}. Scan them one after the other.",
        ),
        ("]d2010890", "The scanner sent “]d2010890”, which is no whole label. Scan it again."),
        ("(01)" + "8" * 80, "which is no whole label. Scan it again."),
        ("%&$#@!~^" * 12, "%&$#@!~^%&$#@!~^%&$#@!~^%&$#@!~^%&$#@!~^…"),
    ],
)
@pytest.mark.parametrize("ending", [Key.Key_Return, Key.Key_Tab])
def test_what_is_no_label_says_so_and_adds_nothing(
    counter: Counter, sent: str, said: str, ending: Key
) -> None:
    counter.party("sharma")
    wedge(counter, sent, ending)
    assert said in flaw(counter)
    assert counter.asked == []
    assert spoken_name(counter.at) == "Item"
    wedge(counter, SOAP_PIECE, ending)
    assert counter.asked == [("SOAP", 1, 0)], "the next scan begins anew"


def test_a_label_in_a_figure_is_no_figure(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "5")
    for key in (Key.Key_F4, Key.Key_F6):
        counter.press(key)
        counter.enter("00012348")  # an EAN-8 would pass for a count
        assert counter.at.property("refused")
        counter.press(Key.Key_Escape)
    counter.enter("tea")
    counter.enter(SOAP_PIECE)
    assert "Is it a barcode?" in flaw(counter)
    assert counter.asked == [("SOAP", 5, 0)]


def test_a_2d_code_forces_its_batch(counter: Counter) -> None:
    counter.party("sharma")
    wedge(counter, f"01{GTIN}10S2{SEPARATOR}17270630")
    counter.ready()
    assert counter.asked == [("SOAP", 1, 0)]
    assert counter.shown()[0][2] == "S2 · 06/27", "S1 would have gone first"
    wedge(counter, f"(01){GTIN}(17)270630(10)S2", Key.Key_Tab)
    assert counter.asked == [("SOAP", 2, 0)]
    wedge(counter, SOAP_PIECE)
    assert counter.asked == [("SOAP", 2, 0), ("SOAP", 1, 0)], "any batch is another line"
    wedge(counter, f"02{GTIN}3710{SEPARATOR}10S1")
    assert counter.asked[2:] == [("SOAP", 10, 0)]


def test_a_batch_that_is_not_there_is_said_at_its_row(counter: Counter) -> None:
    counter.party("sharma")
    wedge(counter, f"01{GTIN}10X9")
    assert counter.shown()[1][0].startswith("Toilet soap 100 g has no batch “X9” in this godown.")
    counter.press(Key.Key_F10)
    assert counter.draft.asks, "it is not saved so"
    wedge(counter, "0108909999999999")
    assert "No item has the code or barcode" in flaw(counter)


def test_a_label_of_two_items_offers_both(counter: Counter) -> None:
    counter.party("sharma")
    counter.scan(SHARED)
    assert counter.asked == []
    counter.press(Key.Key_Down, Key.Key_Return)
    counter.ready()
    assert counter.asked == [("OIL", 1, 0)]


@pytest.fixture
def two_mrps(counter: Counter) -> Counter:
    """Soap lies there at MRP 40 and at 44."""
    counter.book.write(add_lot, counter.book.items["SOAP"], 4_400, 100)
    counter.party("sharma")
    return counter


def test_of_several_mrps_two_keys_choose(two_mrps: Counter) -> None:
    counter = two_mrps
    choice = counter.screen.scans.choice
    wedge(counter, SOAP_PIECE)
    assert choice.isVisible()
    assert [(hit.name, hit.detail) for hit in choice.hits] == [
        ("MRP ₹ 40.00", "600 in hand  ·  01/27"),
        ("MRP ₹ 44.00", "100 in hand  ·  12/28"),
    ]
    assert counter.asked == []
    counter.press(Key.Key_Down, Key.Key_Return)
    counter.ready()
    assert counter.asked == [("SOAP", 1, 0)]
    assert counter.shown()[0][2] == "N1 · 12/28"
    assert spoken_name(counter.at) == "Item"
    wedge(counter, SOAP_PIECE)
    counter.press(Key.Key_Return)
    assert counter.asked == [("SOAP", 2, 0)], "the MRP chosen last is the one pointed at"


def test_a_scan_while_the_mrp_is_asked_adds_nothing_and_says_so(two_mrps: Counter) -> None:
    counter = two_mrps
    wedge(counter, SOAP_PIECE)
    wedge(counter, SOAP_CASE)
    wedge(counter, SOAP_PIECE, Key.Key_Tab)
    said = "Nothing was added: choose the MRP of Toilet soap 100 g first, then scan again."
    assert counter.said == said
    counter.press(Key.Key_F10)
    assert counter.asked == []
    counter.press(Key.Key_Return)
    assert counter.asked == [("SOAP", 1, 0)]
    wedge(counter, SOAP_PIECE)
    counter.press(Key.Key_Escape)
    assert counter.said == "Toilet soap 100 g was not added."
    assert counter.asked == [("SOAP", 1, 0)]


def test_the_mrp_of_what_is_typed_is_chosen_from_its_quantity(two_mrps: Counter) -> None:
    counter = two_mrps
    counter.enter("soap")
    counter.ready()
    counter.press(Key.Key_Down)
    counter.press(Key.Key_Down, Key.Key_Return)
    assert spoken_name(counter.at) == "MRP 44.00, quantity"
    counter.enter("7")
    assert counter.asked == [("SOAP", 7, 0)]
    assert counter.shown()[0][2] == "N1 · 12/28"
    counter.line("soap", "3")
    assert counter.shown()[-1][2] == "S1 · 01/27", "the choice was for that line alone"


def test_the_expiry_on_a_label_finds_the_batch_and_is_held_against_the_books(
    counter: Counter,
) -> None:
    counter.party("sharma")
    wedge(counter, f"01{GTIN}17270630")
    assert counter.shown()[0][2] == "S2 · 06/27"
    wedge(counter, f"01{GTIN}1727063010s2")
    assert counter.asked == [("SOAP", 2, 0)], "the same batch, however its letters are written"
    assert counter.said == ""
    wedge(counter, f"01{GTIN}1727073110S2")
    assert counter.asked == [("SOAP", 3, 0)]
    assert counter.said == (
        "Toilet soap 100 g batch S2: the label says that it expires on 31-07-2027, "
        "the books say 30-06-2027."
    )
