"""The sales of a party or an item by month, beside its form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout

from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import RupeeSign, amount, compact, grouped
from dms_desktop.language.months import month_name
from dms_desktop.services.sales_by_month import Month, bought, sold
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.charts import Bar, BarChart
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress

QUERIES = {"party": bought, "item": sold}
NAMES = {"party": N_("Sales by month, ₹"), "item": N_("Sales by month, pieces")}


class SalesByMonth(QFrame):
    """Hidden where nothing was sold in the last twelve months."""

    def __init__(self, floor: Floor, kind: str) -> None:
        super().__init__()
        dress(self, Role.CARD)
        self._floor, self._kind, self._asked = floor, kind, ""
        name = _(NAMES[kind]) if kind in NAMES else ""
        self.chart = BarChart(name, self._short)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 10, 14, 8)
        rows.addWidget(dress(Label(name), Role.MUTED))
        rows.addWidget(self.chart)
        self.hide()

    def look_at(self, code: str, undone: Callable[[BaseException], object]) -> None:
        """Another master is in the form; none has a code yet that is being made."""
        self.hide()
        self._asked = code
        if code and self._kind in QUERIES:
            done = partial(self._show, code)
            self._floor.desk.ask(QUERIES[self._kind], code, done=done, undone=undone)

    def _show(self, code: str, months: Sequence[Month]) -> None:
        if code == self._asked and any(month.figure for month in months):
            self.chart.show_bars([*map(self._bar, months)])
            self.show()

    def _bar(self, month: Month) -> Bar:
        money = self._kind == "party"
        figure = amount(month.figure, RupeeSign.SYMBOL) if money else grouped(month.figure)
        name = month_name(month.first)
        said = _("{month} {year}: {figure}")
        told = said.format(month=name, year=str(month.first.year), figure=figure)
        return Bar(name, month.figure, told)

    def _short(self, figure: int) -> str:
        return compact(figure if self._kind == "party" else figure * 100)
