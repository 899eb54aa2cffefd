"""Every field that Rule 46 asks of a tax invoice is on the paper with its own value."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dms_desktop.domain.documents import Bill
from dms_desktop.domain.draft import Ask
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.tax import Gst, TaxRate
from dms_desktop.language.figures import amount
from dms_desktop.printing.paper import SHEETS, Size
from tests.printing.bills import COMPANY, FAR_SHOP, SELLER, SHOP, SMALL_SHOP, issued, item, items
from tests.printing.reading import words

GOODS = items(8)
BILL = issued(GOODS)

FIELDS = {
    "supplier's name": "Shree Ganesh Distributors",
    "supplier's address": "Gala 14, Sai Industrial Estate",
    "supplier's State": "State 27 - Maharashtra",
    "supplier's GSTIN": "GSTIN 27AAPFU0939F1ZV",
    "supplier's PAN": "PAN AAPFU0939F",
    "supplier's FSSAI licence": "FSSAI 11523998000123",
    "supplier's drug licence": "Drug licence MH-PZ2-118822",
    "serial number": "SAL/26-27/004217",
    "date of issue": "Date 21-11-2026",
    "recipient's name": "Annapurna Kirana and General Stores",
    "recipient's address": "Shop 3, Laxmi Road, Near Vitthal Mandir",
    "recipient's GSTIN": "GSTIN 27AADCB2230M1Z3",
    "recipient's FSSAI licence": "FSSAI 21523998000456",
    "place of supply with the State's name": "Place of supply 27 - Maharashtra",
    "reverse charge": "Reverse charge No",
    "terms": "Terms Credit, 14 days",
    "due date": "Due date 05-12-2026",
    "order": "Order ref. PO-8812",
    "salesman": "Salesman Ramesh Pawar",
    "beat": "Beat Sadashiv Peth",
    "transport": "Transport MH 14 GT 2231",
    "bank": "A/c 60123456789",
    "bank's code": "IFSC MAHB0000123",
    "terms of sale": "Subject to Pune jurisdiction.",
    "warranty": "We warrant that the food in this invoice",
    "signature": "For Shree Ganesh Distributors",
    "signatory": "Authorised signatory",
    "electronic copies": "a copy sent electronically needs no signature",
    "who made it": "Prepared by asha",
}


@pytest.mark.parametrize("size", SHEETS)
@pytest.mark.parametrize("field", FIELDS)
def test_a_field_of_the_head_or_foot_is_printed(field: str, size: Size) -> None:
    said = " ".join(words(BILL, size).split())
    assert FIELDS[field] in said


@pytest.mark.parametrize("size", SHEETS)
def test_a_line_says_all_that_the_law_and_the_shop_want_to_know(size: Size) -> None:
    said = words(BILL, size).splitlines()
    # Sr, name, HSN, batch, expiry, MRP, cases, quantity, free, unit, rate, discount, value, tax.
    assert (
        "3 Doodhkuti Ghee Tin 1kg 04059020 B26074AK 08/27 650.00 2c 11p 35 1 TIN 575.00 2 "
        "19,722.50 5 986.12 20,708.62" in said
    )


@pytest.mark.parametrize("size", SHEETS)
def test_the_sums_are_those_of_the_books(size: Size) -> None:
    said = words(BILL, size)
    document = BILL.document
    assert isinstance(document, Bill)
    totals = document.totals
    assert f"Taxable value {amount(totals.taxable.paise)}" in said
    assert f"CGST {amount(totals.tax.cgst.paise)}\nSGST {amount(totals.tax.sgst.paise)}" in said
    assert f"Round off {amount(totals.round_off.paise)}" in said
    assert f"Total ₹{amount(totals.total.paise)}" in said
    gross = Money(sum(line.gross.paise for line in document.lines))
    assert f"Value of goods {amount(gross.paise)}" in said
    assert f"Less discount {amount(totals.taxable.paise - gross.paise)}" in said


def test_the_total_is_said_in_words_in_english_and_in_hindi() -> None:
    bill = issued([GOODS[1]], [Ask(GOODS[1].id, 20)])  # 20 x 25.14 + 5 % = 527.94
    assert "Total ₹528.00" in words(bill)
    assert "Rupees Five Hundred Twenty Eight Only" in words(bill)
    assert "रुपये पाँच सौ अट्ठाईस मात्र" in words(bill, language="hi")


def test_tax_is_summed_up_by_hsn_and_rate() -> None:
    said = words(BILL).splitlines()
    assert "HSN Taxable value CGST % CGST SGST % SGST Total tax" in said
    # Lines 1 and 2 share an HSN and a rate.
    first, second = BILL.document.lines[:2]  # type: ignore[union-attr]
    taxable, tax = first.taxable + second.taxable, first.tax + second.tax
    halves = f"2.5 {amount(tax.cgst.paise)} 2.5 {amount(tax.sgst.paise)}"
    assert f"19053100 {amount(taxable.paise)} {halves} {amount(tax.total.paise)}" in said


def test_across_a_border_it_is_igst_with_the_other_state_as_place_of_supply() -> None:
    bill = issued(GOODS, party=FAR_SHOP)
    said = words(bill)
    assert "Place of supply 24 - Gujarat" in said
    assert f"IGST {amount(bill.document.totals.tax.igst.paise)}" in said  # type: ignore[union-attr]
    assert "CGST" not in said
    assert "SGST" not in said


def test_in_a_union_territory_without_a_legislature_the_half_is_called_utgst() -> None:
    here = replace(SHOP, state="04", gstin="04AADCB2230M1Z1")
    seller = replace(SELLER, state="04")
    said = words(issued(GOODS, party=here, seller=seller, company=replace(COMPANY, state="04")))
    assert "CGST % CGST UTGST % UTGST" in said
    assert "SGST" not in said.replace("UTGST", "")
    assert "Place of supply 04 - Chandigarh" in said


def test_an_unregistered_buyer_is_called_so_and_his_state_stands() -> None:
    said = words(issued(GOODS, party=SMALL_SHOP))
    assert "GSTIN Unregistered\nState 27 - Maharashtra" in said


def test_goods_that_go_elsewhere_show_where() -> None:
    said = words(issued(GOODS, party=replace(SHOP, ship_to="Godown 4, Market Yard")))
    assert "SHIP TO\nGodown 4, Market Yard\nState 27 - Maharashtra" in said
    assert "SHIP TO" not in words(BILL)


def test_reverse_charge_shows_the_rate_and_charges_nothing() -> None:
    said = words(issued([GOODS[0]], draft={"reverse_charge": True}))
    assert "Reverse charge Yes" in said
    assert "Tax is payable by the recipient on reverse charge" in said
    assert "2.5 0.00 2.5 0.00 0.00" in said


def test_cess_has_its_own_rate_and_amount() -> None:
    cess = TaxRate(Decimal(28), cess=Decimal(12), cess_per_unit=Rate(Money(417)))
    drink = item(6, rates=(cess,))
    bill = issued([drink], [Ask(drink.id, 10)], party=FAR_SHOP)
    line = bill.document.lines[0]  # type: ignore[union-attr]
    assert line.tax == Gst(igst=Money(7812), cess=Money(3348 + 4170))
    said = words(bill)
    assert "Taxable value IGST % IGST Cess % Cess Total tax" in said
    assert "22021010 279.00 28 78.12 12 + 4.17/pc 75.18 153.30" in said
    assert "Cess 75.18" in said
