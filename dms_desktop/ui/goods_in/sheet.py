"""Lines typed cell by cell, as on the paper: Enter goes on, and what is wrong is marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QFontMetrics, QGuiApplication, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from dms_desktop.language.catalogue import _, again
from dms_desktop.ui.kit.pens import Pens, pens_of
from dms_desktop.ui.kit.speaking import tell

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
PADDING = 1  # letters: the item keeps room where letters are large


@dataclass(frozen=True, slots=True)
class Cell:
    """A column. `name` is that of the value; a `fixed` one is shown and never typed; a width
    of nil takes the rest."""

    name: str
    title: str
    width: int
    right: bool = False
    fixed: bool = False


@dataclass(slots=True)
class Line:
    """A row: what was typed by the names of the columns. `key` is the form's own, `note` is said
    beside it and `wrong` tells whether that stops it."""

    values: dict[str, str] = field(default_factory=dict)
    key: Any = None
    note: str = ""
    wrong: bool = False


class SheetRows(QAbstractTableModel):
    edited = Signal()

    def __init__(self, cells: Sequence[Cell]) -> None:
        super().__init__()
        self.cells, self.lines = cells, list[Line]()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.cells)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, cell = self.lines[index.row()], self.cells[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return line.values.get(cell.name, "")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and line.note:
            return again(line.note)
        if role == Qt.ItemDataRole.ForegroundRole and line.note and not index.column():
            return QBrush(_pens()["fault" if line.wrong else "warning"])
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name, text = self.cells[index.column()].name, str(value).strip()
        if self.lines[index.row()].values.get(name, "") != text:
            self.lines[index.row()].values[name] = text
            self.dataChanged.emit(index, index)
            self.edited.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        return usual if self.cells[index.column()].fixed else usual | Qt.ItemFlag.ItemIsEditable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(self.cells[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = self.cells[section].right
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def begin(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = [*lines]
        self.endResetModel()

    def add(self, line: Line) -> int:
        at = len(self.lines)
        self.beginInsertRows(NOWHERE, at, at)
        self.lines.append(line)
        self.endInsertRows()
        return at

    def remove(self, at: int) -> None:
        self.beginRemoveRows(NOWHERE, at, at)
        del self.lines[at]
        self.endRemoveRows()

    def tell(
        self, shown: Mapping[int, Mapping[str, str]], notes: Mapping[int, tuple[str, bool]]
    ) -> None:
        """What is computed of each line, and what is to be looked at."""
        for at, line in enumerate(self.lines):
            line.values |= shown.get(at, {})
            line.note, line.wrong = notes.get(at, ("", False))
        if self.lines:
            last = self.index(len(self.lines) - 1, len(self.cells) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def _pens() -> Pens:
    return pens_of(QGuiApplication.palette())


def _is_enter(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() in ENTER


class _Typing(QStyledItemDelegate):
    """A box in the cell; Enter takes it and goes on."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        box = QLineEdit(parent)
        box.setMaxLength(200)
        box.setAccessibleName(str(self._sheet.rows.headerData(
            index.column(), Qt.Orientation.Horizontal
        )))  # fmt: skip
        if self._sheet.rows.cells[index.column()].right:
            box.setAlignment(Qt.AlignmentFlag.AlignRight)
        return box

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(editor, QLineEdit) and _is_enter(event):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            self._sheet.go_on()
            return True
        return bool(super().eventFilter(editor, event))


class Sheet(QTableView):
    """`ended` comes with Enter in the last cell of a row; `changed` with whatever was typed."""

    ended = Signal()
    changed = Signal()

    def __init__(self, cells: Sequence[Cell], name: str) -> None:
        super().__init__()
        self.rows, self.empty = SheetRows(cells), ""
        self.setModel(self.rows)
        tell(self, "accessibleName", name)
        self.setItemDelegate(_Typing(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed
        )
        self.setAlternatingRowColors(True)
        self.setShowGrid(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the size of a pack stands at the end
        self.verticalHeader().hide()
        self.rows.edited.connect(self.changed)
        self._measure()

    @property
    def lines(self) -> list[Line]:
        return self.rows.lines

    def show_lines(self, lines: Sequence[Line]) -> None:
        self.rows.begin(lines)

    def add(self, line: Line) -> None:
        """One more, with the cursor on its first cell that is typed and still empty."""
        at = self.rows.add(line)
        self.go_to(at)
        self.changed.emit()

    def go_to(self, row: int, name: str = "") -> None:
        wanted = [
            n for n, cell in enumerate(self.rows.cells)
            if not cell.fixed and (cell.name == name or (not name and not self._has(row, cell)))
        ]  # fmt: skip
        typed = [n for n, cell in enumerate(self.rows.cells) if not cell.fixed]
        self.setFocus()
        self.setCurrentIndex(self.rows.index(row, (wanted or typed)[0]))

    def go_on(self) -> None:
        """To the next cell that is typed, else to wherever the form goes."""
        index = self.currentIndex()
        for at in range(index.column() + 1, len(self.rows.cells)):
            if not self.rows.cells[at].fixed:
                self.setFocus()
                self.setCurrentIndex(self.rows.index(index.row(), at))
                return
        self.ended.emit()

    def remove_current(self) -> None:
        at = self.currentIndex().row()
        if 0 <= at < len(self.lines):
            self.rows.remove(at)
            self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: Any) -> None:
        super().paintEvent(event)
        if self.empty and not self.lines:
            from PySide6.QtGui import QPainter

            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect(), wrapped, again(self.empty))
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def speak_again(self) -> None:
        self._measure()

    def _has(self, row: int, cell: Cell) -> bool:
        return bool(self.lines[row].values.get(cell.name))

    def _measure(self) -> None:
        head, font = self.horizontalHeader(), self.font()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        letter = QFontMetrics(font).averageCharWidth()
        font.setBold(True)
        bold = QFontMetrics(font)
        head.setHighlightSections(False)
        for at, cell in enumerate(self.rows.cells):
            if not cell.width:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
                continue
            told = bold.horizontalAdvance(_(cell.title)) + 2 * PADDING * letter
            self.setColumnWidth(at, max(told, (cell.width + PADDING) * letter))
        head.setMinimumSectionSize(letter * 3)
