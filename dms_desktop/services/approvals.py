"""The owner's yes at the clerk's counter: by PIN, for one draft, some reasons, up to an amount."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services import audit, people
from dms_desktop.store.session import Reading, Tx

# What pricing, posting and credit refuse and somebody with the power may allow.
OVERRIDES: Mapping[Reason, Power] = {
    Reason.ABOVE_MRP: Power.ABOVE_MRP,
    Reason.BELOW_COST: Power.BELOW_COST,
    Reason.LICENCE_EXPIRED: Power.LICENCE_OVERRIDE,
    Reason.LICENCE_MISSING: Power.LICENCE_OVERRIDE,
    Reason.FREE_NOT_ALLOWED: Power.FREE_GOODS,
    Reason.CREDIT_LIMIT: Power.CREDIT_OVERRIDE,
    Reason.CREDIT_OVERDUE: Power.CREDIT_OVERRIDE,
    Reason.CREDIT_STOPPED: Power.CREDIT_OVERRIDE,
    Reason.ABOVE_STOCK_LIMIT: Power.APPROVE_STOCK,
}


@needs(Power.BILL)
def approve(
    tx: Tx,
    user: str,
    pin: str,
    pepper: bytes,
    *,
    draft: UUID,
    reasons: frozenset[Reason],
    ceiling: Money,
    why: str = "",
) -> bool:
    """Let one draft be posted by this counter's own clerk although these reasons stand against it.

    It holds for a total up to `ceiling`, and, since a draft is posted once, only once. False for a
    wrong PIN, which is counted. Refuses LOCKED_OUT, NOT_ALLOWED where he has not the powers
    himself, and BAD_ENTRY for a reason that nobody can allow.
    """
    for reason in sorted(reasons - OVERRIDES.keys()):
        raise refuse(Reason.BAD_ENTRY, field="reason", value=reason.value)
    clerk = tx.actor
    who = people.log_in(tx, user, pin, pepper, clerk.counter)
    if who is None:
        tx.actor = clerk
        return False
    for reason in sorted(reasons):
        if not who.may(OVERRIDES[reason]):
            raise refuse(Reason.NOT_ALLOWED, power=OVERRIDES[reason].value, user=user)
    words = " ".join(sorted(reasons))
    tx.insert(
        "approval",
        ("draft_uid", "reasons", "ceiling", "user_id", "clerk_id", "counter", "at", "why"),
        [
            (
                draft.bytes, words, ceiling.paise, who.user_id, clerk.user_id, clerk.counter,
                tx.micros, why,
            )
        ],
    )  # fmt: skip
    tx.actor = who
    said = {"reasons": words, "ceiling": ceiling.paise, "clerk": clerk.code, "why": why}
    audit.record(tx, "approve", draft.hex, after=said)
    tx.actor = clerk
    return True


def approved(reading: Reading, draft: UUID, amount: Money) -> frozenset[Reason]:
    """What somebody allowed this draft at this total."""
    rows = reading.rows(
        "SELECT reasons FROM approval WHERE draft_uid = :draft AND ceiling >= :amount",
        draft=draft.bytes,
        amount=amount.paise,
    )
    return frozenset(Reason(word) for (words,) in rows for word in words.split())
