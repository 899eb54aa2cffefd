"""Whether the bill being typed may still go on credit: asked of the books while it grows."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from dms_desktop.domain.billing import Priced
from dms_desktop.domain.draft import Draft
from dms_desktop.domain.facts import Facts
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.verdict import Verdict
from dms_desktop.language.catalogue import _
from dms_desktop.language.sentences import shown
from dms_desktop.ui.billing import looks
from dms_desktop.ui.billing.beside import Latest, Question
from dms_desktop.ui.desk import Desk

PAUSE_MS = 60  # a figure being typed is not judged at each of its digits


class Standing(QObject):
    """`verdict` is what the books said last of this draft; saving asks them again."""

    judged = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.verdict = Verdict()
        self._question: Question = ()
        self._asked: object = None
        self._latest = Latest(desk, looks.verdict, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        desk.changed.connect(self._changed)

    def look_at(self, draft: Draft, facts: Facts | None, priced: Priced) -> None:
        """The bill is this now."""
        if facts is None or facts.party.walk_in or not priced.lines:
            self._question, self._asked = (), None
            self._pause.stop()
            self._know(Verdict())
            return
        asked = (draft.id, draft.party, draft.terms, draft.payments, priced.totals, draft.day)
        self._question = (draft, facts, priced)
        if asked != self._asked:
            self._asked = asked
            self._pause.start()

    def _changed(self, touched: object) -> None:
        if self._question:
            self._pause.start()

    def _ask(self) -> None:
        if self._question:
            self._latest.ask(self._question, self._know)

    def _know(self, verdict: Verdict) -> None:
        if not self._question:
            verdict = Verdict()
        if verdict != self.verdict:
            self.verdict = verdict
            self.judged.emit()


def in_short(problem: Problem) -> str:
    """For a chip: what stands in the way, in a few words."""
    facts = {name: shown(value) for name, value in problem.facts.items()}
    match problem.reason:
        case Reason.CREDIT_LIMIT:
            return _("Over the limit by {over}").format_map(facts)
        case Reason.CREDIT_OVERDUE:
            return _("{overdue} overdue, {days} days").format_map(facts)
        case _:
            return _("Credit is stopped")
