"""From typed rows, an item, a batch, so many, to lots where they lie: for all papers of the godown.

Lots are held before what lies of them is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from dms_desktop.domain.documents import Head, Marking
from dms_desktop.domain.facts import Lot
from dms_desktop.domain.fefo import in_order, pick, sellable
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.domain.reserving import sellable_lots
from dms_desktop.domain.stock_papers import Holding, StockLine
from dms_desktop.domain.tax import Gst
from dms_desktop.domain.units import BadQuantity, QuantityFault, read_quantity
from dms_desktop.services import catalogue, shelf
from dms_desktop.services.lookups import Named, items_named
from dms_desktop.services.relabelling import identity
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading, Tx

_PLACES = (
    "SELECT place.id, code, name, kind, registration_id, gstin, place.active FROM place"
    " JOIN registration ON registration.id = registration_id ORDER BY place.id"
)
_LOTS = (
    "SELECT lot.id, lot.item_id, item.code, item.name, hsn, unit, batch, lot.mrp, expiry, blocked"
    " FROM lot JOIN item ON item.id = item_id WHERE lot.id IN :lots"
)
_LYING = (
    "SELECT lot_id, bucket, qty FROM stock WHERE place_id = :place AND lot_id IN :lots AND qty > 0"
)
_HOLDINGS = (
    "SELECT lot_id, qty, paise, received, input_cgst, input_sgst, input_igst, input_cess"
    " FROM lot_cost WHERE lot_id IN :lots"
)
_ITEM = "SELECT hsn, unit, mrp, keep_batch FROM item WHERE id = :item"
_SAME = (
    "SELECT id FROM lot WHERE item_id = :item AND batch = :batch AND mrp = :mrp"
    " AND expiry = :expiry"
)
_MAKE = (
    "INSERT INTO lot (item_id, batch, mrp, expiry) VALUES (:item, :batch, :mrp, :expiry)"
    " ON CONFLICT (item_id, batch, mrp, expiry) DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A typed row: an item's code or barcode, `2c 6p`, and the lot as far as it is named.

    `batch` None leaves the choice to first expiry, first out.
    """

    item: str
    qty: str = ""
    batch: str | None = None
    mrp: Money | None = None
    expiry: date | None = None
    bucket: Bucket = Bucket.SALEABLE


@dataclass(frozen=True, slots=True)
class Place:
    id: int
    code: str
    name: str
    kind: str
    registration_id: int
    gstin: str


Taken = dict[tuple[int, Bucket], StockLine]  # by lot and bucket, with all pieces of it


def place_of(reading: Reading, said: str, *, kinds: Iterable[str] = ("godown", "van")) -> Place:
    """By code or name; without either the first godown. Refuses UNKNOWN_GODOWN, INACTIVE."""
    for key, code, name, kind, registration, gstin, active in reading.rows(_PLACES):
        if kind not in kinds:
            continue
        if (not said and kind == "godown" and active) or folded(said) in (
            folded(code), folded(name),
        ):  # fmt: skip
            if not active:
                raise refuse(Reason.INACTIVE, item=name, code=code)
            return Place(key, code, name, kind, registration, gstin)
    raise refuse(Reason.UNKNOWN_GODOWN, code=said)


@needs(Power.LOOK)
def places(reading: Reading) -> tuple[Place, ...]:
    """The godowns and vans that goods may go to and come from, godowns first."""
    found = [Place(*row[:6]) for row in reading.rows(_PLACES) if row[6]]
    kinds = ("godown", "van")
    return tuple(each for kind in kinds for each in found if each.kind == kind)


def head_of(tx: Tx, uid: UUID, place: int | None, note: str = "", transport: str = "") -> Head:
    us = catalogue.seller(tx)
    return Head(
        uid, today(tx), place, None, us.registration_id, us.company_id, note=note,
        transport=transport,
    )  # fmt: skip


