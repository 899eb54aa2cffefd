"""Stock that comes in by a list and not by a purchase: lots, and the Opening that fills them."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dms_desktop.domain.documents import Head, Opening, OpeningLot
from dms_desktop.domain.masters import LotRow, Price, as_rate, folded
from dms_desktop.domain.money import ZERO, Money, Rate
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.domain.uid import uuid7
from dms_desktop.services import catalogue, principals
from dms_desktop.services.changes import Change, Image, Watch
from dms_desktop.services.posting import Posted, post_together
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading, Tx

MOST_LINES = 10_000  # of one Opening; a line's number within it has sixteen bits

LotKey = tuple[int, str, int, str]  # item, batch, MRP in paise, expiry
Rates = tuple[str, int | None, int, int | None, int]
RATES = ("packed", "ptr", "ptr_per", "pts", "pts_per")


@dataclass(frozen=True, slots=True)
class LotItem:
    """What a lot needs to know of its item."""

    id: int
    code: str
    name: str
    hsn: str
    unit: str
    mrp: Money
    keep_batch: bool


@dataclass(frozen=True, slots=True)
class Stocked:
    """What a list of lots did: rows of new lots, rows of lots that were there, the lot of each
    row, and the papers."""

    created: int
    changed: int
    lots: tuple[int, ...]
    posted: tuple[Posted, ...]
    changes: tuple[Change, ...]


def items_of(reading: Reading, codes: Iterable[str]) -> dict[str, LotItem]:
    """By folded code."""
    return {
        key: LotItem(item, code, name, hsn, unit, Money(mrp), bool(keep))
        for item, key, code, name, hsn, unit, mrp, keep in reading.rows(
            "SELECT id, code_key, code, name, hsn, unit, mrp, keep_batch FROM item"
            " WHERE code_key IN :keys",
            keys=sorted({folded(code) for code in codes}),
        )
    }


def key_of(item: LotItem, row: LotRow) -> LotKey:
    """What makes a lot: an item that keeps no batches has one for each MRP (product rule 14)."""
    mrp = (row.mrp or item.mrp).paise
    if not item.keep_batch:
        return item.id, "", mrp, ""
    return item.id, row.batch, mrp, row.expiry.isoformat() if row.expiry else ""


def known(reading: Reading, items: Iterable[int]) -> dict[LotKey, int]:
    """Every lot of these items: what makes it -> its id."""
    return {
        (item, batch, mrp, expiry): key
        for key, item, batch, mrp, expiry in reading.rows(
            "SELECT id, item_id, batch, mrp, expiry FROM lot WHERE item_id IN :items",
            items=sorted(set(items)),
        )
    }


@needs(Power.OPENING)
def put_lots(tx: Tx, rows: Iterable[LotRow], *, day: date | None = None) -> Stocked:
    """Find or make the lot of each row and post what lies in it: one Opening for each godown.

    Rates are per piece; what a lot cost is its pieces at `cost`, or at PTS where that is missing.
    Refuses UNKNOWN_ITEM, BAD_QUANTITY, and whatever posting refuses.
    """
    wanted = list(rows)
    items = items_of(tx, (row.item for row in wanted))
    _refuse_bad(wanted, items)
    pairs = [(key_of(items[folded(row.item)], row), row) for row in wanted]
    watch = Watch(tx)
    before = known(tx, (item.id for item in items.values()))
    lots = _put(tx, pairs, before, watch)
    places = principals.named(tx, "place", (row.godown for row in wanted), watch)
    home = int(tx.value("SELECT min(id) FROM place WHERE kind = 'godown'"))
    by_place: defaultdict[int, list[OpeningLot]] = defaultdict(list)
    for key, row in pairs:
        if row.qty:
            place = places[folded(row.godown)] if row.godown else home
            item = items[folded(row.item)]
            by_place[place].append(_line(item, lots[key], key, row))
    papers = [
        (_opening(tx, place, lines[start : start + MOST_LINES], day or today(tx)), b"")
        for place, lines in sorted(by_place.items())
        for start in range(0, len(lines), MOST_LINES)
    ]
    posted = post_together(tx, *papers) if papers else ()
    created = sum(key not in before for key, _ in pairs)
    found = tuple(lots[key] for key, _ in pairs)
    return Stocked(created, len(pairs) - created, found, posted, watch.changes())


def _refuse_bad(rows: Sequence[LotRow], items: dict[str, LotItem]) -> None:
    problems = [
        Problem(Reason.UNKNOWN_ITEM, at, {"code": row.item})
        for at, row in enumerate(rows)
        if folded(row.item) not in items
    ] + [
        Problem(Reason.BAD_QUANTITY, at, {"text": str(row.qty)})
        for at, row in enumerate(rows)
        if row.qty < 0
    ]
    if problems:
        raise Refused(*problems)


def _put(
    tx: Tx, pairs: list[tuple[LotKey, LotRow]], before: dict[LotKey, int], watch: Watch
) -> dict[LotKey, int]:
    """Every lot has a row, with the newest word on its rates; what the row leaves out stays."""
    said = {key: _rates(row) for key, row in pairs}
    there = {before[key]: rates for key, rates in said.items() if key in before}
    watch.about_to_change("lot", there)
    tx.insert(
        "lot",
        ("item_id", "batch", "mrp", "expiry", *RATES),
        [(*key, *said[key]) for key in sorted(said.keys() - before.keys())],
    )
    tx.many(
        "UPDATE lot SET packed = ?, ptr = ?, ptr_per = ?, pts = ?, pts_per = ?,"
        " row_version = row_version + 1 WHERE id = ?",
        _other_rates(there, watch.before["lot"]),
    )
    lots = known(tx, {key[0] for key in said})
    watch.made("lot", (lots[key] for key in said))
    return lots


def _rates(row: LotRow) -> Rates:
    return (
        row.packed.isoformat() if row.packed else "", *_stored(row.ptr), *_stored(row.pts)
    )  # fmt: skip


def _stored(price: Price) -> tuple[int | None, int]:
    rate = as_rate(price)
    return (None, 1) if rate is None else (rate.amount.paise, rate.per)


def _other_rates(said: dict[int, Rates], before: dict[int, Image]) -> list[tuple[Any, ...]]:
    """The lots whose rates change, with all of them as they will be."""
    rows: list[tuple[Any, ...]] = []
    for key, (packed, ptr, ptr_per, pts, pts_per) in sorted(said.items()):
        old = tuple(before[key][name] for name in RATES)
        new = (
            packed or old[0],
            *((ptr, ptr_per) if ptr is not None else old[1:3]),
            *((pts, pts_per) if pts is not None else old[3:5]),
        )
        if new != old:
            rows.append((*new, key))
    return rows


def _line(item: LotItem, lot: int, key: LotKey, row: LotRow) -> OpeningLot:
    price = as_rate(row.cost) or as_rate(row.pts) or Rate(ZERO)
    return OpeningLot(
        item_id=item.id,
        lot_id=lot,
        code=item.code,
        name=item.name,
        hsn=item.hsn,
        uqc=item.unit,
        batch=key[1],
        expiry=date.fromisoformat(key[3]) if key[3] else None,
        mrp=Money(key[2]),
        qty=row.qty,
        cost=price.times(row.qty),
    )


def _opening(tx: Tx, place: int, lines: list[OpeningLot], day: date) -> Opening:
    us = catalogue.seller(tx)
    head = Head(
        id=uuid7(tx.now, os.urandom(10)),
        day=day,
        place_id=place,
        registration_id=us.registration_id,
        company_id=us.company_id,
    )
    return Opening(head, lots=tuple(lines))
