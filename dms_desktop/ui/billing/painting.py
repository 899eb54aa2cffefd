"""How a cell of the bill's table looks. It is painted from the row itself: to ask a model for each
of ten roles, and a style for each cell, costs more than the painting."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from dms_desktop.domain.refusals import Problem
from dms_desktop.ui.billing.rows import Row, What
from dms_desktop.ui.billing.texts import BATCH, ITEM, note_text, particulars
from dms_desktop.ui.kit.pens import Pens

PAD = 8
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
WRAPPED = LEFT | Qt.TextFlag.TextWordWrap
ELIDED = Qt.TextElideMode.ElideMiddle  # the size of a pack stands at the end of its name


class Look(NamedTuple):
    """How the cell stands: in the row of the cursor, under the cursor itself, in which span."""

    pens: Pens
    chosen: bool
    focused: bool
    left: int  # of the first column
    wide: int  # of all columns together


def paint_cell(
    painter: QPainter,
    place: QRect,
    row: Row,
    column: int,
    text: str,
    look: Look,
) -> None:
    pens = look.pens
    painter.fillRect(place, pens[_ground(row, chosen=look.chosen)])
    painter.setPen(pens["line"])
    painter.drawLine(place.left(), place.bottom(), place.right(), place.bottom())
    strong = pens["on_chosen" if look.chosen else "text"]
    weak = pens["on_chosen" if look.chosen else "muted"]
    if row.what is What.NOTE:
        pen = pens["warning" if row.soft else "fault"]
        pen = strong if look.chosen else pen
        _paint_note(painter, place, (text, row.problem), look, pen)
    elif row.what is What.LINE and column == ITEM:
        _paint_item(painter, place, (text, particulars(row)), (strong, weak))
    elif text:
        painter.setPen(weak if row.what is What.LOT or not row.lines else strong)
        inner = place.adjusted(PAD, 0, -PAD, 0)
        painter.drawText(inner, LEFT if column <= BATCH else RIGHT, text)
    if look.focused:
        painter.setPen(QPen(pens["accent"], 2))
        painter.drawRect(place.adjusted(1, 1, -1, -2))


def _ground(row: Row, *, chosen: bool) -> str:
    if chosen:
        return "chosen"
    if row.what is What.NOTE:
        return "warning_tint" if row.soft else "fault_tint"
    return "stripe" if row.number % 2 else "card"


def _paint_item(
    painter: QPainter, place: QRect, texts: tuple[str, str], pens: tuple[QColor, QColor]
) -> None:
    """The name, and below it what tells this pack from its like."""
    wide, half = place.width() - 2 * PAD, (place.height() - 4) // 2
    metrics = painter.fontMetrics()
    for at, (text, pen) in enumerate(zip(texts, pens, strict=True)):
        line = QRect(place.left() + PAD, place.top() + 2 + at * half, wide, half)
        painter.setPen(pen)
        painter.drawText(line, LEFT, metrics.elidedText(text, ELIDED, wide))


def note_said(
    text: str, problem: Problem | None, metrics: QFontMetrics, wide: int
) -> tuple[str, int]:
    """The sentence as it stands in so much room, and how tall it is there: the keys that answer it
    lead one that runs over its line."""
    said = f"▲  {text}"
    if metrics.horizontalAdvance(said) <= wide:
        return said, metrics.height()
    if problem:
        said = f"▲  {note_text(problem, keys_first=True)}"
    return said, metrics.boundingRect(QRect(0, 0, wide, 0), WRAPPED, said).height()


def _paint_note(
    painter: QPainter, place: QRect, note: tuple[str, Problem | None], look: Look, pen: QColor
) -> None:
    """The sentence runs through all cells: each paints its own part of it."""
    whole = QRect(look.left + PAD, place.top(), look.wide - 2 * PAD, place.height())
    said, _tall = note_said(*note, painter.fontMetrics(), whole.width())
    painter.setPen(pen)
    painter.setClipRect(place)
    painter.drawText(whole, WRAPPED, said)
    painter.setClipping(False)
