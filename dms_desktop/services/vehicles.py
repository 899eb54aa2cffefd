"""Vehicles and the men who go out with them, and what each of those owes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from dms_desktop.domain import eway
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.uid import uuid7
from dms_desktop.services import audit
from dms_desktop.store.session import Reading, Tx

_VEHICLES = (
    "SELECT number, grams, delivery_man.code, place.code, vehicle.active FROM vehicle"
    " LEFT JOIN delivery_man ON delivery_man.id = man_id LEFT JOIN place ON place.id = place_id"
    " ORDER BY number"
)
_MEN = """
SELECT code, name, phone, active, coalesce((SELECT sum(paise) FROM staff_due
    WHERE man_id = delivery_man.id AND NOT EXISTS (SELECT 1 FROM document_event
    WHERE document_event.document_id = staff_due.document_id AND event = 'cancelled')), 0)
FROM delivery_man ORDER BY code"""
_OWES = """
SELECT document.number, document.kind, document.day, paise FROM staff_due
JOIN document ON document.id = document_id WHERE man_id = :man AND NOT EXISTS (SELECT 1
    FROM document_event WHERE document_event.document_id = staff_due.document_id
    AND event = 'cancelled')
ORDER BY document.id"""


@dataclass(frozen=True, slots=True)
class Vehicle:
    """`kg` 0: what it carries is not known. `van`: code of the place that its goods lie in, where
    goods are sold from it."""

    number: str
    kg: int = 0
    man: str = ""
    van: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Man:
    code: str
    name: str
    phone: str = ""
    active: bool = True
    owes: Money = Money()


@dataclass(frozen=True, slots=True)
class Owed:
    """A paper that wrote something to a man's account."""

    number: str
    kind: str
    day: date
    amount: Money


@needs(Power.DISPATCH)
def put_vehicle(tx: Tx, said: Vehicle) -> Vehicle:
    """Make a vehicle, or write anew what is known of it. Refuses BAD_ENTRY, UNKNOWN_CODE."""
    number = plate(said.number)
    if said.kg < 0:
        raise refuse(Reason.BAD_ENTRY, field="kg", value=said.kg)
    man = man_of(tx, said.man)[1] if said.man else ""
    new = Vehicle(number, said.kg, man, van_code(tx, said.van), said.active)
    before = {one.number: one for one in vehicles(tx)}.get(number)
    if new == before:
        return new  # told again
    write(tx, new)
    if before is None:
        audit.record(tx, "add vehicle", f"vehicle {number}", after=asdict(new))
    else:
        what = "change vehicle"
        audit.record(tx, what, f"vehicle {number}", before=asdict(before), after=asdict(new))
    return new


def write(tx: Tx, new: Vehicle) -> None:
    """Put it into the books, over what is there of this number. Refuses UNKNOWN_CODE."""
    tx.run(
        "INSERT INTO vehicle (uid, number, grams, man_id, place_id, active)"
        " VALUES (:uid, :number, :grams, :man, :place, :active) ON CONFLICT (number) DO UPDATE SET"
        " grams = excluded.grams, man_id = excluded.man_id, place_id = excluded.place_id,"
        " active = excluded.active, row_version = vehicle.row_version + 1",
        uid=uuid7(tx.now, os.urandom(10)).bytes,
        number=new.number,
        grams=new.kg * 1000,
        man=man_key(tx, new.man) if new.man else None,
        place=van_key(tx, new.van) if new.van else None,
        active=int(new.active),
    )


