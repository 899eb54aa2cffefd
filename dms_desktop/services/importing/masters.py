"""Rows of items and of parties: what each would change, and changing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Generic, TypeVar

from dms_desktop.domain.incoming import Difference, Line, Outcome
from dms_desktop.domain.masters import ItemRecord, PartyRecord, folded
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.services import items, parties, principals
from dms_desktop.services.changes import Change, Put
from dms_desktop.services.importing.notes import MADE_ON_THE_WAY, Done, of_changes
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading, Tx

Record = TypeVar("Record", ItemRecord, PartyRecord)


@dataclass(slots=True)
class Plan(Generic[Record]):
    """New records by folded code, changed ones by key, what those were, and each code's row."""

    new: dict[str, Record] = field(default_factory=dict)
    changed: dict[int, Record] = field(default_factory=dict)
    before: dict[int, Record] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    also: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        return Outcome(
            len(self.new),
            len(self.changed),
            tuple(self.refused),
            tuple(self.differences),
            {table: names for table, names in self.also.items() if names},
        )


def plan_items(reading: Reading, lines: Iterable[Line]) -> Plan[ItemRecord]:
    wanted = list(lines)
    found = items.kept(reading, (line.given["code"] for line in wanted))
    plan: Plan[ItemRecord] = Plan()
    _fill(plan, wanted, found, items.over, items.faults)
    made = [*plan.new.values(), *plan.changed.values()]
    classes = principals.tax_classes(reading, today(reading))
    rates = {(record.gst_rate, record.cess_rate) for record in made if not record.tax_class}
    fresh = sorted(each for each in rates if principals.class_for(classes, each) is None)
    plan.also = {
        "principal": _unknown(reading, "principal", (record.principal for record in made)),
        "tax_class": tuple(principals.class_name(*each) for each in fresh),
    }
    return plan


def plan_parties(reading: Reading, lines: Iterable[Line]) -> Plan[PartyRecord]:
    wanted = list(lines)
    found = parties.kept(reading, (line.given["code"] for line in wanted))
    home = parties.home_state(reading)
    plan: Plan[PartyRecord] = Plan()
    prices = parties.price_lists(reading)
    unlisted = [each for each in wanted if folded(each.given.get("price_list", "")) not in prices]
    for line in unlisted:
        facts = {"field": "price-list", "value": line.given["price_list"]}
        plan.refused.append(Problem(Reason.UNKNOWN_CODE, line.row, facts))
    left_out = {line.row for line in unlisted}
    wanted = [line for line in wanted if line.row not in left_out]
    _fill(plan, wanted, found, lambda given, old: parties.over(given, old, home), parties.faults)
    made = [*plan.new.values(), *plan.changed.values()]
    plan.also = {
        "beat": _unknown(reading, "beat", (record.beat for record in made)),
        "salesman": _unknown(reading, "salesman", (record.salesman for record in made)),
    }
    return plan


def write_items(tx: Tx, plan: Plan[ItemRecord]) -> Done:
    put = items.write(tx, plan.new, plan.changed, plan.before)
    return _done(put, plan.rows, "item")


def write_parties(tx: Tx, plan: Plan[PartyRecord]) -> Done:
    put = parties.write(tx, plan.new, plan.changed, plan.before)
    return _done(put, plan.rows, "party")


def _fill(
    plan: Plan[Record],
    lines: list[Line],
    found: Mapping[str, tuple[int, int, Record]],
    over: Callable[[Mapping[str, object], Record | None], Record],
    faults: Callable[[Record, int | None], list[Problem]],
) -> None:
    for line in lines:
        code = folded(line.given["code"])
        there = found.get(code)
        old = there[2] if there else None
        record = over(line.given, old)
        if problems := faults(record, line.row):
            plan.refused += problems
        elif there is None or old is None:
            plan.new[code] = record
            plan.rows[code] = line.row
        elif record != old:
            plan.changed[there[0]] = record
            plan.before[there[0]] = old
            plan.rows[code] = line.row
            plan.differences.append(Difference(line.row, old.code, differing(old, record)))


def differing(old: Record, new: Record) -> dict[str, tuple[object, object]]:
    """Field -> was, is."""
    return {
        each.name: (getattr(old, each.name), getattr(new, each.name))
        for each in fields(old)
        if getattr(old, each.name) != getattr(new, each.name)
    }


def _unknown(reading: Reading, table: str, names: Iterable[str]) -> tuple[str, ...]:
    there = principals.known(reading, table)
    missing = {folded(name): name for name in names if name and folded(name) not in there}
    return tuple(missing[key] for key in sorted(missing))


def _done(put: Put, rows: Mapping[str, int], table: str) -> Done:
    """What hangs on an item or party shares its row; what was made on the way has none."""
    row_of_key = {
        change.key: rows[change.after["code_key"]]
        for change in put.changes
        if change.table == table and change.after
    }

    def row_of(change: Change) -> int:
        image = change.after or change.before or {}
        key = change.key if change.table == table else image.get(f"{table}_id")
        return row_of_key.get(key, MADE_ON_THE_WAY) if key is not None else MADE_ON_THE_WAY

    notes = of_changes(put.changes, row_of)
    return Done(tuple(notes), {"created": put.created, "changed": put.changed})
