"""A form in lines of letters for a dot-matrix printer, with the ESC/P codes that it is ruled by.

Everything is ASCII: what else stands in the books is written as it sounds (romanised.py). Columns
therefore stay under one another on every printer, whatever its code page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

from dms_desktop.language.catalogue import _
from dms_desktop.printing.form import Form, Pair, Voice
from dms_desktop.printing.paper import Size
from dms_desktop.printing.romanised import plain
from dms_desktop.printing.sheets import Room, pages
from dms_desktop.printing.text_table import TextTable, snug, text_table

_RESET, _FEED, _END = b"\x1b@", b"\x0c", b"\r\n"
_SIX_AN_INCH = b"\x1b2"
_TEN_CPI, _CONDENSED, _WIDE_CPI = b"\x1bP", b"\x0f", b"\x12"
_BOLD, _THIN = b"\x1bE", b"\x1bF"
_DOUBLE, _SINGLE = b"\x1bW\x01", b"\x1bW\x00"
_FOOT = 3  # lines left white above the perforation, and the last line


@dataclass(frozen=True, slots=True)
class Ribbon:
    """How many letters a line has and how many inches a form."""

    columns: int
    inches: int

    @property
    def lines(self) -> int:
        return self.inches * 6

    @property
    def begins(self) -> bytes:
        """Pitch, line feed and length of the form, whatever the last program left behind."""
        pitch = _CONDENSED if self.columns > 80 else _WIDE_CPI
        return _RESET + _SIX_AN_INCH + b"\x1bC\x00" + bytes([self.inches]) + _TEN_CPI + pitch


RIBBONS = {
    Size.COLUMNS_80: Ribbon(80, 12),
    Size.COLUMNS_80_HALF: Ribbon(80, 6),
    Size.COLUMNS_136: Ribbon(136, 12),
    Size.COLUMNS_136_HALF: Ribbon(136, 6),
}


@dataclass(frozen=True, slots=True)
class Line:
    """`double` letters take two columns each."""

    text: str = ""
    bold: bool = False
    double: bool = False

    def coded(self) -> bytes:
        text = self.text.rstrip().encode("ascii")
        if self.double:
            text = _DOUBLE + text + _SINGLE
        return (_BOLD + text + _THIN if self.bold else text) + _END


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row of a table with what stands before and after it."""

    lines: list[Line]
    table: int
    row: int
    opens: bool


def dot_matrix(form: Form, marks: Sequence[str], size: Size) -> bytes:
    """Every copy with its pages, each ended by a form feed."""
    ribbon = RIBBONS[size]
    out = [ribbon.begins]
    for mark in marks:
        for page in text_pages(form, mark, ribbon):
            out += [line.coded() for line in page]
            out.append(_FEED)
    out.append(_RESET)
    return b"".join(out)


def text_pages(form: Form, mark: str, ribbon: Ribbon) -> list[list[Line]]:
    """The pages of one copy; none is longer than the form less its foot."""
    width = ribbon.columns
    tables = [text_table(grid, width) for grid in form.grids]
    entries = [entry for at, table in enumerate(tables) for entry in _entries(at, table, width)]
    first = [*_head(form, mark, width), _ruled(width, "=")]
    later = [*_short_head(form, mark, width), _ruled(width, "=")]
    closing = list(_closing(form, width))
    tall = ribbon.lines - _FOOT
    deepest = max(len(_opening(table, width)) for table in tables)
    carry = 2 * any(table.grid.carried is not None for table in tables)
    room = Room(tall - len(first), tall - len(later) - deepest - carry, carry, len(closing))
    sheets = pages([float(len(entry.lines)) for entry in entries], room)
    found: list[list[Line]] = []
    for number, here in enumerate(sheets):
        lines = list(later if number else first)
        rows = [entries[at] for at in here]
        if number and rows and not rows[0].opens:
            lines += _opening(tables[rows[0].table], width)
            lines += _sums_so_far(tables, rows[0], _("Brought forward"), rows[0].row)
        for entry in rows:
            lines += entry.lines
        if number < len(sheets) - 1:
            if here.stop < len(entries) and not (after := entries[here.stop]).opens:
                lines += _sums_so_far(tables, after, _("Carried forward"), after.row)
        else:
            lines += closing
        found.append(_footed(lines, form, number, len(sheets), ribbon))
    return found


def _entries(at: int, table: TextTable, width: int) -> Iterator[_Entry]:
    count = table.grid.count
    for row in range(count):
        lines = _opening(table, width) if not row else []
        lines += [Line(text) for text in table.row(row)]
        if row == count - 1:
            lines.append(_ruled(width))
            if table.grid.total:
                of = {column.key: plain(column.total) for column in table.grid.columns}
                lines += [Line(text, bold=True) for text in table.sums(table.grid.total, of)]
                lines.append(_ruled(width))
        yield _Entry(lines, at, row, not row)


def _opening(table: TextTable, width: int) -> list[Line]:
    caption = [Line(plain(table.grid.caption), bold=True)] if table.grid.caption else []
    heads = [Line(text, bold=True) for text in table.heading()]
    return [*caption, *heads, _ruled(width)]


def _sums_so_far(tables: Sequence[TextTable], entry: _Entry, label: str, rows: int) -> list[Line]:
    grid = tables[entry.table].grid
    if grid.carried is None:
        return []
    of = {column.key: plain(grid.carried(column, rows)) for column in grid.columns}
    return [Line(text, bold=True) for text in tables[entry.table].sums(label, of)]


