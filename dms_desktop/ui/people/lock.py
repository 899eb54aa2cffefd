"""Locks the screens until somebody says who he is: by one key, or when nobody was here for long."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from dms_desktop.domain.powers import Actor
from dms_desktop.services.counters import STRANGER, Arrival, Person, arrive
from dms_desktop.ui import keys
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.keys import Where
from dms_desktop.ui.kit.speaking import Button
from dms_desktop.ui.people import verbs
from dms_desktop.ui.people.idle import Idle
from dms_desktop.ui.people.log_in import LogIn

MINUTE_MS = 60_000


class Lock(QObject):
    """What lies on the counter, and what is still being saved, goes on below the log-in."""

    def __init__(self, floor: Floor, app: QApplication, people: Sequence[Person]) -> None:
        super().__init__(floor)
        self._floor, self._people = floor, people
        self._minutes = 0
        self._page: LogIn | None = None
        self.idle = Idle(app, self)
        self.idle.passed.connect(self._nobody_here)
        keys.bind(floor.window, "lock", self.lock)
        floor.desk.changed.connect(self._changed)
        floor.desk.entered.connect(self._show_user)

    def start(self) -> None:
        """Say who stands here, and read after how long nobody does."""
        self._show_user()
        self._read()

    def lock(self) -> LogIn | None:
        """Cover the screens; None where they are covered already."""
        floor = self._floor
        if floor.window.covered:
            return None
        self.idle.watch(0)
        last = floor.desk.actor.code
        page = self._page = LogIn(floor.desk, floor.books, floor.company, self._people, last)
        page.entered.connect(self._came)
        floor.window.cover(page, Where.LOG_IN)
        self._read()  # somebody may have come or gone
        return page

    def _came(self, actor: Actor) -> None:
        window, self._page = self._floor.window, None
        window.uncover()
        self._floor.desk.enter(actor)
        window.choose(user=actor.code)
        self._watch()

    def _nobody_here(self) -> None:
        """To lock is of no use where nobody has a PIN."""
        self._floor.desk.ask(arrive, done=self._lock_unless_open, undone=_ignore, actor=STRANGER)

    def _lock_unless_open(self, arrival: Arrival) -> None:
        self._people = arrival.people
        if not arrival.open:
            self.lock()

    def _changed(self, touched: dict[str, frozenset[Any]]) -> None:
        if {"setting", "user_account"} & touched.keys():
            self._read()

    def _read(self) -> None:
        ask = partial(self._floor.desk.ask, undone=_ignore, actor=STRANGER)
        ask(verbs.lock_minutes, done=self._learn)
        ask(arrive, done=self._meet)

    def _meet(self, arrival: Arrival) -> None:
        self._people = arrival.people
        self._show_user()
        if self._page is not None:
            self._page.offer(arrival.people)

    def _learn(self, minutes: int) -> None:
        if minutes != self._minutes:
            self._minutes = minutes
            self._watch()

    def _watch(self) -> None:
        if not self._floor.window.covered:
            self.idle.watch(self._minutes * MINUTE_MS)

    def _show_user(self) -> None:
        code = self._floor.desk.actor.code
        name = next((who.name for who in self._people if who.code == code), code)
        button = Button(keys.caption("lock"))
        button.clicked.connect(self.lock)
        self._floor.window.tabs.show_user(name, button)


def _ignore(error: BaseException) -> None:
    """It stays as it was; the desk has written down why."""
