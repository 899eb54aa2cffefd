"""Masters, stock and old bills brought in from outside: tried, done in steps, resumed, undone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from dms_desktop.domain.incoming import STEP, Intake, Line, Outcome
from dms_desktop.domain.masters import folded
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, refuse
from dms_desktop.domain.uid import uuid7
from dms_desktop.services import audit
from dms_desktop.services.importing import balances, bills, dues, lots, masters, notes, prices, undo
from dms_desktop.services.importing.doubts import Seen, doubts_of_parties
from dms_desktop.services.importing.notes import Done
from dms_desktop.services.items import put_items
from dms_desktop.services.lots import put_lots
from dms_desktop.services.parties import put_parties
from dms_desktop.store.session import Reading, Tx

__all__ = [
    "Run",
    "begin",
    "outcome",
    "preview",
    "put_items",
    "put_lots",
    "put_parties",
    "runs",
    "step",
    "steps",
    "undo_import",
]


@dataclass(frozen=True, slots=True)
class Run:
    """One import: `rows_done` of its file are in the books. State: running, done, undone."""

    id: int
    kind: Intake
    name: str
    rows_done: int
    state: str
    started_at: int = 0  # microseconds UTC
    columns: Mapping[str, str] = field(default_factory=dict)  # field -> heading


@dataclass(frozen=True, slots=True)
class _Kind:
    """`once`: bringing the same file in again would count its goods twice."""

    table: str
    plan: Callable[[Reading, Iterable[Line]], Any]
    write: Callable[[Tx, Any], Done]
    power: Power = Power.MASTERS
    once: bool = False
    doubts: Callable[[Reading, Iterable[Line], Any, Seen], list[Problem]] | None = None


_KINDS: Mapping[Intake, _Kind] = {
    Intake.ITEMS: _Kind("item", masters.plan_items, masters.write_items),
    Intake.PARTIES: _Kind(
        "party", masters.plan_parties, masters.write_parties, doubts=doubts_of_parties
    ),
    Intake.LOTS: _Kind("lot", lots.plan_lots, lots.write_lots, Power.OPENING, once=True),
    Intake.PRICES: _Kind("list_price", prices.plan_prices, prices.write_prices),
    Intake.BALANCES: _Kind(
        "balance", balances.plan_balances, balances.write_balances, Power.OPENING
    ),
    Intake.DUES: _Kind("document", dues.plan_dues, dues.write_dues, Power.OPENING),
    Intake.BILLS: _Kind("document", bills.plan_bills, bills.write_bills, Power.OPENING, once=True),
}


_APART = (Intake.ITEMS, Intake.PARTIES)  # of which no row has to do with another
PORTION = 2_000  # of their rows are held as records at a time


def any_size(kind: Intake) -> bool:
    """Whether a commit of this kind may be of as few rows as one likes: none makes a document."""
    return kind in (Intake.ITEMS, Intake.PARTIES, Intake.PRICES)


def steps(kind: Intake, lines: Sequence[Line], done: int = 0) -> list[tuple[Line, ...]]:
    """The rows but for those that are done already, cut into commits of at most STEP, a bill never
    in two; in the order of the steps."""
    if kind is Intake.BALANCES:
        return [] if done else [tuple(lines)]  # the balances of one day are one document
    if kind is not Intake.BILLS:
        return [tuple(lines[start : start + STEP]) for start in range(done, len(lines), STEP)]
    cut: list[list[Line]] = [[]]
    for group in bills.gathered(bills.whole_bills(lines)):
        if cut[-1] and len(cut[-1]) + len(group) > STEP:
            cut.append([])
        cut[-1] += group
    starts = accumulate(map(len, cut), initial=0)
    return [tuple(each) for each, start in zip(cut, starts, strict=False) if start >= done]


@needs(Power.MASTERS)
def preview(reading: Reading, kind: Intake, lines: Sequence[Line]) -> Outcome:
    """What the rows would do if they were brought in now; nothing is written."""
    _need_power(reading, kind)
    if kind is Intake.BILLS:
        lines = bills.whole_bills(lines)
    size = PORTION if kind in _APART else max(1, len(lines))
    found: list[Outcome] = []
    warnings: list[Problem] = []
    seen: Seen = {}
    for start in range(0, len(lines), size):
        sound = _sound(lines[start : start + size])
        plan = _KINDS[kind].plan(reading, sound)
        found.append(plan.outcome)
        warnings += _doubts(reading, kind, sound, plan, seen)
    refused = (*_slips(lines), *(problem for each in found for problem in each.refused))
    return Outcome(
        sum(each.created for each in found),
        sum(each.changed for each in found),
        tuple(sorted(refused, key=lambda problem: problem.row or 0)),
        tuple(difference for each in found for difference in each.differences),
        _all_made([each.also for each in found]),
        notes.gathered(warnings),
    )


@needs(Power.MASTERS)
def check_new(reading: Reading, kind: Intake, sha256: bytes) -> None:
    """Refuses ALREADY_IMPORTED for a file whose goods or bills are in the books."""
    _need_power(reading, kind)
    before = _newest(reading, kind, sha256)
    if before and before.state == "done" and _KINDS[kind].once:
        raise _already(before)


@needs(Power.MASTERS)
def begin(tx: Tx, kind: Intake, name: str, sha256: bytes, columns: Mapping[str, str]) -> Run:
    """A new import, or the one of this file that broke off.

    Refuses ALREADY_IMPORTED for a file that may come in only once, and for one that broke off
    under another reading of its columns.
    """
    _need_power(tx, kind)
    tx.rows("SELECT id FROM period FOR UPDATE")  # two counters with one file: the second waits
    before = _newest(tx, kind, sha256)
    said = json.dumps(columns, ensure_ascii=False, sort_keys=True)
    if before and before.state == "running":
        if tx.value("SELECT columns FROM import_run WHERE id = :id", id=before.id) != said:
            raise _already(before)
        return before
    if before and _KINDS[kind].once:
        raise _already(before)
    key = tx.value(
        "INSERT INTO import_run (uid, kind, name, sha256, started_at, user_id, columns)"
        " VALUES (:uid, :kind, :name, :sha256, :at, :user, :columns) RETURNING id",
        uid=uuid7(tx.now, os.urandom(10)).bytes,
        kind=kind.value,
        name=name,
        sha256=sha256,
        at=tx.micros,
        user=tx.actor.user_id,
        columns=said,
    )
    tx.touched["import_run"].add(int(key))
    audit.record(tx, f"import {kind.value}", f"import {key}", after={"name": name})
    return Run(int(key), kind, name, 0, "running", tx.micros)


@needs(Power.MASTERS)
def step(tx: Tx, run: Run, lines: Sequence[Line], start: int, *, last: bool) -> None:
    """Bring in the rows from `start` on, and remember how to take them back.

    Refuses STALE where somebody else went on with this import meanwhile.
    """
    _need_power(tx, run.kind)
    kind = _KINDS[run.kind]
    moved = tx.run(
        "UPDATE import_run SET rows_done = :end, state = :state"
        " WHERE id = :id AND rows_done = :start AND state = 'running'",
        id=run.id,
        start=start,
        end=start + len(lines),
        state="done" if last else "running",
    )
    if not moved:
        raise refuse(Reason.STALE, field="import", value=run.id)
    tx.touched["import_run"].add(run.id)
    sound = _sound(lines)
    plan = kind.plan(tx, sound)
    found: Outcome = plan.outcome
    warned = notes.of_problems(notes.WARNED, _doubts(tx, run.kind, sound, plan, {}))
    done = kind.write(tx, plan)
    refused = notes.of_problems(notes.REFUSED, (*_slips(lines), *found.refused))
    kept = (*done.notes, *refused, *warned)
    tip = notes.keep(tx, run.id, kept)
    end = {"notes": tip.seq} | ({"tip": tip.hash.hex()} if done.digest else {})
    facts = {"from": start, "rows": len(lines), "created": found.created, "changed": found.changed}
    audit.record(
        tx,
        f"import {run.kind.value}",
        f"import {run.id}",
        digest=done.digest or tip.hash,
        after={**facts, **done.facts, **end},
    )


@needs(Power.LOOK)
def outcome(reading: Reading, run: Run) -> Outcome:
    """What the import did so far, its refused rows among it."""
    return notes.outcome(reading, run.id, _KINDS[run.kind].table)


@needs(Power.LOOK)
def runs(reading: Reading) -> list[Run]:
    """All imports, the newest first."""
    return [
        _run(*row)
        for row in reading.rows(
            "SELECT id, kind, name, rows_done, state, started_at, columns FROM import_run"
            " ORDER BY id DESC"
        )
    ]


@needs(Power.LOOK)
def of_file(reading: Reading, sha256: bytes) -> Run | None:
    """The newest import of this very file that was not undone, as whatever it was brought in."""
    row = reading.row(
        "SELECT id, kind, name, rows_done, state, started_at, columns FROM import_run"
        " WHERE sha256 = :sha256 AND state <> 'undone' ORDER BY id DESC LIMIT 1",
        sha256=sha256,
    )
    return _run(*row) if row else None


def power_for(kind: Intake) -> Power:
    """What one must be allowed to do in order to bring this in."""
    return _KINDS[kind].power


@needs(Power.MASTERS)
def undo_import(tx: Tx, import_id: int, why: str = "") -> None:
    """Take back all that an import did, finished or broken off.

    Refuses UNKNOWN_IMPORT, HANGS_ON_IT where a document uses what came, CHANGED_SINCE where it
    was changed later, and what cancelling an Opening refuses.
    """
    row = tx.row(
        "SELECT kind, name FROM import_run WHERE id = :id AND state <> 'undone' FOR UPDATE",
        id=import_id,
    )
    if row is None:
        raise refuse(Reason.UNKNOWN_IMPORT, **{"import": import_id})
    kind, name = Intake(row[0]), row[1]
    _need_power(tx, kind)
    done = notes.kept(tx, import_id)
    reason = why or f"import {import_id} undone"
    if kind is Intake.BILLS:
        undo.strike_documents(tx, done, reason)
    else:
        undo.undo_documents(tx, done, reason)
    undo.undo_masters(tx, done)
    tx.run("UPDATE import_run SET state = 'undone' WHERE id = :id", id=import_id)
    tx.touched["import_run"].add(import_id)
    audit.record(
        tx, f"undo import {kind.value}", f"import {import_id}", before={"name": name},
        after={"why": why},
    )  # fmt: skip


def _all_made(parts: Sequence[Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """What several portions make on the way, each thing once."""
    made: dict[str, dict[str, str]] = {}
    for table, names in (each for part in parts for each in part.items()):
        there = made.setdefault(table, {})
        for name in names:
            there.setdefault(folded(name), name)
    return {table: tuple(names.values()) for table, names in made.items()}


def _doubts(
    reading: Reading, kind: Intake, lines: Iterable[Line], plan: Any, seen: Seen
) -> list[Problem]:
    doubts = _KINDS[kind].doubts
    return doubts(reading, lines, plan, seen) if doubts else []


def _sound(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if not line.problems]


def _slips(lines: Iterable[Line]) -> list[Problem]:
    return [problem for line in lines for problem in line.problems]


def _newest(reading: Reading, kind: Intake, sha256: bytes) -> Run | None:
    row = reading.row(
        "SELECT id, name, rows_done, state, started_at FROM import_run WHERE kind = :kind"
        " AND sha256 = :sha256 AND state <> 'undone' ORDER BY id DESC LIMIT 1",
        kind=kind.value,
        sha256=sha256,
    )
    return Run(row[0], kind, *row[1:]) if row else None


def _run(
    key: int, kind: str, name: str, rows_done: int, state: str, started_at: int, columns: str
) -> Run:
    return Run(key, Intake(kind), name, rows_done, state, started_at, json.loads(columns or "{}"))


def _already(run: Run) -> Exception:
    return refuse(Reason.ALREADY_IMPORTED, name=run.name, **{"import": run.id})


def _need_power(reading: Reading, kind: Intake) -> None:
    """Stock and old bills are more than masters."""
    power = _KINDS[kind].power
    if not reading.actor.may(power):
        raise refuse(Reason.NOT_ALLOWED, power=power.value, user=reading.actor.code)
