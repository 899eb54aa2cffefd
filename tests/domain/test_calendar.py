"""Days, years and expiries, as a clerk types them and as the returns want them."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.calendar import (
    FinancialYear,
    Span,
    business_day,
    expiry_after,
    financial_year,
    month_of,
    read_day,
    read_expiry,
    read_return_period,
    return_period,
    year_to_last_month,
)
from dms_desktop.domain.numbering import Series
from dms_desktop.language.figures import day_text
from tests.gst_cases import Case, gst_cases

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def span_of(period: dict[str, object]) -> Span:
    match period:
        case {"kind": "month", "fy_start": int(starts), "month": int(month)}:
            return FinancialYear(starts).month(month)
        case {"kind": "quarter", "fy_start": int(starts), "quarter": int(quarter)}:
            return FinancialYear(starts).quarter(quarter)
        case {"kind": "fy", "fy_start": int(starts)}:
            return FinancialYear(starts).span
    raise AssertionError(f"a kind of period that this test does not know: {period}")


def timespan(today: date, name: str) -> Span | None:
    if name == "this fiscal year":
        return financial_year(today).span
    assert name == "this fiscal year to last month"
    return year_to_last_month(today)


def period_is_good(code: str) -> bool:
    try:
        read_return_period(code)
    except ValueError:
        return False
    return True


def answers(case: Case) -> dict[str, object]:
    """What the program says to one case, under the case's own keys."""
    match case.given:
        case {"date": str(iso)}:
            day = read_day(iso)
            return {
                "fy": financial_year(day).label,
                "gstr1_date": day_text(day),
                "eway_date": day_text(day, "/"),
            }
        case {"next_for_date": str(iso), "issued_so_far": dict(issued)}:
            year = financial_year(read_day(iso)).short
            return {"number": Series(f"INV/FY{year}/", 4).format(issued[year] + 1)}
        case {"period": dict(period)}:
            span = span_of(period)
            ends: dict[str, object] = {"from": span.first.isoformat(), "to": span.last.isoformat()}
            return ends | {"fp": return_period(span.last)}
        case {"fp": str(code)}:
            return {"valid": period_is_good(code)}
        case {"utc_instant": str(iso)}:
            return {"ist_date": business_day(datetime.fromisoformat(iso)).isoformat()}
        case {"today": str(iso), "span": str(name)}:
            found = timespan(read_day(iso), name)
            assert found is not None
            return {"from": found.first.isoformat(), "to": found.last.isoformat()}
    raise AssertionError(f"a kind of case that this test does not know: {case}")


def test_the_cases_of_others(subtests: pytest.Subtests) -> None:
    for case in gst_cases("dates_and_periods"):
        with subtests.test(case.id):
            said = answers(case)
            assert {key: said[key] for key in case.expected} == case.expected


@pytest.mark.parametrize(
    "typed",
    [
        "21-11-2026", "21/11/26", "21112026", "211126", "2026-11-21", "2026/11/21", "21.11.2026",
        "21 11 2026", "21-Nov-2026", "21 nov 26", " 21-11-2026 ", "21-NOVEMBER-2026",
    ],
)  # fmt: skip
def test_a_day_is_read_as_the_trade_types_it(typed: str) -> None:
    assert read_day(typed) == date(2026, 11, 21)


@pytest.mark.parametrize(
    "typed",
    [
        "", "-", "21", "21-11", "31-11-2026", "29-02-2027", "00-01-2026", "1-0-2026", "11-21-2026",
        "21-11/2026", "21-11-126", "21-11-2206", "21-11-1999", "21-11-0026", "21-XYZ-2026",
        "20261121", "2026-11-21T10:00", "2026-13-01", "२१-११-२०२६", "1e3-1-26", "-1-11-2026",
        "21--11-2026", "21-11-2026-1", "46000",
    ],
)  # fmt: skip
def test_an_impossible_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        read_day(typed)


