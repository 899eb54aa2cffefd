"""Receipts of 80 and 58 mm: every fact of the bill, no stroke lost, each copy cut off."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from dms_desktop.domain.goods_line import Mode, Payment
from dms_desktop.domain.money import Money
from dms_desktop.language.catalogue import speaking
from dms_desktop.printing.bill_form import bill_form
from dms_desktop.printing.escpos import CUT, DRAWER, RESET, pictures, rolls
from dms_desktop.printing.narrow import MEASURES, narrow
from dms_desktop.printing.paper import ROLLS, SHEETS, Copy, Labels, Size
from dms_desktop.printing.papers import made
from dms_desktop.printing.trial import trial_paper
from tests.printing.bills import FAR_SHOP, issued, item, items
from tests.printing.reading import ONE, sheets
from tests.printing.test_scripts import NAMES

RASTER = b"\x1dv0\x00"


def pdf(bill: Any, size: Size, *copies: Copy, language: str = "en") -> bytes:
    with speaking(language):
        form = bill_form(bill, language)
    return narrow(form, form.copy_marks(copies or ONE), size, language)


def unrolled(data: bytes) -> list[tuple[int, list[bytes]]]:
    """What a thermal printer does: dots a row and rows, one paper for each cut."""
    papers: list[tuple[int, list[bytes]]] = []
    rows: list[bytes] = []
    assert data.startswith(RESET)
    at, wide = len(RESET), 0
    while at < len(data):
        if data.startswith(CUT, at):
            papers.append((wide * 8, rows))
            rows, at = [], at + len(CUT)
            continue
        if data.startswith(DRAWER, at):
            at += len(DRAWER)
            continue
        assert data.startswith(RASTER, at), data[at : at + 8]
        wide = int.from_bytes(data[at + 4 : at + 6], "little")
        high = int.from_bytes(data[at + 6 : at + 8], "little")
        assert wide * high <= 0x7FFF, "more than a cheap printer's buffer"
        at += 8
        rows += [data[at + wide * row : at + wide * (row + 1)] for row in range(high)]
        at += wide * high
    assert rows == [], "the last paper is cut off"
    return papers


@pytest.mark.parametrize("size", ROLLS)
def test_a_receipt_says_what_the_law_and_the_shop_want_to_know(size: Size) -> None:
    bill = issued(items(3), party=FAR_SHOP)
    said = " ".join("".join(sheets(pdf(bill, size))).split())
    for fact in (
        "ORIGINAL FOR RECIPIENT", "TAX INVOICE", "27AAPFU0939F1ZV", "24AAACC1206D1ZM",
        "SAL/26-27/004217", "21-11-2026", "HSN 19053100", "Batch B26000", "Exp 03/27",
        "MRP 10.00", "Place of supply: 24 - Gujarat", "Reverse charge: No", "IGST",
        "Salesman: Ramesh Pawar", "Beat: Sadashiv Peth", "Transport: MH 14 GT 2231",
        "FSSAI 11523998000123", "Authorised signatory",
    ):  # fmt: skip
        assert fact in said, fact


@pytest.mark.parametrize("size", ROLLS)
def test_the_printer_gets_the_picture_of_the_page_dot_for_dot(size: Size) -> None:
    page = pdf(issued(items(12)), size)
    dots = MEASURES[size].dots
    ((wide, rows),) = unrolled(rolls(page, dots))
    ((width, drawn),) = pictures(page, dots)
    assert (wide, width) == (dots, dots // 8)
    assert rows == drawn


@pytest.mark.parametrize("size", ROLLS)
@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_drawn_in_its_own_script(script: str, size: Size) -> None:
    bill = issued([item(0, name=NAMES[script])])
    assert NAMES[script] in " ".join("".join(sheets(pdf(bill, size))).split())
    ((_width, rows),) = pictures(pdf(bill, size), MEASURES[size].dots)
    ((_width, blank),) = pictures(pdf(issued([item(0, name="-")]), size), MEASURES[size].dots)
    ink = sum(row.count(0) for row in rows)
    assert ink != sum(row.count(0) for row in blank)


def test_nothing_touches_the_edge_of_the_head() -> None:
    for size in ROLLS:
        ((_width, rows),) = pictures(pdf(issued(items(8)), size), MEASURES[size].dots)
        filled = [row for row in rows if row[-1] & 1]
        assert len(filled) < 40, "only rules run to the edge, no letter is cut"


def test_a_hindi_receipt_has_hindi_labels() -> None:
    said = "".join(sheets(pdf(issued(items(1)), Size.ROLL_80, language="hi")))
    assert "TAX INVOICE" in said
    assert "Amount in words" not in said


def test_each_copy_is_a_paper_of_its_own_and_the_drawer_opens_first() -> None:
    cash = (Payment(Mode.UPI, Money(5000)), Payment(Mode.CASH, Money(1200)))
    bill = issued(items(2), paid=cash)
    paper = made(bill, copies=tuple(Copy), size=Size.ROLL_58, drawer=True)
    assert paper.ending == ".bin"
    assert paper.data.startswith(RESET + DRAWER)
    assert len(unrolled(paper.data)) == 3


@pytest.mark.parametrize(
    ("about", "drawer"),
    [
        ({"paid": (Payment(Mode.CASH, Money(1200)),)}, False),
        ({"paid": (Payment(Mode.CASH, Money(1200)),), "printed": 1}, True),
        ({"paid": (Payment(Mode.UPI, Money(1200)),)}, True),
        ({}, True),
    ],
    ids=["none hangs on it", "reprint", "no cash", "credit"],
)
def test_the_drawer_stays_shut(about: dict[str, Any], drawer: bool) -> None:
    bill = issued(items(2), **about)
    data = made(bill, copies=ONE, size=Size.ROLL_58, drawer=drawer).data
    assert DRAWER not in data


@pytest.mark.parametrize("size", [*Size, *Labels])
def test_the_test_page_is_of_what_the_printer_is_loaded_with(size: str) -> None:
    paper = trial_paper("Shree Ganesh", "Till", datetime(2026, 11, 21, 4, tzinfo=UTC), size)
    if size in ROLLS:
        assert len(unrolled(paper.data)) == 1
    elif size in {*SHEETS, *Labels}:
        assert "Shree Ganesh" in sheets(paper.data)[0]
        assert "हिन्दी" in sheets(paper.data)[0]
    else:
        assert b"Hindi" in paper.data
        assert b"Rs 12,34,567.89" in paper.data


def test_a_second_receipt_and_a_cancelled_one_say_so() -> None:
    said = "".join(sheets(pdf(issued(items(1), printed=1, cancelled=True), Size.ROLL_58)))
    assert "REPRINT · CANCELLED" in said
