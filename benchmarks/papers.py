"""All that a vehicle leaves with, fifty pages of it, against the same marks on a bare canvas.

Run it with `python3 dev.py bench`. The floor is that of the invoice: each position, string and font
is worked out before the clock starts, and ReportLab only draws and saves.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

from benchmarks.figure import Figure
from benchmarks.invoice import BOUND, bare, bare_font, interleaved, recorder
from dms_desktop.domain.company import Company
from dms_desktop.domain.godown_papers import (
    Carriage,
    Drop,
    DropBill,
    DropList,
    Goods,
    Heading,
    LoadingSheet,
    Note,
    PickRow,
    PickSheet,
    Site,
)
from dms_desktop.domain.money import Money
from dms_desktop.printing.paper import Size

PAGES = 50
_COMPANY = Company("Shree Ganesh Distributors", "27", "27AAPFU0939F1ZV", city="Pune")
_AT = datetime(2026, 11, 21, 4, 15, tzinfo=UTC)
_LORRY = Carriage("MH 14 GT 2231", "Sunil Jadhav", "98230 44556", "Raju")


def measure(quick: bool) -> list[Figure]:
    """Milliseconds of CPU for a page of a pack of loading sheet, drop list and pick lists."""
    from dms_desktop.printing.note_papers import note_form
    from dms_desktop.printing.note_sheet import note_sheets

    rounds = 3 if quick else 7
    notes = _pack()
    make_pen, marks = recorder()
    note_sheets([(note_form(note, "en"), ("",)) for note in notes], Size.A4, "en", make_pen)
    font = bare_font()

    def ours() -> None:
        note_sheets([(note_form(note, "en"), ("",)) for note in notes], Size.A4, "en")

    def floor() -> None:
        bare(marks, font)

    value, least = interleaved((ours, floor), rounds, len(marks))
    ratio = value / least
    bound = f"<= {BOUND:g} x the same pages by bare canvas"
    name = f"loading pack of {len(marks)} pages in one PDF"
    return [Figure(name, value, least, ratio, bound, "ms", ratio <= BOUND, "CPU a page")]


def _pack() -> list[Note]:
    dice = random.Random(7)
    drops = tuple(_drop(at, dice) for at in range(1, 121))
    goods = tuple(_goods(at, dice) for at in range(300))
    picks = tuple(PickRow(one, f"A-{at // 3:02d}-{at % 3}") for at, one in enumerate(goods))
    return [
        LoadingSheet(_heading("T/26-27/00019"), _LORRY, drops, goods, "Sadashiv Peth"),
        DropList(_heading("T/26-27/00019"), _LORRY, drops, "Sadashiv Peth"),
        *(PickSheet(_heading(f"PK/26-27/{at:05d}"), picks, "Sadashiv Peth") for at in range(3)),
    ]


def _heading(number: str) -> Heading:
    return Heading(_COMPANY, number, date(2026, 11, 21), _AT, "asha", "Main godown")


def _goods(number: int, dice: random.Random) -> Goods:
    pieces, mrp = dice.randint(1, 400), dice.randint(5, 600) * 100
    return Goods(
        f"I{number:04d}",
        f"Golmithi Glucose Biscuits {number}g",
        pieces,
        dice.choice((0, 12, 24, 48)),
        f"B{number:05d}",
        expiry=date(2027, 3, 31),
        mrp=Money(mrp),
        grams=pieces * 90,
        value=Money(pieces * mrp * 7 // 10),
    )


def _drop(number: int, dice: random.Random) -> Drop:
    bills = tuple(
        DropBill(
            f"SAL/26-27/{number * 3 + at:06d}",
            Money(dice.randint(5_000_00, 60_000_00)),
            Money(dice.choice((0, 5_000_00))),
            dice.randint(1, 20),
            dice.randint(0, 11),
        )
        for at in range(dice.randint(1, 3))
    )
    site = Site(f"Annapurna Kirana {number}", "Shop 3, Laxmi Road", "Pune", phone="98220 11223")
    return Drop(number, site, bills, dice.randint(9_000, 90_000))
