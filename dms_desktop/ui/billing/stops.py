"""What stands against the bill: told where it can be mended, and allowed by who may."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language.catalogue import _, joined
from dms_desktop.language.sentences import say
from dms_desktop.ui import keys, messages
from dms_desktop.ui.billing.parts import Parts
from dms_desktop.ui.billing.places import DAY, DETAILS, PAID, PARTY, REASON, allowable, overridable
from dms_desktop.ui.theme import Role

if TYPE_CHECKING:
    from dms_desktop.ui.billing.approval import Approval


Stop = tuple[Reason, object]  # a reason, and the item or the like that it is about
CREDIT = {Reason.CREDIT_LIMIT, Reason.CREDIT_OVERDUE, Reason.CREDIT_STOPPED}


def _stop(problem: Problem) -> Stop:
    """The same however its figures or its row change."""
    return problem.reason, problem.facts.get("item")


class Stops(QObject):
    """`told` is why this bill was refused last; `approval` asks the owner for what the clerk may
    not allow."""

    unpaid = Signal(str)  # what is paid is not what it should be
    unreasoned = Signal(str)  # a challan does not say why it goes

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self.told: tuple[Problem, ...] = ()
        self._said = ""  # the sentence that tells it
        self._draft = parts.draft  # what it was told of
        self._priced: frozenset[Stop] = frozenset()  # what of it was found by pricing
        parts.model.priced_again.connect(self._look_again)
        parts.standing.judged.connect(self._judged)

    @cached_property
    def approval(self) -> Approval:
        """Made when the owner is asked for the first time."""
        from dms_desktop.ui.billing.approval import Approval

        made = Approval(self._parts.desk)
        self._parts.face.add_strip(made)
        made.left.connect(self._parts.entry.item.setFocus)
        made.approved.connect(self._approved)
        return made

    def point_at(self, problems: tuple[Problem, ...]) -> None:
        """Put the cursor where the first of them can be mended; the sentence is said there."""
        first, heading = problems[0], self._parts.heading
        self._draft = self._parts.draft
        self._priced = frozenset(map(_stop, self._parts.model.priced.problems))
        self._tell(problems)
        if first.row is not None:
            self._parts.lines.show_row(first.row)
        elif first.reason in PARTY:
            heading.ask_party(say(first))
        elif first.reason in DAY:
            heading.ask_day(say(first))
        elif first.reason in DETAILS:
            heading.ask_details(say(first))
        elif first.reason in PAID:
            self.unpaid.emit(say(first))
        elif first.reason in REASON:
            self.unreasoned.emit(say(first))

    def allow(self) -> None:
        """What stands against the bill stands no more: by this user's power, or the owner's."""
        self._parts.knowledge.when_ready(self._allow)

    def _allow(self) -> None:
        parts, against = self._parts, self._against()
        mine = allowable(parts.desk.actor, against)
        if mine:
            parts.change(replace(parts.draft, allowed=parts.draft.allowed | mine))
            allowed = _("Allowed, and written down. {save}.")
            parts.side.say(allowed.format(save=keys.caption("counter.save")), Role.WARNING)
        if others := against - mine:
            self.approval.ask(parts.draft, others, parts.model.priced.totals.total)
        elif mine:
            self.told = ()
        else:
            parts.side.say(_("Nothing stands against this bill that may be allowed."))

    def forget(self) -> None:
        """Another bill is at the counter."""
        self.told = ()

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        self.told = problems
        self._said = joined("   ", (messages.of_problems(problems), self._answer()))
        self._parts.side.say(self._said, Role.FAULT)

    def _look_again(self) -> None:
        """The bill is priced again: what is mended is told no more."""
        if self.told:
            now = frozenset(map(_stop, self._parts.model.priced.problems))
            self._keep(tuple(each for each in self.told if self._stands(each, now)))

    def _judged(self) -> None:
        """What is said of the party's credit stands while the books say it."""
        now = {each.reason for each in self._parts.standing.verdict.problems}
        told = (each for each in self.told if each.reason not in CREDIT or each.reason in now)
        self._keep(tuple(told))

    def _stands(self, told: Problem, now: frozenset[Stop]) -> bool:
        """What the books alone refuse is not known before they are asked again: it stands until
        the bill is another."""
        draft, before = self._parts.draft, self._draft
        if _stop(told) in self._priced:
            return _stop(told) in now
        if told.reason in CREDIT:
            return True
        if told.reason in DAY:
            return draft.day == before.day
        return replace(draft, allowed=before.allowed) == before

    def _keep(self, still: tuple[Problem, ...]) -> None:
        """Of what was told only this stands."""
        if still == self.told:
            return
        side = self._parts.side
        if side.message.text() != self._said:
            self.told = still
        elif still:
            self._tell(still)
        else:
            self.told = ()
            side.say("")
        if not still:
            self._parts.heading.accept()

    def _answer(self) -> str:
        """The key that answers what stands against the bill, if one does."""
        against = self._against()
        if allowable(self._parts.desk.actor, against):
            return keys.caption("counter.allow")
        asks = _("{key} asks the owner").format(key=keys.key_text("counter.allow"))
        return asks if against else ""

    def _against(self) -> frozenset[Reason]:
        """What somebody could allow. What was allowed already stands, unless for too little."""
        parts = self._parts
        found = (*parts.model.priced.problems, *parts.standing.verdict.problems, *self.told)
        stands = overridable(each for each in found if each.reason is not Reason.NOT_ALLOWED)
        beyond = overridable(each for each in found if each.reason is Reason.NOT_ALLOWED)
        return (stands - parts.draft.allowed) | (beyond & parts.draft.allowed)

    def _approved(self, draft: UUID, reasons: frozenset[Reason]) -> None:
        parts = self._parts
        if parts.draft.id != draft:
            return
        self.told = ()
        parts.change(replace(parts.draft, allowed=parts.draft.allowed | reasons))
        allowed = _("The owner has allowed it, and that is written down. {save}.")
        parts.side.say(allowed.format(save=keys.caption("counter.save")), Role.WARNING)
        parts.entry.item.setFocus()
