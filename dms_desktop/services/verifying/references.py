"""Rows that point to rows that are not there, and audit rows of documents that are gone."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from dms_desktop.services.verifying.findings import Finding, Key, Watch
from dms_desktop.store.session import Reading

_POSTED = "SELECT id, subject, action FROM audit WHERE action LIKE 'post %' ORDER BY id"


def dangling(reading: Reading, watch: Watch) -> Iterator[Finding]:
    """A server keeps its foreign keys itself; a file may have been written with them off."""
    watch.tell("references", 0.0)
    yield from _posted_and_gone(reading)
    if reading.driver.name != "sqlite":
        return
    for table, row, parent, _ in reading.rows("PRAGMA foreign_key_check"):
        yield Finding("dangling", table, _key(reading, table, row), {"parent": parent})


def _posted_and_gone(reading: Reading) -> Iterator[Finding]:
    """Asked document by document only where the counts say that one is gone."""
    posted = reading.value("SELECT count(*) FROM audit WHERE action LIKE 'post %'")
    kept = reading.value("SELECT count(*) FROM document WHERE origin <> 'imported'")
    if posted == kept:
        return
    seen: set[str] = set()
    for key, subject, action in reading.rows(_POSTED):
        there = reading.value("SELECT id FROM document WHERE uid = :uid", uid=_bytes(subject))
        if there is None:
            yield Finding("no_document", "document", subject, {"rows": "audit", "action": action})
        elif subject in seen:
            yield Finding("audit_added", "audit", key, {"action": action})
        seen.add(subject)


def _bytes(subject: str) -> bytes:
    try:
        return UUID(subject).bytes
    except ValueError:
        return b""


def _key(reading: Reading, table: str, row: int | None) -> Key:
    """The primary key of the row that SQLite names by its own number."""
    keys = [
        name
        for (name,) in reading.rows(
            "SELECT name FROM pragma_table_info(:name) WHERE pk > 0 ORDER BY pk", name=table
        )
    ]
    found = reading.row(_BY_ROW[table], row=row) if table in _BY_ROW else None
    if found is None or len(keys) == 1:
        return row or 0
    return tuple(found)


_BY_ROW = {
    "stock": "SELECT lot_id, place_id, bucket FROM stock WHERE rowid = :row",
    "account_month": "SELECT account_id, month FROM account_month WHERE rowid = :row",
    "document_link": "SELECT from_id, to_id FROM document_link WHERE rowid = :row",
    "party_principal": "SELECT party_id, principal_id FROM party_principal WHERE rowid = :row",
    "dirty_day": "SELECT principal_id, day FROM dirty_day WHERE rowid = :row",
    "role_power": "SELECT role_id, power FROM role_power WHERE rowid = :row",
}
