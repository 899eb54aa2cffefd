"""A form of the godown on A4 or A5: rows on as many sheets as they need, the foot on the last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from dms_desktop.language.catalogue import _
from dms_desktop.printing import wording
from dms_desktop.printing.blocks import (
    EMPTY,
    LEADING,
    Block,
    Panel,
    Said,
    baseline,
    beside,
    pairs,
    paragraph,
    stack,
)
from dms_desktop.printing.canvas import ONE_PEN, begun, named
from dms_desktop.printing.columns import Column, Table, fitted
from dms_desktop.printing.fonts import Faces
from dms_desktop.printing.form import Form, Grid, Voice
from dms_desktop.printing.paper import HAIR_GRAY, LABEL_GRAY, STYLES, Ink, Size, Style
from dms_desktop.printing.pen import Pen
from dms_desktop.printing.render import MakePen
from dms_desktop.printing.sheets import Room, pages
from dms_desktop.printing.table import (
    Row,
    draw_columns,
    draw_heading,
    draw_row,
    draw_sums,
    heading_height,
    rows_of,
    sum_height,
)
from dms_desktop.printing.wrapping import BETWEEN

_TICK = "    "  # as wide as the box that is drawn there
_HAIR, _ROW_GRAY = 0.35, 0.85
_WRITING = 4.0  # more white in a row that somebody writes in
_BOX = 7.0
_MOST_TOLD = 40  # lines of warnings and notes: half a sheet


@dataclass(frozen=True, slots=True)
class _Laid:
    """A table with its rows measured."""

    grid: Grid
    table: Table
    rows: tuple[Row, ...]
    pad: float

    @property
    def opening(self) -> float:
        caption = self.table.size * 1.9 if self.grid.caption else 0.0
        return caption + heading_height(self.table, self.pad)

    @property
    def sums(self) -> float:
        return sum_height(self.table, self.pad) if self.grid.total else 0.0

    def height(self, row: int) -> float:
        """With what stands before the first and after the last."""
        last = self.sums if row == len(self.rows) - 1 else 0.0
        return self.rows[row].height + last + (0.0 if row else self.opening)


@dataclass(frozen=True, slots=True)
class _Plan:
    form: Form
    style: Style
    faces: Faces
    tables: tuple[_Laid, ...]
    order: tuple[tuple[int, int], ...]  # table and row of each entry
    first: Block
    later: Block
    last: Block
    sheets: tuple[range, ...]


def note_sheets(
    forms: Sequence[tuple[Form, Sequence[str]]],
    size: Size,
    language: str,
    make_pen: MakePen = Pen,
) -> bytes:
    """Each form with its copy marks, all in one PDF; every form counts its own pages."""
    style, out = STYLES[size], BytesIO()
    with ONE_PEN:
        canvas, both = begun(out, style.width, style.height, language)
        form = forms[0][0]
        title = f"{form.title.capitalize()} {form.number[1]}"
        named(canvas, title, form.seller.name, "", form.at)
        for form, copies in forms:
            plan = _planned(form, style, both)
            for mark in copies:
                for sheet in range(len(plan.sheets)):
                    pen = make_pen(canvas, both, style.height)
                    _sheet(plan, sheet, mark, pen)
                    canvas.addLiteral(pen.drawn())
                    canvas.showPage()
        canvas.save()
    return out.getvalue()


def _planned(form: Form, style: Style, faces: Faces) -> _Plan:
    tables = tuple(_laid(grid, style, faces) for grid in form.grids)
    order = tuple((at, row) for at, laid in enumerate(tables) for row in range(len(laid.rows)))
    first, last = _head(form, style, faces), _foot(form, style, faces)
    later = _short_head(form, style, faces)
    top, bottom = _frame(style)
    deepest = max(laid.opening for laid in tables)
    room = Room(
        bottom - top - first.height,
        bottom - top - later.height - deepest,
        0.0,
        last.height,
    )
    heights = [tables[at].height(row) for at, row in order]
    sheets = tuple(pages(heights, room))
    return _Plan(form, style, faces, tables, order, first, later, last, sheets)


def _laid(grid: Grid, style: Style, faces: Faces) -> _Laid:
    columns = grid.columns
    if grid.ticks:
        columns = (Column("tick", ("",), (_TICK,) * grid.count, right=False), *columns)
    table = fitted(columns, style.inner, style.rows, style.least, faces)[0]
    pad = style.row_pad + (_WRITING if grid.ticks else 0.0)
    return _Laid(grid, table, rows_of(table, faces, pad), pad)


def _frame(style: Style) -> tuple[float, float]:
    """Upper and lower edge of the box around all but the title and the last line."""
    return style.margin + style.title * 1.9, style.height - style.margin - style.small * 1.5


def _sheet(plan: _Plan, sheet: int, mark: str, pen: Pen) -> None:
    style, here = plan.style, plan.sheets[sheet]
    top, bottom = _frame(style)
    _title(plan.form, style, mark, pen)
    head = plan.later if sheet else plan.first
    head.draw(pen, style.margin, top)
    at = top + head.height
    pen.across(style.margin, at, style.inner, 0.6)
    at = _rows(plan, [plan.order[entry] for entry in here], at, pen)
    if sheet == len(plan.sheets) - 1:
        plan.last.draw(pen, style.margin, bottom - plan.last.height)
        pen.across(style.margin, bottom - plan.last.height, style.inner, 0.6)
    pen.box(style.margin, top, style.inner, bottom - top, 0.8)
    _last_line(plan, sheet, pen)
    if plan.form.cancelled:
        stamp = _(wording.CANCELLED)
        pen.stamp(stamp, (style.width / 2, (top + bottom) / 2), style.height / 9)


def _rows(plan: _Plan, entries: Sequence[tuple[int, int]], top: float, pen: Pen) -> float:
    """The rows of one sheet, under the heading of their table; where they end."""
    x, inner = plan.style.margin, plan.style.inner
    table, begun_at = -1, top
    for number, row in entries:
        laid = plan.tables[number]
        if number != table:
            if table >= 0:
                _ruled_off(plan.tables[table], x, begun_at, top, pen)
            top = begun_at = _opened(laid, x, inner, top, pen)
            table = number
        measured = laid.rows[row]
        draw_row(pen, laid.table, measured, x, top, laid.pad)
        if laid.grid.ticks:
            edge = x + (laid.table.widths[0] - _BOX) / 2
            pen.box(edge, top + (measured.height - _BOX) / 2, _BOX, _BOX, 0.7)
        top += measured.height
        pen.across(x, top, inner, _HAIR, _ROW_GRAY)
        if row == len(laid.rows) - 1 and laid.sums:
            pen.across(x, top, inner, 0.6)
            draw_sums(pen, laid.table, laid.grid.total, None, x, top, laid.pad)
            top += laid.sums
    if table >= 0:
        _ruled_off(plan.tables[table], x, begun_at, top, pen)
    return top


def _opened(laid: _Laid, x: float, inner: float, top: float, pen: Pen) -> float:
    """Caption and heading; where the rows begin."""
    if laid.grid.caption:
        tall = laid.table.size * 1.9
        ink = Ink(laid.table.size + 0.8, bold=True)
        pen.text(x + 3, baseline(top, tall, ink.size), laid.grid.caption, ink)
        top += tall
        pen.across(x, top, inner, 0.6)
    draw_heading(pen, laid.table, x, top, laid.pad)
    top += heading_height(laid.table, laid.pad)
    pen.across(x, top, inner, 0.6)
    return top


def _ruled_off(laid: _Laid, x: float, top: float, bottom: float, pen: Pen) -> None:
    head = heading_height(laid.table, laid.pad)
    draw_columns(pen, laid.table, x, top - head, bottom - top + head)
    pen.across(x, bottom, sum(laid.table.widths), 0.6)


def _title(form: Form, style: Style, mark: str, pen: Pen) -> None:
    line = baseline(style.margin, style.title * 1.4, style.title)
    higher = style.title * 0.3 if form.under else 0
    small = Ink(style.small, bold=True)
    pen.centre(style.width / 2, line - higher, form.title, Ink(style.title, bold=True))
    if form.under:
        below = line + style.title * 0.48
        pen.centre(style.width / 2, below, form.under, Ink(style.small - 0.4))
    if form.marks:
        pen.text(style.margin, line, BETWEEN.join(form.marks), small)
    if mark:
        pen.right(style.width - style.margin, line, mark, small)


def _head(form: Form, style: Style, faces: Faces) -> Block:
    """Who we are and what paper this is, and beneath whom it concerns."""
    left = style.inner * 0.52
    right = style.inner - left
    body = Ink(style.body)
    seller = paragraph(
        [(form.seller.name, Ink(style.name - 1, bold=True))]
        + [(line, body) for line in form.seller.lines],
        left - 2 * style.pad,
        faces,
    )
    bands = [
        beside(
            [Panel(left, seller), Panel(right, _facts(form, right - 2 * style.pad, style, faces))],
            style.pad,
        )
    ]
    if form.voices:
        width = style.inner / len(form.voices)
        panels = [
            Panel(width, _voice(voice, width - 2 * style.pad, style, faces))
            for voice in form.voices
        ]
        bands.append(_below(beside(panels, style.pad), style))
    return stack(bands, 0)


def _below(block: Block, style: Style) -> Block:
    def draw(pen: Pen, x: float, top: float) -> None:
        pen.across(x, top, style.inner, 0.6)
        block.draw(pen, x, top)

    return Block(block.height, draw)


def _facts(form: Form, width: float, style: Style, faces: Faces) -> Block:
    """The number large, and what else governs the paper in pairs."""
    label, number = form.number
    head = paragraph([(f"{label} {number}", Ink(style.party + 1, bold=True))], width, faces)
    rows = [(_("Date"), form.day), *form.facts]
    ink, value = Ink(style.body, gray=LABEL_GRAY), Ink(style.body, bold=True)
    return stack([head, pairs(rows, width, ink, value, faces)], 2.0)


def _voice(voice: Voice, width: float, style: Style, faces: Faces) -> Block:
    said: list[Said] = [
        (voice.label, Ink(style.small - 0.6, bold=True, gray=LABEL_GRAY)),
        (voice.name, Ink(style.party, bold=True)),
        *((line, Ink(style.body)) for line in voice.lines),
    ]
    return paragraph(said, width, faces)


def _short_head(form: Form, style: Style, faces: Faces) -> Block:
    """Enough to put a loose sheet back where it belongs."""
    names = BETWEEN.join([form.seller.name, *(voice.name for voice in form.voices)])
    said = BETWEEN.join([" ".join(form.number), form.day, *_short_facts(form)])
    widths = (style.inner * 0.5, style.inner * 0.5)
    ink = Ink(style.party - 0.6, bold=True)
    panels = [
        Panel(width, paragraph([(text, ink)], width - 2 * style.pad, faces, most=2))
        for width, text in zip(widths, (names, said), strict=True)
    ]
    return beside(panels, style.pad)


def _short_facts(form: Form) -> Iterator[str]:
    yield from (value for _label, value in form.facts[:2] if len(value) < 30)


def _foot(form: Form, style: Style, faces: Faces) -> Block:
    """Warnings, words and notes on the left, sums on the right, and room to sign."""
    right = style.inner * 0.34 if form.sums or any(form.grand) else 0.0
    left = style.inner - right
    said: list[Said] = [(note, Ink(style.body, bold=True)) for note in form.strong]
    for label, text in form.words:
        said += [
            (label, Ink(style.small - 0.6, gray=LABEL_GRAY)),
            (text, Ink(style.body, bold=True)),
        ]
    said += [(note, Ink(style.small)) for note in form.notes]
    told = paragraph(said, left - 2 * style.pad, faces, most=_MOST_TOLD)
    bands = []
    if right:
        panels = [Panel(left, told), Panel(right, _sums(form, right - 2 * style.pad, style))]
        bands.append(beside(panels, style.pad))
    elif told.height:
        bands.append(beside([Panel(left, told)], style.pad))
    if form.signs:
        bands.append(_below(_signs(form, style, faces), style))
    return stack(bands, 0) if bands else EMPTY


def _sums(form: Form, width: float, style: Style) -> Block:
    step, grand = style.body * style.sums, Ink(style.party + 1, bold=True)
    rows = [(pair, Ink(style.body), step) for pair in form.sums]
    if any(form.grand):
        rows.append((form.grand, grand, grand.size * 1.6))

    def draw(pen: Pen, x: float, top: float) -> None:
        for (label, value), ink, tall in rows:
            line = baseline(top, tall, ink.size)
            pen.text(x, line, label, ink)
            pen.right(x + width, line, value, ink._replace(bold=True))
            top += tall

    return Block(sum(tall for _pair, _ink, tall in rows), draw)


def _signs(form: Form, style: Style, faces: Faces) -> Block:
    width = style.inner / len(form.signs)
    panels = [
        Panel(width, _sign(above, below, width - 2 * style.pad, style, faces))
        for above, below in form.signs
    ]
    return beside(panels, style.pad)


def _sign(above: str, below: str, width: float, style: Style, faces: Faces) -> Block:
    head = paragraph([(above, Ink(style.small, bold=True))], width, faces)
    tall = style.sign * 0.8
    height = max(tall, head.height + style.small * LEADING + 10)

    def draw(pen: Pen, x: float, top: float) -> None:
        head.draw(pen, x, top)
        foot = top + height - style.small * LEADING
        pen.across(x, foot, width * 0.8, 0.5, HAIR_GRAY)
        line = baseline(foot, style.small * LEADING, style.small)
        pen.text(x, line, below, Ink(style.small, gray=LABEL_GRAY))

    return Block(height, draw)


def _last_line(plan: _Plan, sheet: int, pen: Pen) -> None:
    style = plan.style
    ink = Ink(style.small - 0.8, gray=LABEL_GRAY)
    at = style.height - style.margin - 0.5
    pen.text(style.margin, at, plan.form.by, ink)
    page = _("Page {page} of {pages}").format(page=sheet + 1, pages=len(plan.sheets))
    pen.right(style.width - style.margin, at, page, ink)
