"""Documents in the order of their keys, each with all rows that hang on it, a few at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from dms_desktop.services.posting import LINE_BITS
from dms_desktop.services.rows import ADJUSTMENT, ENTRY, HEAD, LINE, MOVE, Row, Written
from dms_desktop.services.verifying.findings import Watch
from dms_desktop.store.session import Reading

AT_ONCE = 32  # documents: even of 2,000 lines each they are small beside a screen
ROW_MASK = (1 << LINE_BITS) - 1
LAST_KEY = (1 << 63 - LINE_BITS) - 1  # a greater one would leave no room for its lines' keys
_LEAST, _MOST = -(1 << 63), (1 << 63) - 1  # an invented key may be any whole number

_HEADS = (
    f"SELECT id, digest, {', '.join(HEAD)} FROM document WHERE id > :after"  # noqa: S608
    f" ORDER BY id LIMIT {AT_ONCE}"
)
_LINES = (
    f"SELECT id, document_id, {', '.join(LINE)} FROM goods_line"  # noqa: S608
    " WHERE id BETWEEN :first_line AND :last_line ORDER BY id"
)
_ADJUSTMENTS = (
    f"SELECT id, {', '.join(ADJUSTMENT)} FROM line_adjustment"  # noqa: S608
    " WHERE line_id BETWEEN :first_line AND :last_line ORDER BY line_id, step, id"
)
_MOVES = (
    f"SELECT id, document_id, {', '.join(MOVE)} FROM stock_move"  # noqa: S608
    " WHERE document_id BETWEEN :first AND :last ORDER BY document_id, leg, id"
)
_ENTRIES = (
    f"SELECT id, document_id, {', '.join(ENTRY)} FROM ledger_entry"  # noqa: S608
    " WHERE document_id BETWEEN :first AND :last ORDER BY document_id, leg, id"
)
_LINKS = "SELECT from_id, to_id, kind FROM document_link WHERE from_id BETWEEN :first AND :last"
_EVENTS = (
    "SELECT id, document_id, event, at, user_id, detail FROM document_event"
    " WHERE document_id BETWEEN :first AND :last ORDER BY document_id, id"
)
_AUDIT = (
    "SELECT subject, id, action, at, user_id, digest, after FROM audit WHERE subject IN :subjects"
    " ORDER BY id"
)


@dataclass(slots=True)
class Sheaf:
    """A document and all that names it. `head` is None where only the rest is there."""

    key: int
    head: Row | None = None
    digest: bytes = b""
    lines: list[Row] = field(default_factory=list)
    line_keys: list[tuple[int, int]] = field(default_factory=list)  # id, document_id
    adjustments: list[Row] = field(default_factory=list)  # the first column is the line's row
    adjustment_keys: list[int] = field(default_factory=list)
    moves: list[Row] = field(default_factory=list)
    move_keys: list[int] = field(default_factory=list)
    entries: list[Row] = field(default_factory=list)
    entry_keys: list[int] = field(default_factory=list)
    links: list[Row] = field(default_factory=list)  # to_id, kind
    events: list[Row] = field(default_factory=list)  # id, event, at, user_id, detail
    audit: list[Row] = field(default_factory=list)  # id, action, at, user_id, digest, after
    should: tuple[list[Row], list[Row]] | None = None  # moves and entries, once told again

    def written(self) -> Written:
        assert self.head is not None
        return Written(self.head, self.lines, self.adjustments, self.moves, self.entries)

    def told(self) -> dict[str, object]:
        """The columns of the head by their names."""
        assert self.head is not None
        return dict(zip(HEAD, self.head, strict=True))


def sheaves(reading: Reading, watch: Watch) -> Iterator[Sheaf]:
    """Every document, and every key that some row names as a document's."""
    most = int(reading.value("SELECT max(id) FROM document") or 1)
    after = _LEAST
    while heads := reading.rows(_HEADS, after=after):
        watch.tell("documents", min(1.0, max(0.0, after / most)))
        last = heads[-1][0]
        yield from _filled(reading, heads, after + 1, last, watch)
        after = last
    if after < _MOST:
        yield from _filled(reading, [], after + 1, _MOST, watch)


def _filled(
    reading: Reading, heads: list[Row], first: int, last: int, watch: Watch
) -> Iterator[Sheaf]:
    found: defaultdict[int, Sheaf] = defaultdict(lambda: Sheaf(0))
    for key, digest, *head in heads:
        sheaf = Sheaf(key, tuple(head), bytes(digest))
        found[key] = sheaf
    _hang_goods(reading, found, first, last)
    _hang_effects(reading, found, first, last)
    for start, to, kind in reading.rows(_LINKS, first=first, last=last):
        found[start].links.append((to, kind))
    for key, document, *rest in reading.rows(_EVENTS, first=first, last=last):
        found[document].events.append((key, *rest))
    uids = {UUID(bytes=bytes(row[2])).hex: row[0] for row in heads if len(row[2]) == 16}
    for subject, *row in reading.rows(_AUDIT, subjects=list(uids)) if uids else ():
        found[uids[subject]].audit.append(tuple(row))
    watch.count("document", len(heads))
    for key in sorted(found):
        sheaf = found[key]
        sheaf.key = key
        watch.count("goods_line", len(sheaf.lines))
        watch.count("stock_move", len(sheaf.moves))
        watch.count("ledger_entry", len(sheaf.entries))
        yield sheaf


def _hang_goods(reading: Reading, found: dict[int, Sheaf], first: int, last: int) -> None:
    ends = {
        "first_line": within(first << LINE_BITS),
        "last_line": within(last << LINE_BITS | ROW_MASK),
    }
    for row in reading.rows(_LINES, **ends):
        sheaf = found[row[0] >> LINE_BITS]
        sheaf.line_keys.append(row[:2])
        sheaf.lines.append(row[2:])
    for key, line, *rest in reading.rows(_ADJUSTMENTS, **ends):
        sheaf = found[line >> LINE_BITS]
        sheaf.adjustment_keys.append(key)
        sheaf.adjustments.append((line & ROW_MASK, *rest))


def within(key: int) -> int:
    """The key, or the nearest that a database can be asked for."""
    return min(max(_LEAST, key), _MOST)


def _hang_effects(reading: Reading, found: dict[int, Sheaf], first: int, last: int) -> None:
    for row in reading.rows(_MOVES, first=first, last=last):
        sheaf = found[row[1]]
        sheaf.move_keys.append(row[0])
        sheaf.moves.append(row[2:])
    for row in reading.rows(_ENTRIES, first=first, last=last):
        sheaf = found[row[1]]
        sheaf.entry_keys.append(row[0])
        sheaf.entries.append(row[2:])
