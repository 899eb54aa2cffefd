"""What stands beside the bill being typed: how the party stands, what it buys, what nears its end.

Every figure comes from running totals or from a bounded number of the party's latest bills.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from dms_desktop.domain.licences import Licence, ending, standing
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.verdict import Level, Verdict
from dms_desktop.services import credit, licences, options
from dms_desktop.services.party_card import PartyCard, party_card
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading

SHOWN = 5  # bills, the latest
USUAL = 12  # items
LOOKED_BACK = 30  # bills that usual items are taken from
LAST_RATES = 300  # bills that a last rate is looked for in
_BILLS = (
    "SELECT id, uid, number, day, total FROM document"
    " WHERE party_id = :party AND kind || '' = 'bill'"
    " AND NOT EXISTS (SELECT 1 FROM document_event WHERE document_id = document.id"
    " AND event = 'cancelled') ORDER BY day DESC, id DESC LIMIT :most"
)


@dataclass(frozen=True, slots=True)
class BillLine:
    """One of the latest bills; `open` is what is still to be paid of it."""

    id: UUID
    number: str
    day: date
    total: Money
    open: Money


@dataclass(frozen=True, slots=True)
class UsualItem:
    """An item of the party's latest bills; `bills` is on how many of them it stands."""

    item_id: int
    code: str
    name: str
    bills: int
    last_day: date
    last_qty: int
    last_rate: Rate
    inclusive: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A licence of the party as it stands today; `near`: it holds, and not for long."""

    licence: Licence
    ended: bool = False
    near: bool = False


@dataclass(frozen=True, slots=True)
class PartyPanel:
    card: PartyCard
    standing: Verdict
    bills: tuple[BillLine, ...]
    usual: tuple[UsualItem, ...]
    licences: tuple[Held, ...] = ()

    @property
    def level(self) -> Level:
        return self.standing.level


@dataclass(frozen=True, slots=True)
class LastRate:
    """What this party paid for an item the last time, as the bill said it."""

    rate: Rate
    inclusive: bool
    mrp: Money
    discount: Money  # off the whole line
    qty: int
    day: date
    number: str


@dataclass(frozen=True, slots=True)
class NearExpiry:
    lot_id: int
    batch: str
    mrp: Money
    expiry: date
    pieces: int


@needs(Power.LOOK)
def party_panel(reading: Reading, party_id: int) -> PartyPanel:
    """Everything of one party at once; an empty panel for one that is not there."""
    latest = reading.rows(_BILLS, party=party_id, most=LOOKED_BACK)
    shown = latest[:SHOWN]
    open_of: dict[int, int] = dict(
        reading.rows(
            "SELECT document_id, open_paise FROM open_item WHERE document_id IN :bills",
            bills=[row[0] for row in shown],
        )
    )
    bills = tuple(
        BillLine(
            UUID(bytes=bytes(uid)), number, date.fromisoformat(day), Money(int(amount)),
            Money(int(open_of.get(key, 0))),
        )
        for key, uid, number, day, amount in shown
    )  # fmt: skip
    return PartyPanel(
        party_card(reading, party_id),
        credit.standing(reading, party_id),
        bills,
        _usual(reading, [row[0] for row in latest]),
        _licences(reading, party_id),
    )


def _licences(reading: Reading, party_id: int) -> tuple[Held, ...]:
    """What was renewed is left out; what has ended, or soon will, comes first."""
    day, days = today(reading), int(options.values(reading)["licence_near_days"] or 0)
    every = standing(licences.of_parties(reading, [party_id])[party_id])
    near = set(ending(every, day, days))
    found = (Held(each, each.ended(day), each in near) for each in every)
    return tuple(sorted(found, key=lambda held: (not held.ended, not held.near)))


def _usual(reading: Reading, bills: list[int]) -> tuple[UsualItem, ...]:
    """The items on most of these bills, each as it was billed last: all its pieces on that bill,
    from however many lots they came, at the rate of its last row."""
    pieces: dict[int, dict[int, int]] = {}  # by item and bill
    last: dict[int, tuple[Any, ...]] = {}
    for document, item, qty, *rest in reading.rows(
        "SELECT document_id, item_id, qty, goods_line.code, name, day, rate, per, inclusive"
        " FROM goods_line JOIN document ON document.id = document_id"
        " WHERE document_id IN :bills AND qty > 0 ORDER BY day, document_id, row",
        bills=bills,
    ):
        bought = pieces.setdefault(item, {})
        bought[document] = bought.get(document, 0) + int(qty)
        last[item] = (document, *rest)
    order = sorted(pieces, key=lambda item: (-len(pieces[item]), item))[:USUAL]
    return tuple(_usual_item(item, pieces[item], *last[item]) for item in order)


def _usual_item(
    item: int, pieces: dict[int, int], bill: Any, code: str, name: str, day: str, *figures: Any
) -> UsualItem:
    rate, per, inclusive = (int(figure) for figure in figures)
    last_day, last_rate = date.fromisoformat(day), Rate(Money(rate), per)
    qty, bills = pieces[bill], len(pieces)
    return UsualItem(item, code, name, bills, last_day, qty, last_rate, bool(inclusive))


@needs(Power.LOOK)
def last_rates(reading: Reading, party_id: int, items: Iterable[int]) -> dict[int, LastRate]:
    """By item, what the party paid last, as far back as its latest three hundred bills."""
    latest = reading.rows(_BILLS, party=party_id, most=LAST_RATES)
    bills = {key: (at, day, number) for at, (key, _, number, day, _) in enumerate(latest)}
    rows = reading.rows(
        "SELECT item_id, document_id, row, rate, per, inclusive, mrp, discount, qty"
        " FROM goods_line WHERE item_id IN :items AND document_id IN :bills AND qty > 0",
        items=sorted(set(items)),
        bills=list(bills),
    )
    found: dict[int, LastRate] = {}
    for item, key, _, rate, per, inclusive, mrp, discount, qty in sorted(
        rows, key=lambda row: (-bills[row[1]][0], row[2])
    ):
        _, day, number = bills[key]
        found[item] = LastRate(
            Rate(Money(rate), per), bool(inclusive), Money(mrp), Money(discount), qty,
            date.fromisoformat(day), number,
        )  # fmt: skip
    return found


@needs(Power.LOOK)
def near_expiry(
    reading: Reading, item_id: int, place_id: int, day: date, *, within: int | None = None
) -> list[NearExpiry]:
    """Lots of an item that end within so many days, by default as the options say; the earliest
    first, and among them what has ended but lies saleable still."""
    days = within if within is not None else int(options.values(reading)["near_expiry_days"] or 0)
    return [
        NearExpiry(lot, batch, Money(mrp), date.fromisoformat(expiry), int(qty))
        for lot, batch, mrp, expiry, qty in reading.rows(
            "SELECT lot.id, batch, mrp, expiry, qty FROM stock JOIN lot ON lot.id = lot_id"
            " WHERE stock.item_id = :item AND place_id = :place AND bucket = 'saleable'"
            " AND qty > 0 AND expiry <> '' AND expiry <= :until ORDER BY expiry, lot.id",
            item=item_id,
            place=place_id,
            until=(day + timedelta(days)).isoformat(),
        )
    ]
