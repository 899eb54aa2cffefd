"""The trial balance that the old program closed with: told row by row, posted where it is due."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from dms_desktop.domain.incoming import Difference, Line, Outcome
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import ZERO, Money
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.services import opening
from dms_desktop.services.importing.notes import MADE_ON_THE_WAY, Done, Note
from dms_desktop.services.registers.coded import by_name
from dms_desktop.store.session import Reading, Tx


@dataclass(slots=True)
class Plan:
    """Each row's account with its balance, debit positive, and what the books have of it."""

    keys: dict[str, int] = field(default_factory=dict)
    told: list[tuple[int, str, Money]] = field(default_factory=list)
    posted: dict[str, Money] = field(default_factory=dict)
    outcome: Outcome = field(default_factory=Outcome)

    def moves(self, code: str, amount: Money) -> bool:
        return code not in opening.CONTROLS and amount != self.posted.get(code, ZERO)


def plan_balances(reading: Reading, lines: Iterable[Line]) -> Plan:
    """Refuses rows of unknown accounts and of the opening account, which is the difference."""
    rows = reading.rows("SELECT id, code, name FROM account WHERE active = 1 ORDER BY id")
    known, codes = by_name(rows), {key: code for key, code, _ in rows}
    plan = Plan({code: key for key, code in codes.items()}, posted=opening.posted(reading))
    refused: list[Problem] = []
    for line in lines:
        name = line.given["account"]
        code = codes.get(known.get(folded(name), 0), "")
        if not code or code == opening.REST:
            reason = Reason.BAD_ENTRY if code else Reason.UNKNOWN_CODE
            refused.append(Problem(reason, line.row, {"field": "account", "value": name}))
            continue
        if any(code == other for _, other, _ in plan.told):
            facts: dict[str, object] = {"field": "row", "value": name}
            refused.append(Problem(Reason.DUPLICATE, line.row, facts))
            continue
        amount = line.given.get("debit", ZERO) - line.given.get("credit", ZERO)
        plan.told.append((line.row, code, amount))
    moved = [each for each in plan.told if plan.moves(*each[1:])]
    differences = tuple(
        Difference(row, code, {"balance": (plan.posted[code], amount)})
        for row, code, amount in moved
        if code in plan.posted
    )
    new = len(moved) - len(differences)
    plan.outcome = Outcome(new, len(differences), tuple(refused), differences)
    return plan


def write_balances(tx: Tx, plan: Plan) -> Done:
    """A note of what each row told, one of each balance that moved, and one for the document."""
    posted = opening.post_balances(tx, [(code, amount) for _, code, amount in plan.told])
    notes = [
        Note(row, f"{opening.TOLD} {plan.keys[code]}", "{}", json.dumps({"paise": amount.paise}))
        for row, code, amount in plan.told
    ]
    notes += [
        Note(
            row,
            f"balance {plan.keys[code]}",
            json.dumps({"paise": plan.posted[code].paise}) if code in plan.posted else "",
            json.dumps({"paise": amount.paise}),
        )
        for row, code, amount in plan.told
        if plan.moves(code, amount)
    ]
    numbers: list[str] = []
    if posted:
        notes.append(Note(MADE_ON_THE_WAY, f"document {posted.id.hex}", "", "{}"))
        numbers.append(posted.number)
    return Done(tuple(notes), {"documents": numbers})
