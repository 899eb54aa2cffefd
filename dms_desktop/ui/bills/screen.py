"""The list of bills, newest first, found by number, party or phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dms_desktop.domain.powers import Power, needs
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import amount, day_text
from dms_desktop.services import bill_list
from dms_desktop.services.bill_list import Listed, Place, Wanted
from dms_desktop.store.session import Reading
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.list_screen import Listing, ListScreen
from dms_desktop.ui.kit.table import Column

PHONE_DIGITS = 10


def _state(row: Listed) -> str:
    if row.cancelled:
        return _("Cancelled")
    return "" if row.printed else _("Not printed")


COLUMNS: Sequence[Column[Listed]] = (
    Column(N_("Number"), lambda row: row.number, 18),
    Column(N_("Date"), lambda row: day_text(row.day), 11),
    Column(N_("Party"), lambda row: row.party),
    Column(N_("Total ₹"), lambda row: amount(row.total.paise), 15, right=True),
    Column(N_("To be paid ₹"), lambda row: amount(row.open.paise), 15, right=True),
    Column(N_("State of paper"), _state, 16),
)


@needs(Power.LOOK)
def _read(reading: Reading, text: str, after: Place | None) -> tuple[Sequence[Listed], Any]:
    page = bill_list.page(reading, _wanted(text), after)
    return page.rows, page.after


def _wanted(text: str) -> Wanted:
    """A number or its figures, a phone, else a part of the party's name."""
    figures = "".join(filter(str.isdigit, text))
    if text.isdigit() and len(text) == PHONE_DIGITS:
        return Wanted(phone=text)
    if figures and ("/" in text or text.isdigit()):
        return Wanted(number=text)
    return Wanted(text=text)


class BillsScreen(ListScreen[Listed]):
    """Every bill that was ever posted."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(
            floor,
            Listing(
                N_("Bills"),
                N_("Number, party or phone"),
                COLUMNS,
                _read,
                lambda row: row.id,
                frozenset({"document", "document_event"}),
            ),
        )
