"""No cell that leaves here runs in a spreadsheet, and none that comes in is guessed."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.files.cells import (
    BadCell,
    CellFault,
    blank,
    csv_line,
    harmless,
    read_date,
    read_expiry,
    read_number,
    read_text,
    read_whole,
    unharmed,
    write_cell,
)
from dms_desktop.language.figures import amount
from tests.gst_cases import gst_cases

TEN_LAKH_CRORE = 10**13
TRICKY = st.text("=+-@'\t\r\n 0129.,E\"#ABcमक;|", max_size=12) | st.text(max_size=12)


def fault_of(cell: object, **limits: int) -> CellFault:
    with pytest.raises(BadCell) as refused:
        read_number(cell, **({"most": TEN_LAKH_CRORE, "places": 2} | limits))
    return refused.value.reason


def test_the_cases_of_others(subtests: pytest.Subtests) -> None:
    for case in gst_cases("csv_cells"):
        with subtests.test(case.id):
            written = csv_line([case.given["cell"]]).removesuffix("\r\n")
            if "csv" in case.expected:
                assert written == case.expected["csv"]
            else:
                assert written.startswith("'") is case.expected["starts_with_apostrophe"]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+cmd|calc", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1+1",
        "-", "+91-CALL", "=HYPERLINK(\"http://x\")", "'=1", "''=1", "+1 2", "-1250.5+A1",
    ],
)  # fmt: skip
def test_what_would_run_is_written_as_text(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert unharmed(harmless(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "soap", "-1250.5", "+91 98765-43210", "+919876543210", "-12,34,567.50", "'quoted'", "5-6"],
)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text
    assert unharmed(text) == text


def test_a_line_of_every_kind_of_value() -> None:
    line = csv_line(["A,B", None, -12, Decimal("1E+3"), Decimal("-0.50"), date(2026, 4, 5), 'q"q'])
    assert line == '"A,B",,-12,1000,-0.50,05-04-2026,"q""q"\r\n'


@given(st.lists(TRICKY.filter(lambda text: "\x00" not in text), min_size=1, max_size=5))
def test_a_line_reads_back_to_the_same_texts(texts: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(csv_line(texts), newline="")))
    assert [[unharmed(cell) for cell in row] for row in rows] == [texts]


@given(TRICKY)
def test_nothing_that_leaves_begins_a_formula(text: str) -> None:
    written = harmless(text)
    if written.lstrip()[:1] in {"=", "+", "-", "@"}:
        assert set(written) <= set("+-0123456789., ")
        assert set(written[1:].strip()) - set("+") == set(written[1:].strip())


@given(TRICKY)
def test_the_apostrophe_can_always_be_taken_away(text: str) -> None:
    assert unharmed(harmless(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+cmd|calc", "#N/A", "soap", "मसाला", "2026-11-21"])
def test_a_worksheet_keeps_text_as_text(text: str) -> None:
    book = openpyxl.Workbook()
    write_cell(book.active["A1"], text + "\x07")
    write_cell(book.active["B1"], Decimal("1234.50"))
    write_cell(book.active["C1"], date(2026, 11, 21))
    file = io.BytesIO()
    book.save(file)
    sheet = openpyxl.load_workbook(file).active
    assert sheet["A1"].value == text
    assert sheet["A1"].data_type == "s"
    assert (sheet["B1"].value, sheet["C1"].value) == (1234.5, datetime(2026, 11, 21))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12", "12"),
        (" 12.50 ", "12.50"),
        ("+12.5", "12.5"),
        (".5", "0.5"),
        ("12.5000", "12.5"),
        ("1,234.50", "1234.50"),
        ("12,34,567.50", "1234567.50"),
        ("1,234,567", "1234567"),
        ("007", "7"),
        (12, "12"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.3"),
        (47.35, "47.35"),
        (0, "0"),
    ],
)
def test_a_figure_is_read_exactly(cell: object, number: str) -> None:
    assert read_number(cell, most=TEN_LAKH_CRORE, places=2) == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (None, CellFault.EMPTY),
        ("  ", CellFault.EMPTY),
        ("abc", CellFault.NOT_A_NUMBER),
        ("12 50", CellFault.NOT_A_NUMBER),
        ("1,5", CellFault.NOT_A_NUMBER),
        ("1,23,45", CellFault.NOT_A_NUMBER),
        ("12,345,67", CellFault.NOT_A_NUMBER),
        ("1.234.567", CellFault.NOT_A_NUMBER),
        ("5.", CellFault.NOT_A_NUMBER),
        ("--5", CellFault.NOT_A_NUMBER),
        ("(5)", CellFault.NOT_A_NUMBER),
        ("१२", CellFault.NOT_A_NUMBER),
        ("NaN", CellFault.NOT_A_NUMBER),
        ("Infinity", CellFault.NOT_A_NUMBER),
        ("=1+1", CellFault.NOT_A_NUMBER),
        ("0x10", CellFault.NOT_A_NUMBER),
        ("1_000", CellFault.NOT_A_NUMBER),
        ("9" * 5000, CellFault.NOT_A_NUMBER),
        (True, CellFault.NOT_A_NUMBER),
        (date(2026, 1, 1), CellFault.NOT_A_NUMBER),
        (float("nan"), CellFault.NOT_A_NUMBER),
        (float("inf"), CellFault.NOT_A_NUMBER),
        (Decimal("12.5"), CellFault.NOT_A_NUMBER),
        ("1E+999999", CellFault.DIGITS_LOST),
        ("8.90123E+12", CellFault.DIGITS_LOST),
        (8.90123456789e15, CellFault.DIGITS_LOST),
        ("#N/A", CellFault.SHEET_ERROR),
        ("-0.01", CellFault.TOO_SMALL),
        (-1, CellFault.TOO_SMALL),
        ("10000000000000.01", CellFault.TOO_LARGE),
        (10**40, CellFault.TOO_LARGE),
        ("12.505", CellFault.TOO_FINE),
        (12.505, CellFault.TOO_FINE),
        (1e-300, CellFault.TOO_FINE),
    ],
)
def test_what_is_no_figure_is_refused(cell: object, fault: CellFault) -> None:
    assert fault_of(cell) is fault


def test_the_limits_are_told() -> None:
    with pytest.raises(BadCell) as refused:
        read_number("101", most=100, places=4)
    assert refused.value.facts == {"cell": "101", "most": 100}
    assert fault_of("5", least=6) is CellFault.TOO_SMALL
    assert read_number("-5", least=-6, most=0, places=0) == -5


def test_a_whole_number_is_whole() -> None:
    assert read_whole("12.00", most=12) == 12
    assert read_whole(12.0, most=12) == 12
    with pytest.raises(BadCell) as refused:
        read_whole("12.5", most=100)
    assert refused.value.reason is CellFault.TOO_FINE


@pytest.mark.parametrize(
    "cell",
    [
        "21-11-2026",
        " 21/11/26 ",
        "2026-11-21 00:00:00",
        date(2026, 11, 21),
        datetime(2026, 11, 21, 14, 5),  # noqa: DTZ001
    ],
)
def test_a_day_is_read_from_text_or_a_date_cell(cell: object) -> None:
    assert read_date(cell) == read_expiry(cell) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (None, CellFault.EMPTY),
        ("", CellFault.EMPTY),
        ("31-11-2026", CellFault.NOT_A_DATE),
        ("11/21/2026", CellFault.NOT_A_DATE),
        ("21-11-2026 14:05", CellFault.NOT_A_DATE),
        (46000, CellFault.NOT_A_DATE),
        (46000.5, CellFault.NOT_A_DATE),
        (True, CellFault.NOT_A_DATE),
        (date(1900, 1, 5), CellFault.NOT_A_DATE),
    ],
)
def test_what_is_no_day_is_refused(cell: object, fault: CellFault) -> None:
    for read in (read_date, read_expiry):
        with pytest.raises(BadCell) as refused:
            read(cell)
        assert refused.value.reason is fault


def test_an_expiry_may_be_a_month() -> None:
    assert read_expiry(" apr-27 ") == date(2027, 4, 30)
    assert read_expiry(date(2027, 4, 1)) == date(2027, 4, 1)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Lux   soap ", "Lux soap"),
        ("two\nlines", "two lines"),
        ("'=1+1", "=1+1"),
        ("'quoted'", "'quoted'"),
        ("'-2+3", "-2+3"),
        (8901234567890, "8901234567890"),
        (1001.0, "1001"),
        (12.5, "12.5"),
        ("अड़", "अड़"),
    ],
)
def test_a_text_is_read_clean(cell: object, text: str) -> None:
    assert read_text(cell) == text


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (None, CellFault.EMPTY),
        (" \n ", CellFault.EMPTY),
        ("a\x00b", CellFault.CONTROL_CHARACTER),
        ("a\x1bb", CellFault.CONTROL_CHARACTER),
        ("a\ud800", CellFault.CONTROL_CHARACTER),
        ("#REF!", CellFault.SHEET_ERROR),
        ("a" * 201, CellFault.TOO_LONG),
        (date(2027, 4, 1), CellFault.DATE_FOR_TEXT),
        (8.9e15, CellFault.DIGITS_LOST),
        (True, CellFault.NOT_A_NUMBER),
    ],
)
def test_a_text_that_the_books_must_not_hold_is_refused(cell: object, fault: CellFault) -> None:
    with pytest.raises(BadCell) as refused:
        read_text(cell)
    assert refused.value.reason is fault


def test_blank_is_nothing_or_spaces() -> None:
    assert blank(None)
    assert blank(" \t")
    assert not blank(0)
    assert not blank("0")


@given(st.integers(-(10**15), 10**15))
def test_what_we_print_can_be_read_in_again(paise: int) -> None:
    limits = {"least": -TEN_LAKH_CRORE, "most": TEN_LAKH_CRORE, "places": 2}
    assert read_number(amount(paise), **limits) * 100 == paise
    line = csv_line([Decimal(paise).scaleb(-2)])
    assert read_number(line.strip(), **limits) * 100 == paise


@given(st.integers(-(10**11), 10**11))
def test_a_spreadsheets_binary_figure_is_the_one_typed(paise: int) -> None:
    assert read_number(paise / 100, least=-(10**9), most=10**9, places=2) * 100 == paise


@given(TRICKY | st.floats() | st.integers() | st.dates() | st.booleans())
def test_any_cell_is_read_or_refused(cell: object) -> None:
    for read in (read_text, read_date, read_expiry):
        with suppress(BadCell):
            assert str(read(cell))
    with suppress(BadCell):
        number = read_number(cell, most=TEN_LAKH_CRORE, places=2)
        assert 0 <= number <= TEN_LAKH_CRORE
        assert number * 100 == int(number * 100)
