"""Where the clerk types the next line: item, Enter, how many, Enter; or where he scans it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from dms_desktop.domain.draft import Ask
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language.catalogue import _
from dms_desktop.language.sentences import say
from dms_desktop.store.search_entries import Found
from dms_desktop.ui import keys
from dms_desktop.ui.billing.cells import BadCell, read_cell_quantity
from dms_desktop.ui.billing.knowledge import Knowledge
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.kit.field import Field
from dms_desktop.ui.kit.lookup import SHORTEST_BARCODE, Lookup
from dms_desktop.ui.kit.speaking import tell
from dms_desktop.ui.theme import Role, dress

HELP = "?"


class Entry(QFrame):
    """A scan adds at once and stays in the item box; what is typed goes on to the quantity."""

    asked = Signal(object)  # Ask
    scanned = Signal(object)  # Ask
    help_wanted = Signal()
    back = Signal()  # Esc in an empty item box
    looked_at = Signal()  # another item is being typed, or it has been read

    def __init__(self, desk: Desk, knowledge: Knowledge) -> None:
        super().__init__()
        dress(self, Role.CARD)
        self._desk, self._knowledge = desk, knowledge
        self._typed = ""
        self._take_again = ""  # a quantity that waits for the item to be read
        self._found: Found | None = None
        self.item = Lookup(desk.items.find, desk.items.by_code, _("Item"))
        self.quantity = QLineEdit()
        self.quantity.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.quantity.setPlaceholderText("12   2c 6p   10+1")
        tell(self.item, "placeholderText", _("Name, code or barcode"))
        self._item_field = Field(keys.caption("counter.item"), self.item, beside=True)
        self._quantity_field = Field(_("&Quantity"), self.quantity, beside=True)
        self._lay_out()
        self.item.textEdited.connect(self._remember)
        self.item.chosen.connect(self._choose)
        self.item.missed.connect(self._miss)
        self.quantity.returnPressed.connect(self._take)
        knowledge.learnt.connect(self._show_hint)

    def start(self) -> None:
        """Ready for the next item."""
        self._found, self._take_again = None, ""
        self.item.show_found(None)
        self.quantity.clear()
        for field in (self._item_field, self._quantity_field):
            field.accept()
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc backs out by one step; what stood in a box goes, the bill never does."""
        if event.key() != Qt.Key.Key_Escape:
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

    def _remember(self, text: str) -> None:
        self._typed = text.strip()
        if self._typed == HELP:
            self.item.clear()
            self.help_wanted.emit()

    def _choose(self, found: Found) -> None:
        typed, self._typed = self._typed, ""
        self._item_field.accept()
        if self._is_scan(typed, found):
            self._knowledge.names[found.id] = found.name
            self.start()
            self.scanned.emit(Ask(found.id, found.units))
            return
        self._found = found
        self._knowledge.expect(found.id, found.name)
        self._show_hint()
        if found.units > 1:
            self.quantity.setText(str(found.units))
            self.quantity.selectAll()
        self.quantity.setFocus()

    def _is_scan(self, typed: str, found: Found) -> bool:
        """A whole barcode, from whichever end of the counter it came."""
        if len(typed) < SHORTEST_BARCODE or not typed.isdigit():
            return False
        return any(hit.id == found.id for hit in self._desk.items.by_code(typed))

    def _miss(self, text: str) -> None:
        self._item_field.refuse(say(Problem(Reason.UNKNOWN_ITEM, facts={"code": text})))

    def _take(self) -> None:
        if self._found is None or self.item.found is not self._found:
            self.item.setFocus()
            return
        found, item = self._found, self._knowledge.item(self._found.id)
        try:
            typed = read_cell_quantity(self.quantity.text(), item, found.name)
        except BadCell as bad:
            self._take_again = "" if item else self.quantity.text()
            self._quantity_field.refuse(bad.sentence)
            return
        self.start()
        self.asked.emit(Ask(found.id, typed.billed, typed.free))

    def _show_hint(self) -> None:
        """Of the item being typed; and the quantity that could not be read before it was."""
        item = self._knowledge.item(self._found.id) if self._found else None
        self.looked_at.emit()
        if item and self._take_again == self.quantity.text():
            self._take()
