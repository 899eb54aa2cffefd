"""What a file of parties says that is taken and likely a slip: no State, or another one's phone."""

from __future__ import annotations

from collections.abc import Iterable

from dms_desktop.domain.incoming import Line
from dms_desktop.domain.masters import PartyRecord, figures_of, folded
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.states import state
from dms_desktop.services import parties
from dms_desktop.services.importing.masters import Plan
from dms_desktop.services.registers.twins import FIGURES
from dms_desktop.store.session import Reading

Seen = dict[str, tuple[str, str]]  # last figures of a phone -> folded code, code
_BEFORE = ("", "0", "91", "091")  # how a number with the country's or the trunk's is written
_PHONES = (
    "SELECT code_key, code, phone FROM party WHERE"
    " replace(replace(replace(phone, ' ', ''), '-', ''), '+', '') IN :phones ORDER BY code_key"
)


def doubts_of_parties(
    reading: Reading, lines: Iterable[Line], plan: Plan[PartyRecord], seen: Seen
) -> list[Problem]:
    """Told and taken all the same. `seen` goes on from one portion of a file to the next."""
    refused = {problem.row for problem in plan.refused}
    taken = [line for line in lines if line.row not in refused]
    return [*_stateless(reading, taken, plan), *_phones(reading, taken, seen)]


def _stateless(
    reading: Reading, lines: Iterable[Line], plan: Plan[PartyRecord]
) -> Iterable[Problem]:
    """New parties alone: one that is there keeps the State that it has."""
    rows = [
        line.row
        for line in lines
        if plan.rows.get(code := folded(line.given["code"])) == line.row and code in plan.new
        and not line.given.get("state") and not line.given.get("gstin")
    ]  # fmt: skip
    if rows:
        home = state(parties.home_state(reading)).name
        yield Problem(Reason.STATE_TAKEN, rows[0], {"state": home, "lines": len(rows)})


def _phones(reading: Reading, lines: Iterable[Line], seen: Seen) -> Iterable[Problem]:
    said = [(line, tail) for line in lines if (tail := _tail(str(line.given.get("phone", ""))))]
    asked = sorted({before + tail for _, tail in said for before in _BEFORE})
    there: dict[str, list[tuple[str, str]]] = {}
    for key, code, phone in reading.rows(_PHONES, phones=asked) if asked else ():
        there.setdefault(_tail(phone), []).append((key, code))
    for line, tail in said:
        code = line.given["code"]
        first = (folded(code), code)
        others = (seen.get(tail, first), *there.get(tail, ()))
        twin = next((each for each in others if each[0] != first[0]), None)
        if twin:
            facts = {"value": line.given["phone"], "party": twin[1]}
            yield Problem(Reason.PHONE_TWICE, line.row, facts)
        seen.setdefault(tail, first)


def _tail(phone: str) -> str:
    """What of a number is the same however it is written; nothing of one that is too short."""
    figures = figures_of(phone)
    return figures[-FIGURES:] if len(figures) >= FIGURES else ""
