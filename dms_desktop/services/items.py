"""Items in the books: read as records, written many at a time, never deleted."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from dms_desktop.domain.licences import Regime
from dms_desktop.domain.masters import ITEM_FIELDS, Barcode, ItemRecord, ItemRow, folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.domain.tax import NOTIFIED
from dms_desktop.domain.uid import uuid7
from dms_desktop.services import principals
from dms_desktop.services.changes import Put, Watch
from dms_desktop.services.principals import TaxClass
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading, Tx

Kept = tuple[int, int, ItemRecord]  # key, row_version, record

_NOTHING = ItemRecord("", "")
_FIELDS = (
    "code", "name", "alias", "principal_id", "brand", "category", "hsn", "tax_class_id", "unit",
    "inner_units", "case_units", "selling_multiple", "grams", "mrp", "keep_batch", "shelf_months",
    "regime", "active",
)  # fmt: skip
_RECORDS = (
    "SELECT item.id, item.row_version, item.code, item.code_key, item.name, alias, principal.name,"
    " brand, category, hsn, tax_class_id, unit, inner_units, case_units, selling_multiple, grams,"
    " mrp, keep_batch, shelf_months, regime, item.active FROM item"
    " JOIN principal ON principal.id = principal_id WHERE item.code_key IN :keys ORDER BY item.id"
)
_UPDATE = (
    f"UPDATE item SET {', '.join(f'{name} = ?' for name in _FIELDS)},"  # noqa: S608
    " row_version = row_version + 1 WHERE id = ?"
)


@needs(Power.LOOK)
def kept(reading: Reading, codes: Iterable[str]) -> dict[str, Kept]:
    """Items by folded code, whatever spelling is asked for, with today's rates."""
    rows = reading.rows(_RECORDS, keys=sorted({folded(code) for code in codes}))
    classes = principals.tax_classes(reading, today(reading))
    codes_on = _barcodes(reading, [row[0] for row in rows])
    return {row[3]: (row[0], row[1], _record(row, classes, codes_on)) for row in rows}


def over(given: Mapping[str, Any], old: ItemRecord | None) -> ItemRecord:
    """The item as it will be: the given fields over what was there; a new barcode joins the old.

    The code keeps its first spelling, and so does the principal's name. Other rates than before
    mean another tax class, unless one is given.
    """
    was = old or _NOTHING
    said = {"code": "", "name": "", **given} if old is None else dict(given)
    barcode = said.pop("barcode", "")
    said["barcodes"] = with_barcode(said.get("barcodes", was.barcodes), barcode)
    said["principal"] = said.get("principal", was.principal) or principals.NO_PRINCIPAL
    if old is None:
        return ItemRecord(**said)  # not replace(), which asks for each field that was not given
    new = replace(old, **said)
    tax_class = new.tax_class
    if tax_class in ("", old.tax_class):
        as_before = (new.gst_rate, new.cess_rate) == (old.gst_rate, old.cess_rate)
        tax_class = old.tax_class if as_before else ""
    owner = _same(old.principal, new.principal)
    return replace(new, code=old.code, principal=owner, tax_class=tax_class)


def faults(record: ItemRecord, row: int | None = None) -> list[Problem]:
    """What an item cannot be without; and a rate that was never notified, which is a slip unless
    there is a tax class of it."""
    missing = [
        Problem(Reason.MISSING, row, {"field": field})
        for field in ("code", "name")
        if not folded(getattr(record, field))
    ]
    if record.regime not in ("", *Regime):
        facts = {"field": "regime", "value": record.regime}
        missing.append(Problem(Reason.BAD_ENTRY, row, facts))
    if record.tax_class or record.gst_rate in NOTIFIED:
        return missing
    facts = {"item": record.name or record.code, "value": f"{record.gst_rate.normalize():f}"}
    return [*missing, Problem(Reason.RATE_NOT_NOTIFIED, row, facts)]


def with_barcode(barcodes: tuple[Barcode, ...], code: str) -> tuple[Barcode, ...]:
    """With one more for a single piece, unless it is there already."""
    if not code or any(barcode.code == code for barcode in barcodes):
        return barcodes
    return (*barcodes, Barcode(code))


@needs(Power.MASTERS)
def put_items(tx: Tx, rows: Iterable[ItemRow]) -> Put:
    """Make or change many items at once; what they name is made too. Nothing is audited here.

    Refuses DUPLICATE for a code that comes twice, and MISSING.
    """
    wanted = list(rows)
    found = kept(tx, (row.code for row in wanted))
    new: dict[str, ItemRecord] = {}
    changed: dict[int, ItemRecord] = {}
    problems: list[Problem] = []
    seen: set[str] = set()
    for at, row in enumerate(wanted):
        key = folded(row.code)
        old = found.get(key)
        record = over(_given(row), old[2] if old else None)
        problems += faults(record, at)
        if key in seen:
            problems.append(Problem(Reason.DUPLICATE, at, {"field": "item", "value": row.code}))
        seen.add(key)
        if old is None:
            new[key] = record
        elif record != old[2]:
            changed[old[0]] = record
    if problems:
        raise Refused(*problems)
    return write(tx, new, changed, {key: record for key, _, record in found.values()})


