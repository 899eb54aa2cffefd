"""One item or party at a time: added, changed if it is still what was seen, shown, found."""

from __future__ import annotations

from typing import Any

from dms_desktop.domain.masters import ItemRecord, PartyRecord, folded
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, Refused, refuse
from dms_desktop.services import audit, items, parties
from dms_desktop.services.registers.register import (
    PAGE,
    Given,
    Match,
    Register,
    Shown,
    like,
    not_stale,
    told,
    told_change,
)
from dms_desktop.store.session import Reading, Tx

_ITEMS_LIKE = (
    "SELECT code, name, active FROM item WHERE (code_key LIKE :like ESCAPE '\\'"
    " OR lower(name) LIKE :like ESCAPE '\\' OR lower(alias) LIKE :like ESCAPE '\\'"
    " OR EXISTS (SELECT 1 FROM barcode WHERE item_id = item.id AND barcode.code = :text))"
    " AND (1 - active, code_key) > (:gone, :after)"
    " ORDER BY active DESC, code_key LIMIT :most"
)
_PARTIES_LIKE = (
    "SELECT code, name, active FROM party WHERE (code_key LIKE :like ESCAPE '\\'"
    " OR lower(name) LIKE :like ESCAPE '\\' OR lower(alias) LIKE :like ESCAPE '\\'"
    " OR phone LIKE :like ESCAPE '\\' OR EXISTS (SELECT 1 FROM party_gst"
    " WHERE party_id = party.id AND lower(gstin) = :text))"
    " AND (1 - active, code_key) > (:gone, :after)"
    " ORDER BY active DESC, code_key LIMIT :most"
)
_ITEM_AT = "SELECT 1 - active, code_key FROM item WHERE code_key = :after"
_PARTY_AT = "SELECT 1 - active, code_key FROM party WHERE code_key = :after"


@needs(Power.LOOK)
def item(reading: Reading, code: str) -> Shown[ItemRecord]:
    """Refuses UNKNOWN_ITEM."""
    found = items.kept(reading, [code]).get(folded(code))
    if found is None:
        raise refuse(Reason.UNKNOWN_ITEM, code=code)
    return Shown(*found)


@needs(Power.LOOK)
def party(reading: Reading, code: str) -> Shown[PartyRecord]:
    """Refuses UNKNOWN_PARTY."""
    found = parties.kept(reading, [code]).get(folded(code))
    if found is None:
        raise refuse(Reason.UNKNOWN_PARTY, code=code)
    return Shown(*found)


@needs(Power.MASTERS)
def add_item(tx: Tx, given: Given) -> Shown[ItemRecord]:
    """Refuses DUPLICATE for a code that is there, MISSING without code or name, BAD_ENTRY."""
    code = given.get("code", "")
    if items.kept(tx, [code]):
        raise refuse(Reason.DUPLICATE, field="item", value=code)
    record = items.over(given, None)
    _refuse(items.faults(record))
    items.write(tx, {folded(code): record}, {}, {})
    audit.record(tx, "add item", f"item {code}", after=told(record))
    return item(tx, code)


@needs(Power.MASTERS)
def add_party(tx: Tx, given: Given) -> Shown[PartyRecord]:
    """Refuses DUPLICATE, MISSING, and a State or GSTIN that is wrong or of another State."""
    code = given.get("code", "")
    if parties.kept(tx, [code]):
        raise refuse(Reason.DUPLICATE, field="party", value=code)
    record = parties.over(given, None, parties.home_state(tx))
    _refuse(parties.faults(record))
    parties.write(tx, {folded(code): record}, {}, {})
    audit.record(tx, "add party", f"party {code}", after=told(record))
    return party(tx, code)


@needs(Power.MASTERS)
def change_item(tx: Tx, code: str, given: Given, version: int) -> Shown[ItemRecord]:
    """Change what is given of the item that was read at that version; nothing is ever deleted.

    Refuses UNKNOWN_ITEM, MISSING, BAD_ENTRY, and STALE with both versions where they differ.
    """
    now = item(tx, code)
    new = items.over(given, now.record)
    not_stale(tx, "item", now.record.code, now, new, version)
    _refuse(items.faults(new))
    if new != now.record:
        items.write(tx, {}, {now.id: new}, {now.id: now.record})
        before, after = told_change(now.record, new)
        audit.record(tx, "change item", f"item {now.record.code}", before=before, after=after)
    return item(tx, code)


@needs(Power.MASTERS)
def change_party(tx: Tx, code: str, given: Given, version: int) -> Shown[PartyRecord]:
    """As `change_item`; another GSTIN counts from today on once the party has papers."""
    now = party(tx, code)
    new = parties.over(given, now.record, parties.home_state(tx))
    not_stale(tx, "party", now.record.code, now, new, version)
    _refuse(parties.faults(new))
    if new != now.record:
        parties.write(tx, {}, {now.id: new}, {now.id: now.record})
        before, after = told_change(now.record, new)
        audit.record(tx, "change party", f"party {now.record.code}", before=before, after=after)
    return party(tx, code)


@needs(Power.LOOK)
def find_items(reading: Reading, text: str = "", after: str = "", most: int = PAGE) -> list[Match]:
    """By any piece of code or name, or a whole barcode; active ones first, `after` a code."""
    return _matches(reading, _ITEMS_LIKE, _ITEM_AT, text, after, most)


@needs(Power.LOOK)
def find_parties(
    reading: Reading, text: str = "", after: str = "", most: int = PAGE
) -> list[Match]:
    """By any piece of code, name or phone, or a whole GSTIN; active ones first, `after` a code."""
    return _matches(reading, _PARTIES_LIKE, _PARTY_AT, text, after, most)


def _matches(reading: Reading, sql: str, at: str, text: str, after: str, most: int) -> list[Match]:
    gone, key = (after and reading.row(at, after=folded(after))) or (-1, "")
    rows = reading.rows(sql, like=like(text), text=folded(text), gone=gone, after=key, most=most)
    return [Match(code, name, bool(active)) for code, name, active in rows]


def _refuse(problems: list[Any]) -> None:
    if problems:
        raise Refused(*problems)


@needs(Power.EXPORT)
def every_item(reading: Reading) -> list[ItemRecord]:
    """All of them in the order of their codes, inactive ones too."""
    codes = [code for (code,) in reading.rows("SELECT code FROM item ORDER BY code_key")]
    found = items.kept(reading, codes)
    return [found[folded(code)][2] for code in codes]


@needs(Power.EXPORT)
def every_party(reading: Reading) -> list[PartyRecord]:
    """All of them in the order of their codes, inactive ones too."""
    codes = [code for (code,) in reading.rows("SELECT code FROM party ORDER BY code_key")]
    found = parties.kept(reading, codes)
    return [found[folded(code)][2] for code in codes]


ITEMS = Register("item", "item", item, find_items, add_item, change_item)
PARTIES = Register("party", "party", party, find_parties, add_party, change_party)
