"""Goods come in by the brand's invoice: every rupee of it finds its account, every piece its lot."""

from __future__ import annotations

from tests.books import Book
from tests.services.buying import ask, draft, legs, post, proved, supplier


def test_one_line_makes_its_lot_its_credit_and_the_supplier_s_due(either: Book) -> None:
    """100 at 20.00 and 18 %: 2,000 of stock, 180 and 180 of credit, 2,360 owed."""
    supplier(either)
    saved = post(either, draft(either, ask(either, "SOAP", 100), total="2360"))
    assert saved.posted.number == "GR/26-27/00001"
    assert legs(either, saved.posted.id) == {
        "creditors": "-2360.00",
        "input_cgst": "180.00",
        "input_sgst": "180.00",
        "stock": "2000.00",
    }
    assert either.stock("SOAP")["N1"] == 100
    assert either.rows(
        "SELECT open_item.due_day, paise, open_paise FROM open_item JOIN document ON document.id ="
        " document_id WHERE kind = 'goods_receipt'"
    ) == [("2026-12-19", -236000, -236000)]
    proved(either)
