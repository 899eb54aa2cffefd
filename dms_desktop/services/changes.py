"""Masters before and after: what an import or a single save changed, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dms_desktop.store.session import Reading, Tx

Image = dict[str, Any]  # column -> value; bytes as hex, so that it can be kept as JSON

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "principal": ("id", "uid", "code", "name", "active", "row_version"),
    "tax_class": ("id", "code", "name"),
    "tax_rate": (
        "id", "tax_class_id", "from_day", "gst", "cess", "cess_paise", "cess_per", "basis",
        "source",
    ),
    "beat": ("id", "uid", "code", "name", "active", "row_version"),
    "salesman": ("id", "uid", "code", "name", "phone", "active", "row_version"),
    "place": ("id", "uid", "code", "name", "kind", "registration_id", "active", "row_version"),
    "item": (
        "id", "uid", "code", "code_key", "name", "alias", "principal_id", "brand", "category",
        "hsn", "tax_class_id", "unit", "inner_units", "case_units", "selling_multiple", "grams",
        "mrp", "keep_batch", "shelf_months", "regime", "active", "row_version",
    ),
    "barcode": ("id", "item_id", "code", "units"),
    "party": (
        "id", "uid", "code", "code_key", "name", "alias", "address", "city", "pin", "state",
        "phone", "pan", "fssai", "ship_to", "ship_state", "party_class", "beat_id", "salesman_id",
        "price_list_id", "credit_limit", "credit_days", "min_life_days", "customer", "supplier",
        "active", "row_version",
    ),
    "party_gst": ("id", "party_id", "from_day", "gst_type", "gstin"),
    "party_licence": ("id", "party_id", "kind", "number", "valid_to", "active"),
    "lot": (
        "id", "item_id", "batch", "mrp", "expiry", "packed", "ptr", "ptr_per", "pts", "pts_per",
        "blocked", "row_version",
    ),
    "list_price": (
        "id", "price_list_id", "item_id", "from_day", "until_day", "rate", "per", "percent_of_ptr",
        "percent_of_mrp", "mrp", "inclusive", "net", "row_version",
    ),
}  # fmt: skip
_BY_ID = {
    name: f"SELECT {', '.join(columns)} FROM {name} WHERE id IN :ids ORDER BY id"  # noqa: S608
    for name, columns in COLUMNS.items()
}


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a master; `before` is None where it is new, `after` where it is gone."""

    table: str
    key: int
    before: Image | None
    after: Image | None


@dataclass(frozen=True, slots=True)
class Put:
    """What a write of many masters did."""

    created: int = 0
    changed: int = 0
    changes: tuple[Change, ...] = ()


@dataclass(slots=True)
class Watch:
    """Remembers the rows that are about to change, and tells what became of them."""

    tx: Tx
    before: dict[str, dict[int, Image]] = field(default_factory=dict)
    new: dict[str, set[int]] = field(default_factory=dict)

    def about_to_change(self, table: str, keys: Iterable[int]) -> None:
        self.before.setdefault(table, {}).update(images(self.tx, table, keys))

    def made(self, table: str, keys: Iterable[int]) -> None:
        self.new.setdefault(table, set()).update(keys)

    def changes(self) -> tuple[Change, ...]:
        """In the order of COLUMNS, so that what others refer to comes first."""
        found: list[Change] = []
        for table in COLUMNS:
            before = self.before.get(table, {})
            keys = before.keys() | self.new.get(table, set())
            after = images(self.tx, table, keys) if keys else {}
            found += [
                Change(table, key, before.get(key), after.get(key))
                for key in sorted(keys)
                if before.get(key) != after.get(key)
            ]
        return tuple(found)


def images(reading: Reading, table: str, keys: Iterable[int]) -> dict[int, Image]:
    """Whole rows by key."""
    names = COLUMNS[table]
    return {
        row[0]: dict(zip(names, map(_plain, row), strict=True))
        for row in reading.rows(_BY_ID[table], ids=sorted(keys))
    }


def _plain(value: Any) -> Any:
    return bytes(value).hex() if isinstance(value, (bytes, memoryview)) else value
