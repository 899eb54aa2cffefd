"""Cells of tables: written so that no spreadsheet runs them, read so that none is guessed."""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from dms_desktop.domain import calendar
from dms_desktop.language.figures import day_text

Value = str | int | Decimal | date | None


class CellFault(StrEnum):
    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    DIGITS_LOST = "digits_lost"  # 8.90123E+12: the spreadsheet rounded it
    TOO_FINE = "too_fine"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_A_DATE = "not_a_date"
    DATE_FOR_TEXT = "date_for_text"  # batch 04-27 that the spreadsheet made 27 April
    SHEET_ERROR = "sheet_error"
    CONTROL_CHARACTER = "control_character"
    TOO_LONG = "too_long"


class BadCell(Exception):
    """A cell that cannot be taken. Facts: `cell` as it stands, and the limit that it broke."""

    def __init__(self, reason: CellFault, cell: object, **limits: object) -> None:
        self.reason = reason
        self.facts: dict[str, object] = {"cell": str(cell)[:60], **limits}
        super().__init__(reason, self.facts)


class SheetCell(Protocol):
    """What a worksheet's cell lets us set."""

    value: object
    data_type: str


_STARTS_FORMULA = tuple("=+-@＝＋－＠")
_CONTROL = tuple("\t\r\n")
_NUMBER = r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?"
_PHONE = r"\+[0-9][0-9 -]{6,18}[0-9]"
_KEPT = re.compile(f"{_NUMBER}|{_PHONE}")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_WHOLE = r"[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+"
_FIGURE = re.compile(rf"[+-]?(?:(?:{_WHOLE})(?:\.[0-9]+)?|\.[0-9]+)")
_EXPONENT = re.compile(r"[+-]?[0-9.]+E[+-]?[0-9]+", re.IGNORECASE)
_LONGEST_FIGURE = 40
_FLOAT_DIGITS = 15  # what a spreadsheet keeps of a number
_SHEET_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!"}


def harmless(text: str) -> str:
    """An apostrophe before what a spreadsheet would run; numbers and phones stay as they are.

    `unharmed` takes it away again, whatever the text was.
    """
    return f"'{text}" if _runs(text.lstrip("'")) else text


def unharmed(text: str) -> str:
    """What `harmless` was given."""
    return text[1:] if text.startswith("'") and _runs(text.lstrip("'")) else text


def csv_line(values: Iterable[Value]) -> str:
    """One line of a CSV file with its end. Write the file as utf-8-sig, or Excel spoils Hindi."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(_csv_text(value) for value in values)
    return line.getvalue()


def write_cell(cell: SheetCell, value: Value) -> None:
    """Fill a worksheet's cell; a text stays a text even where it starts like a formula."""
    if isinstance(value, str):
        cell.value = _NOT_IN_XML.sub("", value)
        cell.data_type = "s"
    else:
        cell.value = value


def blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def read_text(cell: object, longest: int = 200) -> str:
    """Words with single spaces, normalised (NFC). Raises BadCell.

    A code that the spreadsheet holds as a number is given back in figures, if none were lost.
    """
    if isinstance(cell, datetime | date):
        raise BadCell(CellFault.DATE_FOR_TEXT, cell)
    text = cell if isinstance(cell, str) else format(_decimal(cell), "f")
    text = unicodedata.normalize("NFC", " ".join(unharmed(text).split()))
    if not text:
        raise BadCell(CellFault.EMPTY, cell)
    if text in _SHEET_ERRORS:
        raise BadCell(CellFault.SHEET_ERROR, cell)
    if any(unicodedata.category(mark) in {"Cc", "Cs"} for mark in text):
        raise BadCell(CellFault.CONTROL_CHARACTER, cell)
    if len(text) > longest:
        raise BadCell(CellFault.TOO_LONG, cell, most=longest)
    return text


def read_number(
    cell: object, *, most: Decimal | int, places: int, least: Decimal | int = 0
) -> Decimal:
    """A finite figure from `least` to `most` with at most `places` decimals, never rounded.

    Commas only where Indian or Western grouping puts them: `1,5` is no number. Raises BadCell.
    """
    number = _decimal(cell)
    if number < least:
        raise BadCell(CellFault.TOO_SMALL, cell, least=least)
    if number > most:
        raise BadCell(CellFault.TOO_LARGE, cell, most=most)
    scaled = number.scaleb(places)
    if scaled != scaled.to_integral_value():
        raise BadCell(CellFault.TOO_FINE, cell, places=places)
    return number


def read_whole(cell: object, *, most: int, least: int = 0) -> int:
    """A whole number from `least` to `most`; `12.00` is one. Raises BadCell."""
    return int(read_number(cell, least=least, most=most, places=0))


def read_date(cell: object) -> date:
    """A day, from a date cell (its time of day is dropped) or from text. Raises BadCell.

    A bare number is refused: nothing tells a spreadsheet's count of days from a slip.
    """
    return _day(cell, calendar.read_day)


def read_expiry(cell: object) -> date:
    """The last good day of a batch; text may name a month, a date cell is that very day.

    Where a spreadsheet made the first of the month out of APR-27, the goods count as expiring on
    the first: too early by a month, never too late. Raises BadCell.
    """
    return _day(cell, calendar.read_expiry)


def _day(cell: object, read: Callable[[str], date]) -> date:
    if blank(cell):
        raise BadCell(CellFault.EMPTY, cell)
    if isinstance(cell, datetime | date):
        text, read = cell.isoformat()[:10], calendar.read_day
    elif isinstance(cell, str):
        text = cell.strip().removesuffix(" 00:00:00")
    else:
        raise BadCell(CellFault.NOT_A_DATE, cell)
    try:
        return read(text)
    except ValueError as error:
        raise BadCell(CellFault.NOT_A_DATE, cell) from error


def _decimal(cell: object) -> Decimal:
    if blank(cell):
        raise BadCell(CellFault.EMPTY, cell)
    if isinstance(cell, str):
        return _decimal_of_text(cell.strip())
    if isinstance(cell, int) and not isinstance(cell, bool):
        return Decimal(cell)
    if not isinstance(cell, float) or not math.isfinite(cell):
        raise BadCell(CellFault.NOT_A_NUMBER, cell)
    if abs(cell) >= 10**_FLOAT_DIGITS:
        raise BadCell(CellFault.DIGITS_LOST, cell)
    return Decimal(format(cell, f".{_FLOAT_DIGITS}g"))


def _decimal_of_text(text: str) -> Decimal:
    if text in _SHEET_ERRORS:
        raise BadCell(CellFault.SHEET_ERROR, text)
    if _EXPONENT.fullmatch(text):
        raise BadCell(CellFault.DIGITS_LOST, text)
    if len(text) > _LONGEST_FIGURE or not _FIGURE.fullmatch(text):
        raise BadCell(CellFault.NOT_A_NUMBER, text)
    return Decimal(text.replace(",", ""))


def _csv_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, date):
        return day_text(value)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _runs(text: str) -> bool:
    if text.startswith(_CONTROL):
        return True
    return text.lstrip().startswith(_STARTS_FORMULA) and not _KEPT.fullmatch(text)
