"""Our own particulars, as the masters' form shows them, opened without a list of one."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from dms_desktop.language.catalogue import _
from dms_desktop.services.registers.register import Shown
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.masters.editor import Editor
from dms_desktop.ui.masters.house import COMPANY
from dms_desktop.ui.theme import Role, dress


class CompanyPane(Editor):
    """Saved, it stays in front with what was saved."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor, COMPANY)
        self.saved.connect(self._reopen)

    def arrive(self) -> None:
        """It came to the front; what is being typed stays."""
        if not self.form.changes():
            self.open("company")

    def begin(self) -> None:
        """The cursor into the first box."""
        self.form.begin()

    def _show(self, asked: int, shown: Shown[Any]) -> None:
        """Whoever goes past it in the list of pages stays in the list."""
        focus = QApplication.focusWidget()
        super()._show(asked, shown)
        if focus is not None and not self.isAncestorOf(focus):
            focus.setFocus()

    def _reopen(self, code: str, name: str) -> None:
        self.open(code)
        dress(self.said, Role.GOOD).setText(
            _("Saved. Papers made from now on say so; older ones stay as they are.")
        )
        self.said.show()
