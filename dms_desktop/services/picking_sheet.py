"""The pick list on paper: rows in rack order, for whoever fetches without a screen."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from dms_desktop.domain.calendar import business_day
from dms_desktop.domain.godown_papers import Goods, Heading, PickSheet
from dms_desktop.domain.godown_papers import PickRow as SheetRow
from dms_desktop.domain.money import ZERO
from dms_desktop.domain.picking import ListState, PickRow, PickState
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import documents, picking_rows
from dms_desktop.services.printed import UNPRINTED_DAYS, Headline
from dms_desktop.store.session import Reading

_ITEMS = "SELECT id, hsn, unit, grams FROM item WHERE id IN :items"
_PACKED = "SELECT id, packed FROM lot WHERE id IN :lots"


@needs(Power.LOOK)
def sheet(reading: Reading, uid: UUID, printed: int = 0) -> PickSheet:
    """As far as it is picked by now. Refuses UNKNOWN_LIST."""
    found = picking_rows.shown(reading, uid)
    head = found.head
    items = {row[0]: row[1:] for row in reading.rows(_ITEMS, items=_of(found.rows, "item_id"))}
    packed: dict[int, str] = dict(reading.rows(_PACKED, lots=_of(found.rows, "lot_id")))
    rows = tuple(_row(row, items[row.item_id], packed.get(row.lot_id, "")) for row in found.rows)
    heading = Heading(
        documents.company(reading), head.number, head.day, head.at, head.by, head.godown,
        cancelled=head.state is ListState.DROPPED, printed=printed,
    )  # fmt: skip
    pickers = tuple(dict.fromkeys(row.by for row in found.rows if row.by))
    bills = tuple(source.number for source in found.sources)
    return PickSheet(heading, rows, head.route, head.vehicle, pickers, bills)


@needs(Power.LOOK)
def headlines(reading: Reading, day: date | None, limit: int) -> list[Headline]:
    """Open lists of a day, or of late, the oldest first."""
    first = day or business_day(reading.now) - timedelta(days=UNPRINTED_DAYS)
    found = picking_rows.lists(reading, state=ListState.OPEN, limit=limit)
    return [
        Headline(head.id, head.number, head.day, head.route, ZERO, cancelled=False)
        for head in reversed(found)
        if head.day == day or (day is None and head.day >= first)
    ]


def _row(row: PickRow, item: tuple[str, str, int], packed: str) -> SheetRow:
    hsn, unit, grams = item
    goods = Goods(
        row.code, row.name, row.qty, row.case, row.batch,
        date.fromisoformat(packed) if packed else None, row.expiry, row.mrp, hsn, unit,
        grams * row.qty,
    )  # fmt: skip
    untouched = row.state is PickState.OPEN and not row.picked
    return SheetRow(goods, row.rack, row.papers, None if untouched else row.picked, row.reason)


def _of(rows: tuple[PickRow, ...], name: str) -> list[int]:
    return sorted({getattr(row, name) for row in rows})
