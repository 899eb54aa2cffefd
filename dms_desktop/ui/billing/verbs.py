"""The services that the counter calls once it is in use: each is loaded by the thread that runs it,
so that no start waits for what only a finished bill needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from dms_desktop.domain.draft import Aside, Draft
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.store.session import Reading, Tx

if TYPE_CHECKING:
    from dms_desktop.domain.company import Issued
    from dms_desktop.domain.godown_papers import GodownPaper
    from dms_desktop.domain.printers import PaperKind, Route
    from dms_desktop.services.billing import Saved
    from dms_desktop.services.party_card import PartyCard
    from dms_desktop.services.printed import Headline

    Waiting = tuple[PaperKind, Headline]


@needs(Power.BILL)
def kept(reading: Reading) -> list[tuple[Draft, Aside | None]]:
    """Each with what is said of it where it was put aside."""
    from dms_desktop.services import drafts

    aside = drafts.put_aside(reading)
    return [(draft, aside.get(draft.id)) for draft in drafts.kept(reading)]


@needs(Power.BILL)
def keep(tx: Tx, draft: Draft, aside: Aside | None) -> None:
    from dms_desktop.services import drafts

    drafts.keep(tx, draft, aside)


@needs(Power.BILL)
def forget(tx: Tx, uid: UUID) -> None:
    from dms_desktop.services import drafts

    drafts.forget(tx, uid)


@needs(Power.BILL)
def post(tx: Tx, draft: Draft, *, seen: Money) -> Saved:
    from dms_desktop.services import drafts

    return drafts.post(tx, draft, seen=seen)


@needs(Power.LOOK)
def to_print(
    reading: Reading, uid: UUID, kind: PaperKind | None = None
) -> tuple[Issued | GodownPaper, Route | None]:
    """What the paper shows, and where it is to be printed."""
    from dms_desktop.services import papers

    return papers.to_print(reading, uid, kind)


@needs(Power.LOOK)
def unprinted(reading: Reading) -> list[Waiting]:
    """What this counter saved and never printed, of every kind of paper that it prints; bills also
    where no printer is set."""
    return _unprinted(reading, lambda kind, route: bool(route) or kind.value == Kind.BILL)


@needs(Power.LOOK)
def left(reading: Reading) -> list[Waiting]:
    """Those of them that were to be printed when they were saved."""
    return _unprinted(reading, lambda _, route: route is not None and route.on_save)


def _unprinted(
    reading: Reading, wanted: Callable[[PaperKind, Route | None], bool]
) -> list[Waiting]:
    from dms_desktop.domain.printers import PAPERS
    from dms_desktop.services import papers, printers

    kinds = [kind for kind in PAPERS if wanted(kind, printers.route(reading, kind))]
    return [(kind, each) for kind in kinds for each in papers.unprinted(reading, kind)]


@needs(Power.LOOK)
def mark_printed(tx: Tx, uid: UUID, where: str, kind: PaperKind | None = None) -> None:
    from dms_desktop.services import papers

    papers.mark(tx, uid, where, kind)


@needs(Power.LOOK)
def party_card(reading: Reading, party_id: int) -> PartyCard:
    from dms_desktop.services import party_card

    return party_card.party_card(reading, party_id)
