"""What a document must have done to goods and ledger, told again by the domain from its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple, cast
from uuid import UUID

from dms_desktop.domain.documents import Bill, Challan, Entry, Head, Opening, OpeningLot
from dms_desktop.domain.effect import Effect
from dms_desktop.domain.facts import Party
from dms_desktop.domain.goods_line import Bucket, GoodsLine, Kind, Paper, Terms, Totals
from dms_desktop.domain.money import ZERO, Money
from dms_desktop.domain.posting import effect
from dms_desktop.domain.stock_papers import STOCK_PAPERS, StockPaper, stock_effect
from dms_desktop.domain.tax import Gst
from dms_desktop.domain.trade_papers import PURCHASES, TradePaper, trade_paper
from dms_desktop.services.documents import goods_line, receipt_of
from dms_desktop.services.rows import ENTRY, LINE, MOVE, Row, stock_goods
from dms_desktop.services.verifying.sheaf import Sheaf
from dms_desktop.services.verifying.wrong import Wrong

Said = Mapping[str, Any]

_GOODS = itemgetter(*map(LINE.index, ("item_id", "lot_id", "qty", "free_qty", "cost")))
_BROUGHT = itemgetter(
    *map(MOVE.index, ("to_bucket", "input_cgst", "input_sgst", "input_igst", "input_cess"))
)
_LEG = itemgetter(*map(ENTRY.index, ("account_id", "paise", "party_id")))
_PAISE = ENTRY.index("paise")
_NO_ID, _ANY_DAY = UUID(int=0), date.min


def effect_of(sheaf: Sheaf, said: Said, codes: Mapping[int, str]) -> Effect | None:
    """None for what only its own rows tell: a journal, and a cancellation before its target is
    known. `said` is the head by names and its particulars; `codes` are account codes by id.
    Raises ValueError for a head that no document of its kind could have."""
    match Kind(said["kind"]):
        case Kind.BILL:
            start = said.get("goods_from") or said["place_id"]
            party, terms = said["party_id"], Terms(said["terms"])
            if start is None or (party is None and terms is Terms.CREDIT):
                raise ValueError("a bill says whence and to whom")
            return effect(
                Bill(_head(said, terms), _lines(sheaf), _totals(said), Paper(said["paper"]), start)
            )
        case Kind.RECEIPT:
            head = _head(said, Terms(said["terms"]))
            return effect(receipt_of(head, _totals(said), said))
        case Kind.CHALLAN:
            if said["place_id"] is None or "on_challan" not in said:
                raise ValueError("a challan says whence and whither")
            head = _head(said, Terms(said["terms"]))
            return effect(Challan(head, _lines(sheaf), _totals(said), said["on_challan"], ""))
        case Kind.OPENING:
            if said["place_id"] is None and sheaf.lines:
                raise ValueError("an opening says where")
            return effect(Opening(_head(said, Terms.CREDIT), _lots(sheaf), _brought(sheaf, codes)))
        case Kind.ORDER | Kind.ESTIMATE:
            return Effect()
        case Kind.JOURNAL | Kind.CANCELLATION:
            return None
    if trade := trade_paper(Kind(said["kind"])):
        return of_trade(trade, sheaf, said).done()
    return stock_effect(stock_paper(sheaf, said))


def of_trade(trade: type[TradePaper], sheaf: Sheaf, said: Said) -> TradePaper:
    """Raises LookupError, TypeError or ValueError for one that cannot be read."""
    head = _head(said, Terms(said["terms"] or Terms.CREDIT))
    if trade.kind in PURCHASES:
        whole = (dict(zip(LINE, line, strict=True)) for line in sheaf.lines)
        lines = tuple(goods_line(row, ()) for row in whole)
        return trade.of(head, lines, _totals(said), said)
    return trade.of(head, _lines(sheaf), _totals(said), said)


def stock_paper(sheaf: Sheaf, said: Said) -> StockPaper:
    """Raises LookupError, TypeError or ValueError for one that cannot be read."""
    goods = stock_goods(dict(zip(LINE, line, strict=True)) for line in sheaf.lines)
    head = Head(_NO_ID, _ANY_DAY, said["place_id"])
    return STOCK_PAPERS[Kind(said["kind"])].of(head, goods, said)


def wrong_effect(sheaf: Sheaf, moves: list[Row], entries: list[Row]) -> Iterator[Wrong]:
    """Row by row: first the goods, then the ledger."""
    if sheaf.moves != moves:
        yield from _differences("move", "stock_move", MOVE, sheaf.moves, moves)
    if sheaf.entries != entries:
        yield from _differences("entry", "ledger_entry", ENTRY, sheaf.entries, entries)


def unbalanced(entries: list[Row]) -> int:
    """Paise by which the legs do not come to nil."""
    return sum(entry[_PAISE] for entry in entries)


def _differences(
    what: str, table: str, columns: tuple[str, ...], have: list[Row], should: list[Row]
) -> Iterator[Wrong]:
    for at, (is_, wanted) in enumerate(zip(have, should, strict=False)):
        for column, old, new in zip(columns, is_, wanted, strict=True):
            if old != new:
                if len(have) < len(should):
                    yield Wrong(f"no_{what}", table, -1, "leg", at)
                elif len(have) > len(should):
                    yield Wrong(f"extra_{what}", table, at, "", None)
                else:
                    yield Wrong(what, table, at, column, new)
                return
    if len(have) < len(should):
        yield Wrong(f"no_{what}", table, -1, "leg", len(have))
    elif len(have) > len(should):
        yield Wrong(f"extra_{what}", table, len(should), "", None)


def _head(said: Said, terms: Terms) -> Head:
    party = Party(said["party_id"], "", "", "") if said["party_id"] is not None else _WALK_IN
    return Head(_NO_ID, _ANY_DAY, said["place_id"], party, terms=terms)


_WALK_IN = Party(0, "", "", "")


def _totals(said: Said) -> Totals:
    tax = Gst(*(Money(said[name]) for name in ("cgst", "sgst", "igst", "cess")))
    return Totals(
        Money(said["taxable"]), tax, Money(said["round_off"]), Money(said["total"])
    )  # fmt: skip


class _Line(NamedTuple):
    """All that `effect` looks at in a line: a million whole ones would take half as long again."""

    item_id: int
    lot_id: int | None
    pieces: int
    cost: Money


def _lines(sheaf: Sheaf) -> tuple[GoodsLine, ...]:
    lines = tuple(
        _Line(item, lot, qty + free, Money(cost))
        for item, lot, qty, free, cost in map(_GOODS, sheaf.lines)
    )
    return cast("tuple[GoodsLine, ...]", lines)


def _lots(sheaf: Sheaf) -> tuple[OpeningLot, ...]:
    """The lots of an opening; bucket and input tax stand on its moves alone."""
    brought = [_BROUGHT(move) for move in sheaf.moves]
    brought += [("saleable", 0, 0, 0, 0)] * (len(sheaf.lines) - len(brought))
    return tuple(
        OpeningLot(
            item, lot, "", "", "", "", "", None, ZERO, qty, Money(cost),
            Gst(*map(Money, tax)), Bucket(bucket),
        )
        for (item, lot, qty, _, cost), (bucket, *tax) in zip(
            map(_GOODS, sheaf.lines), brought, strict=False
        )
    )  # fmt: skip


def _brought(sheaf: Sheaf, codes: Mapping[int, str]) -> tuple[Entry, ...]:
    """The balances of an opening: all legs but the goods' first and the opening account's last."""
    legs = [_LEG(entry) for entry in sheaf.entries]
    if sheaf.lines and legs and codes.get(legs[0][0]) == "stock":
        legs = legs[1:]
    if legs and codes.get(legs[-1][0]) == "opening":
        legs = legs[:-1]
    return tuple(
        Entry(codes.get(account, ""), Money(paise), party) for account, paise, party in legs
    )
