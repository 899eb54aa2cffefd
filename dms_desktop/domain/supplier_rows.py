"""Facts of papers with a supplier as they lie in their particulars, and back again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from dms_desktop.domain.documents import Entry, Settled
from dms_desktop.domain.money import Money
from dms_desktop.domain.tax import Gst


def tax_said(tax: Gst) -> list[int]:
    return [tax.cgst.paise, tax.sgst.paise, tax.igst.paise, tax.cess.paise]


def tax_of(said: Sequence[int]) -> Gst:
    """Raises ValueError or TypeError for what is none."""
    cgst, sgst, igst, cess = map(Money, said)
    return Gst(cgst, sgst, igst, cess)


def settled_said(settles: Iterable[Settled]) -> list[Any]:
    return [[one.bill.hex, one.amount.paise] for one in settles]


def settled_of(said: Mapping[str, Any]) -> tuple[Settled, ...]:
    """Raises ValueError or TypeError for what is none."""
    return tuple(Settled(UUID(bill), Money(paise)) for bill, paise in said.get("settles", ()))


def by_head(name: str, tax: Gst) -> tuple[Entry, ...]:
    """One leg a head of the accounts `<name>_cgst` and so on."""
    heads = (("cgst", tax.cgst), ("sgst", tax.sgst), ("igst", tax.igst), ("cess", tax.cess))
    return tuple(Entry(f"{name}_{head}", amount) for head, amount in heads)
