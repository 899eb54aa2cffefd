"""Orders from a flat file, a line of goods each row: gathered by number and party, slips by row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from dms_desktop.domain.calendar import financial_year
from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import ZERO, Money, Rate
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.files.cells import blank, read_text
from dms_desktop.files.fields import TEXT, Reader, read_field, read_with
from dms_desktop.files.headings import FIELDS, Columns, squeezed
from dms_desktop.files.importing import Door
from dms_desktop.files.raw import Cell
from dms_desktop.files.table import read_table
from dms_desktop.services import order_intake
from dms_desktop.services.billing import Saved
from dms_desktop.services.order_intake import Judged

TITLE_ROWS = 15  # a report may carry the firm's name and a date above its headings
LONGEST_NOTE = 300
# What stands above each column, the likelier word first; those of old bills will do for the rest.
_WORDS = {
    "number": "order no|order number|order id|so no|sales order|po no|po number|number|order",
    "day": "order date|date|dated",
    "party": FIELDS[Intake.BILLS]["party"] + "|retailer name|outlet name|shop name",
    "item": FIELDS[Intake.BILLS]["item"] + "|item name|product name",
    "qty": "order qty|ordered qty|qty ordered|" + FIELDS[Intake.BILLS]["qty"],
    "free": FIELDS[Intake.BILLS]["free"],
    "rate": "promised rate|" + FIELDS[Intake.BILLS]["rate"],
    "mrp": FIELDS[Intake.BILLS]["mrp"],
    "discount_percent": FIELDS[Intake.BILLS]["discount_percent"],
    "salesman": FIELDS[Intake.BILLS]["salesman"],
    "note": "remarks|remark|narration",
}
NEEDED = ("number", "party", "item", "qty")
_OF_ORDER = ("number", "day", "party", "salesman", "note")


def _note(cell: Cell) -> str:
    return read_text(cell, LONGEST_NOTE)


_READERS: Mapping[str, Reader] = {"party": TEXT, "item": TEXT, "note": _note}


@dataclass(frozen=True, slots=True)
class FileOrder:
    """`said` is as the published order schema says one; `rows` are the file's of its lines.

    The same number, party and financial year are the same order, whichever file it comes in.
    """

    id: UUID
    number: str
    party: str
    rows: tuple[int, ...]
    said: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Gathered:
    """The rows of one order as they come."""

    given: dict[str, Any]
    rows: list[int] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_orders(
    path: Path, sheet: str = "", *, stop: Callable[[], bool] = lambda: False
) -> tuple[FileOrder, ...]:
    """The orders of a .csv, .xlsx or .json file, in the order of their first rows. Refuses
    BAD_FILE; raises Stopped once `stop` says so."""
    if path.suffix.lower() == ".json":
        from dms_desktop.files.order_json import read_json_orders

        return read_json_orders(path)
    rows = read_table(path, sheet, stop=stop).rows
    found = _columns(rows)
    orders: dict[tuple[object, ...], _Gathered] = {}
    for at, cells in enumerate(rows[found.row :], start=found.row + 1):
        if not all(map(blank, cells)):
            _gather(orders, at, cells, found)
    if not orders:
        raise refuse(Reason.BAD_FILE, name=path.name, fault="file_no_rows")
    return tuple(map(_order, orders.values()))


def _gather(
    orders: dict[tuple[object, ...], _Gathered], row: int, cells: Sequence[Cell], found: Columns
) -> None:
    given, problems = _read(row, cells, found)
    key = _key(given) if not problems or {"number", "party"} <= given.keys() else (row,)
    order = orders.setdefault(key, _Gathered({name: given.get(name) for name in _OF_ORDER}))
    for name in _OF_ORDER:
        said = given.get(name)
        if said is not None and order.given[name] is None:
            order.given[name] = said
        elif said is not None and _differ(said, order.given[name]):
            facts = {"number": given.get("number", ""), "field": found.headings[name]}
            problems.append(Problem(Reason.ROWS_DISAGREE, row, facts))
    order.rows.append(row)
    order.problems += problems
    order.lines.append(
        {name: _as_said(value) for name, value in given.items() if name not in _OF_ORDER}
    )


def _read(row: int, cells: Sequence[Cell], found: Columns) -> tuple[dict[str, Any], list[Problem]]:
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, place in found.places.items():
        cell = cells[place] if place < len(cells) else None
        if blank(cell):
            if name in NEEDED:
                problems.append(Problem(Reason.MISSING, row, {"field": found.headings[name]}))
            continue
        if name in _READERS:
            value = read_with(_READERS[name], name, cell, row)
        else:
            value = read_field(Intake.BILLS, name, cell, row)
        if isinstance(value, Problem):
            problems.append(value)
        else:
            given[name] = value
    return given, problems


def _key(given: Mapping[str, Any]) -> tuple[object, ...]:
    day = given.get("day")
    year = financial_year(day) if day else None
    return folded(given["number"]), folded(given["party"]), year


def _differ(said: object, before: object) -> bool:
    if isinstance(said, str) and isinstance(before, str):
        return folded(said) != folded(before)
    return said != before


def _order(found: _Gathered) -> FileOrder:
    given = found.given
    number, party = str(given["number"] or ""), str(given["party"] or "")
    said: dict[str, Any] = {"party": party, "order_no": number, "lines": found.lines}
    if given["day"]:
        said["day"] = given["day"].isoformat()
    for name in ("salesman", "note"):
        if given[name]:
            said[name] = given[name]
    order = FileOrder(
        UUID(int=0), number, party, tuple(found.rows), said, tuple(found.problems)
    )  # fmt: skip
    return replace(order, id=_id(number, party, given["day"]))


def _id(number: str, party: str, day: date | None) -> UUID:
    year = str(financial_year(day)) if day else ""
    text = "\0".join(("order of a file", folded(number), folded(party), year))
    return UUID(bytes=hashlib.sha256(text.encode()).digest()[:16], version=4)


def _as_said(value: Any) -> Any:
    """As the order schema writes it: amounts, rates and percentages are texts."""
    if isinstance(value, Rate):
        exact = Decimal(value.amount.paise) / 100 / value.per
        return f"{exact.normalize():f}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value if isinstance(value, str) else str(value)


def _columns(rows: Sequence[Sequence[Cell]]) -> Columns:
    """The row with the most headings that are known. Refuses BAD_FILE where one is wanting."""
    guesses = [_guess(at, row) for at, row in enumerate(rows[:TITLE_ROWS], start=1)]
    best = max(
        guesses,
        key=lambda found: (sum(name in found.places for name in NEEDED), len(found.places)),
        default=Columns(0, {}, {}),
    )
    if missing := [name for name in NEEDED if name not in best.places]:
        raise refuse(Reason.BAD_FILE, fault="file_no_headings", missing=", ".join(missing))
    return best


def _guess(at: int, row: Sequence[Cell]) -> Columns:
    names = [squeezed(cell) if isinstance(cell, str) else "" for cell in row]
    places: dict[str, int] = {}
    for name, words in _WORDS.items():
        for word in map(squeezed, (name, *words.split("|"))):
            if word and word in names and names.index(word) not in places.values():
                places[name] = names.index(word)
                break
    return Columns(at, places, {name: str(row[place]).strip() for name, place in places.items()})


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an order of the file, or would: `number` in the books, whether it is `there`
    already, and its slips by the rows of the file."""

    order: FileOrder
    total: Money = ZERO
    number: str = ""
    there: bool = False
    problems: tuple[Problem, ...] = ()


