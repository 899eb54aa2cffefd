"""Our turnover of each financial year, by which the law asks for more digits of the HSN."""

from __future__ import annotations

from dataclasses import replace

from dms_desktop.domain.calendar import FinancialYear
from dms_desktop.domain.money import ZERO, Money
from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Reason, Refused, refuse
from dms_desktop.domain.registers import TurnoverRecord
from dms_desktop.services import hsn
from dms_desktop.services.periods import year_of
from dms_desktop.services.registers.register import (
    Given,
    Keeping,
    Match,
    Shown,
    locked,
    register,
)
from dms_desktop.store.session import Reading, Tx

_ONE = "SELECT year, row_version, paise FROM turnover WHERE year = :year"
_PAGE = "SELECT year FROM turnover WHERE year > :after ORDER BY year LIMIT :most"


def _kept(reading: Reading, code: str) -> Shown[TurnoverRecord] | None:
    year = year_of(code)
    row = reading.row(locked(reading, _ONE, "turnover"), year=year.starts)
    if row is None:
        return None
    digits = hsn.asked(hsn.rules(reading), FinancialYear(year.starts + 1).first, int(row[2]))
    return Shown(row[0], row[1], TurnoverRecord(year.label, Money(int(row[2])), *digits))


def _find(reading: Reading, text: str, after: str, most: int) -> list[Match]:
    rows = reading.rows(_PAGE, after=year_of(after).starts if after else 0, most=most)
    labels = (FinancialYear(year).label for (year,) in rows)
    return [Match(label, label, True) for label in labels if text in label]


def _over(reading: Reading, given: Given, old: TurnoverRecord | None) -> TurnoverRecord:
    new = replace(old or TurnoverRecord(""), **given)
    if not new.year:
        raise refuse(Reason.MISSING, field="year")
    if new.turnover < ZERO:
        raise refuse(Reason.BAD_FIGURE, field="turnover", value=new.turnover)
    try:
        return replace(new, year=year_of(new.year).label)
    except Refused:
        raise refuse(Reason.BAD_ENTRY, field="year", value=new.year) from None


def _write(tx: Tx, record: TurnoverRecord, now: Shown[TurnoverRecord] | None) -> None:
    year, paise = year_of(record.year).starts, record.turnover.paise
    if now is None:
        tx.insert("turnover", ("year", "paise"), [(year, paise)])
    else:
        tx.run(
            "UPDATE turnover SET paise = :paise, row_version = row_version + 1 WHERE year = :year",
            paise=paise,
            year=year,
        )


TURNOVER = register(
    Keeping("turnover", "turnover", lambda each: each.year, _kept, _find, _over, _write,
            power=Power.SETTINGS),
)  # fmt: skip
