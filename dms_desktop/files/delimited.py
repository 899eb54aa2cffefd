"""Text tables: which letters, which mark between the cells, and the cells."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator

from dms_desktop.files.raw import LONGEST_CELL, Bounds, Parsed, Said, Unreadable

MARKS = (",", ";", "\t", "|")
_LOOKED_AT = 30  # rows
_LARGEST_FIELD = 1_000_000
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)


def parse_text(data: bytes) -> Parsed:
    """Rows of text cells. Raises Unreadable here, and while the rows are drawn."""
    text, encoding = _decoded(data)
    if not text.strip():
        raise Unreadable("file_empty")
    if found := _SEPARATOR_LINE.match(text):  # Excel's own way to name it
        mark, text = found[1], "\n" + text[found.end() :]
    else:
        mark = _mark(text)
    return Parsed(Said(encoding=encoding, delimiter=mark), _rows(text, mark))


def _decoded(data: bytes) -> tuple[str, str]:
    """Excel's Unicode text, UTF-8 with or without its mark, else what Windows wrote in India."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, "utf-16"), "utf-16"
    if b"\0" in data:
        raise Unreadable("file_not_a_table")
    if data.startswith(b"\xef\xbb\xbf"):
        return _strictly(data, "utf-8-sig"), "utf-8"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _strictly(data, "cp1252"), "cp1252"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("file_not_a_table") from error


def _mark(text: str) -> str:
    """The one that cuts most of the first rows into the same number of cells."""
    return max(MARKS, key=lambda mark: _evenness(text, mark))


def _evenness(text: str, mark: str) -> tuple[int, int]:
    try:
        rows = list(itertools.islice(_reader(text, mark), _LOOKED_AT))
    except csv.Error:
        return 0, 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0, 0
    width, count = max(widths.items(), key=lambda each: (each[1], each[0]))
    return count, width


def _rows(text: str, mark: str) -> Iterator[list[str | None]]:
    bounds = Bounds()
    try:
        for row in _reader(text, mark):
            yield bounds.row([cell[: LONGEST_CELL + 1] or None for cell in row])
    except csv.Error as error:
        raise Unreadable("file_damaged") from error


def _reader(text: str, mark: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LARGEST_FIELD)
    return iter(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
