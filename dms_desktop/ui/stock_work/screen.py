"""Stock work: transfers, counts and adjustments, each a list with what waits on top."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QTabBar

from dms_desktop.domain.powers import Power
from dms_desktop.language.catalogue import N_, _, ngettext
from dms_desktop.language.figures import day_text, grouped
from dms_desktop.services import counts, expiry, transfers
from dms_desktop.services.counts import Sheet
from dms_desktop.services.expiry import Expired
from dms_desktop.services.transfers import OnTheWay, Sent
from dms_desktop.ui import keys
from dms_desktop.ui.billing.on_paper import OnPaper
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.asking import Asking
from dms_desktop.ui.kit.list_screen import Listing, ListScreen
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.stock_work.columns import (
    CHANGES,
    COUNTS,
    LISTED,
    TITLES,
    TRANSFERS,
    Change,
    Work,
    read,
)
from dms_desktop.ui.stock_work.counting import CountSheet, NewCount
from dms_desktop.ui.stock_work.places import Around, around
from dms_desktop.ui.stock_work.sheet import ScanSheet
from dms_desktop.ui.stock_work.taking import TakingSheet
from dms_desktop.ui.stock_work.telling import told_of
from dms_desktop.ui.stock_work.typed import AdjustSheet, SendSheet
from dms_desktop.ui.theme import Role, dress

KINDS = (TRANSFERS, COUNTS, CHANGES)


class WorkList(ListScreen[Work]):
    """The lists; one is in front."""

    def __init__(self, floor: Floor) -> None:
        self.kind = TRANSFERS
        super().__init__(
            floor,
            Listing(
                N_("Stock work"),
                N_("Number, godown or what was done"),
                LISTED,
                read,
                lambda row: row.id,
                frozenset({"document", "document_event", "count"}),
            ),
        )
        self.table.model_of.muted = lambda row: isinstance(row.of, Change) and row.of.cancelled
        self.kinds = QTabBar()
        self.kinds.setDrawBase(False)
        for kind in KINDS:
            self.kinds.addTab(_(TITLES[kind]))
        self.kinds.tabBarClicked.connect(self._click)
        self.corner.addWidget(dress(Label(keys.key_text("stock_work.kind")), Role.MUTED))
        self.corner.addWidget(self.kinds)
        keys.bind(self, "stock_work.kind", self.next_kind)

    def ask(self, after: Any, done: Callable[[Any], object]) -> None:
        text = self.search.text().strip()
        self.floor.desk.ask(read, text, self.kind, after, done=done, undone=self.tell)

    def next_kind(self) -> None:
        self.show_kind(KINDS[(KINDS.index(self.kind) + 1) % len(KINDS)])

    def show_kind(self, kind: str) -> None:
        self.kind = kind
        self.kinds.setCurrentIndex(KINDS.index(kind))
        self.say("")
        self.read()

    def speak_again(self) -> None:
        for at, kind in enumerate(KINDS):
            self.kinds.setTabText(at, _(TITLES[kind]))

    def _click(self, at: int) -> None:
        if at >= 0:
            self.show_kind(KINDS[at])


class StockWorkScreen(QStackedWidget):
    """The lists, and in front of them the sheet that is worked on."""

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        self.floor = floor
        self.list = WorkList(floor)
        self.new_count, self.asking = NewCount(floor), Asking()
        self.sheet: ScanSheet[Any] | None = None
        self.list.below.addWidget(self.new_count)
        self.list.below.addWidget(self.asking)
        self.addWidget(self.list)
        self.setFocusProxy(self.list)
        self._new = keys.button(self.list, "stock_work.new", self.new)
        self._expire = keys.button(self.list, "stock_work.expire", self.ask_expire)
        self.on_paper = OnPaper(floor, "paper of a transfer", self.list.say)
        self.list.buttons.addWidget(keys.button(self.list, "stock_work.print", self.print))
        self.list.buttons.addWidget(self._expire)
        self.list.buttons.addStretch()
        self.list.buttons.addWidget(dress(self._new, Role.PRIMARY))
        self.list.opened.connect(self.open)
        self.new_count.begun.connect(self._to_count)
        self.new_count.failed.connect(self.list.tell)
        floor.desk.entered.connect(self._offer)
        self._offer()

    def arrive(self) -> None:
        if self.sheet is None:
            self.list.arrive()

    def new(self) -> None:
        """One more of the kind that the list shows."""
        then = {
            TRANSFERS: lambda found: self.work_on(SendSheet(self.floor, found)),
            COUNTS: self.new_count.offer,
            CHANGES: lambda found: self.work_on(AdjustSheet(self.floor, found)),
        }[self.list.kind]
        self.floor.desk.ask(around, done=then, undone=self.list.tell)

    def open(self, row: Work) -> None:
        """What waits is worked on; what is done is told."""
        match row.of:
            case OnTheWay(left=left) if left and self._may():
                self.floor.desk.ask(
                    transfers.show, row.id, done=self._to_take, undone=self.list.tell
                )
            case Sheet() if row.waits and self._may():
                self._to_count(row.id)
            case _:
                self.floor.desk.ask(told_of, row, done=self.list.say, undone=self.list.tell)

    def print(self) -> None:
        """The note of the transfer that the cursor is on."""
        if (row := self.list.table.current()) is not None:
            self.on_paper.print_document(row.id)

    def ask_expire(self) -> None:
        """What would move is told before it does."""
        self.floor.desk.ask(expiry.expired, done=self._ask_expire, undone=self.list.tell)

    def _ask_expire(self, found: Expired) -> None:
        if not found.moved:
            self.list.say(_("No saleable batch is past its date."))
            return
        lots = ", ".join(f"{line.name} {line.batch}" for line in found.moved[:5])
        count = len(found.moved)
        question = ngettext(
            "{count} batch goes to the expired: {lots}. Is the date {day} right?",
            "{count} batches go to the expired: {lots}. Is the date {day} right?",
            count,
        ).format(count=grouped(count), lots=lots, day=day_text(found.day))
        self.asking.ask(question, _("Move them"), lambda _said: self._move(), reason=False)

    def _move(self) -> None:
        self.floor.desk.do(expiry.move_anyway, done=self._moved, undone=self.list.tell)

    def _moved(self, done: Expired) -> None:
        self.floor.banners.over("expiry")
        number = done.posted.number if done.posted else ""
        count = len(done.moved)
        told = ngettext(
            "{count} batch moved by {number}.", "{count} batches moved by {number}.", count
        ).format(count=grouped(count), number=number)
        if done.elsewhere:
            places = ", ".join(
                f"{each.line.name} {each.line.batch}: {grouped(each.line.qty)} ({each.where})"
                for each in done.elsewhere
            )
            told += "\n" + _("Still elsewhere: {places}").format(places=places)
        self.list.say(told, Role.GOOD)

    def work_on(self, sheet: ScanSheet[Any]) -> None:
        """Bring a sheet to the front, until it is left."""
        self.sheet = sheet
        self.addWidget(sheet)
        self.setCurrentWidget(sheet)
        self.setFocusProxy(sheet)
        sheet.left.connect(self._back)
        sheet.to_scan()

    def _to_take(self, sent: Sent) -> None:
        def show(found: Around) -> None:
            self.work_on(TakingSheet(self.floor, sent, found))

        self.floor.desk.ask(around, done=show, undone=self.list.tell)

    def _to_count(self, uid: UUID) -> None:
        def show(found: tuple[Sheet, int]) -> None:
            self.work_on(CountSheet(self.floor, *found))

        self.floor.desk.ask(counts.show_with_place, uid, done=show, undone=self.list.tell)

    def _back(self, said: str) -> None:
        sheet, self.sheet = self.sheet, None
        self.setCurrentWidget(self.list)
        self.setFocusProxy(self.list)
        if sheet is not None:
            self.removeWidget(sheet)
            sheet.deleteLater()
        self.list.say(said, Role.GOOD if said else Role.MUTED)
        self.list.arrive()
        self.list.search.setFocus()
        self.list.read()

    def _may(self) -> bool:
        return self.floor.desk.actor.may(Power.MOVE_STOCK)

    def _offer(self) -> None:
        """Only what this user may do; another's half-typed sheet is not his."""
        self._new.setVisible(self._may())
        self._new.setEnabled(self._may())
        approves = self.floor.desk.actor.may(Power.APPROVE_STOCK)
        self._expire.setVisible(approves)
        self._expire.setEnabled(approves)
        if self.sheet is not None:
            self._back("")
