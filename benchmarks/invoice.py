"""The paper of a bill against the same marks put on a bare ReportLab canvas, the font embedded.

Run it with `python3 dev.py bench`. The floor is given every position, string and font worked out
before the clock starts, and the same TrueType files parsed beforehand; it only draws and saves.
Rounds of both are interleaved and CPU time is taken, so that a busy neighbour weighs on both alike.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from time import process_time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from benchmarks.figure import Figure
from dms_desktop.domain.billing import price
from dms_desktop.domain.company import Company, Issued
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.drawn_up import document
from dms_desktop.domain.facts import Facts, Item, Lot, Party, Seller
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.tax import GstType, TaxRate
from dms_desktop.printing.paper import STYLES, Copy, Ink, Size
from dms_desktop.resource import resource

if TYPE_CHECKING:
    from dms_desktop.printing.render import MakePen

BOUND = 1.5
LINES, RUN = 20, 100
_DAY = date(2026, 11, 21)
_COMPANY = Company(
    name="Shree Ganesh Distributors",
    state="27",
    gstin="27AAPFU0939F1ZV",
    address="Gala 14, Sai Industrial Estate, Bhosari",
    city="Pune",
    pin="411026",
    fssai="11523998000123",
    bank_name="Bank of Maharashtra",
    bank_account="60123456789",
    bank_ifsc="MAHB0000123",
    vpa="shreeganesh@mahb",
    terms="Subject to Pune jurisdiction.",
)
_SHOP = Party(
    id=7,
    code="S0412",
    name="Annapurna Kirana",
    state="27",
    gstin="27AADCB2230M1Z3",
    gst_type=GstType.REGULAR,
    address="Laxmi Road",
    city="Pune",
    pin="411030",
    credit_days=14,
)

Mark = tuple[str, tuple[Any, ...]]
Point = tuple[float, float]


def measure(quick: bool) -> list[Figure]:
    """Milliseconds of CPU for a page: each bill a PDF of its own, and the whole run in one PDF."""
    from dms_desktop.printing.render import render

    count, rounds = (20, 3) if quick else (RUN, 5)
    bills = [_bill(number) for number in range(count)]
    marks = [_recorded(bill) for bill in bills]
    font = bare_font()
    one = [Copy.ORIGINAL]

    def each() -> None:
        for bill in bills:
            render([bill], one, Size.A4, "en")

    def together() -> None:
        render(bills, one, Size.A4, "en")

    def each_bare() -> None:
        for page in marks:
            bare([page], font)

    def together_bare() -> None:
        bare(marks, font)

    done = interleaved((each, each_bare, together, together_bare), rounds, count)
    return [
        _figure(f"invoice page, {LINES} lines, {count} PDFs", done[0], done[1]),
        _figure(f"invoice page, {LINES} lines, {count} bills in one PDF", done[2], done[3]),
    ]


def _figure(name: str, value: float, floor: float) -> Figure:
    ratio = value / floor
    bound = f"<= {BOUND:g} x the same page by bare canvas"
    return Figure(name, value, floor, ratio, bound, "ms", ratio <= BOUND, "CPU a page")


def interleaved(jobs: Sequence[Callable[[], None]], rounds: int, pages: int) -> list[float]:
    """The median CPU milliseconds a page of each job; the first round warms up."""
    times: list[list[float]] = [[] for _ in jobs]
    for round_ in range(rounds + 1):
        for job, taken in zip(jobs, times, strict=True):
            start = process_time()
            job()
            if round_:
                taken.append((process_time() - start) * 1000 / pages)
    return [statistics.median(taken) for taken in times]


def _bill(number: int) -> Issued:
    dice = random.Random(number)
    goods = {one: _item(one, dice) for one in dice.sample(range(1, 500), LINES)}
    asks = tuple(Ask(one, dice.randint(1, 90), free=dice.choice((0, 0, 0, 1))) for one in goods)
    draft = Draft(UUID(int=number), _DAY, _SHOP.id, asks=asks, order_no=f"PO-{number}")
    facts = Facts(Seller(1, 1, "27", _COMPANY.gstin), _SHOP, goods)
    posted = document(draft, facts, price(draft, facts))
    at = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    return Issued(posted, f"SAL/26-27/{number + 1:06d}", _COMPANY, at, "asha", "Ramesh", "Peth")


def _item(number: int, dice: random.Random) -> Item:
    mrp = dice.randint(5, 600) * 100
    lot = Lot(
        number, f"B{number:05d}", Money(mrp), date(2027, 3, 31), 10_000, Rate(Money(mrp * 7 // 10))
    )
    name = f"Golmithi Glucose Biscuits {number}g"
    rate = TaxRate(Decimal(dice.choice((5, 5, 18))))
    hsn = dice.choice(("19053100", "33061020", "34025000", "21069099", "04059020"))
    item = Item(number, f"I{number}", name, hsn, case=24, rates=(rate,), lots=(lot,))
    return replace(item, trade_discount=Decimal(dice.choice((0, 3, 5))) or None)


def _recorded(bill: Issued) -> list[Mark]:
    """Every mark that our pen makes on the bill's one page."""
    from dms_desktop.printing.render import render

    make_pen, pages = recorder()
    render([bill], [Copy.ORIGINAL], Size.A4, "en", make_pen=make_pen)
    (marks,) = pages
    return marks


