"""A page drawn for a Windows printer: the right way up, whole, in the order of bytes GDI wants."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.colors import red
from reportlab.pdfgen.canvas import Canvas

from dms_desktop.spool.windows import Picture, pictures

INCH = 72


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Two pages of 4 by 2 inches, the first with a red square in its upper left corner."""
    path = tmp_path / "paper.pdf"
    canvas = Canvas(str(path), pagesize=(4 * INCH, 2 * INCH))
    canvas.setFillColor(red)
    canvas.rect(0, INCH, INCH, INCH, stroke=0, fill=1)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return path


def dot(picture: Picture, across: int, down: int) -> tuple[int, int, int]:
    at = (down * picture.width + across) * 4
    blue, green, red_ = picture.dots[at : at + 3]
    return blue, green, red_


def test_each_page_is_drawn_from_its_top(paper: Path) -> None:
    first, second = pictures(paper, 100)
    assert (first.width, first.height, len(first.dots)) == (400, 200, 400 * 200 * 4)
    assert dot(first, 50, 50) == (0, 0, 255), "blue, green, red"
    assert dot(first, 50, 150) == dot(first, 350, 50) == (255, 255, 255)
    assert set(second.dots[0::4]) == {255}
