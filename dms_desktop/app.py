"""The only place where the parts meet: paths, lock, health, database, search, desk and window."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dms_desktop.domain.calendar import business_day
from dms_desktop.domain.draft import Draft
from dms_desktop.domain.powers import Actor, Power
from dms_desktop.domain.uid import uuid7
from dms_desktop.language import catalogue
from dms_desktop.services.counters import STRANGER, Arrival, arrive, open_counter
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.faults import BooksFault, BooksMissing, BooksOlder, faults_of
from dms_desktop.store.health import require_current
from dms_desktop.store.lock import BooksLock, take
from dms_desktop.store.preferences import preferences_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from dms_desktop.cli.door import Door
    from dms_desktop.domain.company import Company
    from dms_desktop.ui.background import Background
    from dms_desktop.ui.billing.screen import BillingScreen
    from dms_desktop.ui.desk import Desk
    from dms_desktop.ui.floor import Floor
    from dms_desktop.ui.program import Program

BOOKS = "books.db"
OWNER = "owner"
SAMPLE_BILLS = 100
HINTS = ("counter.remove", "counter.reprint", "counter.clear")
LATER_MS = 400  # what the first bill does not need begins after it can be typed


def run(
    books: Path | None = None,
    *,
    shots: Path | None = None,
    sample: bool = False,
    language: str = "",
) -> int:
    """Open the books at this path, or those in the user's own folder, until the window closes."""
    if not has_screen():
        return _without_screen()
    if shots is not None:
        from dms_desktop.ui.shots import take_pictures

        return take_pictures(shots, partial(start, language=catalogue.ENGLISH), make_sample)
    return start(books or default_books(), sample=sample, language=language).run()


def start(path: Path, *, sample: bool = False, language: str = "") -> Program:
    """The program with its window on the screen; a reader looks into the books meanwhile."""
    preferences = preferences_of(path)
    catalogue.use(catalogue.wanted(language, os.environ, preferences.language))
    opened = _Opened(path)
    opened.begin()
    from dms_desktop.ui.program import Program

    program = Program(path.parent / "crashes", preferences)
    program.remember(path)
    _Start(program, opened, sample=sample).begin()
    return program


def has_screen() -> bool:
    """Linux alone may have none; elsewhere a program with windows always finds one."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in named)


def default_books() -> Path:
    import platformdirs

    return platformdirs.user_data_path("dms-desktop", ensure_exists=True) / BOOKS


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class _Opened:
    """The books as far as they are open; the screen is built while a reader's thread looks in."""

    path: Path
    lock: BooksLock | None = None
    database: Database | None = None
    arrival: Any = None  # Future[Arrival]
    fault: BooksFault | None = field(default=None)

    def begin(self, known: str = "") -> None:
        """What stands in the way is told by `fault`; who is `known` need not show his PIN."""
        self.fault = None
        try:
            with faults_of(self.path):
                self.path.parent.mkdir(parents=True, exist_ok=True)
            require_current(self.path)
            self.lock = self.lock or take(self.path, "DMS Desktop")
        except BooksFault as fault:
            self.fault = fault
            return
        self.database = Database(driver_for(self.path), clock=now)
        self.arrival = self.database.read(STRANGER, arrive, known)

    def close(self) -> None:
        if self.lock:
            self.lock.release()


