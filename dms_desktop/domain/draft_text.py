"""A draft as text: kept on disk while it is typed, digested to tell one request from another."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from operator import index
from typing import Any
from uuid import UUID

from dms_desktop.domain.draft import Ask, Draft, Promise, WalkIn
from dms_desktop.domain.goods_line import Kind, Mode, Payment, Terms
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.refusals import Reason


def to_text(draft: Draft) -> str:
    """JSON with the keys in order and the defaults left out: equal drafts, equal texts."""
    return json.dumps(_draft(draft), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> Draft:
    """Raises ValueError or KeyError for a text that no draft ever was."""
    try:
        return _read_draft(json.loads(text))
    except (TypeError, AttributeError, IndexError, ArithmeticError) as error:
        raise ValueError(f"{text[:60]!r} is no draft: {error}") from error


def _read_draft(said: dict[str, Any]) -> Draft:
    party = said.get("party")
    return Draft(
        id=UUID(said["id"]),
        day=date.fromisoformat(said["day"]),
        party=WalkIn(**party) if isinstance(party, dict) else _key(party),
        place_id=index(said["place_id"]),
        kind=Kind(said["kind"]),
        asks=tuple(_read_ask(ask) for ask in said["asks"]),
        terms=Terms(said["terms"]) if "terms" in said else None,
        bill_discount=_money(said.get("bill_discount")),
        bill_discount_percent=_decimal(said.get("bill_discount_percent")),
        cash_discount_percent=_decimal(said.get("cash_discount_percent")),
        salesman_id=_key(said.get("salesman_id")),
        order_no=said.get("order_no", ""),
        transport=said.get("transport", ""),
        note=said.get("note", ""),
        reverse_charge=said.get("reverse_charge", False),
        allowed=frozenset(Reason(reason) for reason in said.get("allowed", ())),
        source=UUID(said["source"]) if "source" in said else None,
        goods_from=_key(said.get("goods_from")),
        payments=tuple(
            Payment(Mode(mode), Money(paise), ref) for mode, paise, ref in said.get("payments", ())
        ),
        reserve=said.get("reserve", False),
    )


def _draft(draft: Draft) -> dict[str, Any]:
    party = draft.party
    said = {
        "party": _walk_in(party) if isinstance(party, WalkIn) else party,
        "terms": draft.terms,
        "bill_discount": None if draft.bill_discount is None else draft.bill_discount.paise,
        "bill_discount_percent": _text(draft.bill_discount_percent),
        "cash_discount_percent": _text(draft.cash_discount_percent),
        "salesman_id": draft.salesman_id,
        "order_no": draft.order_no,
        "transport": draft.transport,
        "note": draft.note,
        "reverse_charge": draft.reverse_charge,
        "allowed": sorted(draft.allowed),
        "source": draft.source and str(draft.source),
        "goods_from": draft.goods_from,
        "payments": [[one.mode, one.amount.paise, one.ref] for one in draft.payments],
        "reserve": draft.reserve,
    }
    always = {
        "id": str(draft.id),
        "day": draft.day.isoformat(),
        "place_id": draft.place_id,
        "kind": draft.kind,
        "asks": [_ask(ask) for ask in draft.asks],
    }
    return always | _that_say(said)


def _walk_in(party: WalkIn) -> dict[str, str]:
    said = {name: getattr(party, name) for name in party.__slots__}
    return {name: value for name, value in said.items() if value or name == "name"}


def _that_say(said: dict[str, Any]) -> dict[str, Any]:
    """Without what is as it is by default. A discount of nil was typed: it is kept."""
    return {
        name: value for name, value in said.items() if value or (value == 0 and value is not False)
    }


def _ask(ask: Ask) -> dict[str, Any]:
    said: dict[str, Any] = {
        "free": ask.free or None,
        "free_reason": ask.free_reason,
        "any_mrp": ask.any_mrp,
        "inclusive": ask.inclusive,
        "net": ask.net,
        "promised": ask.promised,
        "source_line": ask.source_line,
        "lot_id": ask.lot_id,
    }
    kept = _that_say(said)
    if ask.batch is not None:
        kept["batch"] = ask.batch
    if ask.mrp is not None:
        kept["mrp"] = ask.mrp.paise
    if ask.rate is not None:
        kept["rate"] = [ask.rate.amount.paise, ask.rate.per]
    if ask.discounts is not None:
        kept["discounts"] = [_text(percent) for percent in ask.discounts]
    if ask.discount is not None:
        kept["discount"] = ask.discount.paise
    if said_off := ask.promise:
        kept["promise"] = [said_off.amount.paise, said_off.pieces, said_off.left]
    return {"item_id": ask.item_id, "qty": ask.qty, **kept}


def _read_ask(said: dict[str, Any]) -> Ask:
    rate = said.get("rate")
    discounts, off = said.get("discounts"), said.get("promise")
    return Ask(
        item_id=index(said["item_id"]),
        qty=index(said["qty"]),
        free=index(said.get("free", 0)),
        free_reason=said.get("free_reason", ""),
        batch=said.get("batch"),
        mrp=_money(said.get("mrp")),
        any_mrp=said.get("any_mrp", False),
        rate=Rate(Money(rate[0]), rate[1]) if rate else None,
        inclusive=said.get("inclusive", False),
        net=said.get("net", False),
        promised=said.get("promised", False),
        discounts=None if discounts is None else tuple(Decimal(each) for each in discounts),
        discount=_money(said.get("discount")),
        promise=Promise(Money(off[0]), off[1], off[2]) if off else None,
        lot_id=_key(said.get("lot_id")),
        source_line=_key(said.get("source_line")),
    )


def _key(said: Any) -> int | None:
    return None if said is None else index(said)


def _text(percent: Decimal | None) -> str | None:
    return None if percent is None else f"{percent.normalize():f}"


def _money(paise: int | None) -> Money | None:
    return None if paise is None else Money(paise)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
