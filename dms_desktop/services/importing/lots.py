"""Rows of lots: what each brings in, and the Opening documents that bring it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dms_desktop.domain.calendar import expiry_after
from dms_desktop.domain.incoming import Difference, Line, Outcome
from dms_desktop.domain.masters import ItemRecord, LotRecord, as_rate, folded
from dms_desktop.domain.money import Money, whole
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.units import BadQuantity, read_quantity
from dms_desktop.services import items, lots, principals
from dms_desktop.services.changes import Change
from dms_desktop.services.importing.notes import MADE_ON_THE_WAY, Done, Note, of_changes
from dms_desktop.services.lots import LotItem, LotKey
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading, Tx

_AS_IT_WAS = "{}"


@dataclass(slots=True)
class Plan:
    """The rows that can be taken, in their order, and the lots that are there already."""

    rows: list[tuple[int, LotRecord, LotKey]] = field(default_factory=list)
    there: dict[LotKey, int] = field(default_factory=dict)
    outcome: Outcome = field(default_factory=Outcome)


@dataclass(frozen=True, slots=True)
class Goods:
    """The item of a lot; `taxed_on_value` tells whether its tax follows from its rate."""

    item: LotItem
    record: ItemRecord
    taxed_on_value: bool


def plan_lots(reading: Reading, lines: Iterable[Line]) -> Plan:
    wanted = list(lines)
    goods = _goods(reading, [line.given["item"] for line in wanted])
    plan = Plan(there=lots.known(reading, (each.item.id for each in goods.values())))
    refused: list[Problem] = []
    for line in wanted:
        found = goods.get(folded(line.given["item"]))
        if found is None:
            facts = {"code": line.given["item"]}
            refused.append(Problem(Reason.UNKNOWN_ITEM, line.row, facts))
            continue
        record, problems = read_lot(line, found)
        refused += problems
        if not problems:
            plan.rows.append((line.row, record, lots.key_of(found.item, record)))
    plan.outcome = _outcome(reading, plan, refused)
    return plan


def write_lots(tx: Tx, plan: Plan) -> Done:
    """A note a row, one for each document, and the old rates where a lot's rates changed."""
    done = lots.put_lots(tx, [record for _, record, _ in plan.rows])
    changed = {change.key: change for change in done.changes if change.table == "lot"}
    others = [change for change in done.changes if change.table != "lot"]
    notes = of_changes(others, lambda _: MADE_ON_THE_WAY)
    seen: set[int] = set()
    for (row, _, key), lot in zip(plan.rows, done.lots, strict=True):
        notes.append(_note(row, lot, changed.get(lot) if lot not in seen else None))
        if lot in seen and key not in plan.there:
            notes[-1] = replace(notes[-1], before="")
        seen.add(lot)
    notes += [
        Note(MADE_ON_THE_WAY, f"document {posted.id.hex}", "", _AS_IT_WAS) for posted in done.posted
    ]
    return Done(tuple(notes), {"documents": [posted.number for posted in done.posted]})


def read_lot(line: Line, goods: Goods) -> tuple[LotRecord, list[Problem]]:
    """The lot of a row, with what its item adds to it, and what is wrong with it."""
    given, item, record = dict(line.given), goods.item, goods.record
    problems: list[Problem] = []
    try:
        given["qty"] = pieces(given["qty"], record.case, record.inner)
    except BadQuantity as error:
        facts = {**error.facts, "text": given["qty"], "item": item.name, "fault": error.reason}
        problems.append(Problem(Reason.BAD_QUANTITY, line.row, facts))
        given["qty"] = 0
    lot = LotRecord(**{**given, "mrp": given.get("mrp") or item.mrp})
    if lot.expiry is None and lot.packed and record.shelf_months:
        lot = replace(lot, expiry=expiry_after(lot.packed, record.shelf_months))
    problems += [Problem(Reason.MISSING, line.row, {"field": name}) for name in _missing(lot, item)]
    if lot.packed and lot.expiry and lot.expiry < lot.packed:
        facts = {"item": item.name, "expiry": lot.expiry, "packed": lot.packed}
        problems.append(Problem(Reason.EXPIRY_BEFORE_PACKED, line.row, facts))
    if dear := _above_mrp(lot, goods):
        facts = {"item": item.name, "qty": 1, "amount": dear, "mrp": lot.mrp}
        problems.append(Problem(Reason.ABOVE_MRP, line.row, facts))
    return lot, problems


def pieces(text: str, case: int, inner: int) -> int:
    """Base units of what was typed; nought is no mistake here. Raises BadQuantity."""
    if text.isdigit() and not int(text):
        return 0
    quantity = read_quantity(text, case, inner)
    return quantity.billed + quantity.free


def _missing(lot: LotRecord, item: LotItem) -> list[str]:
    """Stock without a cost would be sold at no cost; an item that keeps batches names them."""
    missing = ["batch"] if item.keep_batch and not lot.batch else []
    return [*missing, "cost"] if lot.qty and lot.cost is None and lot.pts is None else missing


def _above_mrp(lot: LotRecord, goods: Goods) -> Money | None:
    """What a piece comes to at PTR with its tax, where that is more than its MRP (rule 6)."""
    ptr = as_rate(lot.ptr)
    if ptr is None or not lot.mrp or not goods.taxed_on_value:
        return None
    percent = 100 + goods.record.gst_rate + goods.record.cess_rate
    amount = Money(whole(ptr.amount.paise * percent / 100 / ptr.per))
    return amount if amount > lot.mrp else None


def _goods(reading: Reading, codes: Iterable[str]) -> dict[str, Goods]:
    wanted = list(codes)
    records = items.kept(reading, wanted)
    classes = principals.tax_classes(reading, today(reading)).values()
    plain = {each.code for each in classes if each.plain}
    return {
        code: Goods(item, records[code][2], records[code][2].tax_class in plain)
        for code, item in lots.items_of(reading, wanted).items()
    }


def _note(row: int, lot: int, change: Change | None) -> Note:
    if change is None:
        return Note(row, f"lot {lot}", _AS_IT_WAS, _AS_IT_WAS)
    (note,) = of_changes([change], lambda _: row)
    return note


def _outcome(reading: Reading, plan: Plan, refused: list[Problem]) -> Outcome:
    held: dict[int, int] = dict(
        reading.rows(
            "SELECT lot_id, qty FROM lot_cost WHERE lot_id IN :lots",
            lots=sorted({plan.there[key] for _, _, key in plan.rows if key in plan.there}),
        )
    )
    differences: list[Difference] = []
    for row, record, key in plan.rows:
        if key in plan.there:
            lot = plan.there[key]
            was = held.get(lot, 0)
            held[lot] = was + record.qty
            differences.append(Difference(row, record.item, {"qty": (was, held[lot])}))
    places = principals.known(reading, "place")
    new = {folded(record.godown): record.godown for _, record, _ in plan.rows if record.godown}
    also: Mapping[str, Any] = {
        "place": tuple(new[key] for key in sorted(new.keys() - places.keys()))
    }
    return Outcome(
        len(plan.rows) - len(differences),
        len(differences),
        tuple(refused),
        tuple(differences),
        {table: names for table, names in also.items() if names},
    )
