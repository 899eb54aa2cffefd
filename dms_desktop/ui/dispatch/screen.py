"""Dispatch: the trips, a new one, one that is worked on, its money, and the stage board."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from dms_desktop.domain.trip import Trip
from dms_desktop.services.trip_reads import TripRow
from dms_desktop.ui.dispatch.lists import BoardPage, TripsPage
from dms_desktop.ui.dispatch.making import MakingPage
from dms_desktop.ui.dispatch.settling import SettlingPage
from dms_desktop.ui.dispatch.work import TripPage
from dms_desktop.ui.floor import Floor


class DispatchScreen(QWidget):
    """Five pages, one in front; Esc leads back."""

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        self.floor = floor
        self.pages = QStackedWidget()
        self.trips, self.board, self.making = TripsPage(floor), BoardPage(floor), MakingPage(floor)
        self.work, self.settling = TripPage(floor), SettlingPage(floor)
        for page in (self.trips, self.board, self.making, self.work, self.settling):
            self.pages.addWidget(page)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.pages)
        self.trips.opened.connect(self._open)
        self.trips.wanted.connect(self.begin)
        self.trips.boarded.connect(self.show_board)
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
            next(one for one in (self.board, self.making, self.work) if one is page).read()

    def begin(self) -> None:
        """Choose what goes on a vehicle."""
        self._front(self.making)
        self.making.begin()

    def show_board(self) -> None:
        self._front(self.board)
        self.board.begin()

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

    def _front(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.setFocusProxy(page)
