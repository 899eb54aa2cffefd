"""What the counter shows of a party beside the bill: what it owes, since when, and its terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dms_desktop.domain.money import ZERO, Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.store.session import Reading


@dataclass(frozen=True, slots=True)
class PartyCard:
    """`limit` None: none was set. `due_since`: the earliest due day among its unpaid bills."""

    balance: Money = ZERO
    limit: Money | None = None
    credit_days: int = 0
    unpaid: int = 0
    due_since: date | None = None
    beat: str = ""
    salesman: str = ""
    phone: str = ""


@needs(Power.LOOK)
def party_card(reading: Reading, party_id: int) -> PartyCard:
    """An empty card for a party that is not there."""
    row = reading.row(
        "SELECT coalesce(paise, 0), credit_limit, credit_days, coalesce(beat.name, ''),"
        " coalesce(salesman.name, ''), party.phone FROM party"
        " LEFT JOIN party_balance ON party_balance.party_id = party.id"
        " LEFT JOIN beat ON beat.id = beat_id"
        " LEFT JOIN salesman ON salesman.id = salesman_id WHERE party.id = :id",
        id=party_id,
    )
    if row is None:
        return PartyCard()
    balance, limit, days, beat, salesman, phone = row
    unpaid = reading.row(
        "SELECT count(*), min(due_day) FROM open_item WHERE party_id = :id AND open_paise > 0",
        id=party_id,
    )
    count, since = unpaid or (0, None)
    return PartyCard(
        Money(int(balance)),
        None if limit is None else Money(int(limit)),
        days,
        count,
        date.fromisoformat(since) if since else None,
        beat,
        salesman,
        phone,
    )
