"""Whoever calls from the command line: his verb is done here, or inside the running program."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import typer

from dms_desktop.cli import door, plain, replies
from dms_desktop.cli.shop import Shop, enter, enter_reading, now, open_database
from dms_desktop.cli.verbs.verb import Json
from dms_desktop.domain.refusals import Reason, Refused, refuse
from dms_desktop.domain.typed import legible, writable
from dms_desktop.domain.uid import uuid7
from dms_desktop.language.catalogue import N_, _, language, speaking
from dms_desktop.language.faults import say_fault
from dms_desktop.services import people
from dms_desktop.store.database import Database, OutcomeUnknown
from dms_desktop.store.faults import BooksBusy, BooksFault, as_fault
from dms_desktop.store.lock import BooksLock, take

log = logging.getLogger(__name__)
REFUSED, DAMAGED, MACHINE, BUSY = 1, 3, 74, 75
WITH_ID = N_("Its id is {id}.")
PATIENCE = 2.0  # seconds for another `dms` to finish


@dataclass(frozen=True, slots=True)
class Caller:
    given: str
    user: str

    @property
    def books(self) -> Path | str:
        """What --books, or DMS_BOOKS, named."""
        named = self.given or os.environ.get("DMS_BOOKS", "")
        if not named:
            raise typer.BadParameter("--books is missing: the file that holds the books")
        return named if named.startswith("postgresql://") else Path(named).resolve()

    def do(self, verb: str, request: Json, *, as_json: bool) -> Json:
        """Run a verb and print its reply; ends the process with the exit code of a failure."""
        reply, code = attempt(lambda: self._reply(verb, readable(request)))
        if (failed := reply.get("failed")) and failed["reason"] in ("outcome_unknown", "bug"):
            _tell_again(failed, request)
        plain.out(reply, as_json=as_json)
        if code:
            raise typer.Exit(code)
        return reply

    def _reply(self, verb: str, request: Json) -> Json:
        from dms_desktop.cli.verbs import VERBS

        books = self.books
        if not isinstance(books, Path):
            return self._alone(verb, request, None)
        open_database(books).close()  # says what is wrong with the file before anything waits
        try:
            lock = _patiently(books)
        except BooksBusy:
            who = {"user": self.user, "pin": self._pin(), "language": language()}
            asked = {"verb": verb, "request": request, **who}
            if (answer := door.knock(books, asked)) is not None:
                raise Answered(answer["reply"], answer["code"]) from None
            if VERBS[verb].writes:
                raise
            return self._looking(verb, request)
        return self._alone(verb, request, lock)

    def _alone(self, verb: str, request: Json, lock: BooksLock | None) -> Json:
        from dms_desktop.cli.verbs import VERBS

        database = open_database(self.books)
        try:
            shop = enter(self.books, database, self.user, self._pin(database))
            return VERBS[verb].do(shop, request)
        finally:
            database.close()
            if lock:
                lock.release()

    def _looking(self, verb: str, request: Json) -> Json:
        from dms_desktop.cli.verbs import VERBS

        database = open_database(self.books)
        try:
            shop = enter_reading(self.books, database, self.user, self._pin(database))
            return VERBS[verb].do(shop, request)
        finally:
            database.close()

    def _pin(self, database: Database | None = None) -> str:
        """DMS_PIN, else a line of standard input; nothing is read for a user without a PIN.

        Refuses PIN_WANTED where neither says one: that counts as no wrong try.
        """
        if (given := os.environ.get("DMS_PIN")) is not None:
            return given
        held = database or open_database(self.books)
        try:
            needed = held.read(people.STRANGER, people.has_pin, self.user).result()
        finally:
            if database is None:
                held.close()
        if not needed:
            return ""
        if sys.stdin.isatty():
            return str(typer.prompt(f"PIN of {self.user}", hide_input=True, err=True))
        if given := sys.stdin.readline().strip():
            return given
        raise refuse(Reason.PIN_WANTED, user=self.user)


def _patiently(books: Path) -> BooksLock:
    """Another `dms` is done in a moment; who has a door is asked at once. Raises BooksBusy."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return take(books, "dms")
        except BooksBusy:
            if door.is_there(books) or time.monotonic() > until:
                raise
            time.sleep(0.05)


