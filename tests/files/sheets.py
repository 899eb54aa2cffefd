"""Writes the tables that the import tests read: as a user would, and as an enemy would."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

Rows = Iterable[Sequence[object]]


def csv_bytes(rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def write_csv(path: Path, rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    path.write_bytes(csv_bytes(rows, delimiter, encoding))
    return path


def write_xlsx(path: Path, rows: Rows, formats: dict[int, str] | None = None) -> Path:
    """Texts stay texts, even where they begin like a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Stock")
    for row in rows:
        cells = []
        for at, value in enumerate(row):
            cell = WriteOnlyCell(sheet, value)
            if isinstance(value, str):
                cell.data_type = "s"
            elif formats and at in formats:
                cell.number_format = formats[at]
            cells.append(cell)
        sheet.append(cells)
    book.save(path)
    return path


def with_member(path: Path, name: str, content: bytes) -> Path:
    """The same workbook with one part replaced or added."""
    with zipfile.ZipFile(path) as old:
        parts = {each: old.read(each) for each in old.namelist()}
    parts[name] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for each, data in parts.items():
            new.writestr(each, data)
    return path
