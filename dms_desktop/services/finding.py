"""What the search boxes must know of items and parties, read whole or by id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from dms_desktop.domain.powers import Power, needs
from dms_desktop.language.figures import RupeeSign, amount
from dms_desktop.store.search_entries import ItemEntry, PartyEntry
from dms_desktop.store.session import Reading

RECENT = 20_000  # documents that popularity is counted over: some months of them


@needs(Power.LOOK)
def item_stamp(reading: Reading) -> str:
    """Changes with every change of an item or a barcode; stock and price do not touch it."""
    items = reading.row("SELECT count(*), max(id), sum(row_version) FROM item")
    barcodes = reading.row("SELECT count(*), max(id) FROM barcode")
    return f"{items}{barcodes}"


@needs(Power.LOOK)
def party_stamp(reading: Reading) -> str:
    """Changes with every change of a party, of a beat, or of what a party is to GST."""
    parties = reading.row("SELECT count(*), max(id), sum(row_version) FROM party")
    beats = reading.row("SELECT count(*), sum(row_version) FROM beat")
    gst = reading.row("SELECT count(*), max(id) FROM party_gst")
    return f"{parties}{beats}{gst}"


@needs(Power.LOOK)
def items(reading: Reading, ids: Iterable[int] | None = None) -> list[ItemEntry]:
    """All active items, or those of `ids`; inactive ones are found by nobody."""
    barcodes: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for item, code, units in _of(
        reading, "SELECT item_id, code, units FROM barcode", "item_id", ids
    ):
        barcodes[item].append((code, units))
    sold = _sold(reading, ids)
    return [
        ItemEntry(key, code, name, alias, tuple(barcodes.get(key, ())), sold.get(key, 0), _mrp(mrp))
        for key, code, name, alias, mrp, active in _of(
            reading, "SELECT id, code, name, alias, mrp, active FROM item", "id", ids
        )
        if active
    ]


@needs(Power.LOOK)
def parties(reading: Reading, ids: Iterable[int] | None = None) -> list[PartyEntry]:
    """All active customers, or those of `ids`; the popular ones are those billed most often."""
    gstins = dict(
        _of(
            reading,
            "SELECT party_id, gstin FROM party_gst AS now WHERE from_day = (SELECT max(from_day)"
            " FROM party_gst WHERE party_id = now.party_id)",
            "party_id",
            ids,
        )
    )
    beats: dict[int, str] = dict(reading.rows("SELECT id, name FROM beat"))
    billed = dict(
        _of(
            reading,
            "SELECT party_id, count(*) FROM document WHERE kind = 'bill'",
            "party_id",
            ids,
            " GROUP BY party_id",
        )
    )
    return [
        PartyEntry(
            key, code, name, alias, phone, gstins.get(key, ""), beats.get(beat, ""),
            billed.get(key, 0),
        )
        for key, code, name, alias, phone, beat, active, customer in _of(
            reading,
            "SELECT id, code, name, alias, phone, beat_id, active, customer FROM party",
            "id",
            ids,
        )
        if active and customer
    ]  # fmt: skip


def _sold(reading: Reading, ids: Iterable[int] | None) -> dict[int, int]:
    """On how many lines of the latest documents each item stands."""
    newest = reading.value("SELECT max(id) FROM document") or 0
    sql = "SELECT item_id, count(*) FROM goods_line WHERE document_id > :first"
    return dict(
        _of(reading, sql, "item_id", ids, " GROUP BY item_id", first=max(0, newest - RECENT))
    )


def _of(
    reading: Reading,
    sql: str,
    column: str,
    ids: Iterable[int] | None,
    then: str = "",
    **params: object,
) -> list[tuple[Any, ...]]:
    """The rows of a query, of all keys or of those in `ids`."""
    if ids is None:
        return reading.rows(sql + then, **params)
    also = (" AND " if " WHERE " in sql else " WHERE ") + column + " IN :ids"
    return reading.rows(sql + also + then, ids=sorted(set(ids)), **params)


def _mrp(paise: int) -> str:
    return amount(paise, RupeeSign.SYMBOL) if paise else ""
