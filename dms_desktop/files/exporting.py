"""Masters as a spreadsheet under the import's own headings: edited there, and brought in again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.licences import Licence
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.files.cells import Value, csv_line, harmless, unharmed, write_cell
from dms_desktop.files.fields import READERS, RECORD_NAMES
from dms_desktop.files.importing import Door
from dms_desktop.services import masters
from dms_desktop.services.registers import prices

SUFFIXES = (".csv", ".xlsx")
_EVERY: Mapping[Intake, Callable[..., Any]] = {
    Intake.ITEMS: masters.every_item,
    Intake.PARTIES: masters.every_party,
    Intake.PRICES: prices.every,
}


def export(door: Door, kind: Intake, path: Path) -> int:
    """Write all masters of a kind to a .csv or .xlsx file; how many. Refuses other names.

    What is brought in again unchanged changes nothing; an emptied cell leaves its field as it was.
    """
    if kind not in _EVERY or path.suffix.lower() not in SUFFIXES:
        raise refuse(Reason.BAD_ENTRY, field="file", value=path.name)
    return write_records(kind, path, door.read(_EVERY[kind]))


def write_records(kind: Intake, path: Path, records: Sequence[Any]) -> int:
    """These masters of a kind, under the headings that its import reads; how many."""
    headings = tuple(READERS[kind])
    rows = ([_value(record, name) for name in headings] for record in records)
    if path.suffix.lower() == ".csv":
        _write_csv(path, headings, rows)
    else:
        write_xlsx(path, {kind.value: (headings, *rows)})
    return len(records)


def write_list(path: Path, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> int:
    """A list under its own headings, as a .csv or .xlsx file; how many rows."""
    if path.suffix.lower() == ".csv":
        _write_csv(path, headings, rows)
    else:
        write_xlsx(path, {path.stem[:31]: (headings, *rows)})
    return len(rows)


def _value(record: Any, heading: str) -> Value:
    if heading == "per":
        return record.rate.per if record.rate else None
    value = getattr(record, RECORD_NAMES.get(heading, heading))
    if isinstance(value, Rate):
        value = value.amount
    if isinstance(value, Money):
        return Decimal(value.paise).scaleb(-2)
    if heading == "licences":
        return "; ".join(map(_licence, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value  # type: ignore[no-any-return]


def _licence(licence: Licence) -> str:
    until = f" to {licence.valid_to:%d-%m-%Y}" if licence.valid_to else ""
    return f"{licence.kind} {licence.number}{until}"


def _write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(csv_line(headings))
        file.writelines(map(csv_line, rows))


def write_xlsx(path: Path, sheets: Mapping[str, Iterable[Sequence[Any]]]) -> None:
    """A workbook of these sheets, by their titles; a text stays a text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            cells = [WriteOnlyCell(sheet) for _ in row]
            for cell, value in zip(cells, row, strict=True):
                write_cell(cell, _kept(value))
            sheet.append(cells)
    book.save(path)


def _kept(value: Value) -> Value:
    """A text that the reader would take an apostrophe from gets one more."""
    if isinstance(value, str) and unharmed(value) != value:
        return harmless(value)
    return value
