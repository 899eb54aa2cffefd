"""What an import keeps of its own deeds: a note a row, enough to report it and to undo it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dms_desktop.domain.incoming import Outcome
from dms_desktop.domain.money import Money
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.services.changes import Change, Image
from dms_desktop.store.drivers import Row
from dms_desktop.store.session import Reading, Tx

REFUSED, WARNED = "refused", "warned"
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # one for all notes
MADE_ON_THE_WAY = 0  # the row of what rows merely named


@dataclass(frozen=True, slots=True)
class Note:
    """`subject` is a table and a key, REFUSED or WARNED. Empty `before`: the row is new."""

    row: int
    subject: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Done:
    """A step's deeds; `digest` seals them in the audit chain."""

    notes: tuple[Note, ...]
    facts: Mapping[str, object]
    digest: bytes = b""


def of_changes(changes: Iterable[Change], row_of: Callable[[Change], int]) -> list[Note]:
    """A changed row keeps only the columns that differ, a new one only its version."""
    notes: list[Note] = []
    for change in changes:
        before, after = change.before, change.after or {}
        subject = f"{change.table} {change.key}"
        if before is None:
            kept = {name: after[name] for name in ("row_version",) if name in after}
            notes.append(Note(row_of(change), subject, "", _text(kept)))
            continue
        old = {name: value for name, value in before.items() if after.get(name) != value}
        new = {name: after.get(name) for name in old}
        notes.append(Note(row_of(change), subject, _text(old), _text(new)))
    return notes


def of_problems(subject: str, problems: Iterable[Problem]) -> list[Note]:
    """`subject` is REFUSED or WARNED."""
    return [
        Note(
            problem.row or MADE_ON_THE_WAY,
            subject,
            "",
            _text({"reason": problem.reason.value, "facts": _stored(problem.facts)}),
        )
        for problem in problems
    ]


@dataclass(frozen=True, slots=True)
class Tip:
    """The last note of an import so far, and the hash that holds all before it."""

    seq: int
    hash: bytes


def keep(tx: Tx, import_id: int, notes: Sequence[Note]) -> Tip:
    """Add the notes to the import's chain; where it ends now."""
    last = tx.row(
        "SELECT seq, hash FROM import_change WHERE import_id = :id ORDER BY seq DESC LIMIT 1",
        id=import_id,
    )
    seq, link = (int(last[0]), bytes(last[1])) if last else (0, b"")
    rows: list[Row] = []
    for seq, note in enumerate(notes, seq + 1):  # noqa: B020 - goes on from the last one
        said = (note.row, note.subject, note.before, note.after)
        link = chained(link, said)
        rows.append((import_id, seq, *said, link))
    tx.insert(
        "import_change", ("import_id", "seq", '"row"', "subject", "before", "after", "hash"), rows
    )
    return Tip(seq, link)


def chained(previous: bytes, said: Row) -> bytes:
    """The hash of a note, from its row, subject, before and after, and the hash before it."""
    return hashlib.sha256(previous + _text(said).encode()).digest()


def kept(reading: Reading, import_id: int) -> list[Note]:
    """In the order in which they were written."""
    return [
        Note(*row)
        for row in reading.rows(
            'SELECT "row", subject, before, after FROM import_change'
            " WHERE import_id = :id ORDER BY seq",
            id=import_id,
        )
    ]


def outcome(reading: Reading, import_id: int, table: str) -> Outcome:
    """What all steps so far did, counted in rows of the import's own kind."""
    counts = {
        bool(new): count
        for new, count in reading.rows(
            """SELECT before = '', count(DISTINCT "row") FROM import_change"""
            """ WHERE import_id = :id AND "row" > 0 AND subject LIKE :table GROUP BY before = ''""",
            id=import_id,
            table=f"{table} %",
        )
    }
    refused, warned = (_problems(reading, import_id, each) for each in (REFUSED, WARNED))
    return Outcome(
        counts.get(True, 0), counts.get(False, 0), tuple(refused), warnings=gathered(warned)
    )


def gathered(warnings: Iterable[Problem]) -> tuple[Problem, ...]:
    """In the order of the rows; the parties of all steps that have no State are told as one."""
    found = sorted(warnings, key=lambda problem: problem.row or 0)
    stateless = [each for each in found if each.reason is Reason.STATE_TAKEN]
    others = (each for each in found if each.reason is not Reason.STATE_TAKEN)
    if not stateless:
        return tuple(others)
    lines = sum(int(str(each.facts["lines"])) for each in stateless)
    first = stateless[0]
    return (Problem(first.reason, first.row, {**first.facts, "lines": lines}), *others)


def image(text: str) -> Image:
    found: Image = json.loads(text)
    return found


def _problems(reading: Reading, import_id: int, subject: str) -> list[Problem]:
    rows = reading.rows(
        'SELECT "row", after FROM import_change WHERE import_id = :id AND subject = :subject'
        ' ORDER BY "row", id',
        id=import_id,
        subject=subject,
    )
    return [_problem(row, json.loads(after)) for row, after in rows]


def _problem(row: int, said: Mapping[str, Any]) -> Problem:
    return Problem(Reason(said["reason"]), row, _read(said["facts"]))


def _text(value: object) -> str:
    return _ENCODER.encode(value)


def _stored(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: _one(value) for name, value in facts.items()}


def _one(value: object) -> object:
    if isinstance(value, Money):
        return {"money": value.paise}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return str(value) if isinstance(value, Decimal) else value


def _read(facts: Mapping[str, Any]) -> dict[str, object]:
    def one(value: Any) -> object:
        if isinstance(value, dict):
            return Money(value["money"]) if "money" in value else date.fromisoformat(value["day"])
        return value

    return {name: one(value) for name, value in facts.items()}
