"""The history of a master beside its form: who changed what, when, from what to what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QTextBrowser, QVBoxLayout

from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import instant_text
from dms_desktop.services.registers.history import Event
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.theme import Role, dress

NOTHING = "–"
EMPTY: tuple[object, ...] = (None, "", [], 0, False)
FIGURES = ("sample", "wrong")  # what stands with these is for who looks into the books
DONE = {
    "add": N_("added it"),
    "change": N_("changed it"),
    "import": N_("imported it"),
    "set": N_("gave a new PIN"),
    "close": N_("closed it"),
    "found": N_("founded the books"),
    "sample": N_("filled the books with the sample company"),
    "wrong": N_("typed a wrong PIN"),
    "file": N_("marked it as filed"),
    "lock": N_("locked it"),
    "re-open": N_("opened it again"),
    "unlock": N_("opened it again"),
    "lot_correction": N_("put it right by {number}"),
    "restickering": N_("gave pieces stickers with another MRP by {number}"),
    "swap": N_("let it and another batch change places by {number}"),
    "transfer": N_("sent pieces to another godown by {number}"),
    "transfer_receipt": N_("took in pieces of a transfer by {number}"),
    "adjustment": N_("adjusted its pieces by {number}"),
    "bucket_move": N_("moved pieces to another bucket by {number}"),
    "stock_count": N_("set its pieces right after a count by {number}"),
    "expiry_move": N_("moved its pieces to the expired by {number}"),
    "cancellation": N_("took it back by {number}"),
}


class HistoryPane(QFrame):
    """The newest on top. `label` says what a field of the books is called, `plain` its value."""

    def __init__(self, label: Callable[[str], str], plain: Callable[[str, Any], str]) -> None:
        super().__init__()
        dress(self, Role.CARD)
        self._label, self._plain = label, plain
        self._events: Sequence[Event] = ()
        self.text = QTextBrowser()
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.text.setTabChangesFocus(True)
        self.text.viewport().setAutoFillBackground(False)
        tell(self.text, "accessibleName", _("What was changed"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 10, 10, 10)
        rows.addWidget(dress(Label(_("What was changed")), Role.MUTED))
        rows.addWidget(self.text, 1)

    def show_events(self, events: Sequence[Event]) -> None:
        self._events = events
        self.speak_again()

    def speak_again(self) -> None:
        if self._events:
            self.text.setHtml("".join(map(self._event, self._events)))
        else:
            self.text.setPlainText(_("Nothing was changed yet."))

    def _event(self, event: Event) -> str:
        word = event.action.split()[0]
        did = event.action
        if word in DONE:
            did = _(DONE[word]).format(number=event.action.split()[-1])
        head = f"<b>{escape(event.by)}</b> {escape(did)}<br>{escape(instant_text(event.at))}"
        fresh = word != "change" and all(was is None for was, _now in event.fields.values())
        lines = [
            self._line(name, was, now, fresh=fresh)
            for name, (was, now) in event.fields.items()
            if word not in FIGURES and (not fresh or now not in EMPTY)
        ]
        if event.why:
            lines.append(escape(event.why))
        return f"<p>{'<br>'.join((head, *lines))}</p>"

    def _line(self, name: str, was: Any, now: Any, *, fresh: bool) -> str:
        """Of a new one only what it is."""
        before = "" if fresh else f"{escape(self._value(name, was))} → "
        return f"{escape(self._label(name))}: {before}<b>{escape(self._value(name, now))}</b>"

    def _value(self, name: str, value: Any) -> str:
        return self._plain(name, value) or NOTHING


def instant_of(micros: object) -> datetime:
    """Of microseconds UTC, as a refusal tells them."""
    return datetime.fromtimestamp(int(str(micros or 0)) / 1_000_000, UTC)
