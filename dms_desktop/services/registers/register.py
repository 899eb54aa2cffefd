"""What all registers share: paging, one by its code, adding, changing what was seen, the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar

from dms_desktop.domain.licences import Licence
from dms_desktop.domain.masters import Barcode, folded
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.registers import DatedRate
from dms_desktop.services import audit
from dms_desktop.store.session import Reading, Tx

PAGE = 50

Record = TypeVar("Record")
Given = Mapping[str, Any]  # field of the record -> value; what is left out stays as it is


@dataclass(frozen=True, slots=True)
class Shown(Generic[Record]):
    """A master as it stands; a change must name the version that it was made from."""

    id: int
    version: int
    record: Record


@dataclass(frozen=True, slots=True)
class Match:
    """A row of a list; its code is where the next page goes on."""

    code: str
    name: str
    active: bool


@dataclass(frozen=True, slots=True)
class Keeping(Generic[Record]):
    """How one kind of master lies in the books.

    `over` is the record as it will be, old or new, and refuses one that cannot be; `write` puts it
    there, over what was shown or as a new one. `find` takes text, the code to go on after, and how
    many.
    """

    kind: str
    table: str
    code: Callable[[Record], str]
    kept: Callable[[Reading, str], Shown[Record] | None]
    find: Callable[[Reading, str, str, int], list[Match]]
    over: Callable[[Reading, Given, Record | None], Record]
    write: Callable[[Tx, Record, Shown[Record] | None], None]
    power: Power = Power.MASTERS


@dataclass(frozen=True, slots=True)
class Register:
    """The verbs of one kind of master, each with its power; None where a kind has not that verb.

    show(reading, code), find(reading, text, after, most), add(tx, given),
    change(tx, code, given, version). `table` is what an import calls its rows.
    """

    kind: str
    table: str
    show: Callable[..., Any]
    find: Callable[..., Any]
    add: Callable[..., Any] | None
    change: Callable[..., Any] | None
    code: Callable[[Any], str] = lambda record: str(record.code)


def register(keeping: Keeping[Any], *, adds: bool = True) -> Register:
    """The four verbs over a way of keeping."""

    @needs(Power.LOOK)
    def show(reading: Reading, code: str) -> Shown[Any]:
        """Refuses UNKNOWN_CODE."""
        return _one(reading, keeping, code)

    @needs(Power.LOOK)
    def find(reading: Reading, text: str = "", after: str = "", most: int = PAGE) -> list[Match]:
        """Those that hold the text in code or name, in the order of their codes."""
        return keeping.find(reading, text, after, most)

    @needs(keeping.power)
    def add(tx: Tx, given: Given) -> Shown[Any]:
        """Refuses DUPLICATE for a code that is there, and whatever the record cannot be."""
        record = keeping.over(tx, given, None)
        code = keeping.code(record)
        if keeping.kept(tx, code) is not None:
            raise refuse(Reason.DUPLICATE, field=keeping.kind, value=code)
        keeping.write(tx, record, None)
        audit.record(tx, f"add {keeping.kind}", subject(keeping.kind, code), after=told(record))
        done = _one(tx, keeping, code)
        tx.touched[keeping.table].add(done.id)
        return done

    @needs(keeping.power)
    def change(tx: Tx, code: str, given: Given, version: int) -> Shown[Any]:
        """Refuses UNKNOWN_CODE, STALE with both versions, and whatever the record cannot be."""
        now = _one(tx, keeping, code)
        of = keeping.code(now.record)
        new = keeping.over(tx, given, now.record)
        if keeping.code(new) != of:
            raise refuse(Reason.BAD_ENTRY, field="code", value=keeping.code(new))
        not_stale(tx, keeping.kind, of, now, new, version)
        if new != now.record:
            keeping.write(tx, new, now)
            before, after = told_change(now.record, new)
            what = f"change {keeping.kind}"
            audit.record(tx, what, subject(keeping.kind, of), before=before, after=after)
            tx.touched[keeping.table].add(now.id)
        return _one(tx, keeping, of)

    return Register(
        keeping.kind, keeping.table, show, find, add if adds else None, change, keeping.code
    )  # fmt: skip


def subject(kind: str, code: str) -> str:
    """What the audit row calls this master; what there is one of has no code."""
    return kind if code == kind else f"{kind} {code}"


def not_stale(
    reading: Reading, kind: str, code: str, now: Shown[Any], new: object, version: int
) -> None:
    """Refuses STALE: who changed it when, what stands there now and what was to stand there."""
    if version == now.version:
        return
    theirs, yours = told_change(now.record, new)
    last = reading.row(
        "SELECT user_account.code, at FROM audit JOIN user_account ON user_account.id = user_id"
        " WHERE subject = :subject ORDER BY audit.id DESC LIMIT 1",
        subject=subject(kind, code),
    )
    by, at = last or ("", 0)
    raise refuse(
        Reason.STALE,
        field=kind,
        value=code,
        version=version,
        now=now.version,
        by=by,
        at=at,
        theirs=theirs,
        yours=yours,
    )


def like(text: str) -> str:
    """A pattern for any piece, whose own marks are plain ones: LIKE :like ESCAPE '\\'."""
    plain_text = folded(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{plain_text}%"


def locked(reading: Reading, sql: str, table: str) -> str:
    """The same query, which inside a write also keeps others from changing what it read."""
    return f"{sql} FOR UPDATE OF {table}" if reading.locking else sql


def told(record: Any) -> dict[str, Any]:
    return {each.name: plain(getattr(record, each.name)) for each in fields(record)}


def told_change(old: Any, new: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only the fields that differ, before and after."""
    before, after = told(old), told(new)
    names = [name for name in before if before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def plain(value: object) -> object:
    """As JSON says it: money in rupees, a rate with its units, days in ISO."""
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Barcode):
        return {"code": value.code, "units": value.units}
    if isinstance(value, DatedRate | Licence):
        return told(value)
    if isinstance(value, Rate):
        return str(value.amount) if value.per == 1 else f"{value.amount} / {value.per}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Money) or not isinstance(value, bool | int | str | None):
        return str(value)
    return value


def _one(reading: Reading, keeping: Keeping[Any], code: str) -> Shown[Any]:
    found = keeping.kept(reading, code)
    if found is None:
        raise refuse(Reason.UNKNOWN_CODE, field=keeping.kind, value=code)
    return found
