"""The stock of the sample company: 6,000 lots, some near their expiry, some under an older MRP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dms_desktop.domain.calendar import expiry_after
from dms_desktop.domain.money import Money
from dms_desktop.sample.dice import Dice
from dms_desktop.sample.items import Goods, goods
from dms_desktop.sample.rows import MAIN, RESERVE, LotRow

LOTS = 6_000
MOST_OF_AN_ITEM = 7
TWO_MRPS = 15  # percent of the items
SAME_BATCH = 10  # percent of those: one batch under both MRPs (product rule 15)
EXPIRED = 3  # percent of the items have one lot past its day
IN_RESERVE = 8  # percent of the middle lots of an item
NEAR_EXPIRY = 6  # percent of the lots expire within a month


@dataclass(frozen=True, slots=True)
class _Age:
    packed: date | None
    expiry: date | None
    over: bool = False


def batch_number(packed: date, line: str) -> str:
    """`26K07B`: packed on 7 November 2026 on line B."""
    return f"{packed:%y}{'ABCDEFGHIJKL'[packed.month - 1]}{packed:%d}{line}"


def by_popularity(seed: int) -> list[Goods]:
    """Active items, the best seller first: chance, with cheap packs favoured."""
    dice = Dice(seed, "popularity")
    active = [each for each in goods(seed) if each.row.active]
    return sorted(active, key=lambda each: dice.between(0, 1000) + each.row.mrp.paise // 100)


def older_mrps(seed: int) -> dict[str, Money]:
    """Item code -> the MRP that older packs still bear, mostly a lower one."""
    dice = Dice(seed, "older mrps")
    found: dict[str, Money] = {}
    for each in goods(seed):
        rupees = each.row.mrp.paise // 100
        if each.row.active and rupees >= 20 and dice.chance(TWO_MRPS):
            step = max(1, rupees * dice.between(3, 9) // 100)
            found[each.row.code] = Money((rupees + (step if dice.chance(25) else -step)) * 100)
    return found


def lots(seed: int, today: date) -> tuple[LotRow, ...]:
    """The 6,000 rows of the lots file as they stand on `today`.

    PTR, with its GST, is below the lot's MRP; cost is at most PTS. An item without batches has
    one lot for each MRP.
    """
    dice = Dice(seed, "lots")
    ranked = by_popularity(seed)
    older = older_mrps(seed)
    counts = _counts(dice, ranked, older)
    rank = {each.row.code: place for place, each in enumerate(ranked)}
    rows: list[LotRow] = []
    for each in goods(seed):
        if count := counts.get(each.row.code):
            shelf = _mrps(dice, each, older.get(each.row.code), count)
            rows.extend(_of_item(dice, each, shelf, today, rank[each.row.code] / len(ranked) < 0.2))
    return tuple(rows)


def _counts(dice: Dice, ranked: list[Goods], older: dict[str, Money]) -> dict[str, int]:
    counts = {each.row.code: 2 if each.months or each.row.code in older else 1 for each in ranked}
    room = [each.row.code for each in ranked if each.months]
    left = LOTS - sum(counts.values())
    while left:
        code = dice.pick(room)
        if counts[code] < MOST_OF_AN_ITEM:
            counts[code] += 1
            left -= 1
    return counts


def _mrps(dice: Dice, each: Goods, older: Money | None, count: int) -> list[Money]:
    """The MRP of each lot, oldest first; the newest always bears the item's own."""
    if older is None:
        return [each.row.mrp] * count
    old = dice.between(1, count - 1)
    return [older] * old + [each.row.mrp] * (count - old)


def _of_item(
    dice: Dice, each: Goods, mrps: list[Money], today: date, popular: bool
) -> list[LotRow]:
    ages = _ages(dice, each.months, len(mrps), today)
    same_batch = dice.chance(SAME_BATCH)
    rows: list[LotRow] = []
    for place, (mrp, age) in enumerate(zip(mrps, ages, strict=True)):
        batch = batch_number(age.packed, "ABCDEFG"[place]) if age.packed else ""
        if rows and same_batch and rows[-1].mrp != mrp and not ages[place - 1].over:
            batch, age = rows[-1].batch, ages[place - 1]
        cost = Money(each.pts(mrp).paise * (100 - dice.between(0, 3)) // 100)
        rows.append(
            LotRow(
                item=each.row.code,
                batch=batch,
                mrp=mrp,
                ptr=each.ptr(mrp),
                pts=each.pts(mrp),
                cost=cost,
                packed=age.packed,
                expiry=age.expiry,
                godown=RESERVE if 0 < place < len(mrps) - 1 and dice.chance(IN_RESERVE) else MAIN,
                qty=_pieces(dice, each, cost, popular, age.over),
            )
        )
    return rows


def _ages(dice: Dice, months: int, count: int, today: date) -> list[_Age]:
    """When each lot was packed, oldest first."""
    if not months:
        return [_Age(None, None)] * count
    life = (expiry_after(today, months) - today).days
    old = sorted((_days_old(dice, life) for _ in range(count)), reverse=True)
    over = count > 1 and dice.chance(EXPIRED)
    if over:
        old[0] = life + dice.between(3, 40)
    found: list[_Age] = []
    for place, days in enumerate(old):
        packed = today - timedelta(days=days)
        found.append(_Age(packed, expiry_after(packed, months), over and place == 0))
    return found


def _days_old(dice: Dice, life: int) -> int:
    if dice.chance(NEAR_EXPIRY):
        return life - dice.between(4, 30)
    return dice.between(life * 3 // 100, life * 70 // 100)


def _pieces(dice: Dice, each: Goods, cost: Money, popular: bool, over: bool) -> int:
    """A lot's worth in rupees turned into whole inners; what has expired is a handful."""
    if over:
        return dice.between(1, each.row.inner)
    worth = dice.between(2_000, 9_000) if popular else dice.between(400, 3_000)
    inners = max(1, worth * 100 // (cost.paise * each.row.inner))
    return inners * each.row.inner + (dice.below(each.row.inner) if dice.chance(30) else 0)
