"""What the counter reads to stand beside the bill: loaded by the thread that reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dms_desktop.domain.billing import Priced
from dms_desktop.domain.credit import Verdict
from dms_desktop.domain.draft import Draft
from dms_desktop.domain.facts import Facts
from dms_desktop.domain.powers import Power, needs
from dms_desktop.store.session import Reading

if TYPE_CHECKING:
    from dms_desktop.services.panel import LastRate, NearExpiry, PartyPanel


@dataclass(frozen=True, slots=True)
class ItemSeen:
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
