"""Orders from a JSON file, as the published order shape says them; slips by their line of goods."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from dms_desktop.domain.refusals import Problem, Reason, refuse
from dms_desktop.files.order_file import FileOrder

LARGEST = 16 << 20  # bytes
MOST_ORDERS = 20_000


def _is_text(value: Any) -> str:
    return "" if isinstance(value, str) else "shape_text"


def _is_yes_no(value: Any) -> str:
    return "" if isinstance(value, bool) else "shape_yes_no"


def _is_quantity(value: Any) -> str:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return "" if whole or isinstance(value, str) else "shape_quantity"


def _is_texts(value: Any) -> str:
    good = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return "" if good else "shape_list"


def _is_terms(value: Any) -> str:
    return "" if value in ("credit", "cash") else "shape_choice"


Check = Callable[[Any], str]
_TEXTS = (
    "id day party godown salesman order_no transport note bill_discount bill_discount_percent"
    " cash_discount_percent"
)
_ORDER: Mapping[str, Check] = {
    **dict.fromkeys(_TEXTS.split(), _is_text), "terms": _is_terms, "reserve": _is_yes_no,
}  # fmt: skip
_LINE_TEXTS = "item free_reason batch mrp rate discount_percent discount"
_LINE: Mapping[str, Check] = {
    **dict.fromkeys(_LINE_TEXTS.split(), _is_text),
    **dict.fromkeys(("qty", "free"), _is_quantity),
    **dict.fromkeys(("any_mrp", "inclusive", "net"), _is_yes_no),
    "discounts": _is_texts,
}


def read_json_orders(path: Path) -> tuple[FileOrder, ...]:
    """A list of orders, one alone, or a list under "orders". Refuses BAD_FILE.

    One without an id gets that of the list's content and its place, as `dms order import` gives it:
    the same file is taken once, whichever way it comes. Rows are the lines of goods in the file.
    """
    orders = _orders(path)
    text = json.dumps(orders, sort_keys=True, ensure_ascii=False).encode()
    found, row = list[FileOrder](), 1
    for at, said in enumerate(orders):
        lines = said.get("lines") if isinstance(said, dict) else None
        count = max(1, len(lines)) if isinstance(lines, list) else 1
        found.append(_order(said, tuple(range(row, row + count)), _chance(text, at)))
        row += count
    return tuple(found)


def _orders(path: Path) -> list[Any]:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError:
        raise refuse(Reason.BAD_FILE, name=path.name, fault="file_absent") from None
    if len(raw) > LARGEST:
        raise refuse(Reason.BAD_FILE, name=path.name, fault="file_too_large")
    try:
        said = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise refuse(Reason.BAD_FILE, name=path.name, fault="file_no_json") from None
    if isinstance(said, dict):
        said = said.get("orders", [said])
    if not isinstance(said, list) or not said:
        raise refuse(Reason.BAD_FILE, name=path.name, fault="file_no_orders")
    if len(said) > MOST_ORDERS:
        raise refuse(Reason.BAD_FILE, name=path.name, fault="file_too_large")
    return said


def _order(said: Any, rows: tuple[int, ...], chance: UUID) -> FileOrder:
    if not isinstance(said, dict):
        return FileOrder(chance, "", "", rows, {}, (_wrong(rows[0], "lines", "shape_object"),))
    problems = [*_slips(said, rows)]
    uid = chance
    if said.get("id") and isinstance(said["id"], str):
        try:
            uid = UUID(said["id"])
        except ValueError:
            facts = {"field": "id", "value": said["id"]}
            problems.append(Problem(Reason.BAD_ENTRY, rows[0], facts))
    number, party = said.get("order_no"), said.get("party")
    return FileOrder(
        uid,
        number if isinstance(number, str) else "",
        party if isinstance(party, str) else "",
        rows,
        {**said, "id": said.get("id") or str(uid)},
        tuple(problems),
    )


def _slips(said: Mapping[str, Any], rows: tuple[int, ...]) -> Iterator[Problem]:
    given = {name: value for name, value in said.items() if value is not None}
    lines = given.pop("lines", None)
    yield from _checked(given, _ORDER, rows[0], ("party",))
    if not isinstance(lines, list) or not lines:
        yield _wrong(rows[0], "lines", "shape_too_few" if lines == [] else "shape_list")
        return
    for row, line in zip(rows, lines, strict=True):
        if isinstance(line, dict):
            there = {name: value for name, value in line.items() if value is not None}
            yield from _checked(there, _LINE, row, ("item", "qty"))
        else:
            yield _wrong(row, "lines", "shape_object")


def _checked(
    given: Mapping[str, Any], checks: Mapping[str, Check], row: int, needed: tuple[str, ...]
) -> Iterator[Problem]:
    for name in needed:
        if name not in given:
            yield Problem(Reason.MISSING, row, {"field": name})
    for name, value in given.items():
        check = checks.get(name)
        if fault := check(value) if check else "shape_unknown":
            yield _wrong(row, name, fault)


def _wrong(row: int, field: str, fault: str) -> Problem:
    facts = {"field": field, "fault": fault}
    return Problem(Reason.WRONG_SHAPE, row, facts | {"choices": "credit, cash"})


def _chance(text: bytes, at: int) -> UUID:
    return UUID(bytes=hashlib.sha256(text + str(at).encode()).digest()[:16], version=4)
