"""What each stock report says of a row, on the screen, in a spreadsheet and on paper alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.money import Money
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import amount, day_text, grouped
from dms_desktop.language.terms import KINDS
from dms_desktop.services.stock_reports.levels import Standard
from dms_desktop.ui.kit.table import Column
from dms_desktop.ui.masters.lot_papers import BUCKETS

Value = str | int | Decimal | date | None
TOTAL = "="  # the name of the row beneath the others
STANDARDS = {
    Standard.BELOW_LEAST: N_("Too little"),
    Standard.TO_ORDER: N_("Order now"),
    Standard.ENOUGH: N_("Enough"),
    Standard.ABOVE_MOST: N_("Too much"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """`value` is a text, whole number, Money or day; `width` in letters, nil for the rest."""

    title: str
    value: Callable[[Any], Any]
    width: int = 0
    right: bool = False

    def text(self, row: Any) -> str:
        match self.value(row):
            case None:
                return ""
            case Money() as money:
                return amount(money.paise)
            case date() as day:
                return day_text(day)
            case int() as number:
                return grouped(number)
            case text:
                return str(text)

    def plain(self, row: Any) -> Value:
        """As a spreadsheet keeps it: figures to be added up, days to be sorted."""
        value = self.value(row)
        if isinstance(value, Money):
            return Decimal(value.paise).scaleb(-2)
        return value  # type: ignore[no-any-return]

    def column(self) -> Column[Any]:
        return Column(self.title, self.text, self.width, self.right)


def count(title: str, value: Callable[[Any], Any], width: int = 8) -> Told:
    return Told(title, value, width, right=True)


def money(title: str, value: Callable[[Any], Any], width: int = 11) -> Told:
    return Told(title, value, width, right=True)


def bucket_text(bucket: str) -> str:
    if bucket == TOTAL:
        return _("Total")
    return _(BUCKETS[Bucket(bucket)]) if bucket in set(Bucket) else bucket


def _where(spot: str) -> str:
    place, _space, bucket = spot.rpartition(" ")
    return f"{place} · {bucket_text(bucket)}" if place else ""


ITEM = Told(N_("Item"), lambda row: row.item, 10)
NAME = Told(N_("Name"), lambda row: row.name)
BATCH = Told(N_("Batch"), lambda row: row.batch, 10)
EXPIRY = Told(N_("Expiry"), lambda row: row.expiry, 10)
MRP = money(N_("MRP"), lambda row: row.mrp, 8)
GODOWN = Told(N_("Godown"), lambda row: row.godown, 8)
BUCKET = Told(N_("Where"), lambda row: bucket_text(row.bucket), 11)
RACK = Told(N_("Rack"), lambda row: row.rack, 7)
PIECES = count(N_("Pieces"), lambda row: row.qty)
COST = money(N_("Cost ₹"), lambda row: row.cost)
LOTS: Sequence[Told] = (ITEM, NAME, BATCH, EXPIRY, MRP, GODOWN, RACK, BUCKET, PIECES, COST)
RACKS: Sequence[Told] = (GODOWN, RACK, ITEM, NAME, BATCH, EXPIRY, MRP, BUCKET, PIECES)
EXPIRING: Sequence[Told] = (EXPIRY, ITEM, NAME, BATCH, MRP, GODOWN, BUCKET, PIECES, COST)
MOVERS: Sequence[Told] = (
    ITEM,
    NAME,
    PIECES,
    count(N_("Sold"), lambda row: row.sold),
    count(N_("Lasts days"), lambda row: row.cover, 10),
    Told(N_("Last sale"), lambda row: row.last_sale, 10),
    COST,
)
AGES: Sequence[Told] = (
    ITEM,
    NAME,
    count(N_("30 days"), lambda row: row.pieces[0]),
    count(N_("31 to 60"), lambda row: row.pieces[1]),
    count(N_("61 to 90"), lambda row: row.pieces[2]),
    count(N_("91 to 180"), lambda row: row.pieces[3], 9),
    count(N_("Older"), lambda row: row.pieces[4]),
    money(N_("Cost ₹"), lambda row: sum(row.cost, Money())),
)
LEVELS: Sequence[Told] = (
    ITEM,
    NAME,
    GODOWN,
    PIECES,
    count(N_("At least"), lambda row: row.least),
    count(N_("Order at"), lambda row: row.reorder),
    count(N_("At most"), lambda row: row.most),
    Told(N_("Stands"), lambda row: _(STANDARDS[row.standard]), 10),
    count(N_("To order"), lambda row: row.order),
)
WORTH: Sequence[Told] = (
    Told(N_("Name"), lambda row: bucket_text(row.name)),
    count(N_("Batches"), lambda row: row.lots),
    count(N_("Pieces"), lambda row: row.qty, 10),
    money(N_("Cost ₹"), lambda row: row.cost, 14),
    money(N_("At PTR ₹"), lambda row: row.ptr, 14),
    money(N_("At MRP ₹"), lambda row: row.mrp, 14),
    count(N_("Without PTR"), lambda row: row.unpriced, 11),
)
STEPS: Sequence[Told] = (
    Told(N_("Day"), lambda row: row.day, 10),
    Told(N_("Paper"), lambda row: _(KINDS.get(row.kind, row.kind)), 14),
    Told(N_("Number"), lambda row: row.number, 15),
    Told(N_("Party"), lambda row: row.party),
    Told(N_("Batch"), lambda row: row.batch, 10),
    Told(N_("From"), lambda row: _where(row.start), 15),
    Told(N_("To"), lambda row: _where(row.end), 15),
    count(N_("Came"), lambda row: row.came or None, 7),
    count(N_("Went"), lambda row: row.went or None, 7),
    count(N_("Left"), lambda row: row.balance, 8),
)
SHOPS: Sequence[Told] = (
    Told(N_("Party"), lambda row: row.party),
    Told(N_("Phone"), lambda row: row.phone, 14),
    Told(N_("Bill"), lambda row: row.number, 15),
    Told(N_("Day"), lambda row: row.day, 10),
    count(N_("Pieces"), lambda row: row.qty),
    count(N_("Came back"), lambda row: row.came_back, 10),
)
