"""What the counter knows: ourselves, the party, and the items with what of them can be sold.

Inside a write the lots are read under lock, by key, so that what is priced is what is posted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from dms_desktop.domain.draft import Draft, WalkIn
from dms_desktop.domain.facts import Facts, Item, Limits, ListPrice, Lot, Party, Seller
from dms_desktop.domain.free_goods import FreeReason
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.licences import Regime, numbers
from dms_desktop.domain.loss import Loss
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.reserving import sellable_lots
from dms_desktop.domain.tax import Basis, GstType, TaxRate
from dms_desktop.services import hsn, licences, options
from dms_desktop.store.session import Reading

NOBODY = Party(0, "", "", "", active=True)


class House(NamedTuple):
    """What holds for every paper of one day: who prices many on it reads this once."""

    seller: Seller
    limits: Limits
    loss: Loss
    free_reasons: tuple[FreeReason, ...]
    options: Mapping[str, str]
    rates: Mapping[int, tuple[TaxRate, ...]]  # by tax class


class _Terms(NamedTuple):
    """What a party has of its own for one principal; nothing = as for all others."""

    trade: int | None = None
    special: int | None = None
    price_list: int | None = None
    credit_days: int | None = None


@needs(Power.LOOK)
def house(reading: Reading, day: date) -> House:
    """What every draft of that day is priced by."""
    chosen = options.values(reading)
    return House(
        seller(reading),
        limits(reading, day, chosen),
        Loss(chosen["loss_warning"]),
        free_reasons(reading),
        chosen,
        _rates(reading),
    )


@needs(Power.LOOK)
def facts(reading: Reading, draft: Draft, of_day: House | None = None) -> Facts:
    """All that pricing this draft needs; of the house what was read before. Refuses
    UNKNOWN_PARTY."""
    ours = of_day or house(reading, draft.day)
    us = ours.seller
    whom = party(reading, draft.party, draft.day, us) if draft.party is not None else NOBODY
    asked = {ask.item_id for ask in draft.asks}
    goods = items(
        reading,
        asked,
        party_id=whom.id,
        day=draft.day,
        place_id=draft.goods_from or draft.place_id,
        unstocked=draft.kind in (Kind.ORDER, Kind.ESTIMATE),
        fulfils=draft.source,
        rates=ours.rates,
    )
    return Facts(us, whom, goods, ours.limits, ours.loss, ours.free_reasons, ours.options)


@needs(Power.LOOK)
def seller(reading: Reading) -> Seller:
    rows = reading.rows(
        "SELECT registration.id, company.id, registration.state, gstin, gst_type, address,"
        " company_licence.kind, company_licence.number, valid_to FROM registration"
        " JOIN company ON company.id = (SELECT max(id) FROM company)"
        " LEFT JOIN company_licence ON company_id = company.id"
        " WHERE registration.id = (SELECT min(id) FROM registration)"
        " ORDER BY company_licence.kind, company_licence.number"
    )
    key, company, state, gstin, gst_type, address = rows[0][:6]
    held = licences.listed(row[6:] for row in rows)
    return Seller(key, company, state, gstin, GstType(gst_type), bool(address.strip()), held)


@needs(Power.LOOK)
def free_reasons(reading: Reading) -> tuple[FreeReason, ...]:
    """The owner's reasons for free pieces, the inactive ones too, in the order of their making."""
    rows = reading.rows("SELECT code, name, active FROM reason WHERE use = 'free' ORDER BY id")
    return tuple(FreeReason(code, name, bool(active)) for code, name, active in rows)


@needs(Power.LOOK)
def limits(reading: Reading, day: date, chosen: Mapping[str, str] | None = None) -> Limits:
    """Statutory figures as dated rows: the latest that has begun; `chosen`: options known."""
    found: dict[str, int] = dict(
        reading.rows(
            "SELECT code, paise FROM statutory_limit WHERE from_day <= :day ORDER BY from_day",
            day=day.isoformat(),
        )
    )
    registered, others = hsn.digits(reading, day)
    needed = licences.needed(chosen or options.values(reading))
    return Limits(Money(found["walk_in_details"]), Money(found["cash"]), registered, others, needed)


