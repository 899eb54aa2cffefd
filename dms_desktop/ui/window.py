"""The one window: faults on top, below them the screen at work, and keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dms_desktop.ui import keys, theme
from dms_desktop.ui.keys import Where
from dms_desktop.ui.kit.banner import Banners
from dms_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from dms_desktop.ui.help import Help

NAME = "DMS Desktop"
SIZE = (1240, 760)
FRAME = (4, 32)  # what a window system puts around it


class Window(QMainWindow):
    """`closing` is called once, before the window goes: whatever must reach the disk does so."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app, self._theme, self._large = app, theme.system_theme(), False
        self._closing: Callable[[], object] | None = None
        self._help: Help | None = None
        self._where: Where | None = None
        theme.apply(app, self._theme)
        ground = QWidget()
        ground.setObjectName("ground")
        self.banners, self.pages = Banners(), QStackedWidget()
        rows = QVBoxLayout(ground)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.banners)
        rows.addWidget(self.pages, 1)
        self.banners.setContentsMargins(16, 12, 16, 0)
        self.setCentralWidget(ground)
        self.setWindowTitle(NAME)
        room = self.screen().availableSize() - QSize(*FRAME)
        self.resize(QSize(*SIZE).boundedTo(room))
        self.keys_line = QLabel()
        self.statusBar().addWidget(self.keys_line)
        for name, slot in (
            ("help", self.show_help),
            ("theme", self.change_theme),
            ("large", self.change_size),
        ):
            keys.bind(self, name, slot)

    def show_page(
        self, page: QWidget, title: str = "", where: Where | None = None, hints: Sequence[str] = ()
    ) -> None:
        """Put a screen in the place of the one that was there, which is let go of. The help tells
        the keys of `where`, and the last line those of `hints`, beside what works everywhere."""
        self._where = where
        before = self.pages.currentWidget()
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        if before is not None:
            self.pages.removeWidget(before)
            before.deleteLater()
        self.setWindowTitle(f"{title} — {NAME}" if title else NAME)
        told = [keys.caption(name) for name in ("back", "next", *hints, "help")]
        self.keys_line.setText("  ·  ".join(told))
        page.setFocus()

    def before_closing(self, call: Callable[[], object]) -> None:
        self._closing = call

    def show_help(self) -> None:
        from dms_desktop.ui.help import Help

        if self._help is None:
            self._help = Help(self, self._where)
            self._help.destroyed.connect(self._help_gone)

    def change_theme(self) -> None:
        self.dress(Theme.LIGHT if self._theme is Theme.DARK else Theme.DARK, large=self._large)

    def change_size(self) -> None:
        self.dress(self._theme, large=not self._large)

    def dress(self, new: Theme, *, large: bool) -> None:
        self._theme, self._large = new, large
        theme.apply(self._app, new, large=large)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing:
            call, self._closing = self._closing, None
            call()
        super().closeEvent(event)

    def _help_gone(self) -> None:
        self._help = None
