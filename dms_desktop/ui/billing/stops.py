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


class Stops(QObject):
    """`told` is why this bill was refused last; `approval` asks the owner for what the clerk may
    not allow."""

    unpaid = Signal(str)  # what is paid is not what it should be
    unreasoned = Signal(str)  # a challan does not say why it goes

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self.told: tuple[Problem, ...] = ()

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
        first, self.told = problems[0], problems
        heading = self._parts.heading
        said = (messages.of_problems(problems), self._answer())
        self._parts.side.say(joined("   ", said), Role.FAULT)
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
