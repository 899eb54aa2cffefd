"""Open bills of parties when the books begin: each becomes an Opening that waits to be settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dms_desktop.domain.incoming import Line, Outcome
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.services import opening
from dms_desktop.services.importing.notes import Done, Note
from dms_desktop.services.opening import Due
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading, Tx

_PARTIES = "SELECT id, code_key, name, credit_days, customer FROM party ORDER BY id"
_THERE = (
    "SELECT document.party_id, external_ref, paise FROM document"
    " JOIN open_item ON document_id = document.id WHERE kind = 'opening' AND external_ref <> ''"
    " AND document.party_id IN :parties AND NOT EXISTS (SELECT 1 FROM document_event"
    " WHERE document_event.document_id = document.id AND event = 'cancelled')"
)
_ACCOUNTS = ("debtors", "creditors")


@dataclass(frozen=True, slots=True)
class Whose:
    id: int
    credit_days: int
    customer: bool


@dataclass(slots=True)
class Plan:
    dues: list[tuple[int, Due]] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)


def plan_dues(reading: Reading, lines: Iterable[Line]) -> Plan:
    """A due that is there already is left alone; one that says another amount is refused."""
    wanted = list(lines)
    parties = _parties(reading)
    named = {folded(line.given["party"]) for line in wanted} & parties.keys()
    there = {
        (party, folded(number)): paise
        for party, number, paise in reading.rows(
            _THERE, parties=sorted({parties[name].id for name in named})
        )
    }
    plan = Plan()
    refused: list[Problem] = []
    for line in wanted:
        found = _due(line, parties, today(reading))
        if isinstance(found, Problem):
            refused.append(found)
            continue
        before = there.get((found.party_id, folded(found.number)))
        if before is None:
            plan.dues.append((line.row, found))
        elif before != found.signed.paise:
            facts = {"field": "due", "value": found.number}
            refused.append(Problem(Reason.DUPLICATE, line.row, facts))
    plan.outcome = Outcome(len(plan.dues), refused=tuple(refused))
    return plan


def write_dues(tx: Tx, plan: Plan) -> Done:
    """A note for each document, so that the import can be undone."""
    posted = opening.post_dues(tx, [due for _, due in plan.dues])
    notes = tuple(
        Note(row, f"document {paper.id.hex}", "", "{}")
        for (row, _), paper in zip(plan.dues, posted, strict=True)
    )
    return Done(notes, {"documents": [paper.number for paper in posted[:1] + posted[-1:]]})


def _parties(reading: Reading) -> Mapping[str, Whose]:
    """By folded code, and by folded name where only one party bears it."""
    by_code: dict[str, Whose] = {}
    by_name: defaultdict[str, list[Whose]] = defaultdict(list)
    for key, code, name, days, customer in reading.rows(_PARTIES):
        by_code[code] = Whose(key, days, bool(customer))
        by_name[folded(name)].append(by_code[code])
    return {name: one[0] for name, one in by_name.items() if len(one) == 1} | by_code


def _due(line: Line, parties: Mapping[str, Whose], now: date) -> Due | Problem:
    given: Mapping[str, Any] = line.given
    whose = parties.get(folded(given["party"]))
    if whose is None:
        return Problem(Reason.UNKNOWN_PARTY, line.row, {"code": given["party"]})
    account = folded(given.get("account", "")) or _ACCOUNTS[not whose.customer]
    if account not in _ACCOUNTS:
        facts: dict[str, object] = {"field": "account", "value": given["account"]}
        return Problem(Reason.BAD_ENTRY, line.row, facts)
    amount: Money = given["amount"]
    if not amount:
        return Problem(Reason.BAD_FIGURE, line.row, {"field": "amount", "value": amount})
    day: date = given["day"]
    if day > now:
        return Problem(Reason.FUTURE_DAY, line.row, {"day": day, "today": now})
    due = given.get("due") or day + timedelta(days=whose.credit_days)
    return Due(whose.id, given["number"], day, due, amount, account)
