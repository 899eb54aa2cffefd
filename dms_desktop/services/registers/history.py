"""What was ever changed in a master: who, when, and each field before and after."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services.registers.every import register_of
from dms_desktop.services.registers.lot_history import ALWAYS, Deed, Name, deeds_of
from dms_desktop.services.registers.register import plain, subject
from dms_desktop.store.session import Reading

_AUDIT = (
    "SELECT at, user_account.code, action, before, after, reason FROM audit"
    " JOIN user_account ON user_account.id = user_id WHERE subject = :subject"
    " AND at BETWEEN :since AND :until ORDER BY audit.id"
)
_IMPORTS = (
    "SELECT started_at, user_account.code, import_run.id, import_run.name, import_change.before,"
    " import_change.after, state FROM import_change"
    " JOIN import_run ON import_run.id = import_id"
    " JOIN user_account ON user_account.id = user_id"
    " WHERE subject = :subject ORDER BY import_change.id"
)
_SILENT = {"row_version"}
_INNER = {"id", "uid", "code_key", "row_version", "item_id", "party_id", "registration_id"}
_PAISE = {"mrp", "credit_limit", "rate", "ptr", "pts"}
_PER = {"per", "ptr_per", "pts_per"}
_SCALED = {"percent_of_ptr", "percent_of_mrp"}
_YES = {"keep_batch", "active", "customer", "supplier", "blocked", "inclusive", "net", "drawer"}
_RENAMED = {"inner_units": "inner", "case_units": "case", "party_class": "class_"}
_SAID_TWICE = {"fssai", "drug_licence"}  # the list of licences tells them
_NAMED = {
    "principal_id": "SELECT id, name FROM principal",
    "tax_class_id": "SELECT id, code FROM tax_class",
    "beat_id": "SELECT id, name FROM beat",
    "salesman_id": "SELECT id, name FROM salesman",
    "price_list_id": "SELECT id, code FROM price_list",
}
_Names = Mapping[str, Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Event:
    """One change; a field maps to what it was and what it became, None where it was not."""

    at: datetime
    by: str
    action: str
    fields: Mapping[str, tuple[Any, Any]]
    why: str = ""


@needs(Power.LOOK)
def history(reading: Reading, kind: str, code: str) -> list[Event]:
    """All changes of one master, the newest first. Refuses what showing it refuses."""
    register = register_of(kind)
    shown = register.show(reading, code)
    deeds, called = _papers(reading, kind, shown.id, register.code(shown.record))
    found = [
        Event(_instant(at), by, action, _fields(before, after), reason or _why(after))
        for name in called
        for at, by, action, before, after, reason in reading.rows(
            _AUDIT, subject=subject(kind, name.code), since=name.since, until=name.until
        )
    ]
    found += [Event(_instant(one.at), one.by, one.action, one.fields, one.why) for one in deeds]
    imports = reading.rows(_IMPORTS, subject=f"{register.table} {shown.id}")
    names = _names(reading) if imports else {}
    found += [
        Event(_instant(at), by, f"import {run} {name}", _imported(before, after, names), state)
        for at, by, run, name, before, after, state in imports
    ]
    return sorted(found, key=lambda event: event.at)[::-1]


def _papers(reading: Reading, kind: str, key: int, code: str) -> tuple[list[Deed], list[Name]]:
    """Only a lot is put right by papers, and was called otherwise before them."""
    return deeds_of(reading, key, code) if kind == "lot" else ([], [Name(code, 0, ALWAYS)])


def _fields(before: str, after: str) -> dict[str, tuple[Any, Any]]:
    was, now = _read(before), _read(after)
    silent = _SILENT | (_SAID_TWICE if "licences" in now else set())
    return {
        name: (was.get(name), now.get(name))
        for name in {**was, **now}
        if was.get(name) != now.get(name) and name not in silent
    }


def _imported(before: str, after: str, names: _Names) -> dict[str, tuple[Any, Any]]:
    """An import keeps the rows of the tables: told as the master's own fields."""
    was, now = _told(_read(before), names), _told(_read(after), names)
    return {
        name: (was.get(name), now.get(name))
        for name in {**was, **now}
        if was.get(name) != now.get(name)
    }


def _told(row: Mapping[str, Any], names: _Names) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for column, value in row.items():
        if column in names:
            told[column.removesuffix("_id")] = names[column].get(value, "")
        elif column not in _INNER and not (column in _PER and value == 1):
            told[_RENAMED.get(column, column)] = _plain(column, value)
    return told


def _plain(column: str, value: Any) -> Any:
    if value is None:
        return None
    if column in _PAISE:
        return str(Money(value))
    if column in _SCALED:
        return plain(Decimal(value).scaleb(-4))
    return bool(value) if column in _YES else value


def _names(reading: Reading) -> _Names:
    return {column: dict(reading.rows(sql)) for column, sql in _NAMED.items()}


def _read(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text) if text else {}
    return found


def _why(after: str) -> str:
    return str(_read(after).get("why", ""))


def _instant(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / 1_000_000, UTC)
