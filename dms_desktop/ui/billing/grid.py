"""The table of the bill's lines: how its rows are painted, and how a cell is edited in place."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from dms_desktop.domain.units import spell
from dms_desktop.language.catalogue import _
from dms_desktop.ui import keys
from dms_desktop.ui.billing.cells import rupees
from dms_desktop.ui.billing.model import (
    AMOUNT,
    BATCH,
    DISCOUNT,
    FREE,
    HSN,
    ITEM,
    QTY,
    RATE,
    ROW,
    TAX,
    BillModel,
    Index,
)
from dms_desktop.ui.billing.rows import Row, What
from dms_desktop.ui.theme import COLOURS, Colours, Role, Theme, dress, set_refused

WIDE = {HSN: 10, BATCH: 17, QTY: 9, FREE: 7, RATE: 12, DISCOUNT: 10, TAX: 9, AMOUNT: 15}
PAD = 8
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LEAVING = (*ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class Lines(QTableView):
    """Rows of the model. A digit typed on a figure opens it; Enter keeps, Esc gives up."""

    refused = Signal(str)  # why what was typed in a cell cannot be
    edited = Signal()  # a cell was closed by Enter, its figure taken

    def __init__(self, model: BillModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = Cells(self)
        self.setItemDelegate(self._cells)
        self.setModel(model)
        self.setAccessibleName(_("Lines of the bill"))
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
        model.rowsInserted.connect(self._size_rows)
        hint = dress(QLabel(_empty()), Role.MUTED)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self).addWidget(hint)
        for told in (model.rowsInserted, model.rowsRemoved):
            told.connect(lambda *_: hint.setVisible(not model.rowCount()))
        self._measure()

    def show_row(self, number: int, column: int = QTY) -> None:
        """Make the draft's row the current one and bring it into view."""
        index = self._bill.index_of(number, column)
        if index.isValid():
            self.setCurrentIndex(index)
            last = self._bill.index_of(number + 1, column)
            end = last.row() if last.isValid() else self._bill.rowCount()
            self.scrollTo(self._bill.index(end - 1, column))
            self.scrollTo(index)

    def edit_row(self, number: int, column: int) -> None:
        """Open a figure of the draft's row for typing."""
        self.show_row(number, column)
        self.setFocus()
        self.edit(self._bill.index_of(number, column))

    def current_number(self) -> int | None:
        """The draft's row that the cursor is on, or None in an empty table."""
        index = self.currentIndex()
        return self._bill.row(index).number if index.isValid() else None

    @property
    def _bill(self) -> BillModel:
        return cast(BillModel, self.model())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in ENTER and index.isValid():
            if index.column() not in (QTY, FREE, RATE, DISCOUNT):
                index = index.siblingAtColumn(QTY)
                self.setCurrentIndex(index)
            self.edit(index)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        """Widths and heights by the letters in use, so that large letters fit too."""
        metrics = self.fontMetrics()
        letter, line = metrics.averageCharWidth(), metrics.height()
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionsClickable(False)
        across.setHighlightSections(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setSectionResizeMode(ITEM, QHeaderView.ResizeMode.Stretch)
        for column, letters in WIDE.items():
            self.setColumnWidth(column, letters * letter)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setSectionsClickable(False)
        down.setHighlightSections(False)
        down.setMinimumWidth(5 * letter)
        down.setMinimumSectionSize(line)
        down.setDefaultSectionSize(2 * line + 2)
        self._size_rows(QModelIndex(), 0, self.model().rowCount() - 1)

    def _size_rows(self, parent: QModelIndex, first: int, last: int) -> None:
        """Lots and notes are one line tall."""
        small = self.fontMetrics().height() + 8
        for at in range(first, last + 1):
            row = self._bill.row(self._bill.index(at, ITEM))
            if row.what is not What.LINE:
                self.verticalHeader().resizeSection(at, small)


class CellEditor(QLineEdit):
    """Knows which cell it is for, wherever that moves while other bills are saved."""

    def __init__(self, index: Index, parent: QWidget) -> None:
        super().__init__(parent)
        self.cell = QPersistentModelIndex(index)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        heading = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        row: Row = index.data(ROW)
        self.setAccessibleName(f"{heading}, {row.name}")


class Cells(QStyledItemDelegate):
    """Paints from the Row itself: asking a model for each of ten roles costs more than painting."""

    refused = Signal(str)
    taken = Signal()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        return CellEditor(index, parent)

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
            elif event.type() == QEvent.Type.FocusOut and self._flaw(editor):
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
                return True
        return super().eventFilter(editor, event)

    def _leave(self, editor: CellEditor) -> bool:
        if flaw := self._flaw(editor):
            set_refused(editor, refused=True)
            editor.selectAll()
            self.refused.emit(flaw)
            return True
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.taken.emit()
        return True

    def _flaw(self, editor: CellEditor) -> str:
        if not editor.isModified() or not editor.cell.isValid():
            return ""
        model = cast(BillModel, editor.cell.model())
        return model.flaw(editor.cell, editor.text())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        view, place = cast(Lines, option.widget), option.rect
        colours = colours_of(option.palette)
        current = view.currentIndex()
        chosen = current.isValid() and index.row() == current.row()
        painter.save()
        painter.setClipRect(place)
        ground = colours.stripe if row.number % 2 else colours.card
        if row.what is What.NOTE:
            ground = colours.warning_tint if row.soft else colours.fault_tint
        painter.fillRect(place, QColor(colours.chosen if chosen else ground))
        painter.setPen(QColor(colours.line))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        strong = colours.on_chosen if chosen else colours.text
        weak = colours.on_chosen if chosen else colours.muted
        if row.what is What.NOTE:
            sign = colours.warning if row.soft else colours.fault
            _paint_note(painter, view, place, index, row, colours.on_chosen if chosen else sign)
        elif row.what is What.LINE and index.column() == ITEM:
            _paint_item(painter, place, row, strong, weak)
        else:
            faint = row.what is What.LOT or not row.lines
            _paint_figure(painter, place, index, weak if faint else strong)
        if chosen and view.hasFocus() and index.column() == current.column():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(place.adjusted(1, 1, -1, -2))
        painter.restore()


def _empty() -> str:
    item, take = keys.key_text("counter.item"), keys.key_text("next")
    said = _("{item}, then the item, {take}, how many, {take}. A scanned barcode needs no key.")
    return said.format(item=item, take=take)


def colours_of(palette: QPalette) -> Colours:
    """The table of colours that this palette was made from."""
    dark = palette.color(QPalette.ColorRole.Base).lightness() < 128
    return COLOURS[Theme.DARK if dark else Theme.LIGHT]


def _paint_item(painter: QPainter, place: QRect, row: Row, strong: str, weak: str) -> None:
    """The name, and below it what tells this pack from its like."""
    inner = place.adjusted(PAD, 2, -PAD, -2)
    top = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
    bottom = QRect(inner.left(), top.bottom() + 1, inner.width(), inner.height() - top.height())
    name = row.name or _("Reading the item…")
    _write(painter, top, Qt.AlignmentFlag.AlignLeft, name, strong)
    _write(painter, bottom, Qt.AlignmentFlag.AlignLeft, _particulars(row), weak)


def _particulars(row: Row) -> str:
    if not row.item:
        return ""
    parts = [row.item.code]
    if row.lines and len({line.mrp for line in row.lines}) == 1 and row.lines[0].mrp:
        parts.append(_("MRP {mrp}").format(mrp=rupees(row.lines[0].mrp)))
    if row.item.case and row.ask.qty >= row.item.case:
        parts.append(spell(row.ask.qty, row.item.case, row.item.inner))
    return "  ·  ".join(parts)


def _paint_figure(painter: QPainter, place: QRect, index: Index, colour: str) -> None:
    text = index.data(Qt.ItemDataRole.DisplayRole)
    if text:
        left = index.column() <= BATCH
        align = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        _write(painter, place.adjusted(PAD, 0, -PAD, 0), align, text, colour)


def _paint_note(
    painter: QPainter, view: Lines, place: QRect, index: Index, row: Row, colour: str
) -> None:
    """The sentence runs through all cells: each paints its own part of it."""
    header = view.horizontalHeader()
    whole = QRect(
        header.sectionViewportPosition(ITEM), place.top(), header.length(), place.height()
    )
    text = index.model().index(index.row(), ITEM).data(Qt.ItemDataRole.DisplayRole)
    _write(
        painter, whole.adjusted(PAD, 0, -PAD, 0), Qt.AlignmentFlag.AlignLeft, f"▲  {text}", colour
    )


def _write(
    painter: QPainter, place: QRect, align: Qt.AlignmentFlag, text: str, colour: str
) -> None:
    painter.setPen(QColor(colour))
    fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter, fitting)
