"""A bill paid at the counter: in one way or several, with what is given back."""

from __future__ import annotations

import pytest

from dms_desktop.domain.goods_line import Mode, Payment
from dms_desktop.domain.money import Money
from dms_desktop.services.verifying import verify
from tests.ui.accessible import spoken_name
from tests.ui.conftest import CTRL, SHIFT, Counter, Key
from tests.ui.test_bad_input import flaw


@pytest.fixture
def walk_in(counter: Counter) -> Counter:
    """Thirteen soaps for cash: 460.20, and so 460."""
    counter.enter()
    counter.ready()
    counter.line("soap", "13")
    assert counter.total == "₹ 460.00"
    return counter


def pay(counter: Counter) -> None:
    counter.press(Key.Key_F5, modifier=SHIFT)
    assert counter.screen.paying.isVisible()


def hint(counter: Counter) -> str:
    return counter.screen.paying.hint.text()


def entries(counter: Counter) -> dict[str, int]:
    """What the receipt says, by account."""
    return dict(
        counter.book.rows(
            "SELECT account.code, paise FROM ledger_entry JOIN account ON account.id = account_id"
            " JOIN document ON document.id = document_id WHERE kind = 'receipt' AND paise > 0"
        )
    )


def test_the_change_is_told_while_the_customer_waits(walk_in: Counter) -> None:
    pay(walk_in)
    assert spoken_name(walk_in.at) == "Cash given"
    assert hint(walk_in) == "Bill ₹ 460.00"
    walk_in.type("500")
    assert hint(walk_in) == "Give back ₹ 40.00"
    walk_in.press(Key.Key_Return)
    assert not walk_in.screen.paying.isVisible()
    assert walk_in.draft.payments == (Payment(Mode.CASH, Money(460_00)),)
    assert walk_in.screen.face.terms.text() == "Cash ₹ 460.00"
    walk_in.save()
    assert walk_in.status == "B/26-27/00001  ·  ₹ 460.00  saved  ·  Give back ₹ 40.00"
    assert entries(walk_in) == {"cash": 460_00}


def test_a_bill_is_paid_in_several_ways(walk_in: Counter) -> None:
    pay(walk_in)
    walk_in.enter("100")
    assert spoken_name(walk_in.at) == "UPI"
    walk_in.enter("200")
    assert spoken_name(walk_in.at) == "UPI ref."
    walk_in.enter("UTR 77")
    assert spoken_name(walk_in.at) == "Card"
    assert hint(walk_in) == "₹ 160.00 to pay"
    walk_in.enter()
    assert spoken_name(walk_in.at) == "Bank"
    walk_in.enter()
    assert spoken_name(walk_in.at) == "Cheque"
    walk_in.enter("160")
    assert spoken_name(walk_in.at) == "Cheque no."
    walk_in.enter("000123 SBI")
    assert not walk_in.screen.paying.isVisible()
    assert walk_in.draft.payments == (
        Payment(Mode.CASH, Money(100_00)),
        Payment(Mode.UPI, Money(200_00), "UTR 77"),
        Payment(Mode.CHEQUE, Money(160_00), "000123 SBI"),
    )
    assert walk_in.screen.face.terms.text() == "Cash ₹ 100.00 + UPI ₹ 200.00 + Cheque ₹ 160.00"
    walk_in.save()
    assert entries(walk_in) == {"cash": 100_00, "upi_clearing": 200_00, "cheques_in_hand": 160_00}
    assert walk_in.book.read(verify).findings == ()


def test_f10_takes_what_stands_in_the_boxes(walk_in: Counter) -> None:
    pay(walk_in)
    walk_in.press(Key.Key_Tab)
    walk_in.type("460")
    walk_in.press(Key.Key_F10)
    walk_in.wait(lambda: walk_in.status.startswith("B/"))
    assert entries(walk_in) == {"upi_clearing": 460_00}


def test_too_little_and_too_much_are_said_at_the_box(walk_in: Counter) -> None:
    pay(walk_in)
    walk_in.type("400")
    walk_in.press(Key.Key_F10)
    assert flaw(walk_in) == "₹ 60.00 is still to be paid."
    assert spoken_name(walk_in.at) == "Cash given"
    walk_in.press(Key.Key_Delete)
    walk_in.enter()
    walk_in.enter("500")
    assert flaw(walk_in) == "That is ₹ 40.00 more than the bill comes to."
    assert spoken_name(walk_in.at) == "UPI"
    walk_in.enter("5x")
    assert flaw(walk_in) == "“5x” is not a valid figure for UPI."
    walk_in.press(Key.Key_Escape)
    assert spoken_name(walk_in.at) == "Item"
    assert walk_in.draft.payments == ()
    walk_in.save()
    assert entries(walk_in) == {"cash": 460_00}, "all of it in cash, as nothing else was said"


