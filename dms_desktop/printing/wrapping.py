"""Breaks text into lines, so that nothing on a paper is cut off or runs into its neighbour."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from dms_desktop.printing.fonts import Face

BETWEEN = " · "  # stands between facts on one line; they part there before a word wraps
_JOINERS = "\u200c\u200d"


def clean(text: str) -> str:
    """One line without control characters; a font has no picture of them."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    shown = "".join(" " if unicodedata.category(one) == "Cc" else one for one in text)
    return " ".join(shown.split())


def wrapped(text: str, room: float, face: Face, most: int = 0) -> Sequence[str]:
    """The text in lines no wider than `room` sizes; a word too long for a line is broken.

    What is beyond `most` lines, unless 0, is dropped and an ellipsis says so.
    """
    if face.width(text) <= room:
        return (text,)
    lines: list[str] = []
    for part in _filled(text.split(BETWEEN), BETWEEN, room, face):
        if face.width(part) <= room:
            lines.append(part)
            continue
        words = [piece for word in part.split() for piece in _pieces(word, room, face)]
        lines += _filled(words, " ", room, face)
    if most and len(lines) > most:
        lines[most - 1 :] = [shortened(" ".join(lines[most - 1 :]), room, face)]
    return lines


def _filled(parts: Sequence[str], between: str, room: float, face: Face) -> list[str]:
    """As many parts on each line as fit; one that is too long stands alone."""
    lines = [parts[0]]
    for part in parts[1:]:
        longer = f"{lines[-1]}{between}{part}"
        if face.width(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def shortened(text: str, room: float, face: Face) -> str:
    """As much of the text as fits, with an ellipsis where something was dropped."""
    if face.width(text) <= room:
        return text
    while text and face.width(f"{text}…") > room:
        text = text[: _boundary(text, len(text) - 1)].rstrip()
    return f"{text}…"


def _pieces(word: str, room: float, face: Face) -> list[str]:
    """A word in parts that fit; at least one letter a part, however narrow the room."""
    parts: list[str] = []
    while face.width(word) > room:
        end = len(word) - 1
        while end > 1 and face.width(word[:end]) > room:
            end -= 1
        end = _boundary(word, end)
        if not 0 < end < len(word):
            break
        parts.append(word[:end])
        word = word[end:]
    return [*parts, word]


def _boundary(text: str, end: int) -> int:
    """The nearest place at or before `end` where a letter and its marks are not torn apart."""
    while 0 < end < len(text) and _clings(text, end):
        end -= 1
    return end


def _clings(text: str, end: int) -> bool:
    after, before = text[end], text[end - 1]
    virama = unicodedata.combining(before) == 9  # joins its letter to the next one
    return virama or after in _JOINERS or unicodedata.category(after).startswith("M")
