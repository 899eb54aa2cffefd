"""Where on the screen each reason for a refusal can be mended, and which of them may be allowed."""

from __future__ import annotations

from collections.abc import Iterable

from dms_desktop.domain.powers import Actor
from dms_desktop.domain.refusals import Problem, Reason

PARTY = {Reason.UNKNOWN_PARTY, Reason.OVERSEAS}
DAY = {
    Reason.PERIOD_LOCKED, Reason.GST_FILED, Reason.YEAR_LOCKED, Reason.FUTURE_DAY,
    Reason.BEFORE_LAST_NUMBER, Reason.NO_SERIES, Reason.SHORT_LATER,
}  # fmt: skip
DETAILS = {Reason.BUYER_DETAILS_NEEDED, Reason.BAD_GSTIN, Reason.GSTIN_OTHER_STATE}
PAID = {Reason.PAYMENTS_DIFFER, Reason.CASH_LIMIT}
REASON = {Reason.MISSING}  # why goods travel without a bill
ANOTHER = {Reason.ANOTHER_MRP}
SHORT = {Reason.ANOTHER_MRP, Reason.SHORT_STOCK}


def overridable(problems: Iterable[Problem]) -> frozenset[Reason]:
    """Those of the reasons that somebody with the power may allow."""
    from dms_desktop.services.approvals import OVERRIDES  # no start waits for it

    found: set[Reason] = set()
    for problem in problems:
        if problem.reason in OVERRIDES:
            found.add(problem.reason)
        elif problem.reason is Reason.NOT_ALLOWED:  # an approval was for less than this
            power = problem.facts.get("power")
            found |= {reason for reason, needed in OVERRIDES.items() if needed.value == power}
    return frozenset(found)


def allowable(actor: Actor, reasons: frozenset[Reason]) -> frozenset[Reason]:
    """Those of them that this user has the power to allow himself."""
    from dms_desktop.services.approvals import OVERRIDES

    return frozenset(reason for reason in reasons if actor.may(OVERRIDES[reason]))
