"""What the manual of the command line shows can be typed on the sample company as it stands."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from dms_desktop.resource import resource

BLOCK = re.compile(r"## An order\n\n```json\n(.*?)```", re.DOTALL)


def example() -> dict[str, Any]:
    text = Path(resource("manual/command-line.md")).read_text(encoding="utf-8")
    found = BLOCK.search(text)
    assert found is not None
    order: dict[str, Any] = json.loads(found[1])
    return order


def test_the_order_of_the_manual_is_posted_on_the_sample(shop: Any) -> None:
    posted = shop("bill", "post", example())
    assert posted.code == 0, posted.out
    lines = posted.json["lines"]
    assert [(each["item"], each["free"]) for each in lines] == [
        ("ANV001", 0),
        ("ANV002", 1),
        ("ANV003", 0),  # by its barcode
    ]
    assert (lines[2]["qty"], lines[2]["rate"], lines[2]["amount"]) == (3, "21.00", "63.00")
