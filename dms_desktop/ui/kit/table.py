"""A table of frozen rows: columns are declared, rows come page by page and only what changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QBrush,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from dms_desktop.language.catalogue import _, again
from dms_desktop.ui.kit.speaking import tell

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
PADDING = 3  # letters beside the text of a cell
NAME = 32  # letters of a column that takes the rest: less does not tell one item from the next


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """`title` is said in the language of the moment; `width` in characters, nil for the rest."""

    title: str
    text: Callable[[Row], str]
    width: int = 0
    right: bool = False


class Rows(QAbstractTableModel, Generic[Row]):
    """`after` of a page is where the next one begins, None at the end."""

    more_wanted = Signal(object)  # after

    def __init__(self, columns: Sequence[Column[Row]]) -> None:
        super().__init__()
        self.columns, self.rows = columns, list[Row]()
        self.muted: Callable[[Row], bool] | None = None  # rows that are shown as gone
        self._after: Any = None

    def begin(self, rows: Sequence[Row], after: Any) -> None:
        """These and no others."""
        self.beginResetModel()
        self.rows, self._after = [*rows], after
        self.endResetModel()

    def append(self, rows: Sequence[Row], after: Any) -> None:
        """One more page."""
        if rows:
            first = len(self.rows)
            self.beginInsertRows(NOWHERE, first, first + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()
        self._after = after

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[index.column()].text(self.rows[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft
            if self.columns[index.column()].right:
                side = Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and self.muted is not None:
            return _weak() if self.muted(self.rows[index.row()]) else None
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(self.columns[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft
            if self.columns[section].right:
                side = Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._after is not None

    def fetchMore(self, parent: Index) -> None:
        """Asked for once; the page comes when it was read."""
        after, self._after = self._after, None
        self.more_wanted.emit(after)


def _weak() -> QBrush:
    return QGuiApplication.palette().placeholderText()


class Table(QTableView, Generic[Row]):
    """Whole rows are chosen; Enter or a double click opens one."""

    opened = Signal(object)  # the row
    chosen = Signal(object)  # the row that the cursor is on, or None

    def __init__(
        self, columns: Sequence[Column[Row]], name: str, rows: Rows[Row] | None = None
    ) -> None:
        super().__init__()
        self.model_of: Rows[Row] = rows or Rows(columns)
        self._wants: dict[int, tuple[int, int]] = {}  # column: pixels, and those of its heading
        self.empty = ""  # painted where rows would be, when there are none
        self.setModel(self.model_of)
        tell(self, "accessibleName", name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the size of a pack stands at the end
        self.verticalHeader().hide()
        self._measure()
        self.doubleClicked.connect(lambda index: self.opened.emit(self.current()))
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit(self.current()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.empty and not self.model_of.rows:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            place = self.viewport().rect()
            wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(place, wrapped, again(self.empty))
            painter.end()

    def current(self) -> Row | None:
        """The row that the cursor is on."""
        at = self.currentIndex().row()
        return self.model_of.rows[at] if 0 <= at < len(self.model_of.rows) else None

    def show_rows(self, rows: Sequence[Row], after: Any, at: int = 0) -> None:
        """These rows, with the cursor on row `at`."""
        self.model_of.begin(rows, after)
        self._fit()
        if rows:
            self.selectRow(min(at, len(rows) - 1))
        else:
            self.chosen.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit(self.current())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters need wider columns and higher rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def speak_again(self) -> None:
        """Its headings are asked for as they are painted; they may be longer now."""
        self._measure()

    def _measure(self) -> None:
        """By the letters in use; a heading is never cut."""
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        font, head = self.font(), self.horizontalHeader()
        letter = QFontMetrics(font).averageCharWidth()
        font.setBold(True)
        bold, least = QFontMetrics(font), 0
        head.setHighlightSections(False)
        for number, column in enumerate(self.model_of.columns):
            told = bold.horizontalAdvance(_(column.title)) + PADDING * letter
            if column.width:
                self._wants[number] = max(told, (column.width + PADDING) * letter), told
            else:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
                least = max(least, told)
        head.setMinimumSectionSize(least)
        self._fit()

    def _fit(self) -> None:
        """Where names would be cut, the other columns give what their own texts do not need."""
        names = len(self.model_of.columns) - len(self._wants)
        least = names * NAME * self.fontMetrics().averageCharWidth()
        lack = least + sum(want for want, _told in self._wants.values()) - self.viewport().width()
        spare = dict.fromkeys(self._wants, 0)
        if lack > 0 and names:
            for number, (want, told) in self._wants.items():
                spare[number] = max(0, want - max(told, self.sizeHintForColumn(number)))
        share = min(1.0, lack / all_spare) if (all_spare := sum(spare.values())) else 0.0
        for number, (want, _told) in self._wants.items():
            wide = want - round(spare[number] * share)
            if wide != self.columnWidth(number):
                self.setColumnWidth(number, wide)
