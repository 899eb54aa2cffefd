"""The columns of a file as it has them, and what each is brought in as: told, and mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from dms_desktop.domain.incoming import Intake
from dms_desktop.files.headings import FIELDS, NEEDED, Columns
from dms_desktop.files.raw import Cell
from dms_desktop.language.catalogue import N_, _, joined
from dms_desktop.language.figures import day_text
from dms_desktop.ui.importing.words import field_name
from dms_desktop.ui.kit.speaking import tell
from dms_desktop.ui.kit.table import NOWHERE, Index

TITLES = (N_("In the file"), N_("First values"), N_("Brought in as"))
HEADING, VALUES, FIELD = range(3)
_LOOKED_AT, _SHOWN, _LONGEST = 50, 3, 24


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the file; `field` is empty where it is not brought in."""

    place: int
    text: str
    values: str
    field: str = ""


class Headings(QAbstractTableModel):
    """`changed` comes when the user has mended what a column is."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind, self.rows = Intake.ITEMS, list[Heading]()

    def begin(self, kind: Intake, rows: Sequence[Sequence[Cell]], found: Columns) -> None:
        self.beginResetModel()
        self.kind = kind
        fields = {place: field for field, place in found.places.items()}
        head = rows[found.row - 1] if 0 < found.row <= len(rows) else ()
        below = rows[found.row : found.row + _LOOKED_AT]
        self.rows = [
            Heading(place, " ".join(cell.split()), _values(below, place), fields.get(place, ""))
            for place, cell in enumerate(head)
            if isinstance(cell, str) and cell.strip()
        ]
        self.endResetModel()

    def said(self) -> dict[str, str]:
        """Field -> heading, empty where the file has none for it: leaves nothing to a guess."""
        told = dict.fromkeys(FIELDS[self.kind], "")
        return told | {row.field: row.text for row in self.rows if row.field}

    def missing(self) -> tuple[str, ...]:
        return tuple(field for field in NEEDED[self.kind] if not self.said()[field])

    def take(self, at: int, field: str) -> None:
        """Column `at` is this field, and no other one is."""
        for number, row in enumerate(self.rows):
            if number == at or (field and row.field == field):
                self.rows[number] = replace(row, field=field if number == at else "")
                where = self.index(number, FIELD)
                self.dataChanged.emit(where, where)
        self.changed.emit()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == FIELD else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            name = field_name(self.kind, row.field) if row.field else _("— not brought in —")
            return (row.text, row.values, name)[index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return row.field
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or value == self.rows[index.row()].field:
            return False
        self.take(index.row(), str(value))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return _(TITLES[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _FieldBox(QComboBox):
    """`unfolded` once its list was opened: what is chosen there is meant."""

    unfolded = False

    def showPopup(self) -> None:
        self.unfolded = True
        super().showPopup()


class _Fields(QStyledItemDelegate):
    """A box of all fields of this kind, those that are needed first."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, Headings)
        needed = NEEDED[model.kind]
        box = _FieldBox(parent)
        box.setAccessibleName(_(TITLES[FIELD]))
        box.addItem(_("— not brought in —"), "")
        for field in (*needed, *(name for name in FIELDS[model.kind] if name not in needed)):
            box.addItem(field_name(model.kind, field), field)
        box.activated.connect(lambda _: self._take(box) if box.unfolded else None)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentData())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter takes what the box shows; the keys that open its list are the box's own."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(editor)
                return True
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                return False
        return super().eventFilter(editor, event)

    def _take(self, editor: Any) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)


class ColumnsTable(QTableView):
    """Enter on a row mends it, Del takes the column out."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.headings = Headings()
        self.setModel(self.headings)
        self.setItemDelegate(_Fields(self))
        tell(self, "accessibleName", name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.SelectedClicked)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        for at, wide in ((HEADING, 18), (FIELD, 20)):
            self.setColumnWidth(at, self.fontMetrics().averageCharWidth() * wide)
        head.setSectionResizeMode(VALUES, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex()
        if at.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit(self.headings.index(at.row(), FIELD))
        elif at.isValid() and event.key() == Qt.Key.Key_Delete:
            self.headings.take(at.row(), "")
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


def _values(rows: Sequence[Sequence[Cell]], place: int) -> str:
    found: dict[str, None] = {}
    for row in rows:
        if place < len(row) and row[place] not in (None, ""):
            found.setdefault(_value(row[place]))
        if len(found) == _SHOWN:
            break
    return " · ".join(found)


def _value(cell: Cell) -> str:
    text = day_text(cell) if isinstance(cell, date) else " ".join(str(cell).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def names(kind: Intake, fields: Mapping[str, object] | Sequence[str]) -> str:
    """The fields' names, one after the other."""
    return joined(", ", (field_name(kind, field) for field in fields))
