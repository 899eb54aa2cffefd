"""The books as a verb finds them: open, with somebody who has shown who he is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from dms_desktop.domain.calendar import business_day
from dms_desktop.domain.powers import Actor
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services import people
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.health import require_current
from dms_desktop.store.pepper import pepper_of
from dms_desktop.store.tries import tries_at


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Shop:
    """`read` and `write` run a service to its end and give its result, or raise what it raised."""

    books: Path | str
    database: Database
    pepper: bytes
    actor: Actor
    clock: Callable[[], datetime] = now

    def read(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.database.read(self.actor, query, *args, **kwargs).result()

    def write(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.database.write(self.actor, action, *args, **kwargs).result().result

    @property
    def today(self) -> date:
        return business_day(self.clock())


def open_database(books: Path | str) -> Database:
    """Raises a BooksFault for books that are missing, newer, older, damaged or not ours."""
    require_current(books)
    return Database(driver_for(books), clock=now)


def enter(books: Path | str, database: Database, user: str, pin: str) -> Shop:
    """Log in. Refuses WRONG_PIN, LOCKED_OUT, and NOT_ALLOWED for a user that is not there."""
    pepper = pepper_of(books)
    actor = database.write(people.STRANGER, people.log_in, user, pin, pepper, "").result().result
    if actor is None:
        raise refuse(Reason.WRONG_PIN, user=user)
    return Shop(books, database, pepper, actor)


def enter_reading(books: Path | str, database: Database, user: str, pin: str) -> Shop:
    """Log in while another process owns the books: whoever looks need not write there.

    Each PIN counts as wrong before it is looked at, in a file beside the books. Refuses as `enter`.
    """
    pepper = pepper_of(books)
    if not database.read(people.STRANGER, people.has_pin, user).result():
        return Shop(books, database, pepper, _look_in(database, user, "", pepper))
    with tries_at(Path(books)) as tries:
        failed, until = tries.of(user)
        at = int(now().timestamp() * people.MICROS)
        people.refuse_locked(user, until, at)
        tries.keep(user, *people.after_wrong(failed, at))
        actor = _look_in(database, user, pin, pepper)
        tries.keep(user, 0, 0)
    return Shop(books, database, pepper, actor)


def _look_in(database: Database, user: str, pin: str, pepper: bytes) -> Actor:
    return database.read(people.STRANGER, people.look_in, user, pin, pepper).result()
