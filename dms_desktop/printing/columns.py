"""The columns of the goods: only those that a document needs, each as wide as its widest figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dms_desktop.domain.documents import Estimate, Order
from dms_desktop.domain.goods_line import GoodsLine
from dms_desktop.domain.money import Money, Rate, total
from dms_desktop.domain.tax import Gst
from dms_desktop.domain.units import spell
from dms_desktop.language.catalogue import _
from dms_desktop.language.figures import amount, grouped
from dms_desktop.printing.fonts import Faces
from dms_desktop.printing.paper import Printable
from dms_desktop.printing.summary import EXEMPT, has_cess, percent, second_half, untaxed
from dms_desktop.printing.wording import rate_mark, tax_mark
from dms_desktop.printing.wrapping import clean

NAME = "name"
CELL_PAD = 2.2  # white on either side of a cell, in points
_READABLE = 17.0  # sizes that the name needs before the figures may be set larger
_WIDEST_CODE = 8.2  # sizes, after which a batch or HSN is broken into lines


@dataclass(frozen=True, slots=True)
class Column:
    """`carried` sums up the lines so far for the foot of a sheet and the head of the next."""

    key: str
    heading: tuple[str, ...]
    cells: tuple[str, ...]
    right: bool = True
    wraps: bool = False
    total: str = ""
    carried: Callable[[Sequence[GoodsLine]], str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Columns with their widths in points, and the size that the goods are set in."""

    columns: tuple[Column, ...]
    widths: tuple[float, ...]
    size: float

    def rooms(self) -> tuple[float, ...]:
        """What text may take of each column."""
        return tuple(width - 2 * CELL_PAD for width in self.widths)


def columns_of(document: Printable) -> tuple[Column, ...]:
    """The columns in their order; one that no line fills is left out."""
    lines = document.lines
    picked = not isinstance(document, Estimate | Order)
    columns = [
        _text("sr", _("Sr"), [str(number) for number in range(1, len(lines) + 1)], right=True),
        _text(NAME, _("Description of goods"), [clean(line.name) for line in lines], wraps=True),
        _text("hsn", _("HSN"), [line.hsn for line in lines], wraps=True),
        _text("batch", _("Batch"), [line.batch if picked else "" for line in lines], wraps=True),
        _text("expiry", _("Exp"), [_month(line.expiry if picked else None) for line in lines]),
        _figure("mrp", _("MRP"), [_or_blank(line.mrp) for line in lines]),
        _figure("case", _("Cases"), [_cases(line) for line in lines]),
        _count("qty", _("Qty"), lines, lambda line: line.qty),
        _count("free", _("Free"), lines, lambda line: line.free_qty),
        _text("uqc", _("Unit"), [line.uqc for line in lines]),
        _figure("rate", _("Rate"), [rate_text(line.rate) + rate_mark(line) for line in lines]),
        _figure("percent", _("Disc %"), [_percents(line) for line in lines]),
        _money("discount", (_("Disc"),), lines, _taken_off(lines)),
        *_value_columns(document),
    ]
    return tuple(column for column in columns if any(column.cells) or column.key == NAME)


def _value_columns(document: Printable) -> list[Column]:
    lines = document.lines
    last = _money("amount", (_("Amount"),), lines, lambda line: line.amount)
    if untaxed(document):
        return [last]
    half = second_half(document)
    heads = ("IGST",) if document.head.interstate else ("CGST +", half)
    columns = [
        _money(
            "taxable",
            tuple(_("Taxable value").split(" ")),
            lines,
            lambda line: line.taxable,
            nil=True,
        ),
        _figure("gst", "GST %", [_gst_rate(line) for line in lines]),
        _money("tax", heads, lines, lambda line: _gst_only(line.tax), nil=True),
    ]
    if has_cess(lines):
        columns.append(_money("cess", (_("Cess"),), lines, lambda line: line.tax.cess))
    return [*columns, last]


