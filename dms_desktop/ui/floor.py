"""The screens of the open books: which there are, who may see them, each made when first wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from dms_desktop.domain.powers import Power
from dms_desktop.ui import keys
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.keys import Where
from dms_desktop.ui.kit.banner import Banners

if TYPE_CHECKING:
    from dms_desktop.domain.draft import Draft
    from dms_desktop.ui.window import Window


class Screen(NamedTuple):
    """`name` is that of its action without the "go."; `hints` are actions told in the last line.

    The widget that `make` gives may have an `arrive()`, called each time it comes to the front. One
    that `stays` is kept while somebody is here who may not see it: a bill lies half typed on it.
    """

    name: str
    power: Power
    where: Where
    make: Callable[[Floor], QWidget]
    hints: Sequence[str] = ()
    stays: bool = False


class Floor(QObject):
    """What a screen is handed: the desk, the faults' place, where papers go, and the way to others.

    `books` is the file; `new_draft` opens a bill of today.
    """

    def __init__(
        self, window: Window, desk: Desk, books: Path, company: str, new_draft: Callable[[], Draft]
    ) -> None:
        super().__init__(window)
        self.window, self.desk, self.books, self.company = window, desk, books, company
        self.new_draft = new_draft
        self._screens: dict[str, Screen] = {}
        self._made: dict[str, QWidget] = {}
        desk.entered.connect(self._entered)

    @property
    def banners(self) -> Banners:
        return self.window.banners

    @property
    def folder(self) -> Path:
        """Where the papers of bills go."""
        return self.books.parent / "bills"

    def admit(self, screen: Screen) -> None:
        """One more screen, after those that are there."""
        self._screens[screen.name] = screen
        keys.bind(self.window, f"go.{screen.name}", lambda: self.go(screen.name))

    def go_first(self) -> Any:
        """Bring the first screen to the front that this user may see."""
        for name, screen in self._screens.items():
            if self.desk.actor.may(screen.power):
                return self.go(name)
        return None

    def show_tabs(self) -> None:
        """The way to every screen that this user may see, on top of the window."""
        may = [s.name for s in self._screens.values() if self.desk.actor.may(s.power)]
        self.window.tabs.offer(may, self.go)
        self.window.tabs.point_at(self.window.at)

    def go(self, name: str) -> Any:
        """Bring a screen to the front and hand it back; None where this user may not see it."""
        screen = self._screens[name]
        if not self.desk.actor.may(screen.power) or self.window.covered:
            return None
        page = self._made.get(name)
        if page is None:
            page = self._made[name] = screen.make(self)
        self.window.show_page(page, self.company, screen.where, screen.hints, name)
        if arrive := getattr(page, "arrive", None):
            arrive()
        return page

    def _entered(self) -> None:
        """Somebody else is here: what he may not see goes, and the first screen comes."""
        hidden = {n for n, each in self._screens.items() if not self.desk.actor.may(each.power)}
        for name in hidden & self._made.keys():
            if not self._screens[name].stays:
                self.window.let_go(self._made.pop(name))
        if self.window.at in hidden:
            self.go_first()
        self.show_tabs()
