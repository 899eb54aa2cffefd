"""Runs Alembic's revisions inside one transaction of ours: all of them, or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dms_desktop.resource import resource
from dms_desktop.store.health import APPLICATION_ID, REVISION, VERSION_TABLE
from dms_desktop.store.triggers import create_triggers, drop_triggers

if TYPE_CHECKING:
    from sqlalchemy import Connection

_COMMA = re.compile(r",(?![^()]*\))")  # between two clauses, not inside the parentheses of one


@dataclass(frozen=True, slots=True)
class Plan:
    """Which revisions there are and which one to reach."""

    location: Path
    head: int = REVISION


OURS = Plan(resource("migrations"))


@contextmanager
def sqlite_transaction(raw: Any) -> Iterator[Connection]:
    """`BEGIN IMMEDIATE` on a raw connection: with the driver's own, half a revision can last."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool
    from sqlcipher3 import dbapi2

    engine = create_engine("sqlite://", module=dbapi2, creator=lambda: raw, poolclass=StaticPool)
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        yield connection


@contextmanager
def postgres_transaction(raw: Any) -> Iterator[Connection]:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    engine = create_engine("postgresql+psycopg://", creator=lambda: raw, poolclass=StaticPool)
    with engine.begin() as connection:
        yield connection


def run(
    connection: Connection,
    plan: Plan = OURS,
    told: Callable[[int], None] = lambda revision: None,
) -> None:
    """Bring an open transaction to the plan's head, with the triggers of this program's code.

    On SQLite foreign keys must be off (they cannot be switched inside a transaction, and a table
    that is rebuilt would take the rows that refer to it along).
    """
    database = "sqlite" if connection.dialect.name == "sqlite" else "postgres"
    raw = connection.connection.driver_connection
    assert raw is not None
    if database == "sqlite" and raw.execute("PRAGMA foreign_keys").fetchone()[0]:
        raise ValueError("foreign keys must be off before a migration begins")
    drop_triggers(raw, database)
    _drop_views(raw, database)
    for revision in _pending(connection, plan):
        _upgrade(connection, plan, revision)
        told(int(revision))
    create_triggers(raw, database)
    if database == "sqlite":
        raw.execute("PRAGMA user_version = @n".replace("@n", str(plan.head)))
        raw.execute("PRAGMA application_id = @n".replace("@n", str(APPLICATION_ID)))


def differences(plan: Plan, after: int) -> frozenset[str]:
    """Tables and `table.column` totals that the revisions beyond `after` change on purpose."""
    found: set[str] = set()
    for script in _scripts(plan).walk_revisions():
        if int(script.revision) > after:
            found |= getattr(script.module, "differs", frozenset())
    return frozenset(found)


def schema(raw: Any) -> dict[tuple[str, str], tuple[str, ...]]:
    """(type, name) -> the parts of what every object of a SQLite file is built of.

    Columns keep their order; constraints do not, for Alembic rebuilds a table with them in any.
    """
    asked = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    return {(kind, name): _clauses(kind, sql or "") for kind, name, sql in raw.execute(asked)}


def _clauses(kind: str, sql: str) -> tuple[str, ...]:
    plain = " ".join(sql.replace('"', "").split())
    if kind != "table":
        return (plain,)
    head, _, rest = plain.partition("(")
    body, _, tail = rest.rpartition(")")
    parts = [part.strip() for part in _COMMA.split(body)]
    columns = [part for part in parts if not part.startswith("CONSTRAINT")]
    return (head.strip(), *columns, *sorted(set(parts) - set(columns)), tail.strip())


def fresh_schema(plan: Plan) -> dict[tuple[str, str], tuple[str, ...]]:
    """What `schema` says of new books."""
    from sqlcipher3 import dbapi2

    raw = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
    with sqlite_transaction(raw) as connection:
        run(connection, plan)
        found = schema(raw)
    raw.close()
    return found


def _pending(connection: Connection, plan: Plan) -> list[str]:
    from alembic.migration import MigrationContext

    options = {"version_table": VERSION_TABLE}
    now = MigrationContext.configure(connection, opts=options).get_current_revision()
    scripts = _scripts(plan).iterate_revisions(f"{plan.head:04}", now or "base")
    return [str(script.revision) for script in scripts][::-1]


def _upgrade(connection: Connection, plan: Plan, revision: str) -> None:
    from alembic import command

    config = _config(plan)
    config.attributes["connection"] = connection
    config.attributes["version_table"] = VERSION_TABLE
    command.upgrade(config, revision)


def _config(plan: Plan) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(plan.location).replace("%", "%%"))
    return config


def _scripts(plan: Plan) -> Any:
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config(plan))


def _drop_views(raw: Any, database: str) -> None:
    if database == "sqlite":
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
            raw.execute('DROP VIEW "@name"'.replace("@name", name))
