"""What stands against the bill: told where it can be mended, and allowed by who may."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language.catalogue import _, joined
from dms_desktop.language.sentences import say
from dms_desktop.ui import keys, messages
from dms_desktop.ui.billing.parts import Parts
from dms_desktop.ui.billing.places import DAY, DETAILS, PARTY, allowable
from dms_desktop.ui.theme import Role


class Stops(QObject):
    """`told` is why this bill was refused last."""

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self.told: tuple[Problem, ...] = ()

    def point_at(self, problems: tuple[Problem, ...]) -> None:
        """Put the cursor where the first of them can be mended; the sentence is said there."""
        first, self.told = problems[0], problems
        heading = self._parts.heading
        answers = keys.caption("counter.allow") if self._mine() else ""
        said = (messages.of_problems(problems), answers)
        self._parts.side.say(joined("   ", said), Role.FAULT)
        if first.row is not None:
            self._parts.lines.show_row(first.row)
        elif first.reason in PARTY:
            heading.ask_party(say(first))
        elif first.reason in DAY:
            heading.ask_day(say(first))
        elif first.reason in DETAILS:
            heading.ask_details(say(first))

    def allow(self) -> None:
        """What stands against the bill and this user has the power to allow, stands no more."""
        side = self._parts.side
        if mine := self._mine():
            draft = self._parts.draft
            self._parts.change(replace(draft, allowed=draft.allowed | mine))
            self.told = ()
            allowed = _("Allowed, and written down. {save}.")
            side.say(allowed.format(save=keys.caption("counter.save")), Role.WARNING)
        else:
            side.say(_("Nothing stands against this bill that you may allow."))

    def _mine(self) -> frozenset[Reason]:
        parts = self._parts
        standing = (*parts.model.priced.problems, *parts.standing.verdict.problems, *self.told)
        return allowable(parts.desk.actor, standing) - parts.draft.allowed
