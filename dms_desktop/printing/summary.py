"""Tax by HSN and rate, and the sums at the foot: Rule 46 asks for each tax's rate and amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from dms_desktop.domain.documents import Bill
from dms_desktop.domain.goods_line import GoodsLine, Paper
from dms_desktop.domain.money import ZERO, Money, total
from dms_desktop.domain.tax import Gst, TaxRate
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import amount
from dms_desktop.printing.paper import Printable
from dms_desktop.printing.wording import levies_utgst

EXEMPT = N_("Exempt")


@dataclass(frozen=True, slots=True)
class TaxRow:
    name: str
    rate: TaxRate
    taxable: Money
    tax: Gst


def tax_rows(lines: Sequence[GoodsLine], *, by_rate: bool) -> tuple[TaxRow, ...]:
    """One row for each HSN and rate in the order of the codes, or for each rate alone."""
    sums: dict[tuple[str, TaxRate], TaxRow] = {}
    for line in lines:
        rate = replace(line.tax_rate, from_day=date.min)  # two tax classes may share a rate
        name = _rate(rate, 1) if by_rate else line.hsn
        so_far = sums.get((name, rate)) or TaxRow(name, rate, ZERO, Gst())
        taxable, tax = so_far.taxable + line.taxable, so_far.tax + line.tax
        sums[name, rate] = TaxRow(name, rate, taxable, tax)
    if by_rate:
        return tuple(sorted(sums.values(), key=lambda row: (row.rate.exempt, row.rate.gst)))
    return tuple(sorted(sums.values(), key=lambda row: (row.name, row.rate.gst, row.rate.exempt)))


def percent(figure: Decimal) -> str:
    """`2.5`, `18`: no nought that says nothing."""
    return f"{figure.normalize():f}"


def untaxed(document: Printable) -> bool:
    """A bill of supply has no tax column at all (Rule 49)."""
    return isinstance(document, Bill) and document.paper is Paper.BILL_OF_SUPPLY


def has_cess(lines: Sequence[GoodsLine]) -> bool:
    return any(line.tax.cess or line.tax_rate.cess or line.tax_rate.cess_per_unit for line in lines)


def second_half(document: Printable) -> str:
    return "UTGST" if levies_utgst(document.head.place_of_supply) else "SGST"


def cess_rate(rate: TaxRate) -> str:
    """`12`, `4.17/pc` for a cess on each piece, or both."""
    parts = [percent(rate.cess)] if rate.cess else []
    if rate.cess_per_unit:
        parts.append(f"{amount(rate.cess_per_unit.times(1).paise)}/pc")
    return " + ".join(parts)


def summary_table(document: Printable, *, by_rate: bool) -> list[tuple[str, ...]]:
    """The heading, a row for each HSN and rate, and the sum; empty on a bill of supply."""
    if untaxed(document):
        return []
    cess = has_cess(document.lines)
    totals, interstate = document.totals, document.head.interstate
    return [
        ("GST %" if by_rate else "HSN", *_heading(document, cess)),
        *(
            _cells(row.name, row.rate, row.taxable, row.tax, interstate, cess)
            for row in tax_rows(document.lines, by_rate=by_rate)
        ),
        _cells(_("Total"), None, totals.taxable, totals.tax, interstate, cess),
    ]


def _heading(document: Printable, cess: bool) -> tuple[str, ...]:
    half = second_half(document)
    taxes = (
        ("IGST %", "IGST") if document.head.interstate else ("CGST %", "CGST", f"{half} %", half)
    )
    return (
        _("Taxable value"),
        *taxes,
        *((_("Cess %"), _("Cess")) if cess else ()),
        _("Total tax"),
    )


def _cells(
    name: str, rate: TaxRate | None, taxable: Money, tax: Gst, interstate: bool, cess: bool
) -> tuple[str, ...]:
    heads = [tax.igst] if interstate else [tax.cgst, tax.sgst]
    cells = [name, amount(taxable.paise)]
    for head in heads:
        cells += [_rate(rate, len(heads)), amount(head.paise)]
    if cess:
        cells += [cess_rate(rate) if rate else "", amount(tax.cess.paise)]
    return (*cells, amount(tax.total.paise))


def _rate(rate: TaxRate | None, parts: int) -> str:
    if rate is None:
        return ""
    return _(EXEMPT) if rate.exempt else percent(rate.gst / parts)


def sums(document: Printable) -> list[tuple[str, str]]:
    """What stands above the grand total, from the goods' value to the round-off."""
    lines, totals = document.lines, document.totals
    off = total(line.discount for line in lines)
    exempt = total(line.taxable for line in lines if line.tax_rate.exempt)
    rows: list[tuple[str, Money]] = []
    if off:
        gross = total(line.gross for line in lines)
        rows += [(_("Value of goods"), gross), (_("Less discount"), -off)]
    if untaxed(document):
        rows.append((_("Value of supply"), totals.taxable))
    else:
        rows.append((_("Taxable value"), totals.taxable - exempt))
        if exempt:
            rows.append((_("Exempt value"), exempt))
        rows += _taxes(document)
    if totals.round_off:
        rows.append((_("Round off"), totals.round_off))
    return [(label, amount(money.paise)) for label, money in rows]


def _taxes(document: Printable) -> list[tuple[str, Money]]:
    tax = document.totals.tax
    if document.head.interstate:
        rows = [("IGST", tax.igst)]
    else:
        rows = [("CGST", tax.cgst), (second_half(document), tax.sgst)]
    return [*rows, (_("Cess"), tax.cess)] if has_cess(document.lines) else rows
