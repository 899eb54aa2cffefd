"""What a van had, sold, gave back and lacks over some days: goods and money, to nil (rule 37)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dms_desktop.domain.money import ZERO, Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import vehicles
from dms_desktop.store.session import Reading

_GOODS = """
WITH flow AS (
    SELECT document_id, lot_id, day, qty FROM stock_move WHERE to_place = :van
    UNION ALL SELECT document_id, lot_id, day, -qty FROM stock_move WHERE from_place = :van
)
SELECT item.code, item.name, batch,
    sum(CASE WHEN flow.day < :since THEN flow.qty ELSE 0 END),
    sum(CASE WHEN flow.day >= :since AND document.kind NOT IN ('bill', 'credit_note',
        'cancellation', 'van_unload') THEN flow.qty ELSE 0 END),
    sum(CASE WHEN flow.day >= :since AND document.kind IN ('bill', 'credit_note',
        'cancellation') THEN -flow.qty ELSE 0 END),
    sum(CASE WHEN flow.day >= :since AND document.kind = 'van_unload' THEN -flow.qty ELSE 0 END),
    sum(flow.qty)
FROM flow JOIN document ON document.id = document_id JOIN lot ON lot.id = lot_id
JOIN item ON item.id = lot.item_id WHERE flow.day <= :until
GROUP BY item.code, item.name, batch, lot.id ORDER BY item.code, lot.id"""
_SHORT = """
SELECT item.code, lot.batch, sum(stock_move.qty) FROM stock_move
JOIN document ON document.id = document_id JOIN lot ON lot.id = lot_id
JOIN item ON item.id = lot.item_id
WHERE from_place = :van AND to_place IS NULL AND kind = 'van_unload'
    AND stock_move.day BETWEEN :since AND :until AND NOT EXISTS (SELECT 1 FROM document_event
        WHERE document_id = document.id AND event = 'cancelled')
GROUP BY item.code, lot.batch"""
_MONEY = """
SELECT count(*), coalesce(sum(document.total), 0), coalesce(sum(open_paise), 0) FROM document
LEFT JOIN open_item ON open_item.document_id = document.id
WHERE kind = 'bill' AND place_id = :van AND day BETWEEN :since AND :until
    AND NOT EXISTS (SELECT 1 FROM document_event WHERE document_event.document_id = document.id
        AND event = 'cancelled')"""
_PAID = """
SELECT account.code, coalesce(sum(ledger_entry.paise), 0) FROM document
JOIN ledger_entry ON ledger_entry.document_id = document.id JOIN account ON account.id = account_id
WHERE document.kind = 'receipt' AND document.place_id = :van
    AND document.day BETWEEN :since AND :until
    AND account.code IN ('cash', 'upi_clearing', 'cheques_in_hand', 'card_clearing', 'bank')
    AND NOT EXISTS (SELECT 1 FROM document_event WHERE document_event.document_id = document.id
        AND event = 'cancelled')
GROUP BY account.code"""
_OWED = """
SELECT coalesce(sum(paise), 0) FROM staff_due JOIN document ON document.id = document_id
WHERE kind = 'van_unload' AND day BETWEEN :since AND :until AND particulars LIKE :van
    AND NOT EXISTS (SELECT 1 FROM document_event WHERE document_event.document_id = document.id
        AND event = 'cancelled')"""


@dataclass(frozen=True, slots=True)
class VanGoods:
    """Pieces of a lot: there before, loaded, sold, brought home, found short, and what is left."""

    code: str
    name: str
    batch: str
    before: int
    loaded: int
    sold: int
    home: int
    short: int
    left: int


@dataclass(frozen=True, slots=True)
class VanDay:
    """`left` is what its bills still have open; `short` what was booked to the man."""

    goods: tuple[VanGoods, ...]
    bills: int = 0
    sold: Money = ZERO
    cash: Money = ZERO
    upi: Money = ZERO
    cheques: Money = ZERO
    others: Money = ZERO
    left: Money = ZERO
    short: Money = ZERO

    @property
    def empty(self) -> bool:
        """Whether everything is accounted for, and nothing lies in the van."""
        return not any(one.left for one in self.goods)


@needs(Power.LOOK)
def reconcile(reading: Reading, van: str, since: date, until: date) -> VanDay:
    """A van's days, both of them among them. Refuses UNKNOWN_CODE."""
    place = vehicles.van_key(reading, van)
    days = {"van": place, "since": since.isoformat(), "until": until.isoformat()}
    short = {(code, batch): int(qty) for code, batch, qty in reading.rows(_SHORT, **days)}
    goods = []
    for code, name, batch, *figures in reading.rows(_GOODS, **days):
        before, loaded, sold, away, left = map(int, figures)
        if any((before, loaded, sold, away, left)):
            lacks = min(short.get((code, batch), 0), away)
            goods.append(
                VanGoods(code, name, batch, before, loaded, sold, away - lacks, lacks, left)
            )
    row = reading.row(_MONEY, **days)
    assert row is not None
    paid = {code: Money(int(paise)) for code, paise in reading.rows(_PAID, **days)}
    cash, upi = paid.pop("cash", ZERO), paid.pop("upi_clearing", ZERO)
    cheques, rest = paid.pop("cheques_in_hand", ZERO), sum(one.paise for one in paid.values())
    owed = reading.value(_OWED, **{**days, "van": f'%"van":{place},%'})
    return VanDay(
        tuple(goods), row[0], Money(int(row[1])), cash, upi, cheques, Money(rest),
        Money(int(row[2])), Money(int(owed)),
    )  # fmt: skip
