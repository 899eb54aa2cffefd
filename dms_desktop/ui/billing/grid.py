"""The table of the bill's lines: how its rows are painted, and how a cell is edited in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from dms_desktop.language.catalogue import _
from dms_desktop.ui import keys
from dms_desktop.ui.billing.model import ROW, BillModel, Index
from dms_desktop.ui.billing.painting import PAD, Look, note_said, paint_cell
from dms_desktop.ui.billing.rows import Row, What
from dms_desktop.ui.billing.texts import (
    AMOUNT,
    BATCH,
    DISCOUNT,
    FREE,
    HSN,
    ITEM,
    QTY,
    RATE,
    TAX,
)
from dms_desktop.ui.kit.lookup import is_scan
from dms_desktop.ui.kit.one_line import SPILT, OneLine
from dms_desktop.ui.kit.pens import pens_of
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.theme import Role, dress, set_refused

WIDE = {HSN: 10, BATCH: 17, QTY: 9, FREE: 7, RATE: 12, DISCOUNT: 14, TAX: 8, AMOUNT: 14}
# The same where the name of the item would have less than so many letters.
NARROW = {HSN: 10, BATCH: 15, QTY: 7, FREE: 6, RATE: 9, DISCOUNT: 8, TAX: 7, AMOUNT: 12}
NAME = 34
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LEAVING = (*ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class Lines(QTableView):
    """Rows of the model. A digit typed on a figure opens it; Enter keeps, Esc gives up."""

    refused = Signal(str)  # why what was typed in a cell cannot be
    edited = Signal()  # a cell was closed by Enter, its figure taken
    dropped = Signal()  # a cell was closed by Esc, its figure as it was
    moved = Signal()  # the cursor is on another row
    scanned = Signal(str)  # a label of goods was read while the cursor was here

    def __init__(
        self,
        model: BillModel,
        is_label: Callable[[str], bool] = lambda text: False,
        parent: QWidget | None = None,
    ) -> None:
        """`is_label` knows what is printed on goods from a figure."""
        super().__init__(parent)
        self.bill, self.is_label = model, is_label
        self.pens = pens_of(self.palette())
        self._stopped: set[int] = set()  # rows of the draft that got a stop just now
        self._in_view = QTimer(self)  # once the rows have their places
        self._in_view.setSingleShot(True)
        self._in_view.timeout.connect(self._show_stops)
        self._cells = Cells(self)
        self.setItemDelegate(self._cells)
        self.setModel(model)
        tell(self, "accessibleName", _("Lines of the bill"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked)
        self.setTabKeyNavigation(False)
        self._cells.refused.connect(self.refused)
        self._cells.taken.connect(self.edited)
        self._cells.dropped.connect(self.dropped)
        model.rowsInserted.connect(self._come)
        model.dataChanged.connect(lambda top, end: self._size_rows(top.row(), end.row()))
        self.selectionModel().currentRowChanged.connect(lambda *_: self.moved.emit())
        hint = dress(Label(_empty()), Role.MUTED)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self).addWidget(hint)
        for told in (model.rowsInserted, model.rowsRemoved):
            told.connect(lambda *_: hint.setVisible(not model.rowCount()))
        self._measure()

    def show_row(self, number: int, column: int = QTY) -> None:
        """Make the draft's row the current one and bring it into view."""
        index = self.bill.index_of(number, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self._bring(number, column)

    def _bring(self, number: int, column: int = QTY) -> None:
        """All that is said of the draft's row into view; where there is no room, its line, and
        before that what stops it."""
        after, line = self.bill.index_of(number + 1, column), self.bill.index_of(number, column)
        end = after.row() if after.isValid() else self.bill.rowCount()
        self.scrollTo(self.bill.index(end - 1, column))
        self.scrollTo(line)
        below = line.siblingAtRow(line.row() + 1) if line.row() + 1 < end else line
        if self.bill.row(below).what is What.NOTE and not self.bill.row(below).soft:
            self.scrollTo(below)

    def edit_row(self, number: int, column: int) -> None:
        """Open a figure of the draft's row for typing."""
        self.show_row(number, column)
        self.setFocus()
        self.edit(self.bill.index_of(number, column))

    def current_number(self) -> int | None:
        """The draft's row that the cursor is on, or None in an empty table."""
        index = self.currentIndex()
        return self.bill.row(index).number if index.isValid() else None

    def speak_again(self) -> None:
        self.bill.speak_again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in ENTER and index.isValid():
            if index.column() not in (QTY, FREE, RATE, DISCOUNT):
                index = index.siblingAtColumn(QTY)
                self.setCurrentIndex(index)
            self.edit(index)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A sentence below takes room: the line that it is about stays in sight."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share_out()
            self._size_rows(0, self.bill.rowCount() - 1)
        if (number := self.current_number()) is not None:
            self._bring(number)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        elif event.type() == QEvent.Type.PaletteChange:
            self.pens = pens_of(self.palette())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Only the cursor looks otherwise: Qt would have every cell painted again."""
        QFrame.focusInEvent(self, event)
        self.update(self.currentIndex())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        QFrame.focusOutEvent(self, event)
        self.update(self.currentIndex())

    def _measure(self) -> None:
        """Widths and heights by the letters in use, so that large letters fit too."""
        metrics = self.fontMetrics()
        letter, line = metrics.averageCharWidth(), metrics.height()
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionsClickable(False)
        across.setHighlightSections(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setSectionResizeMode(ITEM, QHeaderView.ResizeMode.Stretch)
        self._share_out()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setSectionsClickable(False)
        down.setHighlightSections(False)
        down.setMinimumWidth(5 * letter)
        down.setMinimumSectionSize(line)
        down.setDefaultSectionSize(2 * line - 2)
        self._size_rows(0, self.bill.rowCount() - 1)

    def _share_out(self) -> None:
        """The figures have room to spare, unless the names of the items need it."""
        letter, room = self.fontMetrics().averageCharWidth(), self._room()
        lack = NAME + sum(WIDE.values()) - room // letter
        saved = sum(WIDE.values()) - sum(NARROW.values())
        share = min(1.0, max(0.0, lack / saved))
        for column, wide in WIDE.items():
            letters = wide - (wide - NARROW[column]) * share
            self.setColumnWidth(column, round(letters * letter))

    def _room(self) -> int:
        """The header is as wide as what it stands above. To ask Qt for that itself, which Python
        has never seen, makes it load every kind of widget there is: no start waits for it."""
        return self.horizontalHeader().width()

    def _size_rows(self, first: int, last: int) -> None:
        """Lots are one line tall; notes are as tall as what they say."""
        metrics, wide = self.fontMetrics(), self._room() - 2 * PAD
        for at in range(first, last + 1):
            row, tall = self.bill.row_at(at), metrics.height()
            if row.what is What.NOTE:
                tall = note_said(self.bill.text(at, ITEM), row.problem, metrics, wide)[1]
            if row.what is not What.LINE:
                self.verticalHeader().resizeSection(at, tall + 4)

    def _come(self, parent: QModelIndex, first: int, last: int) -> None:
        self._size_rows(first, last)
        rows = map(self.bill.row_at, range(first, last + 1))
        self._stopped |= {row.number for row in rows if row.what is What.NOTE and not row.soft}
        if self._stopped:
            self._in_view.start()

    def _show_stops(self) -> None:
        """What has come to stand in the way is seen as it comes, at the cursor before all else."""
        current = self.current_number()
        for number in sorted(self._stopped, key=lambda each: each == current):
            if number < len(self.bill.draft.asks):
                self._bring(number)
        self._stopped.clear()


class CellEditor(QLineEdit):
    """Knows which cell it is for, wherever that moves while other bills are saved."""

    def __init__(self, index: Index, parent: QWidget) -> None:
        super().__init__(parent)
        self.cell = QPersistentModelIndex(index)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        heading = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        self.one_line = OneLine(self)
        row: Row = index.data(ROW)
        self.setAccessibleName(f"{heading}, {row.name}")


class Cells(QStyledItemDelegate):
    """Opens figures for typing, and has the cells painted."""

    refused = Signal(str)
    taken = Signal()
    dropped = Signal()

    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self._lines = lines

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = CellEditor(index, parent)
        editor.one_line.spilt.connect(lambda: self._refuse(editor, _(SPILT)))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """A bill saved meanwhile must not overwrite what is being typed."""
        assert isinstance(editor, CellEditor)
        if not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, CellEditor)
        if editor.isModified():
            model.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """A figure that cannot be stays open with its sentence; left otherwise it is dropped."""
        if isinstance(editor, CellEditor):
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                set_refused(editor, refused=False)
                if event.key() in LEAVING:
                    return self._leave(editor)
                if event.key() == Qt.Key.Key_Escape:
                    closed = super().eventFilter(editor, event)
                    self.dropped.emit()
                    return closed
            elif event.type() == QEvent.Type.FocusOut and self._flaw(editor):
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
                return True
        return super().eventFilter(editor, event)

    def _leave(self, editor: CellEditor) -> bool:
        text = editor.text()
        if editor.isModified() and is_scan(text) and self._lines.is_label(text):
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
            self._lines.scanned.emit(text)
            return True
        if flaw := self._flaw(editor):
            self._refuse(editor, flaw)
            return True
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.taken.emit()
        return True

    def _refuse(self, editor: CellEditor, sentence: str) -> None:
        set_refused(editor, refused=True)
        editor.selectAll()
        self.refused.emit(sentence)

    def _flaw(self, editor: CellEditor) -> str:
        if not editor.isModified() or not editor.cell.isValid():
            return ""
        model = cast(BillModel, editor.cell.model())
        return model.flaw(editor.cell, editor.text())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, at, column = self._lines, index.row(), index.column()
        bill, header, current = view.bill, view.horizontalHeader(), view.currentIndex()
        chosen = current.row() == at
        look = Look(
            view.pens,
            chosen,
            chosen and current.column() == column and view.hasFocus(),
            header.sectionViewportPosition(ITEM),
            header.length(),
        )
        row = bill.row_at(at)
        text = bill.text(at, ITEM if row.what is What.NOTE else column)
        paint_cell(painter, option.rect, row, column, text, look)


def _empty() -> str:
    item, take = keys.key_text("counter.item"), keys.key_text("next")
    said = _("{item}, then the item, {take}, how many, {take}. A scanned barcode needs no key.")
    return said.format(item=item, take=take)
