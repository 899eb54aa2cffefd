"""Receipts that are posted together with their bill: found again by an id made of the bill's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from dms_desktop.domain.goods_line import Mode, Payment
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.uid import derived
from dms_desktop.services.posting import Posted
from dms_desktop.store.session import Reading


def id_of(bill: UUID) -> UUID:
    """The id that the receipt of a bill has, whether there is one or not."""
    return derived(bill, word="receipt")


def posted_with(reading: Reading, bill: UUID) -> Posted | None:
    """The receipt that came with a bill, if one did."""
    uid = id_of(bill)
    row = reading.row("SELECT number, total FROM document WHERE uid = :uid", uid=uid.bytes)
    return Posted(uid, row[0], Money(int(row[1]))) if row else None


@needs(Power.LOOK)
def payments_with(reading: Reading, bill: UUID) -> tuple[Payment, ...]:
    """What the receipt that came with a bill took, part by part; nothing if none counts."""
    particulars = reading.value(
        "SELECT particulars FROM document WHERE uid = :uid AND NOT EXISTS (SELECT 1"
        " FROM document_event WHERE document_id = document.id AND event = 'cancelled')",
        uid=id_of(bill).bytes,
    )
    return payments_of(json.loads(particulars or "{}"))


def payments_of(said: Mapping[str, Any]) -> tuple[Payment, ...]:
    """The payments that the particulars of a receipt tell."""
    parts = said.get("payments", ())
    return tuple(Payment(Mode(mode), Money(paise), ref) for mode, paise, ref in parts)


@needs(Power.LOOK)
def taken_with(reading: Reading, bill: UUID) -> UUID | None:
    """The id of the receipt that came with a bill, if one did."""
    found = posted_with(reading, bill)
    return found.id if found else None
