"""What an import file says, once read: rows of named fields, and what the books make of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from dms_desktop.domain.refusals import Problem

STEP = 500  # rows of one commit: a crash loses little, and a counter waits for little


class Intake(StrEnum):
    """What can be brought in; the word is kept on disk."""

    ITEMS = "items"
    PARTIES = "parties"
    LOTS = "lots"
    BILLS = "bills"
    PRICES = "prices"
    BALANCES = "balances"  # an opening trial balance
    DUES = "dues"  # what parties owe, and are owed, when the books begin


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file, by its number there. An empty cell is not among `given`."""

    row: int
    given: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """`columns`: field -> the heading it was read from. `sha256` is the whole file's."""

    kind: Intake
    name: str
    sha256: bytes
    columns: Mapping[str, str]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that changes what is in the books: field -> was, will be."""

    row: int
    code: str
    fields: Mapping[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What rows did, or would do. `also`: what else is made, table -> names. `warnings`: what is
    taken all the same."""

    created: int = 0
    changed: int = 0
    refused: tuple[Problem, ...] = ()
    differences: tuple[Difference, ...] = ()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
