"""The sample company's own files come in without a refusal, and twice they change nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dms_desktop import sample
from dms_desktop.domain.incoming import Intake
from dms_desktop.files.importing import bring_in
from dms_desktop.services.verifying.verify import verify
from tests.books import Book

pytest_plugins = ["tests.books"]


def test_the_sample_company_comes_in_from_its_files(book: Book, tmp_path: Path) -> None:
    items, parties, lots = sample.write_csv(tmp_path, 1, date(2026, 11, 20))
    for kind, path, count in (
        (Intake.ITEMS, items, 2_000),
        (Intake.PARTIES, parties, 800),
        (Intake.LOTS, lots, 6_000),
    ):
        outcome = bring_in(book, kind, path, yes=True).outcome
        assert (outcome.created, outcome.changed, outcome.refused) == (count, 0, ())
    for kind, path in ((Intake.ITEMS, items), (Intake.PARTIES, parties)):
        tried = bring_in(book, kind, path).outcome
        assert (tried.created, tried.changed, tried.refused) == (0, 0, ())
    assert book.read(verify).findings == ()
