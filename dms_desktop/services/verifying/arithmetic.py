"""The figures on the paper: each line, its discounts and its tax, and the sums of the lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter

from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.tax import Basis, TaxRate, gst, without_tax
from dms_desktop.services.rows import ADJUSTMENT, HEAD, LINE, Row
from dms_desktop.services.verifying.wrong import Wrong
from dms_desktop.store.session import Reading

SPREAD = 2  # paise: what sharing a row's value over its lots may add to or take from one line

_WHOLE = 100 * 10_000  # in ten-thousandths of a percent

RateKey = tuple[int, int, str]  # GST and cess in ten-thousandths, basis

_LINE = itemgetter(
    *map(
        LINE.index,
        (
            "qty", "mrp", "rate", "per", "inclusive", "gross", "discount", "taxable", "gst_rate",
            "cess_rate", "basis", "cgst", "sgst", "igst", "cess",
        ),
    )
)  # fmt: skip
_ROW = LINE.index("row")
_SUMMED = ("taxable", "cgst", "sgst", "igst", "cess")
_LINE_SUMS = itemgetter(*map(LINE.index, _SUMMED))
_HEAD_SUMS = itemgetter(*map(HEAD.index, (*_SUMMED, "round_off", "total")))
_OFF_LINE, _OFF_PAISE = ADJUSTMENT.index("line_id"), ADJUSTMENT.index("paise")
_OFF_STEP, _OFF_PERCENT = ADJUSTMENT.index("step"), ADJUSTMENT.index("percent")
_OFF_KIND, _OFF_SOURCE = ADJUSTMENT.index("kind"), ADJUSTMENT.index("source")
_NET = LINE.index("net")


@dataclass(frozen=True, slots=True)
class Ground:
    """What the tax of a document's lines hangs on."""

    interstate: bool
    charged: bool  # not under reverse charge and not by a composition seller
    specific: Mapping[RateKey, tuple[TaxRate, ...]]  # rates with a cess of so much a piece


def specific_rates(reading: Reading) -> dict[RateKey, tuple[TaxRate, ...]]:
    """Rates whose cess counts pieces: a line does not say it, its class does."""
    found: defaultdict[RateKey, list[TaxRate]] = defaultdict(list)
    for *key, paise, per in reading.rows(
        "SELECT gst, cess, basis, cess_paise, cess_per FROM tax_rate WHERE cess_paise <> 0"
    ):
        plain = _rate(*key)
        each = Rate(Money(paise), per)
        found[tuple(key)].append(TaxRate(plain.gst, plain.cess, each, plain.basis))
    return {key: tuple(rates) for key, rates in found.items()}


def wrong_lines(lines: list[Row], adjustments: list[Row], ground: Ground) -> Iterator[Wrong]:
    """The first thing wrong with each line. Raises ValueError or ArithmeticError for nonsense."""
    off: defaultdict[int, int] = defaultdict(int)
    for place, one in enumerate(adjustments):
        off[one[_OFF_LINE]] += one[_OFF_PAISE]
        if one[_OFF_LINE] < len(lines) and lines[one[_OFF_LINE]][_NET] and _not_for_net(one):
            yield Wrong("net_discount", "line_adjustment", place, "paise", 0)
    for at, line in enumerate(lines):
        if wrong := _wrong_line(at, line, off[at], ground):
            if wrong.what == "line_discount":
                yield _wrong_adjustment(at, line, adjustments, wrong)
            else:
                yield wrong


def _wrong_line(at: int, line: Row, off: int, ground: Ground) -> Wrong | None:
    (
        qty, mrp, rate, per, inclusive, gross, discount, taxable, gst_rate, cess_rate, basis,
        cgst, sgst, igst, cess,
    ) = _LINE(line)  # fmt: skip
    if line[_ROW] != at:
        return Wrong("line_row", "goods_line", at, "row", at)
    if discount != gross - taxable:
        return Wrong("line_value", "goods_line", at, "discount", gross - taxable)
    key = (gst_rate, cess_rate, basis)
    if inclusive or per != 1:
        worth = _worth(Rate(Money(rate), per), qty, bool(inclusive), key, ground)
        if abs(gross - worth) > SPREAD:
            return Wrong("line_value", "goods_line", at, "gross", worth)
    elif gross != rate * qty:
        return Wrong("line_value", "goods_line", at, "gross", rate * qty)
    if off != discount:
        return Wrong("line_discount", "line_adjustment", at, "paise", discount - off)
    charged = (cgst, sgst, igst, cess)
    if not ground.charged or basis == Basis.EXEMPT:
        if charged != (0, 0, 0, 0):
            return Wrong("line_tax", "goods_line", at, _differs(charged, (0, 0, 0, 0)), 0)
        return None
    simple = basis == Basis.VALUE and taxable >= 0
    if simple and charged == plain_tax(taxable, gst_rate, cess_rate, across=ground.interstate):
        return None
    due = _tax(_rate(*key), taxable, qty, mrp, ground)
    others = ground.specific.get(key, ())
    if charged != due and charged not in [
        _tax(other, taxable, qty, mrp, ground) for other in others
    ]:
        column = _differs(charged, due)
        return Wrong("line_tax", "goods_line", at, column, due[_SUMMED.index(column) - 1])
    return None


