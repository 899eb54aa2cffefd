"""The door to every size of paper: what lies in the books becomes the bytes a printer is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dms_desktop.domain.company import Issued
from dms_desktop.language.catalogue import speaking
from dms_desktop.printing.paper import SHEETS, Copy, Size


@dataclass(frozen=True, slots=True)
class Made:
    """`ending` is that of a file with these bytes; all but a PDF goes to the printer as it is."""

    data: bytes
    ending: str = ".pdf"


def made(
    issued: Issued,
    *,
    copies: Sequence[Copy],
    size: Size = Size.A4,
    language: str = "en",
    drawer: bool = False,
) -> Made:
    """The copies of one paper. `drawer` opens the cash drawer where a roll comes out.

    Raises ValueError for a document that has no paper, such as a journal.
    """
    if size in SHEETS:
        from dms_desktop.printing.invoice import invoice

        return Made(invoice(issued, copies=copies, size=size, language=language))
    from dms_desktop.printing.bill_form import bill_form

    with speaking(language):
        form = bill_form(issued, language, by_rate=size is Size.ROLL_58)
    from dms_desktop.printing.escpos import rolls
    from dms_desktop.printing.narrow import MEASURES, narrow

    pdf = narrow(form, form.copy_marks(tuple(copies)), size, language)
    return Made(rolls(pdf, MEASURES[size].dots, drawer=drawer), ".bin")
