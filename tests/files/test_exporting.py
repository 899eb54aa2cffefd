"""Masters out to a spreadsheet and in again: what nobody edited changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.masters import Barcode, ItemRecord, PartyRecord
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Actor
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.files import exporting
from dms_desktop.files.cells import BadCell, read_text
from dms_desktop.files.importing import bring_in
from dms_desktop.files.table import read_table
from dms_desktop.services import items, masters, parties
from dms_desktop.services.registers.every import REGISTERS
from dms_desktop.services.verifying import verify
from tests.books import Book, founded
from tests.files.sheets import write_csv

VERBS_OF: Mapping[str, Any] = REGISTERS
KINDS = [Intake.ITEMS, Intake.PARTIES, Intake.PRICES]


@pytest.fixture
def full(book: Book) -> Book:
    book.write(
        items.put_items,
        [
            ItemRecord(
                "007", "=SUM(A1)", "चाय पत्ती", "Gokul", "+B", "-C", "0902", Decimal(12),
                Decimal("0.25"), "KGS", 6, 24, Money(12345), False, False,
                (Barcode("8901234567890"), Barcode("18901234567897", 24)), "", 3, 250, 9, "food",
            ),
        ],
    )  # fmt: skip
    book.write(VERBS_OF["price-list"].add, {"code": "W-1"})
    book.write(
        parties.put_parties,
        [
            PartyRecord(
                "'=1", "Shop, \"A\"", "27AAPFU0939F1ZV", "27", "A", "Monday", "Ravi",
                "+91 98200 00000", Money(0), 7, 30, price_list="W-1", address="1, Main Road",
                supplier=True, active=False,
            ),
            PartyRecord("P2", "No limit", price_list="w-1"),
        ],
    )  # fmt: skip
    for code in ("SHARMA", "PATEL"):  # as every party with a GSTIN is kept: with its PAN
        shown = book.read(masters.party, code)
        book.write(masters.change_party, code, {"pan": shown.record.gstin[2:12]}, shown.version)
    for price in (
        {"rate": Rate(Money(10000), 24), "item": "SOAP", "inclusive": True},
        {"percent_of_mrp": Decimal("82.3456"), "item": "TEA", "net": True},
    ):
        book.write(VERBS_OF["price"].add, {"list": "W-1", **price})
    return book


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", KINDS)
def test_unchanged_it_changes_nothing(
    full: Book, tmp_path: Path, kind: Intake, ending: str
) -> None:
    path = tmp_path / f"out.{ending}"
    rows = exporting.export(full, kind, path)
    assert bring_in(full, kind, path).outcome.differences == ()
    report = bring_in(full, kind, path, yes=True)
    assert (report.rows, report.outcome.refused) == (rows, ())
    assert (report.outcome.created, report.outcome.changed, dict(report.outcome.also)) == (0, 0, {})
    assert full.read(verify).findings == ()


def test_only_what_was_edited_is_shown_and_brought_in(full: Book, tmp_path: Path) -> None:
    path = tmp_path / "prices.xlsx"
    exporting.export(full, Intake.PRICES, path)
    head, *rows = read_table(path).rows
    at = head.index("percent_of_mrp")
    edited = [[*row[:at], "81" if row[at] else "", *row[at + 1 :]] for row in rows]
    new = {"list": "W-1", "item": "OIL", "mrp": "99", "rate": "70"}
    bad = {"list": "NO", "item": "OIL", "rate": "70"}
    twice = {"list": "W-1", "item": "OIL", "mrp": "99", "rate": "60", "from_day": "01-12-2026"}
    more = [[each.get(str(name), "") for name in head] for each in (new, bad, twice)]
    other = tmp_path / "edited.csv"
    write_csv(other, [head, *edited, *more])
    report = bring_in(full, Intake.PRICES, other)
    assert (report.outcome.created, report.outcome.changed) == (0, 1)
    assert [each.reason for each in report.outcome.refused] == [
        Reason.PRICES_OVERLAP, Reason.UNKNOWN_CODE, Reason.PRICES_OVERLAP
    ]  # fmt: skip
    (difference,) = report.outcome.differences
    assert difference.fields == {"percent_of_mrp": ("82.3456", "81")}


def test_prices_brought_in_are_taken_back(full: Book, tmp_path: Path) -> None:
    from dms_desktop.services import imports

    head = ("list", "item", "mrp", "rate", "per", "percent_of_mrp")
    path = tmp_path / "a.csv"
    write_csv(
        path, [head, ("W-1", "OIL", "99", "168", "2.4", ""), ("W-1", "TEA", "", "", "", "80")]
    )
    assert bring_in(full, Intake.PRICES, path).outcome.refused[0].row == 2
    write_csv(
        path, [head, ("W-1", "OIL", "99", "1000", "24", ""), ("W-1", "TEA", "", "", "", "80")]
    )
    before = full.rows("SELECT item_id, rate, per, percent_of_mrp FROM list_price ORDER BY id")
    report = bring_in(full, Intake.PRICES, path, yes=True)
    assert (report.outcome.created, report.outcome.changed) == (1, 1)
    assert full.rows("SELECT rate, per FROM list_price WHERE mrp = 9900") == [(100000, 24)]
    full.write(imports.undo_import, report.import_id)
    after = full.rows("SELECT item_id, rate, per, percent_of_mrp FROM list_price ORDER BY id")
    assert after == before


def test_a_file_of_another_kind_is_refused(full: Book, tmp_path: Path) -> None:
    for kind, name in ((Intake.ITEMS, "a.pdf"), (Intake.LOTS, "a.csv")):
        with pytest.raises(Refused):
            exporting.export(full, kind, tmp_path / name)
    nobody = Actor(1, "nobody")
    with pytest.raises(Refused):
        full.read(exporting._EVERY[Intake.ITEMS], actor=nobody)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Any:
    made = founded(tmp_path_factory.mktemp("round") / "books.db")
    yield made
    made.database.close()


def _typed(text: str) -> bool:
    """What a clerk could have typed into a form."""
    try:
        return read_text(text, 120) == text
    except BadCell:
        return False


texts = st.text(min_size=1, max_size=12).filter(_typed)
figures = st.text("0123456789.-+=@eE'", min_size=1, max_size=12).filter(_typed)


@settings(max_examples=25)
@given(
    name=texts | figures,
    alias=texts | figures,
    mrp=st.integers(0, 10**11).map(Money),
    percent=st.integers(0, 400_000).map(lambda each: Decimal(each).scaleb(-4)),
    ending=st.sampled_from(["csv", "xlsx"]),
)
def test_whatever_was_typed_comes_back(
    lasting: Book, tmp_path_factory: pytest.TempPathFactory, name: str, alias: str, mrp: Money,
    percent: Decimal, ending: str,
) -> None:  # fmt: skip
    record = ItemRecord("X", name, alias, gst_rate=Decimal(18), cess_rate=percent, mrp=mrp)
    lasting.write(items.put_items, [record])
    path = tmp_path_factory.mktemp("out") / f"items.{ending}"
    exporting.export(lasting, Intake.ITEMS, path)
    outcome = bring_in(lasting, Intake.ITEMS, path).outcome
    assert (outcome.created, outcome.changed, outcome.refused) == (0, 0, ())
