"""Short facts, one below the other. One widget paints them: a label for each costs more."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dms_desktop.language.catalogue import again
from dms_desktop.ui.kit.pens import pens_of
from dms_desktop.ui.kit.speaking import tell

GAP = 8
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
ELIDED = Qt.TextElideMode.ElideRight
NAMED = Qt.TextElideMode.ElideMiddle  # the size of a pack stands at the end of its name


class Tone(StrEnum):
    """The value is the colour's name in the theme."""

    PLAIN = "text"
    WEAK = "muted"
    GOOD = "good"
    WARNING = "warning"
    FAULT = "fault"


class Fact(NamedTuple):
    """`text` on the left gives way to `right`, which is a figure more often than not.

    Where `whole` the figure is on the left, and the words on the right give way."""

    text: str
    right: str = ""
    tone: Tone = Tone.PLAIN
    bold: bool = False
    whole: bool = False

    def __str__(self) -> str:
        return f"{self.text} {self.right}".strip()


class Facts(QWidget):
    """A column of at most `most` facts, called `name` for who cannot see it."""

    def __init__(self, name: str, most: int) -> None:
        super().__init__()
        self.shown: tuple[Fact, ...] = ()
        self._most = most
        tell(self, "accessibleName", name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        if (said := tuple(facts[: self._most])) != self.shown:
            self.shown = said
            self.setAccessibleDescription("\n".join(map(str, said)))
            self.update()

    def speak_again(self) -> None:
        self.show_facts([f._replace(text=again(f.text), right=again(f.right)) for f in self.shown])

    def sizeHint(self) -> QSize:
        return QSize(0, self._most * self._line())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, pens, line = QPainter(self), pens_of(self.palette()), self._line()
        usual, strong = self.font(), self.font()
        strong.setBold(True)
        for at, fact in enumerate(self.shown):
            painter.setFont(strong if fact.bold else usual)
            painter.setPen(pens[fact.tone.value])
            place, metrics = QRect(0, at * line, self.width(), line), painter.fontMetrics()
            left, right = fitted(fact, metrics, place.width())
            painter.drawText(place, LEFT, left)
            painter.drawText(place, RIGHT, right)
        painter.end()

    def _line(self) -> int:
        return self.fontMetrics().height()


def fitted(fact: Fact, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """What of the two sides is shown in this width, in pixels: a rate never loses its figures."""
    most = width - metrics.horizontalAdvance(fact.text) - GAP if fact.whole else width * 3 // 4
    right = metrics.elidedText(fact.right, ELIDED, max(0, most))
    wide = metrics.horizontalAdvance(right) + GAP if right else 0
    return metrics.elidedText(fact.text, NAMED, width - wide), right
