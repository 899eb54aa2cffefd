"""Sound books are proved sound, on a file and on a server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Refused
from dms_desktop.services.verifying import verify
from dms_desktop.store.faults import Stopped
from tests.books import Book
from tests.services.verify_book import rich_book


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    made = rich_book(tmp_path_factory.mktemp("sound") / "books.db")
    yield made
    made.database.close()


def test_a_sound_book_is_clean(sound: Book) -> None:
    report = sound.read(verify)
    assert report.findings == ()
    assert not report.more
    for table in ("document", "goods_line", "stock_move", "ledger_entry", "audit", "series"):
        assert report.counts[table] == len(sound.rows(f"SELECT 1 FROM {table}"))


def test_whoever_waits_is_told_and_may_stop(sound: Book) -> None:
    told: list[tuple[str, float]] = []
    sound.read(verify, progress=lambda *step: told.append(step))
    assert {step for step, _ in told} >= {"audit", "documents", "totals"}
    assert all(0 <= part <= 1 for _, part in told)
    with pytest.raises(Stopped):
        sound.read(verify, stop=lambda: True)


def test_only_who_may_look_after_the_books_verifies_them(sound: Book) -> None:
    clerk = replace(sound.owner, powers=frozenset({Power.LOOK, Power.BILL}))
    with pytest.raises(Refused):
        sound.read(verify, actor=clerk)
