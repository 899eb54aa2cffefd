"""Puts a document on its sheets and the sheets, once for each copy, into one PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

from dms_desktop.domain.company import Issued
from dms_desktop.language.catalogue import _, ngettext
from dms_desktop.printing import wording
from dms_desktop.printing.blocks import baseline
from dms_desktop.printing.canvas import ONE_PEN, begun, named
from dms_desktop.printing.fonts import Faces
from dms_desktop.printing.paper import LABEL_GRAY, STYLES, Copy, Ink, Size, Style
from dms_desktop.printing.pen import Pen
from dms_desktop.printing.plan import Plan, frame, planned
from dms_desktop.printing.table import (
    draw_columns,
    draw_heading,
    draw_row,
    draw_sums,
    heading_height,
    sum_height,
)
from dms_desktop.printing.wrapping import BETWEEN

_HAIR = 0.35
_ROW_GRAY = 0.85

MakePen = Callable[[Any, Faces, float], Pen]


def render(
    run: Iterable[Issued],
    copies: Sequence[Copy],
    size: Size,
    language: str,
    make_pen: MakePen = Pen,
) -> bytes:
    """All documents of the run in one PDF, the copies of each together."""
    with ONE_PEN:
        style, out = STYLES[size], BytesIO()
        canvas, both = begun(out, style.width, style.height, language)
        for number, issued in enumerate(run):
            plan = planned(issued, style, both, language)
            if not number:
                _name(canvas, plan)
            bodies: list[str] = []
            for sheet in range(len(plan.sheets)):
                pen = make_pen(canvas, both, style.height)
                _sheet(plan, sheet, pen)
                bodies.append(pen.drawn())
            _put(canvas, plan, bodies, copies, f"d{number}")
        canvas.save()
        return out.getvalue()


def _name(canvas: Any, plan: Plan) -> None:
    """What a viewer shows in its title bar; a run of papers bears the first one's name."""
    issued, buyer = plan.issued, wording.buyer(plan.document)
    title = f"{wording.title(plan.document).capitalize()} {issued.number}"
    named(canvas, title, issued.company.name, buyer.name, issued.posted_at)


def _put(canvas: Any, plan: Plan, bodies: list[str], copies: Sequence[Copy], name: str) -> None:
    """The sheets of each copy in turn. Several copies share one drawing of each sheet."""
    marks = list(dict.fromkeys(wording.copy_mark(plan.document, copy) for copy in copies))
    shared = len(marks) > 1
    if shared:
        for sheet, body in enumerate(bodies):
            canvas.beginForm(f"{name}s{sheet}")
            canvas.addLiteral(body)
            canvas.endForm()
    for mark in marks:
        for sheet, body in enumerate(bodies):
            if shared:
                canvas.doForm(f"{name}s{sheet}")
            else:
                canvas.addLiteral(body)
            if mark:
                canvas.addLiteral(_marked(canvas, plan, mark))
            canvas.showPage()


def _marked(canvas: Any, plan: Plan, mark: str) -> str:
    style = plan.style
    pen = Pen(canvas, plan.faces, style.height)
    right = style.width - style.margin
    pen.right(right, _title_line(style), mark, Ink(style.small, bold=True))
    return pen.drawn()


def _title_line(style: Style) -> float:
    return baseline(style.margin, style.title * 1.4, style.title)


def _sheet(plan: Plan, sheet: int, pen: Pen) -> None:
    """One sheet without its copy mark."""
    style = plan.style
    top, bottom = frame(style)
    _title(plan, pen)
    at = top
    for band in plan.later if sheet else plan.first:
        band.draw(pen, style.margin, at)
        at += band.height
        pen.across(style.margin, at, style.inner, 0.6)
    _goods(plan, sheet, pen, at, bottom)
    pen.box(style.margin, top, style.inner, bottom - top, 0.8)
    _last_line(plan, sheet, pen)
    if plan.issued.cancelled:
        pen.stamp(_(wording.CANCELLED), (style.width / 2, (at + bottom) / 2), style.height / 9)


def _title(plan: Plan, pen: Pen) -> None:
    style, issued = plan.style, plan.issued
    line, middle = _title_line(style), style.width / 2
    under = wording.under_title(plan.document, issued.company.gst_type)
    higher = style.title * 0.3 if under else 0
    title = wording.title(plan.document)
    pen.centre(middle, line - higher, title, Ink(style.title, bold=True))
    if under:
        pen.centre(middle, line + style.title * 0.48, under, Ink(style.small - 0.4))
    marks = [_(wording.REPRINT)] * (issued.printed > 0)
    marks += [_(wording.CANCELLED)] * issued.cancelled
    if marks:
        pen.text(style.margin, line, BETWEEN.join(marks), Ink(style.small, bold=True))


def _goods(plan: Plan, sheet: int, pen: Pen, top: float, bottom: float) -> None:
    """Heading and rows of one sheet, sums carried over, and on the last sheet the closing."""
    style, table, here = plan.style, plan.table, plan.sheets[sheet]
    x, pad, lines = style.margin, style.row_pad, plan.document.lines
    sums = sum_height(table, pad)
    ended = sheet == len(plan.sheets) - 1
    end = bottom - sums - (sum(band.height for band in plan.last) if ended else 0)
    draw_heading(pen, table, x, top, pad)
    pen.across(x, top, style.inner, 0.6)
    draw_columns(pen, table, x, top, end + sums - top)
    at = top + heading_height(table, pad)
    pen.across(x, at, style.inner, 0.6)
    if sheet:
        draw_sums(pen, table, _("Brought forward"), lines[: here.start], x, at, pad)
        at += sums
        pen.across(x, at, style.inner, _HAIR, _ROW_GRAY)
    for number in here:
        row = plan.rows[number]
        draw_row(pen, table, row, x, at, pad)
        at += row.height
        if at < end - 1:
            pen.across(x, at, style.inner, _HAIR, _ROW_GRAY)
    pen.across(x, end, style.inner, 0.6)
    if ended:
        _closing(plan, pen, end, sums)
    else:
        draw_sums(pen, table, _("Carried forward"), lines[: here.stop], x, end, pad)


def _closing(plan: Plan, pen: Pen, top: float, sums: float) -> None:
    style, count = plan.style, len(plan.rows)
    label = ngettext("Total of {count} line", "Total of {count} lines", count)
    label = label.format(count=count)
    draw_sums(pen, plan.table, label, None, style.margin, top, style.row_pad)
    top += sums
    for band in plan.last:
        pen.across(style.margin, top, style.inner, 0.6)
        band.draw(pen, style.margin, top)
        top += band.height


def _last_line(plan: Plan, sheet: int, pen: Pen) -> None:
    style = plan.style
    ink = Ink(style.small - 0.8, gray=LABEL_GRAY)
    at = style.height - style.margin - 0.5
    note = _("Computer generated document; a copy sent electronically needs no signature")
    pen.text(style.margin, at, _("Prepared by {name}").format(name=plan.issued.by), ink)
    pen.centre(style.width / 2, at, note, ink)
    page = _("Page {page} of {pages}").format(page=sheet + 1, pages=len(plan.sheets))
    pen.right(style.width - style.margin, at, page, ink)
