"""What is written once stays: the tables that the database itself lets nobody change or empty.

The triggers are made from here after every migration, never copied from the old file.
"""

from __future__ import annotations

from typing import Any

APPEND_ONLY = (
    "approval",
    "audit",
    "document",
    "document_event",
    "document_link",
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
