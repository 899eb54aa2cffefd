"""Replies printed: as one JSON object, or plainly for a person at a prompt."""

from __future__ import annotations

import json
from typing import Any

import typer

Json = dict[str, Any]


def out(reply: Json, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(reply, ensure_ascii=False))
        return
    for problem in reply.get("refused", ()):
        row = problem.get("line") or problem.get("row")
        where = f"line {row}: " if row else ""
        typer.echo(where + problem["say"], err=True)
    if failed := reply.get("failed"):
        typer.echo(failed["say"], err=True)
    for line in _lines({k: v for k, v in reply.items() if k not in ("refused", "failed")}):
        typer.echo(line)


def _lines(reply: Json) -> list[str]:
    """Scalars first, one a line; then each list as a table of its rows."""
    lines = [f"{name}: {value}" for name, value in reply.items() if not isinstance(value, list)]
    for name, rows in reply.items():
        if isinstance(rows, list) and rows:
            lines += ["", f"{name}:", *_table(rows)]
    return lines


def _table(rows: list[Any]) -> list[str]:
    if not isinstance(rows[0], dict):
        return [f"  {row}" for row in rows]
    names = [name for name, value in rows[0].items() if not isinstance(value, list | dict)]
    cells = [names, *([str(row.get(name, "")) for name in names] for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(names))]
    return [
        "  "
        + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
