"""Where the clerk types the next line: item, Enter, how many, Enter; or where he scans it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from dms_desktop.domain.draft import Ask
from dms_desktop.domain.money import Money
from dms_desktop.language.catalogue import _
from dms_desktop.store.search_entries import Found
from dms_desktop.ui import keys
from dms_desktop.ui.billing import scanning
from dms_desktop.ui.billing.cells import BadCell, read_cell_quantity, rupees
from dms_desktop.ui.billing.knowledge import Knowledge
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.kit.field import Field
from dms_desktop.ui.kit.lookup import Lookup, is_scan
from dms_desktop.ui.kit.speaking import tell
from dms_desktop.ui.theme import Role, dress

HELP = "?"
Usual = Callable[[], Sequence[Found]]


class Entry(QFrame):
    """A scan adds at once and stays in the item box; what is typed goes on to the quantity.

    `usual` are the items offered before anything is typed; `today` is the day of the bill.
    """

    asked = Signal(object)  # Ask
    scanned = Signal(object)  # scanning.Scanned
    help_wanted = Signal()
    back = Signal()  # Esc in an empty item box
    looked_at = Signal()  # another item is being typed, or it has been read
    mrp_wanted = Signal(int)  # another MRP of the item that is being typed

    def __init__(
        self, desk: Desk, knowledge: Knowledge, usual: Usual, today: Callable[[], date]
    ) -> None:
        super().__init__()
        dress(self, Role.CARD)
        self._desk, self._knowledge, self._usual, self._today = desk, knowledge, usual, today
        self._take_again = ""  # a quantity that waits for the item to be read
        self._found: Found | None = None
        self._mrp: Money | None = None  # chosen for the item being typed
        self.item = Lookup(self._find, self.by_code, _("Item"))
        self.quantity = QLineEdit()
        self.quantity.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.quantity.setPlaceholderText("12   2c 6p   10+1")
        tell(self.item, "placeholderText", _("Name, code or barcode"))
        self._item_field = Field(keys.caption("counter.item"), self.item, beside=True)
        self._quantity_field = Field(_("&Quantity"), self.quantity, beside=True)
        self._lay_out()
        self.item.textEdited.connect(self._ask_help)
        self.item.chosen.connect(self._choose)
        self.item.missed.connect(self._miss)
        self.quantity.returnPressed.connect(self._take)
        knowledge.learnt.connect(self._show_hint)

    def start(self) -> None:
        """Ready for the next item."""
        self._found, self._mrp, self._take_again = None, None, ""
        self.item.show_found(None)
        self.quantity.clear()
        for field in (self._item_field, self._quantity_field):
            field.accept()
        self._quantity_field.rename(_("&Quantity"))
        self._show_hint()
        self.item.setFocus()

    def ask_item(self) -> None:
        self.item.setFocus()
        self.item.selectAll()

    def refuse(self, sentence: str) -> None:
        """Say that no line can be added now."""
        self.item.setFocus()
        self._item_field.refuse(sentence)

    @property
    def waiting(self) -> bool:
        """Whether a quantity was entered that can be read once the item is."""
        return bool(self._take_again) and self._take_again == self.quantity.text()

    @property
    def begun(self) -> bool:
        """Whether an item was chosen and its quantity is not typed yet."""
        return self._found is not None

    @property
    def begun_item(self) -> int:
        """The item that was chosen and has no quantity yet, or nil."""
        return self._found.id if self._found else 0

    def finish(self) -> bool:
        """Take what was typed and not entered yet; False, and a sentence here, if it cannot be."""
        if self.begun:
            self._take()
            return not self.begun
        if text := self.item.text().strip():
            unfinished = _("“{text}” is not on the bill yet. Enter takes it, Esc drops it.")
            self.refuse(unfinished.format(text=text))
            return False
        return True

    def scan(self, text: str) -> None:
        """A label was read where no item is typed."""
        self.start()
        self.item.take(text)

    def force_mrp(self, item_id: int, mrp: Money) -> None:
        """Of the item being typed only the pieces of this MRP are wanted."""
        if item_id == self.begun_item:
            self._mrp = mrp
            self._quantity_field.rename(_("MRP {mrp}, quantity").format(mrp=rupees(mrp)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc backs out by one step; what stood in a box goes, the bill never does. Down in the
        quantity offers the MRPs."""
        if event.key() == Qt.Key.Key_Down and self.begun:
            self.mrp_wanted.emit(self.begun_item)
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.begun or self.item.text():
            self.start()
        else:
            self.back.emit()

    def _lay_out(self) -> None:
        boxes = QHBoxLayout(self)
        boxes.setContentsMargins(14, 8, 14, 8)
        boxes.setSpacing(18)
        boxes.addWidget(self._item_field, 3)
        boxes.addWidget(self._quantity_field, 1)

    def _find(self, text: str) -> Sequence[Found]:
        """Nothing typed: what this party buys, then what sells most."""
        if text.strip():
            return self._desk.items.find(text)
        usual = {hit.id: hit for hit in self._usual()}
        return (*usual.values(), *(hit for hit in self._desk.items.find("") if hit.id not in usual))

    def by_code(self, text: str) -> Sequence[Found]:
        """The items that a code, or a label of whatever kind, stands for."""
        return scanning.found_by(text, self._desk.items.by_code, self._today())

    def _ask_help(self, text: str) -> None:
        if text.strip() == HELP:
            self.item.clear()
            self.help_wanted.emit()

    def _choose(self, found: Found) -> None:
        typed, self.item.typed = self.item.typed, ""
        self._item_field.accept()
        if is_scan(typed) and any(hit.id == found.id for hit in self.by_code(typed)):
            self.start()
            self.scanned.emit(scanning.scanned(typed, found, self._today()))
            return
        self._found, self._mrp = found, None
        self._knowledge.expect(found.id, found.name)
        self._show_hint()
        if found.units > 1:
            self.quantity.setText(str(found.units))
            self.quantity.selectAll()
        self.quantity.setFocus()

    def _miss(self, text: str) -> None:
        flaw = scanning.flaw_of(text, self._today())
        self._item_field.refuse(flaw)
        self.item.say_below(flaw)

    def _take(self) -> None:
        if self._found is None or self.item.found is not self._found:
            if is_scan(self.quantity.text()):
                self.scan(self.quantity.text())
            else:
                self.item.setFocus()
            return
        found, item = self._found, self._knowledge.item(self._found.id)
        try:
            typed = read_cell_quantity(self.quantity.text(), item, found.name)
        except BadCell as bad:
            self._take_again = "" if item else self.quantity.text()
            self._quantity_field.refuse(bad.sentence)
            return
        ask = Ask(found.id, typed.billed, typed.free, mrp=self._mrp)
        self.start()
        self.asked.emit(ask)

    def _show_hint(self) -> None:
        """Of the item being typed; and the quantity that could not be read before it was."""
        item = self._knowledge.item(self._found.id) if self._found else None
        self.looked_at.emit()
        if item and self._take_again == self.quantity.text():
            self._take()
