"""What each lot is called, against the documents that gave it other words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from dms_desktop.domain.documents import Relabel
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.stock_papers import LotCorrection, marking_of
from dms_desktop.services.relabelling import identity
from dms_desktop.services.rows import relabels_of
from dms_desktop.services.verifying.findings import Finding, Watch
from dms_desktop.store.session import Reading

Said = Mapping[str, Any]

_PAPERS = (
    "SELECT kind, particulars, EXISTS (SELECT 1 FROM stock_move WHERE document_id = document.id)"
    " FROM document WHERE kind = :correction"
    " OR (kind = 'cancellation' AND particulars LIKE '%\"relabels\"%') ORDER BY id"
)
_LOTS = (
    "SELECT lot.id, item.code, batch, lot.mrp, expiry FROM lot JOIN item ON item.id = item_id"
    " WHERE lot.id IN :lots ORDER BY lot.id"
)


def wrong_lots(reading: Reading, watch: Watch) -> Iterator[Finding]:
    """A lot that was put right is called as its last correction says."""
    watch.tell("lots", 0.0)
    called: dict[int, tuple[str, int, str]] = {}
    for kind, particulars, moved in reading.rows(_PAPERS, correction=Kind.LOT_CORRECTION.value):
        try:
            for each in _relabels(kind, json.loads(particulars or "{}"), moved=bool(moved)):
                called[each.lot_id] = identity(each.now)
        except (ValueError, LookupError, TypeError):
            continue  # told already, as a document that cannot be read
    for lot, item, *stands in reading.rows(_LOTS, lots=sorted(called)) if called else ():
        if tuple(stands) != called[lot]:
            facts = {"item": item, "batch": stands[0], "should": called[lot][0]}
            yield Finding("lot_called", "lot", lot, facts)


def _relabels(kind: str, said: Said, *, moved: bool) -> tuple[Relabel, ...]:
    if kind != LotCorrection.kind:
        return relabels_of(said)
    if moved:
        return ()  # its pieces joined another lot
    return (Relabel(said["lot"], marking_of(said["was"]), marking_of(said["now"])),)
