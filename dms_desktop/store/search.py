"""The private index that answers each key in a search box: which item, or which party?

It is derived from the books and holds nothing of its own, so a damaged or stale file is thrown away
and filled again. It is the one SQL that may run on the screen's thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dms_desktop.store.search_entries import (
    FRAGMENT,
    Entry,
    Found,
    ItemEntry,
    Mark,
    PartyEntry,
    Row,
    folded,
    number,
    row_of,
    words_in,
)

if TYPE_CHECKING:
    import sqlite3 as driver
else:
    from sqlcipher3 import dbapi2 as driver

__all__ = ["Entry", "Found", "ItemEntry", "PartyEntry", "SearchIndex"]

TYPO = 4  # a shorter word is near to too many others
SHAPE = 1
PATIENCE = 5.0  # seconds that a writer waits for another

# The low byte of SQLite's result code: IOERR (a file cut short), CORRUPT and NOTADB.
DAMAGED = frozenset({10, 11, 26})
NO_SUCH_TABLE = 1

SCHEMA = (
    "CREATE TABLE state (shape INTEGER NOT NULL, stamp TEXT NOT NULL) STRICT",
    # FTS5 answers in rowid order for nothing and in any other order at a price: so the rowid is the
    # place by popularity, made unique by the id.
    """CREATE TABLE entry (
        place INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE, code TEXT NOT NULL,
        name TEXT NOT NULL, detail TEXT NOT NULL, words TEXT NOT NULL) STRICT""",
    """CREATE TABLE mark (
        key TEXT NOT NULL, id INTEGER NOT NULL, units INTEGER NOT NULL, whole INTEGER NOT NULL,
        PRIMARY KEY (key, id, units, whole)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX mark_id ON mark (id)",
    "CREATE TABLE vocabulary (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT",
    # Without the categories an Indic vowel sign ends a word, and its second half would match.
    """CREATE VIRTUAL TABLE typed USING fts5 (
        words, content='entry', content_rowid='place', prefix='1 2 3 4',
        tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'")""",
    """CREATE VIRTUAL TABLE spelt USING fts5 (
        word, content='vocabulary', content_rowid='id', tokenize='trigram', detail='none')""",
)
CLEAR = (
    "DROP TABLE IF EXISTS typed",
    "DROP TABLE IF EXISTS spelt",
    "DROP TABLE IF EXISTS vocabulary",
    "DROP TABLE IF EXISTS mark",
    "DROP TABLE IF EXISTS entry",
    "DROP TABLE IF EXISTS state",
)

POPULAR = "SELECT id, code, name, detail FROM entry ORDER BY place LIMIT :limit"
TYPED = """
    SELECT entry.id, code, name, detail FROM typed JOIN entry ON place = typed.rowid
    WHERE typed MATCH :asked ORDER BY typed.rowid LIMIT :limit"""
WHOLE = """
    SELECT entry.id, code, name, detail, units FROM mark JOIN entry ON entry.id = mark.id
    WHERE key = :key AND whole ORDER BY place"""
FRAGMENTS = """
    SELECT DISTINCT entry.id, code, name, detail FROM mark CROSS JOIN entry ON entry.id = mark.id
    WHERE key >= :key AND key < :beyond LIMIT :limit"""
SPELT = "SELECT word FROM spelt WHERE spelt MATCH :grams ORDER BY rank LIMIT 80"

ADD_ENTRY = "INSERT INTO entry VALUES (:place, :id, :code, :name, :detail, :words)"
ADD_MARK = "INSERT INTO mark VALUES (:key, :id, :units, :whole)"
BUILD = (
    "INSERT INTO typed (typed) VALUES ('rebuild')",
    "INSERT INTO typed (typed) VALUES ('optimize')",
    "INSERT INTO spelt (spelt) VALUES ('rebuild')",
    "INSERT INTO spelt (spelt) VALUES ('optimize')",
)
# The space shows where the word begins, so that its first two letters make a trigram too.
ADD_WORD = "INSERT OR IGNORE INTO vocabulary (word) VALUES (' ' || :word)"


