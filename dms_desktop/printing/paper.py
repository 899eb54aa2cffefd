"""Which papers there are: sizes of sheet, the copies that the law names, and their measures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from dms_desktop.domain.documents import Bill, Challan, Estimate, Order

Printable = Bill | Challan | Estimate | Order


class Copy(StrEnum):
    """Rule 48 of the CGST Rules, and for a challan Rule 55(2)."""

    ORIGINAL = "original"
    DUPLICATE = "duplicate"
    TRIPLICATE = "triplicate"


class Size(StrEnum):
    """Sheets come as PDF, rolls as ESC/POS, columns as text with ESC/P."""

    A4 = "a4"  # upright
    A5 = "a5"  # on its side: half an A4 and just as wide, so the columns stay readable
    ROLL_80 = "80mm"
    ROLL_58 = "58mm"
    COLUMNS_80 = "80col"  # ten an inch, on forms of twelve inches
    COLUMNS_80_HALF = "80col-6in"
    COLUMNS_136 = "136col"  # condensed, so that it fits the same eight inches
    COLUMNS_136_HALF = "136col-6in"


class Labels(StrEnum):
    """What stickers are printed on: A4 sheets cut into labels, or a roll of single ones."""

    UP_24 = "24up"  # 63.5 x 33.9 mm
    UP_40 = "40up"  # 48.5 x 25.4 mm
    UP_65 = "65up"  # 38.1 x 21.2 mm
    ROLL_50 = "50x25mm"
    ROLL_100 = "100x50mm"


SHEETS = (Size.A4, Size.A5)
ROLLS = (Size.ROLL_80, Size.ROLL_58)


class Ink(NamedTuple):
    """How text is set; `gray` is 0 for black."""

    size: float
    bold: bool = False
    gray: float = 0.0


LABEL_GRAY = 0.35
HAIR_GRAY = 0.72
SHADE = 0.92


@dataclass(frozen=True, slots=True)
class Style:
    """The measures of one size of sheet, in points from its upper left corner."""

    width: float
    height: float
    margin: float
    title: float
    name: float  # the seller's
    party: float  # the buyer's name and the document's number
    body: float
    small: float
    rows: tuple[float, ...]  # sizes to try for the goods, the largest first
    least: float  # the size below which the goods are set only if they do not fit otherwise
    row_pad: float
    pad: float
    sums: float  # leading of the sums at the foot, of the body's size
    stacked: bool  # seller above buyer; else side by side
    sign: float  # room to sign in
    code: float  # side of the payment code
    notes: float  # the most that bank, terms and warranty take

    @property
    def inner(self) -> float:
        return self.width - 2 * self.margin


_SHRINK = (6.4, 6.0, 5.5, 5.0, 4.5, 4.0)  # only for figures that no shop ever saw

STYLES = {
    Size.A4: Style(
        width=595.28,
        height=841.89,
        margin=21,
        title=12.5,
        name=15,
        party=10,
        body=8.2,
        small=7.2,
        rows=(8.4, 8.0, 7.6, 7.2, 6.8, *_SHRINK),
        least=7.2,
        row_pad=4.4,
        pad=5,
        sums=1.42,
        stacked=True,
        sign=58,
        code=66,
        notes=110,
    ),
    Size.A5: Style(
        width=595.28,
        height=419.53,
        margin=13,
        title=9.5,
        name=11,
        party=8.4,
        body=7,
        small=6.4,
        rows=(7.6, 7.2, 6.8, *_SHRINK),
        least=6.8,
        row_pad=2.1,
        pad=3,
        sums=1.26,
        stacked=False,
        sign=25,
        code=58,
        notes=36,
    ),
}
