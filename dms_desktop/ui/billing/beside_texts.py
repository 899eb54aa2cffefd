"""What the three columns beside the bill say: the party, what it buys, and the item at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from dms_desktop.domain.facts import Facts, Item, Lot, Party
from dms_desktop.domain.fefo import in_order, sellable
from dms_desktop.domain.goods_line import GoodsLine
from dms_desktop.domain.money import ZERO, Money
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.units import spell
from dms_desktop.domain.verdict import Verdict
from dms_desktop.language.catalogue import _, joined, ngettext
from dms_desktop.language.figures import day_text, grouped
from dms_desktop.store.search_entries import Found
from dms_desktop.ui import keys
from dms_desktop.ui.billing.cells import rate_text, rupees, with_sign
from dms_desktop.ui.billing.looks import ItemSeen
from dms_desktop.ui.kit.facts import Fact, Tone

if TYPE_CHECKING:
    from dms_desktop.services.panel import LastRate, PartyPanel, UsualItem

ROWS = 7  # of each column
BILLS = 3
USUAL = 2


class AtHand(NamedTuple):
    """The item being typed, or that of the line with the cursor, and on which terms it goes."""

    item: Item
    day: date
    life_days: int = 0
    lines: tuple[GoodsLine, ...] = ()


def of_party(facts: Facts | None, seen: PartyPanel | None, verdict: Verdict) -> Iterator[Fact]:
    """Who he is, how he stands, and what he may still have."""
    if facts is None or not facts.party.name:
        return
    party = facts.party
    yield Fact(party.name, bold=True)
    card = seen.card if seen else None
    where = (card.beat, card.salesman) if card else (party.city,)
    yield Fact(joined("  ·  ", where), tone=Tone.WEAK)
    if seen is None or card is None:
        return
    if card.balance < ZERO:
        yield Fact(_("Advance with us"), with_sign(-card.balance), Tone.GOOD)
    else:
        yield Fact(_("Owes"), with_sign(card.balance))
    yield _limit(card.limit)
    yield from _licences_at_end(seen)
    account = seen.standing.accounts[0] if seen.standing.accounts else None
    if account and (waiting := account.exposure.orders + account.exposure.challans):
        yield Fact(_("Orders and challans"), with_sign(waiting))
    judged = verdict if verdict.accounts else seen.standing
    said = [(each, Tone.FAULT) for each in judged.problems]
    for problem, tone in (*said, *((each, Tone.WARNING) for each in judged.warnings)):
        yield _trouble(problem, tone)
    yield _sound_licences(party, seen)


def of_habits(seen: PartyPanel | None) -> Iterator[Fact]:
    """The latest bills, and what is on most of them."""
    if seen is None:
        return
    yield Fact(_("Last bills") if seen.bills else _("No bill yet"), tone=Tone.WEAK)
    for bill in seen.bills[:BILLS]:
        text = joined("  ", (bill.number, f"{bill.day:%d-%m}"))
        if bill.open:
            unpaid = _("{amount} unpaid").format(amount=with_sign(bill.open))
            yield Fact(text, unpaid, Tone.WARNING if bill.open == bill.total else Tone.PLAIN)
        else:
            yield Fact(text, with_sign(bill.total))
    if seen.usual:
        yield Fact(_("Usually buys"), tone=Tone.WEAK)
    for usual in seen.usual[:USUAL]:
        yield _usual(usual)


def of_item(hand: AtHand | None, seen: ItemSeen | None) -> Iterator[Fact]:
    """What can be sold of it and from which lots, what was paid last, and why it costs that."""
    if hand is None:
        return
    item = hand.item
    lots = [lot for lot in in_order(item.lots) if _sells(lot, hand)]
    near = {lot.lot_id for lot in seen.near} if seen and seen.item_id == item.id else set()
    pieces = sum(lot.on_hand for lot in lots)
    yield Fact(item.name, bold=True)
    yield Fact(_in_hand(pieces, item), _packed(hand, lots), Tone.PLAIN if pieces else Tone.FAULT)
    told = [*_prices(hand, seen)]
    room = ROWS - 2 - len(told)
    shown = lots if len(lots) <= room else lots[: room - 1]
    for lot in shown:
        yield _lot(lot, Tone.WARNING if lot.id in near else Tone.PLAIN)
    if more := len(lots) - len(shown):
        said = ngettext("{count} more lot", "{count} more lots", more).format(count=more)
        left = sum(lot.on_hand for lot in lots[len(shown) :])
        yield Fact(said, grouped(left), Tone.WEAK)
    yield from told


def found_usual(seen: PartyPanel | None) -> tuple[Found, ...]:
    """What the party buys, as rows of the search box."""
    usual = seen.usual if seen else ()
    return tuple(Found(each.item_id, each.code, each.name, _usual(each).right) for each in usual)


def why_texts(line: GoodsLine) -> Iterator[str]:
    """Where the rate of a line comes from, and each discount on it."""
    for word in line.why:
        what, _colon, of = word.partition(":")
        name, _colon, mrp = of.partition(":")
        match what:
            case "promised":
                yield _("the order's promise")
            case "typed":
                yield _("typed here")
            case "list":
                yield _("price list {name}").format(name=name)
            case "list_other_mrp":
                yield _("{name} is for MRP {mrp}").format(name=name, mrp=mrp)
            case "list_no_ptr":
                yield _("{name} asks for the PTR of the batch, which has none").format(name=name)
            case "ptr":
                yield _("PTR of the batch")
    if any(off.source == "terms" for off in line.adjustments):
        yield _("discount of the party's terms")
    if line.free_reason:
        yield _("free: {reason}").format(reason=line.free_reason_name)


def _licences_at_end(seen: PartyPanel) -> Iterator[Fact]:
    """What has ended or soon will, each by itself, before what the head of the bill tells too."""
    for held in seen.licences:
        if held.ended or held.near:
            said = _("{licence} ended") if held.ended else _("{licence} ends soon")
            until = day_text(held.licence.valid_to) if held.licence.valid_to else ""
            tone = Tone.FAULT if held.ended else Tone.WARNING
            yield Fact(said.format(licence=held.licence.kind), until, tone)


def _sound_licences(party: Party, seen: PartyPanel) -> Fact:
    """The others in one line, beside the telephone."""
    held = [each.licence for each in seen.licences if not each.ended and not each.near]
    said = joined("  ·  ", (f"{each.kind} {each.number}" for each in held))
    if not seen.licences:
        bare = _("FSSAI {number}").format(number=party.fssai) if party.fssai else ""
        said = bare or _("No FSSAI number")
    return Fact(said, party.phone, Tone.WEAK)


def _limit(limit: Money | None) -> Fact:
    if limit is None:
        return Fact(_("No credit limit is set"), tone=Tone.WEAK)
    return Fact(_("Limit"), with_sign(limit)) if limit else Fact(_("Cash only: the limit is nil"))


def _trouble(problem: Problem, tone: Tone) -> Fact:
    facts = problem.facts
    whose = f"{facts['principal']}: " if "principal" in facts else ""
    over, overdue = facts.get("over"), facts.get("overdue")
    match problem.reason:
        case Reason.CREDIT_LIMIT if isinstance(over, Money):
            return Fact(joined("", (whose, _("Over the limit by"))), with_sign(over), tone)
        case Reason.CREDIT_OVERDUE if isinstance(overdue, Money):
            late = _("Overdue {days} days").format(days=facts.get("days", ""))
            return Fact(joined("", (whose, late)), with_sign(overdue), tone)
        case _:
            return Fact(joined("", (whose, _("Credit is stopped"))), tone=tone)


def _usual(usual: UsualItem) -> Fact:
    said = _("{qty} at {rate}")
    return Fact(
        usual.name, said.format(qty=grouped(usual.last_qty), rate=rate_text(usual.last_rate))
    )


def _packed(hand: AtHand, lots: Sequence[Lot]) -> str:
    """How it comes; while it is typed and lies there at several MRPs, how another is chosen."""
    mrps = len({lot.mrp for lot in lots})
    if mrps > 1 and not hand.lines:
        down = keys.key_text("lookup.down")
        return _("{count} MRPs, {key} chooses").format(count=mrps, key=down)
    case = hand.item.case
    return _("case of {pieces}").format(pieces=grouped(case)) if case else ""


def _sells(lot: Lot, hand: AtHand) -> bool:
    return sellable(lot, on=hand.day, life_days=hand.life_days)


def _in_hand(pieces: int, item: Item) -> str:
    if not pieces:
        return _("none in hand")
    figure = spell(pieces, item.case, item.inner) if item.case else grouped(pieces)
    return _("{pieces} in hand").format(pieces=figure)


def _lot(lot: Lot, tone: Tone) -> Fact:
    expiry = f"{lot.expiry:%m/%y}" if lot.expiry else ""
    name = joined("  ·  ", (lot.batch, expiry, _mrp(lot.mrp)))
    return Fact(name, grouped(lot.on_hand), tone)


def _mrp(mrp: Money) -> str:
    return _("MRP {mrp}").format(mrp=rupees(mrp)) if mrp else ""


def _prices(hand: AtHand, seen: ItemSeen | None) -> Iterator[Fact]:
    if hand.lines:
        first = hand.lines[0]
        rate = _("Rate {rate}").format(rate=rate_text(first.rate))
        yield Fact(rate, joined(", ", why_texts(first)), Tone.WEAK, whole=True)
    elif ptr := next((lot.ptr for lot in in_order(hand.item.lots) if _sells(lot, hand)), None):
        yield Fact(_("PTR {rate}").format(rate=rate_text(ptr)), tone=Tone.WEAK)
    if seen and seen.item_id == hand.item.id and seen.last:
        yield _last(seen.last)


def _last(last: LastRate) -> Fact:
    said = _("Last paid {rate}").format(rate=rate_text(last.rate))
    off = _("less {amount}").format(amount=rupees(last.discount)) if last.discount else ""
    return Fact(said, joined("  ·  ", (off, grouped(last.qty), day_text(last.day))), whole=True)
