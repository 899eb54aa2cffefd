"""The row that a picker walks to next, large enough to be read from the end of his arm."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from dms_desktop.domain.picking import PickRow
from dms_desktop.language.catalogue import _, joined
from dms_desktop.language.figures import amount, day_text, grouped
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.picking.columns import pieces_text
from dms_desktop.ui.theme import Role, dress


class PickCard(QFrame):
    """Rack at the left, goods in the middle, how many at the right."""

    def __init__(self) -> None:
        super().__init__()
        dress(self, Role.CARD)
        self.rack, self.name, self.facts = Label(), Label(), dress(Label(), Role.MUTED)
        self.many, self.rest = Label(), dress(Label(), Role.MUTED)
        for label in (self.rack, self.name, self.facts, self.many, self.rest):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._row: PickRow | None = None
        middle, right = QVBoxLayout(), QVBoxLayout()
        for layout, labels in ((middle, (self.name, self.facts)), (right, (self.many, self.rest))):
            layout.setSpacing(2)
            for label in labels:
                layout.addWidget(label)
        for label in (self.many, self.rest):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 12, 18, 12)
        row.setSpacing(24)
        row.addWidget(self.rack)
        row.addLayout(middle, 1)
        row.addLayout(right)
        self._enlarge()

    def show_row(self, row: PickRow | None) -> None:
        self._row = row
        if row is None:
            for label in (self.rack, self.name, self.facts, self.many, self.rest):
                label.setText("")
            return
        self.rack.setText(row.rack or "—")
        self.name.setText(row.name)
        expiry = _("expires {day}").format(day=day_text(row.expiry)) if row.expiry else ""
        batch = _("Batch {batch}").format(batch=row.batch) if row.batch else ""
        mrp = _("MRP ₹ {amount}").format(amount=amount(row.mrp.paise))
        instead = _("in place of {batch}").format(batch=row.instead_of) if row.instead_of else ""
        self.facts.setText(joined("  ·  ", [s for s in (batch, instead, expiry, mrp) if s]))
        self.many.setText(pieces_text(row.left or row.qty, row.case))
        picked = _("{picked} of {pieces} pieces are picked")
        said = picked.format(picked=grouped(row.picked), pieces=grouped(row.qty))
        self.rest.setText(said)

    def speak_again(self) -> None:
        self.show_row(self._row)

    def _enlarge(self) -> None:
        for label, times in ((self.rack, 2.2), (self.name, 1.6), (self.many, 2.2)):
            font = label.font()
            font.setPointSizeF(font.pointSizeF() * times)
            font.setBold(True)
            label.setFont(font)
