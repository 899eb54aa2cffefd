"""Pieces of a paper that know their height before they are drawn, and how they stand together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dms_desktop.printing.fonts import Faces, indic
from dms_desktop.printing.paper import HAIR_GRAY, Ink
from dms_desktop.printing.pen import CAPITAL, Pen
from dms_desktop.printing.wrapping import clean, wrapped

LEADING = 1.24
INDIC_LEADING = 1.5  # signs above and below the letters


@dataclass(frozen=True, slots=True)
class Block:
    """`draw` takes the left and the upper edge."""

    height: float
    draw: Callable[[Pen, float, float], None]


@dataclass(frozen=True, slots=True)
class Panel:
    width: float
    block: Block


Said = tuple[str, Ink]
EMPTY = Block(0, lambda pen, x, top: None)


def leading(text: str, size: float) -> float:
    return size * (INDIC_LEADING if indic(text) else LEADING)


def baseline(top: float, height: float, size: float) -> float:
    """Where text stands when its capitals are in the middle of a line of that height."""
    return top + (height + size * CAPITAL) / 2


def paragraph(said: Sequence[Said], width: float, faces: Faces, most: int = 6) -> Block:
    """Text under text, each wrapped to the width; what is empty takes no room.

    A text of more than `most` lines ends in an ellipsis: an address that long is a slip.
    """
    lines: list[tuple[str, Ink, float]] = []
    for text, ink in said:
        for line in text.splitlines():
            if shown := clean(line):
                parts = wrapped(shown, width / ink.size, faces.of(ink.bold), most)
                lines += [(part, ink, leading(part, ink.size)) for part in parts]

    def draw(pen: Pen, x: float, top: float) -> None:
        for text, ink, height in lines:
            pen.text(x, baseline(top, height, ink.size), text, ink)
            top += height

    return Block(sum(height for _, _, height in lines), draw)


def pairs(
    rows: Sequence[tuple[str, str]], width: float, label: Ink, value: Ink, faces: Faces
) -> Block:
    """A label and what it says on each line, the values under one another."""
    shown = [(text, clean(says)) for text, says in rows if says.strip()]
    if not shown:
        return EMPTY
    indent = max(faces.of(label.bold).width(text) for text, _ in shown) * label.size + 6
    room = (width - indent) / value.size
    lines: list[tuple[str, str, float]] = []
    for text, says in shown:
        for part in wrapped(says, room, faces.of(value.bold), 4):
            lines.append((text, part, leading(text + part, value.size)))
            text = ""

    def draw(pen: Pen, x: float, top: float) -> None:
        for text, says, height in lines:
            at = baseline(top, height, value.size)
            if text:
                pen.text(x, at, text, label)
            pen.text(x + indent, at, says, value)
            top += height

    return Block(sum(height for _, _, height in lines), draw)


def stack(blocks: Sequence[Block], gap: float) -> Block:
    """One under another; an empty one leaves no gap."""
    full = [block for block in blocks if block.height]

    def draw(pen: Pen, x: float, top: float) -> None:
        for block in full:
            block.draw(pen, x, top)
            top += block.height + gap

    return Block(sum(block.height for block in full) + gap * max(0, len(full) - 1), draw)


def abreast(panels: Sequence[Panel]) -> Block:
    """In a row with nothing between them."""

    def draw(pen: Pen, x: float, top: float) -> None:
        for panel in panels:
            panel.block.draw(pen, x, top)
            x += panel.width

    return Block(max(panel.block.height for panel in panels), draw)


def beside(panels: Sequence[Panel], pad: float) -> Block:
    """Panels in a row with hairlines between them, as high as the highest and padded all round."""
    height = max(panel.block.height for panel in panels) + 2 * pad

    def draw(pen: Pen, x: float, top: float) -> None:
        for at, panel in enumerate(panels):
            if at:
                pen.down(x, top, height, 0.5, HAIR_GRAY)
            panel.block.draw(pen, x + pad, top + pad)
            x += panel.width

    return Block(height, draw)
