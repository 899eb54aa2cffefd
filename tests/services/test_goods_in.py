"""The form of goods in, judged as it is typed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money
from dms_desktop.domain.refusals import Reason
from dms_desktop.services import goods_in
from tests.books import Book
from tests.services.buying import supplier


def judged(book: Book, *lines: dict[str, Any]) -> goods_in.Judged:
    said = {
        "supplier": "BRAND", "number": "7", "invoice_day": "2026-11-19", "total": "0.00",
        "lines": list(lines),
    }  # fmt: skip
    found: goods_in.Judged = book.read(goods_in.judge_purchase, said, Kind.GOODS_RECEIPT, uuid4())
    return found


def test_a_wrong_line_leaves_the_total_of_the_others(book: Book) -> None:
    supplier(book)
    soap = {"item": "SOAP", "batch": "N1", "expiry": "2028-12-31", "qty": 10, "rate": "20.00"}
    late = soap | {"item": "TEA", "batch": "N2", "expiry": "2026-11-01"}
    alone = judged(book, soap)
    assert alone.totals.total == Money(236_00)
    both = judged(book, late, soap)
    assert {problem.reason for problem in both.problems} >= {Reason.CAME_EXPIRED}
    assert (both.totals.total, both.shown) == (alone.totals.total, {1: alone.shown[0]})
    strange = judged(book, soap, soap | {"item": "NOSUCH"})
    assert (strange.totals.total, strange.shown) == (alone.totals.total, {0: alone.shown[0]})
    assert strange.problems
