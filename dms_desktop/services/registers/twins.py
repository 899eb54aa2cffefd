"""What the books take and is likely a slip: what another master says too, or a field alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dms_desktop.domain.masters import figures_of, folded
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Refused
from dms_desktop.services import items, parties
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


@dataclass(frozen=True, slots=True)
class Slip:
    """A field that looks wrong by itself, though the books would take it."""

    field: str


@needs(Power.LOOK)
def doubts_of_item(reading: Reading, code: str, given: Mapping[str, Any]) -> list[Twin | Slip]:
    """Barcodes that another one has, and taxed goods without the HSN that Rule 46(g) asks for.

    Refuses what is wrong with the item itself: that is told before any doubt.
    """
    kept = items.kept(reading, [code]).get(folded(code)) if code else None
    record = items.over(given, kept[2] if kept else None)
    if problems := items.faults(record):
        raise Refused(*problems)
    said = kept is None or given.keys() & {"hsn", "gst_rate", "tax_class"}
    taxed = record.gst_rate or record.tax_class
    slips = [Slip("hsn")] if said and taxed and not record.hsn else []
    return [*slips, *same_barcodes(reading, code, given)]


@needs(Power.LOOK)
def same_barcodes(reading: Reading, code: str, given: Mapping[str, Any]) -> list[Twin]:
    """Which other item has a barcode that is given for the item of this code."""
    codes = sorted({each.code for each in given.get("barcodes", ())})
    row = reading.row(_BARCODE, codes=codes, own=folded(code)) if codes else None
    return [Twin("barcodes", *row)] if row else []


@needs(Power.LOOK)
def twins(reading: Reading, code: str, given: Mapping[str, Any]) -> list[Twin | Slip]:
    """Who else has the phone or the GSTIN given for the party of this code, empty for a new one.

    Refuses what is wrong with the party itself: that is told before any doubt.
    """
    kept = parties.kept(reading, [code]).get(folded(code)) if code else None
    record = parties.over(given, kept[2] if kept else None, parties.home_state(reading))
    if problems := parties.faults(record):
        raise Refused(*problems)
    found: list[Twin | Slip] = []
    phone, gstin = figures_of(str(given.get("phone", ""))), str(given.get("gstin", ""))
    if len(phone) >= FIGURES:
        row = reading.row(_PHONE, own=folded(code), tail=f"%{phone[-FIGURES:]}")
        found += [Twin("phone", *row)] if row else []
    if gstin and gstin == reading.value("SELECT gstin FROM registration ORDER BY id LIMIT 1"):
        found.append(Slip("gstin"))
    if gstin:
        day = today(reading).isoformat()
        row = reading.row(_GSTIN, own=folded(code), gstin=gstin, day=day)
        found += [Twin("gstin", *row)] if row else []
    return found
