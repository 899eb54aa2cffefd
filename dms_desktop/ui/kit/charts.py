"""A bar for each figure of a row, painted: no figure is said by its bar alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dms_desktop.language.catalogue import again
from dms_desktop.ui.kit.pens import Pens, pens_of
from dms_desktop.ui.kit.speaking import tell

STEPS = 4  # between the lines of the scale, at most
NICE = (1, 2, 5)
BAR = 0.68  # of the room that a bar has
CORNER = 3.0
GAP = 6
LINES_HIGH = 9  # as text is high
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class Bar:
    """`label` stands below it; `said` is the whole of it for who cannot see it."""

    label: str
    figure: int
    said: str


class BarChart(QWidget):
    """`name` says what is shown; `scale` writes a figure short, for the lines behind the bars."""

    def __init__(self, name: str, scale: Callable[[int], str]) -> None:
        super().__init__()
        self.bars: tuple[Bar, ...] = ()
        self._scale = scale
        tell(self, "accessibleName", name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        self.bars = tuple(bars)
        self.setAccessibleDescription("\n".join(bar.said for bar in self.bars))
        self.update()

    def speak_again(self) -> None:
        self.show_bars(
            [replace(bar, label=again(bar.label), said=again(bar.said)) for bar in self.bars]
        )

    def sizeHint(self) -> QSize:
        return QSize(0, LINES_HIGH * self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.bars:
            return
        painter, pens, line = QPainter(self), pens_of(self.palette()), self.fontMetrics().height()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ticks = ticks_to(max(bar.figure for bar in self.bars))
        texts = [self._scale(tick) for tick in ticks]
        left = max(map(self.fontMetrics().horizontalAdvance, texts)) + GAP
        high = self.height() - 1.5 * line - GAP
        plot = QRectF(left, line / 2, self.width() - left, high)
        self._paint_scale(painter, pens, plot, dict(zip(ticks, texts, strict=True)))
        self._paint_bars(painter, pens, plot, ticks[-1])
        painter.end()

    def _paint_scale(
        self, painter: QPainter, pens: Pens, plot: QRectF, texts: dict[int, str]
    ) -> None:
        line, most = self.fontMetrics().height(), max(texts)
        for tick, text in texts.items():
            y = plot.bottom() - plot.height() * tick / most
            painter.setPen(pens["line"])
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(pens["muted"])
            place = QRectF(0, y - line / 2, plot.left() - GAP, line)
            painter.drawText(place, int(RIGHT), text)

    def _paint_bars(self, painter: QPainter, pens: Pens, plot: QRectF, most: int) -> None:
        """The last bar is named for sure; of the others as many as there is room for."""
        room = plot.width() / len(self.bars)
        widest = max(self.fontMetrics().horizontalAdvance(bar.label) for bar in self.bars)
        every = max(1, -int(-(widest + GAP) // room))
        line = self.fontMetrics().height()
        for at, bar in enumerate(self.bars):
            middle = plot.left() + room * (at + 0.5)
            high = plot.height() * max(bar.figure, 0) / most
            place = QRectF(middle - room * BAR / 2, plot.bottom() - high, room * BAR, high)
            painter.fillPath(_rounded(place), pens["accent"])
            if (len(self.bars) - 1 - at) % every == 0:
                painter.setPen(pens["muted"])
                below = QRectF(
                    middle - room * every / 2, plot.bottom() + GAP / 2, room * every, line
                )
                painter.drawText(below, int(CENTRE), bar.label)


def ticks_to(most: int) -> tuple[int, ...]:
    """Round figures from nil to the first that is not below `most`: 0, 5, 10, 15 for 12."""
    size = 1
    while True:
        for step in (nice * size for nice in NICE):
            if step * STEPS >= most:
                return tuple(range(0, max(most, 1) + step, step)[: -(-max(most, 1) // step) + 1])
        size *= 10


def _rounded(place: QRectF) -> QPainterPath:
    """Round at the top; a low bar less so."""
    path, corner = QPainterPath(), min(CORNER, place.height())
    path.moveTo(place.bottomLeft())
    path.lineTo(place.left(), place.top() + corner)
    path.quadTo(place.topLeft(), QPointF(place.left() + corner, place.top()))
    path.lineTo(place.right() - corner, place.top())
    path.quadTo(place.topRight(), QPointF(place.right(), place.top() + corner))
    path.lineTo(place.bottomRight())
    path.closeSubpath()
    return path
