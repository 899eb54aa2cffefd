"""From a file to rows of fields: the headings found, each cell read, every slip kept by its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dms_desktop.domain.incoming import Incoming, Intake, Line
from dms_desktop.domain.masters import folded
from dms_desktop.domain.refusals import Problem, Reason, refuse
from dms_desktop.files.cells import blank
from dms_desktop.files.fields import RECORD_NAMES, read_field
from dms_desktop.files.headings import NEEDED, Columns, columns
from dms_desktop.files.raw import Cell
from dms_desktop.files.table import Table, read_table

Known = dict[tuple[str, str], Any]  # what a text meant under a field: most of them come again
_MOST_KNOWN = 50_000


def read_incoming(
    kind: Intake, path: Path, *, said: Mapping[str, str] | None = None, sheet: str = ""
) -> tuple[Incoming, Table]:
    """Refuses BAD_FILE; a row that cannot be taken is a line with problems."""
    table = read_table(path, sheet)
    found, lines = read_lines(kind, table.rows, said)
    return Incoming(kind, table.name, table.sha256, found.headings, lines), table


def read_lines(
    kind: Intake, rows: Sequence[tuple[Cell, ...]], said: Mapping[str, str] | None = None
) -> tuple[Columns, tuple[Line, ...]]:
    """The columns, and a line for each row below the headings that is not empty."""
    found = columns(kind, rows, said)
    known: Known = {}
    lines = tuple(
        _line(kind, at, cells, found, known)
        for at, cells in enumerate(rows[found.row :], start=found.row + 1)
        if any(not blank(cell) for cell in cells)
    )
    if not lines:
        raise refuse(Reason.BAD_FILE, fault="file_no_rows")
    return found, _without_doubles(kind, lines)


def _line(kind: Intake, row: int, cells: tuple[Cell, ...], found: Columns, known: Known) -> Line:
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for field, place in found.places.items():
        cell = cells[place] if place < len(cells) else None
        if blank(cell):
            if field in NEEDED[kind]:
                problems.append(Problem(Reason.MISSING, row, {"field": found.headings[field]}))
            continue
        value = known.get((field, cell)) if isinstance(cell, str) else None
        if value is None:
            value = read_field(kind, field, cell, row)
            if isinstance(value, Problem):
                problems.append(value)
                continue
            if isinstance(cell, str) and len(known) < _MOST_KNOWN:
                known[field, cell] = value
        given[RECORD_NAMES.get(field, field)] = value
    return Line(row, given, tuple(problems))


def _without_doubles(kind: Intake, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The second of two rows for the same thing is refused: nobody knows which one is meant."""
    if kind is Intake.BILLS:
        return lines
    first: dict[tuple[object, ...], int] = {}
    kept: list[Line] = []
    for line in lines:
        key = _key(kind, line.given)
        row = first.setdefault(key, line.row) if all(key[:1]) else line.row
        if row == line.row:
            kept.append(line)
            continue
        facts = {"field": "row", "value": line.given[NEEDED[kind][0]], "first": row}
        double = Problem(Reason.DUPLICATE, line.row, facts)
        kept.append(Line(line.row, line.given, (*line.problems, double)))
    return tuple(kept)


def _key(kind: Intake, given: Mapping[str, Any]) -> tuple[object, ...]:
    if kind is Intake.PRICES:
        names = ("list", "item", "from_day", "mrp")
        return tuple(folded(str(given.get(name, ""))) for name in names)
    if kind is Intake.DUES:
        return (folded(given.get("party", "")), folded(given.get("number", "")))
    if kind is not Intake.LOTS:
        return (folded(given.get("account" if kind is Intake.BALANCES else "code", "")),)
    rest = (given.get(name) for name in ("batch", "mrp", "expiry"))
    return (folded(given.get("item", "")), *rest, folded(given.get("godown", "")))
