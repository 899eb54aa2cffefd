"""Fail on a shipped file over 400 lines or a function over 50 (tests and migrations exempt)."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

FILE_LINES = 400
FUNCTION_LINES = 50
EXEMPT = re.compile(r"^tests/|(^|/)migrations/versions/")
SKIPPED = {"build", "dist", "__pycache__"}


def sources(root: Path) -> Iterator[Path]:
    """Every Python file of the project, whether committed yet or not."""
    for path in sorted(root.iterdir()):
        if path.is_dir() and not path.name.startswith(".") and path.name not in SKIPPED:
            yield from sources(path)
        elif path.suffix == ".py":
            yield path


def too_long(text: str, name: str) -> Iterator[str]:
    """What is over a limit in one file, as `file:line: why`."""
    lines = text.count("\n")
    if lines > FILE_LINES:
        yield f"{name}:1: the file has {lines} lines; {FILE_LINES} at most"
    for node in ast.walk(ast.parse(text, name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield (
                    f"{name}:{node.lineno}: {node.name} has {length} lines; "
                    f"{FUNCTION_LINES} at most"
                )


def main(root: Path) -> int:
    named = {path.relative_to(root).as_posix(): path for path in sources(root)}
    found = [
        complaint
        for name, path in named.items()
        if not EXEMPT.search(name)
        for complaint in too_long(path.read_text(encoding="utf-8"), name)
    ]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent.parent))
