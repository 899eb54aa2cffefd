"""The sheet that goods are scanned onto: an item, its lot, how many; and again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dms_desktop.domain.money import Money
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.language.catalogue import _, again
from dms_desktop.language.figures import amount, day_text
from dms_desktop.services.stock_rows import Piece
from dms_desktop.services.stock_seen import Lying, Seen, seen
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.kit.table import Column, Table
from dms_desktop.ui.stock_work.approving import StockApproval
from dms_desktop.ui.stock_work.columns import BUCKETS
from dms_desktop.ui.theme import Role, dress

Row = TypeVar("Row")


class ScanSheet(QWidget, Generic[Row]):
    """`left` when there is nothing more to do here; its text is told in the list.

    Up and Down in the box of the quantity choose the lot.
    """

    left = Signal(str)

    def __init__(self, floor: Floor, title: str, columns: Sequence[Column[Row]]) -> None:
        super().__init__()
        self.floor = floor
        self.seen: Seen | None = None
        self._offered: list[tuple[QComboBox, list[str]]] = []
        self.title = dress(Label(title), Role.TITLE)
        self.head = QHBoxLayout()
        self.scan, self.qty, self.lots = QLineEdit(), QLineEdit(), QComboBox()
        self.item, self.said = dress(Label(), Role.TITLE), Label()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.table: Table[Row] = Table(columns, title)
        self.buttons, self.approval = QHBoxLayout(), StockApproval(floor.desk)
        self.approval.approved.connect(self.save)
        self.approval.left.connect(self.to_scan)
        self._lay_out()
        self.scan.returnPressed.connect(self._look)
        self.qty.returnPressed.connect(self._enter)
        keys.bind(self, "stock_work.scan", self.to_scan)
        self.setFocusProxy(self.scan)

    @property
    @abstractmethod
    def place(self) -> int:
        """The godown whose lots are shown."""

    @abstractmethod
    def entered(self, piece: Piece, lying: Lying | None) -> None:
        """What is done with a row once its quantity was typed."""

    def choices(self, found: Seen) -> list[tuple[str, Lying | None]]:
        """What may be meant of an item: its lots here, and those that are only known."""
        return [(lot_text(row), row) for row in found.lots]

    def fresh_lot(self) -> bool:
        """Whether a batch that is in no list may be entered."""
        return False

    def to_scan(self) -> None:
        self.scan.setFocus()
        self.scan.selectAll()

    def clear(self) -> None:
        self.seen = None
        self.scan.clear()
        self.qty.clear()
        self.lots.clear()
        self.item.setText("")
        self.to_scan()

    def say(self, sentence: str, role: Role = Role.MUTED) -> None:
        dress(self.said, role).setText(sentence)

    def tell(self, error: BaseException) -> None:
        """What cannot be; above the limit of stock somebody else is asked for his yes."""
        self.say(messages.of_error(error), Role.FAULT)
        for problem in error.problems if isinstance(error, Refused) else ():
            amount = problem.facts.get("amount")
            if problem.reason is Reason.ABOVE_STOCK_LIMIT and isinstance(amount, Money):
                self.approval.ask(self.approved_as, amount)

    @property
    @abstractmethod
    def approved_as(self) -> UUID:
        """What somebody says yes to."""

    @abstractmethod
    def save(self) -> None:
        """To the books; done again once somebody said yes."""

    def add_button(self, name: str, slot: Callable[[], object], *, first: bool = False) -> QWidget:
        made = keys.button(self, name, slot)
        if first:
            dress(made, Role.PRIMARY)
        self.buttons.addWidget(made)
        return made

    def combo(self, name: str, rows: Sequence[tuple[str, Any]]) -> QComboBox:
        """A box of the head, with its name before it."""
        box = QComboBox()
        tell(box, "accessibleName", name)
        for text, value in rows:
            box.addItem(text, value)
        self._offered.append((box, [text for text, _value in rows]))
        label = dress(Label(name), Role.MUTED)
        label.setBuddy(box)
        self.head.addWidget(label)
        self.head.addWidget(box)
        return box

    def speak_again(self) -> None:
        for box, texts in self._offered:
            for at, text in enumerate(texts):
                box.setItemText(at, again(text))

    def words(self, name: str) -> QLineEdit:
        """A box of the head to type in."""
        box = QLineEdit()
        tell(box, "accessibleName", name)
        label = dress(Label(name), Role.MUTED)
        label.setBuddy(box)
        self.head.addWidget(label)
        self.head.addWidget(box, 1)
        return box

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and self.qty.hasFocus() and self.lots.count():
            at = min(max(self.lots.currentIndex() + step, 0), self.lots.count() - 1)
            self.lots.setCurrentIndex(at)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit("")
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        text = self.scan.text().strip()
        if text:
            self.floor.desk.ask(seen, self.place, text, done=self._show, undone=self._unknown)

    def _unknown(self, error: BaseException) -> None:
        self.tell(error)
        self.to_scan()

    def _show(self, found: Seen) -> None:
        self.seen = found
        self.say("")
        self.item.setText(f"{found.item.name} ({found.item.code})")
        self.lots.clear()
        for text, lying in self.choices(found):
            self.lots.addItem(text, lying)
        if found.batch is not None:
            self._aim(found)
        self.qty.setFocus()
        self.qty.selectAll()

    def _aim(self, found: Seen) -> None:
        """The lot that the scanned code names; one that is not known is entered as it says."""
        named = (found.batch or "").casefold()
        for at in range(self.lots.count()):
            lying = self.lots.itemData(at)
            if lying is not None and lying.line.batch.casefold() == named:
                self.lots.setCurrentIndex(at)
                return
        if self.fresh_lot():
            self.lots.addItem(_("New batch {batch}").format(batch=found.batch), found.batch)
            self.lots.setCurrentIndex(self.lots.count() - 1)

    def _enter(self) -> None:
        text, found, chosen = self.qty.text().strip(), self.seen, self.lots.currentData()
        if found is None:
            self.to_scan()
            return
        if not text:
            return
        if isinstance(chosen, str):
            self.entered(Piece(found.item.code, text, chosen, expiry=found.expiry), None)
        elif chosen is None:
            self.entered(Piece(found.item.code, text), None)
        else:
            line = chosen.line
            named = (line.batch, line.mrp, line.expiry, chosen.bucket)
            self.entered(Piece(found.item.code, text, *named), chosen)

    def _lay_out(self) -> None:
        self.head.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        letter = self.fontMetrics().averageCharWidth()
        for key, name, box, stretch in (
            ("stock_work.scan", _("Scan or type an item"), self.scan, 3),
            ("", _("Batch"), self.lots, 4),
            ("", _("Pieces"), self.qty, 1),
        ):
            tell(box, "accessibleName", name)
            label = dress(Label(keys.caption(key) if key else name), Role.MUTED)
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box, stretch)
        tell(self.scan, "placeholderText", _("Scan or type an item"))
        tell(self.qty, "placeholderText", _("12, 2c or 2c 6p"))
        self.lots.setMinimumWidth(letter * 24)
        self.lots.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.buttons.setSpacing(8)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(10)
        rows.addWidget(self.title)
        rows.addLayout(self.head)
        rows.addLayout(row)
        rows.addWidget(self.item)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.said)
        rows.addWidget(self.approval)
        rows.addLayout(self.buttons)


def lot_text(row: Lying) -> str:
    """`S1 · 31-01-2027 · MRP 40.00 · 4c 4p`."""
    line = row.line
    parts = [line.batch or _("no batch")]
    if line.expiry:
        parts.append(day_text(line.expiry))
    parts.append(_("MRP {mrp}").format(mrp=amount(line.mrp.paise)))
    parts.append(row.told or _("none here"))
    if row.bucket.value != "saleable":
        parts.append(_(BUCKETS[row.bucket]))
    return " · ".join(parts)
