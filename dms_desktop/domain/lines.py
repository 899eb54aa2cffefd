"""The rows of one item become lines: lots first, then prices, so that a price never comes late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from dms_desktop.domain.draft import Ask
from dms_desktop.domain.facts import Item, Lot
from dms_desktop.domain.fefo import Pick, in_order, left_after, pick, sellable
from dms_desktop.domain.goods_line import Adjustment, GoodsLine
from dms_desktop.domain.money import Money, share
from dms_desktop.domain.pricing import Quote, discounts, gross, quote
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.tax import Gst, TaxRate, gst, rate_on
from dms_desktop.domain.typed import row_flaws

_NO_TAX = Gst()


class Terrain(NamedTuple):
    """What all rows of a draft share."""

    day: date
    life_days: int = 0
    interstate: bool = False
    charged: bool = True  # False under reverse charge and for a composition seller
    collects: bool = True  # False for a composition seller: an inclusive rate has no tax in it
    picking: bool = True  # False for an order or estimate: no lot is named
    gone: bool = False  # the goods are out on a challan already


class Rows(NamedTuple):
    """What became of one item's rows."""

    lines: tuple[GoodsLine, ...]
    problems: tuple[Problem, ...]


class _Part(NamedTuple):
    """Pieces of one row that share an MRP and a rate."""

    quoted: Quote
    lots: tuple[tuple[Lot, int, int], ...]  # lot, billed, free


def price_item(item: Item, asks: Sequence[tuple[int, Ask]], terrain: Terrain) -> Rows:
    """Price every row that asks for this item; later rows see the shelf that earlier ones left."""
    lines: list[GoodsLine] = []
    problems: list[Problem] = []
    shelf = tuple(in_order(item.lots))
    tax_rate = rate_on(terrain.day, item.rates)
    for row, ask in asks:
        found = [*row_flaws(row, ask), *_flaws(item, tax_rate, row, terrain)]
        if found or tax_rate is None:
            problems += found
            continue
        parts, trouble = _parts(ask, item, shelf, terrain, row)
        problems += trouble
        made = _lines(row, ask, item, parts, tax_rate, terrain)
        problems += _other_mrp(ask, made)
        if terrain.picking and len(asks) > 1:
            shelf = left_after(shelf, {line.lot_id or 0: line.pieces for line in made})
        lines += made
    return Rows(tuple(lines), tuple(problems))


def _flaws(item: Item, tax_rate: TaxRate | None, row: int, terrain: Terrain) -> Iterator[Problem]:
    """An item that is sold no more can still be billed to who has it."""
    facts = {"item": item.name, "code": item.code}
    if not item.active and not terrain.gone:
        yield Problem(Reason.INACTIVE, row, facts)
    if not item.hsn:
        yield Problem(Reason.NO_HSN, row, facts)
    if tax_rate is None:
        yield Problem(Reason.NO_TAX_RATE, row, facts)


def _parts(
    ask: Ask, item: Item, shelf: tuple[Lot, ...], terrain: Terrain, row: int
) -> tuple[list[_Part], list[Problem]]:
    """Choose lots: one MRP and rate at a time, and on to the next only where the clerk said so."""
    choice = _candidates(ask, shelf, terrain)
    if not terrain.picking:
        return _unpicked(ask, item, choice or shelf, row)
    if ask.batch is not None and not choice:
        return [], [_batch_problem(ask, item, shelf, row)]
    parts: list[_Part] = []
    billed, free = ask.qty, ask.free
    for quoted, lots in _by_price(ask, item, choice):
        if parts and not ask.any_mrp:
            break
        picks, billed = pick(billed, lots)
        gifts: tuple[Pick, ...] = ()
        if free and not billed:
            gifts, free = pick(free, left_after(lots, {p.lot.id: p.qty for p in picks}))
        if picks or gifts:
            parts.append(_Part(quoted, _together(picks, gifts)))
        if not billed and not free:
            return parts, [*_passed_over(ask, item, choice, parts, row)]
    return parts, [_short(ask, item, choice, parts, billed + free, row)]


def _candidates(ask: Ask, shelf: Iterable[Lot], terrain: Terrain) -> tuple[Lot, ...]:
    if ask.lot_id is not None:
        return tuple(lot for lot in shelf if lot.id == ask.lot_id)
    return tuple(
        lot
        for lot in shelf
        if (ask.batch is None or lot.batch == ask.batch)
        and (ask.mrp is None or lot.mrp == ask.mrp or ask.any_mrp)
        and sellable(lot, on=terrain.day, life_days=terrain.life_days)
    )


