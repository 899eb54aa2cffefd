"""Why pieces go free: proposed as they are typed, changed by one key, told afterwards."""

from __future__ import annotations

from typing import Any

from dms_desktop.services import bill_detail, documents
from dms_desktop.ui.billing.texts import particulars
from dms_desktop.ui.bills.columns import facts_of
from tests.ui.conftest import SHIFT, Counter, Key


def told(counter: Counter, row: int = 0) -> str:
    return particulars(counter.screen.model.row_at(row))


def test_the_usual_reason_is_proposed_and_one_key_changes_it(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "10+1")
    assert counter.at is counter.screen.entry.item  # the next item may be typed at once
    assert "Free: Scheme of the brand" in told(counter)
    counter.wait(lambda: any("free: Scheme" in said for said in counter.beside("item").values()))
    counter.press(Key.Key_F4, modifier=SHIFT)
    assert counter.at is counter.screen.entry.item
    assert "Free: Sample for the shop" in told(counter)
    assert counter.said == "Free: Sample for the shop"
    counter.press(Key.Key_F4, modifier=SHIFT)
    counter.press(Key.Key_F4, modifier=SHIFT)
    assert counter.draft.asks[0].free_reason == "GOODWILL"
    bill = counter.book.read(documents.find, counter.save())
    found: Any = counter.book.read(documents.issued, bill).document
    assert [(line.free_qty, line.free_reason) for line in found.lines] == [(1, "GOODWILL")]
    facts = facts_of(counter.book.read(bill_detail.detail, bill))
    assert ("Free: Goodwill", "1") in [(str(fact.text), str(fact.right)) for fact in facts]


def test_after_the_last_comes_the_first_and_nil_free_forgets_it(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "10+1")
    for _ in range(4):
        counter.press(Key.Key_F4, modifier=SHIFT)
    assert counter.draft.asks[0].free_reason == "SCHEME"
    counter.press(Key.Key_F4)
    counter.enter("10")
    assert (counter.draft.asks[0].free, counter.draft.asks[0].free_reason) == (0, "")
    counter.press(Key.Key_F4, modifier=SHIFT)
    assert counter.said == "Nothing goes free on this line."
    assert "Free" not in told(counter)