@needs(Power.DISPATCH)
def put_man(tx: Tx, said: Man) -> Man:
    """Make a delivery man, or write anew what is known of him. Refuses MISSING."""
    code, name = said.code.strip(), said.name.strip()
    for field, text in (("code", code), ("name", name)):
        if not text:
            raise refuse(Reason.MISSING, field=field)
    there = _men(tx).get(folded(code))
    new = Man(there[1] if there else code, name, said.phone.strip(), said.active)
    before = {one.code: replace(one, owes=new.owes) for one in men(tx)}.get(new.code)
    if new == before:
        return new  # told again
    tx.run(
        "INSERT INTO delivery_man (uid, code, name, phone, active) VALUES (:uid, :code, :name,"
        " :phone, :active) ON CONFLICT (code) DO UPDATE SET name = excluded.name,"
        " phone = excluded.phone, active = excluded.active,"
        " row_version = delivery_man.row_version + 1",
        uid=uuid7(tx.now, os.urandom(10)).bytes,
        code=new.code,
        name=name,
        phone=new.phone,
        active=int(said.active),
    )
    if before is None:
        audit.record(tx, "add man", f"man {new.code}", after=_said(new))
    else:
        audit.record(tx, "change man", f"man {new.code}", before=_said(before), after=_said(new))
    return new


@needs(Power.LOOK)
def vehicles(reading: Reading) -> list[Vehicle]:
    return [
        Vehicle(number, grams // 1000, man or "", van or "", bool(active))
        for number, grams, man, van, active in reading.rows(_VEHICLES)
    ]


@needs(Power.LOOK)
def men(reading: Reading) -> list[Man]:
    """Everybody who goes out, with what he owes for shortages."""
    return [
        Man(code, name, phone, bool(active), Money(int(paise)))
        for code, name, phone, active, paise in reading.rows(_MEN)
    ]


@needs(Power.LOOK)
def account(reading: Reading, man: str) -> list[Owed]:
    """What was written to a man's account, the oldest first. Refuses UNKNOWN_CODE."""
    return [
        Owed(number, kind, date.fromisoformat(day), Money(paise))
        for number, kind, day, paise in reading.rows(_OWES, man=man_key(reading, man))
    ]


def plate(text: str) -> str:
    """A vehicle's number as it is kept. Refuses BAD_ENTRY for what is none."""
    try:
        return eway.vehicle(text)
    except ValueError:
        raise refuse(Reason.BAD_ENTRY, field="vehicle", value=text) from None


def man_key(reading: Reading, said: str) -> int:
    """By code, else by name. Refuses UNKNOWN_CODE."""
    return man_of(reading, said)[0]


def man_of(reading: Reading, said: str) -> tuple[int, str, str]:
    """Key, code and name of a man. Refuses UNKNOWN_CODE."""
    found = _men(reading).get(folded(said))
    if found is None:
        raise refuse(Reason.UNKNOWN_CODE, field="man", value=said)
    return found


def van_key(reading: Reading, said: str) -> int:
    """The place of a van, by code or name. Refuses UNKNOWN_CODE."""
    for key, code, name in reading.rows("SELECT id, code, name FROM place WHERE kind = 'van'"):
        if folded(said) in (folded(code), folded(name)):
            return int(key)
    raise refuse(Reason.UNKNOWN_CODE, field="van", value=said)


def van_code(reading: Reading, said: str) -> str:
    """The code of a van's place, by code or name; empty for none. Refuses UNKNOWN_CODE."""
    if not said:
        return ""
    sql = "SELECT code FROM place WHERE id = :van"
    return str(reading.value(sql, van=van_key(reading, said)))


def write_due(tx: Tx, document: bytes, man: int, amount: Money) -> None:
    """Remember whose a difference is that a paper wrote to the staff's dues."""
    if amount:
        tx.run(
            "INSERT INTO staff_due (document_id, man_id, paise)"
            " SELECT id, :man, :paise FROM document WHERE uid = :uid",
            man=man,
            paise=amount.paise,
            uid=document,
        )


def _said(man: Man) -> dict[str, Any]:
    return {"code": man.code, "name": man.name, "phone": man.phone, "active": man.active}


def _men(reading: Reading) -> Mapping[str, tuple[int, str, str]]:
    found: dict[str, Any] = {}
    rows = reading.rows("SELECT id, code, name FROM delivery_man ORDER BY id DESC")
    for key, code, name in rows:
        found[folded(name)] = (key, code, name)
    for key, code, name in rows:
        found[folded(code)] = (key, code, name)
    return found
