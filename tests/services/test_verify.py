"""Sound books are proved sound, on a file and on a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import psycopg
import pytest
from sqlcipher3 import dbapi2

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


@pytest.mark.parametrize(
    "instead",
    [
        "",
        (
            "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit WHEN 0"
            " BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
        ),
    ],
)
def test_a_trigger_that_is_gone_or_hollow_is_named(copied: Book, instead: str) -> None:
    with closing(dbapi2.connect(str(copied.books))) as connection:
        connection.execute("DROP TRIGGER audit_no_update")
        if instead:
            connection.execute(instead)
        connection.commit()
    (found,) = copied.read(verify).findings
    assert (found.what, found.table, found.key) == ("no_trigger", "audit", "audit_no_update")


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER audit_no_update ON audit",
        "ALTER TABLE audit DISABLE TRIGGER audit_no_update",
    ],
)
def test_a_trigger_that_a_server_lost_is_named(on_server: Book, change: str) -> None:
    assert on_server.read(verify).findings == ()
    with psycopg.connect(str(on_server.books)) as connection:
        connection.execute(change.encode())
    (found,) = on_server.read(verify).findings
    assert (found.what, found.table, found.key) == ("no_trigger", "audit", "audit_no_update")


def test_a_guard_that_lets_everything_pass_guards_nothing(on_server: Book) -> None:
    with psycopg.connect(str(on_server.books)) as connection:
        connection.execute(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RETURN NEW; END $$"
        )
    report = on_server.read(verify)
    assert {found.what for found in report.findings} == {"no_trigger"}
