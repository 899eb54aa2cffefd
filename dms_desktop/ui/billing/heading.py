"""The head of the bill: for whom, from which State, on which day; a walk-in's own particulars."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from dms_desktop.domain.billing import due_day, terms
from dms_desktop.domain.calendar import read_day
from dms_desktop.domain.draft import Draft, WalkIn
from dms_desktop.domain.facts import Facts
from dms_desktop.domain.goods_line import Terms
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language.catalogue import _
from dms_desktop.language.figures import day_text
from dms_desktop.language.sentences import say
from dms_desktop.language.terms import state_name
from dms_desktop.store.search_entries import Found
from dms_desktop.ui import keys
from dms_desktop.ui.billing.entry import HELP
from dms_desktop.ui.billing.walk_in import Particulars
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.kit.field import Field, shown
from dms_desktop.ui.kit.lookup import Lookup, is_scan
from dms_desktop.ui.kit.speaking import tell
from dms_desktop.ui.theme import Role, dress

Change = Callable[[Draft], Draft]
PHONE_DIGITS = 10
CASH = "CASH"


class Heading(QFrame):
    """Says what the clerk wants changed, as a function from the draft to the draft."""

    wanted = Signal(object)  # Change
    help_wanted = Signal()
    settled = Signal()  # the party is chosen: on to the items
    scanned = Signal(str)  # a label of goods was read here

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        dress(self, Role.CARD)
        self._missed = ""  # Enter once more makes a walk-in of it
        self._draft: Draft | None = None
        self._facts: Facts | None = None
        self.day_typed = False  # else the bill bears the day on which its first line is typed
        self._desk = desk
        self.party = Lookup(self._find, self._by_code, _("Party"))
        tell(self.party, "placeholderText", _("Name, phone, code or GSTIN; Enter for CASH"))
        self.party_field = Field(keys.caption("counter.party"), self.party)
        self.gstin, self.place = shown(_("GSTIN")), shown(_("Place of supply"))
        self.due = shown(_("Due"))
        self.day = QLineEdit()
        self.day_field = Field(_("&Date"), self.day)
        self.particulars: Particulars | None = None  # made for the first walk-in
        self._lay_out()
        self.party.textEdited.connect(self._ask_help)
        self.party.chosen.connect(self._choose)
        self.party.missed.connect(self._miss)
        self.party.returnPressed.connect(self._pay_cash)
        self.day.editingFinished.connect(self._take_day)
        self.day.returnPressed.connect(self._leave_day)

    def show_draft(self, draft: Draft, facts: Facts | None) -> None:
        """Show what the draft says; a box that the clerk is typing in is left to him."""
        self._draft, self._facts = draft, facts
        self._show_walk_in(draft.party if isinstance(draft.party, WalkIn) else None)
        if not self.day.hasFocus():
            self.day.setText(day_text(draft.day))
        if facts is not None:
            self._show_facts(draft, facts)

    def speak_again(self) -> None:
        if self._draft and self._facts:
            self._show_facts(self._draft, self._facts)

    def start(self, name: str) -> None:
        """Another bill comes to the counter."""
        self.day_typed = False
        self.accept()
        self.show_party(name)

    def finish(self) -> bool:
        """Whether all that was typed here could be taken; else the cursor is where it could not."""
        if (typed := self.party.text().strip()) and self.party.found is None:
            unfinished = _("“{text}” is not the party of this bill yet. Enter takes it.")
            self.ask_party(unfinished.format(text=typed))
            return False
        self._take_day()
        if self._draft and self.day.text().strip() != day_text(self._draft.day):
            self.day.setFocus()
            return False
        walk_in = self._draft and isinstance(self._draft.party, WalkIn)
        return not (walk_in and self.particulars) or self.particulars.finish()

    def show_party(self, name: str) -> None:
        """Put a name in the party's box without asking anything."""
        self._missed = ""
        self.party_field.accept()
        if not (self.party.found and self.party.found.name == name):
            self.party.show_found(Found(0, "", name) if name else None)

    def ask_party(self, sentence: str = "") -> None:
        self.party.setFocus()
        self.party.selectAll()
        if sentence:
            self.party_field.refuse(sentence)

    def ask_day(self, sentence: str) -> None:
        self.day.setFocus()
        self.day_field.refuse(sentence)

    def ask_details(self, sentence: str) -> None:
        """The law wants to know more of this walk-in."""
        if self.particulars:
            self.particulars.ask(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        self.accept()
        if self._draft:
            self.day.setText(day_text(self._draft.day))
        self.settled.emit()

    def accept(self) -> None:
        """Nothing here is refused any more."""
        self.party_field.accept()
        self.day_field.accept()
        if self.particulars:
            self.particulars.accept()

    def _show_walk_in(self, who: WalkIn | None) -> None:
        self.gstin.setVisible(who is None)
        if who and self.particulars is None:
            self.particulars = Particulars()
            self.particulars.wanted.connect(self._know_walk_in)
            self.particulars.settled.connect(self.settled)
            self._rows.addWidget(self.particulars)
        if self.particulars:
            self.particulars.setVisible(who is not None)
            if who:
                self.particulars.show_who(who)

    def _show_facts(self, draft: Draft, facts: Facts) -> None:
        party = facts.party
        self.gstin.box.setText(party.gstin or ("" if draft.party is None else _("Unregistered")))
        if draft.party is None:
            self.place.box.clear()
            self.due.box.clear()
            return
        if not self.party.hasFocus():
            self.show_party(party.name)
        place = party.state or facts.seller.state
        if not party.state and not party.walk_in and not self.party_field.flaw:
            stateless = _("{name} has no State and is billed as in {state}. Set it in the party.")
            self.party_field.refuse(stateless.format(name=party.name, state=state_name(place)))
        self.place.box.setText(state_name(place))
        if terms(draft, facts) is Terms.CASH:
            self.due.box.setText(_("Cash"))
        else:
            due = due_day(draft, facts)
            days = (due - draft.day).days
            said = _("{day} ({days} days)") if days else "{day}"
            self.due.box.setText(said.format(day=day_text(due), days=days))

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(14)
        boxes = ((self.party_field, 8), (self.gstin, 4), (self.place, 4), (self.day_field, 3))
        for field, stretch in (*boxes, (self.due, 4)):
            first.addWidget(field, stretch)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(14, 10, 14, 12)
        self._rows.setSpacing(8)
        self._rows.addLayout(first)

    def _find(self, text: str) -> Sequence[Found]:
        """Whoever pays cash is found by that word too, behind a party that is called so."""
        return (*self._desk.parties.find(text), *_cash(text, whole=False))

    def _by_code(self, text: str) -> Sequence[Found]:
        return (*self._desk.parties.by_code(text), *_cash(text, whole=True))

    def _choose(self, found: Found) -> None:
        self._missed = ""
        self.party_field.accept()
        if found.code == CASH and not found.id:
            self._walk_in(WalkIn())
            return
        if found.id:  # else it is the name that stands there already
            self.wanted.emit(lambda draft: replace(draft, party=found.id))
        self.settled.emit()

    def _ask_help(self, text: str) -> None:
        if text.strip() == HELP:
            self.party.clear()
            self.help_wanted.emit()

    def _pay_cash(self) -> None:
        """Enter in an empty box: whoever pays cash needs no name."""
        if not self.party.text().strip():
            self._walk_in(WalkIn())

    def _miss(self, text: str) -> None:
        """Nobody is called that: a second Enter says that he is a customer without a master."""
        if is_scan(text) and self._desk.items.by_code(text):
            self.party.show_found(None)
            self.scanned.emit(text)
            return
        if text != self._missed:
            self._missed = text
            known = _("No party is “{text}”. Enter again bills a walk-in of that name.")
            self.party_field.refuse(known.format(text=text))
            self.party.say_below(known.format(text=text))
            return
        phone = phone_in(text)
        self._walk_in(WalkIn(phone=phone) if phone else WalkIn(name=text))

    def _walk_in(self, who: WalkIn) -> None:
        self._know_walk_in(who)
        self.settled.emit()

    def _know_walk_in(self, who: WalkIn) -> None:
        self.show_party(who.name)
        self.wanted.emit(lambda draft: replace(draft, party=who))

    def _take_day(self) -> None:
        text, draft = self.day.text(), self._draft
        if draft is None or text == day_text(draft.day):
            return
        day = _day(text)
        if day is None:
            self.day_field.refuse(say(Problem(Reason.BAD_DAY, facts={"value": text.strip()})))
            return
        self.day_field.accept()
        self.day_typed = True
        self.day.setText(day_text(day))
        self.wanted.emit(lambda draft: replace(draft, day=day))

    def _leave_day(self) -> None:
        if _day(self.day.text()):
            self.settled.emit()


def phone_in(text: str) -> str:
    """The figures of a phone number, or nothing where this is a name or the like."""
    digits = "".join(filter(str.isdigit, text))
    return digits if len(digits) == PHONE_DIGITS and not any(map(str.isalpha, text)) else ""


def _cash(text: str, *, whole: bool) -> Iterator[Found]:
    """The walk-in, where `cash` or its beginning was typed."""
    typed = text.strip().upper()
    if typed == CASH if whole else len(typed) > 1 and CASH.startswith(typed):
        yield Found(0, CASH, _("Walk-in, pays at once"))


def _day(text: str) -> date | None:
    try:
        return read_day(text)
    except ValueError:
        return None
