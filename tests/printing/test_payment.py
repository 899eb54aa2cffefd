"""The UPI code on the paper can be read back, and asks for what the bill says."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import segno

from dms_desktop.domain.documents import Bill
from dms_desktop.domain.goods_line import Mode, Payment, Terms
from dms_desktop.domain.money import Money
from dms_desktop.printing.invoice import invoice
from dms_desktop.printing.paper import SHEETS, Size
from dms_desktop.printing.payment import QUIET, modules, upi_link
from tests.printing.bills import COMPANY, issued, items
from tests.printing.reading import ONE, code_place, picture

BILL = issued(items(3))


def test_the_link_asks_for_the_amount_due_to_the_company_with_the_bills_number() -> None:
    link = upi_link(BILL)
    assert isinstance(BILL.document, Bill)
    assert link.startswith("upi://pay?pa=shreeganesh@mahb&pn=Shree%20Ganesh%20Distributors&am=")
    asked = parse_qs(urlsplit(link).query, strict_parsing=True)
    assert asked == {
        "pa": ["shreeganesh@mahb"],
        "pn": ["Shree Ganesh Distributors"],
        "am": [str(BILL.document.totals.total)],
        "cu": ["INR"],
        "tn": ["SAL/26-27/004217"],
        "tr": ["SAL/26-27/004217"],
    }


def test_there_is_no_link_where_nothing_is_to_be_paid() -> None:
    assert upi_link(issued(items(3), draft={"terms": Terms.CASH})) == ""
    assert upi_link(replace(BILL, cancelled=True)) == ""
    assert upi_link(replace(BILL, company=replace(COMPANY, vpa=""))) == ""


def test_the_link_asks_for_what_is_left_of_a_bill_paid_in_part() -> None:
    assert isinstance(BILL.document, Bill)
    whole = BILL.document.totals.total
    part = replace(BILL, paid=(Payment(Mode.CASH, Money(1200)),))
    assert parse_qs(urlsplit(upi_link(part)).query)["am"] == [str(whole - Money(1200))]
    assert upi_link(replace(BILL, paid=(Payment(Mode.UPI, whole, "UTR 7"),))) == ""


def test_a_name_with_signs_of_its_own_does_not_break_the_link() -> None:
    odd = replace(BILL, company=replace(COMPANY, name="Shah & Sons = 100% ₹ #1"))
    assert parse_qs(urlsplit(upi_link(odd)).query)["pn"] == ["Shah & Sons = 100% ₹ #1"]


@pytest.mark.parametrize("size", SHEETS)
def test_the_printed_modules_are_those_of_the_code(size: Size) -> None:
    """The picture of the page is compared module by module, and the white around it looked at."""
    scale = 6
    page = picture(invoice(BILL, copies=ONE, size=size), 0, scale)
    expected = [
        [bool(module) for module in row]
        for row in segno.make(upi_link(BILL), error="l", mask=2, micro=False).matrix
    ]
    left, top, module = code_place(BILL, size)
    for row, cells in enumerate(expected):
        for column, dark in enumerate(cells):
            x, y = left + (column + 0.5) * module, top + (row + 0.5) * module
            assert (page.getpixel((int(x * scale), int(y * scale))) < 128) is dark, (row, column)
    quiet = page.crop(
        tuple(
            int(edge * scale)
            for edge in (left - 3.5 * module, top - 3.5 * module, left - 0.5, top + 20 * module)
        )
    )
    assert quiet.getextrema()[0] > 240


@pytest.mark.skipif(not shutil.which("zbarimg"), reason="zbarimg is not installed")
@pytest.mark.parametrize("size", SHEETS)
def test_a_reader_makes_out_the_code_at_a_scanners_resolution(size: Size, tmp_path: Path) -> None:
    file = tmp_path / "page.png"
    picture(invoice(BILL, copies=ONE, size=size), 0, 150 / 72).save(file)
    read = subprocess.run(
        ["zbarimg", "-q", "--raw", str(file)], capture_output=True, text=True, check=True
    )
    assert read.stdout.strip() == upi_link(BILL)


def test_runs_cover_just_the_dark_modules() -> None:
    count, runs = modules(upi_link(BILL))
    rows = segno.make(upi_link(BILL), error="l", mask=2, micro=False).matrix
    assert count == len(rows) + 2 * QUIET
    dark = {(row, start + step) for row, start, length in runs for step in range(length)}
    assert dark == {
        (row + QUIET, column + QUIET)
        for row, cells in enumerate(rows)
        for column, module in enumerate(cells)
        if module
    }
