"""How the program looks and speaks on this PC; every choice is seen at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from dms_desktop.language import catalogue
from dms_desktop.language.catalogue import LANGUAGES, N_, _
from dms_desktop.store.preferences import Preferences
from dms_desktop.ui import keys
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.form_boxes import Box, ChoiceEntry, Entry, Kind, YesEntry
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.settings.pane import Pane
from dms_desktop.ui.theme import Role, Theme, dress

THEMES = {
    "": N_("As the desktop has it"),
    Theme.LIGHT.value: N_("Light"),
    Theme.DARK.value: N_("Dark"),
}
THEME = Box("theme", N_("Light or dark"), Kind.CHOICE, choices=THEMES)
LANGUAGE = Box("language", N_("Language"), Kind.CHOICE, choices=LANGUAGES)
LARGE = Box("large", N_("Large letters"), Kind.YES)


class ThisPcPane(Pane):
    """Nothing is to be saved: a choice is kept as it is made."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(
            floor, N_("This PC"), N_("These are for this PC alone, and are kept at once.")
        )
        window = floor.window
        self.theme, self.language, self.large = (
            ChoiceEntry(THEME), ChoiceEntry(LANGUAGE), YesEntry(LARGE)
        )  # fmt: skip
        card = dress(QFrame(), Role.CARD)
        grid = QGridLayout(card)
        grid.setContentsMargins(14, 12, 14, 14)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[Entry, str, Callable[[], object]], ...] = (
            (self.theme, "theme", lambda: window.wear(theme=self.theme.typed())),
            (self.large, "large", lambda: window.wear(large=self.large.typed())),
            (self.language, "language", lambda: window.speak(self.language.typed())),
        )
        for row, (entry, key, choose) in enumerate(rows):
            entry.changed.connect(choose)
            entry.left.connect(self.focusNextChild)
            entry.setFixedWidth(self.fontMetrics().averageCharWidth() * 36)
            hint = _("{key} changes it from anywhere.").format(key=keys.key_text(key))
            bottom = Qt.AlignmentFlag.AlignBottom
            grid.addWidget(entry, row, 0, bottom)
            grid.addWidget(dress(Label(hint), Role.MUTED), row, 1, bottom)
        self.body.addWidget(card)
        self.body.addWidget(self._place(floor.books))
        self.body.addStretch(1)
        window.chose.connect(self._show)
        self._show(window.preferences)
        self.setFocusProxy(self.theme)

    def _show(self, chosen: Preferences) -> None:
        """Also what was changed by a key."""
        values: Mapping[Entry, object] = {
            self.theme: chosen.theme,
            self.large: chosen.large,
            self.language: catalogue.language(),
        }
        for entry, value in values.items():
            entry.show_value(value)

    def _place(self, books: Path) -> Label:
        place = dress(Label(_("The books lie at {place}").format(place=books)), Role.MUTED)
        place.setWordWrap(True)
        return place
