"""Goods in by keys: an invoice met to the paisa, goods back, his note, the claims on him."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dms_desktop.services.verifying import verify
from dms_desktop.ui.goods_in.crediting import CreditForm
from dms_desktop.ui.goods_in.form import PaperForm
from dms_desktop.ui.goods_in.receipt import ReceiptForm
from dms_desktop.ui.goods_in.screen import GoodsInScreen
from dms_desktop.ui.goods_in.sending import ReturnForm
from tests.books import Book
from tests.services.buying import ask, draft, post, supplier
from tests.ui.accessible import nameless
from tests.ui.conftest import Key, Watch
from tests.ui.shop import Shop, close, opened, rows_of


@pytest.fixture
def shop(
    qtbot: QtBot, qapp: QApplication, book: Book, tmp_path: Path, watch: Watch
) -> Iterator[Shop]:
    supplier(book)
    with opened(qtbot, qapp, book, tmp_path) as made:
        watch.armed = True
        yield made
    watch.armed = False
    close(made)


def typed(shop: Shop, *texts: str) -> None:
    """Each into the box or the cell that has the cursor; Enter goes on."""
    for text in texts:
        for letter in text:  # the first one opens a cell
            shop.type(letter)
        shop.press(Key.Key_Return)
        QApplication.processEvents()


def form(screen: GoodsInScreen, kind: type[PaperForm]) -> Any:
    made = screen.stack.currentWidget()
    assert isinstance(made, kind)
    return made


def begin(shop: Shop, screen: GoodsInScreen, key: Key, kind: type[PaperForm]) -> Any:
    shop.press(key)
    made = form(screen, kind)
    shop.wait(lambda: made.suppliers)
    typed(shop, "BRAND")
    return made


def taken(shop: Shop, made: ReceiptForm, code: str, *cells: str) -> None:
    """A line of the invoice: batch, expiry, MRP, billed, free, received, damaged, excess, rate,
    discounts."""
    lines = len(made.sheet.lines)
    typed(shop, code)
    shop.wait(lambda: len(made.sheet.lines) > lines)
    typed(shop, *cells)


def receive(shop: Shop, screen: GoodsInScreen) -> ReceiptForm:
    made: ReceiptForm = begin(shop, screen, Key.Key_Insert, ReceiptForm)
    typed(shop, "INV-7", "19-11-2026", "2360.00", *[""] * 7)
    taken(shop, made, "SOAP", "N1", "12/2027", "", "100", "", "90", "8", "6", "20", "")
    return made


def saved(shop: Shop, screen: GoodsInScreen) -> str:
    shop.press(Key.Key_F10)
    shop.wait(lambda: screen.stack.currentIndex() == 0)
    page = screen.lists[screen.inner.currentIndex()]
    shop.wait(lambda: page.said.text())
    return page.said.text()


def test_an_invoice_is_typed_by_keys_and_its_total_is_met(shop: Shop) -> None:
    screen = shop.go("goods_in")
    made = receive(shop, screen)
    shop.wait(lambda: made.verdict.text() == "The invoice is met")
    assert made.totals.text() == "₹ 2,360.00"
    assert made.sheet.lines[0].values["worth"] == "2,360.00"
    assert made.item.hasFocus()
    assert not nameless(screen)
    assert saved(shop, screen) == "GR/26-27/00001 is saved: ₹ 2,360.00."
    shop.wait(lambda: rows_of(screen.came.table))
    (row,) = rows_of(screen.came.table)
    assert row[:2] + row[3:7] == [
        "GR/26-27/00001", "21-11-2026", "BRAND Company", "INV-7", "2,360.00", "2,360.00"
    ]  # fmt: skip
    shop.wait(lambda: rows_of(screen.came.lines))
    assert shop.book.stock("SOAP")["N1"] == 82
    shop.press(Key.Key_F2)
    shop.press(Key.Key_F2)
    shop.wait(lambda: len(rows_of(screen.claims.table)) == 2)
    assert [each[3] for each in rows_of(screen.claims.table)] == ["damaged", "short"]
    assert shop.book.read(verify).findings == ()


def test_a_difference_is_named_and_nothing_is_posted(shop: Shop) -> None:
    screen = shop.go("goods_in")
    made: ReceiptForm = begin(shop, screen, Key.Key_Insert, ReceiptForm)
    typed(shop, "INV-8", "19-11-2026", "2361", *[""] * 7)
    taken(shop, made, "SOAP", "N1", "12/2027", "", "100", "", "", "", "", "20", "")
    shop.wait(lambda: made.verdict.text() == "Difference 1.00")
    shop.press(Key.Key_F10)
    shop.wait(lambda: made.said_below.text())
    assert "1.00" in made.said_below.text()
    shop.wait(lambda: not made._busy)
    assert shop.book.value("SELECT count(*) FROM document WHERE kind = 'goods_receipt'") == 0
    shop.press(Key.Key_Escape)
    assert made.said_below.text().startswith("Nothing is saved yet.")
    shop.press(Key.Key_Escape)
    assert screen.stack.currentIndex() == 0


def test_a_slip_is_told_at_its_line_and_can_be_said_to_be_right(shop: Shop) -> None:
    """S1 is known to end in January: another expiry is asked about, and is another lot indeed."""
    screen = shop.go("goods_in")
    made: ReceiptForm = begin(shop, screen, Key.Key_Insert, ReceiptForm)
    typed(shop, "INV-9", "19-11-2026", "236", *[""] * 7)
    taken(shop, made, "SOAP", "S1", "12/2027", "", "10", "", "", "", "", "20", "")
    shop.wait(lambda: made.notes.text().startswith("Line 1: "))
    assert made.sheet.lines[0].wrong
    shop.press(Key.Key_F8)
    shop.wait(lambda: made.verdict.text() == "The invoice is met")
    assert made.notes.text() == ""


def test_a_gs1_code_fills_item_batch_and_dates(shop: Shop) -> None:
    screen = shop.go("goods_in")
    made: ReceiptForm = begin(shop, screen, Key.Key_Insert, ReceiptForm)
    shop.press(Key.Key_F3)
    typed(shop, "(01)08901234567890(10)B12(17)271231")
    shop.wait(lambda: made.sheet.lines)
    values = made.sheet.lines[0].values
    assert (values["code"], values["batch"], values["expiry"]) == ("SOAP", "B12", "31-12-2027")


def test_the_brand_s_file_fills_the_form_with_columns_that_are_kept(
    shop: Shop, tmp_path: Path
) -> None:
    file = tmp_path / "invoice.csv"
    file.write_text(
        "Inv No,Inv Date,Material,Lot No,MRP,Exp,Pcs,Basic,Bill Amt\n"
        "BF-1,19-11-2026,SOAP,K1,40,12/2027,10,20,236\n"
    )
    screen = shop.go("goods_in")
    made: ReceiptForm = begin(shop, screen, Key.Key_Insert, ReceiptForm)
    shop.press(Key.Key_F6)
    columns = (
        "number=Inv No, invoice_day=Inv Date, item=Material, batch=Lot No, mrp=MRP, expiry=Exp,"
        " qty=Pcs, rate=Basic, total=Bill Amt"
    )
    made.file.columns.setText(columns)
    typed(shop, str(file))
    shop.wait(lambda: made.sheet.lines or made.file.path.flaw)
    assert made.file.path.flaw == ""
    shop.wait(lambda: made.verdict.text() == "The invoice is met")
    assert saved(shop, screen).startswith("GR/26-27/00001")
    assert shop.book.value("SELECT count(*) FROM supplier_columns") == 1


def test_damaged_goods_go_back_with_a_debit_note_and_his_note_settles_them(shop: Shop) -> None:
    post(shop.book, draft(shop.book, ask(shop.book, "SOAP", 100, received=90, damaged=8)))
    screen = shop.go("goods_in")
    made: ReturnForm = begin(shop, screen, Key.Key_F5, ReturnForm)
    shop.wait(lambda: made.sheet.lines)
    assert [line.values["have"] for line in made.sheet.lines] == ["8"]
    typed(shop, "DAMAGED", "MH12AB1234", "", "")
    shop.press(Key.Key_F4)
    shop.wait(lambda: made.totals.text() == "₹ 189.00")
    assert saved(shop, screen) == "SR/26-27/00001 is saved: ₹ 189.00."
    shop.press(Key.Key_F2)
    shop.wait(lambda: len(rows_of(screen.claims.table)) == 2)
    shop.press(Key.Key_F3)
    shop.type("SR/26")
    shop.wait(lambda: len(rows_of(screen.claims.table)) == 1)
    shop.press(Key.Key_Return)
    note: CreditForm = form(screen, CreditForm)
    shop.wait(lambda: note.sheet.lines)
    assert note.title.text() == "Credit note for goods sent back"
    typed(shop, "CN-1", "20-11-2026", "188.80", "18", "160", "", "", "", "")
    shop.press(Key.Key_F4)
    shop.wait(lambda: note.verdict.text() == "The note is met")
    assert note.sheet.lines[0].values["worth"] == "160.00"
    assert saved(shop, screen) == "SC/26-27/00001 is saved: ₹ 188.80."
    assert shop.book.read(verify).findings == ()


def test_he_is_told_of_claims_and_all_of_them_can_be_seen(shop: Shop) -> None:
    post(shop.book, draft(shop.book, ask(shop.book, "SOAP", 100, received=90)))
    screen = shop.go("goods_in")
    shop.press(Key.Key_F2)
    shop.press(Key.Key_F2)
    shop.wait(lambda: rows_of(screen.claims.table))
    assert rows_of(screen.claims.table)[0][-1] == "open"
    shop.press(Key.Key_F7)
    shop.wait(lambda: rows_of(screen.claims.table)[0][-1] == "he was told")
    shop.press(Key.Key_F8)
    shop.wait(lambda: screen.claims.every)


def test_a_paper_is_cancelled_with_a_reason(shop: Shop) -> None:
    post(shop.book, draft(shop.book, ask(shop.book, "SOAP", 100)))
    screen = shop.go("goods_in")
    shop.wait(lambda: rows_of(screen.came.table))
    screen.came.cancel()
    typed(shop, "wrong invoice")
    shop.wait(lambda: rows_of(screen.came.table)[0][-1] == "Cancelled")
    assert shop.book.read(verify).findings == ()


def test_the_note_of_what_came_is_printed_from_the_list_and_a_second_one_is_marked(
    shop: Shop,
) -> None:
    screen = shop.go("goods_in")
    receive(shop, screen)
    saved(shop, screen)
    shop.wait(lambda: rows_of(screen.came.table))
    shop.press(Key.Key_F12)
    shop.wait(lambda: screen.came.said.text().startswith("Printed: "))
    shop.wait(lambda: screen.came.on_paper.papers.idle)
    shop.press(Key.Key_F12)
    shop.wait(lambda: screen.came.said.text().startswith("Printed again, marked so: "))


def test_a_key_leads_from_the_lines_back_to_the_total(shop: Shop) -> None:
    screen = shop.go("goods_in")
    made = receive(shop, screen)
    shop.press(Key.Key_F9)
    assert made.fields["total"].box.hasFocus()
    assert made.fields["total"].box.selectedText() == "2360.00"
