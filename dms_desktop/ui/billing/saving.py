"""Bills on their way into the books, those that came back, and those that were put aside."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from dms_desktop.domain.draft import Aside, Draft
from dms_desktop.domain.money import ZERO, Money
from dms_desktop.domain.refusals import Problem, Refused
from dms_desktop.ui.billing import verbs
from dms_desktop.ui.billing.keeping import Keeping
from dms_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from dms_desktop.services.billing import Saved


class Held(NamedTuple):
    """A bill put aside by the clerk, or refused by the books for these reasons."""

    draft: Draft
    name: str
    problems: tuple[Problem, ...] = ()
    total: Money = ZERO


class Saving(QObject):
    """Nothing handed in is lost: it ends in the books, among the held, or waits for the disk."""

    saved = Signal(object)  # services.billing.Saved
    refused = Signal(object)  # Held
    failed = Signal(object, object, object)  # Held, the error, a callable that tries again
    counted = Signal()  # how many are held or on their way has changed

    def __init__(self, desk: Desk, keeping: Keeping, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._keeping = desk, keeping
        self.held: list[Held] = []
        self._going: dict[UUID, tuple[Held, Money]] = {}
        self._stuck: set[UUID] = set()
        self._unkept: set[UUID] = set()  # typed so fast that the disk has less of them

    @property
    def going(self) -> int:
        """How many are on their way."""
        return len(self._going)

    @property
    def stuck(self) -> int:
        """How many of them the machine would not take."""
        return len(self._stuck)

    def save(self, draft: Draft, name: str, seen: Money) -> None:
        """Hand the draft to the books; nobody waits."""
        if self._keeping.handed_over(draft):
            self._unkept.add(draft.id)
        self._going[draft.id] = Held(draft, name, total=seen), seen
        self._post(draft.id)
        self.counted.emit()

    def hold(self, held: Held) -> None:
        self._keeping.typed(held.draft, Aside(held.name, held.total))
        self.held.append(held)
        self.counted.emit()

    @property
    def waiting(self) -> tuple[Held, ...]:
        """All that the clerk may take back: those put aside, then what the machine did not take."""
        return (*self.held, *(self._going[uid][0] for uid in sorted(self._stuck)))

    def take(self, uid: UUID) -> Held | None:
        """This one comes back to the counter."""
        if uid in self._stuck:
            self._stuck.discard(uid)
            held, _ = self._going.pop(uid)
            self.counted.emit()
            return held
        for at, held in enumerate(self.held):
            if held.draft.id == uid:
                del self.held[at]
                self.counted.emit()
                return held
        return None

    def take_refused(self) -> Held | None:
        """The one refused first, if any was; what the clerk put aside stays aside."""
        for at, held in enumerate(self.held):
            if held.problems:
                del self.held[at]
                self.counted.emit()
                return held
        return None

    def _post(self, uid: UUID) -> None:
        if uid not in self._going:
            return  # taken back meanwhile
        held, seen = self._going[uid]
        self._stuck.discard(uid)
        self._desk.do(
            verbs.post,
            held.draft,
            seen=seen,
            done=partial(self._posted, uid),
            undone=partial(self._not_posted, uid),
        )

    def _posted(self, uid: UUID, saved: Saved) -> None:
        self._going.pop(uid, None)
        self._keeping.posted(uid)
        self._unkept.discard(uid)
        self.counted.emit()
        self.saved.emit(saved)

    def _not_posted(self, uid: UUID, error: BaseException) -> None:
        held = self._going[uid][0]
        if isinstance(error, Refused):
            del self._going[uid]
            back = Held(held.draft, held.name, error.problems, held.total)
            self.hold(back)
            self.refused.emit(back)
        else:
            self._stuck.add(uid)
            if uid in self._unkept:
                self._unkept.discard(uid)
                self._keeping.typed(held.draft)
            self.failed.emit(held, error, partial(self._post, uid))
