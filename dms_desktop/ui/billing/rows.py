"""What the table of the bill shows: a row of the draft, its lots below it, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from dms_desktop.domain.billing import Priced
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.facts import Item
from dms_desktop.domain.goods_line import GoodsLine
from dms_desktop.domain.refusals import Problem


class What(Enum):
    LINE = "line"  # what the clerk asked for, over all its lots
    LOT = "lot"  # the part of it that leaves one lot
    NOTE = "note"  # what stands in the way, or should be known


class Row(NamedTuple):
    """`ask` is the very object in the draft: it tells one slot of the table from another."""

    what: What
    ask: Ask
    number: int  # the row of the draft, from 0
    lines: tuple[GoodsLine, ...] = ()
    name: str = ""
    item: Item | None = None  # None while it is being read
    problem: Problem | None = None
    soft: bool = False  # a warning

    def shows_the_same(self, other: Row) -> bool:
        return (
            self.number == other.number
            and self.ask is other.ask
            and self.item is other.item
            and self.lines == other.lines
            and self.problem == other.problem
            and self.soft == other.soft
            and self.name == other.name
        )


Group = tuple[Row, ...]  # the rows of one Ask; the first is its LINE


def groups_of(
    draft: Draft,
    priced: Priced,
    items: Mapping[int, Item],
    names: Mapping[int, str],
    before: Sequence[Group] = (),
) -> list[Group]:
    """One group for each row of the draft. An item not in `items` is still being read; a group of
    `before` that says the same is taken as it is."""
    lines: dict[int, list[GoodsLine]] = {}
    for line in priced.lines:
        lines.setdefault(line.ask, []).append(line)
    notes: dict[int, list[tuple[Problem, bool]]] = {}
    for found, soft in ((priced.problems, False), (priced.warnings, True)):
        for problem in found:
            if problem.row is not None:
                notes.setdefault(problem.row, []).append((problem, soft))
    groups: list[Group] = []
    for number, ask in enumerate(draft.asks):
        item, mine = items.get(ask.item_id), tuple(lines.get(number, ()))
        old = before[number] if number < len(before) and number not in notes else ()
        if len(old) == 1 and _is_same(old[0], ask, item, mine):
            groups.append(old)
            continue
        name = item.name if item else names.get(ask.item_id, "")
        first = Row(What.LINE, ask, number, mine, name, item)
        groups.append(_group(first, notes.get(number, ())))
    return groups


def _is_same(row: Row, ask: Ask, item: Item | None, lines: tuple[GoodsLine, ...]) -> bool:
    """Whether a row without lots and notes still says what it said."""
    return row.ask is ask and row.item is item is not None and row.lines == lines


def _group(first: Row, notes: Sequence[tuple[Problem, bool]]) -> Group:
    """The line, what stops it, its lots where there are several, and what should be known; each
    reason once."""
    if len(first.lines) < 2 and not notes:
        return (first,)
    ask, number = first.ask, first.number
    several = first.lines if len(first.lines) > 1 else ()
    lots = [Row(What.LOT, ask, number, (line,)) for line in several]
    said: dict[object, Row] = {}
    for problem, soft in notes:
        said.setdefault(problem.reason, Row(What.NOTE, ask, number, problem=problem, soft=soft))
    stops = [row for row in said.values() if not row.soft]
    return (first, *stops, *lots, *(row for row in said.values() if row.soft))