def _head(form: Form, mark: str, width: int) -> Iterator[Line]:
    yield _title(form, mark, width)
    if form.under:
        yield from _centred(form.under, width)
    for text in wrap(plain(form.seller.name), width // 2):
        yield Line(text.center(width // 2), bold=True, double=True)
    for line in form.seller.lines:
        yield from _centred(line, width)
    yield _ruled(width, "=")
    right = width * 7 // 16
    left = width - right - 2
    facts = [form.number, (_("Date"), form.day), *form.facts]
    yield from _beside(_voices(form.voices, left), _pairs(facts, right), left)


def _short_head(form: Form, mark: str, width: int) -> Iterator[Line]:
    """Enough to put a loose page back where it belongs."""
    yield _title(form, mark, width)
    names = " | ".join([form.seller.name, *(voice.name for voice in form.voices)])
    label, number = form.number
    right = plain(f"{label} {number}  {form.day}")
    left = plain(names)[: width - len(right) - 2]
    yield Line(left + right.rjust(width - len(left)))


def _title(form: Form, mark: str, width: int) -> Line:
    left, right = plain(" ".join(form.marks)), plain(mark)
    middle = plain(form.title).center(width)
    start = len(middle) - len(middle.lstrip())
    if max(len(left), len(right)) + 1 > start:
        return Line(" ".join(part for part in (left, plain(form.title), right) if part), bold=True)
    row = left + middle[len(left) :]
    return Line(row[: width - len(right)] + right, bold=True)


def _voices(voices: Sequence[Voice], width: int) -> list[Line]:
    found: list[Line] = []
    for voice in voices:
        label = f"{plain(voice.label)}: " if voice.label else ""
        found += [Line(part, bold=True) for part in wrap(label + plain(voice.name), width)]
        for line in voice.lines:
            found += [Line(part) for part in wrap(plain(line), width)]
    return found


def _pairs(pairs: Sequence[Pair], width: int) -> list[Line]:
    shown = [(plain(label), plain(value)) for label, value in pairs if value]
    indent = max((len(label) for label, _value in shown), default=0) + 2
    found: list[Line] = []
    for label, value in shown:
        for at, part in enumerate(wrap(value, max(8, width - indent))):
            found.append(Line((f"{label}:" if not at else "").ljust(indent) + part))
    return found


def _beside(left: Sequence[Line], right: Sequence[Line], width: int) -> Iterator[Line]:
    """Two blocks in a row. A line is bold as a whole: a printer that ignores the codes loses no
    column."""
    for at in range(max(len(left), len(right))):
        one = left[at] if at < len(left) else Line()
        other = right[at].text if at < len(right) else ""
        yield replace(one, text=one.text.ljust(width + 2) + other)


def _closing(form: Form, width: int) -> Iterator[Line]:
    sums = _sums(form.sums)
    taxes = [line for grid in form.extra for line in _taxes(snug(grid, width))]
    room = max((len(line.text) for line in taxes), default=0)
    wide = max((len(line.text) for line in sums), default=0)
    if taxes and sums and room + 2 + wide <= width:
        right = [replace(line, text=line.text.rjust(width - room - 2)) for line in sums]
        yield from _beside(taxes, right, room)
    else:
        yield from (replace(line, text=line.text.rjust(width)) for line in sums)
        yield from taxes
    if any(form.grand):
        label, total = map(plain, form.grand)
        if sums:
            yield _ruled(width)
        yield Line(f"{label}  {total}".rjust(width), bold=True)
        yield _ruled(width)
    for label, text in form.words:
        yield from (Line(part) for part in wrap(f"{plain(label)}: {plain(text)}", width))
    yield from (Line(part, bold=True) for note in form.strong for part in _wrapped(note, width))
    notes = " ".join(form.notes)  # as one text: lines are dear on a short form
    yield from (Line(part) for part in wrap(plain(" ".join(notes.split())), width))
    yield from _signs(form.signs, width)


def _sums(pairs: Sequence[Pair]) -> list[Line]:
    shown = [(plain(label), plain(text)) for label, text in pairs]
    figure = max((len(text) for _label, text in shown), default=0)
    return [Line(f"{label}  {text.rjust(figure)}") for label, text in shown]


def _taxes(table: TextTable) -> Iterator[Line]:
    yield from _opening(table, table.width)
    for row in range(table.grid.count):
        yield from (Line(text) for text in table.row(row))
    of = {column.key: plain(column.total) for column in table.grid.columns}
    yield from (Line(text, bold=True) for text in table.sums(table.grid.total, of))


def _signs(signs: Sequence[Pair], width: int) -> Iterator[Line]:
    if not signs:
        return
    each = width // len(signs)
    for text in (
        [above for above, _below in signs],
        [""] * len(signs),
        [""] * len(signs),
        [below for _above, below in signs],
    ):
        yield Line("".join(plain(part)[: each - 2].ljust(each) for part in text))


def _footed(lines: list[Line], form: Form, number: int, count: int, ribbon: Ribbon) -> list[Line]:
    page = _("Page {page} of {pages}").format(page=number + 1, pages=count)
    by = plain(form.by)[: ribbon.columns - len(page) - 2]
    white = [Line()] * max(0, ribbon.lines - _FOOT - len(lines))
    return [*lines, *white, Line(by + page.rjust(ribbon.columns - len(by)))]


def _wrapped(text: str, width: int) -> list[str]:
    return [part for line in text.splitlines() for part in wrap(plain(line), width)]


def _centred(text: str, width: int) -> Iterator[Line]:
    for part in wrap(plain(text), width):
        yield Line(part.center(width))


def _ruled(width: int, mark: str = "-") -> Line:
    return Line(mark * width)
