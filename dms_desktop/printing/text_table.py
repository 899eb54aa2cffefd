"""A table in columns of letters: on one line a row where they find room, else on two or three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from dms_desktop.printing.columns import NAME, Column
from dms_desktop.printing.form import Grid
from dms_desktop.printing.romanised import plain

TICK = "[ ] "
_LEAST_NAME, _GOOD_NAME = 14, 22
_WIDEST_CODE = 17  # the longest number of a document with a comma


@dataclass(frozen=True, slots=True)
class Place:
    column: Column
    line: int
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class TextTable:
    grid: Grid
    width: int
    places: tuple[Place, ...]

    def heading(self) -> list[str]:
        cells = {place.column.key: place.column.heading for place in self.places}
        return self._laid({key: tuple(map(plain, words)) for key, words in cells.items()})

    def row(self, number: int) -> list[str]:
        cells = {
            place.column.key: _broken(place.column.cells[number], place.width)
            for place in self.places
        }
        lines = self._laid(cells)
        if self.grid.ticks:
            lines[0] = TICK + lines[0][len(TICK) :]
        return lines

    def sums(self, label: str, of: Mapping[str, str]) -> list[str]:
        """The label runs over what stands beside it empty, and is cut where a figure begins."""
        lines = self._laid({key: (text,) for key, text in of.items() if text})
        free = next((at for at, letter in enumerate(lines[0]) if letter != " "), self.width)
        lines[0] = plain(label)[: max(0, free - 1)].ljust(free) + lines[0][free:]
        return [line for line in lines if line.strip()]

    def _laid(self, cells: Mapping[str, Sequence[str]]) -> list[str]:
        """Each place's texts under one another, the lines of a row one after the other."""
        found: list[str] = []
        for line in range(max(place.line for place in self.places) + 1):
            here = [place for place in self.places if place.line == line]
            deep = max(len(cells.get(place.column.key, ())) for place in here)
            for step in range(max(deep, 1 if not line else 0)):
                row = [" "] * self.width
                for place in here:
                    texts = cells.get(place.column.key, ())
                    text = texts[step] if step < len(texts) else ""
                    shown = text.rjust(place.width) if place.column.right else text
                    row[place.start : place.start + len(shown)] = shown
                if any(letter != " " for letter in row) or not (line or step):
                    found.append("".join(row[: self.width]))
        return found


def text_table(grid: Grid, width: int) -> TextTable:
    """Columns that do not fit go to further lines; those of `grid.first` stay on the first."""
    widths = {column.key: _needed(column) for column in grid.columns}
    tick = len(TICK) if grid.ticks else 0
    others = [column for column in grid.columns if column.key != NAME]
    room = width - tick - sum(widths[column.key] + 1 for column in others)
    wanted = min(widths[NAME], _GOOD_NAME)
    if room >= wanted:
        lines = [list(grid.columns)]
    else:
        first, rest = _chosen(grid, widths, width - tick)
        indent = tick + (widths[first[0].key] + 1 if first[0].key != NAME else 0)
        lines = [first, *_packed(rest, widths, width - indent)]
    used = sum(widths[column.key] + 1 for column in lines[0] if column.key != NAME)
    widths[NAME] = max(width - tick - used, 1 if len(lines) == 1 else _LEAST_NAME)
    return TextTable(grid, width, tuple(_placed(lines, widths, tick)))


def snug(grid: Grid, width: int) -> TextTable:
    """No wider than its figures ask for."""
    needed = sum(_needed(column) + 1 for column in grid.columns) - 1
    return text_table(grid, min(width, needed))


def _chosen(grid: Grid, widths: Mapping[str, int], room: int) -> tuple[list[Column], list[Column]]:
    """The first line and the rest. From the right, what leaves the name no room goes down too."""
    first = [one for one in grid.columns if one.key in grid.first or one.key == NAME]
    down = [one for one in first[1:-1] if one.key != NAME][::-1]
    while down and room - sum(widths[o.key] + 1 for o in first if o.key != NAME) < _LEAST_NAME:
        first.remove(down.pop(0))
    return first, [one for one in grid.columns if one not in first]


def _packed(rest: Sequence[Column], widths: Mapping[str, int], room: int) -> list[list[Column]]:
    lines: list[list[Column]] = []
    left = 0
    for column in rest:
        needed = widths[column.key] + 1
        if needed > left:
            lines.append([])
            left = room + 1
        lines[-1].append(column)
        left -= needed
    return lines


def _placed(lines: Sequence[Sequence[Column]], widths: Mapping[str, int], tick: int) -> list[Place]:
    """Lines after the first begin beneath the name."""
    found: list[Place] = []
    beneath = tick
    for line, columns in enumerate(lines):
        at = tick if not line else beneath
        for column in columns:
            if column.key == NAME:
                beneath = at
            found.append(Place(column, line, at, widths[column.key]))
            at += widths[column.key] + 1
    return found


def _needed(column: Column) -> int:
    cells = max((len(plain(cell)) for cell in column.cells), default=0)
    if column.wraps and column.key != NAME:
        cells = min(cells, _WIDEST_CODE)
    return max(cells, len(plain(column.total)), *(len(plain(word)) for word in column.heading))


def _broken(text: str, width: int) -> tuple[str, ...]:
    shown = plain(text)
    if len(shown) <= width:
        return (shown,) if shown else ()
    return tuple(wrap(shown, width, break_on_hyphens=False))
