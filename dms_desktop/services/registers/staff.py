"""Users and roles: who may do what, so that somebody can always say so."""

from __future__ import annotations

from dataclasses import replace

from dms_desktop.domain.masters import folded
from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.registers import RoleRecord, UserRecord
from dms_desktop.services.registers.register import (
    Given,
    Keeping,
    Match,
    Shown,
    like,
    locked,
    register,
)
from dms_desktop.store.session import Reading, Tx

_USER = (
    "SELECT user_account.id, user_account.row_version, user_account.code, user_account.name,"
    " role.code, user_account.active FROM user_account JOIN role ON role.id = role_id"
    " WHERE user_account.code = :code"
)
_USERS = (
    "SELECT code, name, active FROM user_account WHERE (lower(code) LIKE :like ESCAPE '\\'"
    " OR lower(name) LIKE :like ESCAPE '\\') AND code > :after ORDER BY code LIMIT :most"
)
_ROLE = "SELECT id, row_version, code, name, active FROM role WHERE code = :code"
_ROLES = (
    "SELECT code, name, active FROM role WHERE (lower(code) LIKE :like ESCAPE '\\'"
    " OR lower(name) LIKE :like ESCAPE '\\') AND code > :after ORDER BY code LIMIT :most"
)
_POWERS = "SELECT power FROM role_power WHERE role_id = :id ORDER BY power"
_KEEPERS = (
    "SELECT count(*) FROM user_account"
    " JOIN role_power ON role_power.role_id = user_account.role_id"
    " WHERE user_account.active = 1 AND power = :power"
)


def _user(reading: Reading, code: str) -> Shown[UserRecord] | None:
    row = reading.row(locked(reading, _USER, "user_account"), code=code)
    if row is None:
        return None
    return Shown(row[0], row[1], UserRecord(row[2], row[3], row[4], bool(row[5])))


def _find_users(reading: Reading, text: str, after: str, most: int) -> list[Match]:
    return _matches(reading, _USERS, text, after, most)


def _find_roles(reading: Reading, text: str, after: str, most: int) -> list[Match]:
    return _matches(reading, _ROLES, text, after, most)


def _matches(reading: Reading, sql: str, text: str, after: str, most: int) -> list[Match]:
    rows = reading.rows(sql, like=like(text), after=after, most=most)
    return [Match(code, name, bool(active)) for code, name, active in rows]


def _user_over(reading: Reading, given: Given, old: UserRecord | None) -> UserRecord:
    assert old is not None, "a user is made together with his PIN"
    new = replace(old, **given)
    role = _role(reading, new.role)
    if role is None or (not role.record.active and new.role != old.role):
        raise refuse(Reason.BAD_ENTRY, field="role", value=new.role)
    if new.role != old.role:
        _refuse_giving(reading, set(role.record.powers))
    if not new.active and new.code == reading.actor.code:
        raise refuse(Reason.IN_USE, value=new.code, fault="in_use_yourself")
    return replace(new, name=new.name or new.code)


def _write_user(tx: Tx, user: UserRecord, now: Shown[UserRecord] | None) -> None:
    assert now is not None
    tx.run(
        "UPDATE user_account SET name = :name, active = :active, row_version = row_version + 1,"
        " role_id = (SELECT id FROM role WHERE code = :role) WHERE id = :id",
        name=user.name,
        active=int(user.active),
        role=user.role,
        id=now.id,
    )
    _refuse_nobody(tx, user.code)


def _role(reading: Reading, code: str) -> Shown[RoleRecord] | None:
    row = reading.row(locked(reading, _ROLE, "role"), code=code)
    if row is None:
        return None
    powers = tuple(power for (power,) in reading.rows(_POWERS, id=row[0]))
    return Shown(row[0], row[1], RoleRecord(row[2], row[3], powers, bool(row[4])))


def _role_over(reading: Reading, given: Given, old: RoleRecord | None) -> RoleRecord:
    new = replace(old, **given) if old else RoleRecord(**{"code": "", **given})
    if not folded(new.code):
        raise refuse(Reason.MISSING, field="code")
    if unknown := sorted(set(new.powers) - set(Power)):
        raise refuse(Reason.BAD_ENTRY, field="powers", value=unknown[0])
    _refuse_giving(reading, set(new.powers) - set(old.powers if old else ()))
    if old and old.active and not new.active:
        users = reading.value(
            "SELECT count(*) FROM user_account JOIN role ON role.id = role_id"
            " WHERE role.code = :code AND user_account.active = 1",
            code=old.code,
        )
        if users:
            raise refuse(Reason.IN_USE, value=old.code, fault="in_use_users")
    return replace(new, name=new.name or new.code, powers=tuple(sorted(set(new.powers))))


def _write_role(tx: Tx, role: RoleRecord, now: Shown[RoleRecord] | None) -> None:
    if now is None:
        tx.insert("role", ("code", "name", "active"), [(role.code, role.name, int(role.active))])
    else:
        tx.run(
            "UPDATE role SET name = :name, active = :active, row_version = row_version + 1"
            " WHERE id = :id",
            name=role.name,
            active=int(role.active),
            id=now.id,
        )
    key = now.id if now else tx.value("SELECT id FROM role WHERE code = :code", code=role.code)
    before = set(now.record.powers) if now else set()
    gone, fresh = before - set(role.powers), set(role.powers) - before
    tx.many(
        "DELETE FROM role_power WHERE role_id = ? AND power = ?", [(key, p) for p in sorted(gone)]
    )
    tx.insert("role_power", ("role_id", "power"), [(key, power) for power in sorted(fresh)])
    _refuse_nobody(tx, role.code)


def _refuse_giving(reading: Reading, powers: set[str]) -> None:
    """Nobody gives what he has not."""
    for power in sorted(powers - reading.actor.powers):
        raise refuse(Reason.NOT_ALLOWED, power=power, user=reading.actor.code)


def _refuse_nobody(tx: Tx, code: str) -> None:
    """Whoever gives powers must not be the last to have gone."""
    if not tx.value(_KEEPERS, power=Power.PEOPLE.value):
        raise refuse(Reason.IN_USE, value=code, fault="in_use_people")


USERS = register(
    Keeping(
        "user", "user_account", lambda each: each.code, _user, _find_users, _user_over,
        _write_user, power=Power.PEOPLE,
    ),
    adds=False,
)  # fmt: skip
ROLES = register(
    Keeping(
        "role", "role", lambda each: each.code, _role, _find_roles, _role_over, _write_role,
        power=Power.PEOPLE,
    )
)  # fmt: skip
