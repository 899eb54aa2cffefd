"""What the tables of the picking screen show."""

from __future__ import annotations

from collections.abc import Sequence

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.picking import ListState, PickListHead, PickRow, PickState
from dms_desktop.language.catalogue import N_, _, joined
from dms_desktop.language.figures import amount, day_text, grouped
from dms_desktop.services.picking import Unpicked
from dms_desktop.ui.kit.table import Column

LIST_STATES = {
    ListState.OPEN: N_("To pick"),
    ListState.DONE: N_("Done"),
    ListState.DROPPED: N_("Let go"),
}
ROW_STATES = {
    PickState.OPEN: N_("To pick"),
    PickState.PICKED: N_("Picked"),
    PickState.SHORT: N_("Short"),
    PickState.SWAPPED: N_("Other batch"),
}
KINDS = {Kind.BILL: N_("Bills"), Kind.ORDER: N_("Orders")}


def pieces_text(qty: int, case: int) -> str:
    """`2 cs + 5 pc`, so that nobody divides in his head."""
    cases, loose = divmod(qty, case) if case else (0, qty)
    parts = [_("{count} cs").format(count=grouped(cases))] if cases else []
    if loose or not cases:
        parts.append(_("{count} pc").format(count=grouped(loose)))
    return joined(" + ", parts)


def state_text(head: PickListHead) -> str:
    return _("Packed") if head.packed else _(LIST_STATES[head.state])


def _far(head: PickListHead) -> str:
    return f"{grouped(head.picked)} / {grouped(head.pieces)}"


def _state(row: PickRow) -> str:
    return (
        joined(": ", (_(ROW_STATES[row.state]), row.reason))
        if row.reason
        else _(ROW_STATES[row.state])
    )


LISTS: Sequence[Column[PickListHead]] = (
    Column(N_("Number"), lambda head: head.number, 15),
    Column(N_("Day"), lambda head: day_text(head.day), 10),
    Column(N_("Kind"), lambda head: _(KINDS[head.kind]), 8),
    Column(N_("Papers"), lambda head: grouped(head.papers), 7, right=True),
    Column(N_("Route"), lambda head: head.route),
    Column(N_("Vehicle"), lambda head: head.vehicle, 14),
    Column(N_("Pieces"), _far, 15, right=True),
    Column(N_("Status"), state_text, 9),
)
ROWS: Sequence[Column[PickRow]] = (
    Column(N_("Rack"), lambda row: row.rack, 8),
    Column(N_("Item"), lambda row: row.name),
    Column(N_("Batch"), lambda row: row.batch, 10),
    Column(N_("Expiry"), lambda row: day_text(row.expiry) if row.expiry else "", 10),
    Column(N_("MRP ₹"), lambda row: amount(row.mrp.paise), 9, right=True),
    Column(N_("To fetch"), lambda row: pieces_text(row.qty, row.case), 15, right=True),
    Column(N_("Picked"), lambda row: grouped(row.picked), 7, right=True),
    Column(N_("Status"), _state, 18),
)


def waiting_columns(marked: set[object]) -> Sequence[Column[Unpicked]]:
    """What waits to be picked; the first column tells what is marked."""
    return (
        Column("", lambda one: "✓" if one.id in marked else "", 2),
        Column(N_("Number"), lambda one: one.number, 15),
        Column(N_("Day"), lambda one: day_text(one.day), 10),
        Column(N_("Party"), lambda one: one.party),
        Column(N_("Beat"), lambda one: one.beat, 14),
        Column(N_("Trip"), lambda one: one.trip, 14),
        Column(N_("Amount ₹"), lambda one: amount(one.total.paise), 13, right=True),
    )