def test_what_is_wrong_is_read_in_full_though_the_boxes_are_narrow(walk_in: Counter) -> None:
    pay(walk_in)
    walk_in.enter()
    walk_in.enter("500")
    strip = walk_in.screen.paying
    assert strip.told.isVisible()
    assert strip.told.text() == flaw(walk_in) == "That is ₹ 40.00 more than the bill comes to."
    wide = strip.told.fontMetrics().horizontalAdvance(strip.told.text())
    assert strip.told.width() > wide, "one line, across the strip"
    walk_in.type("4")
    assert not strip.told.isVisible()


def test_cash_follows_the_bill_and_the_rest_is_asked_about(walk_in: Counter) -> None:
    pay(walk_in)
    walk_in.enter("100")
    walk_in.enter("360")
    walk_in.enter()
    walk_in.line("salt", "5")
    assert walk_in.total == "₹ 560.00"
    assert walk_in.draft.payments == (
        Payment(Mode.CASH, Money(200_00)),
        Payment(Mode.UPI, Money(360_00)),
    )
    pay(walk_in)
    walk_in.press(Key.Key_Delete)
    walk_in.enter()
    walk_in.enter("560")
    walk_in.enter("")
    walk_in.line("salt", "5")
    walk_in.press(Key.Key_F10)
    assert "₹ 560.00 is paid and the bill comes to ₹ 660.00" in flaw(walk_in)
    assert walk_in.screen.paying.isVisible()
    walk_in.enter("100")
    walk_in.save()
    assert entries(walk_in) == {"cash": 100_00, "upi_clearing": 560_00}


def remove_line(counter: Counter) -> None:
    counter.press(Key.Key_Up)
    counter.press(Key.Key_Delete, modifier=CTRL)


def test_cash_above_a_total_that_fell_is_given_back_and_the_bill_is_saved(walk_in: Counter) -> None:
    walk_in.line("salt", "5")
    pay(walk_in)
    walk_in.enter("100")
    walk_in.enter("460")
    walk_in.enter()
    remove_line(walk_in)
    assert walk_in.total == "₹ 460.00"
    assert walk_in.draft.payments == (Payment(Mode.UPI, Money(460_00)),)
    walk_in.save()
    assert walk_in.status == "B/26-27/00001  ·  ₹ 460.00  saved  ·  Give back ₹ 100.00"
    assert entries(walk_in) == {"upi_clearing": 460_00}


def test_cash_on_a_credit_bill_that_fell_is_given_back(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "10")
    counter.line("salt", "5")
    pay(counter)
    counter.enter("400")
    for _ in range(4):
        counter.enter()
    remove_line(counter)
    counter.save()
    assert counter.status.endswith("saved  ·  Give back ₹ 46.00")
    assert entries(counter) == {"cash": 354_00}


def test_a_total_that_rose_and_fell_again_gives_nothing_back(walk_in: Counter) -> None:
    pay(walk_in)
    walk_in.enter("460")
    walk_in.line("salt", "5")
    assert walk_in.draft.payments == (Payment(Mode.CASH, Money(560_00)),)
    remove_line(walk_in)
    walk_in.save()
    assert walk_in.status == "B/26-27/00001  ·  ₹ 460.00  saved"


def test_upi_above_a_total_that_fell_is_refused_in_the_words_of_the_strip(walk_in: Counter) -> None:
    walk_in.line("salt", "5")
    pay(walk_in)
    walk_in.enter("")
    walk_in.enter("560")
    walk_in.enter("")
    remove_line(walk_in)
    for _ in range(2):
        walk_in.press(Key.Key_F10)
        assert flaw(walk_in) == "That is ₹ 100.00 more than the bill comes to."
        assert spoken_name(walk_in.at) == "UPI"
    assert walk_in.book.value("SELECT count(*) FROM document WHERE kind = 'bill'") == 0


def test_a_part_of_a_credit_bill_is_paid_at_once(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "10")
    pay(counter)
    counter.enter("54")
    for _ in range(4):
        counter.enter()
    assert counter.screen.face.terms.text() == "Credit  ·  Cash ₹ 54.00"
    counter.save()
    assert entries(counter) == {"cash": 54_00}
    assert counter.book.value("SELECT paise FROM party_balance WHERE party_id = 1") == 300_00


def test_nothing_is_paid_before_something_is_billed(counter: Counter) -> None:
    counter.press(Key.Key_F5, modifier=SHIFT)
    assert not counter.screen.paying.isVisible()
    assert counter.said == "Nothing is on the bill yet that could be paid."
