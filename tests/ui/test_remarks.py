"""What the head of the paper says besides party and goods is typed below the lines."""

from __future__ import annotations

from tests.ui.accessible import spoken_name
from tests.ui.conftest import CTRL, SHIFT, Counter, Key

HEAD = "SELECT order_no FROM document WHERE kind = 'bill'"


def test_order_number_transport_and_note_go_with_the_bill(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "10")
    counter.press(Key.Key_F2, modifier=SHIFT)
    assert spoken_name(counter.at) == "Order number"
    for text in ("PO-77", "MH 12 AB 1234", "Ring twice"):
        counter.enter(text)
    assert spoken_name(counter.at) == "Item"
    draft = counter.draft
    assert (draft.order_no, draft.transport, draft.note) == ("PO-77", "MH 12 AB 1234", "Ring twice")
    counter.press(Key.Key_F2, modifier=SHIFT)
    assert counter.at.property("text") == "PO-77"
    counter.enter("PO-78")
    counter.save()  # what was typed in the open strip counts
    assert counter.book.rows(HEAD) == [("PO-78",)]


def test_a_challan_asks_for_its_reason(counter: Counter) -> None:
    counter.party("sharma")
    counter.press(Key.Key_K, Key.Key_K, Key.Key_K, modifier=CTRL)
    counter.press(Key.Key_F2, modifier=SHIFT)
    assert "Reason of the challan" in counter.screen.remarks.fields["note"].label.text()


def test_a_challan_without_its_reason_is_sent_back_for_it(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "10")
    counter.press(Key.Key_K, Key.Key_K, Key.Key_K, modifier=CTRL)
    counter.press(Key.Key_F2, modifier=SHIFT)
    counter.press(Key.Key_Return, Key.Key_Return, Key.Key_Delete, Key.Key_Return)
    assert counter.draft.note == ""
    counter.press(Key.Key_F10)
    counter.wait(lambda: spoken_name(counter.at) == "Reason of the challan")
    assert counter.screen.remarks.fields["note"].flaw == "reason is missing. Fill it in."
    counter.enter("For the fair")
    assert counter.save() == "DC/26-27/00001"
    said = counter.book.value("SELECT particulars FROM document WHERE kind = 'challan'")
    assert "For the fair" in said