@needs(Power.LOOK)
def party(reading: Reading, ref: int | WalkIn, day: date, us: Seller) -> Party:
    """A customer as he is on that day. Refuses UNKNOWN_PARTY for an id that is not there."""
    if isinstance(ref, WalkIn):
        return _walk_in(ref, us)
    rows = reading.rows(
        "SELECT party.id, code, name, state, address, city, pin, phone, ship_to, ship_state,"
        " fssai, credit_days, min_life_days, beat_id, salesman_id, party.active, gst_type, gstin,"
        " kind, number, valid_to FROM party"
        " LEFT JOIN party_gst ON party_gst.party_id = party.id AND from_day = (SELECT"
        " max(from_day) FROM party_gst WHERE party_id = party.id AND from_day <= :day)"
        " LEFT JOIN party_licence ON party_licence.party_id = party.id AND party_licence.active = 1"
        " WHERE party.id = :id ORDER BY kind, number",
        id=ref,
        day=day.isoformat(),
    )
    if not rows:
        raise refuse(Reason.UNKNOWN_PARTY, code=str(ref))
    (
        key, code, name, state, address, city, pin, phone, ship_to, ship_state, fssai, days, life,
        beat, salesman, active, gst_type, gstin,
    ) = rows[0][:18]  # fmt: skip
    kind = GstType(gst_type) if gst_type else GstType.UNREGISTERED
    held = licences.listed(row[18:] for row in rows)
    return Party(
        key, code, name, state, gstin or "", kind, address, city, pin, phone, ship_to, ship_state,
        fssai, numbers(held, Regime.DRUG), days, life, beat, salesman, bool(active), held,
    )  # fmt: skip


def _walk_in(ref: WalkIn, us: Seller) -> Party:
    """His State is what he says, else his GSTIN's, else ours; pricing judges whether they agree."""
    from dms_desktop.domain.gstin import normalised  # no start waits for it

    gstin = normalised(ref.gstin)
    kind = GstType.REGULAR if gstin else GstType.UNREGISTERED
    state = ref.state or gstin[:2] or us.state
    return Party(0, "", ref.name, state, gstin, kind, address=ref.address, phone=ref.phone)


@needs(Power.LOOK)
def items(
    reading: Reading,
    ids: Iterable[int],
    *,
    party_id: int,
    day: date,
    place_id: int,
    unstocked: bool = False,
    fulfils: UUID | None = None,
    rates: Mapping[int, tuple[TaxRate, ...]] | None = None,
) -> dict[int, Item]:
    """Items by id, with the lots that lie saleable in one place and this party's prices.

    What orders reserve is not among the lots, but for the order that this fulfils. `unstocked`
    leaves them, and adds the newest lot of an item that has none there, for its price only.
    `rates`: those that are known.
    """
    wanted = sorted(set(ids))
    rows = reading.rows(
        "SELECT id, code, name, hsn, unit, inner_units, case_units, principal_id, tax_class_id,"
        " active, regime FROM item WHERE id IN :ids",
        ids=wanted,
    )
    rates = rates or _rates(reading)
    shelf = _lots(reading, wanted, place_id)
    if not unstocked:
        for key, pieces in reserved(reading, wanted, place_id, but_for=fulfils).items():
            shelf[key] = list(sellable_lots(shelf.get(key, ()), pieces, day))
    if unstocked and (bare := [key for key in wanted if key not in shelf]):
        shelf |= _newest_lots(reading, bare)
    terms = _terms(reading, party_id)
    prices = _prices(reading, party_id, wanted, day, terms)
    found: dict[int, Item] = {}
    for key, code, name, hsn_code, unit, inner, case, owner, tax_class, active, regime in rows:
        own = terms.get(owner, _Terms())
        found[key] = Item(
            key, code, name, hsn_code, unit, inner, case, owner, rates[tax_class],
            tuple(shelf.get(key, ())), tuple(prices.get(key, ())), _percent(own.trade),
            _percent(own.special), bool(active), Regime(regime) if regime else None,
            own.credit_days,
        )  # fmt: skip
    return found


def _rates(reading: Reading) -> dict[int, tuple[TaxRate, ...]]:
    """By tax class; there are few, and a class without a rate has none."""
    found: defaultdict[int, tuple[TaxRate, ...]] = defaultdict(tuple)
    for tax_class, *said in reading.rows(
        "SELECT tax_class_id, from_day, gst, cess, cess_paise, cess_per, basis FROM tax_rate"
    ):
        found[tax_class] += (_rate(*said),)
    return found


@lru_cache(maxsize=256)
def _rate(from_day: str, gst: int, cess: int, paise: int, per: int, basis: str) -> TaxRate:
    specific = Rate(Money(paise), per) if paise else None
    begun = date.fromisoformat(from_day) if from_day else date.min
    return TaxRate(_decimal(gst), _decimal(cess), specific, Basis(basis), begun)


_LOT = (
    "SELECT lot.item_id, lot.id, lot.batch, lot.mrp, lot.expiry, lot.ptr, lot.ptr_per,"
    " lot.blocked, stock.qty, lot_cost.qty, lot_cost.paise FROM stock"
    " JOIN lot ON lot.id = stock.lot_id JOIN lot_cost ON lot_cost.lot_id = stock.lot_id"
    " WHERE stock.item_id IN :ids AND stock.place_id = :place AND stock.bucket = 'saleable'"
    " AND stock.qty > 0{held} ORDER BY stock.lot_id"
)
_SHOWN, _SOLD = _LOT.format(held=""), _LOT.format(held=" AND stock.lot_id IN :lots")
# The row of a lot's cost stands for the whole lot; what lies of it is read once that row is held.
_HOLD = (
    "SELECT lot_id FROM lot_cost WHERE lot_id IN (SELECT lot_id FROM stock WHERE item_id IN :ids"
    " AND place_id = :place AND bucket = 'saleable' AND qty > 0) ORDER BY lot_id FOR UPDATE"
)
_NEWEST = (
    "SELECT item_id, id, batch, mrp, expiry, ptr, ptr_per, 0, 0, 0, 0 FROM lot"
    " WHERE id IN (SELECT max(id) FROM lot WHERE item_id IN :ids GROUP BY item_id)"
)


