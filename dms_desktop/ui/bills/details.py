"""The bill that the cursor is on: its lines, and beside them its tax, payments and later life."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dms_desktop.domain.goods_line import GoodsLine
from dms_desktop.language.catalogue import _
from dms_desktop.services.bill_detail import Detail
from dms_desktop.ui.bills.columns import LINES, facts_of
from dms_desktop.ui.kit.facts import Fact, Facts
from dms_desktop.ui.kit.table import Table
from dms_desktop.ui.theme import Role, dress

MOST_FACTS = 40
WIDTH = 36  # characters of the facts


class _Facts(Facts):
    """As high as what it says, so that it can be scrolled."""

    def show_facts(self, facts: Sequence[Fact]) -> None:
        super().show_facts(facts)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, max(len(self.shown), 1) * self.fontMetrics().height())


class Details(QWidget):
    """Nothing is shown until a bill is."""

    def __init__(self) -> None:
        super().__init__()
        self.table: Table[GoodsLine] = Table(LINES, _("Lines of the bill"))
        self.facts = _Facts(_("Totals, payments and what happened since"), MOST_FACTS)
        card, inside = dress(QFrame(), Role.CARD), QScrollArea()
        inside.setWidget(self.facts)
        inside.setWidgetResizable(True)
        inside.setFrameShape(QFrame.Shape.NoFrame)
        inside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.viewport().setAutoFillBackground(False)
        self.facts.setAutoFillBackground(False)
        framed = QVBoxLayout(card)
        framed.setContentsMargins(12, 8, 12, 8)
        framed.addWidget(inside)
        card.setFixedWidth(self.fontMetrics().averageCharWidth() * WIDTH + 24)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.table, 1)
        row.addWidget(card)

    def show_detail(self, detail: Detail | None) -> None:
        lines: Sequence[GoodsLine] = ()
        if detail is not None:
            lines = getattr(detail.issued.document, "lines", ())
        self.table.show_rows(lines, None)
        self.facts.show_facts(facts_of(detail) if detail else [])
