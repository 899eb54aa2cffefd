"""Keys that come faster than the books are read go where they were meant to go."""

from __future__ import annotations

from typing import Any

import pytest

from dms_desktop.services import catalogue
from tests.ui.conftest import SOAP_PIECE, Counter, Key

BILLED = (
    "SELECT document.party_code, goods_line.code, qty FROM document"
    " JOIN goods_line ON document_id = document.id WHERE kind = 'bill' ORDER BY number, row"
)


def blind(counter: Counter, party: str, *rows: tuple[str, str]) -> None:
    """Party and rows without a look at the screen."""
    counter.press(Key.Key_F2)
    counter.enter(party)
    for item, quantity in rows:
        counter.enter(item)
        counter.enter(quantity)


def count(counter: Counter) -> int:
    bills: int = counter.book.value("SELECT count(*) FROM document WHERE kind = 'bill'")
    return bills


def test_two_bills_typed_at_once_are_two_bills(counter: Counter) -> None:
    blind(counter, "sharma", ("soap", "2"), ("tea", "3"))
    counter.press(Key.Key_F10)
    assert counter.asked, "nothing was read yet"
    blind(counter, "laxmi", ("salt", "4"))
    counter.press(Key.Key_F10)
    blind(counter, "patel", ("oil", "1"))
    counter.wait(lambda: count(counter) == 2)
    assert counter.book.rows(BILLED) == [
        ("SHARMA", "SOAP", 2),
        ("SHARMA", "TEA", 3),
        ("LAXMI", "SALT", 4),
    ]
    counter.wait(lambda: counter.asked == [("OIL", 1, 0)])
    assert counter.draft.party == counter.book.parties["PATEL"]
    counter.save()


def test_a_scan_and_a_count_in_cases_wait_for_their_item_and_the_next_customer_for_both(
    counter: Counter,
) -> None:
    blind(counter, "sharma", (SOAP_PIECE, "tea"))
    counter.enter("2c")
    counter.press(Key.Key_F10)
    blind(counter, "laxmi", ("salt", "4"))
    counter.wait(lambda: count(counter) == 1)
    assert set(counter.book.rows(BILLED)) == {("SHARMA", "SOAP", 1), ("SHARMA", "TEA", 24)}
    counter.wait(lambda: counter.asked == [("SALT", 4, 0)])


def test_a_bill_that_cannot_be_saved_is_held_when_the_next_is_being_typed(
    counter: Counter,
) -> None:
    blind(counter, "sharma", ("oil", "99"))
    counter.press(Key.Key_F10)
    blind(counter, "laxmi", ("salt", "4"))
    counter.wait(lambda: counter.asked == [("SALT", 4, 0)])
    assert "The bill of Sharma Stores was refused: Line 1: Hair oil" in counter.said
    assert counter.save() == "B/26-27/00001"
    counter.press(Key.Key_F9)
    assert counter.asked == [("OIL", 99, 0)]


def test_a_bill_that_cannot_be_saved_stays_when_nothing_else_is_typed(counter: Counter) -> None:
    blind(counter, "sharma", ("oil", "99"))
    counter.press(Key.Key_F10)
    counter.wait(lambda: "40 can be sold" in counter.said)
    assert counter.asked == [("OIL", 99, 0)]


def test_keys_behind_a_bill_that_must_be_answered_are_told_and_land_nowhere(
    counter: Counter,
) -> None:
    counter.press(Key.Key_F2)
    counter.enter("sharma")
    counter.enter("soap")
    counter.type("2x2")  # no quantity, as is known when the item is read
    counter.press(Key.Key_Return, Key.Key_F10)
    blind(counter, "laxmi", ("salt", "4"))
    counter.wait(lambda: "Answer it first" in counter.said)
    assert "type this again: F2 laxmi Enter salt Enter 4 Enter" in counter.said
    assert (counter.asked, counter.draft.party) == ([], counter.book.parties["SHARMA"])
    assert counter.screen.entry.quantity.text() == "2x2"
    assert count(counter) == 0


def test_books_that_cannot_be_read_stop_no_key(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise OSError(5, "read error")

    monkeypatch.setattr(catalogue, "seller", broken)
    blind(counter, "sharma", ("soap", "2"))
    counter.press(Key.Key_F10)
    blind(counter, "laxmi", ("salt", "4"))
    counter.wait(lambda: counter.asked == [("SALT", 4, 0)])
    assert [held.draft.party for held in counter.screen.saving.held] == [
        counter.book.parties["SHARMA"]
    ]
    assert counter.faults
