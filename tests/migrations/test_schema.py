"""What new books are built of: the tables of the code, on both databases, and their first rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from dms_desktop.domain.powers import Power
from dms_desktop.resource import resource
from dms_desktop.store.health import APPLICATION_ID, REVISION, standing
from dms_desktop.store.migrate import create
from dms_desktop.store.revisions import run, schema, sqlite_transaction
from dms_desktop.store.tables import metadata
from dms_desktop.store.triggers import APPEND_ONLY
from tests.store.a_book import a_row, opened

SERVER_SHAPE = """
    SELECT conname::text, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = current_schema()::regnamespace
    UNION ALL SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = current_schema()
    UNION ALL SELECT table_name || '.' || column_name, concat_ws(' ', data_type, collation_name,
        is_nullable, column_default) FROM information_schema.columns
        WHERE table_schema = current_schema()
    UNION ALL SELECT sequence_name::text, data_type::text FROM information_schema.sequences
        WHERE sequence_schema = current_schema()"""


def test_the_revisions_are_numbered_one_by_one_and_the_program_knows_the_last() -> None:
    files = sorted(path.name for path in resource("migrations").glob("versions/*.py"))
    assert [int(name[:4]) for name in files] == list(range(1, REVISION + 1))


def test_no_revision_runs_where_rows_could_follow_a_rebuilt_table(book: Path) -> None:
    """With foreign keys on, a table that is rebuilt takes the rows along that refer to it."""
    with (
        opened(book) as raw,
        pytest.raises(ValueError, match="foreign keys"),
        sqlite_transaction(raw) as connection,
    ):
        run(connection)


def test_new_books_in_a_file_have_the_tables_of_the_code(book_template: Path) -> None:
    from sqlcipher3 import dbapi2

    engine = create_engine("sqlite://", module=dbapi2)
    with engine.connect() as connection:
        metadata.create_all(connection)
        raw = connection.connection.driver_connection
        wanted = shape(raw)
    engine.dispose()
    with opened(book_template) as raw:
        assert shape(raw) == wanted


def shape(raw: Any) -> dict[tuple[str, str], tuple[str, ...]]:
    return {
        key: parts
        for key, parts in schema(raw).items()
        if key[0] != "trigger" and key[1] != "books_version"
    }


def test_new_books_on_a_server_have_the_tables_of_the_code(postgres_server: Any) -> None:
    def built(by_hand: bool) -> list[Any]:
        url = postgres_server.fresh()
        if by_hand:
            engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
            metadata.create_all(engine)
            engine.dispose()
        else:
            create(url)
        with opened(url) as raw:
            found = raw.execute(SERVER_SHAPE).fetchall()
        postgres_server.drop(url)
        return sorted(row for row in found if not row[0].startswith("books_version"))

    assert built(by_hand=False) == built(by_hand=True)


def test_the_file_says_whose_it_is_and_of_which_version(book_template: Path) -> None:
    header = book_template.read_bytes()[:100]
    assert int.from_bytes(header[60:64], "big") == REVISION
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    with opened(book_template) as raw:
        assert raw.execute("SELECT version_num FROM books_version").fetchall() == [
            (f"{REVISION:04}",)
        ]
    assert standing(book_template).is_current


def test_every_book_begins_with_what_posting_and_the_law_need(either_book: Path | str) -> None:
    with opened(either_book) as raw:
        accounts = dict(raw.execute('SELECT code, "group" FROM account WHERE id < 100').fetchall())
        limits = raw.execute(
            "SELECT code, from_day, paise FROM statutory_limit WHERE id < 100"
            " AND code NOT LIKE 'eway_%' ORDER BY code, 2"
        ).fetchall()
        periods = raw.execute("SELECT id, closed_until FROM period WHERE id < 100").fetchall()
    assert limits == [
        ("cash", "2017-04-01", 2_00_000_00),
        ("cash", "2026-04-01", 2_00_000_00),
        ("eway", "2018-04-01", 50_000_00),
        ("walk_in_details", "2017-07-01", 50_000_00),
    ]
    assert periods == [(1, "")]
    assert set(accounts.values()) == {"assets", "liabilities", "income", "expenses", "equity"}
    assert accounts["debtors"] == accounts["stock"] == accounts["input_igst"] == "assets"
    assert accounts["output_cess"] == accounts["creditors"] == "liabilities"
    assert accounts["sales"] == "income"
    assert accounts["cost_of_goods"] == accounts["round_off"] == "expenses"
    assert accounts["opening"] == accounts["capital"] == "equity"


def test_the_owner_may_do_everything_and_nobody_has_a_power_that_is_none(
    either_book: Path | str,
) -> None:
    with opened(either_book) as raw:
        rows = raw.execute(
            "SELECT role.code, power FROM role_power JOIN role ON role.id = role_id "
            "WHERE role.id < 100"
        ).fetchall()
    powers: dict[str, set[Power]] = {}
    for role, power in rows:
        powers.setdefault(role, set()).add(Power(power))
    assert powers["owner"] == set(Power)
    assert powers["clerk"] == {Power.LOG_IN, Power.LOOK, Power.BILL}
    assert powers["godown"] == {
        Power.LOG_IN, Power.LOOK, Power.RECEIVE, Power.MOVE_STOCK, Power.PICK, Power.DISPATCH,
    }  # fmt: skip
    assert powers["machine"] == {Power.LOG_IN, Power.LOOK, Power.BILL, Power.BOOKS}


def test_what_is_posted_can_be_neither_changed_nor_removed(either_book: Path | str) -> None:
    with opened(either_book) as raw:
        for table in APPEND_ONLY:
            column = metadata.tables[table].columns.keys()[0]
            statements = [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"]
            statements += [f"TRUNCATE {table} CASCADE"] * isinstance(either_book, str)
            before = raw.execute(f"SELECT * FROM {table}").fetchall()
            assert len(before) == 1
            for statement in statements:
                with pytest.raises(Exception, match="is append-only"):
                    raw.execute(statement)
            assert raw.execute(f"SELECT * FROM {table}").fetchall() == before


def test_what_is_posted_cannot_be_replaced_by_a_row_of_the_same_key(book: Path) -> None:
    with opened(book) as raw:
        row = a_row(metadata.tables["ledger_entry"], 100)
        row[-2] = 999
        marks = ", ".join("?" * len(row))
        raw.execute("PRAGMA recursive_triggers=ON")
        with pytest.raises(Exception, match="is append-only"):
            raw.execute(f"INSERT OR REPLACE INTO ledger_entry VALUES ({marks})", row)