def named_items(reading: Reading, rows: Sequence[Piece]) -> list[Named]:
    """Refuses NO_ROWS, UNKNOWN_ITEM and SEVERAL_ITEMS, each at its row."""
    if not rows:
        raise refuse(Reason.NO_ROWS)
    known = items_named(reading, (row.item for row in rows))
    problems: list[Problem] = []
    found: list[Named] = []
    for at, row in enumerate(rows):
        these = known.get(folded(row.item), [])
        if len(these) == 1:
            found.append(these[0])
        elif these:
            items = ", ".join(each.code for each in these)
            problems.append(Problem(Reason.SEVERAL_ITEMS, at, {"code": row.item, "items": items}))
        else:
            problems.append(Problem(Reason.UNKNOWN_ITEM, at, {"code": row.item}))
    if problems:
        raise Refused(*problems)
    return found


def pieces_of(
    rows: Sequence[Piece], items: Sequence[Named], *, none_too: bool = False
) -> list[int]:
    """Base units of each row. Refuses BAD_QUANTITY at its row; nil only with `none_too`."""
    found: list[int] = []
    problems: list[Problem] = []
    for at, (row, item) in enumerate(zip(rows, items, strict=True)):
        fault = ""
        try:
            quantity = read_quantity(row.qty, item.case, item.inner)
            found.append(quantity.billed)
            fault = QuantityFault.NOT_A_QUANTITY.value if quantity.free else ""
        except BadQuantity as bad:
            if none_too and bad.reason is QuantityFault.ZERO:
                found.append(0)
            else:
                fault = bad.reason.value
        if fault:
            facts = {"text": row.qty, "item": item.name, "fault": fault}
            problems.append(Problem(Reason.BAD_QUANTITY, at, facts))
    if problems:
        raise Refused(*problems)
    return found


def hold_items(tx: Tx, items: Iterable[int]) -> None:
    """Let no other counter at any lot of these items, until the commit."""
    wanted = sorted(set(items))
    shelf.hold(
        tx, [lot for (lot,) in tx.rows("SELECT id FROM lot WHERE item_id IN :items", items=wanted)]
    )


def lines_of(reading: Reading, lots: Iterable[int]) -> dict[int, tuple[StockLine, bool]]:
    """A bare line for each lot, and whether the lot is blocked."""
    return {
        lot: (
            StockLine(
                item, lot, code, name, hsn, unit, batch,
                date.fromisoformat(expiry) if expiry else None, Money(mrp), 0,
            ),
            bool(blocked),
        )
        for lot, item, code, name, hsn, unit, batch, mrp, expiry, blocked in reading.rows(
            _LOTS, lots=sorted(set(lots))
        )
    }  # fmt: skip


def holdings(reading: Reading, lots: Iterable[int]) -> dict[int, Holding]:
    """Each lot as a whole, wherever it lies; one that never came has nothing."""
    wanted = sorted(set(lots))
    found = dict.fromkeys(wanted, Holding(0, Money(), 0, Gst()))
    for lot, qty, paise, received, *tax in reading.rows(_HOLDINGS, lots=wanted):
        found[lot] = Holding(qty, Money(paise), received, Gst(*map(Money, tax)))
    return found


def taken(tx: Tx, place: int, rows: Sequence[Piece]) -> Taken:
    """The lots that so many pieces come from, in one place; their items are held from here on.

    Refuses what `named_items` and `pieces_of` do, UNKNOWN_BATCH, and SHORT_STOCK, each at its row.
    """
    items = named_items(tx, rows)
    wanted = pieces_of(rows, items)
    keys = sorted({item.item_id for item in items})
    hold_items(tx, keys)
    lots = [lot for (lot,) in tx.rows("SELECT id FROM lot WHERE item_id IN :keys", keys=keys)]
    lines, held = lines_of(tx, lots), holdings(tx, lots)
    lying: dict[tuple[int, str], int] = {
        (lot, bucket): qty for lot, bucket, qty in tx.rows(_LYING, place=place, lots=lots)
    }
    kept = catalogue.reserved(tx, keys, place)
    used: Counter[tuple[int, str]] = Counter()
    done: Taken = {}
    problems: list[Problem] = []
    for at, (row, item, qty) in enumerate(zip(rows, items, wanted, strict=True)):
        there = [
            _lot(lines[lot], held[lot], pieces - used[lot, bucket])
            for (lot, bucket), pieces in lying.items()
            if bucket == row.bucket and lines[lot][0].item_id == item.item_id
        ]
        fit = _fitting(there, row, kept.get(item.item_id, 0), today(tx))
        if row.batch is not None and not fit:
            facts = {"item": item.name, "batch": row.batch}
            problems.append(Problem(Reason.UNKNOWN_BATCH, at, facts))
            continue
        picks, short = pick(qty, in_order(fit))
        if short:
            who = {"item": item.name, "code": item.code}
            have: dict[str, object] = {**who, "short": short, "have": qty - short}
            problems.append(Problem(Reason.SHORT_STOCK, at, have))
            continue
        for each in picks:
            used[each.lot.id, row.bucket.value] += each.qty
            line = lines[each.lot.id][0]
            before = done.get((line.lot_id, row.bucket), line).qty
            done[line.lot_id, row.bucket] = replace(line, qty=before + each.qty)
    if problems:
        raise Refused(*problems)
    return done


