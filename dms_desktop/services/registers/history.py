"""What was ever changed in a master: who, when, and each field before and after."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dms_desktop.domain.powers import Power, needs
from dms_desktop.services.registers.every import register_of
from dms_desktop.services.registers.register import subject
from dms_desktop.store.session import Reading

_AUDIT = (
    "SELECT at, user_account.code, action, before, after, reason FROM audit"
    " JOIN user_account ON user_account.id = user_id WHERE subject = :subject ORDER BY audit.id"
)
_IMPORTS = (
    "SELECT started_at, user_account.code, import_run.id, import_run.name, import_change.before,"
    " import_change.after, state FROM import_change"
    " JOIN import_run ON import_run.id = import_id"
    " JOIN user_account ON user_account.id = user_id"
    " WHERE subject = :subject ORDER BY import_change.id"
)
_SILENT = {"row_version"}


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
    found = [
        Event(_instant(at), by, action, _fields(before, after), reason or _why(after))
        for at, by, action, before, after, reason in reading.rows(
            _AUDIT, subject=subject(kind, register.code(shown.record))
        )
    ]
    found += [
        Event(_instant(at), by, f"import {run} {name}", _fields(before, after), state)
        for at, by, run, name, before, after, state in reading.rows(
            _IMPORTS, subject=f"{register.table} {shown.id}"
        )
    ]
    return sorted(found, key=lambda event: event.at)[::-1]


def _fields(before: str, after: str) -> dict[str, tuple[Any, Any]]:
    was, now = _read(before), _read(after)
    return {
        name: (was.get(name), now.get(name))
        for name in {**was, **now}
        if was.get(name) != now.get(name) and name not in _SILENT
    }


def _read(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text) if text else {}
    return found


def _why(after: str) -> str:
    return str(_read(after).get("why", ""))


def _instant(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / 1_000_000, UTC)
