"""Rows of price lists: what each would change, and changing it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dms_desktop.domain.incoming import Difference, Line, Outcome
from dms_desktop.domain.refusals import Problem
from dms_desktop.domain.registers import PriceRecord
from dms_desktop.services.changes import Change, Watch
from dms_desktop.services.importing.notes import MADE_ON_THE_WAY, Done, of_changes
from dms_desktop.services.registers import prices
from dms_desktop.services.registers.prices import Known
from dms_desktop.services.registers.register import told_change
from dms_desktop.store.session import Reading, Tx


@dataclass(slots=True)
class Plan:
    """The prices that are new or another than before, each with its row."""

    known: Known
    wanted: list[tuple[int, PriceRecord]] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)


def plan_prices(reading: Reading, lines: Iterable[Line]) -> Plan:
    wanted = list(lines)
    known = prices.known(reading, (line.given["item"] for line in wanted))
    plan = Plan(known)
    refused: list[Problem] = []
    for line in wanted:
        record, problems = prices.over(known, line.given, line.row)
        refused += problems
        if not problems and not _as_before(known, record):
            plan.wanted.append((line.row, record))
    clashing = prices.overlap(known, plan.wanted)
    bad = {problem.row for problem in clashing}
    plan.wanted = [each for each in plan.wanted if each[0] not in bad]
    differences = [
        Difference(row, prices.code_of(record), _changed(known, record))
        for row, record in plan.wanted
        if known.key(record) in known.there
    ]  # fmt: skip
    new = len(plan.wanted) - len(differences)
    plan.outcome = Outcome(new, len(differences), tuple(refused + clashing), tuple(differences))
    return plan


def write_prices(tx: Tx, plan: Plan) -> Done:
    records = [record for _, record in plan.wanted]
    watch = Watch(tx)
    there = plan.known.there
    old = [there[key].id for record in records if (key := plan.known.key(record)) in there]
    watch.about_to_change("list_price", old)
    prices.put(tx, plan.known, records)
    fresh = prices.known(tx, [record.item for record in records]).there
    rows = {fresh[plan.known.key(record)].id: row for row, record in plan.wanted}
    watch.made("list_price", rows)

    def row_of(change: Change) -> int:
        return rows.get(change.key, MADE_ON_THE_WAY)

    facts = {"created": len(records) - len(old), "changed": len(old)}
    return Done(tuple(of_changes(watch.changes(), row_of)), facts)


def _as_before(known: Known, record: PriceRecord) -> bool:
    old = known.there.get(known.key(record))
    return old is not None and old.record == record


def _changed(known: Known, new: PriceRecord) -> dict[str, tuple[object, object]]:
    before, after = told_change(known.there[known.key(new)].record, new)
    return {name: (before[name], after[name]) for name in before}
