"""Users, their PINs and their powers. A PIN is peppered: a stolen file alone gives nothing away."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from dms_desktop.domain.pins import FIGURES, PinFlaw, flaw_of
from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.uid import uuid7
from dms_desktop.services import audit
from dms_desktop.services.counters import STRANGER as STRANGER
from dms_desktop.services.counters import actor_of as actor_of
from dms_desktop.store.session import Reading, Tx

TRIES = 5
MICROS = 1_000_000
FIRST_WAIT = timedelta(seconds=30)  # doubles with each further wrong PIN


@dataclass(frozen=True, slots=True)
class Standing:
    """How many wrong PINs are still forgiven, or for how many seconds none is looked at."""

    left: int
    seconds: int = 0


@needs(Power.LOG_IN)
def log_in(tx: Tx, code: str, pin: str, pepper: bytes, counter: str) -> Actor | None:
    """The user with his powers, or None for a wrong PIN, which is counted and kept.

    None and not a refusal, since a refusal would roll the count back. Refuses LOCKED_OUT while
    the user must wait, and NOT_ALLOWED for one that is not there or no longer active.
    """
    row = tx.row(
        "SELECT id, pin_hash, failed, locked_until FROM user_account"
        " WHERE code = :code AND active = 1 FOR UPDATE",
        code=code,
    )
    if row is None:
        raise refuse(Reason.NOT_ALLOWED, power=Power.LOG_IN.value, user=code)
    key, pin_hash, failed, until = row
    refuse_locked(code, until, tx.micros)
    actor = actor_of(tx, key, code, counter)
    if _right(pin_hash, pin, pepper):
        if failed:
            tx.run("UPDATE user_account SET failed = 0, locked_until = 0 WHERE id = :id", id=key)
        return actor
    failed, until = after_wrong(failed, tx.micros)
    tx.run(
        "UPDATE user_account SET failed = :failed, locked_until = :until WHERE id = :id",
        id=key,
        failed=failed,
        until=until,
    )
    tx.actor = replace(actor, powers=frozenset())
    audit.record(tx, "wrong pin", f"user {code}", after={"failed": failed})
    return None


def after_wrong(failed: int, now: int) -> tuple[int, int]:
    """The count with one more wrong PIN, and until when the user must wait: microseconds UTC."""
    failed += 1
    if failed < TRIES:
        return failed, 0
    wait = FIRST_WAIT * 2 ** (failed - TRIES)
    return failed, now + int(wait.total_seconds() * MICROS)


def refuse_locked(code: str, until: int, now: int) -> None:
    """Refuses LOCKED_OUT while the user must wait."""
    if now < until:
        raise refuse(Reason.LOCKED_OUT, seconds=(until - now) // MICROS + 1, user=code)


@needs(Power.LOG_IN)
def standing(reading: Reading, code: str) -> Standing:
    """How it stands with the tries of this user. Refuses NOT_ALLOWED for one that is not there."""
    row = reading.row("SELECT failed, locked_until FROM user_account WHERE code = :c", c=code)
    if row is None:
        raise refuse(Reason.NOT_ALLOWED, power=Power.LOG_IN.value, user=code)
    failed, until = row
    wait = max(0, -((int(reading.now.timestamp() * MICROS) - until) // MICROS))
    return Standing(0, wait) if wait else Standing(max(1, TRIES - failed))


@needs(Power.LOG_IN)
def has_pin(reading: Reading, code: str) -> bool:
    """Whether this user must show a PIN; one that is not there is said to."""
    found = reading.value("SELECT pin_hash FROM user_account WHERE code = :code", code=code)
    return bool(found != "")


@needs(Power.PEOPLE)
def unguarded(reading: Reading) -> list[str]:
    """The names of those who keep users and have no PIN: with a second user in the books anybody
    may say that he is one of them."""
    return [
        name
        for (name,) in reading.rows(
            "SELECT name FROM user_account JOIN role_power ON role_power.role_id ="
            " user_account.role_id WHERE active = 1 AND pin_hash = '' AND power = :power"
            " ORDER BY code",
            power=Power.PEOPLE.value,
        )
    ]


@needs(Power.LOG_IN)
def look_in(reading: Reading, code: str, pin: str, pepper: bytes) -> Actor:
    """Log in where nothing can be written: the caller counts (`store.tries`).

    Refuses WRONG_PIN and LOCKED_OUT.
    """
    row = reading.row(
        "SELECT id, pin_hash, locked_until FROM user_account WHERE code = :code AND active = 1",
        code=code,
    )
    if row is None:
        raise refuse(Reason.NOT_ALLOWED, power=Power.LOG_IN.value, user=code)
    key, pin_hash, until = row
    refuse_locked(code, until, int(reading.now.timestamp() * MICROS))
    if not _right(pin_hash, pin, pepper):
        raise refuse(Reason.WRONG_PIN, left=TRIES)
    return actor_of(reading, key, code, "")


@needs(Power.PEOPLE)
def add_user(tx: Tx, code: str, name: str, role: str, pin: str, pepper: bytes) -> int:
    """A new user. Refuses DUPLICATE, NOT_ALLOWED for a role with powers that the actor has not, and
    whatever `write_user` refuses."""
    if tx.value("SELECT id FROM user_account WHERE code = :code", code=code) is not None:
        raise refuse(Reason.DUPLICATE, field="user", value=code)
    powers = tx.rows(
        "SELECT power FROM role_power JOIN role ON role.id = role_id WHERE role.code = :role",
        role=role,
    )
    refuse_more(tx, [Power(power) for (power,) in powers])
    key = write_user(tx, code, name, role, pin, pepper)
    audit.record(tx, "add user", f"user {code}", after={"name": name, "role": role})
    tx.touched["user_account"].add(key)
    return key


def write_user(tx: Tx, code: str, name: str, role: str, pin: str, pepper: bytes) -> int:
    """The row of a new user; an empty PIN is none yet. Refuses BAD_ENTRY for what will not do."""
    role_id = tx.value("SELECT id FROM role WHERE code = :role", role=role)
    if role_id is None:
        raise refuse(Reason.BAD_ENTRY, field="role", value=role)
    if pin:
        check_pin(pin)
    key = tx.value(
        "INSERT INTO user_account (uid, code, name, role_id, pin_hash)"
        " VALUES (:uid, :code, :name, :role, :hash) RETURNING id",
        uid=uuid7(tx.now, os.urandom(10)).bytes,
        code=code,
        name=name or code,
        role=role_id,
        hash=_hash(pin, pepper) if pin else "",
    )
    return int(key)


@needs(Power.LOG_IN)
def change_pin(tx: Tx, old: str, new: str, pepper: bytes) -> bool:
    """Another PIN for who stands here himself; False for a wrong old one, which is counted.

    Refuses BAD_ENTRY for a new one that will not do, and LOCKED_OUT.
    """
    check_pin(new)
    actor = tx.actor
    if log_in(tx, actor.code, old, pepper, actor.counter) is None:
        return False
    _write_pin(tx, actor.user_id, new, pepper)
    audit.record(tx, "change pin", f"user {actor.code}")
    return True


@needs(Power.PEOPLE)
def set_pin(tx: Tx, code: str, pin: str, pepper: bytes) -> None:
    """A new PIN, which also ends a lock-out. Refuses BAD_ENTRY for a user that is not there, and
    NOT_ALLOWED for one who may do more: nobody gets in under a name with powers that he has not."""
    check_pin(pin)
    key = tx.value("SELECT id FROM user_account WHERE code = :code", code=code)
    if key is None:
        raise refuse(Reason.BAD_ENTRY, field="user", value=code)
    refuse_more(tx, actor_of(tx, key, code, "").powers)
    _write_pin(tx, key, pin, pepper)
    audit.record(tx, "set pin", f"user {code}")


def refuse_more(reading: Reading, powers: Iterable[Power]) -> None:
    """NOT_ALLOWED for powers that the actor has not himself, and so cannot give."""
    for power in sorted(set(powers) - reading.actor.powers):
        raise refuse(Reason.NOT_ALLOWED, power=power.value, user=reading.actor.code)


def _write_pin(tx: Tx, key: int, pin: str, pepper: bytes) -> None:
    tx.run(
        "UPDATE user_account SET pin_hash = :hash, failed = 0, locked_until = 0,"
        " row_version = row_version + 1 WHERE id = :id",
        id=key,
        hash=_hash(pin, pepper),
    )
    tx.touched["user_account"].add(key)


@needs(Power.LOOK)
def users(reading: Reading) -> list[tuple[str, str, str, bool]]:
    """Code, name, role and whether active, in the order of the codes."""
    return [
        (code, name, role, bool(active))
        for code, name, role, active in reading.rows(
            "SELECT user_account.code, user_account.name, role.code, user_account.active"
            " FROM user_account JOIN role ON role.id = role_id ORDER BY user_account.code"
        )
    ]


def check_pin(pin: str) -> None:
    """Refuses BAD_ENTRY for one that is too short, and WRONG_SHAPE for one that all try first."""
    flaw = flaw_of(pin)
    if flaw is PinFlaw.SHORT:
        raise refuse(Reason.BAD_ENTRY, field="pin", value="", length=FIGURES)
    if flaw is not None:
        raise refuse(Reason.WRONG_SHAPE, field="pin", fault=flaw.value)


def _peppered(pin: str, pepper: bytes) -> str:
    return hmac.new(pepper, pin.encode(), hashlib.sha256).hexdigest()


def _hash(pin: str, pepper: bytes) -> str:
    from argon2 import PasswordHasher

    # OWASP's least: six figures fall to any hash in hours, so it is the pepper that protects.
    hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
    return hasher.hash(_peppered(pin, pepper))


def _right(pin_hash: str, pin: str, pepper: bytes) -> bool:
    if not pin_hash:
        return True  # nobody has set one yet, and `has_pin` lets every door say so
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerifyMismatchError

    try:
        return PasswordHasher().verify(pin_hash, _peppered(pin, pepper))
    except (VerifyMismatchError, InvalidHashError):
        return False
