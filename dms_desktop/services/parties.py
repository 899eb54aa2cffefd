"""Parties in the books: read as records, written many at a time, never deleted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from dms_desktop.domain.gstin import Gstin, IdKind, NotGstin, read_gstin
from dms_desktop.domain.licences import Licence, Regime, numbers, settled, tidy
from dms_desktop.domain.masters import PARTY_FIELDS, PartyRecord, PartyRow, folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.domain.states import STATES, UnknownState, state
from dms_desktop.domain.tax import GstType
from dms_desktop.domain.uid import uuid7
from dms_desktop.services import licences, principals
from dms_desktop.services.changes import Put, Watch
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading, Tx

Kept = tuple[int, int, PartyRecord]  # key, row_version, record
BY_CODE = {each.code: each for each in STATES}

_FIELDS = (
    "code", "name", "alias", "address", "city", "pin", "state", "phone", "pan", "fssai", "ship_to",
    "ship_state", "party_class", "beat_id", "salesman_id", "price_list_id", "credit_limit",
    "credit_days", "min_life_days", "customer", "supplier", "active",
)  # fmt: skip
_RECORDS = (
    "SELECT party.id, party.row_version, party.code, party.code_key, party.name, alias, address,"
    " city, pin, party.state, party.phone, pan, fssai, ship_to, ship_state, party.party_class,"
    " beat.name, salesman.name, credit_limit, credit_days, min_life_days, customer, supplier,"
    " party.active, price_list.code, gst_type, gstin FROM party"
    " LEFT JOIN price_list ON price_list.id = price_list_id"
    " LEFT JOIN beat ON beat.id = beat_id LEFT JOIN salesman ON salesman.id = salesman_id"
    " LEFT JOIN party_gst ON party_id = party.id AND from_day = (SELECT max(from_day)"
    " FROM party_gst WHERE party_id = party.id AND from_day <= :day)"
    " WHERE party.code_key IN :keys ORDER BY party.id"
)
_UPDATE = (
    f"UPDATE party SET {', '.join(f'{name} = ?' for name in _FIELDS)},"  # noqa: S608
    " row_version = row_version + 1 WHERE id = ?"
)


@needs(Power.LOOK)
def kept(reading: Reading, codes: Iterable[str]) -> dict[str, Kept]:
    """Parties by folded code, whatever spelling is asked for, as they are today."""
    rows = reading.rows(
        _RECORDS,
        keys=sorted({folded(code) for code in codes}),
        day=today(reading).isoformat(),
    )
    held = licences.of_parties(reading, [row[0] for row in rows])
    return {row[3]: (row[0], row[1], _record(row, held[row[0]])) for row in rows}


def over(given: Mapping[str, Any], old: PartyRecord | None, home: str) -> PartyRecord:
    """The party as it will be: the given fields over what was there.

    `home` is our own State, taken where neither the fields nor the GSTIN name one. The code keeps
    its first spelling, and so do beat, salesman and list.
    """
    was = old or PartyRecord("", "")
    new = replace(was, **given)
    held = settled(new.fssai, was.fssai, tidy(new.licences), was.licences, Regime.FOOD)
    gstin = read_gstin(new.gstin) if new.gstin else None
    theirs = gstin.state.code if isinstance(gstin, Gstin) else ""
    new = replace(
        new,
        gstin=gstin.text if gstin else "",
        state=_state_code(new.state) or theirs or home,
        ship_state=_state_code(new.ship_state),
        gst_type=_gst_type(new, old, gstin),
        pan=new.pan or (gstin.pan if isinstance(gstin, Gstin) else ""),
        licences=held,
        fssai=numbers(held, Regime.FOOD),
    )
    if old is None:
        return new
    return replace(
        new,
        code=old.code,
        beat=_same(old.beat, new.beat),
        salesman=_same(old.salesman, new.salesman),
        price_list=_same(old.price_list, new.price_list),
    )


def faults(record: PartyRecord, row: int | None = None) -> list[Problem]:
    """What is wrong with a party, whoever brings it: no name, an unknown State, a bad GSTIN."""
    found = [
        Problem(Reason.MISSING, row, {"field": field})
        for field in ("code", "name")
        if not folded(getattr(record, field))
    ]
    found += licences.faults(record.licences, row)
    if record.ship_state and _state_code(record.ship_state) not in BY_CODE:
        facts: dict[str, object] = {"field": "ship_state", "value": record.ship_state}
        found.append(Problem(Reason.BAD_ENTRY, row, facts))
    if record.state not in BY_CODE:
        facts = {"field": "state", "value": record.state}
        return [*found, Problem(Reason.BAD_ENTRY, row, facts)]
    if not record.gstin:
        return found
    where, read = BY_CODE[record.state], read_gstin(record.gstin)
    if isinstance(read, NotGstin):
        facts = {"gstin": read.text, "fault": read.fault.value, "expected": read.expected}
        return [*found, Problem(Reason.BAD_GSTIN, row, facts)]
    if read.state != where:
        facts = {"gstin": read.text, "state": where.name, "says": read.state.name}
        return [*found, Problem(Reason.GSTIN_OTHER_STATE, row, facts)]
    return found


@needs(Power.MASTERS)
def put_parties(tx: Tx, rows: Iterable[PartyRow]) -> Put:
    """Make or change many parties at once; beats and salesmen they name are made too.

    Refuses DUPLICATE for a code that comes twice, and a GSTIN that is wrong or of another State.
    """
    wanted = list(rows)
    home = home_state(tx)
    found = kept(tx, (row.code for row in wanted))
    new: dict[str, PartyRecord] = {}
    changed: dict[int, PartyRecord] = {}
    problems: list[Problem] = []
    seen: set[str] = set()
    for at, row in enumerate(wanted):
        old = found.get(folded(row.code))
        record = over(_given(row), old[2] if old else None, home)
        problems += faults(record, at)
        if folded(row.code) in seen:
            problems.append(Problem(Reason.DUPLICATE, at, {"field": "party", "value": row.code}))
        seen.add(folded(row.code))
        if old is None:
            new[folded(record.code)] = record
        elif record != old[2]:
            changed[old[0]] = record
    if problems:
        raise Refused(*problems)
    return write(tx, new, changed, {key: record for key, _, record in found.values()})


def price_lists(reading: Reading) -> dict[str, int | None]:
    """By folded code; no list at all is one, too."""
    rows = reading.rows("SELECT id, code FROM price_list ORDER BY id")
    return {"": None} | {folded(code): key for key, code in rows}


@needs(Power.LOOK)
def home_state(reading: Reading) -> str:
    """The code of the State in which we are registered."""
    return str(reading.value("SELECT state FROM registration ORDER BY id LIMIT 1"))


@needs(Power.MASTERS)
def write(
    tx: Tx,
    new: Mapping[str, PartyRecord],
    changed: Mapping[int, PartyRecord],
    before: Mapping[int, PartyRecord],
) -> Put:
    """New parties by folded code, changed ones by key, and what those were."""
    watch = Watch(tx)
    watch.about_to_change("party", changed)
    columns = _columns(tx, [*new.values(), *changed.values()], watch)
    tx.insert(
        "party",
        ("uid", "code_key", *_FIELDS),
        [(uuid7(tx.now, os.urandom(10)).bytes, key, *columns(new[key])) for key in sorted(new)],
    )
    tx.many(_UPDATE, [(*columns(record), key) for key, record in sorted(changed.items())])
    keys: dict[str, int] = dict(
        tx.rows("SELECT code_key, id FROM party WHERE code_key IN :keys", keys=sorted(new))
    )
    watch.made("party", keys.values())
    fresh = {keys[code]: _gst(record) for code, record in new.items()}
    other = {
        key: _gst(record) for key, record in changed.items() if _gst(record) != _gst(before[key])
    }
    _put_gst(tx, fresh, other, watch)
    held = {key: record.licences for key, record in changed.items()}
    held |= {keys[code]: record.licences for code, record in new.items()}
    licences.put(tx, held, {key: record.licences for key, record in before.items()}, watch)
    tx.touched["party"].update(changed)
    tx.touched["party"].update(keys.values())
    return Put(len(new), len(changed), watch.changes())


def _put_gst(
    tx: Tx, fresh: dict[int, tuple[str, str]], other: dict[int, tuple[str, str]], watch: Watch
) -> None:
    """What the party is to the GST department: from the first day, or from today on.

    Papers that were made keep what they say; only a party that has some gets a dated row, so that
    a mere slip of the first days leaves no trace.
    """
    rows = tx.rows("SELECT id FROM party_gst WHERE party_id IN :keys", keys=sorted(other))
    watch.about_to_change("party_gst", (key for (key,) in rows))
    billed = {
        key
        for (key,) in tx.rows(
            "SELECT DISTINCT party_id FROM document WHERE party_id IN :keys", keys=sorted(other)
        )
    }
    day = today(tx).isoformat()
    tx.many(
        "INSERT INTO party_gst (party_id, from_day, gst_type, gstin) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (party_id, from_day) DO UPDATE SET gst_type = excluded.gst_type,"
        " gstin = excluded.gstin",
        [
            (key, day if key in billed else "", *said)
            for key, said in sorted((fresh | other).items())
        ],
    )
    rows = tx.rows("SELECT id FROM party_gst WHERE party_id IN :keys", keys=sorted(fresh | other))
    watch.made("party_gst", (key for (key,) in rows))


def _columns(
    tx: Tx, records: list[PartyRecord], watch: Watch
) -> Callable[[PartyRecord], tuple[Any, ...]]:
    """How a record becomes the columns of the table, once all that it names has a key."""
    beats = principals.named(tx, "beat", (record.beat for record in records), watch)
    salesmen = principals.named(tx, "salesman", (record.salesman for record in records), watch)
    prices = price_lists(tx)
    for record in records:
        if folded(record.price_list) not in prices:
            raise refuse(Reason.UNKNOWN_CODE, field="price-list", value=record.price_list)

    def columns(record: PartyRecord) -> tuple[Any, ...]:
        limit = record.credit_limit
        return (
            record.code, record.name, record.alias, record.address, record.city, record.pin,
            record.state, record.phone, record.pan, record.fssai, record.ship_to,
            record.ship_state, record.class_, beats.get(folded(record.beat)),
            salesmen.get(folded(record.salesman)), prices[folded(record.price_list)],
            None if limit is None else limit.paise, record.credit_days, record.min_life_days,
            int(record.customer), int(record.supplier), int(record.active),
        )  # fmt: skip

    return columns


def _record(row: tuple[Any, ...], held: tuple[Licence, ...]) -> PartyRecord:
    (
        _, _, code, _, name, alias, address, city, pin, where, phone, pan, fssai, ship_to,
        ship_state, class_, beat, salesman, limit, days, life, customer, supplier, active, prices,
        gst_type, gstin,
    ) = row  # fmt: skip
    return PartyRecord(
        code, name, gstin or "", where, class_, beat or "", salesman or "", phone,
        None if limit is None else Money(limit), days, life,
        gst_type or GstType.UNREGISTERED.value, alias, address, city, pin, pan, fssai, ship_to,
        ship_state, bool(customer), bool(supplier), bool(active), prices or "", held,
    )  # fmt: skip


def _given(row: PartyRow) -> dict[str, Any]:
    if isinstance(row, PartyRecord):
        return {each.name: getattr(row, each.name) for each in fields(row)}
    return {name: getattr(row, name) for name in PARTY_FIELDS}


def _gst(record: PartyRecord) -> tuple[str, str]:
    return record.gst_type, record.gstin


def _gst_type(new: PartyRecord, old: PartyRecord | None, gstin: Gstin | NotGstin | None) -> str:
    """As said; else as it was, while the GSTIN is the same; else what the GSTIN tells."""
    if old is not None and new.gst_type in ("", old.gst_type):
        if folded(new.gstin) == folded(old.gstin):
            return old.gst_type
    elif new.gst_type:
        return new.gst_type
    if gstin is None:
        return GstType.UNREGISTERED.value
    uin = isinstance(gstin, Gstin) and gstin.kind is IdKind.UIN
    return (GstType.UIN if uin else GstType.REGULAR).value


def _state_code(text: str) -> str:
    """The code where the State is known; anything else as it is, to be refused by `faults`."""
    try:
        return state(text).code if text else ""
    except UnknownState:
        return text


def _same(old: str, new: str) -> str:
    return old if folded(old) == folded(new) else new
