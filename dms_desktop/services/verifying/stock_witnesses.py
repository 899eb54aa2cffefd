"""What bears witness of an altered line of a paper about our own goods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dms_desktop.domain.stock_papers import STOCK_PAPERS
from dms_desktop.services.rows import MOVE
from dms_desktop.services.verifying.culprit import LINES, Change, cell
from dms_desktop.services.verifying.imported import said_in
from dms_desktop.services.verifying.sheaf import Sheaf
from dms_desktop.store.session import Reading

Said = Mapping[str, Any]

_HELD = (
    "SELECT coalesce(sum(CASE WHEN from_place IS NULL THEN qty ELSE -qty END), 0) FROM stock_move"
    " WHERE lot_id = :lot AND document_id < :key AND (from_place IS NULL) <> (to_place IS NULL)"
)


def stock_lines(reading: Reading, sheaf: Sheaf, said: Said) -> Iterator[Change]:
    """Its moves say whence and whither; where it moved nothing, the paper itself names the lot."""
    if said["kind"] not in STOCK_PAPERS:
        return
    if len(sheaf.moves) == len(sheaf.lines):
        for at, move in enumerate(sheaf.moves):
            yield from cell(LINES, sheaf.lines, at, "why", _course(move))
        return
    particulars = said_in(said["particulars"])
    lot, now = particulars.get("lot"), particulars.get("now")
    if sheaf.lines and isinstance(lot, int) and isinstance(now, list) and len(now) == 4:
        held = int(reading.value(_HELD, lot=lot, key=sheaf.key))
        values = (
            ("lot_id", lot), ("batch", now[0]), ("mrp", now[1]), ("expiry", now[2]),
            ("qty", held), ("cost", 0), ("why", ""),
        )  # fmt: skip
        for column, was in values:
            yield from cell(LINES, sheaf.lines, 0, column, was)


def _course(move: tuple[Any, ...]) -> str:
    told = dict(zip(MOVE, move, strict=True))
    ends = (
        f"{told[f'{end}_place']}/{told[f'{end}_bucket']}" if told[f"{end}_place"] else ""
        for end in ("from", "to")
    )
    return f"{'>'.join(ends)};{told['received']}"