def _by_price(
    ask: Ask, item: Item, lots: tuple[Lot, ...]
) -> Iterator[tuple[Quote, tuple[Lot, ...]]]:
    """Lots by MRP and rate, the group with the earliest expiry first; the asked MRP leads."""
    groups: dict[object, tuple[Quote, list[Lot]]] = {}
    if ask.mrp is not None:
        lots = tuple(sorted(lots, key=lambda lot: lot.mrp != ask.mrp))
    for lot in lots:
        if quoted := quote(ask, item, lot):
            rate = quoted.rate
            key = (lot.mrp.paise, rate.amount.paise, rate.per, quoted.inclusive)
            groups.setdefault(key, (quoted, []))[1].append(lot)
    for quoted, members in groups.values():
        yield quoted, tuple(members)


def _together(picks: Iterable[Pick], gifts: Iterable[Pick]) -> tuple[tuple[Lot, int, int], ...]:
    """Billed and free pieces of one lot on one line; the lot as it stood before either left."""
    lots: dict[int, tuple[Lot, int, int]] = {p.lot.id: (p.lot, p.qty, 0) for p in picks}
    for gift in gifts:
        lot, billed, _ = lots.get(gift.lot.id, (gift.lot, 0, 0))
        lots[gift.lot.id] = (lot, billed, gift.qty)
    return tuple(lots.values())


def _unpicked(
    ask: Ask, item: Item, lots: tuple[Lot, ...], row: int
) -> tuple[list[_Part], list[Problem]]:
    """The price of the first lot that has one; the paper promises the goods, not a batch."""
    for lot in lots or (Lot(0, "", ask.mrp or Money(), None, 0),):
        if quoted := quote(ask, item, lot):
            some = lot._replace(id=0, batch="", expiry=None)
            return [_Part(quoted, ((some, ask.qty, ask.free),))], []
    return [], [Problem(Reason.NO_PRICE, row, {"item": item.name, "code": item.code})]


def _short(
    ask: Ask, item: Item, choice: tuple[Lot, ...], parts: list[_Part], short: int, row: int
) -> Problem:
    have = ask.qty + ask.free - short
    facts: dict[str, object] = {"item": item.name, "code": item.code, "short": short, "have": have}
    used = {lot.id for part in parts for lot, _, _ in part.lots}
    unpriced = [lot for lot in choice if quote(ask, item, lot) is None]
    for lot in choice:
        if lot.id not in used and lot not in unpriced and parts and not ask.any_mrp:
            facts |= {"mrp": parts[0].lots[0][0].mrp, "next_mrp": lot.mrp, "next": lot.on_hand}
            return Problem(Reason.ANOTHER_MRP, row, facts)
    return Problem(Reason.NO_PRICE if unpriced else Reason.SHORT_STOCK, row, facts)


def _passed_over(
    ask: Ask, item: Item, choice: tuple[Lot, ...], parts: list[_Part], row: int
) -> Iterator[Problem]:
    """Lots that should have gone before those that went, and that nothing gives a price."""
    used = {lot.id for part in parts for lot, _, _ in part.lots}
    last = max(at for at, lot in enumerate(choice) if lot.id in used)
    for lot in choice[:last]:
        if lot.id not in used and quote(ask, item, lot) is None:
            facts = {"item": item.name, "code": item.code, "batch": lot.batch, "mrp": lot.mrp}
            yield Problem(Reason.LOT_NOT_PRICED, row, facts)


def _other_mrp(ask: Ask, lines: Iterable[GoodsLine]) -> Iterator[Problem]:
    """One MRP was asked for, and pieces of another had to go."""
    for line in lines:
        if ask.mrp is not None and line.mrp != ask.mrp:
            facts = {"item": line.name, "code": line.code, "mrp": ask.mrp, "next_mrp": line.mrp}
            yield Problem(Reason.WAS_OTHER_MRP, line.ask, facts)
            return


