"""The services that the counter calls once it is in use: each is loaded by the thread that runs it,
so that no start waits for what only a finished bill needs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from dms_desktop.domain.draft import Draft
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.store.session import Reading, Tx

if TYPE_CHECKING:
    from dms_desktop.domain.company import Issued
    from dms_desktop.services.billing import Saved
    from dms_desktop.services.party_card import PartyCard


@needs(Power.BILL)
def kept(reading: Reading) -> tuple[Draft, ...]:
    from dms_desktop.services import drafts

    return drafts.kept(reading)


@needs(Power.BILL)
def keep(tx: Tx, draft: Draft) -> None:
    from dms_desktop.services import drafts

    drafts.keep(tx, draft)


@needs(Power.BILL)
def forget(tx: Tx, uid: UUID) -> None:
    from dms_desktop.services import drafts

    drafts.forget(tx, uid)


@needs(Power.BILL)
def post(tx: Tx, draft: Draft, *, seen: Money) -> Saved:
    from dms_desktop.services import drafts

    return drafts.post(tx, draft, seen=seen)


@needs(Power.LOOK)
def issued(reading: Reading, uid: UUID) -> Issued:
    from dms_desktop.services import documents

    return documents.issued(reading, uid)


@needs(Power.LOOK)
def mark_printed(tx: Tx, uid: UUID, where: str) -> None:
    from dms_desktop.services import printed

    printed.mark(tx, uid, where)


@needs(Power.LOOK)
def party_card(reading: Reading, party_id: int) -> PartyCard:
    from dms_desktop.services import party_card

    return party_card.party_card(reading, party_id)
