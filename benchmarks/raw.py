"""The floor of a save: the very rows of a posted document, written again through the bare driver.

Nothing is read, priced or computed: what a save writes is recorded once, given keys of its own,
and executed on a connection of the same kind, on the same file, under the same triggers.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Any

from dms_desktop.store.drivers import Driver
from dms_desktop.store.sql import for_sqlite

_COLUMNS = re.compile(r"INSERT INTO (\w+) \(([^)]*)\)")


@dataclass
class Recording:
    """Stands in the driver's place for one save and keeps every statement that writes."""

    driver: Any
    said: list[tuple[str, Any, bool]]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.driver, name)

    def execute(self, connection: Any, sql: str, params: Any) -> Any:
        if not sql.startswith("SELECT"):
            self.said.append((sql, dict(params), False))
        return self.driver.execute(connection, sql, params)

    def many(self, connection: Any, sql: str, rows: Any) -> int:
        self.said.append((sql, list(rows), True))
        return int(self.driver.many(connection, sql, rows))


def record(database: Any, save: Any) -> list[tuple[str, Any, bool]]:
    """The writing statements of one save."""
    driver: Driver = database.driver
    recording = Recording(driver, [])
    database.driver = recording
    try:
        save()
    finally:
        database.driver = driver
    return recording.said


def renewed(said: list[tuple[str, Any, bool]], document: int, seq: int) -> list[Any]:
    """The same rows for a document with keys of its own; ready for the bare driver."""
    ready = []
    for sql, values, many in said:
        found = _COLUMNS.match(sql)
        names = [name.strip() for name in found[2].split(",")] if found else []
        rows = values if many else [values]
        if not found and many and ("stock" in sql or "lot_cost" in sql):
            rows = [_nothing_taken(row) for row in rows]
        fresh = [_renew(found[1] if found else "", names, row, document, seq) for row in rows]
        if found and found[1] == "document":
            sql = sql.replace("(uid,", "(id, uid,", 1).replace("(:uid,", "(:id, :uid,", 1)
        ready.append((for_sqlite(sql), fresh if many else fresh[0], many))
    return ready


def _renew(table: str, names: list[str], row: Any, document: int, seq: int) -> Any:
    changed: dict[str, Any] = {"document_id": document}
    if table == "document":
        changed = {"uid": os.urandom(16), "serial": seq, "number": f"RAW/{seq}", "id": document}
    elif table == "audit":
        changed = {"seq": seq, "hash": os.urandom(32), "counter": "RAW"}
    elif table == "audit_tip":
        changed = {"c": "RAW", "seq": seq}
    if isinstance(row, dict):
        return row | {
            name: value for name, value in changed.items() if name in row or table == "document"
        }
    made = [changed.get(name, value) for name, value in zip(names, row, strict=False)]
    if table == "goods_line":
        made[0] = document << 16 | made[0] & 0xFFFF
    if table == "lot":
        made[names.index("batch")] = f"RAW{seq}"
    if table in ("line_adjustment", "line_left", "bought", "excess_held", "supplier_claim"):
        made[0] = document << 16 | made[0] & 0xFFFF
    return tuple(made) if names else row


def _nothing_taken(row: Any) -> Any:
    """The same rows are written, but the shelf does not run empty."""
    keys = 3 if isinstance(row[-1], str) else 1
    return (*(0 for _ in row[:-keys]), *row[-keys:])


def write(connection: Any, ready: list[Any]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for sql, values, many in ready:
        if many:
            connection.executemany(sql, values)
        else:
            connection.execute(sql, values)
    connection.execute("COMMIT")
