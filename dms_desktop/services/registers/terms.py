"""What a party has agreed for one principal: beat, salesman, list, discounts, limit, stop."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from decimal import Decimal
from typing import Any

from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.registers import TermsRecord, joined, parted
from dms_desktop.services.registers.coded import BEAT, PRICE_LIST, PRINCIPAL, SALESMAN, need
from dms_desktop.services.registers.register import (
    Given,
    Keeping,
    Match,
    Shown,
    like,
    locked,
    register,
)
from dms_desktop.services.rows import ten_thousandths
from dms_desktop.store.session import Reading, Tx

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HINDI = {
    "सोम": "mon", "मंगल": "tue", "बुध": "wed", "गुरु": "thu", "गुरू": "thu", "बृहस्पति": "thu",
    "वीर": "thu", "शुक्र": "fri", "शनि": "sat", "रवि": "sun", "इत": "sun",
}  # fmt: skip
_COLUMNS = (
    "beat_id", "visit_day", "salesman_id", "price_list_id", "trade_discount", "special_discount",
    "credit_limit", "credit_days", "stopped",
)  # fmt: skip
_ONE = (
    "SELECT party.id, party_principal.row_version, party.code, principal.code, beat.code,"
    " visit_day, salesman.code, price_list.code, trade_discount, special_discount,"
    " party_principal.credit_limit, party_principal.credit_days, stopped FROM party_principal"
    " JOIN party ON party.id = party_id JOIN principal ON principal.id = principal_id"
    " LEFT JOIN beat ON beat.id = party_principal.beat_id"
    " LEFT JOIN salesman ON salesman.id = party_principal.salesman_id"
    " LEFT JOIN price_list ON price_list.id = party_principal.price_list_id"
    " WHERE code_key = :party AND principal_id = :principal"
)
_PAGE = (
    "SELECT party.code, principal.code, party.name, stopped FROM party_principal"
    " JOIN party ON party.id = party_id JOIN principal ON principal.id = principal_id"
    " WHERE (code_key LIKE :like ESCAPE '\\' OR lower(party.name) LIKE :like ESCAPE '\\'"
    " OR lower(principal.code) LIKE :like ESCAPE '\\'"
    " OR lower(principal.name) LIKE :like ESCAPE '\\')"
    " AND (code_key, principal.code) > (:party, :principal)"
    " ORDER BY code_key, principal.code LIMIT :most"
)
_UPDATE = (
    f"UPDATE party_principal SET {', '.join(f'{name} = ?' for name in _COLUMNS)},"  # noqa: S608
    " row_version = row_version + 1 WHERE party_id = ? AND principal_id = ?"
)


def _code(record: TermsRecord) -> str:
    return joined(record.party, record.principal)


def _kept(reading: Reading, code: str) -> Shown[TermsRecord] | None:
    party, principal = parted(code, 2)
    row = reading.row(
        locked(reading, _ONE, "party_principal"),
        party=folded(party),
        principal=need(reading, PRINCIPAL, principal),
    )
    if row is None:
        return None
    key, version, party, principal, beat, day, salesman, prices, trade, special, *rest = row
    limit, days, stopped = rest
    return Shown(key, version, TermsRecord(
        party, principal, beat or "", day, salesman or "", prices or "", _percent(trade),
        _percent(special), None if limit is None else Money(limit), days, bool(stopped),
    ))  # fmt: skip


def _find(reading: Reading, text: str, after: str, most: int) -> list[Match]:
    party, principal = parted(after, 2)
    return [
        Match(joined(code, owner), name, not stopped)
        for code, owner, name, stopped in reading.rows(
            _PAGE, like=like(text), party=folded(party), principal=principal, most=most
        )
    ]


def _over(reading: Reading, given: Given, old: TermsRecord | None) -> TermsRecord:
    new = replace(old or TermsRecord("", ""), **given)
    party = reading.value("SELECT code FROM party WHERE code_key = :key", key=folded(new.party))
    if party is None:
        raise refuse(Reason.UNKNOWN_PARTY, code=new.party)
    owner = need(reading, PRINCIPAL, new.principal)
    if owner is None:
        raise refuse(Reason.MISSING, field="principal")
    for field in ("trade_discount", "special_discount"):
        percent: Decimal | None = getattr(new, field)
        if percent is not None and not 0 <= percent <= 100:
            raise refuse(Reason.BAD_FIGURE, field=field, value=percent)
    return replace(
        new,
        party=party,
        principal=reading.value("SELECT code FROM principal WHERE id = :id", id=owner),
        beat=_named(reading, BEAT, "SELECT code FROM beat WHERE id = :id", new.beat),
        salesman=_named(
            reading, SALESMAN, "SELECT code FROM salesman WHERE id = :id", new.salesman
        ),
        price_list=_named(
            reading, PRICE_LIST, "SELECT code FROM price_list WHERE id = :id", new.price_list
        ),
        visit_day=_days(new.visit_day),
    )


def _named(reading: Reading, layout: Any, sql: str, name: str) -> str:
    key = need(reading, layout, name)
    return "" if key is None else str(reading.value(sql, id=key))


def _days(text: str) -> str:
    """`mon` or `mon,thu`, in the order of the week, from `Monday` or `सोमवार` too. Refuses
    BAD_ENTRY."""
    words = unicodedata.normalize("NFC", text.casefold()).replace(",", " ").split()
    said = {_HINDI.get(word.removesuffix("वार"), word[:3]) for word in words}
    if said - set(DAYS):
        raise refuse(Reason.BAD_ENTRY, field="visit_day", value=text)
    return ",".join(day for day in DAYS if day in said)


def _write(tx: Tx, record: TermsRecord, now: Shown[TermsRecord] | None) -> None:
    party = tx.value("SELECT id FROM party WHERE code_key = :key", key=folded(record.party))
    keys = (party, need(tx, PRINCIPAL, record.principal))
    row = (
        need(tx, BEAT, record.beat), record.visit_day, need(tx, SALESMAN, record.salesman),
        need(tx, PRICE_LIST, record.price_list), _scaled(record.trade_discount),
        _scaled(record.special_discount),
        None if record.credit_limit is None else record.credit_limit.paise, record.credit_days,
        int(record.stopped),
    )  # fmt: skip
    if now is None:
        tx.insert("party_principal", (*_COLUMNS, "party_id", "principal_id"), [(*row, *keys)])
    else:
        tx.many(_UPDATE, [(*row, *keys)])
    tx.touched["party"].add(party)


def _percent(scaled: int | None) -> Decimal | None:
    return None if scaled is None else Decimal(scaled).scaleb(-4)


def _scaled(percent: Decimal | None) -> int | None:
    return None if percent is None else ten_thousandths(percent)


TERMS = register(Keeping("terms", "party_principal", _code, _kept, _find, _over, _write))
