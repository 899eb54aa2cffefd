"""A form on a roll of thermal paper: one narrow page for each copy, as long as it needs to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from dms_desktop.printing import blocks
from dms_desktop.printing.blocks import (
    LEADING,
    Block,
    Said,
    baseline,
    leading,
    stack,
)
from dms_desktop.printing.canvas import ONE_PEN, begun, named
from dms_desktop.printing.fonts import Faces
from dms_desktop.printing.form import Form, Grid, Voice
from dms_desktop.printing.paper import Ink, Size
from dms_desktop.printing.payment import modules
from dms_desktop.printing.pen import Pen
from dms_desktop.printing.wrapping import BETWEEN, clean, wrapped

DOTS_AN_INCH = 203.2  # eight a millimetre
_POINTS = 72


@dataclass(frozen=True, slots=True)
class Roll:
    """Measures in points, but `dots` is how wide the head prints."""

    dots: int
    name: float
    title: float
    strong: float
    body: float
    small: float
    code: float  # of the width, which the payment code takes at most

    @property
    def width(self) -> float:
        return self.dots / DOTS_AN_INCH * _POINTS


MEASURES = {
    Size.ROLL_80: Roll(576, name=13, title=11, strong=9.6, body=8.6, small=7.4, code=0.5),
    Size.ROLL_58: Roll(384, name=11.5, title=10, strong=9, body=8, small=7, code=0.7),
}
_DOT = _POINTS / DOTS_AN_INCH
_GAP = 3.0
_ROOM_TO_SIGN = 34.0
_ALL = 10_000
_BOX = 8.5  # side of a box to tick


def narrow(form: Form, marks: Sequence[str], size: Size, language: str) -> bytes:
    """The PDF, a page for each copy mark; under it the printer cuts."""
    roll, out = MEASURES[size], BytesIO()
    with ONE_PEN:
        canvas, both = begun(out, roll.width, roll.width, language)
        named(canvas, f"{form.title.capitalize()} {form.number[1]}", form.seller.name, "", form.at)
        for mark in marks:
            block = stack(list(_paper(form, mark, roll, both)), _GAP)
            canvas.setPageSize((roll.width, block.height))
            pen = Pen(canvas, both, block.height)
            block.draw(pen, 0, 0)
            canvas.addLiteral(pen.drawn())
            canvas.showPage()
        canvas.save()
    return out.getvalue()


def _paper(form: Form, mark: str, roll: Roll, faces: Faces) -> Iterator[Block]:
    """From the top down; what is empty takes no room."""
    width = roll.width
    body, bold, small = Ink(roll.body), Ink(roll.body, bold=True), Ink(roll.small)
    yield _centred([(mark, Ink(roll.small, bold=True))], width, faces)
    yield _centred(
        [(form.seller.name, Ink(roll.name, bold=True))]
        + [(line, small) for line in form.seller.lines],
        width,
        faces,
    )
    yield _rule(width)
    yield _centred([(form.title, Ink(roll.title, bold=True)), (form.under, small)], width, faces)
    yield _framed(form.marks, width, roll, faces)
    label, number = form.number
    yield _ends(f"{label} {number}", form.day, width, bold, faces)
    for voice in form.voices:
        yield _voice(voice, roll, faces)
    said = BETWEEN.join(f"{label}: {value}" for label, value in form.facts if value)
    yield _paragraph([(said, body)], width, faces)
    for grid in form.grids:
        yield _rule(width)
        yield from _grid(grid, roll, faces)
    yield _rule(width)
    yield from _sums(form, roll, faces)
    for grid in form.extra:
        yield _rule(width)
        yield _small_table(grid, roll, faces)
    yield from _closing(form, roll, faces)


def _closing(form: Form, roll: Roll, faces: Faces) -> Iterator[Block]:
    width, small = roll.width, Ink(roll.small)
    said: list[Said] = []
    for label, text in form.words:
        said += [(f"{label}:", small), (text, Ink(roll.body, bold=True))]
    yield _paragraph(said, width, faces)
    yield _paragraph([(note, Ink(roll.small, bold=True)) for note in form.strong], width, faces)
    if form.code:
        yield _code(form.code, roll)
    yield _paragraph([(note, small) for note in form.notes], width, faces)
    for above, below in form.signs:
        yield _signature(above, below, roll, faces)
    yield _centred([(form.by, small)], width, faces)


def _paragraph(said: Sequence[Said], width: float, faces: Faces) -> Block:
    """A roll is as long as it must be: nothing is left out."""
    return blocks.paragraph(said, width, faces, most=_ALL)


def _voice(voice: Voice, roll: Roll, faces: Faces) -> Block:
    said: list[Said] = [
        (voice.label, Ink(roll.small, bold=True)),
        (voice.name, Ink(roll.strong, bold=True)),
        *((line, Ink(roll.body)) for line in voice.lines),
    ]
    return _paragraph(said, roll.width, faces)


def _grid(grid: Grid, roll: Roll, faces: Faces) -> Iterator[Block]:
    """Every row by itself, and at the end what the columns sum up to."""
    yield _centred([(grid.caption, Ink(roll.body, bold=True))], roll.width, faces)
    indent = _BOX + 4 if grid.ticks else 0.0
    room = roll.width - indent
    keys = {column.key: column for column in grid.columns}
    for number in range(grid.count):
        name = clean(keys["name"].cells[number])
        if "sr" in keys:
            name = f"{keys['sr'].cells[number]}. {name}"
        details = BETWEEN.join(
            f"{' '.join(column.heading)} {column.cells[number]}"
            for column in grid.columns
            if column.key not in grid.quiet | {"name", "sr"} and column.cells[number]
        )
        said = [(name, Ink(roll.body, bold=True)), (details, Ink(roll.small))]
        row = [_paragraph(said, room, faces)]
        if grid.ends:
            left, right = grid.ends[number]
            row.append(_ends(left, right, room, Ink(roll.strong, bold=True), faces, light=True))
        yield _ticked(stack(row, 0.8), indent)
    if grid.total:
        totals = [
            f"{' '.join(column.heading)} {column.total}"
            for column in grid.columns
            if column.total and column.key not in {"amount", "tax", "taxable", "discount"}
        ]
        yield _paragraph(
            [(BETWEEN.join([grid.total, *totals]), Ink(roll.body, bold=True))], roll.width, faces
        )


def _sums(form: Form, roll: Roll, faces: Faces) -> Iterator[Block]:
    body = Ink(roll.body)
    yield stack([_ends(*pair, roll.width, body, faces) for pair in form.sums], 0)
    if any(form.grand):
        yield _ends(*form.grand, roll.width, Ink(roll.name, bold=True), faces)


def _centred(said: Sequence[Said], width: float, faces: Faces) -> Block:
    lines = [
        (part, ink)
        for text, ink in said
        if clean(text)
        for part in wrapped(clean(text), width / ink.size, faces.of(ink.bold))
    ]
    height = sum(leading(text, ink.size) for text, ink in lines)

    def draw(pen: Pen, x: float, top: float) -> None:
        for text, ink in lines:
            tall = leading(text, ink.size)
            pen.centre(x + width / 2, baseline(top, tall, ink.size), text, ink)
            top += tall

    return Block(height, draw)


def _ends(
    left: str, right: str, width: float, ink: Ink, faces: Faces, *, light: bool = False
) -> Block:
    """What stands at both edges; the left one wraps where they meet. `light`: it is not bold."""
    figure = faces.of(ink.bold).width(right) * ink.size
    thin = ink._replace(bold=False, size=ink.size - 0.8) if light else ink
    room = (width - figure - 4) / thin.size
    parts = wrapped(clean(left), room, faces.of(thin.bold)) if left else ("",)
    tall = max(leading(left + right, ink.size), ink.size * LEADING)

    def draw(pen: Pen, x: float, top: float) -> None:
        for part in parts:
            pen.text(x, baseline(top, tall, ink.size), part, thin)
            top += tall
        pen.right(x + width, baseline(top - tall, tall, ink.size), right, ink)

    return Block(tall * len(parts), draw)


def _ticked(block: Block, indent: float) -> Block:
    def draw(pen: Pen, x: float, top: float) -> None:
        if indent:
            pen.box(x + 0.5, top + 1.5, _BOX, _BOX, 0.9)
        block.draw(pen, x + indent, top)

    return Block(max(block.height, _BOX + 2 if indent else 0), draw)


def _rule(width: float) -> Block:
    return Block(1.0, lambda pen, x, top: pen.across(x, top + 0.5, width, 0.8))


def _framed(marks: Sequence[str], width: float, roll: Roll, faces: Faces) -> Block:
    """REPRINT and CANCELLED in a box of their own: no stamp lies over a receipt."""
    inside = _centred([(BETWEEN.join(marks), Ink(roll.strong, bold=True))], width, faces)
    if not inside.height:
        return inside

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.box(x + 0.6, top + 0.6, width - 1.2, inside.height + 2.8, 1.1)
        inside.draw(pen, x, top + 2)

    return Block(inside.height + 4, draw)


def _code(link: str, roll: Roll) -> Block:
    """Modules of whole dots, so that none is blurred."""
    count, runs = modules(link)
    module = max(2, int(roll.dots * roll.code / count)) * _DOT
    side = module * count

    def draw(pen: Pen, x: float, top: float) -> None:
        edge = x + round((roll.width - side) / 2 / _DOT) * _DOT
        pen.blocks(
            (edge + column * module, top + row * module, length * module, module)
            for row, column, length in runs
        )

    return Block(side, draw)


def _signature(above: str, below: str, roll: Roll, faces: Faces) -> Block:
    small = Ink(roll.small)
    head = _paragraph([(above, Ink(roll.small, bold=True))], roll.width, faces)
    foot = _paragraph([(below, small)], roll.width, faces)
    height = head.height + _ROOM_TO_SIGN + foot.height

    def draw(pen: Pen, x: float, top: float) -> None:
        head.draw(pen, x, top)
        pen.across(x, top + height - foot.height - 1, roll.width * 0.7, 0.6)
        foot.draw(pen, x, top + height - foot.height)

    return Block(height, draw)


def _small_table(grid: Grid, roll: Roll, faces: Faces) -> Block:
    """In columns where the figures find room; else each row as text."""
    columns = grid.columns
    heads = [" ".join(column.heading) for column in columns]
    rows = [heads, *zip(*(column.cells for column in columns), strict=True)]
    if any(column.total for column in columns):
        rows.append(
            [column.total or (grid.total if not at else "") for at, column in enumerate(columns)]
        )
    units = [max(map(faces.bold.width, cells)) for cells in zip(*rows, strict=True)]
    gap = 3.0
    size = min(roll.small, (roll.width - gap * (len(units) - 1)) / sum(units))
    if size < roll.small * 0.8:
        return _as_text(rows, roll, faces)
    spare = (roll.width - sum(units) * size) / max(1, len(units) - 1)
    step = size * LEADING

    def draw(pen: Pen, x: float, top: float) -> None:
        for number, row in enumerate(rows):
            ink, at = Ink(size, bold=number in {0, len(rows) - 1}), x
            for column, (text, unit) in enumerate(zip(row, units, strict=True)):
                line = baseline(top, step, size)
                if columns[column].right:
                    pen.right(at + unit * size, line, text, ink)
                else:
                    pen.text(at, line, text, ink)
                at += unit * size + spare
            top += step

    return Block(step * len(rows), draw)


def _as_text(rows: Sequence[Sequence[str]], roll: Roll, faces: Faces) -> Block:
    heads, *body = rows
    said: list[Said] = []
    for row in body:
        first, *rest = row
        pairs = zip(heads[1:], rest, strict=True)
        said.append((first, Ink(roll.small, bold=True)))
        said.append(
            (BETWEEN.join(f"{head} {cell}" for head, cell in pairs if cell), Ink(roll.small))
        )
    return _paragraph(said, roll.width, faces)
