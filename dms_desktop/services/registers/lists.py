"""The lists of the masters as an owner reads them: a page by its key in two or three statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dms_desktop.domain.calendar import FinancialYear
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.registers import joined
from dms_desktop.services import hsn, periods, principals
from dms_desktop.services.registers.register import PAGE, Match, like
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading

Row = tuple[Any, ...]
Key = tuple[Any, ...]
LEAST = -(10**9)


@dataclass(frozen=True, slots=True)
class Line:
    """A row: `code` leads to the master, `cells` stand in the order that its kind declares here."""

    code: str
    cells: tuple[Any, ...]
    active: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """`of`: the code of the item or the party whose lots or terms these are; `gone`: with those
    that are not used any more."""

    text: str = ""
    of: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class _Layout:
    """`sql` gives the columns of the page's key first, which `start` comes before; `lines` makes
    lines of what follows."""

    sql: str
    start: Key
    lines: Callable[[Reading, list[Row]], list[Line]]


def _plain(table: str, *more: str, where: str = "1 = 1") -> _Layout:
    columns = "".join(f', "{name}"' for name in more)
    sql = (
        f"SELECT code, code, name, active{columns} FROM {table} WHERE {where}"  # noqa: S608
        " AND active >= :least AND (lower(code) LIKE :like ESCAPE '\\'"
        " OR lower(name) LIKE :like ESCAPE '\\') AND code > :k0 ORDER BY code LIMIT :most"
    )
    return _Layout(sql, ("",), lambda _, rows: [_coded(row) for row in rows])


def _coded(row: Row) -> Line:
    code, name, active, *more = row
    return Line(code, (code, name, *more), bool(active))


def _items(reading: Reading, rows: list[Row]) -> list[Line]:
    """Code, name, HSN, GST, MRP, what can be sold of it."""
    classes = principals.tax_classes(reading, today(reading))
    stock: dict[int, int] = dict(reading.rows(_STOCK, items=[row[0] for row in rows]))
    return [
        Line(code, (code, name, hsn, _rate_of(classes, tax), Money(mrp), int(stock.get(key, 0))),
             bool(active))
        for key, code, name, hsn, tax, mrp, active in rows
    ]  # fmt: skip


def _rate_of(classes: Mapping[int, principals.TaxClass], key: int) -> Decimal | None:
    found = classes.get(key)
    return found.rates[0] if found else None


def _tax_classes(reading: Reading, rows: list[Row]) -> list[Line]:
    """Code, name, GST of today."""
    classes = principals.tax_classes(reading, today(reading))
    return [
        Line(code, (code, name, _rate_of(classes, key)), bool(active))
        for key, code, name, active in rows
    ]


def _parties(reading: Reading, rows: list[Row]) -> list[Line]:
    """Code, name, city, beat, phone, GSTIN, what he owes."""
    day = today(reading).isoformat()
    gstin: dict[int, str] = dict(reading.rows(_GSTIN, parties=[row[0] for row in rows], day=day))
    return [
        Line(code, (code, name, city, beat, phone, gstin.get(key, ""), Money(int(paise))),
             bool(active))
        for key, code, name, city, beat, phone, paise, active in rows
    ]  # fmt: skip


def _lots(reading: Reading, rows: list[Row]) -> list[Line]:
    """Item's code and name, batch, MRP, expiry, PTR, pieces, whether blocked."""
    stock: dict[int, int] = dict(reading.rows(_LOT_STOCK, lots=[row[0] for row in rows]))
    return [
        Line(
            joined(item, batch, str(Money(mrp)), expiry),
            (item, name, batch, Money(mrp), _day(expiry), _rate(ptr, per), int(stock.get(key, 0)),
             bool(blocked)),
            not blocked,
        )
        for key, item, name, batch, mrp, expiry, ptr, per, blocked in rows
    ]  # fmt: skip


def _prices(reading: Reading, rows: list[Row]) -> list[Line]:
    """List, item's code and name, first and last day, MRP, rate, percent of PTR, of MRP."""
    now = today(reading).isoformat()
    return [
        Line(
            joined(listed, item, begun, str(Money(mrp)) if mrp else ""),
            (listed, item, name, _day(begun), _day(end), Money(mrp), _rate(rate, per),
             _percent(of_ptr), _percent(of_mrp)),
            not end or now <= end,
        )
        for listed, item, name, begun, end, mrp, rate, per, of_ptr, of_mrp in rows
    ]  # fmt: skip