def _lots(reading: Reading, ids: Sequence[int], place_id: int) -> dict[int, list[Lot]]:
    if not reading.locking:
        return _by_item(reading.rows(_SHOWN, ids=ids, place=place_id))
    held = [lot for (lot,) in reading.rows(_HOLD, ids=ids, place=place_id)]
    return _by_item(reading.rows(_SOLD, ids=ids, place=place_id, lots=held))


def lots_of(reading: Reading, ids: Iterable[int], place_id: int) -> dict[int, list[Lot]]:
    """By item, what lies saleable in one place, whoever reserved it; under lock inside a write."""
    return _lots(reading, sorted(set(ids)), place_id)


def reserved(
    reading: Reading, items: Iterable[int], place_id: int, *, but_for: UUID | None = None
) -> dict[int, int]:
    """Pieces of each item that orders keep in a place, but for one order."""
    return {
        item: int(qty)
        for item, qty in reading.rows(
            "SELECT item_id, sum(qty) FROM reservation WHERE item_id IN :items"
            " AND place_id = :place AND line_id / 65536"
            " <> coalesce((SELECT id FROM document WHERE uid = :but_for), 0) GROUP BY item_id",
            items=sorted(set(items)),
            place=place_id,
            but_for=but_for.bytes if but_for else b"",
        )
    }


def _newest_lots(reading: Reading, ids: Sequence[int]) -> dict[int, list[Lot]]:
    return _by_item(reading.rows(_NEWEST, ids=ids))


def _by_item(rows: list[tuple[Any, ...]]) -> dict[int, list[Lot]]:
    shelf: defaultdict[int, list[Lot]] = defaultdict(list)
    for item, key, batch, mrp, expiry, ptr, per, blocked, qty, held, paise in rows:
        last_day = date.fromisoformat(expiry) if expiry else None
        rate = Rate(Money(ptr), per) if ptr is not None else None
        lot = Lot(key, batch, Money(mrp), last_day, qty, rate, bool(blocked), held, Money(paise))
        shelf[item].append(lot)
    return dict(shelf)


def _terms(reading: Reading, party_id: int) -> dict[int, _Terms]:
    """By principal."""
    return {
        principal: _Terms(*own)
        for principal, *own in reading.rows(
            "SELECT principal_id, trade_discount, special_discount, price_list_id, credit_days"
            " FROM party_principal WHERE party_id = :party",
            party=party_id,
        )
    }


def _prices(
    reading: Reading,
    party_id: int,
    ids: Sequence[int],
    day: date,
    terms: dict[int, _Terms],
) -> dict[int, list[ListPrice]]:
    """What the party's own lists say, those for a principal first, then his class's."""
    own = {each.price_list for each in terms.values() if each.price_list}
    prices: defaultdict[int, list[ListPrice]] = defaultdict(list)
    for item, name, rate, per, of_ptr, of_mrp, mrp, inclusive, net in reading.rows(
        "SELECT list_price.item_id, price_list.code, rate, per, percent_of_ptr, percent_of_mrp,"
        " list_price.mrp, inclusive, net FROM price_list"
        " JOIN list_price ON list_price.price_list_id = price_list.id"
        " LEFT JOIN party ON party.id = :party"
        " WHERE price_list.active = 1 AND (price_list.id IN :own"
        " OR price_list.id = party.price_list_id"
        " OR (price_list.party_class <> '' AND price_list.party_class = party.party_class))"
        " AND list_price.item_id IN :ids AND from_day <= :day"
        " AND (until_day = '' OR until_day >= :day)"
        " ORDER BY (price_list.id IN :own) DESC,"
        " (price_list.id = coalesce(party.price_list_id, 0)) DESC, from_day DESC, list_price.id",
        party=party_id,
        own=sorted(own),
        ids=ids,
        day=day.isoformat(),
    ):
        prices[item].append(
            ListPrice(
                name,
                Rate(Money(rate), per) if rate is not None else None,
                _percent(of_ptr),
                _percent(of_mrp),
                Money(mrp) if mrp else None,
                bool(inclusive),
                bool(net),
            )
        )
    return dict(prices)


def _decimal(scaled: int) -> Decimal:
    return Decimal(scaled).scaleb(-4)


def _percent(scaled: int | None) -> Decimal | None:
    return None if scaled is None else _decimal(scaled)