class Answered(Exception):
    """The reply that the running program gave."""

    def __init__(self, reply: Json, code: int) -> None:
        super().__init__(code)
        self.reply, self.code = reply, code


def attempt(what: Any) -> tuple[Json, int]:
    """The reply of a verb and the exit code that goes with it."""
    try:
        reply: Json = what()
    except Answered as answered:
        return answered.reply, answered.code
    except Refused as refused:
        return replies.refused(refused.problems), REFUSED
    except BooksFault as fault:
        return _failed(fault)
    except OutcomeUnknown as unknown:
        said = {"reason": "outcome_unknown", "facts": {"error": str(unknown)}}
        return {"failed": {**said, "say": say_fault("outcome_unknown", {})}}, MACHINE
    except (typer.BadParameter, typer.Exit, typer.Abort):
        raise
    except Exception as error:
        if found := as_fault(error, ""):
            return _failed(found)
        log.exception("a verb met what nobody foresaw")
        return replies.bug(error), replies.BUG
    if reply.get("refused"):
        return reply, REFUSED
    damaged = reply.get("clean") is False
    return reply, DAMAGED if damaged else 0


def answer(shop_for: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """What the running program replies to a caller: the verb done in its own database."""
    from dms_desktop.cli.verbs import VERBS

    def done() -> Json:
        shop: Shop = shop_for(asked["user"], asked["pin"])
        return VERBS[asked["verb"]].do(shop, asked["request"])

    with speaking(asked["language"]):
        reply, code = attempt(done)
    return {"reply": reply, "code": code}


def readable(request: Json) -> Json:
    """The request itself. Refuses BAD_ENTRY for a text with half a character or a NUL in it: from
    a broken file or terminal, and no database keeps it."""
    for field, text in texts(request):
        if not writable(text):
            raise refuse(Reason.BAD_ENTRY, field=field, value=legible(text))
    return request


def texts(said: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a request with the field that it stands in, the names of fields among them."""
    if isinstance(said, str):
        yield field, said
    elif isinstance(said, list):
        for each in said:
            yield from texts(each, field)
    elif isinstance(said, dict):
        for name, value in said.items():
            yield legible(name), name
            yield from texts(value, legible(name))


def new_id() -> str:
    """For what is to be posted: made before anybody is asked, so that he can be asked again."""
    return str(uuid7(now(), os.urandom(10)))


def _tell_again(failed: Json, request: Json) -> None:
    """Under which id the same can be asked again."""
    asked = request.get("order") or request.get("journal") or request
    if uid := asked.get("id"):
        failed["facts"]["id"] = uid
        failed["say"] += " " + _(WITH_ID).format(id=uid)


def _failed(fault: BooksFault) -> tuple[Json, int]:
    facts = {name: str(value) for name, value in fault.facts.items()}
    said = {"reason": fault.word, "facts": facts, "say": say_fault(fault.word, fault.facts)}
    return {"failed": said}, BUSY if isinstance(fault, BooksBusy) else MACHINE


def read_json(path: Path) -> Json:
    """A request file; `-` is standard input. Ends the process with code 2 for what is no JSON."""
    said = _read(path)
    if not isinstance(said, dict):
        _wrong_use(f"{path}: a JSON object is wanted")
    return said


def read_list(path: Path) -> list[Json]:
    """A file of many requests; ends the process with code 2 for what is no list of objects."""
    said = _read(path)
    if not isinstance(said, list) or not all(isinstance(each, dict) for each in said):
        _wrong_use(f"{path}: a JSON list of objects is wanted")
    return said


def _read(path: Path) -> Any:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
        return json.loads(text, parse_float=_no_float, object_pairs_hook=_once)
    except (OSError, ValueError) as error:
        _wrong_use(f"{path}: {error}")


def _no_float(text: str) -> NoReturn:
    raise ValueError(f'amounts are texts: write "{text}" in quotes')


def _once(pairs: list[tuple[str, Any]]) -> Json:
    """An object whose keys come once: of two quantities nobody knows which one was meant."""
    said: Json = {}
    for key, value in pairs:
        if key in said:
            raise ValueError(f'"{key}" stands twice in one object')
        said[key] = value
    return said


def _wrong_use(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(2)
