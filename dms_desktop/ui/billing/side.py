"""Beside the totals: what the party owes and may owe, and what the screen has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from dms_desktop.domain.facts import Facts
from dms_desktop.domain.money import ZERO
from dms_desktop.domain.states import state
from dms_desktop.language.catalogue import _, joined, ngettext
from dms_desktop.language.figures import day_text
from dms_desktop.ui.billing import verbs
from dms_desktop.ui.billing.cells import with_sign
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress

if TYPE_CHECKING:
    from dms_desktop.services.party_card import PartyCard


class Side(QFrame):
    """Asks anew whenever the party is another one, or a bill or receipt of its own was saved."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        dress(self, Role.CARD)
        self._desk = desk
        self._party = 0
        self._facts: Facts | None = None
        self._card: PartyCard | None = None
        self._role: Role | None = None  # of the message
        self.name = Label()
        self.terms, self.dues = dress(Label(), Role.MUTED), Label()
        self.item, self.message = dress(Label(), Role.MUTED), Label()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 10, 14, 10)
        rows.setSpacing(4)
        for label in (self.name, self.terms, self.dues, self.item, self.message):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            rows.addWidget(label)
        rows.addStretch()
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        desk.changed.connect(self._changed)

    def show_party(self, facts: Facts | None) -> None:
        party = facts.party.id if facts else 0
        self._facts = facts
        if party != self._party:
            self._party, self._card = party, None
            self._read()
        self._show()

    def say(self, sentence: str, role: Role = Role.MUTED) -> None:
        """One thing at a time; nothing clears it."""
        if sentence and role is not self._role:
            self._role = role
            dress(self.message, role)
        self.message.setText(sentence)

    def _changed(self, touched: dict[str, frozenset[int]]) -> None:
        if self._party and self._party in touched.get("party", ()):
            self._read()

    def _read(self) -> None:
        if self._party:
            asked = self._party
            self._desk.ask(
                verbs.party_card,
                asked,
                done=lambda card: self._know(asked, card),
                undone=lambda error: None,  # the bill does not hang on it, and the next one asks
            )

    def _know(self, asked: int, card: PartyCard) -> None:
        if asked == self._party:
            self._card = card
            self._show()

    def _show(self) -> None:
        facts, card = self._facts, self._card
        if facts is None or not facts.party.name:
            for label in (self.name, self.terms, self.dues):
                label.setText("")
            return
        party = facts.party
        self.name.setText(" · ".join(filter(None, (party.name, party.city, party.phone))))
        where = state(party.state).name if party.state else ""
        parts = [where, party.gstin]
        if card:
            parts += [card.beat, card.salesman]
        self.terms.setText("   ·   ".join(filter(None, parts)))
        self.dues.setText(_dues(card) if card else "")


def _dues(card: PartyCard) -> str:
    """`Owes ₹ 1,84,250.00 of a limit of ₹ 2,50,000.00 · 3 bills unpaid, the first due ...`."""
    if card.balance < ZERO:
        said = _("Has {amount} with us").format(amount=with_sign(-card.balance))
    elif card.limit is not None and card.limit:
        said = _("Owes {amount} of a limit of {limit}").format(
            amount=with_sign(card.balance), limit=with_sign(card.limit)
        )
    else:
        said = _("Owes {amount}").format(amount=with_sign(card.balance))
    if card.unpaid and card.due_since:
        unpaid = ngettext("{count} bill unpaid", "{count} bills unpaid", card.unpaid)
        first = _("the first due {day}").format(day=day_text(card.due_since))
        said = joined("   ·   ", (said, joined(", ", (unpaid.format(count=card.unpaid), first))))
    return said
