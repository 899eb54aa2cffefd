"""What the counter looks like: its parts in their places, and what its labels say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dms_desktop.domain.credit import Verdict
from dms_desktop.domain.documents import Kind
from dms_desktop.language.catalogue import _, joined, ngettext
from dms_desktop.ui import keys
from dms_desktop.ui.billing.entry import Entry
from dms_desktop.ui.billing.grid import Lines
from dms_desktop.ui.billing.heading import Heading
from dms_desktop.ui.billing.kinds import TITLES
from dms_desktop.ui.billing.saving import Held
from dms_desktop.ui.billing.side import Side
from dms_desktop.ui.billing.standing import in_short
from dms_desktop.ui.billing.strip import Strip
from dms_desktop.ui.billing.totals import Totals
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress


class Face(QWidget):
    """Only shows; what a key does is the screen's."""

    def __init__(self, heading: Heading, entry: Entry, lines: Lines, side: Side) -> None:
        super().__init__()
        self.totals = Totals()
        self.title = Label(_("Bill"))
        self.terms, self.aside = dress(Label(), Role.CHIP), dress(Label(), Role.CHIP)
        self.standing = dress(Label(), Role.FAULT)
        self.status, self.kept = Label(), dress(Label(), Role.MUTED)
        bold = self.title.font()
        bold.setBold(True)
        self.title.setFont(bold)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        self.buttons = QHBoxLayout()
        top.setSpacing(10)
        for label in (self.title, self.terms, self.standing, self.aside):
            top.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addStretch()
        top.addWidget(self.status)
        top.addWidget(self.kept)
        bottom.setSpacing(10)
        bottom.addWidget(side, 1)
        bottom.addWidget(self.totals)
        self.totals.setMinimumWidth(self.fontMetrics().averageCharWidth() * 38)
        self.buttons.setSpacing(8)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 8, 16, 8)
        rows.setSpacing(8)
        rows.addLayout(top)
        rows.addWidget(heading)
        rows.addWidget(entry)
        rows.addWidget(lines, 1)
        self._strips = QVBoxLayout()
        rows.addWidget(side.message)
        rows.addLayout(self._strips)
        rows.addLayout(bottom)
        rows.addLayout(self.buttons)

    def show_kind(self, kind: Kind) -> None:
        self.title.setText(_(TITLES[kind]))

    def add_strip(self, strip: Strip) -> None:
        """Below the lines, where it opens when it is wanted; one at a time."""
        self._strips.addWidget(strip)

    def show_terms(self, *, cash: bool, known: bool) -> None:
        self.terms.setText(_("Cash") if cash else _("Credit"))
        self.terms.setVisible(known)

    def show_standing(self, verdict: Verdict, cash: bool) -> None:
        """Whether the party may have this on credit, in a few words beside the terms."""
        troubles = () if cash else (*verdict.problems, *verdict.warnings)
        self.standing.setText(joined("  ·  ", map(in_short, troubles)))
        self.standing.setVisible(bool(troubles))
        role = Role.FAULT if verdict.problems else Role.WARNING
        if self.standing.property("role") != role.value:
            dress(self.standing, role)

    def show_held(self, held: Sequence[Held]) -> None:
        refused = sum(bool(each.problems) for each in held)
        said = ngettext("{count} bill held", "{count} bills held", len(held))
        if refused:
            said = ngettext("{count} bill refused", "{count} bills refused", refused)
        key = keys.key_text("counter.take_back")
        self.aside.setText(joined("  ·  ", (said.format(count=refused or len(held)), key)))
        self.aside.setVisible(bool(held))

    def show_kept(self) -> None:
        """On the clock of the wall."""
        self.kept.setText(
            _("Draft kept {time}").format(time=f"{datetime.now().astimezone():%H:%M}")
        )
