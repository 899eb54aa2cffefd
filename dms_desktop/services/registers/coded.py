"""Masters that are a code, a name and little more: principals, beats, salesmen, godowns ..."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from dms_desktop.domain.masters import folded
from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.domain.registers import (
    AccountGroup,
    AccountRecord,
    GodownRecord,
    NamedRecord,
    PriceListRecord,
    ReasonRecord,
    ReasonUse,
    SalesmanRecord,
)
from dms_desktop.domain.uid import uuid7
from dms_desktop.services.registers.register import Given, Keeping, Match, Shown, like, register
from dms_desktop.store.session import Reading, Tx

_GODOWNS = "kind IN ('godown', 'van')"
_STOCKED = "SELECT sum(qty) FROM stock WHERE place_id = :id"
_OTHERS = "SELECT count(*) FROM place WHERE kind = 'godown' AND active = 1 AND id <> :id"

_FLAGS = ("active", "keeps_credit", "drawer")

Check = Callable[[Reading, Any, Shown[Any] | None], None]


@dataclass(frozen=True, slots=True)
class Coded:
    """A table with a code and a name; its other columns are the record's other fields.

    `check` refuses what this kind alone cannot be; `made` are columns that only a new row gets.
    """

    kind: str
    table: str
    record: type[Any]
    where: str = "1 = 1"
    uid: bool = True
    check: Check = lambda reading, record, now: None
    made: Callable[[Tx], Mapping[str, object]] = lambda tx: {}

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(each.name for each in fields(self.record))

    def sql(self) -> tuple[str, str, str]:
        """The queries for the key of each name, one row by its key, and a page."""
        names = ", ".join(map(_quoted, self.columns))
        known = f"SELECT id, code, name FROM {self.table} WHERE {self.where} ORDER BY id"  # noqa: S608
        one = f"SELECT id, row_version, {names} FROM {self.table} WHERE id = :id"  # noqa: S608
        page = (
            f"SELECT code, name, active FROM {self.table} WHERE {self.where}"  # noqa: S608
            " AND (lower(code) LIKE :like ESCAPE '\\' OR lower(name) LIKE :like ESCAPE '\\')"
            " AND code > :after ORDER BY code LIMIT :most"
        )
        return known, one, page


def coded(layout: Coded) -> Keeping[Any]:
    known_sql, one_sql, page_sql = layout.sql()

    def keys(reading: Reading) -> dict[str, int]:
        """By folded code or name; a code goes before a name."""
        return by_name(reading.rows(known_sql))

    def kept(reading: Reading, code: str) -> Shown[Any] | None:
        key = keys(reading).get(folded(code))
        if key is None:
            return None
        sql = f"{one_sql} FOR UPDATE" if reading.locking else one_sql
        row = reading.row(sql, id=key)
        assert row is not None
        return Shown(row[0], row[1], _record(layout.record, row[2:]))

    def find(reading: Reading, text: str, after: str, most: int) -> list[Match]:
        rows = reading.rows(page_sql, like=like(text), after=after, most=most)
        return [Match(code, name, bool(active)) for code, name, active in rows]

    def over(reading: Reading, given: Given, old: Any | None) -> Any:
        new = replace(old, **given) if old else layout.record(**{"code": "", **given})
        new = replace(
            new,
            code=old.code if old and folded(old.code) == folded(new.code) else new.code,
            name=new.name or new.code,
        )
        now = kept(reading, old.code) if old else None
        _refuse_missing(new)
        _refuse_taken(layout.kind, new, keys(reading), now.id if now else 0)
        layout.check(reading, new, now)
        return new

    def write(tx: Tx, record: Any, now: Shown[Any] | None) -> None:
        names = tuple(map(_quoted, layout.columns))
        row = tuple(_stored(getattr(record, name)) for name in layout.columns)
        if now is not None:
            tx.many(_update(layout.table, names), [(*row, now.id)])
            return
        more: dict[str, object] = dict(layout.made(tx))
        if layout.uid:
            more["uid"] = uuid7(tx.now, os.urandom(10)).bytes
        tx.insert(layout.table, (*names, *more), [(*row, *more.values())])

    return Keeping(layout.kind, layout.table, lambda record: record.code, kept, find, over, write)


def by_name(rows: Iterable[tuple[int, str, str]]) -> dict[str, int]:
    """Folded code or name -> key, of rows in the order of their keys; a code goes first."""
    turned = list(rows)[::-1]
    names = {folded(name): key for key, _, name in turned}
    return names | {folded(code): key for key, code, _ in turned}


def need(reading: Reading, layout: Coded, name: str) -> int | None:
    """The key of what a field names; None for no name. Refuses UNKNOWN_CODE."""
    if not folded(name):
        return None
    key = by_name(reading.rows(layout.sql()[0])).get(folded(name))
    if key is None:
        raise refuse(Reason.UNKNOWN_CODE, field=layout.kind, value=name)
    return key


def _refuse_missing(record: Any) -> None:
    missing = [field for field in ("code", "name") if not folded(getattr(record, field))]
    if missing:
        raise Refused(*(Problem(Reason.MISSING, None, {"field": field}) for field in missing))


def _refuse_taken(kind: str, record: Any, keys: Mapping[str, int], own: int) -> None:
    """Imports name masters by code or by name, so no two may share either."""
    for text in (record.code, record.name):
        if keys.get(folded(text), own) != own:
            raise refuse(Reason.DUPLICATE, field=kind, value=text)


def _record(kind: type[Any], row: tuple[Any, ...]) -> Any:
    said = {each.name: value for each, value in zip(fields(kind), row, strict=True)}
    flags = {name: bool(said[name]) for name in _FLAGS if name in said}
    return kind(**{**said, **flags})


def _stored(value: object) -> object:
    return int(value) if isinstance(value, bool) else value


def _quoted(name: str) -> str:
    return f'"{name}"'  # `group` is a word of SQL


def _update(table: str, names: tuple[str, ...]) -> str:
    columns = ", ".join(f"{name} = ?" for name in names)
    return f"UPDATE {table} SET {columns}, row_version = row_version + 1 WHERE id = ?"  # noqa: S608


def _one_of(field: str, words: Iterable[str]) -> Check:
    allowed = frozenset(words)

    def check(reading: Reading, record: Any, now: Shown[Any] | None) -> None:
        if (value := getattr(record, field)) not in allowed:
            raise refuse(Reason.BAD_ENTRY, field=field, value=value)

    return check


def _godown(reading: Reading, record: GodownRecord, now: Shown[GodownRecord] | None) -> None:
    """Goods must stay where somebody can bill them from."""
    _one_of("kind", ("godown", "van"))(reading, record, now)
    if now is None or (record.active and record.kind == now.record.kind):
        return
    if not record.active and int(reading.value(_STOCKED, id=now.id) or 0):
        raise refuse(Reason.IN_USE, value=record.code, fault="in_use_stock")
    if now.record.kind == "godown" and not reading.value(_OTHERS, id=now.id):
        raise refuse(Reason.IN_USE, value=record.code, fault="in_use_only")


def _reason(reading: Reading, record: ReasonRecord, now: Shown[ReasonRecord] | None) -> None:
    """What goes to a ledger goes to one that is there."""
    _one_of("use", ReasonUse)(reading, record, now)
    if record.ledger and not reading.value(
        "SELECT id FROM account WHERE code = :c", c=record.ledger
    ):
        raise refuse(Reason.UNKNOWN_CODE, field="account", value=record.ledger)


def _our_registration(tx: Tx) -> Mapping[str, object]:
    return {"registration_id": tx.value("SELECT min(id) FROM registration")}


PRINCIPAL = Coded("principal", "principal", NamedRecord)
BEAT = Coded("beat", "beat", NamedRecord)
SALESMAN = Coded("salesman", "salesman", SalesmanRecord)
GODOWN = Coded("godown", "place", GodownRecord, _GODOWNS, check=_godown, made=_our_registration)
REASON = Coded("reason", "reason", ReasonRecord, uid=False, check=_reason)
PRICE_LIST = Coded("price-list", "price_list", PriceListRecord)
ACCOUNT = Coded(
    "account", "account", AccountRecord, uid=False, check=_one_of("group", AccountGroup)
)
MAN = Coded("man", "delivery_man", SalesmanRecord)
MEN = register(replace(coded(MAN), power=Power.DISPATCH))
CODED = tuple(
    register(coded(each))
    for each in (PRINCIPAL, BEAT, SALESMAN, GODOWN, REASON, PRICE_LIST, ACCOUNT)
)
