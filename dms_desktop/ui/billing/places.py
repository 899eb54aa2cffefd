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
ANOTHER = {Reason.ANOTHER_MRP}
SHORT = {Reason.ANOTHER_MRP, Reason.SHORT_STOCK}


def allowable(actor: Actor, problems: Iterable[Problem]) -> frozenset[Reason]:
    """Those of the reasons that this user has the power to allow."""
    from dms_desktop.services.approvals import OVERRIDES  # no start waits for it

    reasons = {problem.reason for problem in problems} & OVERRIDES.keys()
    return frozenset(reason for reason in reasons if actor.may(OVERRIDES[reason]))
