"""Where in a godown an item is looked for, and how much of it should lie there."""

from __future__ import annotations

from dataclasses import replace

from dms_desktop.domain.masters import folded
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.registers import RackRecord, joined, parted
from dms_desktop.services.registers.coded import GODOWN, need
from dms_desktop.services.registers.register import (
    Given,
    Keeping,
    Match,
    Shown,
    like,
    locked,
    register,
)
from dms_desktop.store.session import Reading, Tx

_ONE = (
    "SELECT rack.id, rack.row_version, item.code, place.code, rack, least, reorder, most FROM rack"
    " JOIN item ON item.id = item_id JOIN place ON place.id = place_id"
    " WHERE code_key = :item AND place_id = :place"
)
_PAGE = (
    "SELECT item.code, place.code, item.name, rack, least + reorder + most FROM rack"
    " JOIN item ON item.id = item_id JOIN place ON place.id = place_id"
    " WHERE (code_key LIKE :like ESCAPE '\\'"
    " OR lower(item.name) LIKE :like ESCAPE '\\' OR lower(rack) LIKE :like ESCAPE '\\')"
    " AND (code_key, place.code) > (:item, :place) ORDER BY code_key, place.code LIMIT :most"
)


def _code(record: RackRecord) -> str:
    return joined(record.item, record.godown)


def _kept(reading: Reading, code: str) -> Shown[RackRecord] | None:
    item, godown = parted(code, 2)
    row = reading.row(
        locked(reading, _ONE, "rack"), item=folded(item), place=need(reading, GODOWN, godown)
    )
    return Shown(row[0], row[1], RackRecord(*row[2:])) if row else None


def _find(reading: Reading, text: str, after: str, most: int) -> list[Match]:
    item, godown = parted(after, 2)
    return [
        Match(joined(code, place), f"{name}: {rack}" if rack else name, bool(rack or levels))
        for code, place, name, rack, levels in reading.rows(
            _PAGE, like=like(text), item=folded(item), place=godown, most=most
        )
    ]


def _over(reading: Reading, given: Given, old: RackRecord | None) -> RackRecord:
    new = replace(old or RackRecord("", ""), **given)
    item = reading.value("SELECT code FROM item WHERE code_key = :key", key=folded(new.item))
    if item is None:
        raise refuse(Reason.UNKNOWN_ITEM, code=new.item)
    place = need(reading, GODOWN, new.godown)
    if place is None:
        raise refuse(Reason.MISSING, field="godown")
    godown = reading.value("SELECT code FROM place WHERE id = :id", id=place)
    if old is None and not (new.rack or new.least or new.reorder or new.most):
        raise refuse(Reason.MISSING, field="rack")
    return replace(new, item=item, godown=godown)


def _write(tx: Tx, record: RackRecord, now: Shown[RackRecord] | None) -> None:
    if now is not None:
        tx.run(
            "UPDATE rack SET rack = :rack, least = :least, reorder = :reorder, most = :most,"
            " row_version = row_version + 1 WHERE id = :id",
            rack=record.rack,
            least=record.least,
            reorder=record.reorder,
            most=record.most,
            id=now.id,
        )
        return
    item = tx.value("SELECT id FROM item WHERE code_key = :key", key=folded(record.item))
    levels = (record.least, record.reorder, record.most)
    row = (item, need(tx, GODOWN, record.godown), record.rack, *levels)
    tx.insert("rack", ("item_id", "place_id", "rack", "least", "reorder", "most"), [row])


RACKS = register(Keeping("rack", "rack", _code, _kept, _find, _over, _write))
