"""The bill on the screen: an immutable draft, priced afresh at every change, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtCore import Signal as QtSignal

from dms_desktop.domain.billing import Priced, price
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.facts import Facts, Item
from dms_desktop.domain.goods_line import GoodsLine
from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language.catalogue import _
from dms_desktop.language.sentences import say
from dms_desktop.ui.billing import cells
from dms_desktop.ui.billing.cells import BadCell
from dms_desktop.ui.billing.knowledge import Knowledge
from dms_desktop.ui.billing.painting import LEFT, RIGHT
from dms_desktop.ui.billing.rows import Group, Row, What, groups_of
from dms_desktop.ui.billing.texts import (
    BATCH,
    DISCOUNT,
    FREE,
    HEADINGS,
    ITEM,
    QTY,
    RATE,
    editable_text,
    texts_of,
)

Index = QModelIndex | QPersistentModelIndex
Change = Callable[[Ask, str, Item | None, str], Ask]

EDITABLE: dict[int, Change] = {
    QTY: cells.with_quantity,
    FREE: cells.with_free,
    RATE: cells.with_rate,
    DISCOUNT: cells.with_discounts,
}
ROW = Qt.ItemDataRole.UserRole  # the Row itself, for who paints it
FIXED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
OPEN = FIXED | Qt.ItemFlag.ItemIsEditable
NOWHERE = QModelIndex()


class BillModel(QAbstractTableModel):
    """`replace` is its one door: every edit is a new draft, and every new draft is priced whole."""

    priced_again = QtSignal()

    def __init__(self, draft: Draft, knowledge: Knowledge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._knowledge = knowledge
        self.draft, self.priced = draft, Priced()
        self._groups: list[Group] = []
        self._rows: list[Row] = []
        self._texts: list[tuple[str, ...] | None] = []
        knowledge.learnt.connect(self.reprice)
        knowledge.entered.connect(self.reprice)
        knowledge.want(draft)

    def replace(self, draft: Draft) -> None:
        """Show another draft, or this one edited: only what differs is told to the views."""
        self.draft = draft
        self._knowledge.want(draft)
        facts = self._knowledge.facts
        if facts is not None:
            self.priced = self._price(draft, facts)
        items = facts.items if facts else {}
        self._show(groups_of(draft, self.priced, items, self._knowledge.names, self._groups))
        self.priced_again.emit()

    def reprice(self) -> None:
        self.replace(self.draft)

    def add(self, ask: Ask) -> None:
        self.replace(self.draft.plus(ask))

    def edit(self, number: int, ask: Ask) -> None:
        """Put `ask` in the place of the draft's row `number`."""
        if ask != self.draft.asks[number]:
            self.replace(self.draft.with_ask(number, ask))

    def remove(self, number: int) -> None:
        self.replace(self.draft.without(number))

    def row(self, index: Index) -> Row:
        return self._rows[index.row()]

    def row_at(self, at: int) -> Row:
        return self._rows[at]

    def text(self, at: int, column: int) -> str:
        """What the cell says; made once for a row, however often it is painted."""
        if (texts := self._texts[at]) is None:
            texts = self._texts[at] = texts_of(self._rows[at])
        return texts[column]

    def index_of(self, number: int, column: int = ITEM) -> QModelIndex:
        """The line of the draft's row `number`; invalid when there is none."""
        if not 0 <= number < len(self._groups):
            return QModelIndex()
        return self.index(sum(map(len, self._groups[:number])), column)

    def flaw(self, index: Index, text: str) -> str:
        """Why `text` cannot stand in this cell, as a sentence; empty when it can."""
        row = self.row(index)
        try:
            EDITABLE[index.column()](row.ask, text, row.item, row.name)
        except BadCell as bad:
            return bad.sentence
        return ""

    def speak_again(self) -> None:
        """What was written in the cells is in another language."""
        self._texts = [None] * len(self._rows)
        last = self.index(len(self._rows) - 1, len(HEADINGS) - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(HEADINGS) - 1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.column() in EDITABLE and self.row(index).what is What.LINE:
            return OPEN
        return FIXED

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.row(index)
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.EditRole:
            return editable_text(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if index.column() <= BATCH else RIGHT
        if role == Qt.ItemDataRole.ToolTipRole and row.problem:
            return say(row.problem)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        row = self.row(index)
        if row.what is not What.LINE or self.flaw(index, str(value)):
            return False
        changed = EDITABLE[index.column()](row.ask, str(value), row.item, row.name)
        self.edit(row.number, changed)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (LEFT if section <= BATCH else RIGHT) if across else Qt.AlignmentFlag.AlignCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if across:
            return _(HEADINGS[section])
        row = self._rows[section]
        return str(row.number + 1) if row.what is What.LINE else ""

    def _price(self, draft: Draft, facts: Facts) -> Priced:
        """An item that is still being read is no problem yet."""
        priced = price(draft, facts, self.priced.known)
        reading, beyond = self._knowledge.reading, self._beyond_powers(draft, priced.lines)
        if not reading and not beyond:
            return priced
        problems = beyond + tuple(
            problem
            for problem in priced.problems
            if problem.reason is not Reason.UNKNOWN_ITEM
            or draft.asks[problem.row or 0].item_id not in reading
        )
        return Priced(
            priced.lines, priced.totals, problems, priced.warnings, priced.place_of_supply,
            priced.interstate, priced.known,
        )  # fmt: skip

    def _beyond_powers(self, draft: Draft, lines: Sequence[GoodsLine]) -> tuple[Problem, ...]:
        """What the books would refuse because of who types it."""
        if self._knowledge.may(Power.FREE_GOODS) or Reason.FREE_NOT_ALLOWED in draft.allowed:
            return ()
        rows = {row for row, ask in enumerate(draft.asks) if ask.free and ask.source_line is None}
        for_nothing = (line for line in lines if line.qty and not line.taxable)
        rows |= {line.ask for line in for_nothing if line.source_line is None}
        return tuple(Problem(Reason.FREE_NOT_ALLOWED, row) for row in sorted(rows))

    def _show(self, groups: list[Group]) -> None:
        """Bring the rows to `groups` by the fewest insertions and removals, from the bottom up."""
        before, self._groups = self._groups, groups
        start = _same_from_start(before, groups)
        end = _same_from_end(before[start:], groups[start:])
        stays, gone = before[:start], before[start : len(before) - end]
        new = groups[start : len(groups) - end]
        both = min(len(gone), len(new))  # edited in place
        at = self._fit(len(self._rows), before[len(before) - end :], groups[len(groups) - end :])
        lost = len(_flat(gone[both:]))
        self._resize(at - lost, lost, _flat(new[both:]))
        self._fit(at - lost, stays + gone[:both], groups[:start] + new[:both])
        self._refresh(_flat(groups))

    def _fit(self, at: int, before: Sequence[Group], after: Sequence[Group]) -> int:
        """Give each group, the last of them ending at `at`, as many rows as it must have now."""
        for old, new in zip(reversed(before), reversed(after), strict=True):
            at -= len(old)
            common = min(len(old), len(new))
            self._resize(at + common, len(old) - common, new[common:])
        return at

    def _resize(self, at: int, gone: int, new: Sequence[Row]) -> None:
        if gone:
            self.beginRemoveRows(QModelIndex(), at, at + gone - 1)
            del self._rows[at : at + gone]
            del self._texts[at : at + gone]
            self.endRemoveRows()
        if new:
            self.beginInsertRows(QModelIndex(), at, at + len(new) - 1)
            self._rows[at:at] = new
            self._texts[at:at] = [None] * len(new)
            self.endInsertRows()

    def _refresh(self, rows: list[Row]) -> None:
        """Tell the views which rows say something else now, in runs."""
        changed = []
        moved = False
        for at, (old, new) in enumerate(zip(self._rows, rows, strict=True)):
            if old is not new and not old.shows_the_same(new):
                changed.append(at)
                moved = moved or old.number != new.number
                self._rows[at], self._texts[at] = new, None
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(HEADINGS) - 1))
        if moved:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, changed[0], changed[-1])


def _same_from_start(before: Sequence[Group], after: Sequence[Group]) -> int:
    count = 0
    for old, new in zip(before, after, strict=False):
        if old[0].ask is not new[0].ask:
            break
        count += 1
    return count


def _same_from_end(before: Sequence[Group], after: Sequence[Group]) -> int:
    return _same_from_start(before[::-1], after[::-1])


def _flat(groups: Sequence[Group]) -> list[Row]:
    return [row for group in groups for row in group]


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
