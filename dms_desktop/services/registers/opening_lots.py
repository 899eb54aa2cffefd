"""A lot that lay in the godown before the first day, typed as a row of the lots import says it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dms_desktop.domain.incoming import Line
from dms_desktop.domain.masters import folded
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.domain.registers import joined
from dms_desktop.services import audit, principals
from dms_desktop.services.importing.lots import plan_lots
from dms_desktop.services.lots import put_lots
from dms_desktop.services.registers.register import Given, Shown, subject, told
from dms_desktop.store.session import Tx

FIELDS = frozenset(
    {"item", "batch", "mrp", "expiry", "packed", "ptr", "pts", "cost", "qty", "godown"}
)
_NEEDED = ("item", "qty")


@needs(Power.OPENING)
def add_lot(tx: Tx, given: Given) -> Shown[Any]:
    """Find or make the lot and post what lies in it as an Opening.

    Refuses what a row of the lots import is refused for, and UNKNOWN_CODE for a godown that is not
    there: a slip of the finger opens no godown.
    """
    from dms_desktop.services.registers.lots import LOTS

    said = {name: value for name, value in given.items() if value not in ("", None)}
    _refuse(
        [Problem(Reason.BAD_ENTRY, None, {"field": name}) for name in said if name not in FIELDS]
    )
    _refuse([Problem(Reason.MISSING, None, {"field": n}) for n in _NEEDED if n not in said])
    plan = plan_lots(tx, [Line(1, said)])
    problems = [replace(each, row=None) for each in plan.outcome.refused]
    godown = str(said.get("godown", ""))
    if godown and folded(godown) not in principals.known(tx, "place"):
        problems.append(Problem(Reason.UNKNOWN_CODE, None, {"field": "godown", "value": godown}))
    _refuse(problems)
    ((_, record, (_, batch, mrp, expiry)),) = plan.rows
    done = put_lots(tx, [record])
    shown: Shown[Any] = LOTS.show(tx, joined(record.item, batch, _rupees(mrp), expiry))
    code = LOTS.code(shown.record)
    opened = {"qty": record.qty, "documents": [posted.number for posted in done.posted]}
    audit.record(tx, "add lot", subject("lot", code), after={**told(shown.record), **opened})
    tx.touched["lot"].add(shown.id)
    return shown


def _rupees(paise: int) -> str:
    return f"{paise // 100}.{paise % 100:02d}"


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Refused(*problems)