class SearchIndex:
    """One connection to one index file; each thread that wants it opens its own.

    A search never waits for another connection; what writes may, so it does not belong on the
    screen's thread.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = self._open()
            sound = self._rows("SELECT shape FROM state") == [(SHAPE,)]
            if not sound:
                self._file.close()
        except driver.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in DAMAGED | {NO_SUCH_TABLE}:
                raise
            sound = False
        if not sound:
            self._start_afresh()

    @property
    def stamp(self) -> str:
        """The state of the books when this was last fed; empty when it must be rebuilt."""
        rows = self._ask("SELECT stamp FROM state")
        return str(rows[0][0]) if rows else ""

    def close(self) -> None:
        self._file.close()

    def rebuild(self, rows: Iterable[Entry], stamp: str) -> None:
        """Replace all that is here. Other connections answer from the old until it is done."""
        prepared = _in_order(rows)
        try:
            self._fill(prepared, stamp)
        except driver.DatabaseError as error:
            self._mend(error)
            self._fill(prepared, stamp)

    def put(self, rows: Iterable[Entry], stamp: str | None = None) -> None:
        """Add rows, each in the place of the one with its id; `stamp` None keeps the old stamp."""
        prepared = _in_order(rows)
        with self._changing():
            for row in prepared:
                self._remove(row.id)
                self._add(row)
            self._set_stamp(stamp)

    def drop(self, ids: Iterable[int], stamp: str | None = None) -> None:
        """Forget rows that nobody should find any more."""
        with self._changing():
            for entry_id in ids:
                self._remove(entry_id)
            self._set_stamp(stamp)

    def by_code(self, text: str) -> tuple[Found, ...]:
        """Whatever has exactly this code, barcode, phone number or GSTIN; several, the popular
        first, where makers have reused a barcode."""
        for key in dict.fromkeys((folded(text), number(text))):
            if key and (rows := self._ask(WHOLE, key=key)):
                return tuple(Found(*row) for row in rows)
        return ()

    def find(self, text: str, limit: int = 12) -> tuple[Found, ...]:
        """The exact code first, then what has a word beginning like each word typed, the popular
        first, then what is spelt alike. An empty text finds what is most popular."""
        tokens = folded(text).split()
        if not tokens:
            return tuple(Found(*row) for row in self._ask(POPULAR, limit=limit))
        found = {hit.id: hit for hit in self.by_code(text)[:limit]}
        searches = (self._by_words, self._by_fragment)
        for search in reversed(searches) if any(map(str.isdigit, text)) else searches:
            if len(found) < limit:
                for hit in search(tokens, limit):
                    found.setdefault(hit.id, hit)
        return tuple(found.values())[:limit] or self._by_spelling(tokens, limit)

    def _by_words(self, tokens: Sequence[str], limit: int) -> Iterator[Found]:
        if asked := " ".join(_beginning(token) for token in tokens if _says_something(token)):
            yield from (Found(*row) for row in self._ask(TYPED, asked=asked, limit=limit))

    def _by_fragment(self, tokens: Sequence[str], limit: int) -> Iterator[Found]:
        joined = " ".join(tokens)
        key = number(joined) or joined
        if len(key) >= FRAGMENT:
            rows = self._ask(FRAGMENTS, key=key, beyond=f"{key}\U0010ffff", limit=limit)
            yield from (Found(*row) for row in rows)

    def _by_spelling(self, tokens: Sequence[str], limit: int) -> tuple[Found, ...]:
        """One slip in a short word, two in a long one, or a forgotten space."""
        if not any(map(_may_be_misspelt, tokens)):
            return ()
        groups = []
        for token in filter(_says_something, tokens):
            forms = [_beginning(token)]
            if _may_be_misspelt(token):
                forms += [_beginning(f"{token[:at]} {token[at:]}") for at in range(2, len(token))]
                forms += map(_quoted, self._words_like(token))
            groups.append(f"({' OR '.join(forms)})")
        rows = self._ask(TYPED, asked=" AND ".join(groups), limit=limit)
        return tuple(replace(Found(*row), near=True) for row in rows)

    def _words_like(self, token: str) -> list[str]:
        # Not above: most searches end without it, and it costs more than opening the index.
        from rapidfuzz.distance import OSA

        padded, length, slips = f" {token}", len(token), 1 if len(token) < 6 else 2
        grams = {padded[at : at + 3] for at in range(len(padded) - 2)}
        distances: dict[str, int] = {}
        for (word,) in self._ask(SPELT, grams=" OR ".join(map(_quoted, sorted(grams)))):
            beginnings = (word[1:], word[1 : length + 1], word[1 : length + 2])
            distance = min(OSA.distance(token, part, score_cutoff=slips) for part in beginnings)
            if distance <= slips:
                distances[word] = distance
        least = min(distances.values(), default=0)
        return [word for word, distance in distances.items() if distance == least]

    def _fill(self, rows: Sequence[Row], stamp: str) -> None:
        words = sorted(set(chain.from_iterable(words_in(row.words) for row in rows)))
        marks = [_mark(row.id, mark) for row in rows for mark in row.marks]
        with self._transaction():
            for statement in chain(CLEAR, SCHEMA):
                self._file.execute(statement)
            self._file.execute(
                "INSERT INTO state VALUES (:shape, :stamp)", {"shape": SHAPE, "stamp": stamp}
            )
            self._file.executemany(ADD_ENTRY, map(_entry, rows))
            self._file.executemany(ADD_MARK, marks)
            self._file.executemany(ADD_WORD, ({"word": word} for word in words))
            for statement in BUILD:
                self._file.execute(statement)

    def _add(self, row: Row) -> None:
        self._file.execute(ADD_ENTRY, _entry(row))
        self._file.executemany(ADD_MARK, (_mark(row.id, mark) for mark in row.marks))
        self._file.execute("INSERT INTO typed (rowid, words) VALUES (:place, :words)", _entry(row))
        for word in words_in(row.words):
            added = self._file.execute(ADD_WORD, {"word": word})
            if added.rowcount:
                self._file.execute(
                    "INSERT INTO spelt (rowid, word) VALUES (:id, ' ' || :word)",
                    {"id": added.lastrowid, "word": word},
                )

    def _remove(self, entry_id: int) -> None:
        """A word that nobody has any more stays in the vocabulary, where it does no harm."""
        for place, words in self._rows(
            "SELECT place, words FROM entry WHERE id = :id", id=entry_id
        ):
            self._file.execute(
                "INSERT INTO typed (typed, rowid, words) VALUES ('delete', :place, :words)",
                {"place": place, "words": words},
            )
            self._file.execute("DELETE FROM entry WHERE place = :place", {"place": place})
            self._file.execute("DELETE FROM mark WHERE id = :id", {"id": entry_id})

    def _set_stamp(self, stamp: str | None) -> None:
        if stamp is not None:
            self._file.execute("UPDATE state SET stamp = :stamp", {"stamp": stamp})

    def _open(self) -> driver.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = driver.connect(
            self._path, isolation_level=None, check_same_thread=False, timeout=PATIENCE
        )
        try:
            file.execute("PRAGMA journal_mode = WAL")
            # The last changes may go with the power; their stamp goes with them.
            file.execute("PRAGMA synchronous = NORMAL")
            file.execute("PRAGMA cache_size = -32000")
        except driver.DatabaseError:
            file.close()
            raise
        return file

    def _start_afresh(self) -> None:
        for ending in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        self._file = self._open()
        self._fill((), stamp="")

    def _mend(self, error: driver.DatabaseError) -> None:
        """Put an empty index in place of a damaged one; whatever else is wrong is raised."""
        if error.sqlite_errorcode & 0xFF not in DAMAGED:
            raise error
        self._file.close()
        self._start_afresh()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        try:
            with self._transaction():
                yield
        except driver.DatabaseError as error:
            self._mend(error)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._file.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._file.execute("COMMIT")
        except BaseException:
            if self._file.in_transaction:
                self._file.execute("ROLLBACK")
            raise

    def _rows(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        return self._file.execute(sql, values).fetchall()

    def _ask(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        try:
            return self._rows(sql, **values)
        except driver.DatabaseError as error:
            self._mend(error)
            return []


def _in_order(entries: Iterable[Entry]) -> list[Row]:
    return sorted(map(row_of, entries), key=lambda row: row.place)


def _entry(row: Row) -> dict[str, object]:
    return {
        "place": row.place,
        "id": row.id,
        "code": row.code,
        "name": row.name,
        "detail": row.detail,
        "words": row.words,
    }


def _mark(entry_id: int, mark: Mark) -> dict[str, object]:
    return {"key": mark.key, "id": entry_id, "units": mark.units, "whole": mark.whole}


def _says_something(token: str) -> bool:
    return any(map(str.isalnum, token))


def _may_be_misspelt(token: str) -> bool:
    return len(token) >= TYPO and not any(map(str.isdigit, token)) and _says_something(token)


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _beginning(text: str) -> str:
    return f"{_quoted(text)}*"
