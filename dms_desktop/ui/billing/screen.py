"""The counter. Party, item, quantity, Enter; F10 saves and the next customer steps up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dms_desktop.domain.billing import terms
from dms_desktop.domain.draft import Draft, WalkIn
from dms_desktop.domain.goods_line import Kind, Terms
from dms_desktop.domain.loss import Loss
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language.catalogue import _, joined
from dms_desktop.language.sentences import say
from dms_desktop.ui import keys, messages
from dms_desktop.ui.billing.aside import SetAside, fault_of
from dms_desktop.ui.billing.cells import with_sign
from dms_desktop.ui.billing.heading import Change
from dms_desktop.ui.billing.kinds import next_kind
from dms_desktop.ui.billing.line_keys import LineKeys
from dms_desktop.ui.billing.paid import fitted, paid_text
from dms_desktop.ui.billing.parts import build
from dms_desktop.ui.billing.saving import Held
from dms_desktop.ui.billing.stops import Stops
from dms_desktop.ui.billing.texts import DISCOUNT, QTY, RATE
from dms_desktop.ui.billing.typed_ahead import TypedAhead
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.kit.banner import Banners
from dms_desktop.ui.theme import Role, dress

if TYPE_CHECKING:
    from dms_desktop.services.billing import Saved
    from dms_desktop.ui.billing.paying import Paying
    from dms_desktop.ui.billing.printing_strip import PrintingStrip
    from dms_desktop.ui.billing.reductions import Reductions
    from dms_desktop.ui.billing.remarks import Remarks


Changing = TypeVar("Changing", "Reductions", "Paying", "Remarks")


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
        self.parts = parts = build(desk, new_draft, folder, banners, self)
        self.desk, self.knowledge, self.model = desk, parts.knowledge, parts.model
        self.keeping, self.saving, self.papers = parts.keeping, parts.saving, parts.papers
        self.heading, self.entry, self.lines = parts.heading, parts.entry, parts.lines
        self.side, self.face = parts.side, parts.face
        self._last: Saved | None = None
        self._clearing = False  # the key was pressed once
        self._awaited: set[UUID] = set()  # bills to be saved when their goods are read
        self.stops = Stops(parts, self)
        self._line_keys = LineKeys(parts, self)
        self.scans = self._line_keys.scans
        self.held = SetAside(parts, self.scans, self._open, self)
        self.ahead = TypedAhead(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.face)
        self._add_buttons()
        self._bind()
        self._bind_outcomes()
        self._show()
        self.setFocusProxy(self.heading.party)

    # What few bills need is made when it is first wanted: no start waits for it.

    @cached_property
    def reductions(self) -> Reductions:
        from dms_desktop.ui.billing.reductions import Reductions

        return self._changing(Reductions())

    @cached_property
    def strip(self) -> PrintingStrip:
        from dms_desktop.ui.billing.printing_strip import PrintingStrip

        return PrintingStrip(self.papers, self.parts.banners)

    @cached_property
    def paying(self) -> Paying:
        from dms_desktop.ui.billing.paying import Paying

        return self._changing(Paying())

    @cached_property
    def remarks(self) -> Remarks:
        from dms_desktop.ui.billing.remarks import Remarks

        return self._changing(Remarks())

    def _changing(self, strip: Changing) -> Changing:
        """A strip whose `wanted` changes the draft."""
        self.face.add_strip(strip)
        strip.show_key("counter.save")  # its button has no room meanwhile
        strip.left.connect(self.entry.item.setFocus)
        strip.wanted.connect(self._want)
        return strip

    def start(self) -> None:
        """Bring back what was being typed when the program last ended, and what was not printed."""
        self.held.start(lambda error: self._tell_fault("drafts", error, self.start))
        self.papers.start()

    def save(self) -> None:
        """Hand the bill over and clear the counter. What cannot be saved is said at its place."""
        finished = self.entry.finish() and self.heading.finish() and self.face.complete()
        if (self.entry.waiting or self.scans.waiting) and not self.knowledge.ready:
            self._save_when_read()
        elif not finished:
            return
        elif self.scans.asking:
            self.scans.tell_open()
        elif not self.model.draft.asks:
            self.entry.refuse(say(Problem(Reason.NO_LINES)))
        elif not self.knowledge.ready:
            self._save_when_read()
        else:
            self._hand_over()

    def open_draft(self, draft: Draft, name: str = "") -> None:
        """A draft that was made elsewhere comes here; a bill being typed is put aside for it."""
        self.held.hold()
        self._open(draft, name)

    def reprint(self) -> None:
        if self._last:
            self.papers.print(self._last.posted.id)
        else:
            self.side.say(_("No bill was saved since the program started."))

    def clear(self) -> None:
        """Throw the bill away, at the second press."""
        if not self._clearing and self.model.draft.asks:
            self._clearing = True
            again = _("Press {key} once more to throw this bill away.")
            self.side.say(again.format(key=keys.key_text("counter.clear")), Role.WARNING)
            return
        self.keeping.typed(replace(self.model.draft, asks=()))
        self._open(self.parts.new_draft())

    def change_terms(self) -> None:
        draft, facts = self.model.draft, self.knowledge.facts
        if facts is None or draft.party is None:
            return
        if isinstance(draft.party, WalkIn):
            self.side.say(_("A walk-in pays cash. Choose a party for credit."))
            return
        cash = terms(draft, facts) is Terms.CASH
        self._want(lambda old: replace(old, terms=Terms.CREDIT if cash else Terms.CASH))

    def ask_payment(self, sentence: str = "") -> None:
        """How the bill is paid; `sentence` says why that must be looked at again."""
        facts, priced = self.knowledge.facts, self.model.priced
        if facts is None or self.model.draft.kind is not Kind.BILL or not priced.lines:
            self.side.say(_("Nothing is on the bill yet that could be paid."))
            return
        on_cash = terms(self.model.draft, facts) is Terms.CASH
        self.paying.ask(self.model.draft, priced.totals.total, on_cash=on_cash)
        if sentence:
            self.paying.refuse(sentence)

    def _ask_reason(self, sentence: str) -> None:
        self.remarks.ask_reason(self.model.draft, sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no box wanted: Esc goes back to the item box, Up from there into the lines."""
        if event.key() == Qt.Key.Key_Escape:
            self.entry.item.setFocus()
        elif event.key() == Qt.Key.Key_Up and self.model.draft.asks:
            self.lines.show_row(len(self.model.draft.asks) - 1)
            self.lines.setFocus()
        else:
            super().keyPressEvent(event)

    def _save_when_read(self) -> None:
        """Nobody saw the total yet. Whatever is typed until then is for the next customer."""
        uid = self.model.draft.id
        self._awaited.add(uid)
        self.ahead.hold()
        self.knowledge.when_ready(lambda: self._save_now(uid))

    def _save_now(self, uid: UUID) -> None:
        """What was being read is known."""
        self._awaited.discard(uid)
        if self.model.draft.id == uid:
            self.save()
        if uid in self._awaited:
            return
        if self.model.draft.id == uid:
            self._tell_not_taken(self.ahead.forget())  # something must be answered first
        else:
            self.ahead.deliver()

    def _tell_not_taken(self, typed: str) -> None:
        """What was typed for the next customer while this bill asks something; nobody may believe
        that it is on his bill."""
        if typed:
            lost = _("This bill is not saved yet. Answer it first, then type this again: {typed}")
            side = self.side
            said = lost.format(typed=typed)
            side.say(joined("   ", filter(None, (side.message.text(), said))), Role.FAULT)

    def _not_read(self) -> None:
        """The bill that was to be saved waits aside, so that the next customer does not."""
        if self.ahead.holding:
            self.held.hold()
            self.ahead.deliver()

    def _hand_over(self) -> None:
        draft, priced = self.model.draft, self.model.priced
        if priced.problems and self.ahead.waiting:
            self.held.refuse(priced.problems)
            return
        if priced.problems:
            self.stops.point_at(priced.problems)
            return
        self.face.status.setText(_("Saving…"))
        self.saving.save(draft, self.parts.name, priced.totals.total)
        self._open(self.parts.new_draft())

    def _open(self, draft: Draft, name: str = "", problems: tuple[Problem, ...] = ()) -> None:
        """Another bill comes to the counter."""
        self._clearing = False
        self.stops.forget()
        self.face.close_strips()
        self.scans.forget()
        self.side.say("")
        self.heading.start(name)
        self.model.replace(draft)
        self.entry.start()
        if draft.party is None:
            self.heading.party.setFocus()
        if draft.asks:
            self.lines.show_row(len(draft.asks) - 1)
        if problems:
            self.stops.point_at(problems)

    def _want(self, change: Change) -> None:
        self.model.replace(change(self.model.draft))

    def _saved(self, saved: Saved) -> None:
        self._last = saved
        posted = saved.posted
        self.parts.banners.over(f"bill {posted.id}")
        done = _("{number}  ·  {total}  saved")
        said = done.format(number=posted.number, total=with_sign(posted.total))
        if change := self.paying.change_of(posted.id):
            back = _("Give back {amount}").format(amount=with_sign(change))
            said = joined("  ·  ", (said, back))
        self.face.status.setText(said)
        self.papers.print(posted.id, saved=True)

    def _not_saved(self, held: Held, error: BaseException, again: Callable[[], object]) -> None:
        self.face.status.setText("")
        lost = _("The bill of {name} is not saved yet. {why}")
        sentence = lost.format(name=held.name, why=messages.of_error(error))
        self.parts.banners.tell(fault_of(held.draft), sentence, again)

    def _tell_fault(self, fault: str, error: BaseException, again: Callable[[], object]) -> None:
        self.parts.banners.tell(fault, messages.of_error(error), again)

    def _show(self) -> None:
        """After each pricing: whatever hangs on the draft."""
        draft, facts, priced = self.model.draft, self.knowledge.facts, self.model.priced
        if draft.payments and facts and priced.lines:
            on_cash = terms(draft, facts) is Terms.CASH
            payments = fitted(draft.payments, priced.totals.total, on_cash=on_cash)
            if payments != draft.payments:
                self.paying.follow(draft, payments)
                self._want(lambda old: replace(old, payments=payments))
                return
        self.keeping.typed(draft)
        self.face.show_kind(draft.kind)
        self.heading.show_draft(draft, facts)
        self.face.totals.show_priced(priced)
        told = facts is not None and facts.below_cost is not Loss.OFF
        self.face.show_loss(priced, told=told)
        self.parts.beside.look_at_party(facts.party.id if facts else 0)
        self.parts.standing.look_at(draft, facts, priced)
        self._show_beside()

    def _show_beside(self) -> None:
        """Whatever is read for the eye alone."""
        parts, draft, facts = self.parts, self.model.draft, self.knowledge.facts
        hand, verdict = parts.at_hand(), parts.standing.verdict
        parts.beside.look_at_item(hand.item.id if hand else 0, draft.place_id, draft.day)
        cash = facts is not None and terms(draft, facts) is Terms.CASH
        known, paid = draft.party is not None, paid_text(draft.payments)
        self.face.show_terms(cash=cash, known=known, paid=paid)
        seen = parts.beside.party
        self.face.show_standing(verdict if verdict.accounts or not seen else seen.standing, cash)
        self.side.show_known(facts, parts.beside, verdict, hand)

    def _add_buttons(self) -> None:
        edit, aside = self._line_keys.edit, self.held
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("counter.quantity", lambda: edit(QTY)),
            ("counter.terms", self.change_terms),
            ("counter.rate", lambda: edit(RATE)),
            ("counter.discount", lambda: edit(DISCOUNT)),
            ("counter.hold", aside.hold),
            ("counter.take_back", aside.take_back),
            ("counter.pay", lambda: self.knowledge.when_ready(self.ask_payment)),
        )
        row = self.face.button_row
        for name, slot in actions:
            row.addWidget(keys.button(self, name, slot))
        row.addWidget(dress(keys.button(self, "counter.save", self.save), Role.PRIMARY))

    def _bind(self) -> None:
        answer = self._line_keys.answer_mrp
        for name, slot in (
            ("counter.party", self.heading.ask_party),
            ("counter.item", self.entry.ask_item),
            ("counter.keep_short", lambda: answer(other_too=False)),
            ("counter.other_mrp", lambda: answer(other_too=True)),
            ("counter.remove", self._line_keys.remove),
            ("counter.free_reason", self._line_keys.change_reason),
            ("counter.remarks", lambda: self.remarks.ask(self.model.draft)),
            ("counter.bill_discount", lambda: self.reductions.ask(self.model.draft)),
            ("counter.allow", self.stops.allow),
            ("counter.kind", lambda: self._want(next_kind)),
            ("counter.reprint", self.reprint),
            ("counter.print_left", self.papers.print_left),
            ("counter.clear", self.clear),
        ):
            keys.bind(self, name, slot)
        self.model.priced_again.connect(self._show)
        self.heading.wanted.connect(self._want)
        self.heading.settled.connect(self.entry.item.setFocus)
        self.heading.scanned.connect(self.entry.scan)
        self.entry.back.connect(self.heading.ask_party)
        self.stops.unpaid.connect(self.ask_payment)
        self.stops.unreasoned.connect(self._ask_reason)
        looks = (self.entry.looked_at, self.lines.moved, self.parts.beside.learnt)
        for look in (*looks, self.parts.standing.judged):
            look.connect(self._show_beside)
        for part in (self.heading, self.entry):
            part.help_wanted.connect(self.help_wanted)

    def _bind_outcomes(self) -> None:
        self.saving.saved.connect(self._saved)
        self.saving.failed.connect(self._not_saved)
        faults = (
            ("draft", self.keeping.failed, self.keeping.kept),
            ("reading", self.knowledge.failed, self.knowledge.learnt),
            ("paper", self.papers.failed, self.papers.over),
        )
        for name, failed, over in faults:
            failed.connect(lambda error, again, name=name: self._tell_fault(name, error, again))
            over.connect(lambda *_, name=name: self.parts.banners.over(name))
        self.knowledge.failed.connect(self._not_read)
        self.keeping.kept.connect(self.face.show_kept)
        self.papers.moved.connect(lambda done, of: self.strip.show_run(done, of))
        self.papers.none_left.connect(
            lambda: self.side.say(_("Everything that was saved here is printed."))
        )
