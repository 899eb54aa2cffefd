"""What the order tray says of a paper that waits, and of each of its lines."""

from __future__ import annotations

from collections.abc import Sequence

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.units import spell
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import amount, day_text, grouped
from dms_desktop.services.tray import Waiting
from dms_desktop.services.tray_panel import OrderLine
from dms_desktop.ui.billing.cells import rate_text
from dms_desktop.ui.kit.table import Column

KINDS = (Kind.ORDER, Kind.ESTIMATE, Kind.CHALLAN)
TITLES = {
    Kind.ORDER: N_("Orders"),
    Kind.ESTIMATE: N_("Estimates"),
    Kind.CHALLAN: N_("Challans"),
}


def _state(row: Waiting) -> str:
    if row.held:
        return _("Held: {reason}").format(reason=row.reason)
    return _("Put first") if row.priority else ""


def _some(pieces: int) -> str:
    return grouped(pieces) if pieces else ""


TRAY: Sequence[Column[Waiting]] = (
    Column(N_("Number"), lambda row: row.number, 14),
    Column(N_("Date"), lambda row: day_text(row.day), 10),
    Column(N_("Party"), lambda row: row.party),
    Column(N_("Beat"), lambda row: row.beat, 12),
    Column(N_("Total ₹"), lambda row: amount(row.total.paise), 12, right=True),
    Column(N_("Pieces left"), lambda row: _some(row.left), 9, right=True),
    Column(N_("Reserved"), lambda row: _some(row.reserved), 9, right=True),
    Column(N_("Status"), _state, 22),
)


def pieces(qty: int, line: OrderLine) -> str:
    """In cases and pieces, as it would be typed; nothing for none."""
    return spell(qty, line.case, line.inner) if qty else ""


def _stock(line: OrderLine) -> str:
    return "" if line.stock is None else spell(line.stock, line.case, line.inner)


LINES: Sequence[Column[OrderLine]] = (
    Column(N_("Item"), lambda line: line.name),
    Column(N_("Code"), lambda line: line.code, 8),
    Column(N_("Rate ₹"), lambda line: rate_text(line.rate), 8, right=True),
    Column(N_("Wanted"), lambda line: pieces(line.wanted, line), 8, right=True),
    Column(N_("Billed"), lambda line: pieces(line.billed, line), 8, right=True),
    Column(N_("Left"), lambda line: pieces(line.waits, line), 8, right=True),
    Column(N_("Reserved"), lambda line: pieces(line.reserved, line), 8, right=True),
    Column(N_("All orders"), lambda line: pieces(line.demand, line), 8, right=True),
    Column(N_("Stock now"), _stock, 8, right=True),
)
