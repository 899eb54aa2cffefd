"""The one window: faults on top, below them the screen at work, and keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dms_desktop.language import catalogue
from dms_desktop.language.catalogue import joined
from dms_desktop.store.preferences import NONE_CHOSEN, Preferences
from dms_desktop.ui import keys, theme
from dms_desktop.ui.keys import Where
from dms_desktop.ui.kit.banner import Banners
from dms_desktop.ui.kit.speaking import Label, speak_again
from dms_desktop.ui.kit.tabs import Tabs
from dms_desktop.ui.theme import Theme
from dms_desktop.ui.theme import wanted as theme_wanted

if TYPE_CHECKING:
    from dms_desktop.ui.help import Help

NAME = "DMS Desktop"
SIZE = (1240, 760)
# Where the page of the help does not have the screen's name.
PAGES: Mapping[Where | None, str] = {Where.START: "first-start", Where.LOG_IN: "log-in"}
FRAME = (4, 32)  # what a window system puts around it


class Window(QMainWindow):
    """`closing` is called once, before the window goes: whatever must reach the disk does so."""

    chose = Signal(object)  # Preferences: the user wants them so from now on

    def __init__(self, app: QApplication, preferences: Preferences = NONE_CHOSEN) -> None:
        super().__init__()
        self._app, self.preferences = app, preferences
        self._theme, self._large = theme.wanted(preferences.theme), preferences.large
        self._closing: Callable[[], object] | None = None
        self._help: Help | None = None
        self._where: Where | None = None
        self._left: dict[QWidget, QWidget] = {}  # where the cursor was in a page
        theme.apply(app, self._theme, large=self._large)
        ground = QWidget()
        ground.setObjectName("ground")
        self.tabs, self.banners, self.pages = Tabs(), Banners(), QStackedWidget()
        self._faults = QWidget()  # holds the banners
        self.at = ""  # the name of the screen in front
        self._under: tuple[QWidget, Sequence[str], Where | None] | None = None
        self._hints: Sequence[str] = ()
        rows = QVBoxLayout(ground)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.tabs)
        rows.addWidget(self._faults)
        rows.addWidget(self.pages, 1)
        holder = QVBoxLayout(self._faults)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self.banners)
        self.banners.setContentsMargins(16, 12, 16, 0)
        self.setCentralWidget(ground)
        self.setWindowTitle(NAME)
        room = self.screen().availableSize() - QSize(*FRAME)
        self.resize(QSize(*SIZE).boundedTo(room))
        self.keys_line = Label()
        self.statusBar().addWidget(self.keys_line)
        for name, slot in (
            ("help", self.show_help),
            ("theme", self.change_theme),
            ("large", self.change_size),
            ("language", self.change_language),
        ):
            keys.bind(self, name, slot)

    @property
    def covered(self) -> bool:
        """A page lies over the screens, which nobody may see."""
        return self._under is not None

    def show_page(
        self,
        page: QWidget,
        title: str = "",
        where: Where | None = None,
        hints: Sequence[str] = (),
        name: str = "",
    ) -> None:
        """Bring a page to the front; the others stay as they are. The help tells the keys of
        `where`, and the last line those of `hints`, beside what works everywhere."""
        if page is not self.pages.currentWidget():
            self._focus_left(self.pages.currentWidget())
        self._where, self._hints, self.at = where, hints, name
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self.setWindowTitle(f"{title} — {NAME}" if title else NAME)
        own = {keys.key_text(name) for name in hints}  # what a key does here it does not elsewhere
        usual = (name for name in ("back", "next") if keys.key_text(name) not in own)
        self._tell_keys(*usual, *hints, "help")
        self.tabs.point_at(name)
        (self._left.pop(page, None) or page).setFocus()

    def let_go(self, page: QWidget) -> None:
        """This page is not wanted any more."""
        self._left.pop(page, None)
        self.pages.removeWidget(page)
        page.deleteLater()

    def cover(self, page: QWidget, where: Where) -> None:
        """Lay a page over everything, until `uncover`."""
        front = self.pages.currentWidget()
        if self._under is None and front is not None:
            self._focus_left(front)
            self._under = front, self._hints, self._where
        self._where = where
        self._clear_top()
        self._faults.hide()
        self.tabs.setEnabled(False)
        self.tabs.hide()  # it says who stood here
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self._tell_keys("help")
        page.setFocus()

    def uncover(self) -> None:
        """The page that lay on top goes, and what was in front comes back as it was."""
        if self._under is None:
            return
        (under, hints, where), self._under = self._under, None
        if page := self.pages.currentWidget():
            self.let_go(page)
        self._faults.show()
        self.tabs.setEnabled(True)
        self.tabs.show()
        title = self.windowTitle().removesuffix(f" — {NAME}").removesuffix(NAME)
        self.show_page(under, title, where, hints, self.at)

    def _clear_top(self) -> None:
        """What lies over the pages tells of the books too, and would lie over this one."""
        from PySide6.QtWidgets import QDialog

        from dms_desktop.ui.kit.choice import Choice
        from dms_desktop.ui.kit.hit_list import HitList

        if self._help is not None:
            self._help.close_sheet()
        while (popup := self._app.activePopupWidget()) is not None:
            popup.close()
        for each in self.findChildren(HitList):
            if isinstance(each, Choice):
                each.drop()
            each.hide()
        for dialog in self.findChildren(QDialog):
            dialog.reject()

    def _focus_left(self, page: QWidget | None) -> None:
        """Where the cursor was, for when the page comes back."""
        focus: QWidget | None = self.focusWidget()
        if page is not None and focus is not None and page.isAncestorOf(focus):
            self._left[page] = focus

    def before_closing(self, call: Callable[[], object]) -> None:
        self._closing = call

    def show_help(self) -> None:
        from dms_desktop.ui.help import Help

        if self._help is None:
            self._help = Help(self, self._where, PAGES.get(self._where) or self.at)
            self._help.destroyed.connect(self._help_gone)

    def change_theme(self) -> None:
        self.dress(Theme.LIGHT if self._theme is Theme.DARK else Theme.DARK, large=self._large)
        self.choose(theme=self._theme.value)

    def change_size(self) -> None:
        self.dress(self._theme, large=not self._large)
        self.choose(large=self._large)

    def change_language(self) -> None:
        """The next language; every screen speaks it at once, and keeps what was typed."""
        self.speak(catalogue.following(catalogue.language()))

    def wear(self, *, theme: str | None = None, large: bool | None = None) -> None:
        """What is chosen by name: "light", "dark", or "" as the desktop has it."""
        chosen = self.preferences.theme if theme is None else theme
        large = self._large if large is None else large
        self.dress(theme_wanted(chosen), large=large)
        self.choose(theme=chosen, large=large)

    def speak(self, language: str) -> None:
        """Every screen at once, and kept so."""
        catalogue.use(language)
        speak_again(self)
        self.choose(language=catalogue.language())

    def dress(self, new: Theme, *, large: bool) -> None:
        self._theme, self._large = new, large
        theme.apply(self._app, new, large=large)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing:
            call, self._closing = self._closing, None
            call()
        super().closeEvent(event)

    def choose(self, **chosen: Any) -> None:
        """Keep these of the preferences, on this PC."""
        self.preferences = replace(self.preferences, **chosen)
        self.chose.emit(self.preferences)

    def _tell_keys(self, *names: str) -> None:
        self.keys_line.setText(joined("  ·  ", map(keys.caption, names)))

    def _help_gone(self) -> None:
        self._help = None
