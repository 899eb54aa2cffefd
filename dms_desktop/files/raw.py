"""What comes out of a table before anything is understood: cells, row by row, within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Cell = str | int | float | date | None

MOST_ROWS = 100_000
MOST_COLUMNS = 100
LONGEST_CELL = 1_000  # the reader of a field refuses far shorter ones; what is cut is no field's
MOST_TEXT = 100_000_000  # characters in all


class Unreadable(Exception):
    """The file as a whole; `fault` is one of the language's FAULTS."""

    def __init__(self, fault: str, **facts: object) -> None:
        super().__init__(fault, facts)
        self.fault = fault
        self.facts = facts


@dataclass(slots=True)
class Bounds:
    """Counts what passes, and stops a table that is too large."""

    rows: int = 0
    text: int = 0

    def row(self, cells: list[Any]) -> list[Any]:
        """The row without empty cells at its end. Raises Unreadable."""
        while cells and cells[-1] in (None, ""):
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise Unreadable("file_too_many_columns", most=MOST_COLUMNS)
        if cells:
            self.rows += 1
            self.text += sum(len(cell) for cell in cells if isinstance(cell, str))
        if self.rows > MOST_ROWS:
            raise Unreadable("file_too_many_rows", most=MOST_ROWS)
        if self.text > MOST_TEXT:
            raise Unreadable("file_too_large")
        return cells


@dataclass(frozen=True, slots=True)
class Said:
    """How the table was understood: which sheet, or which letters and which mark between cells."""

    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    said: Said
    rows: Iterator[list[Any]] = field(default_factory=lambda: iter(()))