def write(
    tx: Tx,
    new: Mapping[str, ItemRecord],
    changed: Mapping[int, ItemRecord],
    before: Mapping[int, ItemRecord],
) -> Put:
    """New items by folded code, changed ones by key, and what those were."""
    watch = Watch(tx)
    watch.about_to_change("item", changed)
    columns = _columns(tx, [*new.values(), *changed.values()], watch)
    tx.insert(
        "item",
        ("uid", "code_key", *_FIELDS),
        [(uuid7(tx.now, os.urandom(10)).bytes, key, *columns(new[key])) for key in sorted(new)],
    )
    tx.many(_UPDATE, [(*columns(record), key) for key, record in sorted(changed.items())])
    keys: dict[str, int] = dict(
        tx.rows("SELECT code_key, id FROM item WHERE code_key IN :keys", keys=sorted(new))
    )
    watch.made("item", keys.values())
    records = {**changed, **{keys[code]: record for code, record in new.items()}}
    _put_barcodes(tx, records, {key: record.barcodes for key, record in before.items()}, watch)
    tx.touched["item"].update(records)
    return Put(len(new), len(changed), watch.changes())


def _given(row: ItemRow) -> dict[str, Any]:
    if isinstance(row, ItemRecord):
        return {each.name: getattr(row, each.name) for each in fields(row)}
    return {name: getattr(row, name) for name in ITEM_FIELDS}


def _columns(tx: Tx, records: list[ItemRecord], watch: Watch) -> Any:
    """How a record becomes the columns of the table, once all that it names has a key."""
    owners = principals.named(tx, "principal", (record.principal for record in records), watch)
    by_rates = {(r.gst_rate, r.cess_rate) for r in records if not r.tax_class}
    classes = principals.with_rates(tx, by_rates, today(tx), watch)
    by_code: dict[str, int] = dict(tx.rows("SELECT code, id FROM tax_class"))
    if unknown := sorted({r.tax_class for r in records} - by_code.keys() - {""}):
        raise refuse(Reason.BAD_ENTRY, field="tax_class", value=unknown[0])

    def columns(record: ItemRecord) -> tuple[Any, ...]:
        if record.tax_class:
            tax_class = by_code[record.tax_class]
        else:
            tax_class = classes[record.gst_rate, record.cess_rate]
        return (
            record.code, record.name, record.alias, owners[folded(record.principal)],
            record.brand, record.category, record.hsn, tax_class, record.unit, record.inner,
            record.case, record.selling_multiple, record.grams, record.mrp.paise,
            int(record.keep_batch), record.shelf_months, record.regime, int(record.active),
        )  # fmt: skip

    return columns


def _put_barcodes(
    tx: Tx,
    records: Mapping[int, ItemRecord],
    before: Mapping[int, tuple[Barcode, ...]],
    watch: Watch,
) -> None:
    """Codes come, go, or stand for another number of pieces."""
    old = {(key, each.code): each.units for key in records for each in before.get(key, ())}
    new = {(key, each.code): each.units for key, r in records.items() for each in r.barcodes}
    if old == new:
        return
    items = sorted(records)
    rows = tx.rows("SELECT id FROM barcode WHERE item_id IN :items", items=items)
    watch.about_to_change("barcode", (key for (key,) in rows))
    tx.many("DELETE FROM barcode WHERE item_id = ? AND code = ?", sorted(old.keys() - new.keys()))
    tx.many(
        "INSERT INTO barcode (item_id, code, units) VALUES (?, ?, ?)"
        " ON CONFLICT (item_id, code) DO UPDATE SET units = excluded.units",
        [(*key, units) for key, units in new.items() if old.get(key) != units],
    )
    rows = tx.rows("SELECT id FROM barcode WHERE item_id IN :items", items=items)
    watch.made("barcode", (key for (key,) in rows))


def _record(
    row: tuple[Any, ...],
    classes: dict[int, TaxClass],
    barcodes: Mapping[int, tuple[Barcode, ...]],
) -> ItemRecord:
    (
        key, _, code, _, name, alias, owner, brand, category, hsn, tax_class, unit, inner, case,
        multiple, grams, mrp, keep, months, regime, active,
    ) = row  # fmt: skip
    found = classes.get(tax_class)
    gst, cess = found.rates if found else (Decimal(0), Decimal(0))
    return ItemRecord(
        code, name, alias, owner, brand, category, hsn, gst, cess, unit, inner, case, Money(mrp),
        bool(keep), bool(active), barcodes.get(key, ()), found.code if found else "", multiple,
        grams, months, regime,
    )  # fmt: skip


def _barcodes(reading: Reading, items: list[int]) -> dict[int, tuple[Barcode, ...]]:
    found: defaultdict[int, tuple[Barcode, ...]] = defaultdict(tuple)
    for item, code, units in reading.rows(
        "SELECT item_id, code, units FROM barcode WHERE item_id IN :items ORDER BY id", items=items
    ):
        found[item] = (*found[item], Barcode(code, units))
    return found


def _same(old: str, new: str) -> str:
    return old if folded(old) == folded(new) else new