class _Start:
    """From whatever was found at the path to a counter that bills."""

    def __init__(self, program: Program, opened: _Opened, *, sample: bool) -> None:
        self._program, self._opened, self._sample = program, opened, sample
        self._window = program.window
        self._background: Background | None = None
        self._screen: BillingScreen | None = None
        self._closed = False
        self._founded = False  # by this start: there is nothing in the books yet
        self._doors: list[Door] = []
        program.window.before_closing(opened.close)

    def begin(self) -> None:
        match self._opened.fault:
            case None:
                self._open(self._opened.arrival.result())
            case BooksMissing():
                self._show_first_start()
            case BooksOlder():
                self._upgrade()
            case fault:
                self._trouble(fault)
        self._window.show()

    def _again(self, known: str = "") -> None:
        self._window.banners.over("books")
        self._opened.begin(known)
        self.begin()

    def _trouble(self, fault: BooksFault) -> None:
        from dms_desktop.language.faults import say_fault

        self._window.banners.tell("books", say_fault(fault.word, fault.facts), self._again)

    def _upgrade(self) -> None:
        from dms_desktop.language.catalogue import _

        self._window.banners.tell("books", _("The books are being upgraded; a copy is kept."))
        self._make(partial(_upgraded, self._opened.path), self._trouble)

    def _make(
        self, job: Callable[[], object], undone: Callable[[Any], object], known: str = ""
    ) -> None:
        """On another thread; then everything is looked at afresh."""
        from dms_desktop.ui.background import Background

        self._background = self._background or Background()
        self._background.run(job, done=lambda _: self._again(known), undone=undone)

    def _show_first_start(self) -> None:
        from dms_desktop.ui.first_start import FirstStart
        from dms_desktop.ui.keys import Where

        page = FirstStart(str(self._opened.path))

        def make(job: Callable[[], object]) -> None:
            self._make(job, partial(self._not_made, page), OWNER)

        def found(company: Company, pin: str) -> None:
            self._founded = True
            make(partial(_own_books, self._opened.path, company, pin))

        page.sample_wanted.connect(lambda: make(partial(make_sample, self._opened.path)))
        page.company_wanted.connect(found)
        self._window.show_page(page, where=Where.START, hints=("language",))
        if self._sample:
            page.sample.click()

    def _not_made(self, page: Any, error: BaseException) -> None:
        from dms_desktop.ui import messages

        self._founded = False
        page.fail(messages.of_error(error))

    def _open(self, arrival: Arrival) -> None:
        """The screens for who stands here; for him who must say so, nothing before he has."""
        from dms_desktop.store.search import SearchIndex
        from dms_desktop.ui import indexes
        from dms_desktop.ui.desk import Desk

        assert self._opened.database is not None
        places = indexes.paths(self._opened.path)
        items, parties = SearchIndex(places["item"]), SearchIndex(places["party"])
        desk = Desk(self._opened.database, arrival.counter.actor, items, parties)
        desk.erred.connect(self._program.tell_bug)
        self._window.before_closing(partial(self._close, desk))
        if arrival.open:
            self._show_screens(desk, arrival)
        else:
            self._show_log_in(desk, arrival)

    def _show_log_in(self, desk: Desk, arrival: Arrival) -> None:
        from dms_desktop.ui.keys import Where
        from dms_desktop.ui.people.log_in import LogIn

        def enter(actor: Actor) -> None:
            desk.enter(actor)
            self._window.choose(user=actor.code)
            self._show_screens(desk, arrival)

        company, last = arrival.counter.company, self._window.preferences.user
        page = LogIn(desk, self._opened.path, company, arrival.people, last)
        page.entered.connect(enter)
        self._instead(lambda: self._window.show_page(page, company, Where.LOG_IN, ("language",)))

    def _show_screens(self, desk: Desk, arrival: Arrival) -> None:
        from dms_desktop.ui import indexes
        from dms_desktop.ui.floor import Floor, Screen
        from dms_desktop.ui.keys import Where

        path, counter = self._opened.path, arrival.counter
        new_draft = partial(_new_draft, counter.place_id)
        floor = Floor(self._window, desk, path, counter.company, new_draft)
        make = self._make_counter
        floor.admit(Screen("counter", Power.BILL, Where.COUNTER, make, HINTS, stays=True))
        furnish = partial(_furnish, floor, self._program.app, arrival)
        if self._founded:
            furnish()
            self._instead(lambda: floor.go("import").get_started())
        elif desk.actor.may(Power.BILL):
            self._instead(lambda: floor.go("counter"))
            self._later(furnish)
        else:
            furnish()
            self._instead(floor.go_first)
        follow = indexes.Indexes(desk, path, floor)
        self._later(follow.start, self._program.settle, partial(self._admit, desk))
        self._later(partial(_open_day, floor))

    def _make_counter(self, floor: Floor) -> BillingScreen:
        from dms_desktop.ui.billing.newcomers import Newcomers
        from dms_desktop.ui.billing.screen import BillingScreen

        screen = BillingScreen(floor.desk, floor.new_draft, floor.folder, floor.banners)
        screen.help_wanted.connect(self._window.show_help)
        Newcomers(floor, screen)
        self._screen = screen
        self._later(screen.start)
        return screen

    def _instead(self, show: Callable[[], object]) -> None:
        """What is shown takes the place of the page in front."""
        before = self._window.pages.currentWidget()
        show()
        if before is not None:
            self._window.let_go(before)

    def _later(self, *calls: Callable[[], object]) -> None:
        """Unless the window is closed by then."""
        for call in calls:
            self._program.later(LATER_MS, partial(self._unless_closed, call))

    def _unless_closed(self, call: Callable[[], object]) -> None:
        if not self._closed:
            call()

    def _admit(self, desk: Desk) -> None:
        """From now on the command line may write through this program."""
        job = partial(_open_door, self._opened.path, _Heard(desk, self._opened.database))
        desk.work(job, done=self._doors.append, undone=lambda error: None)

    def _close(self, desk: Desk) -> None:
        self._closed = True
        if self._screen is not None:
            self._screen.keeping.flush()
        desk.leaving.emit()
        desk.finish()
        for door in self._doors:
            door.close()
        desk.close()
        self._opened.close()


