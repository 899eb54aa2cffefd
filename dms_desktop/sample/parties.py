"""The customers of the sample company: 800 shops on 24 beats, and the company itself."""

from __future__ import annotations

from dataclasses import dataclass

from dms_desktop.domain.gstin import check_digit
from dms_desktop.domain.money import Money
from dms_desktop.sample.dice import Dice
from dms_desktop.sample.places import (
    BEATS,
    CITY,
    KEEPERS,
    LOCALITIES,
    OUTSTATION,
    SALESMEN,
    TOWNS,
    TRADES,
)
from dms_desktop.sample.ranges import PRINCIPALS
from dms_desktop.sample.rows import MAIN, RESERVE, Company, PartyRow

SHOPS = 800
ON_A_BEAT = 34  # the outstation beat takes the rest
HOME_STATE = "27"
REGISTERED = {"A": 85, "B": 50, "C": 22}  # percent
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BY_SHARE = [place for place, (_, share) in enumerate(TRADES) for _ in range(share)]


@dataclass(frozen=True, slots=True)
class _Place:
    code: str
    town: str
    state: str
    beat: str
    salesman: str
    phone: str


def company() -> Company:
    """The distributor: invented, with numbers that no authority can have given."""
    return Company(
        name="Sahyog Distributors",
        address="Gala 14, Market Yard Road, Gultekdi",
        city=CITY,
        pin="411037",
        state=HOME_STATE,
        gstin=_gstin(HOME_STATE, "AAKFS0000M"),
        pan="AAKFS0000M",
        fssai="21500000000000",
        phone="7000000000",
        email="accounts@sahyog.example",
        bank="Sample Bank, Market Yard",
        account="000000000027",
        ifsc="SMPL0000027",
        vpa="sahyog@example",
        godowns=(MAIN, RESERVE),
    )


def parties(seed: int) -> tuple[PartyRow, ...]:
    """The 800 rows of the parties file, beat by beat; the same seed gives the same rows.

    Every PAN inside a GSTIN has the serial 0000 and every phone begins 70000 00, so that none can
    be a real person's.
    """
    dice = Dice(seed, "parties")
    names: set[str] = set()
    rows: list[PartyRow] = []
    for beat_number, beat in enumerate(BEATS):
        count = ON_A_BEAT if beat != OUTSTATION else SHOPS - ON_A_BEAT * len(LOCALITIES)
        for serial in range(1, count + 1):
            town, state = (beat, HOME_STATE) if beat != OUTSTATION else dice.pick(TOWNS)
            where = _Place(
                code=f"{beat[:3].upper()}{beat_number + 1:02d}{serial:02d}",
                town=town,
                state=state,
                beat=beat,
                salesman=SALESMEN[beat_number * len(SALESMEN) // len(BEATS)],
                phone=f"70000{len(rows) + 1:05d}",
            )
            rows.append(_shop(dice, names, where))
    return tuple(rows)


def suppliers(seed: int) -> tuple[PartyRow, ...]:
    """The principals, each of whom sends his own invoice; they buy nothing."""
    dice = Dice(seed, "suppliers")
    return tuple(
        PartyRow(
            code=principal.code, name=principal.name, gstin=_gstin(HOME_STATE, _pan(dice)),
            state=HOME_STATE, class_="", beat="", salesman="", phone="",
            credit_limit=Money(), credit_days=21, min_life_days=0,
            address="Plot 7, Chakan", city=CITY, pin="410501",
        )
        for principal in PRINCIPALS
    )  # fmt: skip


def _shop(dice: Dice, names: set[str], where: _Place) -> PartyRow:
    trade, class_ = _trade(dice)
    name = _name(dice, names, trade, where.town)
    registered = dice.chance(REGISTERED[class_])
    limit, days, life = _terms(dice, class_)
    return PartyRow(
        code=where.code,
        name=name,
        gstin=_gstin(where.state, _pan(dice)) if registered else "",
        state=where.state,
        class_=class_,
        beat=where.beat,
        salesman=where.salesman,
        phone=where.phone,
        credit_limit=Money(limit * 100),
        credit_days=days,
        min_life_days=life,
        address=f"Shop {int(where.code[-2:])}, Main Road, {where.town}",
        city=where.town if where.beat == OUTSTATION else CITY,
        pin="",
    )


def _trade(dice: Dice) -> tuple[str, str]:
    """What kind of shop, and its class: big shops are mostly A, small ones mostly C."""
    place = dice.pick(_BY_SHARE)
    trade = TRADES[place][0]
    if place < 3:
        return trade, "A" if dice.chance(65) else "B"
    if place < 7:
        return trade, "B" if dice.chance(55) else "C"
    return trade, "B" if dice.chance(15) else "C"


def _name(dice: Dice, names: set[str], trade: str, town: str) -> str:
    keeper = dice.pick(KEEPERS)
    for name in (f"{keeper} {trade}", f"{keeper} {trade}, {town}"):
        if name not in names:
            names.add(name)
            return name
    return _name(dice, names, trade, town)


def _terms(dice: Dice, class_: str) -> tuple[int, int, int]:
    """Credit limit in rupees, credit days, and how many days of life the shop wants on goods."""
    if class_ == "A":
        return dice.between(10, 40) * 5_000, dice.pick((14, 21, 21, 30)), dice.pick((0, 30, 45, 60))
    if class_ == "B":
        return dice.between(3, 12) * 5_000, dice.pick((7, 7, 14)), dice.pick((0, 0, 0, 30))
    return dice.between(0, 3) * 2_500, dice.pick((0, 7)), 0


def _pan(dice: Dice) -> str:
    holder = dice.pick("PPPPPFFHC")
    three = "".join(dice.pick(LETTERS) for _ in range(3))
    return f"{three}{holder}{dice.pick(LETTERS)}0000{dice.pick(LETTERS)}"


def _gstin(state: str, pan: str) -> str:
    first_fourteen = f"{state}{pan}1Z"
    return first_fourteen + check_digit(first_fourteen)