def by_rows(order: FileOrder, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems that name lines from 0, by the rows of the file; others by the first row."""
    rows = order.rows
    return tuple(
        replace(each, row=rows[each.row] if each.row is not None else rows[0]) for each in problems
    )


def bring_in(door: Door, path: Path, *, sheet: str = "", yes: bool = False) -> list[Taken]:
    """Show what a file of orders would do or, with `yes`, post each that has no slip by itself.

    Refuses BAD_FILE. Brought in again, an order is the one that is there.
    """
    found = read_orders(path, sheet)
    taken = with_judgement(found, door.read(order_intake.judge, to_judge(found)))
    return [_take(door, each) if yes and not each.problems else each for each in taken]


def to_judge(found: Iterable[FileOrder]) -> list[tuple[UUID, Mapping[str, Any]]]:
    """Those that could be read without a slip."""
    return [(order.id, order.said) for order in found if not order.problems]


def with_judgement(found: Iterable[FileOrder], judged: Iterable[Judged]) -> list[Taken]:
    """What would become of each, `judged` being the answer to `to_judge`."""
    said = iter(judged)
    return [
        Taken(order, problems=order.problems) if order.problems else _judged(order, next(said))
        for order in found
    ]


def _judged(order: FileOrder, judged: Judged) -> Taken:
    there = bool(judged.number)
    return Taken(order, judged.total, judged.number, there, by_rows(order, judged.problems))


def _take(door: Door, judged: Taken) -> Taken:
    order = judged.order
    try:
        saved: Saved = door.write(order_intake.take, order.id, order.said)
    except Refused as refused:
        return replace(judged, problems=by_rows(order, refused.problems))
    return as_taken(judged, saved)


def as_taken(judged: Taken, saved: Saved) -> Taken:
    """It is in the books."""
    return replace(judged, number=saved.posted.number, total=saved.posted.total)
