"""The sample company's past: what shops ordered on each beat day, and the goods received for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from dms_desktop.domain.calendar import expiry_after
from dms_desktop.domain.money import Money
from dms_desktop.sample.dice import Dice, Popularity
from dms_desktop.sample.identity import stable_uuid7
from dms_desktop.sample.items import Goods
from dms_desktop.sample.lots import batch_number, by_popularity, older_mrps
from dms_desktop.sample.parties import parties
from dms_desktop.sample.places import BEATS
from dms_desktop.sample.rows import MAIN, LotRow, PartyRow

BILLS_A_DAY = 160
HOLIDAYS = ((1, 26), (5, 1), (8, 15), (10, 2))  # month and day; Sundays besides
LIFE_KEPT = 60  # days: the most that any shop wants on its goods
LINES = {"A": (6, 22), "B": (4, 14), "C": (2, 9)}
WORTH = {"A": (300, 2_500), "B": (120, 900), "C": (60, 400)}  # rupees a line
CASH = {"A": 0, "B": 20, "C": 60}  # percent of the orders
FREE_EVERY = 10  # one free piece for each ten where a line goes with a scheme
OPENS = time(4, 30, tzinfo=UTC)  # ten in the morning in Pune

Order = dict[str, object]


@dataclass(frozen=True, slots=True)
class Day:
    """One working day: goods to receive before the first bill, then the orders in turn.

    Every order is a dict of the published order shape and can be billed in full from what was
    received till then, whatever other stock there is.
    """

    day: date
    received: tuple[LotRow, ...]
    orders: tuple[Order, ...]


def working_days(bills: int, today: date) -> list[date]:
    """The last days before `today` on which that many bills were made, oldest first."""
    wanted = -(-bills // BILLS_A_DAY)
    days: list[date] = []
    day = today
    while len(days) < wanted:
        day -= timedelta(days=1)
        if day.weekday() != 6 and (day.month, day.day) not in HOLIDAYS:
            days.append(day)
    return days[::-1]


def history(seed: int, bills: int, today: date) -> Iterator[Day]:
    """That many orders up to the day before `today`; a week's goods arrive on its first day."""
    shops = _Shops(seed)
    days = working_days(bills, today)
    shelf = _Shelf(seed)
    made = 0
    for week, group in groupby(enumerate(days), key=lambda each: each[1].isocalendar()[:2]):
        orders: list[tuple[date, tuple[Order, ...]]] = []
        need: Counter[str] = Counter()
        for place, day in group:
            quota = bills * (place + 1) // len(days) - bills * place // len(days)
            orders.append((day, shops.orders(day, quota, made, need)))
            made += quota
        received = shelf.receive(orders[0][0], f"{week[1]:02d}", need)
        for day, of_the_day in orders:
            yield Day(day, received, of_the_day)
            received = ()


class _Shops:
    """Who orders what: shops of the weekday's beats, goods by popularity."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._dice = Dice(seed, "orders")
        self._goods = by_popularity(seed)
        self._popularity = Popularity(len(self._goods))
        self._older = older_mrps(seed)
        self._beats: dict[str, list[PartyRow]] = {beat: [] for beat in BEATS}
        for party in parties(seed):
            self._beats[party.beat].append(party)

    def orders(self, day: date, count: int, made: int, need: Counter[str]) -> tuple[Order, ...]:
        """A day's orders; what they need is added to `need`. A beat is worked every third day."""
        turn = day.weekday() % 3
        on_beat = [
            party
            for place, beat in enumerate(BEATS)
            if place % 3 == turn
            for party in self._beats[beat]
        ]
        callers = self._dice.shuffled(on_beat)[:count]
        return tuple(
            self._order(day, place, made + place + 1, callers[place % len(callers)], need)
            for place in range(count)
        )

    def _order(
        self, day: date, place: int, number: int, party: PartyRow, need: Counter[str]
    ) -> Order:
        dice = self._dice
        taken = datetime.combine(day, OPENS) + timedelta(minutes=place)
        asked = {self._popularity.draw(dice) for _ in range(dice.between(*LINES[party.class_]))}
        order: Order = {
            "id": str(stable_uuid7(taken, f"{self._seed}/{number}")),
            "day": day.isoformat(),
            "party": party.code,
            "terms": "cash"
            if dice.chance(CASH[party.class_]) or not party.credit_limit
            else "credit",
            "salesman": party.salesman,
            "order_no": f"SO-{number}",
            "lines": [self._line(self._goods[rank], party, need) for rank in sorted(asked)],
        }
        if dice.chance(2):
            order["bill_discount_percent"] = "1"
        return order

    def _line(self, goods: Goods, party: PartyRow, need: Counter[str]) -> dict[str, object]:
        row, dice = goods.row, self._dice
        qty = _quantity(dice, goods, dice.between(*WORTH[party.class_]))
        cases, loose = divmod(qty, row.case)
        line: dict[str, object] = {"item": row.code, "qty": qty}
        if cases:
            line["qty"] = f"{cases}c {loose}p" if loose else f"{cases}c"
        if row.code in self._older:
            line["mrp"] = str(row.mrp)
        free = qty // FREE_EVERY if dice.chance(3) else 0
        if free:
            line["free"] = free
        if dice.chance(4):
            line["discount_percent"] = dice.pick(("1", "1.5", "2"))
        need[row.code] += qty + free
        return line


