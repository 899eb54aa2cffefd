"""Drafts on their way to the disk while they are typed: often enough for a crash, never felt."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from dms_desktop.domain.draft import Aside, Draft
from dms_desktop.ui.billing import verbs
from dms_desktop.ui.desk import Desk

FIRST_MS, GAP_MS = 40, 250  # at most so much typing goes with the power; first comes the painting

Kept = tuple[Draft, Aside | None]


class Keeping(QObject):
    """Writes each draft's latest state, one write at a time; an empty draft is not kept."""

    kept = Signal()
    failed = Signal(object, object)  # the error, and a callable that tries again

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._dirty: dict[UUID, Kept] = {}
        self._sent: dict[UUID, Kept] = {}  # what the disk has, or will have in a moment
        self._writing = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._write)

    @property
    def behind(self) -> bool:
        """Whether the disk has less than what was typed."""
        return bool(self._dirty)

    def typed(self, draft: Draft, aside: Aside | None = None) -> None:
        """The draft is now this, and put aside or not; it will be on the disk within GAP_MS."""
        sent = self._sent.get(draft.id)
        if sent == (draft, aside) if draft.asks else sent is None:
            self._dirty.pop(draft.id, None)
            return
        self._dirty[draft.id] = draft, aside
        if not self._pause.isActive() and not self._writing:
            self._pause.start(FIRST_MS)

    def handed_over(self, draft: Draft) -> bool:
        """It is being posted; whether its latest state never reached the disk. Should the books not
        take it, it is to be typed again."""
        return self._dirty.pop(draft.id, None) is not None

    def posted(self, uid: UUID) -> None:
        """It is in the books, and with that no longer kept."""
        self._sent.pop(uid, None)

    def found(self, draft: Draft, aside: Aside | None) -> None:
        """It was read from the disk as it stands."""
        self._sent[draft.id] = draft, aside

    def flush(self) -> None:
        """Send what is not sent yet: the program is being closed."""
        while self._dirty:
            self._write()

    def _write(self) -> None:
        if not self._dirty:
            return
        draft, aside = self._dirty.pop(next(iter(self._dirty)))
        self._writing = True
        undone = partial(self._not_written, draft, aside)
        if draft.asks:
            self._sent[draft.id] = draft, aside
            self._desk.do(verbs.keep, draft, aside, done=self._written, undone=undone)
        else:
            self._sent.pop(draft.id, None)
            self._desk.do(verbs.forget, draft.id, done=self._written, undone=undone)

    def _written(self, _: object) -> None:
        self._writing = False
        self.kept.emit()
        self._pause.start(GAP_MS)

    def _not_written(self, draft: Draft, aside: Aside | None, error: BaseException) -> None:
        """It stays in memory, and the next key or the retry writes it."""
        self._writing = False
        self._sent.pop(draft.id, None)
        self._dirty.setdefault(draft.id, (draft, aside))
        self.failed.emit(error, self._write)