class _Heard(NamedTuple):
    """The books as the command line has them here: what it writes, the screens hear of."""

    desk: Desk
    database: Any

    def write(self, actor: Actor, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.desk.write(action, *args, actor=actor, **kwargs)

    def read(self, actor: Actor, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.database.read(actor, query, *args, **kwargs)


def _furnish(floor: Floor, app: QApplication, arrival: Arrival) -> None:
    """The other screens and the lock, of which no first bill has need."""
    from dms_desktop.ui.people.lock import Lock
    from dms_desktop.ui.screens import SCREENS

    for screen in SCREENS:
        floor.admit(screen)
    floor.show_tabs()
    Lock(floor, app, arrival.people).start()


def _open_door(path: Path, books: Any) -> Door:
    from dms_desktop.cli.door import Door

    return Door(path, partial(_answer, path, books))


def _answer(path: Path, books: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """Loaded by the first who knocks, on the thread that attends him."""
    from dms_desktop.cli.caller import answer
    from dms_desktop.cli.shop import enter

    return answer(partial(enter, path, books), asked)


def _open_day(floor: Floor) -> None:
    from dms_desktop.ui.day_open import DayOpen
    from dms_desktop.ui.month_ends import MonthEnds

    DayOpen(floor).start()
    MonthEnds(floor).start()


def _new_draft(place_id: int) -> Draft:
    instant = now()
    return Draft(uuid7(instant, os.urandom(10)), business_day(instant), place_id=place_id)


def make_sample(path: Path, bills: int = SAMPLE_BILLS) -> None:
    """The sample company with some months behind it, ready to be searched. Its owner has no PIN, so
    that whoever looks round is let in at once; the settings give him one."""
    from dms_desktop.cli import founding

    founding.found(path, founding.sample_company())
    founding.fill(path, "", bills)
    make_indexes(path)


def _upgraded(path: Path) -> None:
    from dms_desktop.store.migrate import upgrade

    upgrade(path)


def _own_books(path: Path, company: Company, pin: str) -> None:
    from dms_desktop.cli import founding

    founding.found(path, company, pin)


def make_indexes(path: Path) -> None:
    """So that the first search finds everything."""
    from dms_desktop.ui import indexes

    database = Database(driver_for(path), clock=now)
    try:
        actor = database.read(STRANGER, open_counter, OWNER).result().actor
        for kind, query, stamp in indexes.feeds():
            rows = database.read(actor, query).result()
            indexes.rebuild(
                indexes.paths(path)[kind], rows, stamp=database.read(actor, stamp).result()
            )
    finally:
        database.close()


def _without_screen() -> int:
    """Say so, and do the same job: a sample company, one bill, its paper."""
    from dms_desktop.cli.headless import headless

    print("There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set).", flush=True)  # noqa: T201
    headless(default_books().parent / "sample")
    return 0