def _terms(reading: Reading, rows: list[Row]) -> list[Line]:
    """Party's code and name, principal, beat, salesman, list, limit, whether stopped."""
    return [
        Line(
            joined(code, owner),
            (code, name, principal, beat or "", salesman or "", listed or "",
             None if limit is None else Money(limit), bool(stopped)),
            not stopped,
        )
        for code, name, owner, principal, beat, salesman, listed, limit, stopped in rows
    ]  # fmt: skip


def _racks(reading: Reading, rows: list[Row]) -> list[Line]:
    """Item's code and name, godown, rack, and the pieces that should lie there."""
    return [
        Line(joined(item, godown), (item, name, godown, rack, *levels), any((rack, *levels)))
        for item, name, godown, rack, *levels in rows
    ]


def _series(reading: Reading, rows: list[Row]) -> list[Line]:
    """Prefix, kind, year, counter, the last number that was given out."""
    return [
        Line(joined(prefix, str(april)), (prefix, kind, FinancialYear(april).label, counter, last))
        for april, prefix, kind, counter, last in rows
    ]


def _turnovers(reading: Reading, rows: list[Row]) -> list[Line]:
    """Year, turnover, the digits of the HSN in the year after to the registered and to others."""
    rules = hsn.rules(reading)
    return [
        Line(
            FinancialYear(april).label,
            (
                FinancialYear(april).label, Money(int(paise)),
                *hsn.asked(rules, FinancialYear(april + 1).first, int(paise)),
            ),
        )
        for april, paise in rows
    ]  # fmt: skip


def _companies(reading: Reading, rows: list[Row]) -> list[Line]:
    return [Line("company", row) for row in rows]


