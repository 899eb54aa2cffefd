"""Workbooks for the user to fill or to mend: an empty form, and the rows that were refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.refusals import Problem
from dms_desktop.files.exporting import write_xlsx
from dms_desktop.files.headings import NEEDED, columns
from dms_desktop.files.table import Table
from dms_desktop.language.catalogue import N_, _

# What most shops have of a thing, under headings that the import knows, with what may stand there.
FORMS: Mapping[Intake, Mapping[str, str]] = {
    Intake.ITEMS: {
        "Item code": "SOAP100", "Item name": "Neem soap 100 g", "Principal": "Anvi Foods",
        "HSN": "34011190", "GST %": "18", "Unit": "PCS", "Case": "24", "Barcode": "8901234567890",
        "MRP": "40.00",
    },
    Intake.PARTIES: {
        "Party code": "SHARMA", "Party name": "Sharma Stores", "GSTIN": "27AAPFU0939F1ZV",
        "State": "Maharashtra", "Phone": "9800000000", "Beat": "Monday market", "Address":
        "12 Main road", "City": "Pune", "PIN": "411037", "Credit limit": "25000", "Credit days":
        "14",
    },
    Intake.LOTS: {
        "Item": "SOAP100", "Batch": "B27", "MRP": "40.00", "PTR": "31.50", "Cost": "28.00",
        "Expiry": "31-12-2027", "Godown": "MAIN", "Qty": "2c 6p",
    },
    Intake.PRICES: {
        "List": "A", "Item": "SOAP100", "From": "01-04-2026", "Until": "31-03-2027", "MRP":
        "40.00", "Rate": "30.00",
    },
    Intake.BALANCES: {"Account": "Cash", "Debit": "15000.00", "Credit": ""},
    Intake.DUES: {
        "Party": "SHARMA", "Number": "INV/245", "Date": "05-03-2026", "Due date": "19-03-2026",
        "Amount": "4,250.00",
    },
    Intake.BILLS: {
        "Number": "INV/245", "Date": "05-03-2026", "Party": "SHARMA", "Item": "SOAP100", "Batch":
        "B27", "MRP": "40.00", "Qty": "12", "Rate": "31.50", "GST %": "18",
    },
}  # fmt: skip
WRONG = N_("What is wrong")
_OF_WHAT_IS_NEW = {
    Intake.ITEMS: ("name", "hsn", "gst_rate"),
    Intake.PARTIES: ("name", "state"),
    Intake.LOTS: ("ptr", "cost"),
}


def write_form(path: Path, kind: Intake) -> None:
    """An empty table to fill, and beside it a sheet that says what stands where."""
    examples = FORMS[kind]
    headings = columns(kind, [tuple(examples)]).headings
    needed = {headings[field] for field in (*NEEDED[kind], *_OF_WHAT_IS_NEW.get(kind, ()))}
    notes = [(_("Column"), _("Needed"), _("For example"))]
    notes += [
        (heading, _("yes") if heading in needed else "", example)
        for heading, example in examples.items()
    ]
    write_xlsx(path, {kind.value: [tuple(examples)], _("How to fill"): notes})


def write_refused(
    path: Path,
    table: Table,
    heading_row: int,
    problems: Iterable[Problem],
    say: Callable[[Problem], str],
) -> int:
    """The refused rows as they stand in the file, what is wrong behind each; how many.

    Mended and brought in, the file is read as before: its last column is nobody's.
    """
    said: dict[int, list[str]] = {}
    for problem in problems:
        if problem.row:
            said.setdefault(problem.row, []).append(say(problem))
    head = table.rows[heading_row - 1]
    width = max(len(head), *(len(table.rows[row - 1]) for row in said), 0)

    def padded(row: int) -> tuple[object, ...]:
        cells = table.rows[row - 1]
        return (*cells, *[None] * (width - len(cells)))

    rows = [(*padded(heading_row), str(_(WRONG)))]
    rows += [(*padded(row), " ".join(said[row])) for row in sorted(said)]
    write_xlsx(path, {"rows": rows})
    return len(said)
