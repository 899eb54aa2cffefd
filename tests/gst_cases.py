"""The GST cases made by others, as the tests read them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.shared import shared


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    given: dict[str, Any]
    expected: dict[str, Any]


def gst_cases(name: str) -> list[Case]:
    """All cases of one file; call it inside a test, which skips where they are absent."""
    text = shared(f"gst_data/{name}.json").read_text(encoding="utf-8")
    return [Case(one["id"], one["input"], one["expected"]) for one in json.loads(text)["cases"]]
