"""How many digits of the HSN a bill must show: by dated rules, from the turnover of the year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from dms_desktop.domain.calendar import financial_year
from dms_desktop.store.session import Reading


class Rule(NamedTuple):
    """From a day on, for a turnover above so many paise: digits to the registered and to others."""

    from_day: str
    above: int
    registered: int
    unregistered: int


def rules(reading: Reading) -> list[Rule]:
    """The newest first, and of a day the one for the largest turnover."""
    rows = reading.rows(
        "SELECT from_day, above, registered, unregistered FROM hsn_rule"
        " ORDER BY from_day DESC, above DESC"
    )
    return [Rule(*row) for row in rows]


def asked(every: Sequence[Rule], day: date, turnover: int) -> tuple[int, int]:
    """What the rules in force on that day ask after a year of this turnover; nil = none."""
    begun = [rule for rule in every if rule.from_day <= day.isoformat()]
    of_day = (rule for rule in begun if rule.from_day == begun[0].from_day)
    found = next((each for each in of_day if not each.above or each.above < turnover), None)
    return (found.registered, found.unregistered) if found else (0, 0)


def digits(reading: Reading, day: date) -> tuple[int, int]:
    """To registered buyers and to others on that day, after the turnover of the year before; one
    that is not written counts as the last before it that is."""
    rows = reading.rows(
        "SELECT from_day, above, registered, unregistered, (SELECT paise FROM turnover"
        " WHERE year < :year ORDER BY year DESC LIMIT 1) FROM hsn_rule WHERE from_day <= :day"
        " ORDER BY from_day DESC, above DESC",
        year=financial_year(day).starts,
        day=day.isoformat(),
    )
    turnover = int(rows[0][4] or 0) if rows else 0
    return asked([Rule(*row[:4]) for row in rows], day, turnover)
