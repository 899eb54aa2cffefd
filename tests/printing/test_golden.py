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
from dms_desktop.printing.invoice import invoice
from dms_desktop.printing.paper import Size
from tests.printing.bills import EXEMPT, FAR_SHOP, SHOP, SMALL_SHOP, issued, item, items
from tests.printing.reading import ONE, sheets

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
    kept = GOLDEN / f"{name}.txt"
    if os.environ.get("DMS_GOLDEN") == "write":
        kept.write_text(said, encoding="utf-8", newline="\n")
    assert said == kept.read_text(encoding="utf-8")
