"""A kind of master: its list, and on top of that the form of one, or what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from dms_desktop.services.registers.lists import Line
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.masters.editor import Editor
from dms_desktop.ui.masters.listing import MasterList
from dms_desktop.ui.masters.master import Master


class MasterPage(QStackedWidget):
    """`left`: Esc in the list. `given` is what a new one begins with."""

    left = Signal()

    def __init__(
        self, floor: Floor, master: Master, of: str = "", given: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__()
        self.floor, self.master, self._given = floor, master, given or {}
        self.list = MasterList(floor, master, of)
        self.editor: Editor | None = None
        self._editors: dict[int, Editor] = {}
        self.addWidget(self.list)
        self.list.opened.connect(self.open)
        self.list.new_wanted.connect(self.begin_new)
        self.list.left.connect(self.left)
        self.setFocusProxy(self.list)

    def arrive(self) -> None:
        """It came to the front."""
        self.list.arrive()

    def open(self, line: Line) -> None:
        self._editor(self.master).open(line.code, self.master.heading(line))

    def begin_new(self) -> None:
        self._editor(self.master.beginning or self.master).begin_new(self._given)

    def _open_paper(self, form: Master, code: str, heading: str) -> None:
        self._editor(form).open(code, heading)

    def _editor(self, form: Master) -> Editor:
        """Made when it is first wanted; a new one may have a form of its own."""
        self.list.hush()
        if id(form) not in self._editors:
            editor = self._editors[id(form)] = Editor(self.floor, form)
            editor.closed.connect(self._back)
            editor.saved.connect(self._saved)
            editor.related.connect(self._show_related)
            editor.paper.connect(self._open_paper)
            self.addWidget(editor)
        self.editor = self._editors[id(form)]
        self.setCurrentWidget(self.editor)
        self.setFocusProxy(self.editor.form)
        return self.editor

    @property
    def front(self) -> MasterPage:
        """Itself, or what hangs on it while that lies over it."""
        page = self.currentWidget()
        return page.front if isinstance(page, MasterPage) else self

    def _show_related(self, code: str) -> None:
        """The lots of an item, the terms of a party: a list of their own until Esc."""
        from dms_desktop.ui.masters.kinds import KINDS

        given = {self.master.named: code} if self.master.named else {}
        page = MasterPage(self.floor, KINDS[self.master.related], code, given)
        page.left.connect(lambda: self._drop(page))
        self.addWidget(page)
        self.setCurrentWidget(page)
        self.setFocusProxy(page)
        page.arrive()
        page.setFocus()

    def _drop(self, page: MasterPage) -> None:
        assert self.editor is not None
        self.setCurrentWidget(self.editor)
        self.setFocusProxy(self.editor.form)
        self.removeWidget(page)
        page.deleteLater()
        self.editor.form.begin()

    def _back(self) -> None:
        self.setCurrentWidget(self.list)
        self.setFocusProxy(self.list)
        self.list.arrive()
        self.list.table.setFocus()

    def _saved(self, code: str, name: str) -> None:
        self._back()
        self.list.tell_saved(code, name)