def plain_tax(
    taxable: int, gst_rate: int, cess_rate: int, *, across: bool
) -> tuple[int, int, int, int]:
    """`domain.tax.gst` on a value of nil or more, in whole numbers only: a million lines wait.

    What it denies, the domain decides.
    """
    cess = (2 * taxable * cess_rate + _WHOLE) // (2 * _WHOLE)
    if across:
        return 0, 0, (2 * taxable * gst_rate + _WHOLE) // (2 * _WHOLE), cess
    half = (taxable * gst_rate + _WHOLE) // (2 * _WHOLE)
    return half, half, 0, cess


def _tax(rate: TaxRate, taxable: int, qty: int, mrp: int, ground: Ground) -> tuple[int, ...]:
    tax = gst(Money(taxable), rate, qty, interstate=ground.interstate, retail_price=Money(mrp))
    return tax.cgst.paise, tax.sgst.paise, tax.igst.paise, tax.cess.paise


def _differs(charged: tuple[int, ...], due: tuple[int, ...]) -> str:
    pairs = zip(_SUMMED[1:], charged, due, strict=True)
    return next(name for name, is_, should in pairs if is_ != should)


def _worth(rate: Rate, qty: int, inclusive: bool, key: RateKey, ground: Ground) -> int:
    """What the line comes to before discounts, but for a share of rounding."""
    value = rate.times(qty)
    if inclusive:
        value = without_tax(value, ground.specific.get(key, (_rate(*key),))[-1], qty)
    return value.paise


@lru_cache(maxsize=256)
def _rate(gst_rate: int, cess_rate: int, basis: str) -> TaxRate:
    """Raises ValueError for a basis that there is none of."""
    return TaxRate(Decimal(gst_rate).scaleb(-4), Decimal(cess_rate).scaleb(-4), None, Basis(basis))


def _not_for_net(one: Row) -> bool:
    """A net rate takes nothing from the party's terms and no share of the bill's discounts."""
    return one[_OFF_KIND] in ("bill", "cash") or one[_OFF_SOURCE] == "terms"


def _wrong_adjustment(at: int, line: Row, adjustments: list[Row], wrong: Wrong) -> Wrong:
    """Which discount of the line makes the sum wrong: one missing, one that is not its percentage,
    else the amount that nothing proves."""
    places = [place for place, one in enumerate(adjustments) if one[_OFF_LINE] == at]
    steps = [adjustments[place][_OFF_STEP] for place in places]
    short = int(wrong.should)
    for step, there in enumerate(steps):
        if there != step:
            return Wrong("line_discount", "line_adjustment", -1, "step", (at, step))
    rest = line[LINE.index("gross")]
    suspects = [place for place in places if adjustments[place][_OFF_PERCENT] is None]
    for place in places:
        one = adjustments[place]
        percent, paise = one[_OFF_PERCENT], one[_OFF_PAISE]
        if percent is not None and abs(paise * 10**6 - rest * percent) > SPREAD * 10**6:
            return Wrong("line_discount", "line_adjustment", place, "paise", paise + short)
        rest -= paise
    if not suspects:
        return Wrong("line_discount", "line_adjustment", -1, "step", (at, len(steps)))
    paise = adjustments[suspects[0]][_OFF_PAISE]
    return Wrong("line_discount", "line_adjustment", suspects[0], "paise", paise + short)


def wrong_totals(head: Row, lines: list[Row]) -> Iterator[Wrong]:
    """Sums of the lines, and the rupee's round-off on top."""
    yield from wrong_sums(head, lines)
    *_, round_off, total = _HEAD_SUMS(head)
    exact = sum(_sums(lines))
    rounded = Money(exact).to_rupee().paise
    if round_off != rounded - exact:
        yield Wrong("round_off", "document", 0, "round_off", rounded - exact)
    if total != rounded:
        yield Wrong("round_off", "document", 0, "total", rounded)


def wrong_sums(head: Row, lines: list[Row]) -> Iterator[Wrong]:
    """Sums of the lines alone: a note that completes its bill takes whatever is left to round."""
    for name, is_, should in zip(_SUMMED, _HEAD_SUMS(head)[:5], _sums(lines), strict=True):
        if is_ != should:
            yield Wrong("totals", "document", 0, name, should)


def _sums(lines: list[Row]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*map(_LINE_SUMS, lines), strict=True))) if lines else (0,) * 5


def negative_totals(head: Row) -> tuple[int, ...]:
    """The totals of a cancellation from those of what it cancels, ."""
    return tuple(-int(part) for part in _HEAD_SUMS(head))


def totals_of(head: Row) -> tuple[int, ...]:
    return tuple(_HEAD_SUMS(head))
