"""A purchase's own facts as they lie in its particulars, and back again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from dms_desktop.domain.documents import Spot
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.purchase_facts import Came, Charge, Credit, Invoice, Taken
from dms_desktop.domain.tax import Gst, TaxRate

Said = Mapping[str, Any]
_NOTHING = (None, "", 0)
_FACTS = 9


def came_said(came: Sequence[Came]) -> list[Any]:
    """A row for each line, without the empty values at its end."""
    return [_row(each) for each in came]


def came_of(said: Said, lines: int) -> tuple[Came, ...]:
    """Raises ValueError or TypeError for what is none."""
    rows = said.get("came", ())
    if len(rows) != lines:
        raise ValueError("there is not one row for each line")
    return tuple(_came(row) for row in rows)


def invoice_said(invoice: Invoice) -> dict[str, Any]:
    charges = [
        [
            charge.name, charge.amount.paise, int(charge.rate.gst.scaleb(4)),
            charge.tax.cgst.paise, charge.tax.sgst.paise, charge.tax.igst.paise,
            charge.tax.cess.paise,
        ]
        for charge in invoice.charges
    ]  # fmt: skip
    return {
        "invoice": [invoice.number, invoice.day.isoformat(), invoice.irn],
        "charges": charges,
        "tcs": invoice.tcs.paise,
        "credit": invoice.credit.value,
    }


def invoice_of(said: Said) -> Invoice:
    """Raises LookupError, ValueError or TypeError for what is none."""
    number, day, irn = said["invoice"]
    charges = tuple(
        Charge(name, Money(paise), TaxRate(Decimal(gst).scaleb(-4)), Gst(*map(Money, tax)))
        for name, paise, gst, *tax in said.get("charges", ())
    )
    credit, tcs = Credit(said["credit"]), Money(said.get("tcs", 0))
    return Invoice(number, date.fromisoformat(day), irn, charges, tcs, credit)


def _row(came: Came) -> list[Any]:
    row: list[Any] = [
        came.received,
        came.damaged,
        came.excess,
        "" if came.bucket is Bucket.SALEABLE else came.bucket.value,
        came.packed.isoformat() if came.packed else "",
        _rate_said(came.ptr),
        _rate_said(came.pts),
        came.scheme,
        _taken_said(came.took),
    ]
    while row and row[-1] in _NOTHING:
        row.pop()
    return row


def _came(said: Sequence[Any]) -> Came:
    row = [*said, *(None for _ in range(_FACTS - len(said)))]
    received, damaged, excess, bucket, packed, ptr, pts, scheme, took = row
    return Came(
        received or 0,
        damaged or 0,
        excess or 0,
        Bucket(bucket or "saleable"),
        date.fromisoformat(packed) if packed else None,
        _rate_of(ptr),
        _rate_of(pts),
        scheme or "",
        _taken_of(took),
    )


def _rate_said(rate: Rate | None) -> list[int] | str:
    return [rate.amount.paise, rate.per] if rate else ""


def _rate_of(said: Sequence[int] | None) -> Rate | None:
    return Rate(Money(said[0]), said[1]) if said else None


def _taken_said(took: Taken | None) -> list[Any] | str:
    if took is None:
        return ""
    where = [took.spot.place_id, took.spot.bucket.value] if took.spot else []
    return [took.pieces, took.worth.paise, took.kept, took.qty, took.was.paise, *where]


def _taken_of(said: Sequence[Any] | None) -> Taken | None:
    if not said:
        return None
    pieces, worth, kept, qty, was, *where = said
    spot = Spot(where[0], Bucket(where[1])) if where else None
    return Taken(pieces, Money(worth), kept, spot, qty, Money(was))
