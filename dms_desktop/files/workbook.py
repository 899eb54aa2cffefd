"""Sheets of a workbook, after its packing was looked through for what no spreadsheet writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from dms_desktop.files.raw import LONGEST_CELL, Bounds, Parsed, Said, Unreadable

MOST_MEMBERS = 500
MOST_UNPACKED = 200 << 20
LARGE = 1 << 20  # a small member may pack as well as it likes
HIGHEST_RATIO = 100
_CHUNK = 1 << 20
_DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be"))
_OVERLAP = max(map(len, _DOCTYPES))


def parse_workbook(data: bytes, sheet: str = "") -> Parsed:
    """The named sheet, or the first that is shown and holds anything.

    Raises Unreadable here, and while the rows are drawn. Whatever else openpyxl raises means a
    damaged file: the process that runs this is thrown away with it.
    """
    look_through(data)
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = {each.title: each for each in book.worksheets if each.sheet_state == "visible"}
    if sheet:
        if sheet not in sheets:
            raise Unreadable("file_no_sheet", sheet=sheet)
        return Parsed(Said(sheet, tuple(sheets)), _rows(sheets[sheet]))
    for name, found in sheets.items():
        if any(row for row in _rows(found)):
            return Parsed(Said(name, tuple(sheets)), _rows(found))
    raise Unreadable("file_empty")


def look_through(data: bytes) -> None:
    """Refuse bombs and document types before any of it is parsed. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
            if len(members) > MOST_MEMBERS:
                raise Unreadable("file_hostile")
            if sum(member.file_size for member in members) > MOST_UNPACKED:
                raise Unreadable("file_too_large")
            if any(map(_swells, members)):
                raise Unreadable("file_hostile")
            if "xl/workbook.xml" not in packed.namelist():
                raise Unreadable("file_not_a_table")
            for member in members:
                _no_doctype(packed, member)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise Unreadable("file_damaged") from error


def _swells(member: zipfile.ZipInfo) -> bool:
    return member.file_size > LARGE and member.file_size > HIGHEST_RATIO * member.compress_size


def _no_doctype(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """No workbook needs one; with one come entities that swell or fetch."""
    if not member.filename.endswith((".xml", ".rels", ".vml")):
        return
    with packed.open(member) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            if any(mark in tail + chunk for mark in _DOCTYPES):
                raise Unreadable("file_hostile")
            tail = chunk[-_OVERLAP:]


def _rows(sheet: Any) -> Iterator[list[Any]]:
    """Cells as they stand; a percentage is given back as the reader of the sheet sees it."""
    sheet.reset_dimensions()  # what the sheet says of its size is not to be believed
    bounds = Bounds()
    for row in sheet.iter_rows():
        yield bounds.row([_value(cell) for cell in row])


def _value(cell: Any) -> Any:
    value = cell.value
    if isinstance(value, str):
        return value[: LONGEST_CELL + 1]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        return f"{value * 100:.12g}" if "%" in cell.number_format else value
    if value is None or isinstance(value, datetime | date):
        return value
    return str(value)[:LONGEST_CELL]  # a time of day or a span: no field takes it