def _lot(said: tuple[StockLine, bool], held: Holding, on_hand: int) -> Lot:
    line, blocked = said
    return Lot(
        line.lot_id, line.batch, line.mrp, line.expiry, on_hand, None, blocked, held.qty, held.cost
    )


def bare_lot(line: StockLine) -> Lot:
    """The lot for its place in the order of expiry alone."""
    return Lot(line.lot_id, line.batch, line.mrp, line.expiry, 0)


def _fitting(lots: Sequence[Lot], row: Piece, kept: int, on: date) -> list[Lot]:
    """The lots that the row may mean; without a batch, saleable ones only as a bill may take."""
    named = [
        lot
        for lot in lots
        if (row.batch is None or folded(lot.batch) == folded(row.batch))
        and (row.mrp is None or lot.mrp == row.mrp)
        and (row.expiry is None or lot.expiry == row.expiry)
    ]
    if row.batch is not None or row.bucket is not Bucket.SALEABLE:
        return named
    free = {lot.id for lot in named}
    return [
        lot for lot in sellable_lots(lots, kept, on) if lot.id in free and sellable(lot, on=on)
    ]  # fmt: skip


def lot_named(
    tx: Tx, row: Piece, item: Named, at: int | None = None, *, place: int | None = None
) -> int | None:
    """The one lot of an item that a row names; None where there is none. With a `place`, of several
    the one that lies there in the row's bucket.

    Refuses SEVERAL_LOTS, and MISSING for a batch where the item has several lots.
    """
    known = tx.rows("SELECT id FROM lot WHERE item_id = :item", item=item.item_id)
    lots = [
        line
        for line, _ in lines_of(tx, [lot for (lot,) in known]).values()
        if (row.batch is None or folded(line.batch) == folded(row.batch))
        and (row.mrp is None or line.mrp == row.mrp)
        and (row.expiry is None or line.expiry == row.expiry)
    ]
    if place is not None and len(lots) > 1:
        lying = tx.rows(_LYING, place=place, lots=[line.lot_id for line in lots])
        here = {lot for lot, bucket, _ in lying if bucket == row.bucket}
        lots = [line for line in lots if line.lot_id in here] or lots
    if len(lots) > 1 and row.batch is None:
        raise refuse(Reason.MISSING, at, field="batch")
    if len(lots) > 1:
        raise refuse(Reason.SEVERAL_LOTS, at, item=item.code, batch=row.batch or "")
    return lots[0].lot_id if lots else None


def lot_made(tx: Tx, row: Piece, item: Named) -> int:
    """The lot that a row names, made where it was never in the books. Its item is held."""
    said = tx.row(_ITEM, item=item.item_id)
    assert said is not None
    _, _, mrp, keeps = said
    marking = Marking(
        (row.batch or "") if keeps else "", row.mrp or Money(mrp), row.expiry if keeps else None
    )
    batch, paise, expiry = identity(marking)
    names: dict[str, object] = {
        "item": item.item_id,
        "batch": batch,
        "mrp": paise,
        "expiry": expiry,
    }
    tx.run(_MAKE, **names)
    lot = int(tx.value(_SAME, **names))
    tx.touched["lot"].add(lot)
    return lot
