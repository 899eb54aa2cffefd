"""What stands in the way of a bill is seen as it comes, and told no longer than it stands."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QApplication

from dms_desktop.domain.documents import Bill
from dms_desktop.domain.draft_text import from_text, to_text
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language.sentences import say
from dms_desktop.services import billing, copying_bills, documents, fulfilment
from dms_desktop.ui.billing.beside_texts import why_texts
from dms_desktop.ui.billing.rows import What
from dms_desktop.ui.billing.texts import note_text
from tests.books import TODAY
from tests.ui.conftest import SHIFT, Counter, Key
from tests.ui.test_bad_input import add_lot, flaw


@pytest.fixture
def short(counter: Counter) -> Counter:
    """More oil is asked for than lies there at one MRP, and F10 was pressed."""
    counter.book.write(add_lot, counter.book.items["OIL"], 11_000, 100)
    counter.party("sharma")
    counter.line("oil", "60")
    counter.press(Key.Key_F10)
    assert "only 40 are left" in counter.said
    return counter


@pytest.mark.parametrize("answer", [Key.Key_F11, Key.Key_F12])
def test_a_stop_that_is_answered_is_told_no_more(short: Counter, answer: Key) -> None:
    short.press(answer)
    assert short.said == ""
    assert short.save() == "B/26-27/00001"


def test_a_stop_stands_while_something_else_is_mended(short: Counter) -> None:
    said = short.said
    short.line("soap", "5")
    assert short.said == said


def test_a_day_that_is_mended_is_told_no_more(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("soap", "5")
    stop = Problem(Reason.FUTURE_DAY, facts={"day": TODAY, "today": TODAY})
    counter.screen.stops.point_at((stop,))
    assert say(stop) in counter.said
    counter.screen.model.edit(0, replace(counter.draft.asks[0], qty=6))
    assert say(stop) in counter.said
    counter.screen.heading.day.selectAll()
    counter.enter("20-11-2026")
    assert counter.said == ""


def test_the_stop_of_a_line_is_in_view_while_it_is_typed(counter: Counter) -> None:
    counter.window.resize(1240, 760)
    counter.party("sharma")
    for pieces in range(1, 16):
        counter.line("soap", str(pieces))
    counter.line("oil", "60")
    QApplication.processEvents()
    lines, model = counter.screen.lines, counter.screen.model
    note = model.index(model.rowCount() - 1, 0)
    assert model.row(note).what is What.NOTE
    assert lines.viewport().rect().contains(lines.visualRect(note))


def test_the_keys_that_answer_a_long_stop_lead_it(short: Counter) -> None:
    (stop,) = short.screen.model.priced.problems
    keys = "F11 Only what is there   ·   F12 The other MRP too"
    assert note_text(stop).endswith(keys)
    assert note_text(stop, keys_first=True).startswith(keys)


def test_no_list_lies_over_the_sentence_of_a_miss(counter: Counter) -> None:
    counter.press(Key.Key_F2)
    counter.type("zzqx")
    box = counter.screen.heading.party
    assert box.list.isVisible()
    counter.press(Key.Key_Return)
    assert not box.list.isVisible()
    assert "Enter again bills a walk-in of that name" in flaw(counter)
    counter.press(Key.Key_Return)
    counter.ready()
    assert counter.screen.heading.party.text() == "zzqx"


def test_a_list_of_what_is_spelt_alike_says_the_miss_itself(counter: Counter) -> None:
    counter.press(Key.Key_F2)
    counter.type("sharmo")
    box = counter.screen.heading.party
    assert box.list.isVisible()
    assert box.list.hits
    counter.press(Key.Key_Return)
    assert box.list.isVisible()
    assert box.list.note == flaw(counter)


def test_the_payment_s_key_pressed_again_leaves_what_is_typed(counter: Counter) -> None:
    counter.enter()
    counter.ready()
    counter.line("soap", "13")
    counter.press(Key.Key_F5, modifier=SHIFT)
    counter.type("500")
    counter.press(Key.Key_F5, modifier=SHIFT)
    paying = counter.screen.paying
    assert paying.box("cash").text() == "500"
    assert paying.box("cash").hasFocus()
    paying.box("upi").setFocus()
    counter.type("60")
    counter.press(Key.Key_F3)
    counter.press(Key.Key_F5, modifier=SHIFT)
    assert (paying.box("cash").text(), paying.box("upi").text()) == ("500", "60")
    assert paying.box("cash").hasFocus()


def test_quantities_in_sentences_are_grouped() -> None:
    facts = {"item": "Salt", "have": 851, "short": 124_149}
    assert say(Problem(Reason.SHORT_STOCK, 0, facts)) == (
        "Salt: 851 can be sold and 1,24,149 more are asked for. Lower the quantity."
    )


def test_a_rate_that_an_order_promised_says_so(counter: Counter) -> None:
    book = counter.book
    order = replace(book.draft(SOAP=10), kind=Kind.ORDER)
    posted = book.write(billing.post_draft, order).posted
    draft = book.read(fulfilment.draft_of, posted.id, new=uuid4(), day=TODAY)
    counter.screen.open_draft(draft)
    counter.ready()
    counter.wait(lambda: "the order's promise" in counter.beside("item").values())


@pytest.mark.parametrize("kind", [Kind.ORDER, Kind.CHALLAN])
def test_a_rate_typed_over_a_promised_one_says_so_and_still_does_when_taken_back(
    counter: Counter, kind: Kind
) -> None:
    book = counter.book
    made = replace(book.draft(SOAP=10), kind=kind, note="on approval")
    source = book.write(billing.post_draft, made).posted
    draft = book.read(fulfilment.draft_of, source.id, new=uuid4(), day=TODAY)
    counter.screen.open_draft(draft)
    counter.ready()
    counter.press(Key.Key_F6)
    counter.enter("31.50")
    counter.wait(lambda: "typed here" in counter.beside("item").values())
    held = from_text(to_text(counter.draft))
    lines = book.read(billing.preview, held).lines
    assert [list(why_texts(line)) for line in lines] == [["typed here"]]
    number = counter.save()
    bill = book.read(documents.find, number)
    kept = book.read(documents.issued, bill).document
    assert isinstance(kept, Bill)
    assert [line.why for line in kept.lines] == [("typed",)]
    mended = book.write(
        copying_bills.cancel_and_copy, bill, by=uuid4(), why="dear", new=uuid4(), day=TODAY
    )
    assert not mended.draft.asks[0].promised
