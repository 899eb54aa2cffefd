"""Old bills of another program: known for their rates, without a trace in stock or ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from dms_desktop.domain.company import Issued
from dms_desktop.domain.documents import Bill
from dms_desktop.domain.goods_line import Paper, Terms
from dms_desktop.domain.incoming import STEP, Intake
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.files.importing import Report, as_reply, bring_in
from dms_desktop.language.sentences import say
from dms_desktop.services import cancelling, documents, imports, panel
from dms_desktop.services.copying_bills import cancel_and_copy
from dms_desktop.services.verifying import verify
from tests.books import TODAY, Book
from tests.files.sheets import write_csv
from tests.services.import_files import dump, standing

pytest_plugins = ["tests.books"]

HEAD = [
    "Bill No", "Bill Date", "Party Code", "Item Code", "Qty", "Free", "Rate", "Disc %", "Batch",
    "MRP",
]  # fmt: skip
OLD = [
    ["A/101", "15-03-2026", "SHARMA", "SOAP", "12", "1", "30.50", "2.5", "S1", "40"],
    ["A/102", "15-03-2026", "PATEL", "TEA", "1c", "", "94.755", "", "", ""],
    ["A/101", "15-03-2026", "sharma", "SALT", "50", "", "19.90", "", "", ""],
    ["A/103", "01-04-2026", "CASH", "SOAP", "1", "", "40", "", "", ""],
]


def brought(book: Book, folder: Path, rows: list[list[str]], **options: Any) -> Report:
    path = write_csv(folder / "bills.csv", [HEAD, *rows])
    return bring_in(book, Intake.BILLS, path, **options)


def changed(row: int, **cells: str) -> list[list[str]]:
    """The old bills with some cells of one row replaced; `day` is `Bill_Date`, and so on."""
    said = dict(zip(HEAD, OLD[row], strict=True))
    said |= {name.replace("_", " "): text for name, text in cells.items()}
    return [*OLD[:row], list(said.values()), *OLD[row + 1 :]]


def old_bill(book: Book, number: str) -> Issued:
    uid = book.value("SELECT uid FROM document WHERE external_ref = :number", number=number)
    issued: Issued = book.read(documents.issued, UUID(bytes=bytes(uid)))
    return issued


def test_rows_of_one_number_are_one_bill_with_its_tax(book: Book, tmp_path: Path) -> None:
    report = brought(book, tmp_path, OLD, yes=True)
    assert (report.rows, report.outcome.created, report.outcome.refused) == (4, 3, ())
    issued = old_bill(book, "A/101")
    bill = issued.document
    assert isinstance(bill, Bill)
    assert bill.head.day == date(2026, 3, 15)
    assert bill.head.party
    assert (bill.head.party.code, bill.head.party.gstin) == ("SHARMA", "27AABCS1429B1ZU")
    soap, salt = bill.lines
    assert (soap.qty, soap.free_qty, soap.rate) == (12, 1, Rate(Money(3050)))
    assert (soap.gross, soap.discount, soap.taxable) == (Money(36600), Money(915), Money(35685))
    assert (soap.tax.cgst, soap.tax.sgst, soap.tax.igst) == (Money(3212), Money(3212), Money(0))
    assert soap.lot_id == book.value("SELECT id FROM lot WHERE batch = 'S1'")
    assert salt.tax.total == Money()
    assert bill.totals.total == Money(141600)  # 356.85 + 64.24 + 995.00 = 1,416.09
    assert bill.totals.round_off == Money(-9)


def test_another_state_a_case_and_a_walk_in(book: Book, tmp_path: Path) -> None:
    brought(book, tmp_path, OLD, yes=True)
    gujarat = old_bill(book, "A/102").document
    assert isinstance(gujarat, Bill)
    assert gujarat.head.interstate
    (tea,) = gujarat.lines
    assert (tea.qty, tea.rate, tea.gross) == (12, Rate(Money(94755), 10), Money(113706))
    assert (tea.tax.igst, tea.tax.cgst) == (Money(5685), Money(0))
    walk_in = old_bill(book, "A/103").document
    assert isinstance(walk_in, Bill)
    assert walk_in.head.party
    assert (walk_in.head.party.id, walk_in.head.terms) == (0, Terms.CASH)
    assert (walk_in.paper, walk_in.head.place_of_supply) == (Paper.TAX_INVOICE, "27")


def test_they_leave_stock_ledger_and_our_numbers_alone(book: Book, tmp_path: Path) -> None:
    kept = ("stock", "lot_cost", "stock_move", "ledger_entry", "account_month", "party_balance",
            "open_item", "dirty_day")  # fmt: skip
    before = {name: rows for name, rows in dump(book).items() if name in kept}
    series = book.rows("SELECT id, last, last_day FROM series ORDER BY id")
    brought(book, tmp_path, OLD, yes=True)
    after = dump(book)
    assert {name: after[name] for name in kept} == before
    assert book.rows("SELECT id, last, last_day FROM series ORDER BY id")[: len(series)] == series
    rows = book.rows(
        "SELECT number, external_ref, origin, kind FROM document WHERE origin <> 'ours' ORDER BY id"
    )
    assert [row for row in rows if row[2] == "imported"] == [
        ("IMP/000001", "A/101", "imported", "bill"),
        ("IMP/000002", "A/102", "imported", "bill"),
        ("IMP/000003", "A/103", "imported", "bill"),
    ]
    assert book.bill("SHARMA", SOAP=1).number.endswith("/00001")


@pytest.mark.parametrize(
    ("row", "cells", "reason"),
    [
        (0, {"Party_Code": "NOBODY"}, Reason.UNKNOWN_PARTY),
        (2, {"Item_Code": "NOTHING"}, Reason.UNKNOWN_ITEM),
        (2, {"Qty": "3c 1i"}, Reason.BAD_QUANTITY),
        (2, {"Qty": "0"}, Reason.BAD_QUANTITY),
        (2, {"Party_Code": "PATEL"}, Reason.ROWS_DISAGREE),
        (0, {"Bill_Date": "16-03-2026"}, Reason.ROWS_DISAGREE),
        (2, {"Rate": "dear"}, Reason.BAD_FIGURE),
        (2, {"Bill_Date": "31-02-2026"}, Reason.BAD_DAY),
        (2, {"Item_Code": ""}, Reason.MISSING),
    ],
)
def test_a_bill_with_one_bad_row_is_left_out_whole(
    book: Book, tmp_path: Path, row: int, cells: dict[str, str], reason: Reason
) -> None:
    tried = brought(book, tmp_path, changed(row, **cells))
    done = brought(book, tmp_path, changed(row, **cells), yes=True)
    assert done.outcome.refused == tried.outcome.refused
    said = {problem.row: problem.reason for problem in done.outcome.refused}
    assert said.keys() == {2, 4}
    assert reason in said.values()
    assert set(said.values()) <= {reason, Reason.PART_OF_REFUSED, Reason.ROWS_DISAGREE}
    assert book.value("SELECT count(*) FROM document WHERE external_ref = 'A/101'") == 0
    assert done.outcome.created == 2
    refused: Any = as_reply(done)["refused"]
    assert all("…" not in each["say"] for each in refused)


def test_a_bill_of_tomorrow_is_refused(book: Book, tmp_path: Path) -> None:
    done = brought(book, tmp_path, changed(1, Bill_Date="22-11-2026"), yes=True)
    assert [problem.reason for problem in done.outcome.refused] == [Reason.FUTURE_DAY]


def test_the_rate_that_was_charged_goes_before_the_rate_of_the_item(
    book: Book, tmp_path: Path
) -> None:
    rows = [[*HEAD, "GST %"], [*OLD[0], "12"], [*OLD[2], "exempt"]]
    bring_in(book, Intake.BILLS, write_csv(tmp_path / "b.csv", rows), yes=True)
    bill = old_bill(book, "A/101").document
    assert isinstance(bill, Bill)
    assert bill.lines[0].tax_rate.gst == Decimal(12)
    assert bill.lines[0].tax.total == Money(4282)
    assert bill.lines[1].tax_rate.exempt


def test_a_bill_never_comes_in_twice_not_even_in_another_file(book: Book, tmp_path: Path) -> None:
    brought(book, tmp_path, OLD, yes=True)
    with pytest.raises(Refused) as refused:
        brought(book, tmp_path, OLD, yes=True)
    assert refused.value.problems[0].reason is Reason.ALREADY_IMPORTED
    more = ["B/1", "16-03-2026", "LAXMI", "SOAP", "5", "", "30", "", "", ""]
    report = brought(book, tmp_path, [*OLD, more], yes=True)
    assert report.outcome.created == 1
    assert {problem.reason for problem in report.outcome.refused} == {
        Reason.DUPLICATE, Reason.PART_OF_REFUSED,
    }  # fmt: skip


def test_the_same_number_in_another_year_is_another_bill(book: Book, tmp_path: Path) -> None:
    again = [["A/101", "02-04-2026", *OLD[0][2:]]]
    report = brought(book, tmp_path, [*OLD, *again], yes=True)
    assert report.outcome.created == 4


def test_undone_bills_stop_counting_and_may_come_in_again(book: Book, tmp_path: Path) -> None:
    before = standing(book)
    report = brought(book, tmp_path, OLD, yes=True)
    book.write(imports.undo_import, report.import_id, "wrong year")
    assert old_bill(book, "A/101").cancelled
    assert book.rows("SELECT DISTINCT detail FROM document_event") == [("wrong year",)]
    assert standing(book) == before
    assert brought(book, tmp_path, OLD, yes=True).outcome.created == 3


def test_a_long_list_is_cut_between_bills_and_numbered_without_a_gap(
    book: Book, tmp_path: Path
) -> None:
    rows = [
        [f"L{at // 3}", "15-03-2026", "SHARMA", "SOAP", "1", "", "30", "", "", ""]
        for at in range(2 * STEP)
    ]
    report = brought(book, tmp_path, rows, yes=True)
    bills = -(-2 * STEP // 3)
    assert report.outcome.created == bills
    found = book.rows("SELECT serial, external_ref FROM document WHERE origin = 'imported'")
    assert found == [(at + 1, f"L{at}") for at in range(bills)]
    steps = book.rows(
        "SELECT json_extract(after, '$.rows') FROM audit WHERE action = 'import bills'"
        " AND digest IS NOT NULL ORDER BY id"
    )
    assert sum(rows for (rows,) in steps) == 2 * STEP
    assert all(rows <= STEP and (rows % 3 == 0 or rows == steps[-1][0]) for (rows,) in steps)


def test_a_composition_dealers_old_bills_bear_no_tax(book: Book, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "b.csv", [HEAD, *OLD])
    book.write(_composition)
    bring_in(book, Intake.BILLS, path, yes=True)
    bill = old_bill(book, "A/101").document
    assert isinstance(bill, Bill)
    assert bill.totals.tax.total == Money()


def _composition(tx: Any) -> None:
    tx.run("UPDATE registration SET gst_type = 'composition'")


_composition.power = imports.begin.power  # type: ignore[attr-defined]


def test_an_old_bill_is_found_by_its_own_number_and_never_cancelled_alone(
    book: Book, tmp_path: Path
) -> None:
    report = brought(book, tmp_path, OLD, yes=True)
    uid = book.read(documents.find, " a/101")
    assert uid == old_bill(book, "A/101").document.head.id
    assert book.read(documents.find, "IMP/000001") == uid
    deeds: tuple[tuple[Any, dict[str, Any]], ...] = (
        (cancelling.cancel, {}),
        (cancel_and_copy, {"new": uuid4(), "day": TODAY}),
    )
    for deed, said in deeds:
        with pytest.raises(Refused) as refused:
            book.write(deed, uid, by=uuid4(), why="typed wrongly", **said)
        (problem,) = refused.value.problems
        assert problem.reason is Reason.CAME_WITH_IMPORT
        assert say(problem).startswith("A/101 came in with a file of old bills")
    soap = book.items["SOAP"]
    paid = book.read(panel.last_rates, book.parties["SHARMA"], [soap])
    assert paid[soap].rate == Rate(Money(3050))
    book.write(imports.undo_import, report.import_id)
    assert book.read(panel.last_rates, book.parties["SHARMA"], [soap]) == {}
    again = brought(book, tmp_path, OLD, yes=True)
    assert again.outcome.created == 3
    assert book.read(documents.find, "A/101") != uid  # the one that counts
    assert book.read(verify).findings == ()
