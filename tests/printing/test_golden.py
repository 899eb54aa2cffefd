"""Whole papers, word for word, against what was once read through and found right.

DMS_GOLDEN=write keeps today's words instead; look at the difference before it is committed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dms_desktop.domain.company import Issued
from dms_desktop.domain.goods_line import Kind
from dms_desktop.printing.bill_form import bill_form
from dms_desktop.printing.invoice import invoice
from dms_desktop.printing.narrow import narrow
from dms_desktop.printing.paper import Size
from dms_desktop.printing.papers import made
from tests.printing.bills import EXEMPT, FAR_SHOP, SHOP, SMALL_SHOP, issued, item, items
from tests.printing.reading import ONE, sheets
from tests.printing.test_scripts import NAMES

GOLDEN = Path(__file__).resolve().parent.parent / "golden"


def _mixed() -> Issued:
    milk = item(20, name="Toned Milk UHT 1L", hsn="04012000", rates=(EXEMPT,))
    return issued([*items(3), milk], party=SMALL_SHOP)


PAPERS: dict[str, tuple[Callable[[], Issued], Size]] = {
    "invoice_a4": (
        lambda: issued(items(20), party=replace(SHOP, ship_to="Godown 4, Market Yard, Pune")),
        Size.A4,
    ),
    "invoice_a5": (lambda: issued(items(13)), Size.A5),
    "invoice_igst": (lambda: issued(items(60), party=FAR_SHOP), Size.A4),
    "invoice_cum_bill_of_supply": (_mixed, Size.A4),
    "challan": (
        lambda: issued(items(9), draft={"kind": Kind.CHALLAN, "note": "on approval"}),
        Size.A4,
    ),
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_what_it_said_before(name: str) -> None:
    make, size = PAPERS[name]
    said = "\n--- next sheet ---\n".join(sheets(invoice(make(), copies=ONE, size=size))) + "\n"
    same(name, said)


def same(name: str, said: str) -> None:
    kept = GOLDEN / f"{name}.txt"
    if os.environ.get("DMS_GOLDEN") == "write":
        kept.write_text(said, encoding="utf-8", newline="\n")
    assert said == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", ["80col", "80col-6in", "136col", "80mm", "58mm"])
def test_a_paper_in_columns_or_on_a_roll_says_what_it_said_before(size: str) -> None:
    scripts = [item(30 + at, name=name) for at, name in enumerate(NAMES.values())]
    bill = issued([*items(6), *scripts], party=FAR_SHOP)
    if size.endswith("mm"):
        said = "\n".join(sheets(narrow(bill_form(bill, "en"), ("",), Size(size), "en"))) + "\n"
    else:
        data = made(bill, copies=ONE, size=Size(size)).data
        said = data.decode("ascii").replace("\r\n", "\n").replace("\x1b", "<ESC>")
        said = said.replace("\x0f", "<SI>").replace("\x12", "<DC2>").replace("\x0c", "<FF>\n")
        said = said.replace("\x00", "<0>").replace("\x01", "<1>")
    same(f"invoice_{size}", said)
