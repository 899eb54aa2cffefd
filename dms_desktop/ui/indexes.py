"""Keeps the search indexes in step with the books, behind the clerk's back."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

from dms_desktop.store.search import Entry, SearchIndex
from dms_desktop.ui.desk import Desk

log = logging.getLogger(__name__)
Query = Callable[..., Any]
KINDS = ("item", "party")
REST_MS = 500  # without a change, after which many have come to their end
MOST_SECONDS = 15  # that a search may be behind them
PORTION = 2_000  # entries that are held at a time


def paths(books: Path) -> dict[str, Path]:
    """The two index files, beside the books and told by their name."""
    return {kind: books.with_name(f"{books.name}.{kind}-search") for kind in KINDS}


def feeds() -> tuple[tuple[str, Query, Query], ...]:
    """For each index the query for its rows, and that for the stamp of the books they are of."""
    from dms_desktop.services import finding

    return (
        ("item", finding.items, finding.item_stamp),
        ("party", finding.parties, finding.party_stamp),
    )


class Indexes(QObject):
    """Looks once at the start whether an index is of today's books; then follows what is saved."""

    def __init__(self, desk: Desk, books: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._paths = desk, paths(books)
        self._behind: dict[str, set[int]] = {kind: set() for kind in KINDS}
        self._following: set[str] = set()
        self._caught_up = 0.0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._catch_up)
        desk.changed.connect(self._changed)

    def start(self) -> None:
        for kind, query, stamp in feeds():
            self._desk.ask(stamp, done=partial(self._compare, kind, query), undone=_ignore)

    def _compare(self, kind: str, query: Query, now: str) -> None:
        index = self._desk.items if kind == "item" else self._desk.parties
        if index.stamp != now:
            job = partial(rebuild, self._paths[kind])
            self._desk.ask(query, done=partial(self._feed, partial(job, stamp=now)), undone=_ignore)

    def _changed(self, touched: Mapping[str, frozenset[Any]]) -> None:
        """A posted document moves the stock of items and no word of them."""
        if "document" in touched:
            return
        for kind, ids in self._behind.items():
            ids.update(touched.get(kind, ()))
        if not self._rest.isActive():
            self._catch_up()
        elif time.monotonic() - self._caught_up < MOST_SECONDS:
            self._rest.start(REST_MS)

    def _catch_up(self) -> None:
        """At once after a single change; while many come one after the other, once they have."""
        self._caught_up = time.monotonic()
        for kind, query, stamp in feeds():
            if not self._behind[kind]:
                continue
            self._rest.start(REST_MS)
            if kind not in self._following:
                self._following.add(kind)
                ids, self._behind[kind] = sorted(self._behind[kind]), set()
                self._desk.ask(
                    stamp, done=partial(self._follow, kind, query, ids),
                    undone=partial(self._fall_back, kind, ids),
                )  # fmt: skip

    def _follow(self, kind: str, query: Query, ids: Sequence[int], now: str) -> None:
        """A portion, then the next; the index is of today's books once the last is in it."""
        some, rest = frozenset(ids[:PORTION]), ids[PORTION:]
        path, stamp = self._paths[kind], None if rest else now
        fallen = partial(self._fall_back, kind, ids)

        def fed(_: object) -> None:
            if rest:
                self._follow(kind, query, rest, now)
            else:
                self._following.discard(kind)

        def feed(rows: Sequence[Entry]) -> None:
            job = partial(follow, path, some, rows, stamp=stamp)
            self._desk.work(job, done=fed, undone=fallen)

        self._desk.ask(query, some, done=feed, undone=fallen)

    def _fall_back(self, kind: str, ids: Sequence[int], error: BaseException) -> None:
        """The next change takes these along."""
        self._following.discard(kind)
        self._behind[kind].update(ids)
        _ignore(error)

    def _feed(self, job: Callable[[Sequence[Entry]], object], rows: Sequence[Entry]) -> None:
        self._desk.work(partial(job, rows), done=lambda _: None, undone=_ignore)


def rebuild(path: Path, rows: Sequence[Entry], *, stamp: str) -> None:
    """From any thread but the screen's: on a connection of its own."""
    with closing(SearchIndex(path)) as index:
        index.rebuild(rows, stamp)


def follow(path: Path, ids: frozenset[int], rows: Sequence[Entry], *, stamp: str | None) -> None:
    with closing(SearchIndex(path)) as index:
        index.drop(ids - {row.id for row in rows})
        index.put(rows, stamp)


def _ignore(error: BaseException) -> None:
    """The index answers as it did; the next start looks again."""
    log.warning("the search index was not brought up to date: %s", error)
