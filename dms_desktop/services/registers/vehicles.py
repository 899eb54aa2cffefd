"""Vehicles as a master: each by its number, with its driver and the van that it is."""

from __future__ import annotations

from dataclasses import replace

from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Reason, Refused, refuse
from dms_desktop.services import vehicles
from dms_desktop.services.registers.register import (
    Given,
    Keeping,
    Match,
    Shown,
    like,
    locked,
    register,
)
from dms_desktop.services.vehicles import Vehicle
from dms_desktop.store.session import Reading, Tx

_ONE = (
    "SELECT vehicle.id, vehicle.row_version, number, grams, coalesce(delivery_man.code, ''),"
    " coalesce(place.code, ''), vehicle.active FROM vehicle"
    " LEFT JOIN delivery_man ON delivery_man.id = man_id LEFT JOIN place ON place.id = place_id"
    " WHERE number = :number"
)
_PAGE = (
    "SELECT number, coalesce(delivery_man.name, ''), vehicle.active FROM vehicle"
    " LEFT JOIN delivery_man ON delivery_man.id = man_id"
    " WHERE (lower(number) LIKE :like ESCAPE '\\'"
    " OR lower(delivery_man.name) LIKE :like ESCAPE '\\')"
    " AND number > :after ORDER BY number LIMIT :most"
)


def _kept(reading: Reading, code: str) -> Shown[Vehicle] | None:
    try:
        number = vehicles.plate(code)
    except Refused:
        return None
    row = reading.row(locked(reading, _ONE, "vehicle"), number=number)
    if row is None:
        return None
    key, version, number, grams, man, van, active = row
    return Shown(key, version, Vehicle(number, grams // 1000, man, van, bool(active)))


def _find(reading: Reading, text: str, after: str, most: int) -> list[Match]:
    rows = reading.rows(_PAGE, like=like(text), after=after, most=most)
    return [Match(number, man or number, bool(active)) for number, man, active in rows]


def _over(reading: Reading, given: Given, old: Vehicle | None) -> Vehicle:
    new = replace(old or Vehicle(""), **given)
    if not new.number.strip():
        raise refuse(Reason.MISSING, field="number")
    try:
        number = vehicles.plate(new.number)
    except Refused:
        raise refuse(Reason.BAD_ENTRY, field="number", value=new.number) from None
    man = vehicles.man_of(reading, new.man)[1] if new.man else ""
    return replace(new, number=number, man=man, van=vehicles.van_code(reading, new.van))


def _write(tx: Tx, record: Vehicle, now: Shown[Vehicle] | None) -> None:
    vehicles.write(tx, record)


VEHICLES = register(
    Keeping("vehicle", "vehicle", lambda each: each.number, _kept, _find, _over, _write,
            power=Power.DISPATCH),
)  # fmt: skip
