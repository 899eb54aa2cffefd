"""The same imports on a PostgreSQL server: brought in, gone on with, and undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from dms_desktop.domain.incoming import STEP, Intake
from dms_desktop.files.importing import bring_in
from dms_desktop.services import imports, masters
from tests.books import Book, founded
from tests.files.sheets import write_csv
from tests.services.import_files import few_items, few_lots, many_items, standing
from tests.services.test_imports_bills import HEAD, OLD
from tests.services.test_imports_broken import CutDoor, PowerCut


@pytest.fixture
def server_book(postgres_url: str) -> Iterator[Book]:
    made = founded(postgres_url)
    yield made
    made.database.close()


def test_every_kind_comes_in_and_goes_out(server_book: Book, tmp_path: Path) -> None:
    book = server_book
    before = standing(book)
    shown = book.read(masters.item, "SOAP")
    parties = write_csv(tmp_path / "p.csv", [["code", "name", "beat"], ["P1", "One", "Camp"]])
    bills = write_csv(tmp_path / "b.csv", [HEAD, *OLD])
    done = [
        bring_in(book, kind, path, yes=True)
        for kind, path in (
            (Intake.ITEMS, few_items(tmp_path)),
            (Intake.PARTIES, parties),
            (Intake.LOTS, few_lots(tmp_path)),
            (Intake.BILLS, bills),
        )
    ]
    counts = [(each.outcome.created, each.outcome.changed) for each in done]
    assert counts == [(1, 1), (1, 0), (2, 1), (3, 0)]
    assert [each.outcome.refused == () for each in done] == [False, True, True, True]
    for each in reversed(done):
        book.write(imports.undo_import, each.import_id)
    assert standing(book) == before
    assert book.read(masters.item, "SOAP") == shown
    assert book.rows("SELECT code FROM item WHERE code = 'GHEE'") == []
    assert book.rows("SELECT name FROM beat") == []


def test_a_broken_import_goes_on(server_book: Book, tmp_path: Path) -> None:
    path = many_items(tmp_path / "items.csv", STEP + 20)
    with suppress(PowerCut):
        bring_in(CutDoor(server_book, 3, after=False), Intake.ITEMS, path, yes=True)
    report = bring_in(server_book, Intake.ITEMS, path, yes=True)
    assert (report.resumed, report.outcome.created) == (STEP, STEP + 20)
