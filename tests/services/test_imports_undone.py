"""An import is taken back as a whole, byte for byte where nothing was printed, or not at all."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from dms_desktop.domain.incoming import STEP, Intake
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services import cancelling, imports, masters
from dms_desktop.services.verifying.verify import verify
from tests.books import Book
from tests.files.sheets import write_csv
from tests.services.import_files import LOTS, dump, few_items, few_lots, many_items, run, standing
from tests.services.test_imports_bills import HEAD, OLD

pytest_plugins = ["tests.books"]


@pytest.fixture
def items_csv(tmp_path: Path) -> Path:
    return few_items(tmp_path)


@pytest.fixture
def lots_csv(tmp_path: Path) -> Path:
    return few_lots(tmp_path)


def test_undo_puts_items_back_byte_for_byte(book: Book, items_csv: Path) -> None:
    before = dump(book)
    report = run(book, Intake.ITEMS, items_csv, yes=True)
    assert dump(book) != before
    book.write(imports.undo_import, report.import_id, "wrong file")
    assert dump(book) == before
    assert [each.state for each in book.read(imports.runs)] == ["undone"]
    with pytest.raises(Refused) as refused:
        book.write(imports.undo_import, report.import_id)
    assert refused.value.problems[0].reason is Reason.UNKNOWN_IMPORT


def test_undo_puts_parties_back_byte_for_byte(book: Book, tmp_path: Path) -> None:
    book.bill("SHARMA", SOAP=1)  # his new GSTIN will be a dated row
    rows = [
        ["code", "name", "gstin", "state", "beat", "salesman", "phone"],
        ["SHARMA", "Sharma & Sons", "27AAPFU0939F1ZV", "", "Kothrud", "Ravi", "9800000000"],
        ["LAXMI", "Laxmi", "27AABCS1429B1ZU", "", "Kothrud", "", ""],
        ["NEW", "New", "", "", "Camp", "Ravi", ""],
    ]
    before = dump(book)
    report = run(book, Intake.PARTIES, write_csv(tmp_path / "p.csv", rows), yes=True)
    assert (report.outcome.created, report.outcome.changed) == (1, 2)
    book.write(imports.undo_import, report.import_id)
    assert dump(book) == before


def test_undo_takes_back_many_steps_and_what_they_made_on_the_way(
    book: Book, tmp_path: Path
) -> None:
    first = run(book, Intake.ITEMS, many_items(tmp_path / "a.csv", STEP + 50), yes=True)
    between = dump(book)
    second = run(book, Intake.ITEMS, many_items(tmp_path / "b.csv", STEP + 80, "Other"), yes=True)
    assert (second.outcome.created, second.outcome.changed) == (30, STEP + 50)
    with pytest.raises(Refused) as refused:
        book.write(imports.undo_import, first.import_id)
    assert refused.value.problems[0].reason is Reason.CHANGED_SINCE
    book.write(imports.undo_import, second.import_id)
    assert dump(book) == between
    book.write(imports.undo_import, first.import_id)
    assert book.value("SELECT count(*) FROM item WHERE code LIKE 'N%'") == 0
    assert book.value("SELECT count(*) FROM principal WHERE name LIKE 'Principal%'") == 0
    assert book.value("SELECT count(*) FROM tax_class WHERE code = 'GST 12'") == 0


def test_what_others_have_come_to_use_stays(book: Book, items_csv: Path) -> None:
    report = run(book, Intake.ITEMS, items_csv, yes=True)
    book.write(masters.add_item, {"code": "CURD", "name": "Curd", "principal": "gokul"})
    book.write(imports.undo_import, report.import_id)
    assert book.rows("SELECT name FROM principal ORDER BY id") == [("Brand",), ("Gokul",)]
    assert book.value("SELECT count(*) FROM item WHERE code = 'GHEE'") == 0


def test_undo_cancels_the_openings_and_gives_lots_their_old_rates(
    book: Book, lots_csv: Path
) -> None:
    before = standing(book)
    rates = book.rows("SELECT id, packed, ptr, pts, row_version FROM lot ORDER BY id")
    report = run(book, Intake.LOTS, lots_csv, yes=True)
    book.write(imports.undo_import, report.import_id)
    assert standing(book) == before
    there = len(rates)
    assert (
        book.rows("SELECT id, packed, ptr, pts, row_version FROM lot ORDER BY id")[:there] == rates
    )
    assert book.value("SELECT count(*) FROM document WHERE kind = 'cancellation'") == 2
    assert book.stock("SOAP") == {"S1": 100, "S2": 500}


def test_stock_that_was_sold_cannot_be_taken_back_and_nothing_is(
    book: Book, lots_csv: Path
) -> None:
    report = run(book, Intake.LOTS, lots_csv, yes=True)
    book.bill("SHARMA", SOAP=120)
    before = dump(book, set())
    with pytest.raises(Refused) as refused:
        book.write(imports.undo_import, report.import_id)
    assert refused.value.problems[0].reason in {Reason.SHORT_STOCK, Reason.HANGS_ON_IT}
    assert dump(book, set()) == before


def test_the_books_are_proved_sound_before_and_after(book: Book, tmp_path: Path) -> None:
    shops = write_csv(tmp_path / "p.csv", [["code", "name", "beat"], ["P1", "One", "Camp"]])
    files = (
        (Intake.ITEMS, few_items(tmp_path)),
        (Intake.PARTIES, shops),
        (Intake.LOTS, few_lots(tmp_path)),
        (Intake.BILLS, write_csv(tmp_path / "b.csv", [HEAD, *OLD])),
    )
    done = [run(book, kind, path, yes=True) for kind, path in files]
    assert book.read(verify).findings == ()
    for each in reversed(done):
        book.write(imports.undo_import, each.import_id)
        assert book.read(verify).findings == ()


def test_an_opening_that_was_cancelled_by_hand_keeps_the_import_from_being_undone(
    book: Book, lots_csv: Path
) -> None:
    report = run(book, Intake.LOTS, lots_csv, yes=True)
    uid = book.value("SELECT uid FROM document ORDER BY id DESC LIMIT 1")
    book.write(cancelling.cancel, UUID(bytes=bytes(uid)), by=uuid4(), why="")
    with pytest.raises(Refused) as refused:
        book.write(imports.undo_import, report.import_id)
    assert refused.value.problems[0].reason is Reason.ALREADY_CANCELLED


def test_an_item_on_a_paper_cannot_be_taken_back(
    book: Book, items_csv: Path, tmp_path: Path
) -> None:
    report = run(book, Intake.ITEMS, items_csv, yes=True)
    rows = [LOTS[0], ["GHEE", "G1", "650", "500", "450", "", "12/28", "", "5"]]
    run(book, Intake.LOTS, write_csv(tmp_path / "l.csv", rows), yes=True)
    with pytest.raises(Refused) as refused:
        book.write(imports.undo_import, report.import_id)
    (problem,) = refused.value.problems
    assert (problem.reason, problem.facts["number"]) == (Reason.HANGS_ON_IT, "GHEE")
    assert str(problem.facts["what"]).startswith("OP/")


def test_an_item_changed_by_hand_keeps_the_import_from_being_undone(
    book: Book, items_csv: Path
) -> None:
    report = run(book, Intake.ITEMS, items_csv, yes=True)
    shown = book.read(masters.item, "GHEE")
    book.write(masters.change_item, "GHEE", {"name": "Ghee"}, shown.version)
    with pytest.raises(Refused) as refused:
        book.write(imports.undo_import, report.import_id)
    (problem,) = refused.value.problems
    assert (problem.reason, problem.facts["code"]) == (Reason.CHANGED_SINCE, "GHEE")
