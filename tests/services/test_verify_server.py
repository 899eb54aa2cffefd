"""The same proof on a server: a clean book is clean, and damage is named by the same rows."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from dms_desktop.services.verifying import verify
from dms_desktop.store.drivers import Postgres
from dms_desktop.store.session import Reading
from dms_desktop.store.triggers import drop_triggers
from tests.books import NOON, Book
from tests.postgres import PostgresServer
from tests.services.verify_book import rich_book


@pytest.fixture(scope="module")
def served(postgres_server: PostgresServer) -> Iterator[Book]:
    url = postgres_server.fresh()
    book = rich_book(url)
    yield book
    book.database.close()
    postgres_server.drop(url)


def test_a_sound_book_is_clean(served: Book) -> None:
    report = served.read(verify)
    assert report.findings == ()
    assert report.counts["goods_line"] == served.value("SELECT count(*) FROM goods_line")


@pytest.mark.parametrize(
    ("what", "table", "change"),
    [
        ("altered", "document", "total = total + 100"),
        ("altered", "goods_line", "qty = qty + 1"),
        ("altered", "line_adjustment", "paise = paise + 1"),
        ("altered", "ledger_entry", "paise = paise - 1"),
        ("altered", "stock_move", "cost = cost + 1"),
        ("stock", "stock", "item_id = item_id + 1"),
        ("lot_cost", "lot_cost", "paise = paise + 1"),
        ("party_balance", "party_balance", "paise = paise + 1"),
        ("open_item", "open_item", "due_day = '2031-01-01'"),
        ("account_month", "account_month", "debit = debit + 1"),
        ("line_left", "line_left", "qty = qty + 1"),
        ("series_last", "series", "last = last + 1"),
        ("audit_altered", "audit", "reason = 'none'"),
        ("audit_tip", "audit_tip", "seq = seq + 1"),
        ("note_altered", "import_change", "after = '{}x'"),
        ("approval", "approval", "ceiling = ceiling + 1"),
        ("buyer", "walk_in_buyer", "phone = phone || '1'"),
        ("wrong_event", "document_event", "detail = 'elsewhere'"),
        ("too_large", "lot_cost", "paise = 9000000000000000000"),
    ],
)
def test_damage_is_named(served: Book, what: str, table: str, change: str) -> None:
    with psycopg.connect(str(served.books)) as connection:
        drop_triggers(connection, "postgres")
        place = f"ctid = (SELECT ctid FROM {table} ORDER BY 1 LIMIT 1)"
        connection.execute(f"UPDATE {table} SET {change} WHERE {place}")
        found = verify(Reading(Postgres(str(served.books)), connection, served.owner, NOON))
        connection.rollback()
    assert (found.findings[0].what, found.findings[0].table) == (what, table)
