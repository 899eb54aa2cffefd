"""The series of each kind of paper: added while a year runs, changed only while unused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dms_desktop.domain.calendar import FinancialYear, financial_year
from dms_desktop.domain.goods_line import Kind, Paper
from dms_desktop.domain.numbering import Series
from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.registers import SeriesRecord, joined, parted
from dms_desktop.services import series
from dms_desktop.services.registers.coded import PRINCIPAL, need
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

_ONE = (
    "SELECT series.id, series.row_version, prefix, kind, paper, counter, principal.code, year,"
    " width, first, last FROM series LEFT JOIN principal ON principal.id = principal_id"
    " WHERE prefix = :prefix AND year = :year"
)
_PAGE = (
    "SELECT year, prefix, kind, last FROM series WHERE year > 0"
    " AND (lower(prefix) LIKE :like ESCAPE '\\' OR kind LIKE :like ESCAPE '\\')"
    " AND (-year, prefix) > (:year, :prefix) ORDER BY -year, prefix LIMIT :most"
)
_SAME = (
    "SELECT prefix FROM series WHERE registration_id = :registration AND kind = :kind"
    " AND paper = :paper AND counter = :counter AND principal_id = :principal AND year = :year"
    " AND id <> :own"
)
_LATEST = "SELECT max(year) FROM series WHERE prefix = :prefix"


def _code(record: SeriesRecord) -> str:
    return joined(record.prefix, str(record.year))


def _kept(reading: Reading, code: str) -> Shown[SeriesRecord] | None:
    """By prefix and the April of its year; without one the latest year that has it."""
    prefix, year = parted(code, 2)
    if not year.isdigit():
        year = str(reading.value(_LATEST, prefix=prefix) or 0)
    row = reading.row(locked(reading, _ONE, "series"), prefix=prefix, year=int(year))
    if row is None:
        return None
    key, version, prefix, kind, paper, counter, owner, april, width, first, last = row
    return Shown(key, version, SeriesRecord(
        prefix, kind, paper, counter, owner or "", april, width, first, last
    ))  # fmt: skip


def _find(reading: Reading, text: str, after: str, most: int) -> list[Match]:
    """The newest year first."""
    prefix, year = parted(after, 2)
    april = -int(year) if year.isdigit() else -9999
    rows = reading.rows(_PAGE, like=like(text), year=april, prefix=prefix, most=most)
    return [
        Match(joined(prefix, str(april)), f"{kind} {FinancialYear(april).label}", True)
        for april, prefix, kind, _ in rows
    ]


def _over(reading: Reading, given: Given, old: SeriesRecord | None) -> SeriesRecord:
    """Refuses what would not be lawful or not be unique, and SERIES_USED once it gave numbers."""
    new = replace(old, **given) if old else SeriesRecord(**{"prefix": "", **given})
    if old is None:
        new = replace(new, year=new.year or financial_year(series.today(reading)).starts)
    if new.kind not in set(Kind):
        raise refuse(Reason.BAD_ENTRY, field="kind", value=new.kind)
    if new.paper and (new.paper not in set(Paper) or new.kind != Kind.BILL):
        raise refuse(Reason.BAD_ENTRY, field="paper", value=new.paper)
    if new.first < 1 or new.width < 1:
        field = "first" if new.first < 1 else "width"
        raise refuse(Reason.BAD_FIGURE, field=field, value=getattr(new, field))
    if old is not None and replace(new, last=old.last) != old and old.last >= old.first:
        raise refuse(Reason.SERIES_USED, prefix=old.prefix)
    _refuse_locked(reading, new)
    layout = Series(new.prefix, new.width)
    most = max(10**new.width - 1, new.first)
    if fault := layout.fault(most):
        raise refuse(Reason.SERIES_TOO_LONG, prefix=new.prefix, width=new.width, fault=fault.value)
    if old is None or replace(new, last=old.last) != old:
        new = replace(new, last=new.first - 1)
    if isinstance(reading, Tx):
        series.open_year(reading, FinancialYear(new.year))  # what it carries over must not clash
    _refuse_same(reading, new, old)
    return new


def _refuse_locked(reading: Reading, new: SeriesRecord) -> None:
    until = str(reading.value("SELECT locked_until FROM period"))
    last = FinancialYear(new.year).last
    if last.isoformat() <= until:
        raise refuse(Reason.YEAR_LOCKED, day=last, until=date.fromisoformat(until))


def _refuse_same(reading: Reading, new: SeriesRecord, old: SeriesRecord | None) -> None:
    """No two series of a year share a prefix, nor serve just the same papers."""
    own = _kept(reading, _code(old)) if old else None
    key = own.id if own else 0
    taken = reading.value(
        "SELECT kind FROM series WHERE prefix = :prefix AND year = :year AND id <> :own",
        prefix=new.prefix,
        year=new.year,
        own=key,
    )
    if taken is not None:
        raise refuse(Reason.SERIES_PREFIX_TAKEN, prefix=new.prefix, kind=taken)
    same = reading.value(
        _SAME,
        registration=reading.value("SELECT min(id) FROM registration"),
        kind=new.kind,
        paper=new.paper,
        counter=new.counter,
        principal=need(reading, PRINCIPAL, new.principal) or 0,
        year=new.year,
        own=key,
    )
    if same is not None:
        raise refuse(Reason.DUPLICATE, field="series", value=same)


def _write(tx: Tx, record: SeriesRecord, now: Shown[SeriesRecord] | None) -> None:
    year = FinancialYear(record.year)
    principal = need(tx, PRINCIPAL, record.principal) or 0
    if now is None:
        registration = tx.value("SELECT min(id) FROM registration")
        series.write_series(
            tx, year, registration, record.kind, record.paper, record.counter, principal,
            record.prefix, record.width,
        )  # fmt: skip
        key = tx.value(
            "SELECT id FROM series WHERE prefix = :p AND year = :y", p=record.prefix, y=record.year
        )
    else:
        key = now.id
    tx.many(
        "UPDATE series SET kind = ?, paper = ?, counter = ?, principal_id = ?, width = ?,"
        " first = ?, last = ?, row_version = row_version + ? WHERE id = ?",
        [(
            record.kind, record.paper, record.counter, principal, record.width, record.first,
            record.last, 1 if now else 0, key,
        )],
    )  # fmt: skip


SERIES = register(
    Keeping("series", "series", _code, _kept, _find, _over, _write, power=Power.SETTINGS)
)
