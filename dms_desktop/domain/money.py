"""Money is whole paise, a ratio is a Decimal, and a fraction of a paisa dies in one place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_set = object.__setattr__  # made a hundred times a bill, by hand in half the time
LARGEST = 10**15  # paise: ten lakh crore rupees; a larger figure is a slip of the hand


@dataclass(frozen=True, slots=True, order=True, init=False)
class Money:
    paise: int

    def __init__(self, paise: int = 0) -> None:
        if type(paise) is not int:
            raise TypeError(f"paise must be a whole number, not {paise!r}")
        _set(self, "paise", paise)

    def __add__(self, other: Money) -> Money:
        return Money(self.paise + other.paise)

    def __sub__(self, other: Money) -> Money:
        return Money(self.paise - other.paise)

    def __neg__(self) -> Money:
        return Money(-self.paise)

    def __bool__(self) -> bool:
        return self.paise != 0

    def times(self, ratio: Decimal | int) -> Money:
        """Multiply and round half away from zero."""
        return Money(whole(self.paise * ratio))

    def percent(self, percent: Decimal) -> Money:
        """That many hundredths of it, rounded half away from zero."""
        return Money(whole(self.paise * percent / 100))

    def to_rupee(self) -> Money:
        """The nearest rupee, 50 paise and over up (section 170 CGST Act)."""
        return Money(whole(Decimal(self.paise) / 100) * 100)

    def __str__(self) -> str:
        """`-1234.50`: the form of the command line's door and of the files, never of a screen."""
        sign = "-" if self.paise < 0 else ""
        return f"{sign}{abs(self.paise) // 100}.{abs(self.paise) % 100:02d}"


ZERO = Money()


@dataclass(frozen=True, slots=True)
class Rate:
    """`amount` for `per` base units: Rs 47.35 a kilogram is Rate(Money(4735), 1000) in grams."""

    amount: Money
    per: int = 1

    def __post_init__(self) -> None:
        if self.per <= 0:
            raise ValueError(f"a rate is for at least one unit, not {self.per}")

    def times(self, qty: int) -> Money:
        """What `qty` base units come to, rounded half away from zero."""
        if self.per == 1:
            return Money(self.amount.paise * qty)
        return Money(whole(Decimal(self.amount.paise * qty) / self.per))

    def scaled(self, percent: Decimal) -> Rate:
        """`percent` of this rate, exact to a hundredth of a paisa: 'MRP less 20 %' is 80."""
        paise = Decimal(self.amount.paise) * percent / 100
        if paise == paise.to_integral_value():
            return Rate(Money(int(paise)), self.per)
        return Rate(Money(whole(paise * 100)), self.per * 100)


def rupees(text: str) -> Money:
    """Read `1234.50` or `1,234.50`. A third decimal is an error, never a rounding.

    Raises ValueError for anything that is not a plain, finite figure within LARGEST.
    """
    paise = _plain(text) * 100
    if paise != paise.to_integral_value():
        raise ValueError(f"{text} is finer than a paisa")
    if abs(paise) > LARGEST:
        raise ValueError(f"{text} is too large")
    return Money(int(paise))


def rate(text: str) -> Rate:
    """Read a price per base unit with up to six decimals: `0.055` becomes 55 rupees for 1,000."""
    figure = _plain(text)
    if abs(figure) * 100 > LARGEST:
        raise ValueError(f"{text} is too large")
    for per in (1, 10, 100, 1000, 10_000):
        paise = figure * 100 * per
        if paise == paise.to_integral_value():
            return Rate(Money(int(paise)), per)
    raise ValueError(f"{text} has more than six decimals")


def percent(text: str) -> Decimal:
    """Read a percentage from 0 to 100 with at most four decimals."""
    figure = _plain(text)
    if not is_percent(figure):
        raise ValueError(f"{text} is not a percentage from 0 to 100 with four decimals")
    return figure


def is_percent(figure: Decimal) -> bool:
    """Whether a figure is a percentage from 0 to 100 with at most four decimals."""
    if not figure.is_finite() or not 0 <= figure <= 100:
        return False
    parts = figure.scaleb(4)
    return parts == parts.to_integral_value()


def total(parts: Iterable[Money]) -> Money:
    return Money(sum(part.paise for part in parts))


def share(whole_amount: Money, weights: Sequence[int]) -> tuple[Money, ...]:
    """Divide an amount over whole weights by largest remainder, so that the parts make the whole.

    Ties go to the earlier part. Weights are not negative; all nil means the first takes everything.
    """
    if len(weights) == 1:
        return (whole_amount,)
    heavy = sum(weights)
    if heavy == 0:
        return (whole_amount, *(ZERO for _ in weights[1:])) if weights else ()
    sign = -1 if whole_amount.paise < 0 else 1
    parts = [divmod(abs(whole_amount.paise) * weight, heavy) for weight in weights]
    left = abs(whole_amount.paise) - sum(part for part, _ in parts)
    first = set(sorted(range(len(parts)), key=lambda at: -parts[at][1])[:left])
    return tuple(Money(sign * (part + (at in first))) for at, (part, _) in enumerate(parts))


def whole(number: Decimal | int) -> int:
    """The nearest whole number, half away from zero."""
    return int(Decimal(number).to_integral_value(ROUND_HALF_UP))


def _plain(text: str) -> Decimal:
    try:
        figure = Decimal(text.replace(",", "").strip())
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is not a figure") from error
    if not figure.is_finite() or abs(figure) > LARGEST:
        raise ValueError(f"{text!r} is not a figure")
    return figure
