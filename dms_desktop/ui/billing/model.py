"""The bill on the screen: an immutable draft, priced afresh at every change, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtCore import Signal as QtSignal

from dms_desktop.domain.billing import Priced, price
from dms_desktop.domain.documents import GoodsLine
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.facts import Facts, Item
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import grouped
from dms_desktop.language.sentences import say
from dms_desktop.ui import keys
from dms_desktop.ui.billing import cells
from dms_desktop.ui.billing.cells import BadCell
from dms_desktop.ui.billing.knowledge import Knowledge
from dms_desktop.ui.billing.rows import Group, Row, What, groups_of

Index = QModelIndex | QPersistentModelIndex
Change = Callable[[Ask, str, Item | None, str], Ask]

ITEM, HSN, BATCH, QTY, FREE, RATE, DISCOUNT, TAX, AMOUNT = range(9)
HEADINGS = (
    N_("Item"),
    N_("HSN"),
    N_("Batch / Expiry"),
    N_("Qty"),
    N_("Free"),
    N_("Rate ₹"),
    N_("Disc %"),
    N_("GST %"),
    N_("Amount ₹"),
)
EDITABLE: dict[int, Change] = {
    QTY: cells.with_quantity,
    FREE: cells.with_free,
    RATE: cells.with_rate,
    DISCOUNT: cells.with_discounts,
}
ANSWERS = {"short": "counter.keep_short", "other": "counter.other_mrp"}
ROW = Qt.ItemDataRole.UserRole  # the Row itself, for who paints it
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
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
        knowledge.learnt.connect(self.reprice)
        knowledge.want(draft)

    def replace(self, draft: Draft) -> None:
        """Show another draft, or this one edited: only what differs is told to the views."""
        self.draft = draft
        self._knowledge.want(draft)
        facts = self._knowledge.facts
        if facts is not None:
            self.priced = self._price(draft, facts)
        items = facts.items if facts else {}
        self._show(groups_of(draft, self.priced, items, self._knowledge.names))
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
            return str(bad)
        return ""

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() in EDITABLE and self.row(index).what is What.LINE:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.row(index)
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row, index.column())
        if role == Qt.ItemDataRole.EditRole:
            return _editable_text(row, index.column())
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
        reading = self._knowledge.reading
        if not reading:
            return priced
        problems = tuple(
            problem
            for problem in priced.problems
            if problem.reason is not Reason.UNKNOWN_ITEM
            or draft.asks[problem.row or 0].item_id not in reading
        )
        return Priced(
            priced.lines, priced.totals, problems, priced.warnings, priced.place_of_supply,
            priced.interstate, priced.known,
        )  # fmt: skip

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
            self.endRemoveRows()
        if new:
            self.beginInsertRows(QModelIndex(), at, at + len(new) - 1)
            self._rows[at:at] = new
            self.endInsertRows()

    def _refresh(self, rows: list[Row]) -> None:
        """Tell the views which rows say something else now, in runs."""
        before, self._rows = self._rows, rows
        changed = [
            at
            for at, (old, new) in enumerate(zip(before, rows, strict=True))
            if old is not new and not old.shows_the_same(new)
        ]
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(HEADINGS) - 1))
            if any(before[at].number != rows[at].number for at in (first, last)):
                self.headerDataChanged.emit(Qt.Orientation.Vertical, first, last)


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


def _text(row: Row, column: int) -> str:
    if row.what is What.NOTE:
        return _note_text(row.problem) if column == ITEM and row.problem else ""
    if column == ITEM:
        return row.name if row.what is What.LINE else ""
    if not row.lines:
        return _bare_text(row, column)
    first, several = row.lines[0], len(row.lines) > 1
    billed, free, amount = cells.summed(row.lines)
    match column:
        case 1:
            return "" if row.what is What.LOT else first.hsn
        case 2:
            return (
                _("{count} lots").format(count=len(row.lines))
                if several
                else cells.batch_text(first)
            )
        case 3:
            return grouped(billed)
        case 4:
            return grouped(free) if free else ""
        case 5:
            return _rates(row.lines)
        case 6:
            return cells.discount_text(first)
        case 7:
            return "" if row.what is What.LOT else cells.tax_text(first.tax_rate)
        case _:
            return cells.rupees(amount)


def _note_text(problem: Problem) -> str:
    """The sentence, and the keys that answer it where it is a question."""
    answers = [keys.caption(ANSWERS[name]) for name in _answers(problem)]
    return "   ".join((say(problem), "   ·   ".join(answers)))


def _answers(problem: Problem) -> tuple[str, ...]:
    if problem.reason is Reason.ANOTHER_MRP:
        return ("short", "other")
    return ("short",) if problem.reason is Reason.SHORT_STOCK and problem.facts["have"] else ()


def _bare_text(row: Row, column: int) -> str:
    """A row that has no price (yet): what was asked for."""
    if column == HSN and row.item:
        return row.item.hsn
    if column == QTY:
        return grouped(row.ask.qty)
    if column == FREE and row.ask.free:
        return grouped(row.ask.free)
    return ""


def _rates(lines: Sequence[GoodsLine]) -> str:
    """Lots of one row may have several rates, each shown on its own line below."""
    rates = {(line.rate, line.inclusive) for line in lines}
    return cells.rate_text(lines[0].rate) if len(rates) == 1 else ""


def _editable_text(row: Row, column: int) -> str:
    """What a cell holds when it is opened: as it was typed, or as it would be."""
    if row.what is not What.LINE:
        return _text(row, column)
    if column == QTY:
        return cells.quantity_text(row.ask, row.item)
    if column == FREE:
        return str(row.ask.free) if row.ask.free else ""
    if column == RATE and row.lines:
        return cells.rate_text(row.lines[0].rate).replace(",", "")
    if column == DISCOUNT and row.ask.discounts is not None:
        return " + ".join(map(cells.percent_text, row.ask.discounts))
    return _text(row, column)
