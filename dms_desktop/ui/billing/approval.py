"""The owner's yes at the clerk's counter: his code and PIN, typed below the bill."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from dms_desktop.domain.draft import Draft
from dms_desktop.domain.money import Money
from dms_desktop.domain.refusals import Reason
from dms_desktop.language.catalogue import _
from dms_desktop.ui import messages
from dms_desktop.ui.billing import looks
from dms_desktop.ui.billing.cells import with_sign
from dms_desktop.ui.billing.strip import Strip
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.people.wording import wrong_of

if TYPE_CHECKING:
    from dms_desktop.services.people import Standing

USUAL = "owner"


class Approval(Strip):
    """Asks for some reasons, up to an amount, for one draft; the bill stays where it is."""

    approved = Signal(object, object)  # the draft's id, the reasons

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Owner's approval"), {"user": _("User"), "pin": _("PIN")})
        self._desk = desk
        self._draft: Draft | None = None
        self._reasons: frozenset[Reason] = frozenset()
        self._ceiling = Money()
        self.box("user").setText(USUAL)
        self.box("pin").setEchoMode(QLineEdit.EchoMode.Password)
        self.finished.connect(self._send)

    def ask(self, draft: Draft, reasons: frozenset[Reason], ceiling: Money) -> None:
        """For this draft as it stands, and while it comes to no more than `ceiling`."""
        self._draft, self._reasons, self._ceiling = draft, reasons, ceiling
        said = _("Owner's approval up to {amount}")
        self.title.setText(said.format(amount=with_sign(ceiling)))
        self.box("pin").clear()
        self.open()
        self.go_to("pin")

    def _send(self) -> None:
        self._desk.ask(looks.pepper, done=self._approve, undone=self._fail)

    def _approve(self, pepper: bytes) -> None:
        if self._draft is None or self.isHidden():
            return
        self._desk.do(
            looks.approve,
            self.box("user").text().strip(),
            self.box("pin").text(),
            pepper,
            draft=self._draft.id,
            reasons=self._reasons,
            ceiling=self._ceiling,
            done=partial(self._answered, self._draft, self._reasons),
            undone=self._fail,
        )

    def _answered(self, draft: Draft, reasons: frozenset[Reason], wrong: Standing | None) -> None:
        self.box("pin").clear()
        if wrong is None:
            self.leave()
            self.approved.emit(draft.id, reasons)
            return
        self._refuse(wrong_of(wrong))

    def _fail(self, error: BaseException) -> None:
        self.box("pin").clear()
        self._refuse(messages.of_error(error))

    def _refuse(self, sentence: str) -> None:
        self.go_to("pin")
        self.fields["pin"].refuse(sentence)
