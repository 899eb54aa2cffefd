"""Measures a document and chooses its sheets, before a line is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dms_desktop.domain.company import Issued
from dms_desktop.domain.documents import Bill, Challan, Estimate, Order
from dms_desktop.printing.blocks import Block
from dms_desktop.printing.closing import closing
from dms_desktop.printing.columns import Table, columns_of, fitted
from dms_desktop.printing.fonts import Faces
from dms_desktop.printing.head import full_head, short_head
from dms_desktop.printing.paper import Printable, Style
from dms_desktop.printing.sheets import Room, pages
from dms_desktop.printing.summary import untaxed
from dms_desktop.printing.table import Row, heading_height, rows_of, sum_height

_MOST_FOOT = 0.55  # of a sheet; tax by HSN that makes the foot taller gives way to tax by rate
_WORTH_FITTING = 200  # lines; a longer bill is not made smaller to save a sheet


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes where. `first`, `later` and `last` are the bands at the head of the first sheet, at
    the head of the others, and at the foot of the last one."""

    issued: Issued
    document: Printable
    style: Style
    faces: Faces
    table: Table
    rows: tuple[Row, ...]
    first: list[Block]
    later: list[Block]
    last: list[Block]
    sheets: list[range]


def planned(issued: Issued, style: Style, faces: Faces, language: str) -> Plan:
    """The plan with the fewest sheets; among those, tax by HSN, then the largest letters.

    Raises ValueError for a document that has no paper.
    """
    document = issued.document
    if not isinstance(document, Bill | Challan | Estimate | Order):
        raise ValueError(f"no paper is printed of a {document.kind}")
    first = full_head(issued, document, style, faces)
    later = short_head(issued, document, style, faces)
    tables = fitted(columns_of(document), style.inner, style.rows, style.least, faces)
    if len(document.lines) > _WORTH_FITTING:
        tables = tables[:1]
    measured = [(table, rows_of(table, faces, style.row_pad)) for table in tables]
    best: Plan | None = None
    for last in _closings(issued, document, style, faces, language):
        for table, rows in measured:
            room = _room(style, table, first, later, last)
            sheets = pages([row.height for row in rows], room)
            plan = Plan(issued, document, style, faces, table, rows, first, later, last, sheets)
            if len(sheets) == 1:
                return plan
            if best is None or len(sheets) < len(best.sheets):
                best = plan
    assert best is not None
    return best


def _closings(
    issued: Issued, document: Printable, style: Style, faces: Faces, language: str
) -> Iterator[list[Block]]:
    """The feet to try, the fuller one first; never none."""
    full = closing(issued, document, style, faces, language=language, by_rate=False)
    low = sum(block.height for block in full) <= _MOST_FOOT * style.height
    if low or untaxed(document):
        yield full
    if not untaxed(document):
        yield closing(issued, document, style, faces, language=language, by_rate=True)


def frame(style: Style) -> tuple[float, float]:
    """Upper and lower edge of the box that holds everything but the title and the last line."""
    return style.margin + style.title * 1.9, style.height - style.margin - style.small * 1.5


def _room(
    style: Style, table: Table, first: list[Block], later: list[Block], last: list[Block]
) -> Room:
    top, bottom = frame(style)
    sums = sum_height(table, style.row_pad)
    goods = bottom - top - heading_height(table, style.row_pad)
    heights = [sum(block.height for block in blocks) for blocks in (first, later, last)]
    return Room(goods - heights[0], goods - heights[1] - sums, sums, heights[2] + sums)
