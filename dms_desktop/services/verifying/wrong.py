"""A contradiction between the rows of one document, and the row that would end it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Wrong:
    """Row `at` of the document's rows in `table` should say `should` in `column`.

    A row that should be there has no `at`: it is -1, and `should` what would identify the row.
    """

    what: str
    table: str
    at: int
    column: str
    should: Any
