"""The paper of a posted bill, made and printed behind the clerk's back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from dms_desktop.ui.billing import verbs
from dms_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from dms_desktop.domain.company import Issued

Send = Callable[[Path], None]


class Papers(QObject):
    """Each bill's PDF goes into one folder, and to the printer where there is one."""

    made = Signal(object, bool)  # the path, whether it is a reprint
    failed = Signal(object, object)  # the error, a callable that tries again

    def __init__(
        self, desk: Desk, folder: Path, send: Send | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._folder, self._send = desk, folder, send

    def print(self, uid: UUID) -> None:
        """Make the paper from the document as it lies in the books. The second one is marked."""
        again = partial(self.print, uid)
        self._desk.ask(
            verbs.issued,
            uid,
            done=self._make,
            undone=lambda error: self.failed.emit(error, again),
        )

    def _make(self, issued: Issued) -> None:
        uid = issued.document.head.id
        self._desk.work(
            partial(write_paper, issued, self._folder, self._send),
            done=partial(self._made, uid, bool(issued.printed)),
            undone=lambda error: self.failed.emit(error, partial(self.print, uid)),
        )

    def _made(self, uid: UUID, reprint: bool, path: Path) -> None:
        self.made.emit(path, reprint)
        self._desk.do(
            verbs.mark_printed,
            uid,
            path.name,
            undone=lambda error: self.failed.emit(error, partial(self._made, uid, reprint, path)),
        )


def write_paper(issued: Issued, folder: Path, send: Send | None = None) -> Path:
    """Write the PDF whole or not at all, then hand it to the printer; where it lies."""
    from dms_desktop.printing.invoice import invoice

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / paper_name(issued)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(invoice(issued))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    if send:
        send(path)
    return path


def paper_name(issued: Issued) -> str:
    """`B-26-27-00001.pdf`; a reprint lies beside the first paper, which stays as it was given."""
    number = issued.number.replace("/", "-")
    return f"{number} reprint {issued.printed}.pdf" if issued.printed else f"{number}.pdf"
