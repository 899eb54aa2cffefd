"""The items of the sample company: 2,000 packs of twelve invented principals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dms_desktop.domain.money import Money
from dms_desktop.sample import household, kitchen, snacks
from dms_desktop.sample.dice import Dice
from dms_desktop.sample.ranges import PRINCIPALS, Pack, Principal, Range
from dms_desktop.sample.rows import ItemRow

ITEMS = 2_000
INACTIVE_EVERY = 50  # one item in fifty is no longer sold
PRICE_POINT = 30  # rupees: up to here a pack's price is what the trade asks for it, coin by coin


@dataclass(frozen=True, slots=True)
class Goods:
    """An item with the range that sets its margins and shelf life."""

    row: ItemRow
    range: Range

    @property
    def months(self) -> int:
        return self.range.category.months

    def ptr(self, mrp: Money) -> Money:
        """Price to the retailer: MRP less the shop's margin, without GST, down to the paisa.

        A function of item and MRP alone, so that two batches of one MRP go at one rate.
        """
        keeps = 100 - self.range.category.shop
        return Money(mrp.paise * keeps // (100 + self.range.gst))

    def pts(self, mrp: Money) -> Money:
        """Price to the stockist: PTR less the distributor's margin, down to the paisa."""
        keeps = 100 - self.range.category.distributor
        return Money(self.ptr(mrp).paise * keeps // 100)


@dataclass(frozen=True, slots=True)
class _Choice:
    principal: Principal
    range: Range
    brand: str
    variant: str
    pack: Pack

    @property
    def best_known(self) -> bool:
        return (
            self.brand == self.range.each_brand()[0]
            and self.variant == self.range.each_variant()[0]
        )


def goods(seed: int) -> tuple[Goods, ...]:
    """Every item, by principal, range, brand, variant and pack."""
    dice = Dice(seed, "items")
    choices = _choices()
    kept = sorted(dice.shuffled(range(len(choices)))[:ITEMS])
    number: dict[str, int] = {}
    levels: dict[tuple[str, str, str], int] = {}
    found: list[Goods] = []
    for place in kept:
        choice = choices[place]
        line = (choice.brand, choice.range.product, choice.variant)
        level = levels.setdefault(line, dice.between(94, 112))
        serial = number[choice.principal.code] = number.get(choice.principal.code, 0) + 1
        active = (len(found) + 1) % INACTIVE_EVERY != 0
        found.append(
            Goods(_row(choice, serial, _mrp(choice.pack.mrp, level), active), choice.range)
        )
    return tuple(found)


def items(seed: int) -> tuple[ItemRow, ...]:
    """The 2,000 rows of the items file; the same seed gives the same rows."""
    return tuple(each.row for each in goods(seed))


def _choices() -> list[_Choice]:
    owner = {brand: principal for principal in PRINCIPALS for brand in principal.brands}
    every = [
        _Choice(owner[brand], line, brand, variant, pack)
        for line in (*snacks.RANGES, *kitchen.RANGES, *household.RANGES)
        for brand in line.each_brand()
        for variant in line.each_variant()
        for pack in line.each_pack()
    ]
    return sorted(every, key=lambda choice: PRINCIPALS.index(choice.principal))


def _mrp(listed: int, level: int) -> Money:
    """A price as it is printed on packs: whole rupees, then fives, then tens."""
    if listed <= PRICE_POINT:
        return Money(listed * 100)
    rupees = listed * level // 100
    step = 1 if rupees < 100 else 5 if rupees < 500 else 10
    return Money(rupees // step * step * 100)


def _row(choice: _Choice, serial: int, mrp: Money, active: bool) -> ItemRow:
    line, pack = choice.range, choice.pack
    return ItemRow(
        code=f"{choice.principal.code}{serial:03d}",
        name=_name(choice),
        alias=_alias(choice),
        principal=choice.principal.name,
        brand=choice.brand,
        category=line.category.name,
        hsn=line.hsn,
        gst_rate=Decimal(line.gst),
        cess_rate=Decimal(0),
        unit=line.unit,
        inner=pack.inner,
        case=pack.case,
        barcode=barcode(PRINCIPALS.index(choice.principal), serial),
        mrp=mrp,
        keep_batch=line.category.months > 0,
        active=active,
    )


def _name(choice: _Choice) -> str:
    plain = choice.variant == "Regular"
    words = [choice.brand, choice.range.product, "" if plain else choice.variant, choice.pack.size]
    return " ".join(word for word in words if word)


def _alias(choice: _Choice) -> str:
    """What the counter calls it: a range's best known by the Hindi name, the others by a nick."""
    size = choice.pack.size
    if choice.best_known:
        return f"{choice.principal.brands[choice.brand]} {choice.range.hindi} {size}"
    words = (choice.brand, choice.range.product, choice.variant)
    return " ".join([*(word[:3].strip().upper() for word in words if word), size.upper()])


def barcode(principal: int, serial: int) -> str:
    """EAN-13 in the restricted range 200-299, which no maker's product can bear."""
    twelve = f"2{principal:02d}{serial:09d}"
    odd = sum(int(digit) for digit in twelve[0::2])
    even = sum(int(digit) for digit in twelve[1::2])
    return f"{twelve}{-(odd + 3 * even) % 10}"
