"""Why stock changes: the reason with its ledger, and whether somebody must say yes to the value."""

from __future__ import annotations

from uuid import UUID

from dms_desktop.domain.adjustment import DIFFERENCES, Ground
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money, rupees
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services import approvals, options
from dms_desktop.store.session import Reading, Tx

_GROUNDS = (
    "SELECT code, name, ledger, keeps_credit FROM reason WHERE use = 'adjust' AND active = 1"
    " ORDER BY id"
)


@needs(Power.LOOK)
def grounds(reading: Reading) -> tuple[Ground, ...]:
    """The reasons for which stock may be adjusted, in the order of their making; without a ledger
    of its own one goes to the differences."""
    return tuple(
        Ground(code, name, ledger or DIFFERENCES, not keeps)
        for code, name, ledger, keeps in reading.rows(_GROUNDS)
    )


def ground_of(reading: Reading, code: str) -> Ground:
    """By code or name. Refuses MISSING for none, UNKNOWN_CODE."""
    if not code.strip():
        raise refuse(Reason.MISSING, field="reason")
    for ground in grounds(reading):
        if folded(code) in (folded(ground.code), folded(ground.name)):
            return ground
    raise refuse(Reason.UNKNOWN_CODE, field="reason", value=code)


def refuse_above_limit(tx: Tx, uid: UUID, amount: Money) -> None:
    """Refuses ABOVE_STOCK_LIMIT for who may not, unless somebody said yes to this one."""
    limit = rupees(options.values(tx)["stock_limit"])
    if amount <= limit or tx.actor.may(Power.APPROVE_STOCK):
        return
    if Reason.ABOVE_STOCK_LIMIT not in approvals.approved(tx, uid, amount):
        raise refuse(Reason.ABOVE_STOCK_LIMIT, amount=amount, limit=limit)


@needs(Power.MOVE_STOCK)
def approve_stock(
    tx: Tx, user: str, pin: str, pepper: bytes, *, of: UUID, ceiling: Money, why: str = ""
) -> bool:
    """Somebody with the power says yes at the keeper's own counter; see `approvals.approve`."""
    reasons = frozenset({Reason.ABOVE_STOCK_LIMIT})
    return approvals.approve(
        tx, user, pin, pepper, draft=of, reasons=reasons, ceiling=ceiling, why=why
    )
