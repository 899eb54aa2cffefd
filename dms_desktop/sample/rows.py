"""The rows of the sample company: a field for each heading of the import files, in their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from dms_desktop.domain.money import Money


@dataclass(frozen=True, slots=True)
class ItemRow:
    """`unit` is a UQC; `inner` and `case` count pieces; `mrp` is that of the newest pack."""

    code: str
    name: str
    alias: str
    principal: str
    brand: str
    category: str
    hsn: str
    gst_rate: Decimal
    cess_rate: Decimal
    unit: str
    inner: int
    case: int
    barcode: str
    mrp: Money
    keep_batch: bool
    active: bool


@dataclass(frozen=True, slots=True)
class LotRow:
    """`ptr`, `pts` and `cost` are of a piece, before GST; an item without batches has no dates."""

    item: str
    batch: str
    mrp: Money
    ptr: Money
    pts: Money
    cost: Money
    packed: date | None
    expiry: date | None
    godown: str
    qty: int


@dataclass(frozen=True, slots=True)
class PartyRow:
    """`class_` stands under the heading `class`; a limit of nothing means no credit."""

    code: str
    name: str
    gstin: str
    state: str
    class_: str
    beat: str
    salesman: str
    phone: str
    credit_limit: Money
    credit_days: int
    min_life_days: int
    address: str
    city: str
    pin: str


@dataclass(frozen=True, slots=True)
class Company:
    """Who sells: the facts that the first start asks for, and its godowns."""

    name: str
    address: str
    city: str
    pin: str
    state: str
    gstin: str
    pan: str
    fssai: str
    phone: str
    email: str
    bank: str
    account: str
    ifsc: str
    vpa: str
    godowns: tuple[str, ...]


MAIN = "MAIN"  # the godown that bills are made from
RESERVE = "RESERVE"

Row: TypeAlias = ItemRow | LotRow | PartyRow


def headings(kind: type[Row]) -> tuple[str, ...]:
    """The headings of the kind's import file."""
    return tuple(field.name.rstrip("_") for field in fields(kind))


def cells(row: Row) -> tuple[str, ...]:
    """The row as the import file spells it: rupees with two places, ISO days, yes or no."""
    return tuple(_spell(getattr(row, field.name)) for field in fields(row))


def _spell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def table(kind: type[Row], rows: Iterable[Row]) -> Iterable[tuple[str, ...]]:
    """Headings first, then every row."""
    yield headings(kind)
    for row in rows:
        yield cells(row)
