"""The three locks: the closed day, the GST-filed month, the locked year; and opening them again."""

from __future__ import annotations

from datetime import date, timedelta

from dms_desktop.domain.calendar import FinancialYear, financial_year, month_of
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.registers import PeriodRecord
from dms_desktop.services import audit
from dms_desktop.services.registers.register import Match, Shown
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading, Tx

SUBJECT = "period"
_LOCKS = "SELECT closed_until, filed_until, locked_until FROM period"
_SET = {
    "closed_until": "UPDATE period SET closed_until = :day, row_version = row_version + 1",
    "filed_until": "UPDATE period SET filed_until = :day, row_version = row_version + 1",
    "locked_until": "UPDATE period SET locked_until = :day, row_version = row_version + 1",
}


@needs(Power.LOOK)
def locks(reading: Reading) -> PeriodRecord:
    """What is closed, filed and locked now."""
    row = reading.row(f"{_LOCKS} FOR UPDATE" if reading.locking else _LOCKS)
    assert row is not None
    return PeriodRecord(*(date.fromisoformat(day) if day else None for day in row))


@needs(Power.LOOK)
def shown(reading: Reading, code: str = SUBJECT) -> Shown[PeriodRecord]:
    """The locks as a register shows them."""
    version = reading.value("SELECT row_version FROM period")
    return Shown(1, int(version), locks(reading))


@needs(Power.LOOK)
def find(reading: Reading, text: str = "", after: str = "", most: int = 1) -> list[Match]:
    return [] if after else [Match(SUBJECT, SUBJECT, True)]


@needs(Power.CLOSE)
def close_day(tx: Tx, day: date) -> PeriodRecord:
    """Nothing may bear this day or an earlier one any more. Refuses FUTURE_DAY, PERIOD_LOCKED."""
    now = locks(tx)
    _refuse_future(tx, day)
    if now.closed_until and day <= now.closed_until:
        raise refuse(Reason.PERIOD_LOCKED, day=day, until=now.closed_until)
    return _set(tx, "close day", "closed_until", now.closed_until, day)


@needs(Power.CLOSE)
def file_month(tx: Tx, month: date) -> PeriodRecord:
    """GST of the month of this day, and of all before it, is filed. Refuses FUTURE_DAY, GST_FILED.

    A month that is not over cannot be filed.
    """
    last = month_of(month).last
    now = locks(tx)
    if last >= today(tx):
        raise refuse(Reason.FUTURE_DAY, day=last, today=today(tx))
    if now.filed_until and last <= now.filed_until:
        raise refuse(Reason.GST_FILED, day=last, until=now.filed_until)
    return _set(tx, "file month", "filed_until", now.filed_until, last)


@needs(Power.REOPEN)
def lock_year(tx: Tx, year: FinancialYear) -> PeriodRecord:
    """This financial year and all before it. Refuses FUTURE_DAY while it runs, YEAR_LOCKED."""
    now = locks(tx)
    if year.last >= today(tx):
        raise refuse(Reason.FUTURE_DAY, day=year.last, today=today(tx))
    if now.locked_until and year.last <= now.locked_until:
        raise refuse(Reason.YEAR_LOCKED, day=year.last, until=now.locked_until)
    return _set(tx, "lock year", "locked_until", now.locked_until, year.last)


@needs(Power.REOPEN)
def reopen_day(tx: Tx, day: date, why: str) -> PeriodRecord:
    """This day and all after it are open again, and must be closed again (product rule 10).

    Refuses NOT_CLOSED, MISSING without a reason, and a day in a filed month or a locked year.
    """
    now = locks(tx)
    if now.locked_until and day <= now.locked_until:
        raise refuse(Reason.YEAR_LOCKED, day=day, until=now.locked_until)
    if now.filed_until and day <= now.filed_until:
        raise refuse(Reason.GST_FILED, day=day, until=now.filed_until)
    return _open(tx, "re-open day", "closed_until", now.closed_until, day, why)


@needs(Power.REOPEN)
def reopen_month(tx: Tx, month: date, why: str) -> PeriodRecord:
    """The month of this day and all after it count as not filed. Refuses as `reopen_day`."""
    first = month_of(month).first
    now = locks(tx)
    if now.locked_until and first <= now.locked_until:
        raise refuse(Reason.YEAR_LOCKED, day=first, until=now.locked_until)
    return _open(tx, "re-open month", "filed_until", now.filed_until, first, why)


@needs(Power.REOPEN)
def unlock_year(tx: Tx, year: FinancialYear, why: str) -> PeriodRecord:
    """This year and all after it may be written again. Refuses as `reopen_day`."""
    return _open(tx, "unlock year", "locked_until", locks(tx).locked_until, year.first, why)


def year_of(text: str) -> FinancialYear:
    """`2026-27`, `2026`, or a day of it. Refuses BAD_DAY."""
    try:
        if len(text) == 10:
            return financial_year(date.fromisoformat(text))
        year = FinancialYear(int(text[:4]))
    except ValueError:
        raise refuse(Reason.BAD_DAY, field="year", value=text) from None
    if text not in (year.label, str(year.starts)):
        raise refuse(Reason.BAD_DAY, field="year", value=text)
    return year


def _open(
    tx: Tx, action: str, column: str, now: date | None, first: date, why: str
) -> PeriodRecord:
    if not why.strip():
        raise refuse(Reason.MISSING, field="reason")
    if now is None or first > now:
        raise refuse(Reason.NOT_CLOSED, day=first)
    return _set(tx, action, column, now, first - timedelta(days=1), why)


def _set(
    tx: Tx, action: str, column: str, before: date | None, after: date, why: str = ""
) -> PeriodRecord:
    tx.run(_SET[column], day=after.isoformat())
    said = {column: after.isoformat()} | ({"why": why.strip()} if why else {})
    was = {column: before.isoformat() if before else ""}
    audit.record(tx, action, SUBJECT, before=was, after=said)
    tx.touched["period"].add(1)
    return locks(tx)


def _refuse_future(tx: Tx, day: date) -> None:
    if day > today(tx):
        raise refuse(Reason.FUTURE_DAY, day=day, today=today(tx))
