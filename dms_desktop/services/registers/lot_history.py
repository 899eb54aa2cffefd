"""What the papers about our own goods did to a lot, and what it was called until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dms_desktop.domain.documents import Cancellation, Marking, Relabel
from dms_desktop.domain.stock_papers import STOCK_PAPERS, StockPaper
from dms_desktop.services import documents
from dms_desktop.services.registers.register import plain
from dms_desktop.services.relabelling import lot_code
from dms_desktop.store.session import Reading

_PAPERS = (
    "SELECT DISTINCT document.id, document.uid, document.number, posted_at, user_account.code"
    " FROM goods_line JOIN document ON document.id = document_id"
    " JOIN user_account ON user_account.id = user_id WHERE item_id = :item AND lot_id = :lot"
    " AND kind IN :kinds ORDER BY document.id"
)
_CANCELLED = (
    "SELECT document.id, document.uid, document.number, posted_at, user_account.code"
    " FROM document_link JOIN document ON document.id = from_id"
    " JOIN user_account ON user_account.id = user_id"
    " WHERE to_id IN :papers AND document_link.kind = 'cancels'"
)
_ITEM = "SELECT item.id, item.code FROM lot JOIN item ON item.id = item_id WHERE lot.id = :lot"

ALWAYS = (1 << 63) - 1  # no instant is later


@dataclass(frozen=True, slots=True)
class Deed:
    """One paper: microseconds UTC, who, its kind and number, and what it changed."""

    at: int
    by: str
    action: str
    fields: Mapping[str, tuple[Any, Any]]
    why: str


@dataclass(frozen=True, slots=True)
class Name:
    """A code that the lot had, from one instant to another, in microseconds UTC."""

    code: str
    since: int
    until: int


def deeds_of(reading: Reading, lot: int, code: str) -> tuple[list[Deed], list[Name]]:
    """In the order of posting; `code` is what the lot is called now."""
    row = reading.row(_ITEM, lot=lot)
    assert row is not None
    item, item_code = row
    papers = reading.rows(_PAPERS, item=item, lot=lot, kinds=sorted(map(str, STOCK_PAPERS)))
    keys = [paper[0] for paper in papers]
    every = sorted([*papers, *(reading.rows(_CANCELLED, papers=keys) if keys else ())])
    deeds, names, since = [], [], 0
    for _, uid, number, at, by in every:
        issued = documents.issued(reading, UUID(bytes=bytes(uid))).document
        fields, why = _told(issued, lot, item_code)
        deeds.append(Deed(at, by, f"{issued.kind} {number}", fields, why))
        for each in getattr(issued, "relabels", ()):
            if each.lot_id == lot:
                names.append(Name(lot_code(item_code, each.was), since, at))
                since = at
    return deeds, [*names, Name(code, since, ALWAYS)]


def _told(issued: Any, lot: int, item: str) -> tuple[dict[str, tuple[Any, Any]], str]:
    """The fields of the lot that changed; of pieces that moved, how many and between which lots."""
    fields = {name: pair for each in issued.relabels for name, pair in _changed(each).items()}
    if moved := sum(move.qty for move in issued.moves if move.lot_id == lot):
        fields["qty"] = (None, moved)
    if isinstance(issued, Cancellation):
        return fields, issued.head.note
    assert isinstance(issued, StockPaper)
    called = {
        bool(line.start): lot_code(item, Marking(line.batch, line.mrp, line.expiry))
        for line in issued.goods
        if bool(line.start) is not bool(line.end)
    }
    if len(called) > 1:
        fields["lot"] = (called[True], called[False])
    return fields, issued.reason


def _changed(relabel: Relabel) -> dict[str, tuple[Any, Any]]:
    pairs = (
        (name, (plain(getattr(relabel.was, name)), plain(getattr(relabel.now, name))))
        for name in ("batch", "mrp", "expiry", "packed")
    )
    return {name: (was, now) for name, (was, now) in pairs if was != now}
