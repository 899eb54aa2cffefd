"""What the log-in asks of the books, loaded by the thread that runs it: argon2 is slow to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.store.session import Reading, Tx

if TYPE_CHECKING:
    from dms_desktop.services.people import Standing


@needs(Power.LOG_IN)
def log_in(tx: Tx, code: str, pin: str, pepper: bytes) -> Actor | Standing:
    """The user, or how many tries a wrong PIN has left him."""
    from dms_desktop.services import people

    return people.log_in(tx, code, pin, pepper, "") or people.standing(tx, code)


@needs(Power.LOG_IN)
def change_pin(tx: Tx, old: str, new: str, pepper: bytes) -> Standing | None:
    """None, or how many tries a wrong old PIN has left."""
    from dms_desktop.services import people

    code = tx.actor.code
    return None if people.change_pin(tx, old, new, pepper) else people.standing(tx, code)


@needs(Power.PEOPLE)
def set_pin(tx: Tx, code: str, pin: str, pepper: bytes) -> None:
    from dms_desktop.services import people

    people.set_pin(tx, code, pin, pepper)


@needs(Power.LOG_IN)
def lock_minutes(reading: Reading) -> int:
    """After so many minutes without a key the PIN is asked; nil = never."""
    from dms_desktop.services import options

    return int(options.values(reading)["lock_minutes"])
