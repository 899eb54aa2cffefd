"""The counter. Party, item, quantity, Enter; F10 saves and the next customer steps up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dms_desktop.domain.billing import terms
from dms_desktop.domain.documents import Terms
from dms_desktop.domain.draft import MOST_LINES, Ask, Draft, WalkIn
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language.catalogue import _, joined
from dms_desktop.language.sentences import say
from dms_desktop.ui import keys, messages
from dms_desktop.ui.billing import verbs
from dms_desktop.ui.billing.cells import with_sign
from dms_desktop.ui.billing.entry import Entry
from dms_desktop.ui.billing.face import Face
from dms_desktop.ui.billing.grid import Lines
from dms_desktop.ui.billing.heading import Change, Heading
from dms_desktop.ui.billing.keeping import Keeping
from dms_desktop.ui.billing.knowledge import Knowledge
from dms_desktop.ui.billing.model import BillModel
from dms_desktop.ui.billing.papers import Papers
from dms_desktop.ui.billing.places import ANOTHER, DAY, DETAILS, PARTY, SHORT, allowable
from dms_desktop.ui.billing.saving import Held, Saving
from dms_desktop.ui.billing.side import Side
from dms_desktop.ui.billing.texts import DISCOUNT, QTY, RATE
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.kit.banner import Banners
from dms_desktop.ui.theme import Role, dress

if TYPE_CHECKING:
    from dms_desktop.services.billing import Saved


class BillingScreen(QWidget):
    """`new_draft` opens a bill of today; papers go into `folder`, faults above `banners`."""

    help_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        new_draft: Callable[[], Draft],
        folder: Path,
        banners: Banners,
    ) -> None:
        super().__init__()
        self.desk, self._new_draft, self._banners = desk, new_draft, banners
        self._last: Saved | None = None
        self._clearing = False  # the key was pressed once
        self._stops: tuple[Problem, ...] = ()  # why this bill was refused last
        self._back_to_entry = False
        self.knowledge = Knowledge(desk, self)
        self.model = BillModel(new_draft(), self.knowledge, self)
        self.keeping = Keeping(desk, self)
        self.saving = Saving(desk, self.keeping, self)
        self.papers = Papers(desk, folder, self)
        self.heading = Heading(desk)
        self.entry = Entry(desk, self.knowledge, self._terrain)
        self.lines = Lines(self.model)
        self.side = Side(desk)
        self.face = Face(self.heading, self.entry, self.lines, self.side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.face)
        self._add_buttons()
        self._bind()
        self._count()
        self._show()
        self.setFocusProxy(self.heading.party)

    def start(self) -> None:
        """Bring back what was being typed when the program last ended, however it ended."""
        self.desk.ask(
            verbs.kept,
            done=self._recover,
            undone=lambda error: self._tell_fault("drafts", error, self.start),
        )
        self.papers.start()

    def save(self) -> None:
        """Hand the bill over and clear the counter. What cannot be saved is said at its place."""
        if not self.entry.finish() or not self.heading.finish():
            return
        if not self.model.draft.asks:
            self.entry.refuse(say(Problem(Reason.NO_LINES)))
            return
        uid = self.model.draft.id
        self.knowledge.when_ready(lambda: self._save(uid))

    def hold(self) -> None:
        """Put the bill aside for another customer."""
        if self.model.draft.asks:
            self.saving.hold(Held(self.model.draft, self._name()))
            self._open(self._new_draft())

    def take_back(self) -> None:
        """The bill that waited longest comes to the counter; one that is there waits instead."""
        if not self.saving.held and not self.saving.stuck:
            self.side.say(_("No bill is held."))
            return
        self.hold()
        if held := self.saving.take():
            self._banners.over(_fault_of(held.draft))
            self._open(held.draft, held.name, held.problems)

    def reprint(self) -> None:
        if self._last:
            self.papers.print(self._last.posted.id)
        else:
            self.side.say(_("No bill was saved since the program started."))

    def remove_line(self) -> None:
        number = self.lines.current_number()
        if number is not None:
            self.model.remove(number)
            self.lines.show_row(min(number, len(self.model.draft.asks) - 1))

    def clear(self) -> None:
        """Throw the bill away, at the second press."""
        if not self._clearing and self.model.draft.asks:
            self._clearing = True
            again = _("Press {key} once more to throw this bill away.")
            self.side.say(again.format(key=keys.key_text("counter.clear")), Role.WARNING)
            return
        self.keeping.typed(replace(self.model.draft, asks=()))
        self._open(self._new_draft())

    def change_terms(self) -> None:
        draft, facts = self.model.draft, self.knowledge.facts
        if facts is None or draft.party is None:
            return
        if isinstance(draft.party, WalkIn):
            self.side.say(_("A walk-in pays cash. Choose a party for credit."))
            return
        cash = terms(draft, facts) is Terms.CASH
        self._want(lambda old: replace(old, terms=Terms.CREDIT if cash else Terms.CASH))

    def edit_line(self, column: int) -> None:
        """Open a figure of the line the cursor is on; the cursor comes back afterwards."""
        number = self.lines.current_number()
        if number is not None:
            self._back_to_entry = not self.lines.hasFocus()
            self.lines.edit_row(number, column)

    def answer_mrp(self, *, other_too: bool) -> None:
        """The shelf has too few at one MRP: only those, or pieces of the next MRP as well."""
        number = self._short_row(ANOTHER if other_too else SHORT)
        if number is None:
            return
        ask = self.model.draft.asks[number]
        if other_too:
            changed = replace(ask, any_mrp=True)
        else:
            have = sum(line.pieces for line in self.model.priced.lines if line.ask == number)
            if not have:
                return
            billed = min(ask.qty, have)
            changed = replace(ask, qty=billed, free=min(ask.free, have - billed))
        self.model.edit(number, changed)
        self.entry.item.setFocus()

    def allow(self) -> None:
        """What stands against the bill and this user has the power to allow, stands no more."""
        if mine := self._allowable():
            self._want(lambda draft: replace(draft, allowed=draft.allowed | mine))
            self._stops = ()
            allowed = _("Allowed, and written down. {save}.")
            self.side.say(allowed.format(save=keys.caption("counter.save")), Role.WARNING)
        else:
            self.side.say(_("Nothing stands against this bill that you may allow."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no box wanted: Esc goes back to the item box, Up from there into the lines."""
        if event.key() == Qt.Key.Key_Escape:
            self.entry.item.setFocus()
        elif event.key() == Qt.Key.Key_Up and self.model.draft.asks:
            self.lines.show_row(len(self.model.draft.asks) - 1)
            self.lines.setFocus()
        else:
            super().keyPressEvent(event)

    def _save(self, uid: UUID) -> None:
        draft, priced = self.model.draft, self.model.priced
        if draft.id != uid:
            return  # put aside while its last item was being read
        if priced.problems:
            self._point_at(priced.problems)
            return
        self.face.status.setText(_("Saving…"))
        self.saving.save(draft, self._name(), priced.totals.total)
        self._open(self._new_draft())

    def _open(self, draft: Draft, name: str = "", problems: tuple[Problem, ...] = ()) -> None:
        """Another bill comes to the counter."""
        self._clearing, self._stops = False, ()
        self.side.say("")
        self.heading.start(name)
        self.model.replace(draft)
        self.entry.start()
        if draft.party is None:
            self.heading.party.setFocus()
        if draft.asks:
            self.lines.show_row(len(draft.asks) - 1)
        if problems:
            self._point_at(problems)

    def _recover(self, kept: tuple[Draft, ...]) -> None:
        mine = [draft for draft in kept if draft.asks and draft.id != self.model.draft.id]
        for draft in mine:
            self.keeping.found(draft)
            self.saving.held.append(Held(draft, ""))
        if mine and self._is_blank():
            last = self.saving.held.pop()
            self._open(last.draft)
            self.side.say(_("This bill was being typed when the program ended."))
        self._count()

    def _want(self, change: Change) -> None:
        self.model.replace(change(self.model.draft))

    def _add(self, ask: Ask) -> None:
        draft = self.model.draft
        if len(draft.asks) >= MOST_LINES:
            facts = {"most": MOST_LINES, "lines": len(draft.asks) + 1}
            self.entry.refuse(say(Problem(Reason.TOO_MANY_LINES, facts=facts)))
            return
        if not draft.asks and not self.heading.day_typed:
            draft = replace(draft, day=self._new_draft().day)  # it may be past midnight by now
        self.model.replace(draft.plus(ask))
        self.lines.show_row(len(draft.asks))

    def _scan(self, item_id: int, units: int) -> None:
        """The same pack again is one more on its line, unless that line says something special."""
        asks = self.model.draft.asks
        for number in reversed(range(len(asks))):
            ask = asks[number]
            if ask == Ask(item_id, ask.qty, any_mrp=ask.any_mrp):
                self.model.edit(number, replace(ask, qty=ask.qty + units))
                self.lines.show_row(number)
                return
        self._add(Ask(item_id, units))

    def _short_row(self, reasons: set[Reason]) -> int | None:
        """The row that the key answers: the current one, else the last that asks."""
        problems = self.model.priced.problems
        rows = [problem.row for problem in problems if problem.reason in reasons]
        current = self.lines.current_number()
        return current if current in rows else (rows[-1] if rows else None)

    def _allowable(self) -> frozenset[Reason]:
        return allowable(self.desk.actor, (*self.model.priced.problems, *self._stops))

    def _point_at(self, problems: tuple[Problem, ...]) -> None:
        """Put the cursor where the first of them can be mended; the sentence is said there."""
        first, self._stops = problems[0], problems
        answers = keys.caption("counter.allow") if self._allowable() else ""
        said = (messages.of_problems(problems), answers)
        self.side.say(joined("   ", said), Role.FAULT)
        if first.row is not None:
            self.lines.show_row(first.row)
        elif first.reason in PARTY:
            self.heading.ask_party(say(first))
        elif first.reason in DAY:
            self.heading.ask_day(say(first))
        elif first.reason in DETAILS:
            self.heading.ask_details(say(first))

    def _saved(self, saved: Saved) -> None:
        self._last = saved
        posted = saved.posted
        done = _("{number}  ·  {total}  saved")
        self.face.status.setText(done.format(number=posted.number, total=with_sign(posted.total)))
        self.papers.print(posted.id, saved=True)

    def _refused(self, held: Held) -> None:
        """It comes back to an empty counter, and never over the next customer's bill."""
        self.face.status.setText("")
        if self._is_blank() and (back := self.saving.take_refused()):
            self._open(back.draft, back.name, back.problems)
            return
        why = messages.of_problems(held.problems)
        refused = _("The bill of {name} was refused: {why} {key} brings it back.")
        key = keys.key_text("counter.take_back")
        self.side.say(refused.format(name=held.name, why=why, key=key), Role.FAULT)

    def _not_saved(self, held: Held, error: BaseException, again: Callable[[], object]) -> None:
        self.face.status.setText("")
        lost = _("The bill of {name} is not saved yet. {why}")
        sentence = lost.format(name=held.name, why=messages.of_error(error))
        self._banners.tell(_fault_of(held.draft), sentence, again)

    def _tell_fault(self, fault: str, error: BaseException, again: Callable[[], object]) -> None:
        self._banners.tell(fault, messages.of_error(error), again)

    def _is_blank(self) -> bool:
        """Nobody has typed anything for the next customer."""
        typed = self.heading.party.text() or self.entry.item.text()
        return not self.model.draft.asks and self.model.draft.party is None and not typed

    def _name(self) -> str:
        return self.knowledge.facts.party.name if self.knowledge.facts else ""

    def _terrain(self) -> tuple[date, int]:
        facts = self.knowledge.facts
        return self.model.draft.day, facts.party.min_life_days if facts else 0

    def _show(self) -> None:
        """After each pricing: whatever hangs on the draft."""
        draft, facts = self.model.draft, self.knowledge.facts
        self.keeping.typed(draft)
        self.heading.show_draft(draft, facts)
        self.side.show_party(facts)
        self.face.totals.show_priced(self.model.priced)
        cash = facts is not None and terms(draft, facts) is Terms.CASH
        self.face.show_terms(cash=cash, known=draft.party is not None)

    def _count(self) -> None:
        self.face.show_held(self.saving.held)

    def _add_buttons(self) -> None:
        edit = self.edit_line
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("counter.quantity", lambda: edit(QTY)),
            ("counter.terms", self.change_terms),
            ("counter.rate", lambda: edit(RATE)),
            ("counter.discount", lambda: edit(DISCOUNT)),
            ("counter.hold", self.hold),
            ("counter.take_back", self.take_back),
            ("counter.remove", self.remove_line),
        )
        row = self.face.buttons
        for name, slot in actions:
            row.addWidget(keys.button(self, name, slot))
        row.addStretch()
        row.addWidget(dress(keys.button(self, "counter.save", self.save), Role.PRIMARY))

    def _bind(self) -> None:
        for name, slot in (
            ("counter.party", self.heading.ask_party),
            ("counter.item", self.entry.item.setFocus),
            ("counter.keep_short", lambda: self.answer_mrp(other_too=False)),
            ("counter.other_mrp", lambda: self.answer_mrp(other_too=True)),
            ("counter.allow", self.allow),
            ("counter.reprint", self.reprint),
            ("counter.clear", self.clear),
        ):
            keys.bind(self, name, slot)
        self.model.priced_again.connect(self._show)
        self.heading.wanted.connect(self._want)
        self.heading.settled.connect(self.entry.item.setFocus)
        self.entry.asked.connect(self._add)
        self.entry.scanned.connect(self._scan)
        self.entry.back.connect(self.heading.ask_party)
        self.entry.looked_at.connect(self.side.item.setText)
        for part in (self.heading, self.entry):
            part.help_wanted.connect(self.help_wanted)
        self.lines.refused.connect(lambda sentence: self.side.say(sentence, Role.FAULT))
        self.lines.edited.connect(self._edited)
        self._bind_outcomes()

    def _bind_outcomes(self) -> None:
        self.saving.saved.connect(self._saved)
        self.saving.refused.connect(self._refused)
        self.saving.failed.connect(self._not_saved)
        self.saving.saved.connect(lambda saved: self._banners.over(f"bill {saved.posted.id}"))
        self.saving.counted.connect(self._count)
        faults = (
            ("draft", self.keeping.failed, self.keeping.kept),
            ("reading", self.knowledge.failed, self.knowledge.learnt),
            ("paper", self.papers.failed, self.papers.over),
        )
        for name, failed, over in faults:
            failed.connect(lambda error, again, name=name: self._tell_fault(name, error, again))
            over.connect(lambda *_, name=name: self._banners.over(name))
        self.keeping.kept.connect(self.face.show_kept)

    def _edited(self) -> None:
        self.side.say("")
        if self._back_to_entry:
            self._back_to_entry = False
            self.entry.item.setFocus()


def _fault_of(draft: Draft) -> str:
    return f"bill {draft.id}"
