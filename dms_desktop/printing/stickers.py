"""Stickers for packs: item, batch, dates and MRP with a barcode, on sheets of labels or one by one.

The bars are ReportLab's; they are drawn here in whole steps of one width, and left out where what
was typed is no code that a scanner reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO

from dms_desktop.domain.godown_papers import Sticker, StickerRun
from dms_desktop.domain.gs1 import has_check_digit
from dms_desktop.language.catalogue import _, speaking
from dms_desktop.language.figures import RupeeSign, amount
from dms_desktop.printing.blocks import LEADING, Block, Said, baseline, paragraph
from dms_desktop.printing.canvas import ONE_PEN, begun, named
from dms_desktop.printing.fonts import Faces
from dms_desktop.printing.paper import Ink, Labels
from dms_desktop.printing.pen import Pen
from dms_desktop.printing.wrapping import BETWEEN

MM = 72 / 25.4
_A4 = (210.0, 297.0)
_EDGE = 1.6  # white inside a label, mm: sheets are cut and fed askew
_WIDEST_BAR, _LEAST_BAR = 0.33, 0.19  # mm; narrower bars are not read from a thermal print
_QUIET = 10  # modules of white on either side
_LETTERS = (14.0, 12.0, 10.4, 9.0, 8.2, 7.4, 6.6, 6.0, 5.4, 4.8, 4.2)
_LEAST_LINES = 3.9


@dataclass(frozen=True, slots=True)
class Die:
    """How the labels of a sheet are cut, in millimetres. A label of a roll is its own sheet."""

    across: int
    down: int
    width: float
    height: float
    left: float = 0.0
    top: float = 0.0
    step: float = 0.0  # from one label to its right neighbour
    sheet: tuple[float, float] = _A4

    @property
    def many(self) -> int:
        return self.across * self.down


DIES = {
    Labels.UP_24: Die(3, 8, 63.5, 33.9, 7.2, 12.9, 66.0),
    Labels.UP_40: Die(4, 10, 48.5, 25.4, 8.0, 21.5, 48.5),
    Labels.UP_65: Die(5, 13, 38.1, 21.2, 4.7, 10.7, 40.6),
    Labels.ROLL_50: Die(1, 1, 50.0, 25.0, sheet=(50.0, 25.0)),
    Labels.ROLL_100: Die(1, 1, 100.0, 50.0, sheet=(100.0, 50.0)),
}

Bars = tuple[int, tuple[tuple[int, int], ...]]  # modules in all; first and length of each bar


def stickers(run: StickerRun, size: Labels, language: str = "en") -> bytes:
    """The PDF. Each sticker as often as it asks for, after the labels that are used already."""
    die, out = DIES[size], BytesIO()
    with ONE_PEN, speaking(language):
        width, height = die.sheet[0] * MM, die.sheet[1] * MM
        canvas, both = begun(out, width, height, language)
        named(canvas, f"Stickers {run.number}", "", "", run.at)
        for sheet in _sheets(run, die):
            pen = Pen(canvas, both, height)
            for at, sticker in sheet:
                x = (die.left + at % die.across * die.step) * MM
                top = (die.top + at // die.across * die.height) * MM
                _label(sticker, die, both).draw(pen, x, top)
            canvas.addLiteral(pen.drawn())
            canvas.showPage()
        canvas.save()
    return out.getvalue()


def _sheets(run: StickerRun, die: Die) -> Iterator[list[tuple[int, Sticker]]]:
    """Place on the sheet and what stands there. A run of nothing is one white sheet."""
    every = [sticker for sticker in run.stickers for _copy in range(sticker.count)]
    used = run.used % die.many
    yield list(enumerate(every[: die.many - used], used))
    for start in range(die.many - used, len(every), die.many):
        yield list(enumerate(every[start : start + die.many]))


def _label(sticker: Sticker, die: Die, faces: Faces) -> Block:
    """Text in the largest letters that leave room for the bars."""
    room, tall = (die.width - 2 * _EDGE) * MM, (die.height - 2 * _EDGE) * MM
    code = _barcode(sticker.barcode, room, tall, faces)
    left = tall - code.height
    for size in _LETTERS:
        text = paragraph(_said(sticker, size), room, faces, most=3)
        if text.height <= left:
            break

    def draw(pen: Pen, x: float, top: float) -> None:
        x, top = x + _EDGE * MM, top + _EDGE * MM
        text.draw(pen, x, top)
        code.draw(pen, x, top + tall - code.height)

    return Block(tall, draw)


def _said(sticker: Sticker, size: float) -> list[Said]:
    mrp = _("MRP {amount}").format(amount=amount(sticker.mrp.paise, RupeeSign.SYMBOL))
    taxes = _("(incl. of all taxes)")
    dates = [
        _("Batch {batch}").format(batch=sticker.batch) if sticker.batch else "",
        _("Pkd {month}").format(month=_month(sticker.packed)) if sticker.packed else "",
        _("Exp {month}").format(month=_month(sticker.expiry)) if sticker.expiry else "",
    ]
    net = _("Net {quantity}").format(quantity=sticker.quantity) if sticker.quantity else ""
    small = max(size * 0.8, _LEAST_LINES)
    return [
        (sticker.name, Ink(size, bold=True)),
        (f"{mrp} {taxes}", Ink(size, bold=True)),
        (BETWEEN.join(part for part in (net, *dates) if part), Ink(small)),
        *((line, Ink(max(size * 0.7, _LEAST_LINES))) for line in sticker.lines),
    ]


def _month(day: date) -> str:
    return f"{day:%m/%Y}"


def _barcode(code: str, room: float, tall: float, faces: Faces) -> Block:
    """The bars with what they say beneath; nothing where there is no code or no room."""
    known = bars(code)
    if known is None:
        return Block(0, lambda pen, x, top: None)
    modules, runs = known
    module = min(_WIDEST_BAR * MM, room / (modules + 2 * _QUIET))
    if module < _LEAST_BAR * MM:
        return Block(0, lambda pen, x, top: None)
    ink = Ink(min(6.5, tall * 0.09))
    high = tall * 0.26
    start = (room - modules * module) / 2

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.blocks(
            [(x + start + first * module, top, length * module, high) for first, length in runs]
        )
        line = baseline(top + high, ink.size * LEADING, ink.size)
        pen.centre(x + room / 2, line, code, ink)

    return Block(high + ink.size * LEADING, draw)


@lru_cache(maxsize=2_000)
def bars(code: str) -> Bars | None:
    """EAN-13 where the check digit is right, else Code 128; None for what neither can say."""
    if not code or not code.isascii() or not code.isprintable():
        return None
    if len(code) == 13 and code.isdigit() and has_check_digit(code):
        return _ean(code)
    from reportlab.graphics.barcode.code128 import Code128

    drawn = Code128(code, barWidth=1, barHeight=1, humanReadable=0, quiet=0)
    drawn.validate()
    drawn.encode()
    drawn.decompose()
    return _runs(drawn.decomposed)


def _runs(decomposed: str) -> Bars:
    """`BaAb`: a bar of two modules, a white of one, a bar of one ..."""
    at, found = 0, []
    for letter in decomposed:
        length = ord(letter.upper()) - ord("A") + 1
        if letter.isupper():
            found.append((at, length))
        at += length
    return at, tuple(found)


def _ean(code: str) -> Bars:
    from reportlab.graphics.barcode.eanbc import Ean13BarcodeWidget
    from reportlab.graphics.shapes import Rect

    widget = Ean13BarcodeWidget(code, barWidth=1, humanReadable=0, quiet=0)
    drawn = [one for one in widget.draw().contents if isinstance(one, Rect) and one.fillColor]
    first = min(one.x for one in drawn)
    found = tuple((round(one.x - first), round(one.width)) for one in drawn)
    return sum(found[-1]), found


def sheet_count(pieces: Sequence[Sticker], size: Labels, used: int = 0) -> int:
    """How many sheets a run takes, so that enough are laid into the printer."""
    wanted = used % DIES[size].many + sum(each.count for each in pieces)
    return -(-wanted // DIES[size].many)
