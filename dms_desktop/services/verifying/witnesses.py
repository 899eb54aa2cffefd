"""What a cell of an altered document may have said before, by the word of the rows around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, count, product
from typing import Any

from dms_desktop.domain.goods_line import Bucket, Kind, Paper, Terms
from dms_desktop.domain.pricing import PROMISED, TYPED
from dms_desktop.services.posting import LINE_BITS
from dms_desktop.services.rows import ADJUSTMENT, ENTRY, HEAD, LINE, MOVE, Row
from dms_desktop.services.verifying.culprit import (
    ADJUSTMENTS,
    ENTRIES,
    HEADS,
    LINES,
    MOVES,
    Change,
    cell,
)
from dms_desktop.services.verifying.effects import unbalanced
from dms_desktop.services.verifying.sheaf import Sheaf, within
from dms_desktop.services.verifying.stock_witnesses import stock_lines
from dms_desktop.store.session import Reading

Said = Mapping[str, Any]
Values = tuple[tuple[str, Any], ...]

SOURCES = ("typed", "terms", "imported")
KINDS_OF_ADJUSTMENT = ("trade", "special", "third", "fourth", "line", "bill", "cash")
_MASTERS = (
    "SELECT item.code, item.name, item.hsn, item.unit, item.principal_id, item.case_units,"
    " item.inner_units, lot.batch, lot.expiry, lot.mrp, lot.ptr, lot.ptr_per FROM item"
    " LEFT JOIN lot ON lot.id = :lot WHERE item.id = :item"
)
_MASTER_COLUMNS = (
    "code", "name", "hsn", "uqc", "principal_id", "case_units", "inner_units", "batch", "expiry",
    "mrp", "rate", "per",
)  # fmt: skip
_LOT = """
SELECT lot_cost.qty, lot_cost.paise, lot_cost.received, input_cgst, input_sgst, input_igst,
    input_cess FROM lot_cost WHERE lot_id = :lot"""
_LOT_SUMS = """
SELECT coalesce(sum(sign * qty), 0), coalesce(sum(sign * cost), 0), coalesce(sum(received), 0),
    coalesce(sum(input_cgst), 0), coalesce(sum(input_sgst), 0), coalesce(sum(input_igst), 0),
    coalesce(sum(input_cess), 0)
