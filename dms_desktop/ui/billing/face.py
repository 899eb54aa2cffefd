"""What the counter looks like: its parts in their places, and what its labels say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dms_desktop.domain.billing import Priced
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import ZERO, total
from dms_desktop.domain.verdict import Verdict
from dms_desktop.language.catalogue import _, joined, ngettext
from dms_desktop.language.figures import clock_text
from dms_desktop.ui import keys
from dms_desktop.ui.billing.cells import with_sign
from dms_desktop.ui.billing.entry import Entry
from dms_desktop.ui.billing.grid import Lines
from dms_desktop.ui.billing.heading import Heading
from dms_desktop.ui.billing.kinds import TITLES
from dms_desktop.ui.billing.saving import Held
from dms_desktop.ui.billing.side import Side
from dms_desktop.ui.billing.standing import in_short
from dms_desktop.ui.billing.strip import Strip
from dms_desktop.ui.billing.totals import Totals
from dms_desktop.ui.kit.flow import Flow
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress


class Face(QWidget):
    """Only shows; what a key does is the screen's."""

    def __init__(self, heading: Heading, entry: Entry, lines: Lines, side: Side) -> None:
        super().__init__()
        self.totals = Totals()
        self.title = Label(_("Bill"))
        self.terms, self.aside = dress(Label(), Role.CHIP), dress(Label(), Role.CHIP)
        self.standing, self.loss = dress(Label(), Role.FAULT), dress(Label(), Role.WARNING)
        self.status, self.kept = Label(), dress(Label(), Role.MUTED)
        bold = self.title.font()
        bold.setBold(True)
        self.title.setFont(bold)
        kept = self.terms.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # nothing below moves when a party is known
        self.terms.setSizePolicy(kept)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        self.buttons = QWidget()
        self.button_row = Flow(self.buttons)
        top.setSpacing(10)
        for label in (self.title, self.terms, self.standing, self.loss, self.aside):
            top.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addStretch()
        top.addWidget(self.status)
        top.addWidget(self.kept)
        bottom.setSpacing(10)
        bottom.addWidget(side, 1)
        bottom.addWidget(self.totals)
        self.totals.setMinimumWidth(self.fontMetrics().averageCharWidth() * 38)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 8, 16, 8)
        rows.setSpacing(8)
        rows.addLayout(top)
        rows.addWidget(heading)
        rows.addWidget(entry)
        rows.addWidget(lines, 1)
        self._strips, self._all_strips = QVBoxLayout(), list[Strip]()
        rows.addWidget(side.message)
        rows.addLayout(self._strips)
        rows.addLayout(bottom)
        rows.addWidget(self.buttons)

    def show_kind(self, kind: Kind) -> None:
        self.title.setText(_(TITLES[kind]))

    def add_strip(self, strip: Strip) -> None:
        """Below the lines, where it opens when it is wanted; one at a time."""
        self._all_strips.append(strip)
        self._strips.addWidget(strip)
        strip.opened.connect(lambda: self._close_but(strip))
        strip.closed.connect(self.buttons.show)

    def complete(self) -> bool:
        """Take what was typed into a strip that is open; False where it cannot be."""
        return all(strip.complete() for strip in self._all_strips if not strip.isHidden())

    def close_strips(self) -> None:
        self._close_but(None)

    def _close_but(self, open_one: Strip | None) -> None:
        for strip in self._all_strips:
            if strip is not open_one:
                strip.hide()
        self.buttons.setVisible(open_one is None)  # there is no room for both

    def show_terms(self, *, cash: bool, known: bool, paid: str = "") -> None:
        usual = _("Cash") if cash else _("Credit")
        self.terms.setText(paid if paid and cash else joined("  ·  ", (usual, paid)))
        self.terms.setVisible(known)

    def show_standing(self, verdict: Verdict, cash: bool) -> None:
        """Whether the party may have this on credit, in a few words beside the terms."""
        troubles = () if cash else (*verdict.problems, *verdict.warnings)
        self.standing.setText(joined("  ·  ", map(in_short, troubles)))
        self.standing.setVisible(bool(troubles))
        role = Role.FAULT if verdict.problems else Role.WARNING
        if self.standing.property("role") != role.value:
            dress(self.standing, role)

    def show_loss(self, priced: Priced, *, told: bool) -> None:
        """Where the whole bill brings less than its goods cost, if the house wants it told."""
        cost = total(line.cost for line in priced.lines)
        lost = cost - priced.totals.taxable
        said = _("Below cost by {amount}").format(amount=with_sign(lost))
        self.loss.setText(said if told and priced.lines and lost > ZERO else "")
        self.loss.setVisible(bool(self.loss.text()))

    def show_held(self, held: Sequence[Held]) -> None:
        refused = sum(bool(each.problems) for each in held)
        said = ngettext("{count} bill held", "{count} bills held", len(held))
        if refused:
            said = ngettext("{count} bill refused", "{count} bills refused", refused)
        key = keys.key_text("counter.take_back")
        self.aside.setText(joined("  ·  ", (said.format(count=refused or len(held)), key)))
        self.aside.setVisible(bool(held))

    def show_kept(self) -> None:
        """On the clock of the books."""
        self.kept.setText(_("Draft kept {time}").format(time=clock_text(datetime.now(UTC))))
