"""The list under a search box. One widget paints it: a model and a view cost more than a search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from dms_desktop.language.catalogue import again

if TYPE_CHECKING:
    from dms_desktop.store.search_entries import Found

PAD = 10
ROUNDING = 2  # an advance is rounded to whole pixels, and may be rounded down
LEAST_CHARACTERS = 72  # wide enough for a code, a long name and a detail
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class HitList(QWidget):
    """Rows and a note below them. It lies over the window that the search box is in: it never takes
    the focus, and needs no leave of a window system to be where it should."""

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.hits: Sequence[Found] = ()
        self.current = -1
        self.note = ""
        self._rows_shown = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()

    def offer(self, box: QWidget, hits: Sequence[Found], current: int, note: str) -> None:
        """Show `hits` at `box` with row `current` highlighted, or none for -1."""
        self.hits, self.current, self.note = hits, current, note
        self._lie_at(box)
        if self.isHidden():
            self.show()
            self.raise_()
        self.update()

    def move_by(self, step: int) -> None:
        """Move the highlight; it stays within the list."""
        self.current = max(0, min(len(self.hits) - 1, self.current + step))
        self.update()

    def say(self, note: str) -> None:
        self.note = note
        self.update()

    def speak_again(self) -> None:
        self.note = again(self.note)

    def _lie_at(self, box: QWidget) -> None:
        window = box.window()
        if self.parent() is not window:
            if parent := self.parentWidget():
                parent.removeEventFilter(self)
            self.setParent(window)
            window.installEventFilter(self)
        self.setFont(box.font())
        top_left = box.mapTo(window, QPoint(0, 0))
        below = window.height() - top_left.y() - box.height() - 4
        above = top_left.y() - 4
        height = self._row_height()
        room = (max(below, above) - 2) // height - 1
        self._rows_shown = max(1, min(len(self.hits), room)) if self.hits else 0
        tall = (self._rows_shown + 1) * height + 2
        least = self.fontMetrics().averageCharWidth() * LEAST_CHARACTERS
        wide = min(max(box.width(), least), window.width() - 8)
        left = max(4, min(top_left.x(), window.width() - wide - 4))
        under = tall <= below or below >= above
        top = top_left.y() + box.height() + 2 if under else top_left.y() - tall - 2
        self.setGeometry(left, top, wide, tall)

    def _row_height(self) -> int:
        return self.fontMetrics().height() + PAD

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours, height = QPainter(self), self.palette(), self._row_height()
        painter.fillRect(self.rect(), colours.base())
        first = max(0, self.current - self._rows_shown + 1)
        shown = self.hits[first : first + self._rows_shown]
        columns = self._columns(shown)
        for number, hit in enumerate(shown, first):
            row = QRect(1, 1 + (number - first) * height, self.width() - 2, height)
            self._paint_row(painter, row, hit, columns, chosen=number == self.current)
        note = QRect(1, self.height() - height - 1, self.width() - 2, height)
        painter.fillRect(note, colours.alternateBase())
        painter.setPen(colours.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(note.adjusted(PAD, 0, -PAD, 0), LEFT, self.note)
        painter.setPen(QPen(colours.color(QPalette.ColorRole.Mid)))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _columns(self, shown: Sequence[Found]) -> tuple[int, int]:
        """How wide the codes and the details are, in pixels."""
        advance, inside = self.fontMetrics().horizontalAdvance, self.width() - 2 * PAD
        code = max((advance(hit.code) for hit in shown), default=0) + ROUNDING
        detail = max((advance(hit.detail) for hit in shown), default=0) + ROUNDING
        return min(code, inside // 4), min(detail, inside * 2 // 5)

    def _paint_row(
        self, painter: QPainter, row: QRect, hit: Found, columns: tuple[int, int], *, chosen: bool
    ) -> None:
        colours, metrics = self.palette(), self.fontMetrics()
        strong, weak = QPalette.ColorRole.Text, QPalette.ColorRole.PlaceholderText
        if chosen:
            painter.fillRect(row, colours.highlight())
            strong = weak = QPalette.ColorRole.HighlightedText
        code_width, detail_width = columns
        inner = row.adjusted(PAD, 0, -PAD, 0)
        code = QRect(inner.left(), inner.top(), code_width, inner.height())
        detail = inner.adjusted(inner.width() - detail_width, 0, 0, 0)
        name = inner.adjusted(code_width + PAD, 0, -detail_width - PAD, 0)
        painter.setPen(colours.color(weak))
        _write(painter, metrics, code, LEFT, hit.code)
        _write(painter, metrics, detail, RIGHT, hit.detail)
        painter.setPen(colours.color(strong))
        _write(painter, metrics, name, LEFT, hit.name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        first = max(0, self.current - self._rows_shown + 1)
        row = first + int(event.position().y() - 1) // self._row_height()
        if row < min(len(self.hits), first + self._rows_shown):
            self.picked.emit(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.hide()
        return False


def _write(
    painter: QPainter, metrics: QFontMetrics, place: QRect, align: Qt.AlignmentFlag, text: str
) -> None:
    elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, align, elided)
