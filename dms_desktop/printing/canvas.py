"""A new PDF with the paper's two weights in it, ready for a pen."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from threading import Lock
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from dms_desktop.printing.fonts import Faces, faces

ONE_PEN = Lock()  # ReportLab's fonts keep the codes of the PDF being made


def begun(out: BytesIO, width: float, height: float, language: str) -> tuple[Any, Faces]:
    """Under ONE_PEN. The same marks give the same bytes, whenever they are drawn."""
    both = faces()
    canvas = Canvas(
        out,
        pagesize=(width, height),
        invariant=1,
        initialFontName=both.regular.name,
        lang="hi-IN" if language.startswith("hi") else "en-IN",
    )
    canvas.setCreator("DMS Desktop")
    for face in (both.regular, both.bold):
        face.font.begin(canvas._doc)
    return canvas, both


def named(canvas: Any, title: str, author: str, subject: str, at: datetime) -> None:
    """What a viewer shows in its title bar."""
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(subject)
    made = at.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
    canvas.setDateFormatter(lambda *now: made)  # the day of printing would alter the bytes
