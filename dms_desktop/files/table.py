"""Reading a table that somebody else wrote: in a process of its own, which may not run away."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import dms_desktop
from dms_desktop.domain.refusals import Reason, Refused, refuse
from dms_desktop.files import child
from dms_desktop.files.raw import Cell, Said

log = logging.getLogger(__name__)

LARGEST = 64 << 20  # bytes of the file itself
PATIENCE = 120  # seconds on the clock; the child has fewer on the processor
_UNSEEN: int = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(
    subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0
)  # on Windows: no console, and whoever types goes first
_GLANCE = 0.1  # seconds between two looks whether anybody still waits
VERB = "read-table"  # what a frozen program calls the child
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1));"
    " from dms_desktop.files.child import main; sys.exit(main(sys.argv[1:]))"
)
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")  # a PIN in the environment stays with us


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` as they stand in the file, the first one numbered 1; an empty row is empty."""

    name: str
    sha256: bytes
    said: Said
    rows: tuple[tuple[Cell, ...], ...]


class Stopped(Exception):
    """Nobody waits for this table any more."""


def read_table(
    path: Path,
    sheet: str = "",
    *,
    patience: float = PATIENCE,
    stop: Callable[[], bool] = lambda: False,
) -> Table:
    """The cells of a .csv or .xlsx file, whatever it is called. Refuses BAD_FILE.

    `stop` is asked now and then; once it says so the reading ends, and Stopped is raised.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise _bad("file_absent", path) from error
    if len(data) > LARGEST:
        raise _bad("file_too_large", path)
    said, rows = _parsed(data, path, sheet, patience, stop)
    return Table(path.name, hashlib.sha256(data).digest(), said, rows)


def _parsed(
    data: bytes, path: Path, sheet: str, patience: float, stop: Callable[[], bool]
) -> tuple[Said, tuple[tuple[Cell, ...], ...]]:
    ended, out, err = _told_by_child(data, path, sheet, patience, stop)
    if ended == child.REFUSED:
        refusal = json.loads(out.splitlines()[-1])
        log.info("%s was refused: %s %s", path.name, refusal, err[:2000])
        raise _bad(refusal["fault"], path, **refusal["facts"])
    if ended:
        log.warning("reading %s ended with %s: %s", path.name, ended, err[-2000:])
        raise _bad("file_too_slow", path)
    lines = io.BytesIO(out)
    told = json.loads(lines.readline())
    said = Said(told["sheet"], tuple(told["sheets"]), told["encoding"], told["delimiter"])
    once: dict[str, str] = {}  # most texts of a table stand in it many times
    return said, tuple(tuple(_cell(each, once) for each in json.loads(row)) for row in lines)


def _told_by_child(
    data: bytes, path: Path, sheet: str, patience: float, stop: Callable[[], bool]
) -> tuple[int, bytes, bytes]:
    """How the child ended, and what it wrote. It never outlives this call."""
    until = time.monotonic() + patience
    with (
        tempfile.TemporaryFile() as given,
        subprocess.Popen(
            [*_command(), *([sheet] if sheet else [])],
            stdin=_rewound(given, data),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            creationflags=_UNSEEN,
        ) as process,
    ):
        try:
            while True:
                try:
                    out, err = process.communicate(timeout=min(_GLANCE, patience))
                    return process.returncode, out, err
                except subprocess.TimeoutExpired as error:
                    if stop():
                        raise Stopped from error
                    if time.monotonic() > until:
                        raise _bad("file_too_slow", path) from error
        except BaseException:
            process.kill()
            raise


def _rewound(file: IO[bytes], data: bytes) -> IO[bytes]:
    file.write(data)
    file.seek(0)
    return file


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, VERB]
    root = Path(dms_desktop.__file__).parent.parent
    return [sys.executable, "-I", "-c", _START, str(root)]


def _cell(value: Any, once: dict[str, str]) -> Cell:
    if isinstance(value, str):
        return once.setdefault(value, value)
    if not isinstance(value, list):
        return value  # type: ignore[no-any-return]
    text = value[0]
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _bad(fault: str, path: Path, **facts: object) -> Refused:
    return refuse(Reason.BAD_FILE, name=path.name, fault=fault, **facts)
