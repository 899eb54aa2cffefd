"""The settings: their pages by name at the left, the one in front at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from dms_desktop.domain.powers import Actor, Power
from dms_desktop.language.catalogue import N_, _
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.side_list import SideList, SideScreen


@dataclass(frozen=True, slots=True)
class Section:
    """A page, who may see it, and how it is made when it is first looked at."""

    title: str
    power: Power
    make: Callable[[Floor], QWidget]


class Sections(SideList):
    """The names of the pages that this user may see."""

    def offer(self, titles: list[str]) -> None:
        self.clear()
        self.addItems([_(title) for title in titles])
        self.fit()

    def speak(self, titles: list[str]) -> None:
        """The same names in the language of now."""
        for at, title in enumerate(titles):
            self.item(at).setText(_(title))
        self.fit()


class SettingsScreen(SideScreen):
    """A page stays as it was left, until somebody else stands here."""

    def __init__(self, floor: Floor) -> None:
        names = Sections(_("Pages of the settings"))
        super().__init__(names, "settings.pages")
        self.floor, self.names = floor, names
        self._who: Actor | None = None
        self._sections: list[Section] = []
        self._pages: dict[str, QWidget] = {}
        self.names.currentRowChanged.connect(self._show)
        self.names.into.connect(self._go_into)
        floor.desk.entered.connect(self._look_who)
        self._look_who()

    @property
    def page(self) -> QWidget:
        """The one in front."""
        page = self.stack.currentWidget()
        assert page is not None
        return page

    def arrive(self) -> None:
        """It came to the front."""
        _arrive(self.page)

    def show_section(self, title: str) -> QWidget:
        """Bring a page to the front by its English name."""
        self.names.setCurrentRow([each.title for each in self._sections].index(title))
        return self.page

    def speak_again(self) -> None:
        self.names.speak([each.title for each in self._sections])

    def _look_who(self) -> None:
        """The pages of who stands here; what another had typed in them is gone."""
        if self._who == self.floor.desk.actor:
            return
        self._who = self.floor.desk.actor
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages = {}
        self._sections = [each for each in SECTIONS if self.floor.desk.actor.may(each.power)]
        self.names.blockSignals(True)
        self.names.offer([each.title for each in self._sections])
        self.names.setCurrentRow(0)
        self.names.blockSignals(False)
        self._show(0)

    def _go_into(self) -> None:
        begin = getattr(self.page, "begin", self.page.setFocus)
        begin()

    def _show(self, row: int) -> None:
        section = self._sections[row]
        page = self._pages.get(section.title)
        if page is None:
            page = self._pages[section.title] = section.make(self.floor)
            for signal in ("left", "closed"):
                if hasattr(page, signal):
                    getattr(page, signal).connect(self.names.setFocus)
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        if self.isVisible():
            _arrive(page)


def _arrive(page: QWidget) -> None:
    if arrive := getattr(page, "arrive", None):
        arrive()


def _company(floor: Floor) -> QWidget:
    from dms_desktop.ui.settings.company import CompanyPane

    return CompanyPane(floor)


def _printers(floor: Floor) -> QWidget:
    from dms_desktop.ui.settings.printers import PrintersPane

    return PrintersPane(floor)


def _options(floor: Floor) -> QWidget:
    from dms_desktop.ui.settings.options import OptionsPane

    return OptionsPane(floor)


def _this_pc(floor: Floor) -> QWidget:
    from dms_desktop.ui.settings.this_pc import ThisPcPane

    return ThisPcPane(floor)


def _pins(floor: Floor) -> QWidget:
    from dms_desktop.ui.people.pins import PinsPane

    return PinsPane(floor)


SECTIONS = (
    Section(N_("This PC"), Power.LOG_IN, _this_pc),
    Section(N_("PIN"), Power.LOG_IN, _pins),
    Section(N_("Company"), Power.SETTINGS, _company),
    Section(N_("Printers"), Power.SETTINGS, _printers),
    Section(N_("Rules of the house"), Power.SETTINGS, _options),
)
