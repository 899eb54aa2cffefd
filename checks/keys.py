"""The table of keys in the manual, written from what the code declares.

`update` writes docs/manual/keys.md anew; `check` fails when it is not what the code says.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "manual" / "keys.md"
HEAD = """\
# Keys

Every key, as the program itself declares it (`dev.py keys` writes this page). F1 shows those of the
screen at work, beside its help; the mouse is never needed.
"""


def table() -> str:
    """The page as it should be."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from dms_desktop.language import catalogue
    from dms_desktop.ui import keys

    catalogue.use(catalogue.ENGLISH)
    parts = [HEAD]
    for heading, rows in keys.key_table():
        lines = [f"| {key} | {label.replace('|', '/')} |" for key, label in rows]
        parts.append(
            "\n".join([f"## {heading}", "", "| key | what it does |", "| --- | --- |", *lines, ""])
        )
    return "\n".join(parts)


def main(words: list[str]) -> int:
    """The exit code."""
    if words == ["update"]:
        PAGE.write_text(table(), encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == table():
        return 0
    print("docs/manual/keys.md is behind the code: python3 dev.py keys")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
