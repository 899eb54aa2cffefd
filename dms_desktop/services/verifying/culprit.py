"""Which one cell of an altered document was changed, proved by the digest that the trail kept.

The digest says only that something is not as it was. But other rows bear witness of what a cell
must have said; put back, the right one brings the digest back too, and nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from dms_desktop.services.rows import ADJUSTMENT, ENTRY, HEAD, LINE, MOVE, Row, Written
from dms_desktop.services.verifying.sheaf import Sheaf

HEADS, LINES, ADJUSTMENTS, MOVES, ENTRIES = range(5)
TABLES = ("document", "goods_line", "line_adjustment", "stock_move", "ledger_entry")
COLUMNS = (HEAD, LINE, ADJUSTMENT, MOVE, ENTRY)
_LINE_AND_STEP = itemgetter(*map(ADJUSTMENT.index, ("line_id", "step")))
WORK = 300_000  # rows hashed for one document: some seconds, and only where something is wrong


@dataclass(frozen=True, slots=True)
class Change:
    """Row `at` of one part said `row` before; None: it was not there at all.

    `missing` means that there is no such row now, and `row` stood before what is row `at` now.
    """

    part: int
    at: int
    row: Row | None
    missing: bool = False

    def undone(self, sheaf: Sheaf) -> Written:
        """The rows as they would have been."""
        assert sheaf.head is not None
        parts = [[sheaf.head], sheaf.lines, sheaf.adjustments, sheaf.moves, sheaf.entries]
        behind = self.at if self.missing else self.at + 1
        put = [] if self.row is None else [self.row]
        parts[self.part] = [*parts[self.part][: self.at], *put, *parts[self.part][behind:]]
        (head,), lines, adjustments, moves, entries = parts
        # A discount that was moved to another line stands elsewhere in their order.
        return Written(head, lines, sorted(adjustments, key=_LINE_AND_STEP), moves, entries)


def cell(part: int, rows: list[Row], at: int, column: str, was: object) -> Iterator[Change]:
    """One cell put back, where it says something else now."""
    place = COLUMNS[part].index(column)
    row = rows[at]
    if row[place] != was:
        yield Change(part, at, (*row[:place], was, *row[place + 1 :]))


def proved(sheaf: Sheaf, changes: Iterator[Change], wanted: bytes) -> Change | None:
    """The one change that, undone, gives the digest that the audit trail kept."""
    rows = len(sheaf.lines) + len(sheaf.adjustments) + len(sheaf.moves) + len(sheaf.entries)
    for change in islice(changes, WORK // (rows + 1)):
        if change.undone(sheaf).digest() == wanted:
            return change
    return None
