"""Books of every released version come to this one with all that was in them.

Each is a file of `released/`, packed by zstd and named by its revision: 0001.db.zst. It was written
by the program of that release, with cancelled bills, returns and names in every script.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import zstandard

from dms_desktop.store.health import REVISION, examine, standing
from dms_desktop.store.measure import measure
from dms_desktop.store.migrate import upgrade
from dms_desktop.store.revisions import OURS, differences, fresh_schema, schema
from tests.store.a_book import opened

RELEASED = sorted((Path(__file__).parent / "released").glob("*.db.zst"))


def test_every_revision_before_this_one_has_left_a_file() -> None:
    named = {int(path.name[:4]) for path in RELEASED}
    assert named >= set(range(1, REVISION))


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.name)
def test_released_books_come_to_this_version(released: Path, tmp_path: Path) -> None:
    book = tmp_path / "books.db"
    with released.open("rb") as packed, book.open("wb") as plain:
        zstandard.ZstdDecompressor().copy_stream(packed, plain)
    revision = int(released.name[:4])
    assert standing(book).revision == revision
    with opened(book) as raw:
        before = measure(raw, "sqlite")
    assert before.counts["document"] > 0
    upgrade(book)
    examine(book)
    with opened(book) as raw:
        after = measure(raw, "sqlite")
        assert schema(raw) == fresh_schema(OURS)
    assert after.differs_from(before, differences(OURS, revision)) == []
    assert upgrade(book) is None
