"""Bills put aside for another customer, and those that come back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from dms_desktop.domain.draft import Draft
from dms_desktop.domain.refusals import Problem
from dms_desktop.language.catalogue import _
from dms_desktop.ui import keys, messages
from dms_desktop.ui.billing import verbs
from dms_desktop.ui.billing.parts import Parts
from dms_desktop.ui.billing.saving import Held
from dms_desktop.ui.theme import Role

Open = Callable[[Draft, str, tuple[Problem, ...]], None]


class Aside(QObject):
    """`show` brings a bill to the counter."""

    def __init__(self, parts: Parts, show: Open, parent: QObject) -> None:
        super().__init__(parent)
        self._parts, self._show = parts, show
        parts.saving.counted.connect(self._count)
        parts.saving.refused.connect(self._refused)
        self._count()

    def start(self, tell: Callable[[BaseException], object]) -> None:
        """Bring back what was being typed when the program last ended, however it ended."""
        self._parts.desk.ask(verbs.kept, done=self._recover, undone=tell)

    def hold(self) -> None:
        """Put the bill aside for another customer."""
        parts = self._parts
        if parts.draft.asks:
            parts.saving.hold(Held(parts.draft, parts.name))
            self._show(parts.new_draft(), "", ())

    def take_back(self) -> None:
        """The bill that waited longest comes to the counter; one that is there waits instead."""
        saving = self._parts.saving
        if not saving.held and not saving.stuck:
            self._parts.side.say(_("No bill is held."))
            return
        self.hold()
        if held := saving.take():
            self._parts.banners.over(fault_of(held.draft))
            self._show(held.draft, held.name, held.problems)

    def _recover(self, kept: tuple[Draft, ...]) -> None:
        parts = self._parts
        mine = [draft for draft in kept if draft.asks and draft.id != parts.draft.id]
        for draft in mine:
            parts.keeping.found(draft)
            parts.saving.held.append(Held(draft, ""))
        if mine and parts.is_blank:
            last = parts.saving.held.pop()
            self._show(last.draft, "", ())
            parts.side.say(_("This bill was being typed when the program ended."))
        self._count()

    def _refused(self, held: Held) -> None:
        """It comes back to an empty counter, and never over the next customer's bill."""
        parts = self._parts
        parts.face.status.setText("")
        if parts.is_blank and (back := parts.saving.take_refused()):
            self._show(back.draft, back.name, back.problems)
            return
        why = messages.of_problems(held.problems)
        refused = _("The bill of {name} was refused: {why} {key} brings it back.")
        key = keys.key_text("counter.take_back")
        parts.side.say(refused.format(name=held.name, why=why, key=key), Role.FAULT)

    def _count(self) -> None:
        self._parts.face.show_held(self._parts.saving.held)


def fault_of(draft: Draft) -> str:
    """The name of the banner of a bill that the machine would not take."""
    return f"bill {draft.id}"
