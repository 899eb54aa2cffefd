"""The UPI code on a credit bill: scanned at the shop, it fills in payee, amount and bill number."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from dms_desktop.domain.company import Issued
from dms_desktop.domain.documents import Bill
from dms_desktop.domain.goods_line import Terms
from dms_desktop.domain.money import Money, total
from dms_desktop.printing.blocks import Block
from dms_desktop.printing.pen import Pen

QUIET = 4  # modules of white that a reader needs all round

Run = tuple[int, int, int]  # row, first column, modules


def upi_link(issued: Issued) -> str:
    """What the code says (NPCI's linking specification 1.6); empty where there is nothing to pay:
    a bill that is paid, a cancelled one, no UPI address, or a paper that is not a bill."""
    document, company = issued.document, issued.company
    if not isinstance(document, Bill) or issued.cancelled or not company.vpa:
        return ""
    left = document.totals.total - total(part.amount for part in issued.paid)
    if document.head.terms is not Terms.CREDIT or left <= Money():
        return ""
    fields = (
        ("pa", quote(company.vpa, safe="@.-_")),
        ("pn", quote(company.name)),
        ("am", str(left)),
        ("cu", "INR"),
        ("tn", quote(issued.number, safe="")),
        ("tr", quote(issued.number, safe="")),
    )
    return "upi://pay?" + "&".join(f"{key}={value}" for key, value in fields)


@lru_cache(maxsize=16)
def modules(link: str) -> tuple[int, tuple[Run, ...]]:
    """Modules a side with the quiet zone, and the dark ones merged into runs along each row.

    The lowest level of repair makes the modules largest, which blurred print needs more. The mask
    is fixed: weighing all eight took as long as the rest of the page, and near the limit of
    blur a reader made out as many codes with this one as with the best.
    """
    import segno

    rows = [bytes(row) for row in segno.make(link, error="l", mask=2, micro=False).matrix]
    runs: list[Run] = []
    for number, row in enumerate(rows):
        start = 0
        for at, dark in enumerate((*row, 0)):
            if not dark:
                if at > start:
                    runs.append((number + QUIET, start + QUIET, at - start))
                start = at + 1
    return len(rows) + 2 * QUIET, tuple(runs)


def code_block(link: str, side: float) -> Block:
    """The code as vector areas, `side` points square with its quiet zone."""
    count, runs = modules(link)
    module = side / count

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.blocks(
            (x + column * module, top + row * module, length * module, module)
            for row, column, length in runs
        )

    return Block(side, draw)