def _quantity(dice: Dice, goods: Goods, worth: int) -> int:
    """Pieces for about that many rupees, in inners and cases where it comes near to them."""
    row = goods.row
    qty = max(1, worth * 100 // row.mrp.paise)
    if qty >= row.case * 3 // 4:
        return max(1, _nearest(qty, row.case)) * row.case
    if qty >= row.inner * 3 // 4:
        return max(1, _nearest(qty, row.inner)) * row.inner
    return row.inner if row.mrp <= Money(1_000) else dice.between(1, qty)


def _nearest(number: int, by: int) -> int:
    """How many times `by` goes into it, to the nearest."""
    return (2 * number + by) // (2 * by)


class _Shelf:
    """What was received and must still be there, were every shop to want the freshest."""

    def __init__(self, seed: int) -> None:
        self._dice = Dice(seed, "received")
        self._goods = {each.row.code: each for each in by_popularity(seed)}
        self._left: dict[str, list[tuple[date, int]]] = {}

    def receive(self, day: date, week: str, need: Mapping[str, int]) -> tuple[LotRow, ...]:
        """Whole cases of whatever the week needs beyond the fresh pieces that are left."""
        rows: list[LotRow] = []
        for code in sorted(need):
            fresh = self._fresh(code, day)
            short = need[code] - sum(qty for _, qty in fresh)
            if short > 0:
                lot = self._lot(self._goods[code], day, week, short)
                rows.append(lot)
                fresh.append((lot.expiry or date.max, lot.qty))
            self._left[code] = _without(fresh, need[code])
        return tuple(rows)

    def _fresh(self, code: str, day: date) -> list[tuple[date, int]]:
        until = day + timedelta(days=6 + LIFE_KEPT)
        return [lot for lot in self._left.get(code, []) if lot[0] >= until]

    def _lot(self, goods: Goods, day: date, week: str, short: int) -> LotRow:
        row = goods.row
        packed = day - timedelta(days=self._dice.between(5, 20)) if goods.months else None
        pts = goods.pts(row.mrp)
        return LotRow(
            item=row.code,
            batch=batch_number(packed, f"R{week}") if packed else "",
            mrp=row.mrp,
            ptr=goods.ptr(row.mrp),
            pts=pts,
            cost=Money(pts.paise * (100 - self._dice.between(0, 3)) // 100),
            packed=packed,
            expiry=expiry_after(packed, goods.months) if packed else None,
            godown=MAIN,
            qty=-(-short // row.case) * row.case,
        )


def _without(lots: list[tuple[date, int]], taken: int) -> list[tuple[date, int]]:
    """The lots once that many pieces went, the first to expire first."""
    left: list[tuple[date, int]] = []
    for expiry, qty in sorted(lots):
        gone = min(taken, qty)
        taken -= gone
        if qty > gone:
            left.append((expiry, qty - gone))
    return left