def recorder() -> tuple[MakePen, list[list[Mark]]]:
    """A pen that remembers what it draws, and the marks of each A4 page that it then drew."""
    from dms_desktop.printing.pen import Pen

    pages: list[list[Mark]] = []
    height = STYLES[Size.A4].height

    class Recorder(Pen):
        def __init__(self, *around: Any) -> None:
            super().__init__(*around)
            pages.append([])

        def text(self, x: float, baseline: float, text: str, ink: Ink) -> None:
            pages[-1].append(("text", (x, height - baseline, text, ink)))
            super().text(x, baseline, text, ink)

        def line(self, start: Point, end: Point, weight: float, gray: float = 0) -> None:
            ends = (start[0], height - start[1], end[0], height - end[1])
            pages[-1].append(("line", (ends, weight, gray)))
            super().line(start, end, weight, gray)

        def box(self, x: float, top: float, width: float, height_: float, weight: float) -> None:
            pages[-1].append(("box", ((x, height - top - height_, width, height_), weight)))
            super().box(x, top, width, height_, weight)

        def blocks(
            self, areas: Iterable[tuple[float, float, float, float]], gray: float = 0
        ) -> None:
            kept = list(areas)
            turned = [(x, height - top - h, w, h) for x, top, w, h in kept]
            pages[-1].append(("blocks", (turned, gray)))
            super().blocks(kept, gray)

    return Recorder, pages


def bare_font() -> dict[bool, str]:
    """The same two files as plain ReportLab fonts under names of their own."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    names = {False: "BareRegular", True: "BareBold"}
    for bold, name in names.items():
        file = resource(f"fonts/DmsSans-{'Bold' if bold else 'Regular'}.ttf")
        pdfmetrics.registerFont(TTFont(name, str(file)))
    return names


def bare(pages: Sequence[Sequence[Mark]], font: dict[bool, str]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    style = STYLES[Size.A4]
    canvas = Canvas(out, pagesize=(style.width, style.height))
    for page in pages:
        last: Ink | None = None
        for kind, facts in page:
            if kind == "text":
                x, y, text, ink = facts
                if ink != last:
                    canvas.setFont(font[ink.bold], ink.size)
                    canvas.setFillGray(ink.gray)
                    last = ink
                canvas.drawString(x, y, text)
            elif kind == "line":
                ends, weight, gray = facts
                canvas.setLineWidth(weight)
                canvas.setStrokeGray(gray)
                canvas.line(*ends)
            elif kind == "box":
                area, weight = facts
                canvas.setLineWidth(weight)
                canvas.setStrokeGray(0)
                canvas.rect(*area)
            else:
                areas, gray = facts
                canvas.setFillGray(gray)
                path = canvas.beginPath()
                for area in areas:
                    path.rect(*area)
                canvas.drawPath(path, stroke=0, fill=1)
                last = None
        canvas.showPage()
    canvas.save()
    return out.getvalue()
