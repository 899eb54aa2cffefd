"""What another master says too, a phone, a GSTIN, a barcode: it may be right, or a slip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dms_desktop.domain.masters import figures_of, folded
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Refused
from dms_desktop.services import parties
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading

FIGURES = 10  # of a number without the country's
_PHONE = (
    "SELECT code, name FROM party WHERE code_key <> :own"
    " AND replace(replace(replace(phone, ' ', ''), '-', ''), '+', '') LIKE :tail"
    " ORDER BY active DESC, code_key LIMIT 1"
)
_GSTIN = (
    "SELECT party.code, party.name FROM party JOIN party_gst ON party_id = party.id"
    " WHERE code_key <> :own AND gstin = :gstin AND from_day = (SELECT max(from_day)"
    " FROM party_gst AS latest WHERE latest.party_id = party.id AND latest.from_day <= :day)"
    " ORDER BY active DESC, code_key LIMIT 1"
)
_BARCODE = (
    "SELECT item.code, item.name FROM barcode JOIN item ON item.id = item_id"
    " WHERE barcode.code IN :codes AND code_key <> :own ORDER BY item.active DESC, code_key LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Twin:
    """Another master of the kind, and the field in which it says the same."""

    field: str
    code: str
    name: str


@needs(Power.LOOK)
def same_barcodes(reading: Reading, code: str, given: Mapping[str, Any]) -> list[Twin]:
    """Which other item has a barcode that is given for the item of this code."""
    codes = sorted({each.code for each in given.get("barcodes", ())})
    row = reading.row(_BARCODE, codes=codes, own=folded(code)) if codes else None
    return [Twin("barcodes", *row)] if row else []


@needs(Power.LOOK)
def twins(reading: Reading, code: str, given: Mapping[str, Any]) -> list[Twin]:
    """Who else has the phone or the GSTIN given for the party of this code, empty for a new one.

    Refuses what is wrong with the party itself: that is told before any doubt.
    """
    kept = parties.kept(reading, [code]).get(folded(code)) if code else None
    record = parties.over(given, kept[2] if kept else None, parties.home_state(reading))
    if problems := parties.faults(record):
        raise Refused(*problems)
    found: list[Twin] = []
    phone, gstin = figures_of(str(given.get("phone", ""))), str(given.get("gstin", ""))
    if len(phone) >= FIGURES:
        row = reading.row(_PHONE, own=folded(code), tail=f"%{phone[-FIGURES:]}")
        found += [Twin("phone", *row)] if row else []
    if gstin:
        day = today(reading).isoformat()
        row = reading.row(_GSTIN, own=folded(code), gstin=gstin, day=day)
        found += [Twin("gstin", *row)] if row else []
    return found