FROM (SELECT stock_move.*, CASE WHEN from_place IS NULL THEN 1 ELSE -1 END AS sign FROM stock_move
    WHERE lot_id = :lot AND (from_place IS NULL) <> (to_place IS NULL)) AS crossing"""
_LOT_COLUMNS = (
    "qty", "cost", "received", "input_cgst", "input_sgst", "input_igst", "input_cess",
)  # fmt: skip
_RATES = "SELECT DISTINCT gst, cess, basis FROM tax_rate ORDER BY gst, cess, basis"
_PAISE, _PERCENT = ADJUSTMENT.index("paise"), ADJUSTMENT.index("percent")
_RATIO = 100 * 10_000  # a whole in ten-thousandths of a percent
_ITEM_BY_CODE = "SELECT id FROM item WHERE code = :code"
_LOTS = "SELECT id, batch, expiry, mrp FROM lot WHERE item_id = :item ORDER BY id"
_ITEM_MRP = "SELECT mrp FROM item WHERE id = :item"
_FREE = "SELECT code, name FROM reason WHERE use = 'free'"
_LEFT = "SELECT free_qty FROM line_left WHERE line_id = :line"
_SUMMED = ("taxable", "cgst", "sgst", "igst", "cess")


def changes(
    reading: Reading, sheaf: Sheaf, said: Said, should: tuple[list[Row], list[Row]] | None
) -> Iterator[Change]:
    """Every single change that some witness speaks for, the likeliest first.

    `should` are the moves and entries that the document must have made of its lines.
    """
    if should is not None:
        yield from _rows_that_should(MOVES, sheaf.moves, should[0])
        yield from _rows_that_should(ENTRIES, sheaf.entries, should[1])
    yield from chain(
        _head(sheaf, said),
        _lines_alone(sheaf),
        _lines_by_moves(sheaf),
        stock_lines(reading, sheaf, said),
        _adjustments(sheaf),
        _extra_rows(sheaf),
        _entries(reading, sheaf, said),
        _moves(reading, sheaf, said),
        _lines_by_masters(reading, sheaf),
    )


def _rows_that_should(part: int, have: list[Row], should: list[Row]) -> Iterator[Change]:
    for at, row in enumerate(should):
        if at >= len(have):
            yield Change(part, at, row, missing=True)
            return
        if have[at] != row:
            if len(have) < len(should):
                yield Change(part, at, row, missing=True)
                return
            yield Change(part, at, row)


def _head(sheaf: Sheaf, said: Said) -> Iterator[Change]:
    assert sheaf.head is not None
    for column, was in chain(_said_elsewhere(sheaf, said), _summed(sheaf, said)):
        yield from cell(HEADS, [sheaf.head], 0, column, was)


def _said_elsewhere(sheaf: Sheaf, said: Said) -> Iterator[tuple[str, Any]]:
    yield "interstate", 1 - bool(said["interstate"])
    yield "reverse_charge", 1 - bool(said["reverse_charge"])
    yield from (("terms", terms) for terms in (*map(str, Terms), ""))
    yield from (("paper", paper) for paper in (*map(str, Paper), ""))
    yield from (("origin", origin) for origin in ("ours", "opening", "imported"))
    for _, action, at, user, *_ in sheaf.audit:
        yield "kind", action.removeprefix("post ")
        yield "posted_at", at
        yield "user_id", user
    for entry in sheaf.entries[:9]:
        yield "day", entry[ENTRY.index("day")]
        yield "party_id", entry[ENTRY.index("party_id")]
    for move in sheaf.moves[:1]:
        yield "day", move[MOVE.index("day")]
        yield "place_id", move[MOVE.index("from_place")]
        yield "place_id", move[MOVE.index("to_place")]


def _summed(sheaf: Sheaf, said: Said) -> Iterator[tuple[str, Any]]:
    sums = {name: sum(row[LINE.index(name)] for row in sheaf.lines) for name in _SUMMED}
    if said["kind"] == Kind.CANCELLATION:
        return
    yield from sums.items()
    exact = sum(sums.values())
    yield "round_off", said["total"] - exact
    yield "total", exact + said["round_off"]


def _lines_alone(sheaf: Sheaf) -> Iterator[Change]:
    """What the line's own figures say of each other."""
    at = {name: LINE.index(name) for name in LINE}
    for row, line in enumerate(sheaf.lines):
        qty, per, gross, taxable = (line[at[name]] for name in ("qty", "per", "gross", "taxable"))
        discount, rate = line[at["discount"]], line[at["rate"]]
        values: list[tuple[str, Any]] = [
            ("row", row),
            ("discount", gross - taxable),
            ("taxable", gross - discount),
            ("gross", taxable + discount),
            ("cgst", line[at["sgst"]]),
            ("sgst", line[at["cgst"]]),
            ("inclusive", 0),
            ("inclusive", 1),
            ("net", 0),
            ("net", 1),
            ("per", 1),
            ("rate", 0),
            ("free_qty", 0),
            *(("basis", basis) for basis in ("value", "exempt", "retail_price")),
        ]
        if qty:
            bare = _RATIO + line[at["gst_rate"]] + line[at["cess_rate"]]
            near = gross * per * (bare if line[at["inclusive"]] else _RATIO) // (qty * _RATIO)
            values += (("rate", near + off) for off in (0, 1, -1, 2, -2))
        else:
            values += (("rate", other[at["rate"]]) for other in sheaf.lines)
        if rate and not gross * per % rate:
            values.append(("qty", gross * per // rate))
        values += _short_of_total(sheaf, row)
        for column, was in values:
            yield from cell(LINES, sheaf.lines, row, column, was)


def _short_of_total(sheaf: Sheaf, row: int) -> Iterator[tuple[str, Any]]:
    """What the head's sums leave for this line."""
    assert sheaf.head is not None
    for name in _SUMMED:
        place = LINE.index(name)
        others = sum(line[place] for at, line in enumerate(sheaf.lines) if at != row)
        yield name, sheaf.head[HEAD.index(name)] - others


def _lines_by_moves(sheaf: Sheaf) -> Iterator[Change]:
    """A line that moved goods: its move says lot, pieces and cost."""
    qty, free = LINE.index("qty"), LINE.index("free_qty")
    if len(sheaf.moves) != len(sheaf.lines):
        return
    for at, (line, move) in enumerate(zip(sheaf.lines, sheaf.moves, strict=True)):
        pieces = move[MOVE.index("qty")]
        values: Values = (
            ("cost", move[MOVE.index("cost")]),
            ("qty", pieces - line[free]),
            ("free_qty", pieces - line[qty]),
            ("item_id", move[MOVE.index("item_id")]),
            ("lot_id", move[MOVE.index("lot_id")]),
        )
        for column, was in values:
            yield from cell(LINES, sheaf.lines, at, column, was)


def _adjustments(sheaf: Sheaf) -> Iterator[Change]:
    """Discounts: their line's sum, their percentage, and the discounts beside them."""
    off: Counter[int] = Counter()
    for one in sheaf.adjustments:
        off[one[0]] += one[_PAISE]
    wanting = [
        row for row, line in enumerate(sheaf.lines) if off[row] != line[LINE.index("discount")]
    ]
    percents = {one[_PERCENT] for one in sheaf.adjustments} | {None}
    taken: Counter[int] = Counter()
    steps: Counter[int] = Counter()
    for at, one in enumerate(sheaf.adjustments):
        row = one[0]
        line = sheaf.lines[row] if row < len(sheaf.lines) else None
        discount = line[LINE.index("discount")] if line else 0
        rest = (line[LINE.index("gross")] if line else 0) - taken[row]
        values: list[tuple[str, Any]] = [
            ("step", steps[row]),
            ("version", 0),
            ("paise", one[_PAISE] + discount - off[row]),
            *(("line_id", other) for other in wanting),
            *(("source", source) for source in SOURCES),
            *(("kind", kind) for kind in KINDS_OF_ADJUSTMENT),
            *(("percent", percent) for percent in percents),
            *(("percent", percent) for percent in _round_percents(one[_PAISE], rest)),
        ]
        for column, was in values:
            yield from cell(ADJUSTMENTS, sheaf.adjustments, at, column, was)
        taken[row] += one[_PAISE]
        steps[row] += 1
    for row in wanting:
        yield from _lost_discount(sheaf, row, off[row], percents)


def _lost_discount(sheaf: Sheaf, row: int, off: int, percents: set[int | None]) -> Iterator[Change]:
    """A discount that would make the line's sum right, of whatever kind."""
    line = sheaf.lines[row]
    steps = {one[ADJUSTMENT.index("step")] for one in sheaf.adjustments if one[0] == row}
    step = next(step for step in count() if step not in steps)
    paise, gross = line[LINE.index("discount")] - off, line[LINE.index("gross")]
    values = [*percents, *_round_percents(paise, gross), *_round_percents(paise, gross - off)]
    for percent in dict.fromkeys(values):
        for kind, source in product(KINDS_OF_ADJUSTMENT, SOURCES):
            lost = (row, step, kind, percent, source, 0, paise)
            yield Change(ADJUSTMENTS, len(sheaf.adjustments), lost, missing=True)


def _round_percents(paise: int, rest: int) -> Iterator[int]:
    """Percentages that a person may have typed to come to so many paise."""
    if rest:
        for finest in (10_000, 5_000, 2_500, 1_000, 500, 100):
            yield round(paise * 1_000_000 / rest / finest) * finest


def _extra_rows(sheaf: Sheaf) -> Iterator[Change]:
    """Rows that were not there; of many only the last, where an invented row would stand."""
    parts = (sheaf.lines, sheaf.adjustments, sheaf.moves, sheaf.entries)
    for part, rows in enumerate(parts, LINES):
        few = range(len(rows)) if len(rows) < 100 else range(len(rows) - 3, len(rows))
        yield from (Change(part, at, None) for at in few)


def _entries(reading: Reading, sheaf: Sheaf, said: Said) -> Iterator[Change]:
    out = unbalanced(sheaf.entries)
    accounts = [key for (key,) in reading.rows("SELECT id FROM account ORDER BY id")]
    if said["kind"] not in (Kind.JOURNAL, Kind.OPENING):
        return
    for at, entry in enumerate(sheaf.entries):
        values: list[tuple[str, Any]] = [
            ("leg", at),
            ("day", said["day"]),
            ("party_id", None),
            ("paise", entry[ENTRY.index("paise")] - out),
            *(("account_id", account) for account in accounts),
        ]
        for column, was in values:
            yield from cell(ENTRIES, sheaf.entries, at, column, was)
    if out:
        for account in accounts:
            for at in range(len(sheaf.entries) + 1):
                row = (at, account, None, -out, said["day"])
                yield Change(ENTRIES, at, row, missing=True)


def _moves(reading: Reading, sheaf: Sheaf, said: Said) -> Iterator[Change]:
    """Cells of an opening's moves that its lines do not say: the lot's own totals do."""
    if said["kind"] != Kind.OPENING:
        return
    for at, move in enumerate(sheaf.moves):
        for bucket in Bucket:
            yield from cell(MOVES, sheaf.moves, at, "to_bucket", bucket.value)
        lot = move[MOVE.index("lot_id")]
        kept, summed = reading.row(_LOT, lot=lot), reading.row(_LOT_SUMS, lot=lot)
        if kept is not None and summed is not None:
            for column, held, sums in zip(_LOT_COLUMNS, kept, summed, strict=True):
                was = move[MOVE.index(column)] + held - int(sums)
                yield from cell(MOVES, sheaf.moves, at, column, was)


def _lines_by_masters(reading: Reading, sheaf: Sheaf) -> Iterator[Change]:
    """What item, lot and tax class say today; names may have changed since, but seldom have."""
    rates, given = reading.rows(_RATES), reading.rows(_FREE)
    sources = _sources(reading, sheaf)
    for at, line in enumerate(sheaf.lines):
        item, lot = line[LINE.index("item_id")], line[LINE.index("lot_id")]
        row = reading.row(_MASTERS, item=item, lot=lot)
        values: list[tuple[str, Any]] = []
        if row is not None:
            values += zip(_MASTER_COLUMNS, row, strict=True)
        for gst, cess, _ in rates:
            values += (("gst_rate", gst), ("cess_rate", cess))
        values += (("why", why) for why in ("ptr", TYPED, PROMISED, ""))
        values += (("principal_id", None), ("case_units", 0), ("inner_units", 0))
        values += (("source_line", source) for source in sources)
        for code, name in (*given, ("", "")):
            values += (("free_reason", code), ("free_reason_name", name))
        values += _by_other_words(reading, sheaf, at)
        for column, was in values:
            yield from cell(LINES, sheaf.lines, at, column, was)


def _by_other_words(reading: Reading, sheaf: Sheaf, at: int) -> Iterator[tuple[str, Any]]:
    """Item and lot by what the line calls them, and what of it waits for its bill."""
    line = dict(zip(LINE, sheaf.lines[at], strict=True))
    for (item,) in reading.rows(_ITEM_BY_CODE, code=line["code"]):
        yield "item_id", item
    yield from (("lot_id", None), ("batch", ""), ("expiry", ""), ("mrp", 0))
    for (mrp,) in reading.rows(_ITEM_MRP, item=line["item_id"]):
        yield "mrp", mrp
    for lot, batch, expiry, mrp in reading.rows(_LOTS, item=line["item_id"]):
        if line["lot_id"] is None:
            yield from (("batch", batch), ("expiry", expiry), ("mrp", mrp))
        if (batch, mrp) == (line["batch"], line["mrp"]):
            yield "lot_id", lot
    for (free,) in reading.rows(_LEFT, line=sheaf.key << LINE_BITS | at):
        yield "free_qty", free


def _sources(reading: Reading, sheaf: Sheaf) -> list[int | None]:
    """Lines of the documents that this one is linked to, and none."""
    found: list[int | None] = [None]
    for to, _ in sheaf.links:
        ends = {"first": within(to << LINE_BITS), "last": within((to + 1 << LINE_BITS) - 1)}
        rows = reading.rows("SELECT id FROM goods_line WHERE id BETWEEN :first AND :last", **ends)
        found += (key for (key,) in rows)
    return found
