"""One report as a list: searched while typing, narrowed by a key, charted where that tells more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import RupeeSign, amount, compact
from dms_desktop.services.stock_reports import ageing, expiring
from dms_desktop.services.stock_reports.ageing import Aged
from dms_desktop.services.stock_reports.expiring import Band
from dms_desktop.services.stock_reports.wanted import Wanted
from dms_desktop.ui import keys
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.asking import Asking
from dms_desktop.ui.kit.charts import Bar, BarChart
from dms_desktop.ui.kit.list_screen import Listing, ListScreen
from dms_desktop.ui.kit.speaking import Button, Label
from dms_desktop.ui.stock.reports import Asked, Report, read
from dms_desktop.ui.theme import Role, dress

TABLES = frozenset({"item", "lot", "document", "rack"})
LINES_HIGH = 6  # as text is high: the list is what one came for
AGES = (N_("30 days"), N_("31 to 60"), N_("61 to 90"), N_("91 to 180"), N_("Older"))
BANDS = (
    N_("Expired"), N_("30 days"), N_("31 to 60"), N_("61 to 90"), N_("91 to 180"),
    N_("Up to a year"), N_("Later"),
)  # fmt: skip


class ReportList(ListScreen[Any]):
    """`of` is what it was opened on, if on anything: a past day, an item, a batch. Esc leaves it:
    `left`."""

    left = Signal()

    def __init__(self, floor: Floor, report: Report) -> None:
        self.report, self._at = report, 0
        self.of: Any = None
        self.asking = Asking()
        told = [each.column() for each in report.columns]
        super().__init__(
            floor,
            Listing(report.title, report.hint, told, read, report.key, TABLES, report.empty),
        )
        self.option = Button()
        self.option.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.option.clicked.connect(self.next_option)
        self.chart = _Card(report) if report.chart else None
        if report.options:
            self.filters.addWidget(self.option)
            keys.bind(self, "stock.narrow", self.next_option)
        if self.chart:
            self.below.addWidget(self.chart)
        self.below.addWidget(self.asking)
        self.speak_again()

    def asked(self, most: int | None = None) -> Asked:
        option = self.report.options[self._at][0] if self.report.options else ""
        asked = Asked(self.search.text().strip(), option, self.of)
        return asked if most is None else Asked(asked.text, option, self.of, most)

    def ask(self, after: Any, done: Callable[[Any], object]) -> None:
        self.floor.desk.ask(
            read, self.report, self.asked(), after or 0, done=done, undone=self.tell
        )
        if self.chart and not after:
            self.chart.look(self.floor, self.search.text().strip(), self.tell)

    def open_on(self, of: Any, title: str) -> None:
        """Another day, item or batch; the title says which."""
        self.of = of
        self.search.clear()
        self.title.setText(title)
        self.read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.of is not None:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def next_option(self) -> None:
        self._at = (self._at + 1) % len(self.report.options)
        self.speak_again()
        self.read()

    def narrowed(self) -> str:
        """What the list is narrowed to, as it is called."""
        return _(self.report.options[self._at][1]) if self.report.options else ""

    def speak_again(self) -> None:
        said = f"{keys.key_text('stock.narrow')}  {self.narrowed()}"
        self.option.setText(said)
        self.option.setAccessibleName(said)


class _Card(QFrame):
    """What all goods together cost, by age or by the days until they expire."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        dress(self, Role.CARD)
        self._by_age = report.name == "ageing"
        name = N_("Cost by age") if self._by_age else N_("Cost by the days until expiry")
        self.chart = BarChart(_(name), lambda paise: compact(paise))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 10, 14, 8)
        rows.addWidget(dress(Label(_(name)), Role.MUTED))
        rows.addWidget(self.chart)
        self.chart.setFixedHeight(LINES_HIGH * self.fontMetrics().height())
        self.hide()

    def look(self, floor: Floor, text: str, undone: Callable[[BaseException], object]) -> None:
        query = ageing.ages if self._by_age else expiring.bands
        floor.desk.ask(query, Wanted(text=text), done=self._show, undone=undone)

    def _show(self, found: Aged | list[Band]) -> None:
        if isinstance(found, Aged):
            bars = list(zip(AGES, found.cost, strict=True))
        else:
            bars = list(zip(BANDS, (band.cost for band in found), strict=True))
        said = _("{label}: {figure}")
        self.chart.show_bars(
            [
                Bar(
                    _(label),
                    cost.paise,
                    said.format(label=_(label), figure=amount(cost.paise, RupeeSign.SYMBOL)),
                )
                for label, cost in bars
            ]
        )
        self.setVisible(any(cost.paise for _label, cost in bars))
