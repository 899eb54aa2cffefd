"""The process that reads a stranger's table: bytes in, rows out, and then it is thrown away.

Nothing but JSON leaves it: a line that says how the file was understood, then a line a row.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from typing import IO, Any

from dms_desktop.files.confinement import confine
from dms_desktop.files.delimited import parse_text
from dms_desktop.files.raw import Parsed, Unreadable
from dms_desktop.files.workbook import parse_workbook

REFUSED = 3  # exit code: the first line says why
_WEB = (b"<html", b"<!doctype html", b"<table")
_PICTURES_AND_PAPERS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%PDF", b"II*\0", b"MM\0*")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def parse(data: bytes, sheet: str = "") -> Parsed:
    """By what the file is, never by what it is called. Raises Unreadable."""
    if not data.strip():
        raise Unreadable("file_empty")
    if data.startswith(b"PK\x03\x04"):
        return parse_workbook(data, sheet)
    if data.startswith(_OLD_OFFICE):
        raise Unreadable("file_old_excel")
    if data.startswith(_PICTURES_AND_PAPERS):
        raise Unreadable("file_not_a_table")
    if data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_WEB):
        raise Unreadable("file_web_page")
    return parse_text(data)


def main(arguments: list[str]) -> int:
    """`arguments`: the name of the sheet, if any. The bytes come on standard input."""
    confine()
    out = sys.stdout
    try:
        _write(out, parse(sys.stdin.buffer.read(), *arguments[:1]))
    except Unreadable as error:
        return _refuse(out, error.fault, error.facts)
    except MemoryError:
        return _refuse(out, "file_too_large", {})
    except Exception as error:  # noqa: BLE001 - whatever a parser trips over, the file is to blame
        sys.stderr.write(f"{type(error).__name__}: {error}"[:2000])
        return _refuse(out, "file_damaged", {})
    return 0


def _write(out: IO[str], parsed: Parsed) -> None:
    said = parsed.said
    head = {name: getattr(said, name) for name in ("sheet", "sheets", "encoding", "delimiter")}
    out.write(json.dumps(head) + "\n")
    for row in parsed.rows:
        out.write(json.dumps(_plain(row)) + "\n")
    out.flush()


def _plain(row: Iterable[Any]) -> list[Any]:
    return [[cell.isoformat()] if isinstance(cell, date) else cell for cell in row]


def _refuse(out: IO[str], fault: str, facts: dict[str, object]) -> int:
    """On a line of its own: rows may have gone before."""
    out.write("\n" + json.dumps({"fault": fault, "facts": facts}) + "\n")
    out.flush()
    return REFUSED
