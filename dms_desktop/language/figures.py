"""Figures and days as India writes them: one place for screen, paper and command line."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from dms_desktop.domain.calendar import INDIA


class RupeeSign(StrEnum):
    """What stands before an amount."""

    NONE = ""
    SYMBOL = "₹"
    LETTERS = "Rs "  # for printers that have no rupee sign


# Wide enough that no figure of the books is out of reach; the default of 28 is not.
_WIDE = Context(prec=60)
_LAKH, _CRORE = 10**5, 10**7


def grouped(number: int | Decimal, places: int = 0) -> str:
    """`12,34,567.50`: a group of three, then twos, with exactly `places` decimals.

    A figure finer than that is shown rounded half away from zero. Raises ValueError unless finite.
    """
    if isinstance(number, int):
        return _written(number * 10**places, places)
    if not number.is_finite():
        raise ValueError(f"{number} cannot be shown")
    return _written(int(number.scaleb(places, _WIDE).quantize(1, ROUND_HALF_UP, _WIDE)), places)


def amount(paise: int, sign: RupeeSign = RupeeSign.NONE) -> str:
    """Paise as rupees with two decimals: `-₹1,234.50`, the minus before the sign."""
    return _signed(_written(paise, 2), sign)


def compact(paise: int, sign: RupeeSign = RupeeSign.NONE, places: int = 1) -> str:
    """For charts and tiles: `1.5L`, `1.5Cr`, whole rupees below a lakh; not meant to be added up.

    The unit is chosen after rounding: Rs 99,99,999 is `1Cr`, not `100L`.
    """
    rupees = _nearest(paise, 100)
    if abs(rupees) < _LAKH:
        return _signed(_written(rupees, 0), sign)
    ten: int = 10**places
    scaled, letters = _nearest(paise * ten, _LAKH * 100), "L"
    if abs(scaled) >= 100 * ten:
        scaled, letters = _nearest(paise * ten, _CRORE * 100), "Cr"
    text = _written(scaled, places)
    return _signed(text.rstrip("0").rstrip(".") if places else text, sign) + letters


def day_text(day: date, mark: str = "-") -> str:
    """`21-11-2026` for people and GSTN; `21/11/2026` for NIC's portals (e-invoice, e-way bill)."""
    return f"{day.day:02d}{mark}{day.month:02d}{mark}{day.year:04d}"


def instant_text(at: datetime) -> str:
    """`21-11-2026 12:00`: day and time in India, wherever this PC believes to be. `at` is aware."""
    return f"{day_text(at.astimezone(INDIA).date())} {clock_text(at)}"


def clock_text(at: datetime) -> str:
    """`12:00`, as the clocks of India show it. `at` is aware."""
    return f"{at.astimezone(INDIA):%H:%M}"


def _written(scaled: int, places: int) -> str:
    """Every figure passes here: `scaled` is the number times ten to the power of `places`."""
    digits = f"{abs(scaled):0{places + 1}d}"
    whole, fraction = digits[: len(digits) - places], digits[len(digits) - places :]
    head, groups = whole[:-3], [whole[-3:]]
    while head:
        head, group = head[:-2], head[-2:]
        groups.append(group)
    minus = "-" if scaled < 0 else ""
    return minus + ",".join(reversed(groups)) + ("." + fraction if places else "")


def _signed(text: str, sign: RupeeSign) -> str:
    return f"-{sign}{text[1:]}" if text.startswith("-") else f"{sign}{text}"


def _nearest(number: int, unit: int) -> int:
    """How many units, half away from zero."""
    nearest = (2 * abs(number) + unit) // (2 * unit)
    return -nearest if number < 0 else nearest
