"""Which paper the counter is typing: a bill, an order, an estimate or a challan."""

from __future__ import annotations

from dataclasses import replace

from dms_desktop.domain.draft import Draft
from dms_desktop.domain.goods_line import Kind
from dms_desktop.language.catalogue import N_, _

KINDS = (Kind.BILL, Kind.ORDER, Kind.ESTIMATE, Kind.CHALLAN)
TITLES = {
    Kind.BILL: N_("Bill"),
    Kind.ORDER: N_("Order"),
    Kind.ESTIMATE: N_("Estimate"),
    Kind.CHALLAN: N_("Challan"),
}


def next_kind(draft: Draft) -> Draft:
    """The same goods on the next kind of paper. What fulfils an order stays a bill."""
    if draft.source is not None:
        return draft
    return of_kind(draft, KINDS[(KINDS.index(draft.kind) + 1) % len(KINDS)])


def of_kind(draft: Draft, kind: Kind, note: str = "") -> Draft:
    """A challan says why the goods go out without a bill: on approval, unless `note` says more."""
    approval = str(_("On approval"))
    if kind is Kind.CHALLAN:
        note = note or draft.note or approval
    elif not note:
        note = "" if draft.note == approval else draft.note
    return replace(draft, kind=kind, note=note)
