"""What is written once stays: the tables that the database itself lets nobody change or empty.

The triggers are made from here after every migration, never copied from the old file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

APPEND_ONLY = (
    "approval",
    "audit",
    "document",
    "document_event",
    "document_link",
    "excess_release",
    "goods_line",
    "ledger_entry",
    "line_drop",
    "line_adjustment",
    "settlement",
    "stock_move",
)

_SQLITE = """
CREATE TRIGGER @table_no_@verb BEFORE @VERB ON @table
BEGIN SELECT RAISE(ABORT, '@table is append-only'); END"""

_POSTGRES_REFUSAL = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$"""
_POSTGRES = """
CREATE TRIGGER @table_no_@verb BEFORE @VERB ON @table
FOR EACH @scope EXECUTE FUNCTION refuse_change()"""

_ALIVE = """
SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgqual IS NULL
AND t.tgenabled IN ('O', 'A') AND p.proname = 'refuse_change'
AND c.relnamespace = current_schema()::regnamespace"""


def create_triggers(connection: Any, database: str) -> None:
    """Put every trigger in place; `connection` is a raw one, inside the migration's transaction."""
    if database == "sqlite":
        for table in APPEND_ONLY:
            for verb in ("update", "delete"):
                connection.execute(_filled(_SQLITE, table, verb))
        return
    connection.execute(_POSTGRES_REFUSAL)
    for table in APPEND_ONLY:
        for verb, scope in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
            connection.execute(_filled(_POSTGRES, table, verb).replace("@scope", scope))


def lost_triggers(rows: Callable[[str], Iterable[Any]], database: str) -> list[tuple[str, str]]:
    """Table and name of each trigger that is gone, switched off, or says something else by now."""
    if database == "sqlite":
        found = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
        there = {(table, name): sql for name, table, sql in rows(found)}
        return [
            (table, f"{table}_no_{verb}")
            for table in APPEND_ONLY
            for verb in ("update", "delete")
            if there.get((table, f"{table}_no_{verb}")) != _filled(_SQLITE, table, verb)
        ]
    alive = {(table, name) for name, table, body in rows(_ALIVE) if body in _POSTGRES_REFUSAL}
    wanted = [
        (table, f"{table}_no_{verb}")
        for table in APPEND_ONLY
        for verb in ("update", "delete", "truncate")
    ]
    return [each for each in wanted if each not in alive]


def drop_triggers(connection: Any, database: str) -> None:
    """Take all of them away, whatever their names: a migration may rebuild the tables below."""
    if database == "sqlite":
        found = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in connection.execute(found).fetchall():
            connection.execute('DROP TRIGGER "@name"'.replace("@name", name))
        return
    found = """
        SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"""
    for table, name in connection.execute(found).fetchall():
        drop = 'DROP TRIGGER "@name" ON "@table"'
        connection.execute(drop.replace("@name", name).replace("@table", table))


def _filled(statement: str, table: str, verb: str) -> str:
    return (
        statement.replace("@table", table).replace("@verb", verb).replace("@VERB", verb.upper())
    ).strip()
