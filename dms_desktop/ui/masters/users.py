"""Users are made and changed together with their PIN, which no import reads and no log keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.domain.registers import UserRecord
from dms_desktop.services import people
from dms_desktop.services.registers.register import Shown
from dms_desktop.services.registers.staff import USERS
from dms_desktop.services.registers.twins import Slip, Twin
from dms_desktop.store.pepper import pepper_of
from dms_desktop.store.session import Reading, Tx
from dms_desktop.ui.floor import Floor

Answer = Callable[[Any], object]


def faults(old: UserRecord | None, given: Mapping[str, Any]) -> list[Problem]:
    """Nobody begins without a PIN, and none is too short."""
    pin = str(given.get("pin", ""))
    if old is None and not pin:
        return [Problem(Reason.MISSING, None, {"field": "pin"})]
    try:
        if pin:
            people.check_pin(pin)
    except Refused as refused:
        return [*refused.problems]
    return []


@needs(Power.PEOPLE)
def doubts(reading: Reading, code: str, given: Mapping[str, Any]) -> list[Twin | Slip]:
    """A second user, while the owner himself shows no PIN."""
    return [] if code or not people.unguarded(reading) else [Slip("role")]


@needs(Power.PEOPLE)
def add(tx: Tx, given: Mapping[str, Any], pin: str, pepper: bytes) -> Shown[Any]:
    code = given.get("code", "")
    people.add_user(tx, code, given.get("name", ""), given.get("role", ""), pin, pepper)
    shown: Shown[Any] = USERS.show(tx, code)
    return shown


@needs(Power.PEOPLE)
def change(
    tx: Tx, code: str, given: Mapping[str, Any], version: int, pin: str, pepper: bytes
) -> Shown[Any]:
    """A PIN that is not given stays."""
    assert USERS.change is not None
    shown: Shown[Any] = USERS.change(tx, code, given, version)
    if pin:
        people.set_pin(tx, code, pin, pepper)
    return shown


def write(
    floor: Floor, shown: Shown[Any] | None, given: dict[str, Any], done: Answer, undone: Answer
) -> None:
    """The secret of the PINs is fetched first, since a keyring may let one wait."""
    pin = str(given.pop("pin", ""))

    def keep(pepper: bytes) -> None:
        if shown is None:
            floor.desk.do(add, given, pin, pepper, done=done, undone=undone)
        else:
            code, version = shown.record.code, shown.version
            floor.desk.do(change, code, given, version, pin, pepper, done=done, undone=undone)

    floor.desk.work(partial(_pepper, floor, pin), done=keep, undone=undone)


def _pepper(floor: Floor, pin: str) -> bytes:
    return pepper_of(floor.books) if pin else b""
