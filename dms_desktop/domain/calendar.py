"""Days as the trade counts them: business day, financial year, return period, expiry."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

# India has kept one time, without daylight saving, since 1945.
INDIA = timezone(timedelta(hours=5, minutes=30), "IST")
# A day outside is a slip of the hand (2206 for 2026), and no paper here is older.
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_MOST_MONTHS = 120
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_NAMED = {name: at for at, name in enumerate(_MONTHS, start=1)}
_FULL = (
    "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE",
    "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER",
)  # fmt: skip
_NAMED |= {name: at for at, name in enumerate(_FULL, start=1)} | {"SEPT": 9}

_MONTH, _YEAR = r"(?P<month>[0-9]{1,2}|[A-Z]{3,9})", r"(?P<year>[0-9]{4}|[0-9]{2})"
_DAY_FORMS = (
    re.compile(rf"(?P<day>[0-9]{{1,2}})(?P<mark>[-/. ]){_MONTH}(?P=mark){_YEAR}"),
    re.compile(
        r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
    ),
    re.compile(rf"(?P<day>[0-9]{{2}})(?P<month>[0-9]{{2}}){_YEAR}"),
)
_MONTH_FORMS = (
    re.compile(rf"{_MONTH}[-/. ]{_YEAR}"),
    re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})"),
    re.compile(rf"(?P<month>[0-9]{{2}}|[A-Z]{{3,9}}){_YEAR}"),
)
_PERIOD = re.compile(r"(?P<month>[0-9]{2})(?P<year>[0-9]{4})")


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both counted."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """April to March; `starts` is the calendar year of its April."""

    starts: int

    @property
    def label(self) -> str:
        """`2026-27`."""
        return f"{self.starts}-{(self.starts + 1) % 100:02d}"

    @property
    def short(self) -> str:
        """`26-27`, as a document number carries it."""
        return self.label[-5:]

    @property
    def first(self) -> date:
        return date(self.starts, 4, 1)

    @property
    def last(self) -> date:
        return date(self.starts + 1, 3, 31)

    @property
    def span(self) -> Span:
        return Span(self.first, self.last)

    def __contains__(self, day: date) -> bool:
        return day in self.span

    def month(self, month: int) -> Span:
        """A month of this year by its number in the calendar: 2 is the February after its April."""
        return month_of(date(self.starts + (month < 4), month, 1))

    def quarter(self, quarter: int) -> Span:
        """1 is April to June, 4 is January to March. Raises ValueError for any other."""
        if not 1 <= quarter <= 4:
            raise ValueError(f"a year has no quarter {quarter}")
        first = quarter * 3 % 12 + 1
        return Span(self.month(first).first, self.month(first + 2).last)


def financial_year(day: date) -> FinancialYear:
    return FinancialYear(day.year - (day.month < 4))


def month_of(day: date) -> Span:
    """The calendar month that holds this day."""
    first = day.replace(day=1)
    return Span(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def year_to_last_month(today: date) -> Span | None:
    """This financial year's finished months, or None in April, when it has none yet."""
    span = Span(financial_year(today).first, today.replace(day=1) - timedelta(days=1))
    return span if span.first < span.last else None


def return_period(day: date) -> str:
    """The MMYYYY code of the GST return in which this day falls; a quarter's is its last day's."""
    return f"{day.month:02d}{day.year:04d}"


def read_return_period(code: str) -> Span:
    """The month that an MMYYYY code names. Raises ValueError."""
    found = _PERIOD.fullmatch(code)
    if not found:
        raise ValueError(f"{code!r} is no return period")
    return month_of(_date(found["year"], found["month"], "1", code))


def business_day(instant: datetime) -> date:
    """The day on the shop's own wall at this instant. Raises ValueError for a naive one."""
    if instant.utcoffset() is None:
        raise ValueError(f"{instant} does not say of which time zone it is")
    return instant.astimezone(INDIA).date()


def read_day(text: str) -> date:
    """A day as the trade types it: `21-11-2026`, `21/11/26`, `21112026`, `21-NOV-26`, ISO.

    Day before month, always. Raises ValueError for an impossible day and for a year that is not
    2000 to 2099.
    """
    bare = " ".join(text.upper().split())
    for form in _DAY_FORMS:
        if found := form.fullmatch(bare):
            return _date(found["year"], found["month"], found["day"], text)
    raise ValueError(f"{text!r} is no date")


def read_expiry(text: str) -> date:
    """The last day on which the pack is good: `04/27`, `APR-27`, `04-2027`, `0427` or a whole day.

    A month means its last day. Six figures are a day where they can be one (`040427`), else a month
    and a year (`042027`). Raises ValueError as `read_day` does.
    """
    with suppress(ValueError):
        return read_day(text)
    bare = " ".join(text.upper().split())
    for form in _MONTH_FORMS:
        if found := form.fullmatch(bare):
            return month_of(_date(found["year"], found["month"], "1", text)).last
    raise ValueError(f"{text!r} is no expiry")


def expiry_after(packed: date, months: int) -> date:
    """The day `months` after packing, or that month's last day where it is shorter.

    Raises ValueError unless months is 1 to 120.
    """
    if not 1 <= months <= _MOST_MONTHS:
        raise ValueError(f"a shelf life of {months} months is not believable")
    years, month = divmod(packed.month - 1 + months, 12)
    due = date(packed.year + years, month + 1, 1)
    return min(due + timedelta(days=packed.day - 1), month_of(due).last)


def _date(year: str, month: str, day: str, typed: str) -> date:
    century = 2000 if len(year) == 2 else 0
    number = int(month) if month.isdigit() else _NAMED.get(month, 0)
    if not _FIRST_YEAR <= int(year) + century <= _LAST_YEAR:
        raise ValueError(f"{typed!r} is no year of this book")
    try:
        return date(int(year) + century, number, int(day))
    except ValueError as error:
        raise ValueError(f"{typed!r} is no day of the calendar") from error
