"""What the counter reads to stand beside the bill, and asks the owner: loaded by the thread that
runs it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from dms_desktop.domain.billing import Priced
from dms_desktop.domain.draft import Draft
from dms_desktop.domain.facts import Facts
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason
from dms_desktop.domain.verdict import Verdict
from dms_desktop.store.drivers import Sqlite
from dms_desktop.store.session import Reading, Tx

if TYPE_CHECKING:
    from dms_desktop.services.panel import LastRate, NearExpiry, PartyPanel
    from dms_desktop.services.people import Standing


class ItemSeen(NamedTuple):
    """What this party paid for an item last, and the lots of it that near their end."""

    item_id: int
    last: LastRate | None = None
    near: tuple[NearExpiry, ...] = ()


@needs(Power.LOOK)
def party_seen(reading: Reading, party_id: int) -> PartyPanel:
    from dms_desktop.services import panel

    return panel.party_panel(reading, party_id)


@needs(Power.LOOK)
def verdict(reading: Reading, draft: Draft, facts: Facts, priced: Priced) -> Verdict:
    from dms_desktop.services import credit

    return credit.verdict(reading, draft, facts, priced)


@needs(Power.LOOK)
def item_seen(reading: Reading, item_id: int, party_id: int, place_id: int, day: date) -> ItemSeen:
    from dms_desktop.services import panel

    last = panel.last_rates(reading, party_id, [item_id]) if party_id else {}
    near = panel.near_expiry(reading, item_id, place_id, day)
    return ItemSeen(item_id, last.get(item_id), tuple(near))


@needs(Power.BILL)
def pepper(reading: Reading) -> bytes:
    """Read before a write begins: a keyring may let one wait."""
    from dms_desktop.store.pepper import pepper_of

    driver = reading.driver
    return pepper_of(driver.path if isinstance(driver, Sqlite) else getattr(driver, "url", ""))


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
) -> Standing | None:
    """None, or how many tries a wrong PIN has left."""
    from dms_desktop.services import approvals, people

    yes = approvals.approve(tx, user, pin, pepper, draft=draft, reasons=reasons, ceiling=ceiling)
    return None if yes else people.standing(tx, user)