def _batch_problem(ask: Ask, item: Item, shelf: tuple[Lot, ...], row: int) -> Problem:
    facts: dict[str, object] = {"item": item.name, "code": item.code, "batch": ask.batch}
    same = [lot for lot in shelf if lot.batch == ask.batch]
    if not same:
        return Problem(Reason.UNKNOWN_BATCH, row, facts)
    if any(lot.blocked for lot in same):
        return Problem(Reason.BLOCKED_BATCH, row, facts)
    if any(lot.on_hand > 0 for lot in same):
        return Problem(Reason.EXPIRED_BATCH, row, facts | {"expiry": same[0].expiry})
    return Problem(Reason.SHORT_STOCK, row, facts | {"short": ask.qty + ask.free, "have": 0})


def _lines(
    row: int, ask: Ask, item: Item, parts: list[_Part], tax_rate: TaxRate, terrain: Terrain
) -> list[GoodsLine]:
    """A line a lot. Each sum of the row is made once and shared, so that lots never change it."""
    made: list[GoodsLine] = []
    inside = tax_rate if terrain.collects else None
    worth = [_worth(part, inside) for part in parts]
    for part, value, asked in zip(parts, worth, _asks(ask, worth), strict=True):
        values = share(value, [qty for _, qty, _ in part.lots])
        weights = [each.paise for each in values]
        shares = [
            (off, share(off.amount, weights)) for off in discounts(asked, item, part.quoted, value)
        ]
        for at, (lot, qty, free) in enumerate(part.lots):
            taken = tuple(
                Adjustment(off.kind, each[at], off.percent, off.source)
                for off, each in shares
                if each[at]
            )
            bare = _Bare(row, ask, lot, qty, free, part.quoted, values[at], taken)
            made.append(_line(bare, item, tax_rate, terrain))
    return made


def _worth(part: _Part, inside: TaxRate | None) -> Money:
    """What the billed pieces of a part come to before discounts; its lots share an MRP."""
    billed = sum(qty for _, qty, _ in part.lots)
    return gross(part.quoted, billed, inside, part.lots[0][0].mrp)


def _asks(ask: Ask, worth: list[Money]) -> list[Ask]:
    """An amount off the row is shared over its parts by what each is worth."""
    if not ask.off or len(worth) < 2:
        return [ask] * len(worth)
    amounts = share(ask.off, [value.paise for value in worth])
    return [replace(ask, discount=amount) for amount in amounts]


class _Bare(NamedTuple):
    """What one line is made of."""

    row: int
    ask: Ask
    lot: Lot
    qty: int
    free: int
    quoted: Quote
    value: Money
    taken: tuple[Adjustment, ...]


def _line(bare: _Bare, item: Item, tax_rate: TaxRate, terrain: Terrain) -> GoodsLine:
    lot, quoted = bare.lot, bare.quoted
    taxable = bare.value
    if bare.taken:
        taxable = Money(taxable.paise - sum(off.amount.paise for off in bare.taken))
    return GoodsLine(
        item_id=item.id,
        lot_id=lot.id or None,
        code=item.code,
        name=item.name,
        hsn=item.hsn,
        uqc=item.uqc,
        batch=lot.batch,
        expiry=lot.expiry,
        mrp=lot.mrp,
        qty=bare.qty,
        free_qty=bare.free,
        rate=quoted.rate,
        gross=bare.value,
        adjustments=bare.taken,
        taxable=taxable,
        tax_rate=tax_rate,
        tax=_tax(taxable, tax_rate, bare.qty, lot.mrp, terrain),
        cost=lot.cost_of(bare.qty + bare.free),
        principal_id=item.principal_id,
        inclusive=quoted.inclusive,
        net=quoted.net,
        case=item.case,
        inner=item.inner,
        why=quoted.why,
        source_line=bare.ask.source_line,
        ask=bare.row,
    )


def taxed(line: GoodsLine, terrain: Terrain, off: Adjustment) -> GoodsLine:
    """The line after a further discount, the bill's, with the tax on what is left."""
    taxable = line.taxable - off.amount
    tax = _tax(taxable, line.tax_rate, line.qty, line.mrp, terrain)
    return replace(line, adjustments=(*line.adjustments, off), taxable=taxable, tax=tax)


def _tax(taxable: Money, rate: TaxRate, qty: int, mrp: Money, terrain: Terrain) -> Gst:
    if not terrain.charged:
        return _NO_TAX
    return gst(taxable, rate, qty, interstate=terrain.interstate, retail_price=mrp)
