"""Import files against a real book: what a try shows, what a commit does, what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.files.importing import as_reply
from dms_desktop.language.sentences import say
from dms_desktop.services import imports, masters
from dms_desktop.services.verifying import verify
from tests.books import Book
from tests.files.sheets import write_csv, write_xlsx
from tests.services.import_files import LOTS, dump, few_items, few_lots, run

pytest_plugins = ["tests.books"]


@pytest.fixture
def items_csv(tmp_path: Path) -> Path:
    return few_items(tmp_path)


@pytest.fixture
def lots_csv(tmp_path: Path) -> Path:
    return few_lots(tmp_path)


def test_a_dry_run_shows_every_difference_and_writes_nothing(book: Book, items_csv: Path) -> None:
    before = dump(book, set())
    reply = as_reply(run(book, Intake.ITEMS, items_csv))
    assert dump(book, set()) == before
    assert (reply["rows"], reply["created"], reply["changed"]) == (4, 1, 1)
    assert reply["refused"] == [
        {"row": 4, "reason": "missing", "say": "name is missing. Fill it in."}
    ]
    assert reply["differences"] == [
        {
            "row": 2,
            "code": "SOAP",
            "fields": {"mrp": ["40.00", "45.00"], "barcodes": [[], ["8901"]]},
        }
    ]
    assert reply["also"] == {"principal": ["Gokul"], "tax_class": ["GST 12"]}
    assert reply["dry_run"] is True
    assert "import" not in reply
    assert json.loads(json.dumps(reply)) == reply


def test_a_dry_run_of_several_portions_shows_the_same_and_makes_nothing_twice(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[list[object]] = [["Code", "Name", "Company", "GST", "MRP"]]
    rows += [[f"N{at}", f"New {at}", ("Gokul", "GOKUL", "Amul")[at % 3], 12, 10] for at in range(7)]
    rows += [["SOAP", "Soap 100 g", "", "", 47], ["N8", "", "Amul", 12, 10]]
    path = write_csv(tmp_path / "many.csv", rows)
    whole = run(book, Intake.ITEMS, path).outcome
    held: list[int] = []
    plan = imports._KINDS[Intake.ITEMS]

    def planned(reading: Any, lines: Any) -> Any:
        held.append(len(lines))
        return plan.plan(reading, lines)

    monkeypatch.setattr(
        imports, "_KINDS", {**imports._KINDS, Intake.ITEMS: replace(plan, plan=planned)}
    )
    monkeypatch.setattr(imports, "PORTION", 4)
    parts = run(book, Intake.ITEMS, path).outcome
    assert len(held) == 3
    assert max(held) <= 4
    also = {table: {name.lower() for name in names} for table, names in parts.also.items()}
    assert also == {"principal": {"gokul", "amul"}, "tax_class": {"gst 12"}}
    assert replace(parts, also=whole.also) == whole
    assert (whole.created, whole.changed, len(whole.refused)) == (7, 1, 1)
    assert all(len(names) == len(whole.also[table]) for table, names in parts.also.items())


def test_a_commit_does_what_the_dry_run_showed_and_says_it_again(
    book: Book, items_csv: Path
) -> None:
    tried = run(book, Intake.ITEMS, items_csv)
    done = run(book, Intake.ITEMS, items_csv, yes=True)
    assert (done.outcome.created, done.outcome.changed) == (1, 1)
    assert as_reply(done)["refused"] == as_reply(tried)["refused"]
    shown = book.read(masters.item, "soap")
    assert (shown.record.code, shown.record.mrp, shown.record.case) == ("SOAP", Money(4500), 24)
    assert book.rows("SELECT state, rows_done FROM import_run") == [("done", 4)]
    again = run(book, Intake.ITEMS, items_csv, yes=True)
    assert (again.outcome.created, again.outcome.changed) == (0, 0)


def test_an_empty_cell_and_an_absent_column_leave_what_is_there(book: Book, tmp_path: Path) -> None:
    before = book.read(masters.item, "SOAP").record
    path = write_csv(tmp_path / "a.csv", [["SKU", "HSN", "Product"], ["SOAP", "", "Soap 100 g"]])
    run(book, Intake.ITEMS, path, yes=True)
    assert book.read(masters.item, "SOAP").record == replace(before, name="Soap 100 g")


def test_a_workbook_does_the_same_as_the_text(book: Book, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Item Code", "Description", "GST %", "MRP Rs", "HSN Code"],
        ["GHEE", "Cow ghee 1 l", 0.05, 650.5, 4059020],
    ]
    path = write_xlsx(tmp_path / "brand.xlsx", rows, {2: "0%"})
    report = run(book, Intake.ITEMS, path, yes=True)
    assert report.columns["name"] == "Description"
    found = book.read(masters.item, "ghee").record
    assert (found.gst_rate, found.mrp, found.hsn) == (Decimal(5), Money(65050), "04059020")


def test_a_mended_map_reads_another_column(book: Book, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["SKU", "Brand SKU", "Name"], ["1", "SOAP", "Soap"]])
    report = run(book, Intake.ITEMS, path, columns={"code": "Brand SKU"}, yes=True)
    assert report.columns["code"] == "Brand SKU"
    assert (report.outcome.created, report.outcome.changed) == (0, 1)


def test_parties_are_refused_for_their_gstin(book: Book, tmp_path: Path) -> None:
    rows = [
        ["code", "name", "gstin", "state", "beat", "credit_limit"],
        ["P1", "Good", "27aapfu0939f1zv", "Maharashtra", "Kothrud", "50,000"],
        ["P2", "Slip", "27AAPFU0939F1ZW", "27", "", ""],
        ["P3", "Elsewhere", "27AAPFU0939F1ZV", "Gujarat", "", ""],
        ["P4", "Nowhere", "", "Atlantis", "", ""],
        ["P1 ", "Twice", "", "", "", ""],
    ]
    reply = as_reply(run(book, Intake.PARTIES, write_csv(tmp_path / "p.csv", rows), yes=True))
    assert (reply["rows"], reply["created"]) == (5, 1)
    refused: Any = reply["refused"]
    assert [(each["row"], each["reason"]) for each in refused] == [
        (3, "bad_gstin"), (4, "gstin_other_state"), (5, "bad_entry"), (6, "duplicate"),
    ]  # fmt: skip
    assert "mistyped" in refused[0]["say"]
    assert "Gujarat" in refused[1]["say"]
    shown = book.read(masters.party, "P1").record
    assert (shown.gstin, shown.state) == ("27AAPFU0939F1ZV", "27")
    assert shown.credit_limit == Money(5000000)


def test_a_party_without_a_state_and_a_phone_that_stands_twice_are_told(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = [["code", "name", "state", "phone"], ["OLD", "Old shop", "Goa", "98000 00009"]]
    run(book, Intake.PARTIES, write_csv(tmp_path / "old.csv", old), yes=True)
    rows = [
        ["code", "name", "gstin", "state", "phone"],
        ["P1", "Said", "", "Gujarat", "9800000001"],
        ["P2", "Not said", "", "", "+91 98000-00001"],
        ["P3", "By its GSTIN", "27AAPFU0939F1ZV", "", "9800000009"],
        ["P4", "Refused", "27AAPFU0939F1ZW", "", "9800000001"],
        ["P5", "Not said either", "", "", "12345"],
        ["OLD", "Old shop again", "", "", "9800000009"],
    ]
    path = write_csv(tmp_path / "p.csv", rows)
    told = [
        (3, "state_taken", ("Parties that have no State and are taken as of Maharashtra: 2. "
         "It decides between IGST and CGST with SGST.")),
        (3, "phone_twice", "The phone +91 98000-00001 is that of P1 too. Check both."),
        (4, "phone_twice", "The phone 9800000009 is that of OLD too. Check both."),
        (7, "phone_twice", "The phone 9800000009 is that of P3 too. Check both."),
    ]  # fmt: skip

    def warned(report: Any) -> list[tuple[object, ...]]:
        said: Any = as_reply(report)["warnings"]
        return [(each["row"], each["reason"], each["say"]) for each in said]

    assert warned(run(book, Intake.PARTIES, path)) == told
    monkeypatch.setattr(imports, "PORTION", 2)
    assert {row[0] for row in warned(run(book, Intake.PARTIES, path))} == {3, 4, 7}
    monkeypatch.setattr(imports, "STEP", 2)
    done = run(book, Intake.PARTIES, path, yes=True)
    assert warned(done) == told, "however many steps it came in by"
    assert book.read(masters.party, "P2").record.state == "27"
    assert done.import_id
    book.write(imports.undo_import, done.import_id)
    assert book.read(verify).findings == ()


def test_lots_come_in_by_openings_and_add_to_what_is_there(book: Book, lots_csv: Path) -> None:
    tried = as_reply(run(book, Intake.LOTS, lots_csv))
    assert (tried["created"], tried["changed"]) == (2, 1)
    assert tried["differences"] == [{"row": 2, "code": "SOAP", "fields": {"qty": [100, 154]}}]
    assert tried["also"] == {"place": ["Cold store"]}
    done = run(book, Intake.LOTS, lots_csv, yes=True)
    assert (done.outcome.created, done.outcome.changed) == (2, 1)
    rows = book.rows(
        "SELECT lot.batch, lot.expiry, lot.ptr, place.code, stock.qty FROM lot"
        " LEFT JOIN stock ON stock.lot_id = lot.id LEFT JOIN place ON place.id = place_id"
        " WHERE lot.batch IN ('S1', 'S9', 'T9') ORDER BY lot.batch"
    )
    assert rows == [
        ("S1", "2027-01-31", 3100, "MAIN", 154),
        ("S9", "2028-10-31", 3100, "Cold store", 10),
        ("T9", "2027-12-31", 9500, None, None),
    ]
    assert book.value("SELECT sum(paise) FROM ledger_entry") == 0
    assert book.value("SELECT count(*) FROM document WHERE origin = 'opening'") == 3


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"item": "NONE"}, Reason.UNKNOWN_ITEM),
        ({"ptr": "39"}, Reason.ABOVE_MRP),  # 46.02 with its 18 percent
        ({"packed": "01-02-2027"}, Reason.EXPIRY_BEFORE_PACKED),
        ({"batch": ""}, Reason.MISSING),
        ({"cost": ""}, Reason.MISSING),
        ({"qty": "-5"}, Reason.BAD_QUANTITY),
        ({"qty": "3i"}, Reason.BAD_QUANTITY),  # soap has no inner
        ({"mrp": "40.001"}, Reason.BAD_FIGURE),
    ],
)
def test_a_lot_that_cannot_be_is_refused_and_the_others_come_in(
    book: Book, tmp_path: Path, change: dict[str, str], reason: Reason
) -> None:
    bad = dict(zip(LOTS[0], LOTS[1], strict=True)) | change
    path = write_csv(tmp_path / "l.csv", [LOTS[0], list(bad.values()), LOTS[2]])
    report = run(book, Intake.LOTS, path, yes=True)
    assert report.outcome.created + report.outcome.changed == 1
    (problem,) = report.outcome.refused
    assert (problem.reason, problem.row) == (reason, 2)
    assert "…" not in say(problem)


def test_a_part_of_a_paisa_does_not_make_a_lot_dear(book: Book, tmp_path: Path) -> None:
    """33.90 with 18 percent is 40.002, and the MRP 40."""
    row = dict(zip(LOTS[0], LOTS[1], strict=True)) | {"ptr": "33.90"}
    path = write_csv(tmp_path / "l.csv", [LOTS[0], list(row.values())])
    assert run(book, Intake.LOTS, path).outcome.refused == ()


def test_the_same_stock_never_comes_in_twice(book: Book, lots_csv: Path, tmp_path: Path) -> None:
    done = run(book, Intake.LOTS, lots_csv, yes=True)
    copy = tmp_path / "other name.csv"
    copy.write_bytes(lots_csv.read_bytes())
    for yes in (False, True):
        with pytest.raises(Refused) as refused:
            run(book, Intake.LOTS, copy, yes=yes)
        (problem,) = refused.value.problems
        assert problem.reason is Reason.ALREADY_IMPORTED
        assert problem.facts["import"] == done.import_id
    book.write(imports.undo_import, done.import_id)
    assert run(book, Intake.LOTS, copy, yes=True).outcome.created == 0  # the lots are there, empty


def test_stock_needs_its_own_power(book: Book, lots_csv: Path, items_csv: Path) -> None:
    book.owner = replace(book.owner, powers=book.owner.powers - {Power.OPENING})
    run(book, Intake.ITEMS, items_csv, yes=True)
    for yes in (False, True):
        with pytest.raises(Refused) as refused:
            run(book, Intake.LOTS, lots_csv, yes=yes)
        assert refused.value.problems[0].facts["power"] == "opening"
    assert book.value("SELECT count(*) FROM import_run") == 1


def test_a_rate_that_nobody_notified_is_refused_at_its_row(book: Book, tmp_path: Path) -> None:
    """17 for 18 is a slip of the finger; a rate with a class of its own is meant."""
    head = ["code", "name", "hsn", "gst_rate", "tax_class"]
    rows = [head, ["A", "Ghee", "04059020", "17", ""], ["B", "Butter", "04051000", "12", ""]]
    report = run(book, Intake.ITEMS, write_csv(tmp_path / "items.csv", rows), yes=True)
    (problem,) = report.outcome.refused
    assert (problem.reason, problem.row) == (Reason.RATE_NOT_NOTIFIED, 2)
    assert "no GST of 17 %" in say(problem)
    assert book.value("SELECT count(*) FROM tax_class WHERE code = 'GST 17'") == 0
    assert report.outcome.created == 1
    own = [head, ["A", "Ghee", "04059020", "17", "GST 5"]]
    report = run(book, Intake.ITEMS, write_csv(tmp_path / "own.csv", own), yes=True)
    assert report.outcome.refused == ()