def fitted(
    columns: tuple[Column, ...], room: float, sizes: Sequence[float], least: float, faces: Faces
) -> tuple[Table, ...]:
    """The table in each size, from the largest at which names stay readable down to `least`;
    where figures are so long that only a smaller size holds them, in that one."""
    units = [_widest(column, faces) for column in columns]
    at = next(number for number, column in enumerate(columns) if column.key == NAME)
    wanted = min(units[at], _READABLE)
    tables: list[Table] = []
    for size in sizes:
        if tables and size < least:
            break
        widths = [unit * size + 2 * CELL_PAD for unit in units]
        widths[at] = room - sum(widths) + widths[at]
        if widths[at] - 2 * CELL_PAD >= wanted * size or size == sizes[-1]:
            tables.append(Table(columns, tuple(widths), size))
    return tuple(tables)


def _widest(column: Column, faces: Faces) -> float:
    """Room for the column at a size of 1: heading, sum and figures whole, long codes broken."""
    cell = max(map(faces.regular.width, column.cells), default=0.0)
    if column.wraps and column.key != NAME:
        cell = min(cell, _WIDEST_CODE)
    sums = [column.total]
    return max(cell, *map(faces.bold.width, (*column.heading, *sums)))


def rate_text(rate: Rate) -> str:
    """The price of one base unit, or of so many where that is how it was given: `47.35/1000`.

    A rate worked out to hundredths of a paisa (`78.4532`) is a price of one.
    """
    one = Decimal(rate.amount.paise) / 100 / rate.per
    places = -int(one.normalize().as_tuple().exponent)
    if rate.per == 1 or (one >= 1 and places <= 6):
        return grouped(one, max(2, places))
    return f"{amount(rate.amount.paise)}/{grouped(rate.per)}"


def _month(expiry: date | None) -> str:
    return f"{expiry.month:02d}/{expiry.year % 100:02d}" if expiry else ""


def _cases(line: GoodsLine) -> str:
    return spell(line.qty, line.case) if 0 < line.case <= line.qty else ""


def _percents(line: GoodsLine) -> str:
    return "+".join(percent(one.percent) for one in line.adjustments if one.percent)


def _taken_off(lines: Sequence[GoodsLine]) -> Callable[[GoodsLine], Money]:
    """What each line bears, if percentages alone do not say it of some: then of every line, so that
    the column sums to what the foot of the paper calls the discount."""
    amounts = any(one.percent is None for line in lines for one in line.adjustments)
    return lambda line: line.discount if amounts else Money()


def _gst_rate(line: GoodsLine) -> str:
    return _(EXEMPT) if line.tax_rate.exempt else percent(line.tax_rate.gst) + tax_mark(line)


def _gst_only(tax: Gst) -> Money:
    return tax.total - tax.cess


def _or_blank(money: Money) -> str:
    return amount(money.paise) if money else ""


def _text(
    key: str, heading: str, cells: Sequence[str], *, right: bool = False, wraps: bool = False
) -> Column:
    return Column(key, (heading,), tuple(cells), right=right, wraps=wraps)


def _figure(key: str, heading: str, cells: Sequence[str]) -> Column:
    return Column(key, tuple(heading.split(" ")), tuple(cells))


def _count(
    key: str, heading: str, lines: Sequence[GoodsLine], of: Callable[[GoodsLine], int]
) -> Column:
    """Pieces; summed up only where all lines count in the same unit."""
    one_unit = len({line.uqc for line in lines}) == 1
    every = sum(of(line) for line in lines)
    cells = tuple(grouped(of(line)) if of(line) else "" for line in lines)
    return Column(key, (heading,), cells, total=grouped(every) if one_unit and every else "")


def _money(
    key: str,
    heading: tuple[str, ...],
    lines: Sequence[GoodsLine],
    of: Callable[[GoodsLine], Money],
    *,
    nil: bool = False,
) -> Column:
    """Amounts with their sum; `nil` ones show 0.00, since a missing tax is a question."""
    always = nil or key == "amount"
    cells = tuple(amount(of(line).paise) if always or of(line) else "" for line in lines)

    def summed(some: Sequence[GoodsLine]) -> str:
        return amount(total(of(line) for line in some).paise)

    return Column(key, heading, cells, total=summed(lines) if lines else "", carried=summed)
