"""Goods on the move: running stock and lot cost change here, in the order of their keys."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from dms_desktop.domain.documents import Move
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services import series
from dms_desktop.store.session import Tx

Spot = tuple[int, int, str]  # lot, place, bucket


def move(tx: Tx, day: date, moves: tuple[Move, ...]) -> None:
    """Take pieces from spots and put them in spots; for an earlier day, look at every day since.

    Refuses SHORT_STOCK for what is not there now and SHORT_LATER for what was sold since. Its lots
    are held already.
    """
    if not moves:
        return
    shelf: Counter[Spot] = Counter()
    costs: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0, 0, 0])
    for one in moves:
        for spot, sign in ((one.start, -1), (one.end, 1)):
            if spot:
                shelf[(one.lot_id, spot.place_id, spot.bucket.value)] += sign * one.qty
        _cost(costs, one)
        tx.touched["item"].add(one.item_id)
    leaving = [(-qty, *key) for key, qty in sorted(shelf.items()) if qty < 0]
    owner = {one.lot_id: one.item_id for one in moves}
    coming = [(*key, owner[key[0]], qty) for key, qty in sorted(shelf.items()) if qty > 0]
    _check_enough(tx, leaving)
    tx.many(
        "UPDATE stock SET qty = qty - ? WHERE lot_id = ? AND place_id = ? AND bucket = ?", leaving
    )
    tx.many(
        "INSERT INTO stock (lot_id, place_id, bucket, item_id, qty) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (lot_id, place_id, bucket) DO UPDATE SET qty = stock.qty + excluded.qty",
        coming,
    )
    _change_costs(tx, costs)
    if leaving and day < series.today(tx):
        _check_days_since(tx, day, leaving)


def hold(tx: Tx, lots: Iterable[int]) -> None:
    """Let no other counter at these lots, wherever they lie, until the commit.

    The row of a lot's cost stands for the whole lot. All in one call, in the order of their keys:
    who moves goods in several documents at once holds the lots of all of them first.
    """
    if wanted := sorted(lots):
        tx.lock(
            "SELECT lot_id FROM lot_cost WHERE lot_id IN :lots ORDER BY lot_id FOR UPDATE",
            lots=wanted,
        )


def _cost(costs: defaultdict[int, list[int]], one: Move) -> None:
    """What crosses the border of our own places takes its cost along, in or out."""
    if (one.start is None) == (one.end is None):
        return
    sign = 1 if one.start is None else -1
    tax = one.input_tax
    parts = (
        sign * one.qty, sign * one.cost.paise, one.received, tax.cgst.paise, tax.sgst.paise,
        tax.igst.paise, tax.cess.paise,
    )  # fmt: skip
    held = costs[one.lot_id]
    for at, part in enumerate(parts):
        held[at] += part


def _change_costs(tx: Tx, costs: defaultdict[int, list[int]]) -> None:
    """A lot that is new is inserted; any other is there, since its pieces are."""
    coming = [(lot, *held) for lot, held in sorted(costs.items()) if held[0] > 0]
    leaving = [(*held, lot) for lot, held in sorted(costs.items()) if held[0] <= 0]
    tx.many(
        "UPDATE lot_cost SET qty = qty + ?, paise = paise + ?, received = received + ?,"
        " input_cgst = input_cgst + ?, input_sgst = input_sgst + ?, input_igst = input_igst + ?,"
        " input_cess = input_cess + ? WHERE lot_id = ?",
        leaving,
    )
    tx.many(
        "INSERT INTO lot_cost (lot_id, qty, paise, received, input_cgst, input_sgst, input_igst,"
        " input_cess) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (lot_id) DO UPDATE SET qty = lot_cost.qty + excluded.qty,"
        " paise = lot_cost.paise + excluded.paise,"
        " received = lot_cost.received + excluded.received,"
        " input_cgst = lot_cost.input_cgst + excluded.input_cgst,"
        " input_sgst = lot_cost.input_sgst + excluded.input_sgst,"
        " input_igst = lot_cost.input_igst + excluded.input_igst,"
        " input_cess = lot_cost.input_cess + excluded.input_cess",
        coming,
    )


def _check_enough(tx: Tx, leaving: list[tuple[int, int, int, str]]) -> None:
    """Name the first lot that has too little; who holds a lot holds all that lies of it."""
    have = {
        (lot, place, bucket): qty
        for lot, place, bucket, qty in tx.rows(
            "SELECT lot_id, place_id, bucket, qty FROM stock WHERE lot_id IN :lots",
            lots=[lot for _, lot, _, _ in leaving],
        )
    }
    for qty, lot, place, bucket in leaving:
        there = have.get((lot, place, bucket), 0)
        if there < qty:
            named = _named(tx, lot)
            raise refuse(Reason.SHORT_STOCK, **named, short=qty - there, have=there)


def _check_days_since(tx: Tx, day: date, leaving: list[tuple[int, int, int, str]]) -> None:
    """Walk back from now, a day at a time: no spot may be negative at any day's end."""
    left = {
        (lot, place, bucket): qty
        for lot, place, bucket, qty in tx.rows(
            "SELECT lot_id, place_id, bucket, qty FROM stock WHERE lot_id IN :lots",
            lots=sorted({lot for _, lot, _, _ in leaving}),
        )
    }
    wanted = {(lot, place, bucket) for _, lot, place, bucket in leaving}
    for on, changes in sorted(_changes_since(tx, day, wanted).items(), reverse=True):
        for spot, change in changes.items():
            left[spot] = left.get(spot, 0) - change
            if left[spot] < 0:
                before = on - timedelta(days=1)
                raise refuse(Reason.SHORT_LATER, **_named(tx, spot[0]), day=before)


def _changes_since(tx: Tx, day: date, wanted: set[Spot]) -> dict[date, Counter[Spot]]:
    """By day, what each spot gained or lost after `day`."""
    changes: defaultdict[date, Counter[Spot]] = defaultdict(Counter)
    for lot, start, start_bucket, end, end_bucket, on, qty in tx.rows(
        "SELECT lot_id, from_place, from_bucket, to_place, to_bucket, day, qty"
        " FROM stock_move WHERE lot_id IN :lots AND day > :day",
        lots=sorted({lot for lot, _, _ in wanted}),
        day=day.isoformat(),
    ):
        for spot, change in (((lot, start, start_bucket), -qty), ((lot, end, end_bucket), qty)):
            if spot in wanted:
                changes[date.fromisoformat(on)][spot] += change
    return changes


def _named(tx: Tx, lot: int) -> dict[str, object]:
    row = tx.row(
        "SELECT item.name, item.code, lot.batch FROM lot JOIN item ON item.id = lot.item_id"
        " WHERE lot.id = :lot",
        lot=lot,
    )
    assert row is not None
    return {"item": row[0], "code": row[1], "batch": row[2]}
