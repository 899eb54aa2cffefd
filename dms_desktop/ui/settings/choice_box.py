"""A list of a few words for an option, read and set like the boxes that are typed into."""

from __future__ import annotations

from collections.abc import Mapping

from dms_desktop.language.catalogue import _
from dms_desktop.ui.kit.form_boxes import Combo


class ChoiceBox(Combo):
    """`choices` are the words on disk with the names that people give them."""

    def __init__(self, choices: Mapping[str, str]) -> None:
        super().__init__()
        self._choices = choices
        self.speak_again()

    def text(self) -> str:
        """The word of the choice; nothing before one was set."""
        return str(self.currentData() or "")

    def setText(self, word: str) -> None:
        self.setCurrentIndex(self.findData(word))

    def speak_again(self) -> None:
        word = self.text()
        self.clear()
        for each, name in self._choices.items():
            self.addItem(_(name), each)
        self.setText(word)
