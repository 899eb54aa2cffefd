"""Three days of a real wholesaler, billed in the order of the file: nothing lost or invented."""

from __future__ import annotations

from benchmarks.replay import replay
from tests.shared import shared


def test_the_books_of_real_days_come_to_the_paisa() -> None:
    shared("data/online_retail.csv.gz")
    lived = replay(3, with_floor=False)
    assert lived.bills > 300
    assert lived.lines > 5_000
    assert lived.gross == lived.wanted
    assert lived.findings == []
