"""The small boxes beside the search: from which day to which, of what amount, with which item."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from dms_desktop.domain.calendar import read_day
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money, rupees
from dms_desktop.language.catalogue import _
from dms_desktop.language.figures import day_text
from dms_desktop.services.bill_list import Wanted
from dms_desktop.ui import keys
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.kit.lookup import Lookup
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.theme import Role, dress, set_refused

T = TypeVar("T")


class Filters(QWidget):
    """A box that cannot be read is marked, and asks for nothing until it can."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.from_day, self.until_day, self.amount = QLineEdit(), QLineEdit(), QLineEdit()
        self.item = Lookup(desk.items.find, desk.items.by_code, _("Item"))
        tell(self.item, "placeholderText", _("Any item"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        letter = self.fontMetrics().averageCharWidth()
        named: tuple[tuple[QLineEdit, str, str, int], ...] = (
            (self.from_day, keys.caption("bills.narrow"), _("From"), 14),
            (self.until_day, _("to"), _("Until"), 14),
            (self.amount, _("Total ₹"), _("Total"), 13),
            (self.item, _("Item"), _("Item"), 24),
        )
        for box, caption, name, width in named:
            label = dress(Label(caption), Role.MUTED)
            label.setBuddy(box)
            tell(box, "accessibleName", name)
            box.setFixedWidth(letter * width)
            row.addWidget(label)
            row.addWidget(box)
        for box in (self.from_day, self.until_day, self.amount):
            box.textChanged.connect(self.changed)
            box.setClearButtonEnabled(False)
        self.item.chosen.connect(lambda _: self.changed.emit())
        self.item.textEdited.connect(self._item_edited)

    def wanted(self, kind: Kind) -> Wanted:
        """What the boxes ask for."""
        return Wanted(
            kind=kind,
            amount=_read(self.amount, _amount),
            item_id=self.item.found.id if self.item.found else 0,
            from_day=_read(self.from_day, read_day),
            until_day=_read(self.until_day, read_day),
        )

    def tidy(self) -> None:
        """Days as the trade writes them."""
        for box in (self.from_day, self.until_day):
            if (day := _read(box, read_day)) is not None:
                box.setText(day_text(day))

    def holds(self, widget: QWidget | None) -> bool:
        """Whether the cursor is in one of the boxes."""
        return widget in (self.from_day, self.until_day, self.amount, self.item)

    def _item_edited(self, text: str) -> None:
        if not text.strip():
            self.changed.emit()


def _amount(text: str) -> Money:
    return rupees(text.replace(",", "").replace("₹", "").strip())


def _read(box: QLineEdit, how: Callable[[str], T]) -> T | None:
    """Nothing where nothing is typed, or what cannot be."""
    text = box.text().strip()
    try:
        found = how(text) if text else None
    except ValueError:
        set_refused(box, refused=True)
        return None
    set_refused(box, refused=False)
    return found
