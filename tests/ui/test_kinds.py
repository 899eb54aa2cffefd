"""One key makes an order, an estimate or a challan of what the counter is typing."""

from __future__ import annotations

import pytest

from tests.ui.conftest import CTRL, Counter, Key

ROWS = (("soap", "1c"), ("tea", "6"))


@pytest.mark.parametrize(
    ("presses", "kind", "title", "number", "soap", "note"),
    [
        (1, "order", "Order", "SO/26-27/00001", 600, ""),
        (2, "estimate", "Estimate", "ES/26-27/00001", 600, ""),
        (3, "challan", "Challan", "DC/26-27/00001", 576, "On approval"),
    ],
)
def test_another_paper_is_typed_like_a_bill(
    counter: Counter, presses: int, kind: str, title: str, number: str, soap: int, note: str
) -> None:
    for _ in range(presses):
        counter.press(Key.Key_K, modifier=CTRL)
    counter.party("sharma")
    for row in ROWS:
        counter.line(*row)
    assert counter.screen.face.title.text() == title
    assert counter.draft.note == note

    assert counter.save() == number

    assert counter.book.rows("SELECT kind, number FROM document WHERE kind <> 'opening'") == [
        (kind, number)
    ]
    assert sum(counter.book.stock("SOAP").values()) == soap
    assert counter.book.value("SELECT count(*) FROM waiting WHERE open = 1") == 1
    assert counter.screen.face.title.text() == "Bill"  # the next customer's
    paper = counter.papers / f"{number.replace('/', '-')}.pdf"
    counter.wait(paper.exists)


def test_an_order_may_want_more_than_there_is_and_a_bill_may_not(counter: Counter) -> None:
    counter.party("sharma")
    counter.line("oil", "99")
    assert counter.screen.model.priced.problems
    counter.press(Key.Key_K, modifier=CTRL)
    counter.ready()
    assert counter.screen.model.priced.problems == ()
    for _ in range(3):
        counter.press(Key.Key_K, modifier=CTRL)
    counter.ready()
    assert counter.screen.face.title.text() == "Bill"
    assert counter.draft.note == ""
    assert counter.screen.model.priced.problems
