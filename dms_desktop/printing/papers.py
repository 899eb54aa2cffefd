"""The door to every size of paper: what lies in the books becomes the bytes a printer is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dms_desktop.domain.company import Issued
from dms_desktop.domain.godown_papers import GodownPaper, Note, StickerRun
from dms_desktop.domain.goods_line import Mode
from dms_desktop.language.catalogue import ENGLISH, speaking
from dms_desktop.printing.paper import ROLLS, SHEETS, Copy, Labels, Size

if TYPE_CHECKING:
    from dms_desktop.printing.form import Form


@dataclass(frozen=True, slots=True)
class Made:
    """`ending` is that of a file with these bytes; all but a PDF goes to the printer as it is."""

    data: bytes
    ending: str = ".pdf"


def made(
    paper: Issued | GodownPaper,
    *,
    copies: Sequence[str],
    size: str = Size.A4,
    language: str = "en",
    drawer: bool = False,
) -> Made:
    """The copies of one paper; a size of Labels for stickers, of Size for all else.

    `drawer`: the cash drawer hangs on the printer, and opens as a bill comes out on a roll that
    took cash; for a reprint it stays shut.

    Raises ValueError for a document that has no paper, such as a journal, and for another size.
    """
    if isinstance(paper, StickerRun):
        from dms_desktop.printing.stickers import stickers

        return Made(stickers(paper, Labels(size), language))
    wanted, whose = Size(size), tuple(map(Copy, copies))
    if wanted in SHEETS:
        return Made(_sheets(paper, whose, wanted, language))
    if wanted in ROLLS:
        with speaking(language):
            form, opens = _form(paper, wanted, language), drawer and _took_cash(paper)
            return made_of(form, whose, wanted, language, drawer=opens)
    with speaking(ENGLISH):  # the labels too: the printer has no other letters
        return made_of(_form(paper, wanted, ENGLISH), whose, wanted, ENGLISH)


def pack(
    notes: Sequence[Note], *, copies: Sequence[Copy], size: Size = Size.A4, language: str = "en"
) -> bytes:
    """Papers of the godown in one PDF, such as all that a vehicle leaves with."""
    from dms_desktop.printing.note_papers import note_form
    from dms_desktop.printing.note_sheet import note_sheets

    with speaking(language):
        forms = [note_form(note, language) for note in notes]
        return note_sheets([(form, form.copy_marks(copies)) for form in forms], size, language)


def _sheets(paper: Issued | Note, copies: Sequence[Copy], size: Size, language: str) -> bytes:
    if not isinstance(paper, Issued):
        return pack([paper], copies=copies, size=size, language=language)
    from dms_desktop.printing.invoice import invoice

    return invoice(paper, copies=copies, size=size, language=language)


def _form(paper: Issued | Note, size: Size, language: str) -> Form:
    if isinstance(paper, Issued):
        from dms_desktop.printing.bill_form import bill_form

        return bill_form(paper, language, by_rate=size not in {Size.ROLL_80, Size.COLUMNS_136})
    from dms_desktop.printing.note_papers import note_form

    return note_form(paper, language)


def _took_cash(paper: Issued | Note) -> bool:
    if not isinstance(paper, Issued) or paper.printed or paper.cancelled:
        return False
    return any(part.mode is Mode.CASH for part in paper.paid)


def made_of(
    form: Form, copies: Sequence[Copy], size: Size, language: str, *, drawer: bool = False
) -> Made:
    """On a roll or in columns, in the language that is spoken here already."""
    marks = form.copy_marks(copies)
    if size in ROLLS:
        from dms_desktop.printing.escpos import rolls
        from dms_desktop.printing.narrow import MEASURES, narrow

        pdf = narrow(form, marks, size, language)
        return Made(rolls(pdf, MEASURES[size].dots, drawer=drawer), ".bin")
    from dms_desktop.printing.dot_matrix import dot_matrix

    return Made(dot_matrix(form, marks, size), ".txt")
