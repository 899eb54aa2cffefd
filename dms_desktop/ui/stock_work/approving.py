"""Somebody's yes to a change of stock above the limit: his code and PIN, typed below the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.language.catalogue import _
from dms_desktop.services import people, stock_grounds
from dms_desktop.store.session import Reading, Tx
from dms_desktop.ui import messages
from dms_desktop.ui.billing import looks
from dms_desktop.ui.billing.cells import with_sign
from dms_desktop.ui.billing.strip import Strip
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.people.wording import wrong_of

if TYPE_CHECKING:
    from dms_desktop.services.people import Standing

USUAL = "owner"


@needs(Power.MOVE_STOCK)
def _pepper(reading: Reading) -> bytes:
    """The counter's own way to it; a keeper need not be able to bill."""
    return looks.pepper(reading)


@needs(Power.MOVE_STOCK)
def _approve(
    tx: Tx, user: str, pin: str, pepper: bytes, of: UUID, ceiling: Money
) -> Standing | None:
    """None, or how many tries a wrong PIN has left."""
    yes = stock_grounds.approve_stock(tx, user, pin, pepper, of=of, ceiling=ceiling)
    return None if yes else people.standing(tx, user)


class StockApproval(Strip):
    """For one paper, up to an amount; the sheet stays as it is."""

    approved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Owner's approval"), {"user": _("User"), "pin": _("PIN")})
        self._desk, self._of, self._ceiling = desk, UUID(int=0), Money()
        self.box("user").setText(USUAL)
        self.box("pin").setEchoMode(QLineEdit.EchoMode.Password)
        self.finished.connect(self._send)

    def ask(self, of: UUID, ceiling: Money) -> None:
        """For this paper, while it changes no more than `ceiling`."""
        self._of, self._ceiling = of, ceiling
        said = _("Owner's approval up to {amount}")
        self.title.setText(said.format(amount=with_sign(ceiling)))
        self.box("pin").clear()
        self.open()
        self.go_to("pin")

    def _send(self) -> None:
        self._desk.ask(_pepper, done=self._ask, undone=self._fail)

    def _ask(self, pepper: bytes) -> None:
        who = self.box("user").text().strip(), self.box("pin").text()
        asked = (*who, pepper, self._of, self._ceiling)
        self._desk.do(_approve, *asked, done=self._answered, undone=self._fail)

    def _answered(self, wrong: Standing | None) -> None:
        self.box("pin").clear()
        if wrong is None:
            self.leave()
            self.approved.emit()
            return
        self._refuse(wrong_of(wrong))

    def _fail(self, error: BaseException) -> None:
        self.box("pin").clear()
        self._refuse(messages.of_error(error))

    def _refuse(self, sentence: str) -> None:
        self.go_to("pin")
        self.fields["pin"].refuse(sentence)
