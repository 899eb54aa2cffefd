"""A file into the books: shown first, then done in steps that a crash cannot tear apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from dms_desktop.domain.incoming import Incoming, Intake, Outcome
from dms_desktop.domain.refusals import Problem
from dms_desktop.files.intake import read_incoming
from dms_desktop.files.raw import Said
from dms_desktop.language.sentences import say
from dms_desktop.services import imports


class Door(Protocol):
    """The books, with somebody who acts: runs a service to its end and gives its result."""

    def read(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any: ...
    def write(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a file. Without `import_id` nothing was written.

    `resumed`: so many of its rows were in the books already when this run began.
    """

    kind: Intake
    name: str
    rows: int
    outcome: Outcome
    columns: Mapping[str, str]
    said: Said = field(default_factory=Said)
    import_id: int | None = None
    resumed: int = 0


def bring_in(
    door: Door,
    kind: Intake,
    path: Path,
    *,
    columns: Mapping[str, str] | None = None,
    sheet: str = "",
    yes: bool = False,
) -> Report:
    """Show what a file would do to the books or, with `yes`, do it.

    `columns` (field -> heading) mends the guess. A file that broke off is gone on with. Refuses
    BAD_FILE, and ALREADY_IMPORTED for lots or bills that are in the books.
    """
    incoming, table = read_incoming(kind, path, said=columns, sheet=sheet)
    rows = len(incoming.lines)
    if not yes:
        door.read(imports.check_new, kind, incoming.sha256)
        outcome: Outcome = door.read(imports.preview, kind, incoming.lines)
        return Report(kind, incoming.name, rows, outcome, incoming.columns, table.said)
    run = _commit(door, incoming)
    done: Outcome = door.read(imports.outcome, run)
    return Report(
        kind, incoming.name, rows, done, incoming.columns, table.said, run.id, run.rows_done
    )


def _commit(door: Door, incoming: Incoming) -> imports.Run:
    """The run as it was when this process took it up."""
    run: imports.Run = door.write(
        imports.begin, incoming.kind, incoming.name, incoming.sha256, dict(incoming.columns)
    )
    start = run.rows_done
    steps = imports.steps(incoming.kind, incoming.lines, start)
    for lines in steps:
        door.write(imports.step, run, lines, start, last=lines is steps[-1])
        start += len(lines)
    return run


def as_reply(report: Report) -> dict[str, object]:
    """The reply of the command line: rows, created, changed, refused with a sentence each."""
    outcome = report.outcome
    reply: dict[str, object] = {
        "rows": report.rows,
        "created": outcome.created,
        "changed": outcome.changed,
        "refused": [refused(problem) for problem in outcome.refused],
        "warnings": [refused(problem) for problem in outcome.warnings],
        "dry_run": report.import_id is None,
        "columns": dict(report.columns),
    }
    if report.import_id is not None:
        reply |= {"import": report.import_id, "resumed": report.resumed}
    else:
        reply["differences"] = [
            {
                "row": each.row,
                "code": each.code,
                "fields": {
                    name: [_plain(was), _plain(now)] for name, (was, now) in each.fields.items()
                },
            }
            for each in outcome.differences
        ]
        reply["also"] = {table: list(names) for table, names in outcome.also.items()}
    return reply | {name: value for name, value in _understood(report.said).items() if value}


def refused(problem: Problem) -> dict[str, object]:
    return {"row": problem.row, "reason": problem.reason.value, "say": say(problem)}


def _understood(said: Said) -> dict[str, str]:
    return {"sheet": said.sheet, "encoding": said.encoding, "delimiter": said.delimiter}


def _plain(value: object) -> object:
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, tuple):
        return [_plain(getattr(each, "code", each)) for each in value]
    return str(value)
