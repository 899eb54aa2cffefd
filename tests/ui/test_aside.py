"""Bills put aside: which there are, the one that is wanted, and what a restart says of them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.domain.draft import Aside
from dms_desktop.domain.money import Money
from dms_desktop.services import drafts
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import Sqlite
from tests.ui.accessible import spoken_name
from tests.ui.conftest import Counter, Key, kept_drafts, open_counter


def hold(counter: Counter, party: str, item: str, quantity: str) -> None:
    counter.party(party)
    counter.line(item, quantity)
    counter.press(Key.Key_F8)


def test_of_several_held_bills_the_clerk_takes_the_one_he_wants(counter: Counter) -> None:
    hold(counter, "sharma", "soap", "5")
    hold(counter, "laxmi", "tea", "3")
    hold(counter, "patel", "oil", "2")
    counter.party("sharma")
    counter.line("salt", "1")
    assert counter.screen.face.aside.text() == "3 bills held  ·  F9"
    counter.press(Key.Key_F9)
    choice = counter.screen.held.choice
    assert spoken_name(counter.at) == "Held bills"
    assert [(hit.name, hit.detail) for hit in choice.hits] == [
        ("Sharma Stores", "1 line  ·  ₹ 177.00"),
        ("Laxmi Provision", "1 line  ·  ₹ 299.00"),
        ("Patel Kirana", "1 line  ·  ₹ 165.00"),
    ]
    counter.press(Key.Key_Down, Key.Key_Return)
    counter.ready()
    assert counter.asked == [("TEA", 3, 0)]
    assert counter.screen.heading.party.text() == "Laxmi Provision"
    assert counter.said == "This bill was held."
    assert spoken_name(counter.at) == "Item"
    counter.press(Key.Key_F9)
    assert len(choice.hits) == 3, "what was at the counter waits now"
    assert choice.hits[2].detail == "1 line  ·  ₹ 20.00"
    counter.press(Key.Key_Escape)
    assert counter.asked == [("TEA", 3, 0)]
    assert spoken_name(counter.at) == "Item"


def test_the_one_held_bill_comes_back_by_its_key(counter: Counter) -> None:
    counter.press(Key.Key_F9)
    assert counter.said == "No bill is held."
    hold(counter, "sharma", "soap", "5")
    counter.press(Key.Key_F9)
    counter.ready()
    assert (counter.asked, counter.said) == ([("SOAP", 5, 0)], "This bill was held.")
    counter.save()


def test_a_restart_knows_what_was_held_and_what_was_being_typed(
    qtbot: QtBot, qapp: QApplication, counter: Counter, tmp_path: Path
) -> None:
    hold(counter, "sharma", "soap", "5")
    counter.party("laxmi")
    counter.line("tea", "3")
    book = counter.book
    counter.wait(lambda: len(kept_drafts(book)) == 2)
    counter.wait(
        lambda: (
            list(book.read(drafts.put_aside).values()) == [Aside("Sharma Stores", Money(177_00))]
        )
    )
    book.database = Database(Sqlite(Path(book.books)), clock=book.clock)
    again = open_counter(qtbot, qapp, book, tmp_path)
    again.screen.start()
    again.wait(lambda: again.asked == [("TEA", 3, 0)])
    assert again.said == "This bill was being typed when the program ended."
    assert again.screen.face.aside.text() == "1 bill held  ·  F9"
    again.press(Key.Key_F9)
    again.ready()
    assert (again.asked, again.said) == ([("SOAP", 5, 0)], "This bill was held.")
    again.desk.finish()
    again.window.close()
    again.desk.close()


def test_a_restart_brings_no_held_bill_by_itself(
    qtbot: QtBot, qapp: QApplication, counter: Counter, tmp_path: Path
) -> None:
    hold(counter, "sharma", "soap", "5")
    book = counter.book
    counter.wait(lambda: book.read(drafts.put_aside))
    book.database = Database(Sqlite(Path(book.books)), clock=book.clock)
    again = open_counter(qtbot, qapp, book, tmp_path)
    again.screen.start()
    again.wait(lambda: again.screen.face.aside.text() == "1 bill held  ·  F9")
    assert (again.asked, again.said) == ([], "")
    again.desk.finish()
    again.window.close()
    again.desk.close()
