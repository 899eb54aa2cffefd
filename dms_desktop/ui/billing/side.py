"""Beside the totals, in three columns: the party, what it buys, and the item at hand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from dms_desktop.domain.facts import Facts as Known
from dms_desktop.domain.verdict import Verdict
from dms_desktop.language.catalogue import _
from dms_desktop.ui.billing.beside import Beside
from dms_desktop.ui.billing.beside_texts import ROWS, AtHand, of_habits, of_item, of_party
from dms_desktop.ui.kit.facts import Facts
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress

WIDTHS = (5, 6, 6)


class Side(QFrame):
    """Shows what is known; `message` is the sentence that the screen has to say, above it all."""

    def __init__(self) -> None:
        super().__init__()
        dress(self, Role.CARD)
        self.party = Facts(_("The party"), ROWS)
        self.habits = Facts(_("Its last bills and usual items"), ROWS)
        self.item = Facts(_("The item"), ROWS)
        self.message = Label()
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.hide()
        self._role: Role | None = None  # of the message
        columns = QHBoxLayout(self)
        columns.setContentsMargins(14, 8, 14, 8)
        columns.setSpacing(28)
        for facts, wide in zip((self.party, self.habits, self.item), WIDTHS, strict=True):
            columns.addWidget(facts, wide)

    def show_known(
        self, known: Known | None, beside: Beside, verdict: Verdict, hand: AtHand | None
    ) -> None:
        self.party.show_facts([*of_party(known, beside.party, verdict)])
        self.habits.show_facts([*of_habits(beside.party)])
        self.item.show_facts([*of_item(hand, beside.item)])

    def say(self, sentence: str, role: Role = Role.MUTED) -> None:
        """One thing at a time; nothing clears it."""
        if sentence and role is not self._role:
            self._role = role
            dress(self.message, role)
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
