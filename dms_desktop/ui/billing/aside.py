"""Bills put aside for another customer, and those that come back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from dms_desktop.domain.draft import Aside, Draft
from dms_desktop.domain.refusals import Problem
from dms_desktop.language.catalogue import _, joined, ngettext
from dms_desktop.store.search_entries import Found
from dms_desktop.ui import keys, messages
from dms_desktop.ui.billing import verbs
from dms_desktop.ui.billing.cells import with_sign
from dms_desktop.ui.billing.parts import Parts
from dms_desktop.ui.billing.saving import Held
from dms_desktop.ui.billing.scans import Scans
from dms_desktop.ui.theme import Role

if TYPE_CHECKING:
    from dms_desktop.ui.kit.choice import Choice

Open = Callable[[Draft, str, tuple[Problem, ...]], None]


class SetAside(QObject):
    """`show` brings a bill to the counter."""

    def __init__(self, parts: Parts, scans: Scans, show: Open, parent: QObject) -> None:
        super().__init__(parent)
        self._parts, self._scans, self._show = parts, scans, show
        parts.saving.counted.connect(self._count)
        parts.saving.refused.connect(self._refused)
        self._count()

    @cached_property
    def choice(self) -> Choice:
        """Made when several bills are held for the first time."""
        from dms_desktop.ui.kit.choice import Choice

        return Choice(_("Held bills"))

    def start(self, tell: Callable[[BaseException], object]) -> None:
        """Bring back what was being typed when the program last ended, however it ended."""
        self._parts.desk.ask(verbs.kept, done=self._recover, undone=tell)

    def hold(self) -> None:
        """Put the bill aside for another customer."""
        parts = self._parts
        self._scans.settle()
        if parts.draft.asks:
            total = parts.model.priced.totals.total
            parts.saving.hold(Held(parts.draft, parts.name, total=total))
            self._show(parts.new_draft(), "", ())

    def take_back(self) -> None:
        """The one held bill comes to the counter; of several the clerk chooses. What is there
        waits instead."""
        waiting = self._parts.saving.waiting
        if not waiting:
            self._parts.side.say(_("No bill is held."))
        elif len(waiting) == 1:
            self._take(waiting[0])
        else:
            note = keys.caption("lookup.take"), keys.caption("lookup.close")
            self.choice.ask(
                self._parts.entry.item,
                [_row(at, held) for at, held in enumerate(waiting)],
                0,
                joined("  ·  ", note),
                chosen=lambda at: self._take(waiting[at]),
                dropped=lambda: None,
            )

    def _take(self, wanted: Held) -> None:
        parts = self._parts
        self.hold()
        held = parts.saving.take(wanted.draft.id)
        if held is None:
            return  # it was saved while the list was open
        parts.banners.over(fault_of(held.draft))
        self._show(held.draft, held.name, held.problems)
        if not held.problems:
            parts.side.say(_("This bill was held."))

    def _recover(self, kept: Sequence[tuple[Draft, Aside | None]]) -> None:
        """What was put aside still is; of the others the one typed last comes to the counter."""
        parts = self._parts
        typed: list[Held] = []
        for draft, aside in kept:
            if not draft.asks or draft.id == parts.draft.id:
                continue
            parts.keeping.found(draft, aside)
            if aside:
                parts.saving.held.append(Held(draft, aside.name, total=aside.total))
            else:
                typed.append(Held(draft, ""))
        last = typed.pop() if typed and parts.is_blank else None
        parts.saving.held += typed
        if last:
            self._show(last.draft, "", ())
            parts.side.say(_("This bill was being typed when the program ended."))
        self._count()

    def _refused(self, held: Held) -> None:
        """It comes back to an empty counter, and never over the next customer's bill."""
        parts = self._parts
        parts.face.status.setText("")
        if parts.is_blank and (back := parts.saving.take_refused()):
            self._show(back.draft, back.name, back.problems)
        else:
            self._tell_refused(held)

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """The bill at the counter is held for these reasons: the next customer is served."""
        parts = self._parts
        held = Held(parts.draft, parts.name, problems, parts.model.priced.totals.total)
        parts.saving.hold(held)
        self._show(parts.new_draft(), "", ())
        self._tell_refused(held)

    def _tell_refused(self, held: Held) -> None:
        why = messages.of_problems(held.problems)
        refused = _("The bill of {name} was refused: {why} {key} brings it back.")
        key = keys.key_text("counter.take_back")
        self._parts.side.say(refused.format(name=held.name, why=why, key=key), Role.FAULT)

    def _count(self) -> None:
        self._parts.face.show_held(self._parts.saving.held)


def fault_of(draft: Draft) -> str:
    """The name of the banner of a bill that the machine would not take."""
    return f"bill {draft.id}"


def _row(at: int, held: Held) -> Found:
    """As the list of held bills shows it: whose, how long, and how much."""
    lines = len(held.draft.asks)
    long = ngettext("{count} line", "{count} lines", lines).format(count=lines)
    refused = _("refused") if held.problems else ""
    amount = with_sign(held.total) if held.total else ""
    name = held.name or _("Without a name")
    return Found(at, str(at + 1), name, joined("  ·  ", (refused, long, amount)))
