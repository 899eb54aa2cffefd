"""Every line of a document stands on exactly one sheet, sums are carried, and nothing overlaps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.company import Issued
from dms_desktop.domain.documents import Bill
from dms_desktop.domain.draft import Ask
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.tax import TaxRate
from dms_desktop.language.figures import amount
from dms_desktop.printing.columns import rate_text
from dms_desktop.printing.fonts import faces
from dms_desktop.printing.invoice import invoice
from dms_desktop.printing.paper import SHEETS, STYLES, Size
from dms_desktop.printing.plan import planned
from dms_desktop.printing.sheets import Room, pages
from tests.printing.bills import COMPANY, FAR_SHOP, SHOP, asks, issued, item, items
from tests.printing.reading import ONE, collisions, marks, sheets

heights = st.lists(st.floats(8, 60), max_size=120)


@given(heights, st.floats(0, 200))
def test_each_row_is_on_one_sheet_and_every_sheet_holds_what_it_has(
    rows: list[float], closing: float
) -> None:
    room = Room(first=300, later=400, carry=12, closing=closing)
    found = pages(rows, room)
    assert [number for sheet in found for number in sheet] == list(range(len(rows)))
    for sheet_number, sheet in enumerate(found):
        space = room.later if sheet_number else room.first
        foot = room.carry if sheet_number < len(found) - 1 else room.closing
        assert sum(rows[number] for number in sheet) + foot <= space + 1e-6
        assert len(sheet) > 0 or not rows


@given(heights, st.floats(0, 200))
def test_the_foot_never_stands_on_a_sheet_without_goods(rows: list[float], closing: float) -> None:
    found = pages(rows, Room(first=300, later=400, carry=12, closing=closing))
    assert len(found[-1]) >= min(len(rows), 1)


def test_a_bill_of_sixty_lines_carries_its_sums_from_sheet_to_sheet() -> None:
    bill = issued(items(60))
    found = sheets(invoice(bill, copies=ONE, size=Size.A5))
    document = bill.document
    assert isinstance(document, Bill)
    assert len(found) > 2
    for number, page in enumerate(found[:-1], start=1):
        carried = next(line for line in page.splitlines() if line.startswith("Carried forward"))
        brought = next(
            line for line in found[number].splitlines() if line.startswith("Brought forward")
        )
        assert carried.removeprefix("Carried") == brought.removeprefix("Brought")
        last = max(
            sr for sr in range(1, 61) if f"\n{sr} {document.lines[sr - 1].name[:10]}" in page
        )
        taken = document.lines[:last]
        expected = (
            amount(sum(line.taxable.paise for line in taken)),
            amount(sum(line.tax.total.paise for line in taken)),
            amount(sum(line.amount.paise for line in taken)),
        )
        assert carried == f"Carried forward {' '.join(expected)}"
        assert f"Page {number} of {len(found)}" in page
    for page in found:
        assert "Description of goods" in page
        assert "SAL/26-27/004217" in page
        assert "GSTIN 27AAPFU0939F1ZV" in page
    assert ["Authorised signatory" in page for page in found] == [False] * (len(found) - 1) + [True]


def test_twenty_lines_fit_one_a4_sheet_and_thirteen_one_a5() -> None:
    assert len(sheets(invoice(issued(items(20)), copies=ONE))) == 1
    assert len(sheets(invoice(issued(items(13)), copies=ONE, size=Size.A5))) == 1


@pytest.mark.parametrize("size", SHEETS)
def test_a_bill_of_two_thousand_lines_is_printed_whole(size: Size) -> None:
    goods = [item(number, name=f"Goods {number:04d}") for number in range(2000)]
    bill = issued(goods, party=FAR_SHOP)
    found = sheets(invoice(bill, copies=ONE, size=size))
    text = "\n".join(found)
    assert all(f"{number + 1} Goods {number:04d} " in text for number in range(2000))
    assert "Total of 2000 lines" in found[-1]
    assert amount(bill.document.totals.total.paise) in found[-1]  # type: ignore[union-attr]


LONG = replace(
    SHOP,
    name="A very long trade name of a shop that goes on and on " * 3,
    address="Long address " * 40,
    ship_to="elsewhere " * 50,
)
WORDY = replace(
    COMPANY, terms="Terms go on. " * 200, name="M/s Very Long Company Name Private Limited " * 2
)


def _tortured() -> Issued:
    """Names without a space, long batches, and amounts of thousands of crores."""
    goods = [
        item(
            number,
            name=("Superlongunbrokenname" if number % 2 else "Very long name ") * (number * 3 + 1),
            lots=(
                item(number)
                .lots[0]
                ._replace(
                    batch="BATCH-2026/11-LOT-0000123456789"[: number * 5 + 3],
                    mrp=Money(999_999_99),
                    ptr=Rate(Money(699_999_99)),
                ),
            ),
        )
        for number in range(6)
    ]
    rows = [Ask(one.id, 9000, discount=Money(12_345_67)) for one in goods]
    return issued(goods, rows, party=LONG, company=WORDY)


def _many_rates() -> Issued:
    rates = [TaxRate(Decimal(rate), cess=Decimal(rate)) for rate in (0, 1, 3, 5, 9, 12, 18, 28)]
    goods = [
        item(number, hsn=f"{1000 + number}9999", rates=(rates[number % 8],)) for number in range(48)
    ]
    rows = [Ask(one.id, 2, rate=Rate(Money(150))) for one in goods]
    return issued(goods, rows)


def _indic() -> Issued:
    names = ["ग्लूकोज़ बिस्कुट क्रीम वाला बड़ा पैकेट " * 3, "குளுக்கோஸ்" * 12, "ગ્લુકોઝ બિસ્કિટ ૧૦૦ ગ્રામ"]
    goods = [item(number, name=name) for number, name in enumerate(names)]
    return issued(goods, party=replace(SHOP, name="अन्नपूर्णा किराणा", address="लक्ष्मी रोड, पुणे"))


PAPERS: dict[str, Callable[[], Issued]] = {
    "usual": lambda: issued(items(20)),
    "one line": lambda: issued(items(1)),
    "three sheets": lambda: issued(items(110)),
    "challan": lambda: issued(items(9), draft={"kind": Kind.CHALLAN, "note": "on approval"}),
    "estimate": lambda: issued(items(9), draft={"kind": Kind.ESTIMATE}),
    "reprint of a cancelled one": lambda: issued(items(12), printed=3, cancelled=True),
    "tortured": _tortured,
    "many rates": _many_rates,
    "Indian scripts": _indic,
}


@pytest.mark.parametrize("size", SHEETS)
@pytest.mark.parametrize("paper", PAPERS)
def test_no_text_runs_into_another_or_off_the_sheet(paper: str, size: Size) -> None:
    style = STYLES[size]
    for sheet in marks(PAPERS[paper](), size):
        assert list(collisions(sheet)) == []
        for mark in sheet:
            assert mark.left >= style.margin - 0.5, mark
            assert mark.right <= style.width - style.margin + 0.5, mark
            assert mark.top >= style.margin - 0.5, mark
            assert mark.bottom <= style.height - style.margin + 0.5, mark


def test_a_long_name_is_printed_to_its_end() -> None:
    name = "Safedi Detergent Powder Lemon and Neem Family Pack 4kg with Free Bucket and Scoop"
    said = " ".join(" ".join(sheets(invoice(issued([item(3, name=name)]), copies=ONE))).split())
    first, rest = name.split(" Family")
    assert first[:20] in said
    assert rest.split()[-1] in said


def test_figures_stay_readable_on_usual_bills() -> None:
    for size, least in ((Size.A4, 7.2), (Size.A5, 6.8)):
        for count in (1, 13, 20, 60):
            plan = planned(issued(items(count)), STYLES[size], faces(), "en")
            assert plan.table.size >= least


def test_tax_goes_by_rate_where_tax_by_hsn_would_cost_a_sheet() -> None:
    """On a small sheet; the HSN stands on every line all the same."""
    said = sheets(invoice(issued(items(13)), copies=ONE, size=Size.A5))[0]
    assert "GST % Taxable value CGST %" in said
    few = sheets(invoice(issued(items(3)), copies=ONE, size=Size.A5))[0]
    assert "HSN Taxable value CGST %" in few


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        (Rate(Money(838)), "8.38"),
        (Rate(Money(1_23_456_78)), "1,23,456.78"),
        (Rate(Money(78_4532), 100), "78.4532"),  # a percentage of PTR, exact
        (Rate(Money(4735), 1000), "47.35/1,000"),  # a kilogram, in grams
        (Rate(Money(100_00), 24), "100.00/24"),  # a case
    ],
)
def test_a_rate_is_shown_as_it_was_given(rate: Rate, shown: str) -> None:
    assert rate_text(rate) == shown


@given(st.integers(1, 40), st.integers(0, 9), st.booleans())
def test_printed_lines_add_up_to_the_printed_total(
    count: int, start: int, interstate: bool
) -> None:
    goods = [item(number + start) for number in range(count)]
    bill = issued(goods, asks(goods), party=FAR_SHOP if interstate else SHOP)
    plan = planned(bill, STYLES[Size.A4], faces(), "en")
    for column in plan.table.columns:
        if column.key in {"taxable", "tax", "amount"}:
            printed = [Decimal(cell.replace(",", "")) for cell in column.cells]
            assert sum(printed) == Decimal(column.total.replace(",", ""))


def test_expiry_is_shown_as_the_pack_shows_it() -> None:
    lot = item(0).lots[0]._replace(expiry=date(2030, 1, 31))
    assert "01/30" in sheets(invoice(issued([item(0, lots=(lot,))]), copies=ONE))[0]
