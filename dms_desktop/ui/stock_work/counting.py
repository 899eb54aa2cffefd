"""A count by scan: item, batch, all that lies there; written down at once, closed at the end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit

from dms_desktop.language.catalogue import N_, _, ngettext
from dms_desktop.language.figures import day_text, grouped
from dms_desktop.services import counts
from dms_desktop.services.counts import Closed, Closing, Found, NewSheet, Row, Sheet
from dms_desktop.services.stock_rows import Piece
from dms_desktop.services.stock_seen import Lying
from dms_desktop.ui import keys
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.asking import Asking
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.kit.table import Column
from dms_desktop.ui.stock_work.columns import BUCKETS, SCOPES
from dms_desktop.ui.stock_work.places import Around
from dms_desktop.ui.stock_work.sheet import ScanSheet
from dms_desktop.ui.stock_work.typed import new_id
from dms_desktop.ui.theme import Role, dress


def _off(row: Row) -> str:
    """The books' figure is told only once the counter has said his own."""
    if row.counted is None or row.book is None:
        return ""
    off = row.counted - row.book
    return f"{off:+d}" if off else _("right")


def _batch(row: Row) -> str:
    line = row.line
    return f"{line.batch}  {day_text(line.expiry)}" if line.expiry else line.batch


COLUMNS: Sequence[Column[Row]] = (
    Column(N_("Rack"), lambda row: row.rack, 8),
    Column(N_("Item"), lambda row: row.line.name),
    Column(N_("Batch / Expiry"), _batch, 22),
    Column(N_("Where"), lambda row: _(BUCKETS[row.bucket]), 14),
    Column(
        N_("Counted"), lambda row: "" if row.counted is None else grouped(row.counted), 10, True
    ),
    Column(N_("Off by"), _off, 10, right=True),
    Column(N_("Why"), lambda row: row.why, 22),
)


class CountSheet(ScanSheet[Row]):
    def __init__(self, floor: Floor, sheet: Sheet, place: int) -> None:
        title = _("Count {number}: {godown}").format(number=sheet.key, godown=sheet.godown)
        super().__init__(floor, title, COLUMNS)
        self.sheet, self._place, self._closing = sheet, place, new_id()
        self.asking = Asking()
        self.layout().addWidget(self.asking)  # type: ignore[union-attr]
        self.table.opened.connect(self._take)
        self.buttons.addStretch()
        self.add_button("stock_work.close", self.ask_close, first=True)
        self.show_sheet(sheet)

    @property
    def approved_as(self) -> UUID:
        return self.sheet.id

    @property
    def place(self) -> int:
        return self._place

    def fresh_lot(self) -> bool:
        return True

    def entered(self, piece: Piece, lying: Lying | None) -> None:
        self.floor.desk.do(counts.count, self.sheet.id, piece, done=self._counted, undone=self.tell)

    def show_sheet(self, sheet: Sheet) -> None:
        self.sheet = sheet
        at = next((n for n, row in enumerate(sheet.rows) if row.counted is None), 0)
        self.table.show_rows(sheet.rows, None, at)

    def ask_close(self) -> None:
        left = self.sheet.lines - self.sheet.done
        said = ngettext(
            "{left} lot is not counted and stays as it is. Close the count?",
            "{left} lots are not counted and stay as they are. Close the count?",
            left,
        ).format(left=grouped(left))
        self.asking.ask(said, _("Close it"), lambda _said: self.save(), reason=False)

    def _take(self, row: Row) -> None:
        self.scan.setText(row.line.code)
        self._look()

    def _counted(self, found: Found) -> None:
        off = found.difference
        who = {"item": found.line.name, "count": grouped(found.counted)}
        if off:
            said = _("{item}: {count} counted, {off} against the books.")
            self.say(said.format(**who, off=f"{off:+d}"), Role.WARNING)
        else:
            self.say(_("{item}: {count} counted, as in the books.").format(**who), Role.GOOD)
        self.clear()
        self.floor.desk.ask(counts.show, self.sheet.id, done=self.show_sheet, undone=self.tell)

    def save(self) -> None:
        asked = Closing(self._closing, self.sheet.id)
        self.floor.desk.do(counts.close, asked, done=self._closed, undone=self.tell)

    def _closed(self, done: Closed) -> None:
        if done.posted is None:
            self.left.emit(_("Everything counted agrees with the books."))
        else:
            said = ngettext(
                "{lots} lot was put right by {number}.",
                "{lots} lots were put right by {number}.",
                done.differing,
            )
            figures = {"lots": grouped(done.differing), "number": done.posted.number}
            self.left.emit(said.format(**figures))


class NewCount(QFrame):
    """What shall be counted: a strip of three boxes; Enter begins, Esc leaves."""

    begun = Signal(object)  # the id of the sheet
    failed = Signal(object)

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        dress(self, Role.CARD)
        self.floor = floor
        self.scope, self.what, self.godown = QComboBox(), QLineEdit(), QComboBox()
        row = QHBoxLayout(self)
        row.setSpacing(8)
        boxes: tuple[tuple[str, Any], ...] = (
            (_("Count"), self.scope), (_("Rack or item"), self.what), (_("Godown"), self.godown),
        )  # fmt: skip
        for name, box in boxes:
            tell(box, "accessibleName", name)
            label = dress(Label(name), Role.MUTED)
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box, 1)
        self.button = keys.button(self, "stock_work.begin", self.begin)
        row.addWidget(dress(self.button, Role.PRIMARY))
        for word, text in SCOPES.items():
            self.scope.addItem(_(text), word)
        self.what.returnPressed.connect(self.begin)
        self.hide()

    def speak_again(self) -> None:
        for at, text in enumerate(SCOPES.values()):
            self.scope.setItemText(at, _(text))

    def offer(self, around: Around) -> None:
        self.godown.clear()
        for place in around.places:
            self.godown.addItem(place.name, place.code)
        self.show()
        self.scope.setFocus()

    def begin(self) -> None:
        asked = NewSheet(
            new_id(), self.scope.currentData(), self.what.text().strip(),
            str(self.godown.currentData() or ""),
        )  # fmt: skip
        done = partial(self._begun)
        self.floor.desk.do(counts.start, asked, done=done, undone=self.failed.emit)

    def _begun(self, uid: Any) -> None:
        self.hide()
        self.what.clear()
        self.begun.emit(uid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
