"""Reads a PDF back as a person would: its words, its picture, and where each mark stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pypdfium2  # type: ignore[import-untyped]

from dms_desktop.domain.company import Issued
from dms_desktop.language.catalogue import speaking
from dms_desktop.printing.invoice import invoice
from dms_desktop.printing.paper import Copy, Ink, Size
from dms_desktop.printing.pen import CAPITAL, Pen
from dms_desktop.printing.render import MakePen, render

ONE = (Copy.ORIGINAL,)


def sheets(pdf: bytes) -> list[str]:
    """The text of each page, a line of it on a line."""
    with closing(pypdfium2.PdfDocument(pdf)) as opened:
        found = []
        for page in opened:
            text = page.get_textpage()
            found.append(text.get_text_range().replace("\r\n", "\n"))
            text.close()
            page.close()
        return found


def words(issued: Issued, size: Size = Size.A4, language: str = "en") -> str:
    """All that one copy says."""
    return "\n".join(sheets(invoice(issued, copies=ONE, size=size, language=language)))


def picture(pdf: bytes, page: int, scale: float) -> Any:
    """A page as a gray image, `scale` pixels a point."""
    with closing(pypdfium2.PdfDocument(pdf)) as opened:
        return opened[page].render(scale=scale, grayscale=True).to_pil()


@dataclass(frozen=True)
class Mark:
    """Text with the box that its capitals fill."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    def meets(self, other: Mark) -> bool:
        """Whether the two boxes share more than a hair."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.3 and down > 0.3


def marks(issued: Issued, size: Size, language: str = "en") -> list[list[Mark]]:
    """Where every text of each sheet was put."""
    make_pen, found = watching()
    with speaking(language):
        render([issued], ONE, size, language, make_pen=make_pen)
    return found


def watching() -> tuple[MakePen, list[list[Mark]]]:
    """A pen that tells of each sheet where it put what."""
    found: list[list[Mark]] = []

    class Watching(Pen):
        def __init__(self, *around: Any) -> None:
            super().__init__(*around)
            found.append([])

        def text(self, x: float, baseline: float, text: str, ink: Ink) -> None:
            right = x + self.width(text, ink)
            top = baseline - ink.size * CAPITAL
            found[-1].append(Mark(text, x, top, right, baseline, ink.size))
            super().text(x, baseline, text, ink)

    return Watching, found


def code_place(issued: Issued, size: Size) -> tuple[float, float, float]:
    """Left and upper edge of the payment code's dark part, and the side of a module."""
    found: list[tuple[float, float, float]] = []

    class Watching(Pen):
        def blocks(
            self, areas: Iterable[tuple[float, float, float, float]], gray: float = 0
        ) -> None:
            kept = list(areas)
            if len(kept) > 100:
                left, top, _, module = kept[0]  # the upper edge of the left finder pattern
                found.append((left, top, module))
            super().blocks(kept, gray)

    render([issued], ONE, size, "en", make_pen=Watching)
    (place,) = found
    return place


def collisions(sheet: list[Mark]) -> Iterator[tuple[Mark, Mark]]:
    """Texts that run into each other, found by sweeping down the sheet."""
    ordered = sorted(sheet, key=lambda mark: mark.top)
    for number, mark in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.top >= mark.bottom:
                break
            if mark.meets(other):
                yield mark, other
