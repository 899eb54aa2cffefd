"""Stock: one list with the report chosen by key, down to the ledger and the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from dms_desktop.domain.calendar import read_day
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.powers import Power
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import day_text
from dms_desktop.services.stock_reports.ledgers import Course, Step
from dms_desktop.services.stock_reports.recalls import Got
from dms_desktop.services.stock_reports.standing import Standing
from dms_desktop.ui import keys
from dms_desktop.ui.bills.columns import KINDS
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.speaking import Button, Label
from dms_desktop.ui.stock.listing import ReportList
from dms_desktop.ui.stock.reports import LEDGER, RECALL, REPORTS, Report
from dms_desktop.ui.stock.taking_out import TakingOut
from dms_desktop.ui.theme import Role, dress

LEDGER_OF = N_("{item} {batch}: what came and went")
RECALL_OF = N_("{item} {batch}: who got it")
AS_ON = N_("Batches on {day}")
NOT_A_DAY = N_("“{text}” is no day.")
NO_PAPER = N_("{number} is no paper of the list of bills.")


class StockScreen(QWidget):
    """F2 turns between the reports; Enter leads to the ledger, and from there to the paper."""

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        self.floor, self.out = floor, TakingOut()
        self.tabs, self.stack = QTabBar(), QStackedWidget()
        self.pages: dict[str, ReportList] = {}
        self._buttons: list[tuple[Button, Power]] = []
        self._before: list[ReportList] = []  # those that Esc leads back to
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for report in REPORTS:
            self.tabs.addTab(_(report.title))
        self.tabs.tabBarClicked.connect(self._clicked)
        self._lay_out()
        keys.bind(self, "stock.report", lambda: self._turn(1))
        keys.bind(self, "stock.report_back", lambda: self._turn(-1))
        floor.desk.entered.connect(self._offer)
        self.show_report(0)

    @property
    def page(self) -> ReportList:
        """The list that is in front."""
        page = self.stack.currentWidget()
        assert isinstance(page, ReportList)
        return page

    def arrive(self) -> None:
        self.page.arrive()

    def show_report(self, at: int) -> None:
        self._before.clear()
        self.tabs.setCurrentIndex(at)
        self._show(self._made(REPORTS[at]))

    def open(self, row: Any) -> None:
        """Further down: from goods to what came and went of them, from there to the paper."""
        if isinstance(row, Step | Got):
            self._to_paper(row)
        elif hasattr(row, "item_id"):
            lot = row.lot_id if isinstance(row, Standing) else 0
            title = _(LEDGER_OF).format(item=row.item, batch=getattr(row, "batch", ""))
            self._down(LEDGER, Course(row.item, lot=lot), title)

    def recall(self) -> None:
        """Every shop that got the batch that the cursor is on."""
        row = self.page.table.current()
        if isinstance(row, Standing):
            title = _(RECALL_OF).format(item=row.item, batch=row.batch)
            self._down(RECALL, (row.item, row.batch), title)

    def ask_day(self) -> None:
        """Batches as they lay on a past day; nothing typed is today."""
        self.show_report(0)
        self.page.asking.ask(_("As on which day?"), _("Show"), self._as_on)

    def leave(self) -> None:
        """Up again to where one came from; from a past day to today."""
        if self._before:
            self._show(self._before.pop())
        else:
            self.page.open_on(None, _(self.page.report.title))

    def speak_again(self) -> None:
        for at, report in enumerate(REPORTS):
            self.tabs.setTabText(at, _(report.title))

    def _as_on(self, text: str) -> None:
        try:
            day: date = read_day(text)
        except ValueError:
            self.page.say(_(NOT_A_DAY).format(text=text), Role.FAULT)
            return
        self.page.open_on(day, _(AS_ON).format(day=day_text(day)))

    def _to_paper(self, row: Step | Got) -> None:
        kind = Kind(row.kind) if isinstance(row, Step) else Kind.BILL
        if kind not in KINDS:
            self.page.say(_(NO_PAPER).format(number=row.number))
            return
        bills = self.floor.go("bills")
        if bills is not None:
            bills.search.setText(row.number)
            bills.show_kind(kind)

    def _down(self, report: Report, of: Any, title: str) -> None:
        self._before.append(self.page)
        page = self._made(report)
        page.open_on(of, title)
        self._show(page)

    def _show(self, page: ReportList) -> None:
        self.stack.setCurrentWidget(page)
        self.setFocusProxy(page)
        page.arrive()
        page.setFocus()

    def _clicked(self, at: int) -> None:
        if at >= 0:
            self.show_report(at)

    def _turn(self, by: int) -> None:
        self.show_report((self.tabs.currentIndex() + by) % len(REPORTS))

    def _made(self, report: Report) -> ReportList:
        """One of each, made when first wanted."""
        if report.name not in self.pages:
            page = self.pages[report.name] = ReportList(self.floor, report)
            page.opened.connect(self.open)
            page.left.connect(self.leave)
            self.stack.addWidget(page)
            self._add_buttons(page)
            self._offer()
        return self.pages[report.name]

    def _add_buttons(self, page: ReportList) -> None:
        verbs: Sequence[tuple[str, Callable[[], object], Power]] = (
            ("stock.day", self.ask_day, Power.LOOK),
            ("stock.recall", self.recall, Power.LOOK),
            ("stock.sheet", lambda: self.out.to_sheet(page), Power.EXPORT),
            ("stock.paper", lambda: self.out.to_paper(page), Power.LOOK),
        )
        lots = page.report.key is REPORTS[0].key
        for name, slot, power in verbs:
            if name == "stock.recall" and not lots:
                continue
            made = keys.button(page, name, slot)
            page.buttons.addWidget(made)
            self._buttons.append((made, power))
        page.buttons.addStretch()

    def _offer(self) -> None:
        """Only what this user may do."""
        for button, power in self._buttons:
            may = self.floor.desk.actor.may(power)
            button.setEnabled(may)
            button.setVisible(may)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 10, 16, 0)
        top.addWidget(dress(Label(keys.key_text("stock.report")), Role.MUTED))
        top.addWidget(self.tabs)
        top.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(top)
        rows.addWidget(self.stack, 1)
