"""Pick lists as they are looked at: heads, and rows of one batch for all papers that want it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money
from dms_desktop.domain.picking import (
    ListState,
    PickList,
    PickListHead,
    PickRow,
    PickSource,
    PickState,
    state_of,
)
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.store.session import Reading

_HEAD = (
    "SELECT pick_list.id, pick_list.uid, number, day, at, user_account.name, pick_list.kind,"
    " place.name, route, vehicle, state, packed_at, (SELECT count(*) FROM pick_source"
    " WHERE list_id = pick_list.id), (SELECT count(*) FROM pick"
    " JOIN pick_source ON pick_source.list_id = pick.list_id AND pick_source.document_id ="
    " pick.document_id AND pick_source.state = 'open' WHERE pick.list_id = pick_list.id"
    " AND pick.state = 'open'), (SELECT coalesce(sum(qty), 0) FROM pick"
    " WHERE list_id = pick_list.id), (SELECT coalesce(sum(picked), 0) FROM pick"
    " WHERE list_id = pick_list.id) FROM pick_list JOIN place ON place.id = place_id"
    " JOIN user_account ON user_account.id = user_id WHERE {which}"
)
_ONE = _HEAD.format(which="pick_list.uid = :uid")
_LISTS = _HEAD.format(
    which="(:state = '' OR state = :state) AND (:like = '' OR number LIKE :like"
    " OR upper(route) LIKE :like OR upper(vehicle) LIKE :like OR EXISTS (SELECT 1 FROM"
    " pick_source JOIN document ON document.id = document_id WHERE list_id = pick_list.id"
    " AND document.number LIKE :like)) ORDER BY pick_list.id DESC LIMIT :limit"
)
_PICKS = (
    "SELECT pick.id, pick.rack, pick.item_id, coalesce(now_lot, lot_id), item.code, item.name,"
    " lot.batch, lot.expiry, lot.mrp, item.case_units, item.inner_units, pick.qty, picked,"
    " pick.state, pick.reason, CASE WHEN now_lot IS NULL THEN '' ELSE asked.batch END,"
    " coalesce(user_account.name, ''), pick.at, document.number, pick.row_version, lot_id"
    " FROM pick JOIN item ON item.id = pick.item_id"
    " JOIN lot ON lot.id = coalesce(now_lot, lot_id) JOIN lot asked ON asked.id = lot_id"
    " JOIN document ON document.id = pick.document_id"
    " LEFT JOIN user_account ON user_account.id = pick.user_id"
    " WHERE list_id = :key ORDER BY pick.id"
)
_SOURCES = (
    "SELECT document.uid, document.number, document.party_name, state, coalesce(paper.number, '')"
    " FROM pick_source JOIN document ON document.id = document_id"
    " LEFT JOIN document paper ON paper.id = paper_id WHERE list_id = :key ORDER BY document.id"
)


@needs(Power.LOOK)
def lists(
    reading: Reading, *, state: ListState | None = None, text: str = "", limit: int = 200
) -> tuple[PickListHead, ...]:
    """The newest first; `text` is a part of number, route or vehicle, or a paper's number."""
    rows = reading.rows(
        _LISTS,
        state=state.value if state else "",
        like=f"%{text.strip().upper()}%" if text.strip() else "",
        limit=limit,
    )
    return tuple(_head(row) for row in rows)


@needs(Power.LOOK)
def shown(reading: Reading, uid: UUID) -> PickList:
    """One list with everything on it. Refuses UNKNOWN_LIST."""
    row = reading.row(_ONE, uid=uid.bytes)
    if row is None:
        raise refuse(Reason.UNKNOWN_LIST, list=str(uid))
    sources = tuple(
        PickSource(UUID(bytes=bytes(each)), number, party, ListState(state), paper)
        for each, number, party, state, paper in reading.rows(_SOURCES, key=row[0])
    )
    return PickList(_head(row), rows_of(reading, row[0]), sources)


@needs(Power.LOOK)
def find(reading: Reading, ref: str) -> UUID:
    """By id or number; of a number without its year the newest. Refuses UNKNOWN_LIST."""
    try:
        uid = UUID(ref).bytes
    except ValueError:
        uid = b""
    found = reading.value(
        "SELECT uid FROM pick_list WHERE uid = :uid OR number = :ref ORDER BY id DESC LIMIT 1",
        uid=uid,
        ref=ref.strip().upper(),
    )
    if found is None:
        raise refuse(Reason.UNKNOWN_LIST, list=ref)
    return UUID(bytes=bytes(found))


def rows_of(reading: Reading, key: int) -> tuple[PickRow, ...]:
    """In rack order; what was swapped stands beside what was not."""
    groups: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for row in reading.rows(_PICKS, key=key):
        groups.setdefault((row[2], row[3], row[20], row[13] == PickState.SWAPPED), []).append(row)
    return tuple(_row(group) for group in groups.values())


def _row(group: Sequence[tuple[Any, ...]]) -> PickRow:
    (
        key, rack, item, lot, code, name, batch, expiry, mrp, case, inner, *_, instead, _, _, _, _,
        _,
    ) = group[0]  # fmt: skip
    last = max(group, key=lambda row: int(row[17]))
    return PickRow(
        id=key,
        rack=rack,
        item_id=item,
        lot_id=lot,
        code=code,
        name=name,
        batch=batch,
        expiry=date.fromisoformat(expiry) if expiry else None,
        mrp=Money(mrp),
        case=case,
        inner=inner,
        qty=sum(row[11] for row in group),
        picked=sum(row[12] for row in group),
        state=state_of([row[13] for row in group]),
        reason=", ".join(dict.fromkeys(row[14] for row in group if row[14])),
        instead_of=instead,
        by=last[16],
        at=_instant(last[17]) if last[17] else None,
        papers=tuple(dict.fromkeys(row[18] for row in group)),
        version=sum(row[19] for row in group),
    )


def _head(row: Sequence[Any]) -> PickListHead:
    (
        _, uid, number, day, at, by, kind, godown, route, vehicle, state, packed, papers, left,
        pieces, picked,
    ) = row  # fmt: skip
    return PickListHead(
        UUID(bytes=bytes(uid)), number, date.fromisoformat(day), _instant(at), by, Kind(kind),
        godown, route, vehicle, ListState(state), papers, left, int(pieces), int(picked),
        bool(packed),
    )  # fmt: skip


def _instant(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / 1_000_000, UTC)
