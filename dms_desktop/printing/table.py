"""The goods on the paper: rows of measured height, the heading, and the sums beneath them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dms_desktop.domain.goods_line import GoodsLine
from dms_desktop.printing.blocks import INDIC_LEADING, LEADING, baseline, leading
from dms_desktop.printing.columns import CELL_PAD, NAME, Column, Table
from dms_desktop.printing.fonts import Faces, indic
from dms_desktop.printing.paper import HAIR_GRAY, SHADE, Ink
from dms_desktop.printing.pen import Pen
from dms_desktop.printing.wrapping import wrapped

_MOST_NAME_LINES = 12  # a name beyond that is no name, and a row must fit on a sheet


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the document; what wraps is already broken into lines."""

    height: float
    leading: float
    cells: tuple[Sequence[str], ...]


def rows_of(table: Table, faces: Faces, pad: float) -> tuple[Row, ...]:
    """Every line with its height; `pad` is the white above and below its text together."""
    rooms = [room / table.size for room in table.rooms()]
    count = len(table.columns[0].cells)
    wraps = [column.wraps for column in table.columns]
    rows: list[Row] = []
    for number in range(count):
        cells: list[Sequence[str]] = []
        tall = False
        for at, column in enumerate(table.columns):
            text = column.cells[number]
            if wraps[at]:
                cells.append(wrapped(text, rooms[at], faces.regular, _MOST_NAME_LINES))
                tall = tall or indic(text)
            else:
                cells.append((text,))
        leading = table.size * (INDIC_LEADING if tall else LEADING)
        rows.append(Row(max(map(len, cells)) * leading + pad, leading, tuple(cells)))
    return tuple(rows)


def draw_row(pen: Pen, table: Table, row: Row, x: float, top: float, pad: float) -> None:
    ink = Ink(table.size)
    top += pad / 2
    for column, width, cell in zip(table.columns, table.widths, row.cells, strict=True):
        at = baseline(top, row.leading, table.size)
        for text in cell:
            if text:
                _put(pen, column, x, width, at, text, ink)
            at += row.leading
        x += width


def heading_height(table: Table, pad: float) -> float:
    deepest = max(len(column.heading) for column in table.columns)
    return deepest * _heading_step(table) + pad


def _heading_step(table: Table) -> float:
    """From line to line of the headings: the same in all, by whichever stands tallest."""
    return max(leading(text, table.size) for column in table.columns for text in column.heading)


def draw_heading(pen: Pen, table: Table, x: float, top: float, pad: float) -> None:
    height = heading_height(table, pad)
    ink = Ink(table.size, bold=True)
    pen.shade(x, top, sum(table.widths), height, SHADE)
    step = _heading_step(table)
    for column, width in zip(table.columns, table.widths, strict=True):
        at = top + (height - step * len(column.heading)) / 2
        for text in column.heading:
            _put(pen, column, x, width, baseline(at, step, table.size), text, ink)
            at += step
        x += width


def sum_height(table: Table, pad: float) -> float:
    return table.size * LEADING + pad


def draw_sums(
    pen: Pen,
    table: Table,
    label: str,
    lines: Sequence[GoodsLine] | None,
    x: float,
    top: float,
    pad: float,
) -> None:
    """A row of sums: of `lines` where they are given, else of the whole document."""
    ink = Ink(table.size, bold=True)
    at = baseline(top, sum_height(table, pad), table.size)
    for column, width in zip(table.columns, table.widths, strict=True):
        if column.key == NAME:
            pen.text(x + CELL_PAD, at, label, ink)
        elif text := _sum_text(column, lines):
            _put(pen, column, x, width, at, text, ink)
        x += width


def draw_columns(pen: Pen, table: Table, x: float, top: float, height: float) -> None:
    """The hairlines between the columns."""
    for width in table.widths[:-1]:
        x += width
        pen.down(x, top, height, 0.4, HAIR_GRAY)


def _sum_text(column: Column, lines: Sequence[GoodsLine] | None) -> str:
    if lines is None:
        return column.total
    return column.carried(lines) if column.carried else ""


def _put(pen: Pen, column: Column, x: float, width: float, at: float, text: str, ink: Ink) -> None:
    if column.right:
        pen.right(x + width - CELL_PAD, at, text, ink)
    else:
        pen.text(x + CELL_PAD, at, text, ink)
