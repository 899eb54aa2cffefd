"""Each document bears the title, marks and warnings that the law or the trade has for it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from dms_desktop.domain.company import Issued
from dms_desktop.domain.documents import Head, Journal
from dms_desktop.domain.draft import Ask
from dms_desktop.domain.goods_line import Kind, Mode, Payment, Terms
from dms_desktop.domain.money import Money
from dms_desktop.domain.tax import GstType
from dms_desktop.printing.invoice import invoice, invoices
from dms_desktop.printing.paper import SHEETS, Copy, Size
from tests.printing.bills import (
    COMPANY,
    DAY,
    EXEMPT,
    FAR_SHOP,
    SELLER,
    SHOP,
    SMALL_SHOP,
    TOBACCO,
    issued,
    item,
    items,
)
from tests.printing.reading import ONE, sheets, words

GOODS = items(4)
MILK = item(20, name="Toned Milk UHT 1L", hsn="04012000", rates=(EXEMPT,))


def test_three_copies_of_an_invoice_are_marked_as_rule_48_says() -> None:
    pages = sheets(invoice(issued(GOODS)))
    marks = ["ORIGINAL FOR RECIPIENT", "DUPLICATE FOR TRANSPORTER", "TRIPLICATE FOR SUPPLIER"]
    assert [[mark for mark in marks if mark in page] for page in pages] == [[m] for m in marks]
    assert len({page.replace(mark, "") for page, mark in zip(pages, marks, strict=True)}) == 1


def test_only_the_copies_asked_for_are_made() -> None:
    pages = sheets(invoice(issued(GOODS), copies=[Copy.TRIPLICATE]))
    assert ["TRIPLICATE FOR SUPPLIER" in page for page in pages] == [True]


def test_a_bill_of_exempt_goods_is_a_bill_of_supply_without_tax() -> None:
    said = words(issued([MILK]))
    assert said.startswith("BILL OF SUPPLY")
    assert "GST %" not in said
    assert "CGST" not in said
    assert "Value of supply" in said
    assert "Composition" not in said


def test_a_composition_dealer_says_that_he_may_not_collect_tax() -> None:
    said = words(issued(GOODS, seller=replace(SELLER, gst_type=GstType.COMPOSITION)))
    exempt = [one for one in GOODS if one.rates[0].exempt]
    assert not exempt or "Composition taxable" in words(
        issued(exempt, seller=replace(SELLER, gst_type=GstType.COMPOSITION))
    )
    assert said.startswith(
        "BILL OF SUPPLY\nComposition taxable person, not eligible to collect tax on supplies"
    )
    assert "CGST" not in said


def test_taxable_and_exempt_goods_for_an_unregistered_buyer_are_one_paper() -> None:
    bill = issued([*GOODS, MILK], party=SMALL_SHOP)
    said = words(bill)
    assert said.startswith("INVOICE-CUM-BILL OF SUPPLY")
    exempt = bill.document.lines[-1].taxable  # type: ignore[union-attr]
    assert f"Exempt value {exempt}" in said.replace(",", "")
    assert f"04012000 {exempt} Exempt 0.00 Exempt 0.00 0.00" in said.replace(",", "")


def test_a_challan_has_the_heads_and_copies_of_rule_55() -> None:
    wanted = {"kind": Kind.CHALLAN, "note": "sent on approval"}
    challan = issued(GOODS, number="DC/26/0012", draft=wanted)
    pages = sheets(invoice(challan))
    marks = ["ORIGINAL FOR CONSIGNEE", "DUPLICATE FOR TRANSPORTER", "TRIPLICATE FOR CONSIGNER"]
    assert [[mark for mark in marks if mark in page] for page in pages] == [[m] for m in marks]
    said = " ".join(pages[0].split())
    for head in (
        "DELIVERY CHALLAN",
        "CHALLAN NO. DC/26/0012",
        "Date 21-11-2026",
        "CONSIGNEE Annapurna Kirana",
        "Reason Sent on approval",
        "Place of supply 27 - Maharashtra",
        "HSN",
        "Taxable value",
        "CGST % CGST SGST % SGST",
    ):
        assert head in said
    assert "Due date" not in said
    assert "UPI" not in said


@pytest.mark.parametrize(
    ("kind", "title"), [(Kind.ESTIMATE, "ESTIMATE"), (Kind.ORDER, "ORDER CONFIRMATION")]
)
def test_what_is_no_invoice_says_so_comes_once_and_names_no_batch(kind: Kind, title: str) -> None:
    pages = sheets(invoice(issued(GOODS, draft={"kind": kind})))
    assert len(pages) == 1
    assert pages[0].startswith(f"{title}\nNot a tax invoice")
    assert "ORIGINAL" not in pages[0]
    assert "Batch" not in pages[0]
    assert "UPI shreeganesh@mahb" in pages[0]  # text only: nothing is due yet
    assert "Scan to pay" not in pages[0]
    assert "Received" not in pages[0]


def test_a_reprint_and_a_cancelled_bill_are_marked_on_every_sheet() -> None:
    plain = sheets(invoice(issued(items(90)), copies=ONE))
    marked = sheets(invoice(issued(items(90), printed=1, cancelled=True), copies=ONE))
    assert len(marked) == len(plain) > 1
    for before, after in zip(plain, marked, strict=True):
        assert "REPRINT" not in before
        assert "CANCELLED" not in before
        assert "REPRINT · CANCELLED" in after
        assert "ORIGINAL FOR RECIPIENT" in after
        assert after.count("CANCELLED") == 2  # in the corner and across the sheet


def test_a_supply_to_a_special_zone_bears_its_endorsement() -> None:
    zone = replace(FAR_SHOP, gst_type=GstType.SEZ)
    assert "SEZ developer for authorised operations on payment of integrated tax" in words(
        issued(GOODS, party=zone)
    )


def test_marks_on_a_line_are_explained_at_the_foot() -> None:
    masala = item(6, name="Pan Masala 4g", hsn="21069020", rates=(TOBACCO,))
    inclusive = Ask(GOODS[1].id, 10, rate=GOODS[1].lots[0].ptr, inclusive=True)
    said = words(issued([GOODS[1], masala], [inclusive, Ask(masala.id, 10)]))
    assert "25.14*" in said
    assert "* Rate includes GST" in said
    assert "40#" in said
    assert "# Tax computed on the retail sale price" in said
    plain = words(issued(GOODS))
    assert "* Rate" not in plain
    assert "# Tax" not in plain


def test_a_cash_bill_has_no_due_date_and_no_code_to_pay_by() -> None:
    said = words(issued(GOODS, draft={"terms": Terms.CASH}))
    assert "Terms Cash" in said
    assert "Due date" not in said
    assert "Scan to pay" not in said


@pytest.mark.parametrize("size", SHEETS)
def test_the_paper_says_how_a_bill_was_paid(size: Size) -> None:
    parts = (
        Payment(Mode.UPI, Money(5000), "UTR77"),
        Payment(Mode.CARD, Money(10000), "slip 3"),
        Payment(Mode.CASH, Money(1200)),
    )
    bill = issued(GOODS, draft={"terms": Terms.CASH}, paid=parts)
    said = " ".join(words(bill, size=size).split())
    assert "Paid UPI 50.00 ref UTR77, Card 100.00 ref slip 3, Cash 12.00" in said
    hindi = words(bill, size=size, language="hi")
    assert "UPI 50.00" in hindi
    assert "UTR77" in hindi
    assert "Paid" not in words(replace(bill, paid=(Payment(Mode.CASH, Money(16200)),)), size=size)


def test_a_part_that_is_paid_at_once_is_told_on_a_bill_on_credit() -> None:
    said = " ".join(words(issued(GOODS, paid=(Payment(Mode.CASH, Money(1200)),))).split())
    assert "Terms Credit, 14 days" in said
    assert "Paid Cash 12.00" in said


def test_a_company_without_licences_or_bank_leaves_no_empty_labels() -> None:
    bare = replace(
        COMPANY, fssai="", drug_licence="", bank_name="", bank_account="", bank_ifsc="", vpa="",
        pan="", phone="", email="", terms="", warranty="",
    )  # fmt: skip
    said = words(issued(GOODS, company=bare))
    for label in ("FSSAI 1", "Drug licence", "Bank:", "IFSC", "PAN", "UPI", "·"):
        assert label not in said.split("BILL TO")[0] + said.split("Value of goods")[1]


def test_what_is_in_no_line_has_no_column() -> None:
    plain = item(4, case=0, lots=(item(4).lots[0]._replace(batch="", expiry=None, mrp=Money()),))
    plain = replace(plain, trade_discount=None)
    heading = words(issued([plain], [Ask(plain.id, 3)])).split("Description of goods")[1]
    assert heading.split("\n1 ")[0].split() == (
        "HSN Qty Unit Rate Taxable value GST % CGST + SGST Amount".split()
    )


def test_a_document_without_a_paper_is_refused() -> None:
    journal = Journal(Head(UUID(int=1), DAY, party=SHOP), ())
    posted = Issued(journal, "JV/1", COMPANY, datetime(2026, 11, 21, tzinfo=UTC), "asha")
    with pytest.raises(ValueError, match="no paper is printed of a journal"):
        invoice(posted)


def test_a_run_of_bills_is_one_pdf_in_which_each_counts_its_own_sheets() -> None:
    run = [issued(items(90), number="A/1"), issued(GOODS, number="A/2")]
    pages = sheets(invoices(run, copies=[Copy.ORIGINAL, Copy.TRIPLICATE]))
    assert [page.split("Page ")[1].split("\n")[0] for page in pages] == [
        "1 of 3", "2 of 3", "3 of 3", "1 of 3", "2 of 3", "3 of 3", "1 of 1", "1 of 1",
    ]  # fmt: skip
    assert ["A/2" in page for page in pages] == [False] * 6 + [True] * 2


def test_the_same_document_gives_the_same_bytes() -> None:
    bill = issued(GOODS)
    first = invoice(bill)
    invoice(issued(items(90)), size=Size.A5)
    assert invoice(bill) == first
    assert b"D:20261121093000+00'00'" in first  # when it was posted, not when it was printed


def test_the_heavy_libraries_are_loaded_at_the_first_paper_only() -> None:
    code = (
        "import sys, dms_desktop.printing.invoice\n"
        "print([name for name in ('reportlab', 'uharfbuzz', 'segno') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