@pytest.mark.parametrize(
    ("typed", "last"),
    [
        ("04/27", date(2027, 4, 30)),
        ("4/27", date(2027, 4, 30)),
        ("APR-27", date(2027, 4, 30)),
        ("apr 2027", date(2027, 4, 30)),
        ("APR27", date(2027, 4, 30)),
        ("Sept-2027", date(2027, 9, 30)),
        ("04-2027", date(2027, 4, 30)),
        ("2027-04", date(2027, 4, 30)),
        ("0427", date(2027, 4, 30)),
        ("042027", date(2027, 4, 30)),
        ("040427", date(2027, 4, 4)),
        ("02/28", date(2028, 2, 29)),
        ("02/27", date(2027, 2, 28)),
        ("12/26", date(2026, 12, 31)),
        ("15-04-2027", date(2027, 4, 15)),
        ("2027-04-15", date(2027, 4, 15)),
    ],
)
def test_an_expiry_is_a_day_or_a_months_last(typed: str, last: date) -> None:
    assert read_expiry(typed) == last


@pytest.mark.parametrize("typed", ["", "13/27", "00/27", "0027", "27", "ABC-27", "04/1927", "4"])
def test_an_impossible_expiry_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        read_expiry(typed)


@pytest.mark.parametrize(
    ("packed", "months", "last"),
    [
        (date(2026, 1, 15), 6, date(2026, 7, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_an_expiry_counted_from_packing(packed: date, months: int, last: date) -> None:
    assert expiry_after(packed, months) == last


@pytest.mark.parametrize("months", [-1, 0, 121])
def test_a_shelf_life_must_be_believable(months: int) -> None:
    with pytest.raises(ValueError, match="shelf life"):
        expiry_after(date(2026, 1, 1), months)


def test_the_first_of_april_opens_a_year() -> None:
    year = financial_year(date(2026, 4, 1))
    assert (year.label, year.short) == ("2026-27", "26-27")
    assert financial_year(date(2099, 12, 1)).label == "2099-00"
    assert date(2026, 3, 31) not in year
    assert date(2027, 3, 31) in year
    assert year_to_last_month(date(2026, 4, 30)) is None
    assert year_to_last_month(date(2026, 5, 1)) == Span(date(2026, 4, 1), date(2026, 4, 30))


def test_a_year_has_four_quarters() -> None:
    year = FinancialYear(2026)
    quarters = [year.quarter(number) for number in (1, 2, 3, 4)]
    assert [span.first.month for span in quarters] == [4, 7, 10, 1]
    assert (quarters[0].first, quarters[3].last) == (year.first, year.last)
    for before, after in pairwise(quarters):
        assert after.first - before.last == timedelta(days=1)
    with pytest.raises(ValueError, match="quarter 5"):
        year.quarter(5)


def test_an_instant_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        business_day(datetime(2026, 11, 21, 10, 0))  # noqa: DTZ001
    assert business_day(datetime(2026, 11, 21, 18, 29, 59, tzinfo=UTC)) == date(2026, 11, 21)
    assert business_day(datetime(2026, 11, 21, 18, 30, tzinfo=UTC)) == date(2026, 11, 22)


@given(days)
def test_every_day_lies_in_its_own_year_and_month(day: date) -> None:
    year = financial_year(day)
    assert day in year
    assert day in year.month(day.month)
    assert read_return_period(return_period(day)) == month_of(day)


@given(days)
def test_a_day_that_is_written_is_read_back(day: date) -> None:
    short = f"{day:%d%m%y}"
    for written in (day_text(day), day_text(day, "/"), day.isoformat(), short, f"{day:%d%m%Y}"):
        assert read_day(written) == day
        assert read_expiry(written) == day


@given(days, st.integers(1, 120))
def test_a_longer_shelf_life_never_ends_sooner(packed: date, months: int) -> None:
    assert packed < expiry_after(packed, months) <= expiry_after(packed, min(months + 1, 120))


@given(st.text("0123456789-/. ANPRJUL", max_size=12))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert 2000 <= read_expiry(text).year <= 2099
