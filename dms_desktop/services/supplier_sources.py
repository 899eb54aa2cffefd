"""By which receipts a supplier's goods came, and how many of each line went back to him."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dms_desktop.domain.money import Money
from dms_desktop.domain.tax import Basis, TaxRate
from dms_desktop.store.session import Reading

_SOURCES = (
    "SELECT goods_line.id, lot_id, document.number, external_ref, document.day,"
    " goods_line.qty + free_qty, goods_line.taxable, goods_line.cgst + goods_line.sgst"
    " + goods_line.igst + goods_line.cess, gst_rate, cess_rate, basis,"
    " coalesce(short.qty, 0), coalesce(returned.qty, 0)"
    " FROM bought JOIN goods_line ON goods_line.id = bought.line_id"
    " JOIN document ON document.id = document_id"
    " LEFT JOIN returned ON returned.line_id = bought.line_id"
    " LEFT JOIN supplier_claim short ON short.line_id = bought.line_id AND short.what = 'short'"
    " WHERE bought.item_id IN (SELECT item_id FROM lot WHERE id IN :lots)"
    " AND goods_line.lot_id IN :lots AND document.party_id = :party"
    " ORDER BY document.day DESC, goods_line.id DESC"
)


@dataclass(slots=True)
class Source:
    """`pieces`, free ones counted, were billed at `value` and `tax`; `left` may still go back."""

    line: int
    number: str
    invoice: str
    day: date
    pieces: int
    value: Money
    tax: Money
    tax_rate: TaxRate
    left: int


def sources(reading: Reading, party_id: int, lots: Sequence[int]) -> dict[int, list[Source]]:
    """By lot, the newest first."""
    found: defaultdict[int, list[Source]] = defaultdict(list)
    for row in reading.rows(_SOURCES, party=party_id, lots=sorted(lots)) if lots else ():
        line, lot, number, invoice, day, pieces, taxable, tax, *rest = row
        gst_rate, cess_rate, basis, short, back = rest
        rate = TaxRate(_scaled(gst_rate), _scaled(cess_rate), None, Basis(basis))
        found[lot].append(
            Source(
                line, number, invoice, date.fromisoformat(day), pieces, Money(taxable), Money(tax),
                rate, pieces - short - back,
            )
        )  # fmt: skip
    return dict(found)


def _scaled(value: int) -> Decimal:
    return Decimal(value).scaleb(-4)
