"""The screens' names on top of the window, each with its key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabBar, QWidget

from dms_desktop.language.catalogue import _
from dms_desktop.ui import keys
from dms_desktop.ui.kit.pens import pens_of
from dms_desktop.ui.theme import Role, dress

LINE = 3  # below the screen in front
SIZES = (1.0, 0.92, 0.85, 0.78)  # of the window's letters, the largest at which all have room


class _Bar(QTabBar):
    """Each screen's name stands over its key, so that all of them have room side by side."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._actions = [f"go.{name}" for name in names]

    def tabSizeHint(self, index: int) -> QSize:
        name, key = self._told(index)
        metrics, small = self.fontMetrics(), QFontMetrics(self._small())
        wide = max(metrics.horizontalAdvance(name), small.horizontalAdvance(key))
        return QSize(wide + metrics.averageCharWidth() * 3 // 2, self.height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 3, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), pens_of(self.palette())
        plain, small = self.font(), self._small()
        middle = Qt.AlignmentFlag.AlignHCenter
        for index in range(self.count()):
            name, key = self._told(index)
            room, front = self.tabRect(index), index == self.currentIndex()
            upper = room.adjusted(1, 0, -1, -room.height() * 9 // 20)
            lower = room.adjusted(1, room.height() * 11 // 20, -1, -LINE)
            painter.setFont(plain)
            painter.setPen(colours["accent"] if front else colours["text"])
            told = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, upper.width())
            painter.drawText(upper, middle | Qt.AlignmentFlag.AlignBottom, told)
            painter.setFont(small)
            painter.setPen(colours["accent"] if front else colours["muted"])
            painter.drawText(lower, middle | Qt.AlignmentFlag.AlignTop, key)
            if front:
                painter.fillRect(room.adjusted(0, room.height() - LINE, 0, 0), colours["accent"])
        painter.end()

    def fit(self, letters: QFont, room: int) -> None:
        """Take the largest letters at which no name is cut."""
        for part in SIZES:
            font = QFont(letters)
            font.setPointSizeF(letters.pointSizeF() * part)
            self.setFont(font)
            if sum(self.tabSizeHint(at).width() for at in range(self.count())) <= room:
                return

    def _told(self, index: int) -> tuple[str, str]:
        action = self._actions[index]
        return _(keys.action(action).label), keys.key_text(action)

    def _small(self) -> QFont:
        made = QFont(self.font())
        made.setPointSizeF(made.pointSizeF() * 0.85)
        return made


class Tabs(QWidget):
    """Nothing but its height until `offer`, so that no start waits for it and nothing jumps.

    `corner` is for who stands here."""

    def __init__(self) -> None:
        super().__init__()
        self.bar: _Bar | None = None
        self._names: list[str] = []
        self.corner = QHBoxLayout()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 16, 0)
        self._row.addStretch()
        self._row.addLayout(self.corner)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _measure(self) -> None:
        self.setFixedHeight(round(self.fontMetrics().height() * 2.9))
        self._fit()

    def _fit(self) -> None:
        if self.bar is not None:
            around = self._row.contentsMargins()
            taken = around.left() + around.right() + self.corner.sizeHint().width()
            self.bar.fit(self.font(), self.width() - taken)

    def offer(self, names: Sequence[str], go: Callable[[str], object]) -> None:
        """A tab for each screen, in this order; `go` is called with the name of one clicked."""
        if self.bar is not None:
            self._row.removeWidget(self.bar)
            self.bar.deleteLater()
        self._names = [*names]
        self.bar = _Bar(names)
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)  # painted below
        self.bar.setMinimumWidth(1)  # large letters on a small screen are cut, not pushed out
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for name in names:
            number = self.bar.addTab(keys.caption(f"go.{name}").replace("&", "&&"))
            self.bar.setTabData(number, name)
        self.bar.tabBarClicked.connect(lambda at: at >= 0 and go(self._names[at]))
        self._row.insertWidget(0, self.bar)
        self._fit()

    def speak_again(self) -> None:
        if self.bar is None:
            return
        for number, name in enumerate(self._names):
            self.bar.setTabText(number, keys.caption(f"go.{name}").replace("&", "&&"))
        self._fit()

    def point_at(self, name: str) -> None:
        """This one is in front."""
        if self.bar is not None and name in self._names:
            self.bar.setCurrentIndex(self._names.index(name))

    def show_user(self, who: str, button: QWidget) -> None:
        """Who stands here, and the button for another."""
        while (item := self.corner.takeAt(0)) is not None:
            if label := item.widget():
                label.deleteLater()
        if who:
            self.corner.addWidget(dress(QLabel(who), Role.CHIP), 0, Qt.AlignmentFlag.AlignVCenter)
            self.corner.addWidget(button)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fit()
