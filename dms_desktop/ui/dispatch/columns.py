"""What the tables of the dispatch screen show, and the words of its states."""

from __future__ import annotations

from collections.abc import Container, Sequence
from uuid import UUID

from dms_desktop.domain.trip import Result, State, TripBill
from dms_desktop.language.catalogue import N_, _, joined
from dms_desktop.language.figures import amount, day_text, grouped, instant_text
from dms_desktop.services.stages import Stage, Staged
from dms_desktop.services.trip_reads import TripRow
from dms_desktop.ui.kit.table import Column

STATES = {
    State.LOADING: N_("Loading"),
    State.OUT: N_("On the road"),
    State.BACK: N_("Back"),
    State.SETTLED: N_("Settled"),
    State.DROPPED: N_("Dropped"),
}
RESULTS = {
    Result.DELIVERED: N_("Delivered"),
    Result.PART: N_("Part came back"),
    Result.REFUSED: N_("Refused"),
    Result.SHOP_CLOSED: N_("Shop closed"),
    Result.RELOAD: N_("Goes out again"),
}
STAGES = {
    Stage.BILLED: N_("Billed"),
    Stage.PRINTED: N_("Printed"),
    Stage.PICKED: N_("Picked"),
    Stage.PACKED: N_("Packed"),
    Stage.LOADED: N_("Loaded"),
    Stage.DELIVERED: N_("Delivered"),
    Stage.UNDELIVERED: N_("Not delivered"),
}


def cases_text(cases: int, loose: int) -> str:
    """`2 cs + 5 pc`."""
    parts = [_("{count} cs").format(count=grouped(cases))] if cases else []
    if loose or not cases:
        parts.append(_("{count} pc").format(count=grouped(loose)))
    return joined(" + ", parts)


def kg_text(grams: int) -> str:
    return _("{count} kg").format(count=grouped(round(grams / 1000)))


def _far(row: TripRow) -> str:
    done = row.loaded if row.state is State.LOADING else row.told
    return f"{grouped(done)} / {grouped(row.bills)}"


def result_text(bill: TripBill) -> str:
    """What became of it, or how far it is."""
    if bill.cancelled:
        return _("Cancelled")
    if bill.result is None:
        return _("Loaded") if bill.loaded else ""
    said = _(RESULTS[bill.result])
    return joined(": ", (said, bill.note or bill.reason)) if bill.reason or bill.note else said


TRIPS: Sequence[Column[TripRow]] = (
    Column(N_("Trip"), lambda row: row.number, 15),
    Column(N_("Day"), lambda row: day_text(row.day), 10),
    Column(N_("Vehicle"), lambda row: row.vehicle, 13),
    Column(N_("Driver"), lambda row: row.driver),
    Column(N_("Bills"), _far, 9, right=True),
    Column(N_("Value ₹"), lambda row: amount(row.value.paise), 14, right=True),
    Column(N_("Status"), lambda row: _(STATES[row.state]), 12),
)
BILLS: Sequence[Column[TripBill]] = (
    Column(N_("Drop"), lambda one: grouped(one.position), 4, right=True),
    Column(N_("Bill"), lambda one: one.number, 15),
    Column(N_("Party"), lambda one: one.party),
    Column(N_("Goods"), lambda one: cases_text(one.cases, one.loose), 14, right=True),
    Column(N_("Value ₹"), lambda one: amount(one.value.paise), 13, right=True),
    Column(N_("e-way bill"), lambda one: _("Needed") if one.eway else "", 9),
    Column(N_("Status"), result_text, 24),
)
STAGED: Sequence[Column[Staged]] = (
    Column(N_("Bill"), lambda one: one.number, 15),
    Column(N_("Day"), lambda one: day_text(one.day), 10),
    Column(N_("Party"), lambda one: one.party),
    Column(N_("Value ₹"), lambda one: amount(one.value.paise), 13, right=True),
    Column(N_("By"), lambda one: one.last.by, 14),
    Column(N_("When"), lambda one: instant_text(one.last.at), 16),
    Column(N_("Remark"), lambda one: one.last.detail, 20),
)


def waiting_columns(marked: Container[UUID]) -> Sequence[Column[TripBill]]:
    """Bills that no vehicle took; the first column tells what is marked."""
    return (
        Column("", lambda one: "✓" if one.id in marked else "", 2),
        Column(N_("Bill"), lambda one: one.number, 15),
        Column(N_("Day"), lambda one: day_text(one.day), 10),
        Column(N_("Party"), lambda one: one.party),
        Column(N_("Beat"), lambda one: one.beat, 14),
        Column(N_("Goods"), lambda one: cases_text(one.cases, one.loose), 14, right=True),
        Column(N_("Value ₹"), lambda one: amount(one.value.paise), 13, right=True),
    )