_STOCK = (
    "SELECT item_id, sum(qty) FROM stock WHERE item_id IN :items AND qty > 0"
    " AND bucket = 'saleable' GROUP BY item_id"
)
_LOT_STOCK = "SELECT lot_id, sum(qty) FROM stock WHERE lot_id IN :lots AND qty > 0 GROUP BY lot_id"
_GSTIN = (
    "SELECT party_id, gstin FROM party_gst WHERE party_id IN :parties AND from_day <= :day"
    " ORDER BY from_day"
)
_LAYOUTS: Mapping[str, _Layout] = {
    "item": _Layout(
        "SELECT code_key, id, code, name, hsn, tax_class_id, mrp, active FROM item"
        " WHERE active >= :least AND code_key > :k0 AND (code_key LIKE :like ESCAPE '\\'"
        " OR lower(name) LIKE :like ESCAPE '\\' OR lower(alias) LIKE :like ESCAPE '\\'"
        " OR EXISTS (SELECT 1 FROM barcode WHERE item_id = item.id AND barcode.code = :text))"
        " ORDER BY code_key LIMIT :most",
        ("",),
        _items,
    ),
    "party": _Layout(
        "SELECT code_key, party.id, party.code, party.name, city, coalesce(beat.name, ''),"
        " party.phone, coalesce(paise, 0), party.active FROM party"
        " LEFT JOIN beat ON beat.id = beat_id LEFT JOIN party_balance ON party_id = party.id"
        " WHERE party.active >= :least AND code_key > :k0"
        " AND (code_key LIKE :like ESCAPE '\\' OR lower(party.name) LIKE :like ESCAPE '\\'"
        " OR lower(alias) LIKE :like ESCAPE '\\' OR party.phone LIKE :like ESCAPE '\\'"
        " OR lower(city) LIKE :like ESCAPE '\\' OR lower(beat.name) LIKE :like ESCAPE '\\'"
        " OR EXISTS (SELECT 1 FROM party_gst WHERE party_gst.party_id = party.id"
        " AND lower(gstin) = :text)) ORDER BY code_key LIMIT :most",
        ("",),
        _parties,
    ),
    "lot": _Layout(
        "SELECT code_key, batch, lot.mrp, expiry, lot.id, item.code, item.name, batch, lot.mrp,"
        " expiry, ptr, ptr_per, blocked FROM item JOIN lot ON item_id = item.id"
        " WHERE (:of = '' OR code_key = :of) AND (code_key LIKE :like ESCAPE '\\'"
        " OR lower(item.name) LIKE :like ESCAPE '\\' OR lower(batch) LIKE :like ESCAPE '\\')"
        " AND (code_key, batch, lot.mrp, expiry) > (:k0, :k1, :k2, :k3)"
        " ORDER BY code_key, batch, lot.mrp, expiry LIMIT :most",
        ("", "", LEAST, ""),
        _lots,
    ),
    "price": _Layout(
        "SELECT price_list.code, code_key, from_day, list_price.mrp, price_list.code, item.code,"
        " item.name, from_day, until_day, list_price.mrp, rate, per, percent_of_ptr,"
        " percent_of_mrp FROM list_price JOIN price_list ON price_list.id = price_list_id"
        " JOIN item ON item.id = item_id WHERE (:of = '' OR price_list.code = :of)"
        " AND (:least = 0 OR until_day = '' OR until_day >= :day)"
        " AND (code_key LIKE :like ESCAPE '\\' OR lower(item.name) LIKE :like ESCAPE '\\'"
        " OR lower(price_list.code) LIKE :like ESCAPE '\\')"
        " AND (price_list.code, code_key, from_day, list_price.mrp) > (:k0, :k1, :k2, :k3)"
        " ORDER BY price_list.code, code_key, from_day, list_price.mrp LIMIT :most",
        ("", "", "", LEAST),
        _prices,
    ),
    "terms": _Layout(
        "SELECT code_key, principal.code, party.code, party.name, principal.code, principal.name,"
        " beat.name, salesman.name, price_list.code, party_principal.credit_limit, stopped"
        " FROM party JOIN party_principal ON party_id = party.id"
        " JOIN principal ON principal.id = principal_id"
        " LEFT JOIN beat ON beat.id = party_principal.beat_id"
        " LEFT JOIN salesman ON salesman.id = party_principal.salesman_id"
        " LEFT JOIN price_list ON price_list.id = party_principal.price_list_id"
        " WHERE (:of = '' OR code_key = :of) AND (code_key LIKE :like ESCAPE '\\'"
        " OR lower(party.name) LIKE :like ESCAPE '\\' OR lower(principal.code) LIKE :like"
        " ESCAPE '\\' OR lower(principal.name) LIKE :like ESCAPE '\\')"
        " AND (code_key, principal.code) > (:k0, :k1) ORDER BY code_key, principal.code"
        " LIMIT :most",
        ("", ""),
        _terms,
    ),
    "rack": _Layout(
        "SELECT code_key, place.code, item.code, item.name, place.code, rack, rack.least,"
        " rack.reorder, rack.most FROM rack"
        " JOIN item ON item.id = item_id JOIN place ON place.id = place_id"
        " WHERE (:least = 0 OR rack <> '' OR rack.least + rack.reorder + rack.most > 0)"
        " AND (code_key LIKE :like ESCAPE '\\'"
        " OR lower(item.name) LIKE :like ESCAPE '\\' OR lower(rack) LIKE :like ESCAPE '\\')"
        " AND (code_key, place.code) > (:k0, :k1) ORDER BY code_key, place.code LIMIT :most",
        ("", ""),
        _racks,
    ),
    "series": _Layout(
        "SELECT -year, prefix, year, prefix, kind, counter, last FROM series WHERE year > 0"
        " AND (lower(prefix) LIKE :like ESCAPE '\\' OR kind LIKE :like ESCAPE '\\')"
        " AND (-year, prefix) > (:k0, :k1) ORDER BY -year, prefix LIMIT :most",
        (LEAST, ""),
        _series,
    ),
    "company": _Layout(
        "SELECT id, name, city, phone FROM company WHERE id > :k0"
        " AND id = (SELECT max(id) FROM company) AND lower(name) LIKE :like ESCAPE '\\'"
        " LIMIT :most",
        (LEAST,),
        _companies,
    ),
    "turnover": _Layout(
        "SELECT -year, year, paise FROM turnover WHERE -year > :k0 ORDER BY -year LIMIT :most",
        (LEAST,),
        _turnovers,
    ),
    "principal": _plain("principal"),
    "beat": _plain("beat"),
    "salesman": _plain("salesman", "phone"),
    "man": _plain("delivery_man", "phone"),
    "vehicle": _Layout(
        "SELECT number, number, coalesce(delivery_man.name, ''), vehicle.active, grams / 1000,"
        " coalesce(place.name, '') FROM vehicle LEFT JOIN delivery_man ON delivery_man.id = man_id"
        " LEFT JOIN place ON place.id = place_id WHERE vehicle.active >= :least"
        " AND (lower(number) LIKE :like ESCAPE '\\' OR lower(delivery_man.name) LIKE :like"
        " ESCAPE '\\') AND number > :k0 ORDER BY number LIMIT :most",
        ("",),
        lambda _, rows: [_coded(row) for row in rows],
    ),
    "godown": _plain("place", "kind", where="kind IN ('godown', 'van')"),
    "reason": _plain("reason", "use"),
    "price-list": _plain("price_list", "party_class"),
    "account": _plain("account", "group"),
    "tax-class": _Layout(
        "SELECT code, id, code, name, active FROM tax_class WHERE active >= :least"
        " AND (lower(code) LIKE :like ESCAPE '\\' OR lower(name) LIKE :like ESCAPE '\\')"
        " AND code > :k0 ORDER BY code LIMIT :most",
        ("",),
        _tax_classes,
    ),
    "printer": _plain("printer", "address"),
    "role": _plain("role"),
    "user": _Layout(
        "SELECT user_account.code, user_account.code, user_account.name, user_account.active,"
        " role.name FROM user_account JOIN role ON role.id = role_id"
        " WHERE user_account.active >= :least AND (lower(user_account.code) LIKE :like ESCAPE '\\'"
        " OR lower(user_account.name) LIKE :like ESCAPE '\\') AND user_account.code > :k0"
        " ORDER BY user_account.code LIMIT :most",
        ("",),
        lambda _, rows: [_coded(row) for row in rows],
    ),
}
_NAMES = {
    "principal": "SELECT code, name, active FROM principal ORDER BY code",
    "beat": "SELECT code, name, active FROM beat ORDER BY code",
    "salesman": "SELECT code, name, active FROM salesman ORDER BY code",
    "godown": "SELECT code, name, active FROM place WHERE kind IN ('godown', 'van') ORDER BY code",
    "man": "SELECT code, name, active FROM delivery_man ORDER BY code",
    "van": "SELECT code, name, active FROM place WHERE kind = 'van' ORDER BY code",
    "price-list": "SELECT code, name, active FROM price_list ORDER BY code",
    "tax-class": "SELECT code, name, active FROM tax_class ORDER BY code",
    "printer": "SELECT code, name, active FROM printer ORDER BY code",
    "role": "SELECT code, name, active FROM role ORDER BY code",
    "account": "SELECT code, name, active FROM account ORDER BY code",
    "block-reason": "SELECT code, name, active FROM reason WHERE use = 'block' ORDER BY code",
}


