"""What a day begins with, behind the clerk's back: batches past their date leave the shelf."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from dms_desktop.domain.refusals import Refused
from dms_desktop.language.catalogue import _, joined
from dms_desktop.services import expiry
from dms_desktop.services.expiry import Expired
from dms_desktop.ui import messages
from dms_desktop.ui.floor import Floor

LOOK_MS = 5 * 60 * 1000  # how late a day that begins while the program runs is noticed
FAULT = "expiry"


class DayOpen(QObject):
    """Looks when the program has started, and now and then whether another day began.

    Where somebody must be asked first, a banner stands until he said so in the stock work.
    """

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor)
        self._floor = floor
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        floor.desk.leaving.connect(self._timer.stop)

    def start(self) -> None:
        self._timer.start()
        self.look()

    def look(self) -> None:
        self._floor.desk.ask(expiry.due, done=self._due, undone=self._undone)

    def _due(self, due: bool) -> None:
        if due:
            self._floor.desk.do(expiry.move_expired, done=self._moved, undone=self._undone)
        else:
            self._floor.banners.over(FAULT)

    def _moved(self, done: Expired) -> None:
        self._floor.banners.over(FAULT)

    def _undone(self, error: BaseException) -> None:
        said = messages.of_error(error)
        if isinstance(error, Refused):
            where = _("The owner lets them move in Stock work.")
            self._floor.banners.tell(FAULT, joined(" ", (said, where)))
        else:
            self._floor.banners.tell(FAULT, said, self.look)
