"""The door to paper: a document as it lies in the books becomes a PDF, alone or in a run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dms_desktop.domain.company import Issued
from dms_desktop.language.catalogue import speaking
from dms_desktop.printing.paper import Copy, Size

THREE = (Copy.ORIGINAL, Copy.DUPLICATE, Copy.TRIPLICATE)


def invoice(
    issued: Issued,
    *,
    copies: Sequence[Copy] = THREE,
    size: Size = Size.A4,
    language: str = "en",
) -> bytes:
    """The PDF of a bill, challan, estimate or order confirmation.

    An estimate or order has no statutory copies and comes once. `language` is that of the labels
    and of the amount in words ("hi", else English); title, copy marks and what else the law words
    stay in its own English. The same document gives the same bytes. Raises ValueError for a
    document that has no paper, such as a journal.
    """
    return invoices([issued], copies=copies, size=size, language=language)


def invoices(
    run: Iterable[Issued],
    *,
    copies: Sequence[Copy] = THREE,
    size: Size = Size.A4,
    language: str = "en",
) -> bytes:
    """Many documents in one PDF, to be printed in one go; each has its own page count."""
    from dms_desktop.printing.render import render

    with speaking(language):
        return render(run, copies, size, language)
