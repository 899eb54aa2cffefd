"""The screens' names on top of the window, each with its key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabBar, QWidget

from dms_desktop.ui import keys
from dms_desktop.ui.theme import Role, dress


class Tabs(QWidget):
    """Nothing but its height until `offer`, so that no start waits for it and nothing jumps.

    `corner` is for who stands here."""

    def __init__(self) -> None:
        super().__init__()
        self.bar: QTabBar | None = None
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

    def _measure(self) -> None:
        self.setFixedHeight(round(self.fontMetrics().height() * 2.2))

    def offer(self, names: Sequence[str], go: Callable[[str], object]) -> None:
        """A tab for each screen, in this order; `go` is called with the name of one clicked."""
        if self.bar is not None:
            self._row.removeWidget(self.bar)
            self.bar.deleteLater()
        self._names = [*names]
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideRight)
        self.bar.setMinimumWidth(1)  # large letters on a small screen are cut, not pushed out
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for name in names:
            number = self.bar.addTab(keys.caption(f"go.{name}").replace("&", "&&"))
            self.bar.setTabData(number, name)
        self.bar.tabBarClicked.connect(lambda at: at >= 0 and go(self._names[at]))
        self._row.insertWidget(0, self.bar)

    def speak_again(self) -> None:
        if self.bar is None:
            return
        for number, name in enumerate(self._names):
            self.bar.setTabText(number, keys.caption(f"go.{name}").replace("&", "&&"))

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
