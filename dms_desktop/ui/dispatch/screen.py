"""Dispatch: trips, a new one, one that is worked on, its money, the stage board, the vans."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from dms_desktop.domain.trip import Trip
from dms_desktop.services.trip_reads import TripRow
from dms_desktop.ui.dispatch.lists import BoardPage, TripsPage
from dms_desktop.ui.dispatch.making import MakingPage
from dms_desktop.ui.dispatch.settling import SettlingPage
from dms_desktop.ui.dispatch.van import VanPage
from dms_desktop.ui.dispatch.work import TripPage
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.stock_work.typed import TypedSheet
from dms_desktop.ui.theme import Role


class DispatchScreen(QWidget):
    """Six pages, one in front, or a sheet of the vans; Esc leads back."""

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        self.floor = floor
        self.pages = QStackedWidget()
        self.trips, self.board, self.making = TripsPage(floor), BoardPage(floor), MakingPage(floor)
        self.work, self.settling = TripPage(floor), SettlingPage(floor)
        self.van = VanPage(floor)
        for page in (self.trips, self.board, self.making, self.work, self.settling, self.van):
            self.pages.addWidget(page)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.pages)
        self.trips.opened.connect(self._open)
        self.trips.wanted.connect(self.begin)
        self.trips.boarded.connect(self.show_board)
        self.trips.vans.connect(self.show_vans)
        self.van.left.connect(self.back)
        self.van.sheet.connect(self._work_on)
        self.board.left.connect(self.back)
        self.making.made.connect(self.show_trip)
        self.making.left.connect(self.back)
        self.work.left.connect(self.back)
        self.work.settling.connect(self.settle)
        self.settling.left.connect(self._to_trip)
        self.settling.settled.connect(self._to_trip)
        self.setFocusProxy(self.trips)

    def arrive(self) -> None:
        """It came to the front: what was in hand is in hand still, and told anew."""
        page = self.pages.currentWidget()
        if page is self.trips:
            self.trips.arrive()
        elif page is self.settling:
            self.settling.reckon()
        else:
            for one in (self.board, self.making, self.work, self.van):
                if one is page:
                    one.read()

    def begin(self) -> None:
        """Choose what goes on a vehicle."""
        self._front(self.making)
        self.making.begin()

    def show_board(self) -> None:
        self._front(self.board)
        self.board.begin()

    def show_vans(self) -> None:
        """What a van took and sold today."""
        self._front(self.van)
        self.van.begin()

    def show_trip(self, uid: UUID) -> None:
        """Load this trip, or say what became of it."""
        self._front(self.work)
        self.work.begin(uid)

    def settle(self, trip: Trip) -> None:
        """Its money."""
        self._front(self.settling)
        self.settling.begin(trip)

    def back(self) -> None:
        """The trips, the cursor on the one that was worked on."""
        if self.work.uid is not None:
            self.trips.aim(self.work.uid)
        self._front(self.trips)
        self.trips.read()
        self.trips.table.setFocus()

    def _open(self, row: TripRow) -> None:
        self.show_trip(row.id)

    def _to_trip(self) -> None:
        if self.work.uid is not None:
            self.show_trip(self.work.uid)

    def _work_on(self, sheet: TypedSheet) -> None:
        self.pages.addWidget(sheet)
        sheet.left.connect(partial(self._from_sheet, sheet))
        self._front(sheet)
        sheet.to_scan()

    def _from_sheet(self, sheet: TypedSheet, said: str) -> None:
        self.show_vans()
        self.van.say(said, Role.GOOD)
        self.pages.removeWidget(sheet)
        sheet.deleteLater()

    def _front(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.setFocusProxy(page)