@needs(Power.LOOK)
def lines(
    reading: Reading, kind: str, wanted: Wanted, after: Key | None = None, most: int = PAGE
) -> tuple[list[Line], Key | None]:
    """A page, and where the next one begins: None at the end. Refuses BAD_ENTRY for other kinds."""
    if kind == "period":
        return [_period(reading)], None
    if kind not in _LAYOUTS:
        raise refuse(Reason.BAD_ENTRY, field="kind", value=kind)
    layout = _LAYOUTS[kind]
    wide = len(layout.start)
    rows = reading.rows(
        layout.sql,
        like=like(wanted.text),
        text=folded(wanted.text),
        of=wanted.of if kind == "price" else folded(wanted.of),
        least=int(not wanted.gone),
        day=today(reading).isoformat(),
        most=most,
        **{f"k{at}": part for at, part in enumerate(after or layout.start)},
    )
    found = layout.lines(reading, [row[wide:] for row in rows])
    return found, tuple(rows[-1][:wide]) if len(rows) == most else None


@needs(Power.LOOK)
def names(reading: Reading, kinds: Sequence[str]) -> dict[str, list[Match]]:
    """All that can be chosen of each kind, in the order of their codes."""
    return {
        kind: [Match(code, name, bool(active)) for code, name, active in reading.rows(_NAMES[kind])]
        for kind in kinds
    }


def _period(reading: Reading) -> Line:
    locks = periods.locks(reading)
    return Line(periods.SUBJECT, (locks.closed_until, locks.filed_until, locks.locked_until))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _rate(paise: int | None, per: int) -> Rate | None:
    return None if paise is None else Rate(Money(paise), per)


def _percent(scaled: int | None) -> Decimal | None:
    return None if scaled is None else Decimal(scaled).scaleb(-4)
