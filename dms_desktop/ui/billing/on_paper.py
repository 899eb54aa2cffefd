"""A paper of the godown printed from its own screen: told there, and tried again from a banner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject

from dms_desktop.domain.printers import PaperKind
from dms_desktop.language.catalogue import _
from dms_desktop.services.papers import kind_of
from dms_desktop.ui import messages
from dms_desktop.ui.billing.papers import Papers
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.theme import Role


class OnPaper(QObject):
    """`name` is that of its banner; `say` tells at the place what was made."""

    def __init__(self, floor: Floor, name: str, say: Callable[[str, Role], object]) -> None:
        super().__init__()
        self._floor, self._name, self._say = floor, name, say
        self.papers = Papers(floor.desk, floor.folder, self)
        self.papers.made.connect(self._made)
        self.papers.failed.connect(self._failed)
        self.papers.over.connect(lambda: floor.banners.over(name))

    def print(self, uid: UUID, kind: PaperKind) -> None:
        """As its kind is set to be printed; a second one is marked."""
        self.papers.print(uid, kind=kind)

    def print_document(self, uid: UUID) -> None:
        """The paper of a document, or that it has none."""

        def show(kind: PaperKind | None) -> None:
            if kind is None:
                self._say(_("No paper is printed of this one."), Role.MUTED)
            else:
                self.papers.print(uid)

        self._floor.desk.ask(kind_of, uid, done=show, undone=self._refused)

    def _made(self, path: Path, reprint: bool) -> None:
        said = _("Printed again, marked so: {name}") if reprint else _("Printed: {name}")
        self._say(said.format(name=path.name), Role.GOOD)

    def _refused(self, error: BaseException) -> None:
        self._say(messages.of_error(error), Role.FAULT)

    def _failed(self, error: BaseException, again: Callable[[], object]) -> None:
        self._floor.banners.tell(self._name, messages.of_error(error), again)
