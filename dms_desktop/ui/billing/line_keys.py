"""What a key or a scan does to the lines of the bill."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from dms_desktop.domain.draft import MOST_LINES, Ask
from dms_desktop.domain.free_goods import another, chosen
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.sentences import say
from dms_desktop.ui.billing.parts import Parts
from dms_desktop.ui.billing.places import ANOTHER, SHORT
from dms_desktop.ui.billing.scans import Scans
from dms_desktop.ui.billing.texts import DISCOUNT, RATE
from dms_desktop.ui.theme import Role

WAYS = {
    RATE: N_("95i has its tax in it, 90n is net, 1140c is for a case; empty is the list's rate."),
    DISCOUNT: N_("5+2+1 one on the other, 50/- off the whole line; empty is the party's own."),
}


class LineKeys(QObject):
    """Adds what was typed or scanned, and changes a line in place."""

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._back_to_entry = False
        parts.entry.asked.connect(self.add)
        self.scans = Scans(parts, self)
        self.scans.ready.connect(self.scan)
        parts.lines.refused.connect(lambda sentence: parts.side.say(sentence, Role.FAULT))
        parts.lines.scanned.connect(parts.entry.scan)
        for closed in (parts.lines.edited, parts.lines.dropped):
            closed.connect(self._edited)

    def add(self, ask: Ask) -> None:
        parts, draft = self._parts, self._parts.draft
        if len(draft.asks) >= MOST_LINES:
            facts = {"most": MOST_LINES, "lines": len(draft.asks) + 1}
            parts.entry.refuse(say(Problem(Reason.TOO_MANY_LINES, facts=facts)))
            return
        if not draft.asks and not parts.heading.day_typed:
            draft = replace(draft, day=parts.new_draft().day)  # it may be past midnight by now
        parts.change(draft.plus(ask))
        parts.lines.show_row(len(draft.asks))

    def scan(self, wanted: Ask) -> None:
        """The same pack again is one more on its line, unless that line says something special."""
        parts, asks = self._parts, self._parts.draft.asks
        for number in reversed(range(len(asks))):
            ask = asks[number]
            if replace(wanted, qty=ask.qty, any_mrp=ask.any_mrp) == ask:
                parts.model.edit(number, replace(ask, qty=ask.qty + wanted.qty))
                parts.lines.show_row(number)
                return
        self.add(wanted)

    def edit(self, column: int) -> None:
        """Open a figure of the line the cursor is on; the cursor comes back afterwards."""
        lines = self._parts.lines
        number = lines.current_number()
        if number is not None:
            self._back_to_entry = not lines.hasFocus()
            lines.edit_row(number, column)
            self._parts.side.say(_(WAYS[column]) if column in WAYS else "")

    def remove(self) -> None:
        parts, number = self._parts, self._parts.lines.current_number()
        if number is not None:
            parts.model.remove(number)
            parts.lines.show_row(min(number, len(parts.draft.asks) - 1))

    def change_reason(self) -> None:
        """Free pieces of the line the cursor is on go for the next of the owner's reasons."""
        self._parts.knowledge.when_ready(self._change_reason)

    def _change_reason(self) -> None:
        parts, number = self._parts, self._parts.lines.current_number()
        facts = parts.knowledge.facts
        if number is None or facts is None or facts.free_reasons is None:
            return
        ask = parts.draft.asks[number]
        if not ask.free:
            parts.side.say(_("Nothing goes free on this line."))
            return
        changed = another(ask, facts.free_reasons)
        parts.model.edit(number, changed)
        if given := chosen(changed, facts.free_reasons):
            parts.side.say(_("Free: {reason}").format(reason=given.name))

    def answer_mrp(self, *, other_too: bool) -> None:
        """The shelf has too few at one MRP: only those, or pieces of the next MRP as well."""
        parts = self._parts
        number = parts.row_of(ANOTHER if other_too else SHORT)
        if number is None:
            return
        ask = parts.draft.asks[number]
        if other_too:
            changed = replace(ask, any_mrp=True)
        else:
            have = sum(line.pieces for line in parts.model.priced.lines if line.ask == number)
            if not have:
                return
            billed = min(ask.qty, have)
            changed = replace(ask, qty=billed, free=min(ask.free, have - billed))
        parts.model.edit(number, changed)
        parts.entry.item.setFocus()

    def _edited(self) -> None:
        self._parts.side.say("")
        if self._back_to_entry:
            self._back_to_entry = False
            self._parts.entry.item.setFocus()
