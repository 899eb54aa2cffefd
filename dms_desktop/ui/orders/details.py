"""The lines of the order that the cursor is on, and how much of each is to be billed now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from dms_desktop.domain.draft import Ask
from dms_desktop.domain.units import BadQuantity, Quantity, read_quantity, spell
from dms_desktop.language.catalogue import N_, _
from dms_desktop.services.tray_panel import OrderLine
from dms_desktop.ui import messages
from dms_desktop.ui.kit.table import Column, Rows, Table
from dms_desktop.ui.orders.columns import LINES

Index = QModelIndex | QPersistentModelIndex
NOW = len(LINES)  # the column of what is to be billed now
NONE = ("", "0")


class _Lines(Rows[OrderLine]):
    """`now` is by line; a line without an entry stays for later."""

    refused = Signal(str)
    typed = Signal()

    def __init__(self) -> None:
        super().__init__((*LINES, Column(N_("Bill now"), self._now_text, 8, right=True)))
        self.now: dict[int, Quantity] = {}

    def flags(self, index: Index) -> Qt.ItemFlag:
        editable = Qt.ItemFlag.ItemIsEditable if index.column() == NOW else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | editable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.EditRole and index.column() == NOW:
            return self._now_text(self.rows[index.row()])
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed, or say why not and leave it as it was."""
        line, text = self.rows[index.row()], str(value).strip()
        try:
            many = Quantity(0) if text in NONE else read_quantity(text, line.case, line.inner)
        except BadQuantity as error:
            self.refused.emit(messages.of_quantity(error, line.name))
            return False
        if many.billed > line.left or many.free > line.left_free:
            left = spell(Quantity(line.left, line.left_free), line.case, line.inner)
            too_many = _("{item}: no more than {left} is left of it.")
            self.refused.emit(too_many.format(item=line.name, left=left))
            return False
        self.now[line.line] = many
        self.dataChanged.emit(index, index)
        self.typed.emit()
        return True

    def _now_text(self, line: OrderLine) -> str:
        many = self.now.get(line.line)
        return spell(many, line.case, line.inner) if many and (many.billed or many.free) else ""


class Details(Table[OrderLine]):
    """While a part is chosen, Enter or a figure opens the box of the line, and Enter the next."""

    refused = Signal(str)
    left = Signal()  # Esc

    def __init__(self) -> None:
        self._lines = _Lines()
        super().__init__(LINES, _("Lines of the order"), self._lines)
        self._lines.refused.connect(self.refused)
        self._lines.typed.connect(self._next)
        self.setColumnHidden(NOW, True)

    @property
    def choosing(self) -> bool:
        return not self.isColumnHidden(NOW)

    def show_lines(self, lines: Sequence[OrderLine]) -> None:
        """The same order again keeps its cursor; another has no part chosen yet."""
        same = [line.line for line in lines] == [line.line for line in self._lines.rows]
        if not same:
            self.end_part()
        self.show_rows(lines, None, max(self.currentIndex().row(), 0) if same else 0)

    def short(self) -> OrderLine | None:
        """The first line of which there is less than all orders wait for."""
        lines = (line for line in self._lines.rows if line.waits)
        return next((line for line in lines if line.demand > (line.stock or 0)), None)

    def begin_part(self) -> None:
        """Choose how much of each; as much as there is stands there already."""
        self._lines.now = {line.line: _there(line) for line in self._lines.rows}
        self.setColumnHidden(NOW, False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setFocus()
        self.setCurrentIndex(self._lines.index(0, NOW))

    def end_part(self) -> None:
        self._lines.now = {}
        self.setColumnHidden(NOW, True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def part(self) -> tuple[Ask, ...]:
        """What was chosen, as rows of a draft."""
        now = self._lines.now
        chosen = [(line, now.get(line.line, Quantity(0))) for line in self._lines.rows]
        return tuple(
            Ask(line.item_id, many.billed, many.free)
            for line, many in chosen
            if many.billed or many.free
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.state() is QAbstractItemView.State.EditingState:
            event.accept()  # the box has taken it already
        elif self.choosing and entered:
            self.edit(self._lines.index(self.currentIndex().row(), NOW))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _next(self) -> None:
        row = self.currentIndex().row() + 1
        if row < len(self._lines.rows):
            self.setCurrentIndex(self._lines.index(row, NOW))


def _there(line: OrderLine) -> Quantity:
    """As many as lie there, the billed ones first."""
    have = line.waits if line.stock is None else line.stock
    billed = min(line.left, have)
    return Quantity(billed, min(line.left_free, have - billed))
