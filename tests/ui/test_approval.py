"""The owner's yes at the clerk's counter, typed below the bill, which stays where it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.services import people
from dms_desktop.store.session import Tx
from tests.books import OWNER_PIN, PEPPER, Book
from tests.ui.accessible import spoken_name
from tests.ui.conftest import CTRL, Counter, Key

CLERK_PIN = "135791"


@needs(Power.PEOPLE)
def _add_clerk(tx: Tx) -> None:
    tx.run("INSERT INTO role (code, name) VALUES ('till', 'Till')")
    for power in (Power.LOG_IN, Power.LOOK, Power.BILL):
        tx.run(
            "INSERT INTO role_power (role_id, power) SELECT id, :p FROM role WHERE code = 'till'",
            p=power.value,
        )
    people.write_user(tx, "asha", "Asha", "till", CLERK_PIN, PEPPER)


@needs(Power.MASTERS)
def _limit(tx: Tx, party: int, paise: int) -> None:
    tx.run("UPDATE party SET credit_limit = :l WHERE id = :p", l=paise, p=party)


def actor(book: Book, user: str, pin: str) -> Actor:
    found: Actor = book.write(people.log_in, user, pin, PEPPER, "", actor=people.STRANGER)
    return found


@pytest.fixture
def till(counter: Counter) -> Counter:
    """A clerk with no power but to bill, and Sharma's limit of 500."""
    book = counter.book
    Path(f"{book.books}.pepper").write_text(PEPPER.hex())
    book.write(_add_clerk)
    book.write(_limit, book.parties["SHARMA"], 500_00)
    counter.desk.actor = actor(book, "asha", CLERK_PIN)
    return counter


def bills(counter: Counter) -> int:
    return int(counter.book.value("SELECT count(*) FROM document WHERE kind = 'bill'"))


def over_the_limit(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "20")
    counter.wait(lambda: counter.screen.face.standing.text() == "Over the limit by ₹ 208.00")


def sent(counter: Counter, then: Callable[[], object]) -> None:
    """Enter in the PIN's box, and what came of it."""
    counter.press(Key.Key_Return)
    counter.wait(then)


def test_the_owner_allows_by_his_pin_what_the_clerk_may_not(till: Counter) -> None:
    over_the_limit(till)
    till.ready()
    till.press(Key.Key_O, modifier=CTRL)
    strip = till.screen.stops.approval
    assert strip.isVisible()
    assert strip.title.text() == "Owner's approval up to ₹ 708.00"
    assert spoken_name(till.at) == "PIN"
    till.type(OWNER_PIN)
    assert till.at.property("text") != till.at.property("displayText"), "nobody reads it"
    sent(till, lambda: not strip.isVisible())
    assert till.said == ("The owner has allowed it, and that is written down. F10 Save and print.")
    assert till.asked == [("SOAP", 20, 0)]
    assert spoken_name(till.at) == "Item"
    till.save()
    assert till.book.rows("SELECT reasons, ceiling FROM approval") == [("credit_limit", 708_00)]
    assert till.book.value("SELECT count(*) FROM audit WHERE action = 'override'") == 1


def test_a_refused_bill_says_who_may_allow_it(till: Counter) -> None:
    over_the_limit(till)
    with till.qtbot.waitSignal(till.screen.saving.refused, timeout=20_000):
        till.press(Key.Key_F10)
    assert till.said.endswith("Take money first, or ask the owner.   Ctrl+O asks the owner")
    till.ready()
    till.press(Key.Key_O, modifier=CTRL)
    till.type(OWNER_PIN)
    sent(till, lambda: not till.screen.stops.approval.isVisible())
    till.save()
    assert bills(till) == 1


def test_a_wrong_pin_says_how_many_tries_are_left(till: Counter) -> None:
    over_the_limit(till)
    till.ready()
    till.press(Key.Key_O, modifier=CTRL)
    field = till.screen.stops.approval.fields["pin"]
    for left in (4, 3, 2, 1):
        till.type("999999")
        tries = f"{left} tries remain" if left > 1 else "1 try remains"
        sent(till, lambda tries=tries: field.flaw == f"The PIN is wrong. {tries}.")  # type: ignore[misc]
        assert field.box.text() == ""
    till.type("999999")
    sent(till, lambda: field.flaw == "Too many wrong PINs. Wait 30 seconds.")
    till.type(OWNER_PIN)
    sent(till, lambda: field.flaw.endswith("or ask the owner."))
    till.press(Key.Key_Escape)
    assert not till.screen.stops.approval.isVisible()
    assert spoken_name(till.at) == "Item"
    assert till.asked == [("SOAP", 20, 0)]
    assert bills(till) == 0


def test_another_clerk_s_pin_is_no_approval(till: Counter) -> None:
    over_the_limit(till)
    till.ready()
    till.press(Key.Key_O, modifier=CTRL)
    strip = till.screen.stops.approval
    till.press(Key.Key_Backtab)
    till.enter("asha")
    till.type(CLERK_PIN)
    sent(till, lambda: "has no power to do this" in strip.fields["pin"].flaw)
    assert till.book.rows("SELECT 1 FROM approval") == []


def test_an_approval_is_for_no_more_than_was_seen(till: Counter) -> None:
    over_the_limit(till)
    till.ready()
    till.press(Key.Key_O, modifier=CTRL)
    till.type(OWNER_PIN)
    sent(till, lambda: not till.screen.stops.approval.isVisible())
    till.press(Key.Key_F4)
    till.enter("200")
    with till.qtbot.waitSignal(till.screen.saving.refused, timeout=20_000):
        till.press(Key.Key_F10)
    assert till.said.endswith("Ctrl+O asks the owner")
    till.ready()
    till.press(Key.Key_O, modifier=CTRL)
    assert till.screen.stops.approval.title.text() == "Owner's approval up to ₹ 7,080.00"
    till.type(OWNER_PIN)
    sent(till, lambda: not till.screen.stops.approval.isVisible())
    till.save()
    assert bills(till) == 1


def test_a_rate_above_the_mrp_needs_the_owner_too(till: Counter) -> None:
    till.party("laxmi")
    till.line("soap", "5")
    till.press(Key.Key_F6)
    till.enter("40")
    till.press(Key.Key_F10)
    assert till.said.startswith("Line 1: Toilet soap 100 g: 5 come to ₹ 236.00 with tax")
    assert till.said.endswith("Ctrl+O asks the owner")
    till.ready()
    till.press(Key.Key_O, modifier=CTRL)
    till.type(OWNER_PIN)
    sent(till, lambda: not till.screen.stops.approval.isVisible())
    till.save()
    assert till.book.value("SELECT total FROM document WHERE kind = 'bill'") == 236_00


def test_the_next_bill_begins_without_the_strip(till: Counter) -> None:
    over_the_limit(till)
    till.ready()
    till.press(Key.Key_O, modifier=CTRL)
    till.press(Key.Key_F8)
    assert not till.screen.stops.approval.isVisible()
    till.ready()
    till.press(Key.Key_O, modifier=CTRL)
    assert till.said == "Nothing stands against this bill that may be allowed."


def test_the_owner_gives_free_goods_that_the_clerk_may_not(till: Counter) -> None:
    till.party("laxmi")
    till.line("soap", "10+1")
    till.press(Key.Key_F10)
    till.ready()
    till.press(Key.Key_O, modifier=CTRL)
    till.type(OWNER_PIN)
    sent(till, lambda: not till.screen.stops.approval.isVisible())
    assert len(till.shown()) == 1
    till.save()
    assert till.book.value("SELECT free_qty FROM goods_line WHERE qty = 10") == 1
