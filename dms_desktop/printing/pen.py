"""Draws on one sheet in PDF operators; every measure is in points from the upper left corner.

Plain letters have the same codes in every PDF and are written straight away: a text object of
ReportLab for each of a bill's five hundred figures costs four times the rest of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dms_desktop.printing.fonts import Faces
from dms_desktop.printing.paper import Ink

CAPITAL = 0.714  # height of a capital letter, of the size
_ESCAPED = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})


class Pen:
    def __init__(self, canvas: Any, faces: Faces, height: float) -> None:
        self._canvas, self._faces, self._height = canvas, faces, height
        self._names = {bold: _first_subset(canvas, faces, bold) for bold in (False, True)}
        self._out: list[str] = []
        self._in_text = False
        self._ink: Ink | None = None
        self._fill = -1.0  # unknown: another pen may have drawn before

    def width(self, text: str, ink: Ink) -> float:
        return self._faces.of(ink.bold).width(text) * ink.size

    def text(self, x: float, baseline: float, text: str, ink: Ink) -> None:
        """Write from `x` to the right."""
        y = self._height - baseline
        if not text.isascii():
            self._foreign(x, y, text, ink)
            return
        self._set(ink)
        self._out.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm ({text.translate(_ESCAPED)}) Tj")

    def right(self, x: float, baseline: float, text: str, ink: Ink) -> None:
        """Write so that it ends at `x`."""
        self.text(x - self.width(text, ink), baseline, text, ink)

    def centre(self, x: float, baseline: float, text: str, ink: Ink) -> None:
        self.text(x - self.width(text, ink) / 2, baseline, text, ink)

    def across(self, x: float, top: float, length: float, weight: float, gray: float = 0) -> None:
        """A rule from `x` to the right."""
        self.line((x, top), (x + length, top), weight, gray)

    def down(self, x: float, top: float, length: float, weight: float, gray: float = 0) -> None:
        self.line((x, top), (x, top + length), weight, gray)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], weight: float, gray: float = 0
    ) -> None:
        self._close()
        (x, y), (x2, y2) = start, end
        y, y2 = self._height - y, self._height - y2
        self._out.append(f"{gray:g} G {weight:.2f} w {x:.2f} {y:.2f} m {x2:.2f} {y2:.2f} l S")

    def box(self, x: float, top: float, width: float, height: float, weight: float) -> None:
        self._close()
        bottom = self._height - top - height
        self._out.append(f"0 G {weight:.2f} w {x:.2f} {bottom:.2f} {width:.2f} {height:.2f} re S")

    def shade(self, x: float, top: float, width: float, height: float, gray: float) -> None:
        self.blocks([(x, top, width, height)], gray)

    def blocks(self, areas: Iterable[tuple[float, float, float, float]], gray: float = 0) -> None:
        """Fill areas given as left, top, width and height."""
        self._close()
        rectangles = " ".join(
            f"{x:.3f} {self._height - top - height:.3f} {width:.3f} {height:.3f} re"
            for x, top, width, height in areas
        )
        self._out.append(f"{gray:g} g {rectangles} f")
        self._fill = gray

    def stamp(self, text: str, centre: tuple[float, float], size: float) -> None:
        """Outlined letters rising across the sheet, so that what lies beneath stays readable."""
        self._close()
        x, y = centre[0], self._height - centre[1]
        half = self._faces.bold.width(text) * size / 2
        font = f"{self._names[True]} {size:g} Tf 1 Tr 0.5 G 1.1 w"
        turn = f"0.866 0.5 -0.5 0.866 {x - half * 0.866:.2f} {y - half * 0.5:.2f} Tm"
        self._out.append(f"q BT {font} {turn} ({text}) Tj ET Q")
        self._ink = None

    def drawn(self) -> str:
        """The operators so far. A pen writes one sheet and is then laid down."""
        self._close()
        return "\n".join(self._out)

    def _set(self, ink: Ink) -> None:
        if not self._in_text:
            self._out.append("BT")
            self._in_text = True
        if ink.gray != self._fill:
            self._out.append(f"{ink.gray:g} g")
            self._fill = ink.gray
        if self._ink is None or ink[:2] != self._ink[:2]:
            self._out.append(f"{self._names[ink.bold]} {ink.size:g} Tf")
            self._ink = ink

    def _close(self) -> None:
        if self._in_text:
            self._out.append("ET")
            self._in_text = False

    def _foreign(self, x: float, y: float, text: str, ink: Ink) -> None:
        """Text beyond ASCII. What a shaper rearranged carries its letters along, so that a search
        in the PDF finds it and copying gives it back."""
        face = self._faces.of(ink.bold)
        self._close()
        self._out.append(f"{ink.gray:g} g")
        runs = face.runs(text)
        shaped = any(run.shaped for run in runs)
        if shaped:
            letters = text.encode("utf-16-be").hex()
            self._out.append(f"/Span <</ActualText <FEFF{letters}>>> BDC")
        for run in runs:
            pencil = self._canvas.beginText(x, y)
            pencil.setFont(face.name, ink.size)
            pencil.textOut(run.drawn)
            self._out.append(pencil.getCode())
            x += run.width * ink.size
        if shaped:
            self._out.append("EMC")
        self._ink, self._fill = None, ink.gray


def _first_subset(canvas: Any, faces: Faces, bold: bool) -> str:
    name: str = faces.of(bold).font.getSubsetInternalName(0, canvas._doc)
    return name
