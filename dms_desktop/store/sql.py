"""One SQL text for both databases: named parameters, lists, and row locks where they exist."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_LIST = re.compile(r"\bIN :(\w+)")
_LOCK = re.compile(r" FOR (NO KEY UPDATE|UPDATE|SHARE)( OF [\w, ]+)?")
_NAME = re.compile(r"(?<!:):([a-z]\w*)")


@lru_cache(maxsize=1024)
def for_sqlite(sql: str) -> str:
    """SQLite has one writer and so no row locks; a list travels as a JSON array."""
    return _LOCK.sub("", _LIST.sub(r"IN (SELECT value FROM json_each(:\1))", sql))


@lru_cache(maxsize=1024)
def for_postgres(sql: str) -> str:
    return _NAME.sub(r"%(\1)s", _LIST.sub(r"= ANY(:\1)", sql.replace("%", "%%")))


def lists_as_json(params: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: json.dumps(list(value)) if isinstance(value, (list, tuple, set)) else value
        for name, value in params.items()
    }


@lru_cache(maxsize=256)
def insertion(table: str, columns: tuple[str, ...]) -> str:
    """`INSERT INTO table (a, b) VALUES (?, ?)`: the names are our own, never a user's."""
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
