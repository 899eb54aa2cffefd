"""One item or party at a time: added, changed if it is still what was seen, shown, found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from dms_desktop.domain.masters import Barcode, ItemRecord, PartyRecord, folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, Refused, refuse
from dms_desktop.services import audit, items, parties
from dms_desktop.store.session import Reading, Tx

Record = TypeVar("Record", ItemRecord, PartyRecord)
Given = Mapping[str, Any]  # field of the record -> value; what is left out stays as it is

_ITEMS_LIKE = (
    "SELECT code, name, active FROM item WHERE code_key LIKE :like ESCAPE '\\'"
    " OR lower(name) LIKE :like ESCAPE '\\' OR lower(alias) LIKE :like ESCAPE '\\'"
    " OR EXISTS (SELECT 1 FROM barcode WHERE item_id = item.id AND barcode.code = :text)"
    " ORDER BY active DESC, code_key LIMIT :most"
)
_PARTIES_LIKE = (
    "SELECT code, name, active FROM party WHERE code_key LIKE :like ESCAPE '\\'"
    " OR lower(name) LIKE :like ESCAPE '\\' OR lower(alias) LIKE :like ESCAPE '\\'"
    " OR phone LIKE :like ESCAPE '\\' OR EXISTS (SELECT 1 FROM party_gst"
    " WHERE party_id = party.id AND lower(gstin) = :text)"
    " ORDER BY active DESC, code_key LIMIT :most"
)


@dataclass(frozen=True, slots=True)
class Shown(Generic[Record]):
    """A master as it stands; a change must name the version that it was made from."""

    id: int
    version: int
    record: Record


@dataclass(frozen=True, slots=True)
class Match:
    code: str
    name: str
    active: bool


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
    audit.record(tx, "add item", f"item {code}", after=_told(record))
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
    audit.record(tx, "add party", f"party {code}", after=_told(record))
    return party(tx, code)


@needs(Power.MASTERS)
def change_item(tx: Tx, code: str, given: Given, version: int) -> Shown[ItemRecord]:
    """Change what is given of the item that was read at that version; nothing is ever deleted.

    Refuses UNKNOWN_ITEM, MISSING, BAD_ENTRY, and STALE with both versions where they differ.
    """
    now = item(tx, code)
    new = items.over(given, now.record)
    _not_stale(now, new, version, "item")
    _refuse(items.faults(new))
    if new != now.record:
        items.write(tx, {}, {now.id: new}, {now.id: now.record})
        before, after = _told_change(now.record, new)
        audit.record(tx, "change item", f"item {now.record.code}", before=before, after=after)
    return item(tx, code)


@needs(Power.MASTERS)
def change_party(tx: Tx, code: str, given: Given, version: int) -> Shown[PartyRecord]:
    """As `change_item`; another GSTIN counts from today on once the party has papers."""
    now = party(tx, code)
    new = parties.over(given, now.record, parties.home_state(tx))
    _not_stale(now, new, version, "party")
    _refuse(parties.faults(new))
    if new != now.record:
        parties.write(tx, {}, {now.id: new}, {now.id: now.record})
        before, after = _told_change(now.record, new)
        audit.record(tx, "change party", f"party {now.record.code}", before=before, after=after)
    return party(tx, code)


@needs(Power.LOOK)
def find_items(reading: Reading, text: str, most: int = 50) -> list[Match]:
    """By any piece of code or name, or a whole barcode; active ones first."""
    return _matches(reading, _ITEMS_LIKE, text, most)


@needs(Power.LOOK)
def find_parties(reading: Reading, text: str, most: int = 50) -> list[Match]:
    """By any piece of code, name or phone, or a whole GSTIN; active ones first."""
    return _matches(reading, _PARTIES_LIKE, text, most)


def _matches(reading: Reading, sql: str, text: str, most: int) -> list[Match]:
    plain = folded(text)
    like = plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = reading.rows(sql, like=f"%{like}%", text=plain, most=most)
    return [Match(code, name, bool(active)) for code, name, active in rows]


def _not_stale(now: Shown[Record], new: Record, version: int, what: str) -> None:
    if version == now.version:
        return
    theirs, yours = _told_change(now.record, new)
    raise refuse(
        Reason.STALE,
        field=what,
        value=now.record.code,
        version=version,
        now=now.version,
        theirs=theirs,
        yours=yours,
    )


def _refuse(problems: list[Any]) -> None:
    if problems:
        raise Refused(*problems)


def _told(record: Record) -> dict[str, Any]:
    return {each.name: plain(getattr(record, each.name)) for each in fields(record)}


def _told_change(old: Record, new: Record) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only the fields that differ, before and after."""
    before, after = _told(old), _told(new)
    names = [name for name in before if before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def plain(value: object) -> object:
    """As JSON says it: money in rupees, a barcode with its units."""
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Barcode):
        return {"code": value.code, "units": value.units}
    if isinstance(value, Money) or not isinstance(value, bool | int | str | None):
        return str(value)
    return value
