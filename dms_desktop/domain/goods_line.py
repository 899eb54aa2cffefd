"""What a price is made of and says: kind of paper, terms, goods lines and their sums."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dms_desktop.domain.money import ZERO, Money, Rate, total
from dms_desktop.domain.tax import Gst, TaxRate


class Kind(StrEnum):
    """The word kept on disk and on the wire; a class may be renamed, this may not."""

    ORDER = "order"
    ESTIMATE = "estimate"
    CHALLAN = "challan"
    BILL = "bill"
    RECEIPT = "receipt"
    JOURNAL = "journal"
    OPENING = "opening"
    CANCELLATION = "cancellation"
    CREDIT_NOTE = "credit_note"
    LOT_CORRECTION = "lot_correction"
    RESTICKERING = "restickering"
    TRANSFER = "transfer"
    TRANSFER_RECEIPT = "transfer_receipt"
    ADJUSTMENT = "adjustment"
    BUCKET_MOVE = "bucket_move"
    STOCK_COUNT = "stock_count"
    EXPIRY_MOVE = "expiry_move"
    SWAP = "swap"
    PURCHASE_ORDER = "purchase_order"
    GOODS_RECEIPT = "goods_receipt"
    PROVISIONAL_RECEIPT = "provisional_receipt"
    GOODS_IN_TRANSIT = "goods_in_transit"
    SUPPLIER_RETURN = "supplier_return"
    RETURN_INVOICE = "return_invoice"
    SUPPLIER_CREDIT = "supplier_credit"
    TRIP_SETTLEMENT = "trip_settlement"
    VAN_UNLOAD = "van_unload"


class Paper(StrEnum):
    """What the law calls a bill: Rule 46, Rule 49 and Rule 46A of the CGST Rules."""

    TAX_INVOICE = "tax_invoice"
    BILL_OF_SUPPLY = "bill_of_supply"
    INVOICE_CUM_BILL_OF_SUPPLY = "invoice_cum_bill_of_supply"


class Bucket(StrEnum):
    SALEABLE = "saleable"
    NON_SALEABLE = "non_saleable"
    EXPIRED = "expired"


class Terms(StrEnum):
    CREDIT = "credit"
    CASH = "cash"


class Mode(StrEnum):
    """How a buyer pays at the counter."""

    CASH = "cash"
    UPI = "upi"
    CARD = "card"
    BANK = "bank"
    CHEQUE = "cheque"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One discount, scheme or share on a line, as money taken off before tax."""

    kind: str  # trade, special, third, fourth, line, bill, cash
    amount: Money
    percent: Decimal | None = None
    source: str = "typed"


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """Goods as the paper says them. One lot a line; an order or estimate names no lot."""

    item_id: int
    lot_id: int | None
    code: str
    name: str
    hsn: str
    uqc: str
    batch: str
    expiry: date | None
    mrp: Money
    qty: int
    free_qty: int
    rate: Rate
    gross: Money  # before tax and discounts
    adjustments: tuple[Adjustment, ...]
    taxable: Money
    tax_rate: TaxRate
    tax: Gst
    cost: Money = ZERO
    principal_id: int = 0
    inclusive: bool = False
    net: bool = False  # bears no share of the bill's discounts
    case: int = 0
    inner: int = 0
    why: tuple[str, ...] = ()
    free_reason: str = ""  # why pieces are free: code and name as they were on the day
    free_reason_name: str = ""
    source_line: int | None = None  # the order or challan line that it fulfils
    ask: int = 0  # the row of the draft that it came from

    @property
    def pieces(self) -> int:
        return self.qty + self.free_qty

    @property
    def discount(self) -> Money:
        return total(adjustment.amount for adjustment in self.adjustments)

    @property
    def amount(self) -> Money:
        return self.taxable + self.tax.total


@dataclass(frozen=True, slots=True)
class Totals:
    taxable: Money = ZERO
    tax: Gst = field(default_factory=Gst)
    round_off: Money = ZERO
    total: Money = ZERO


@dataclass(frozen=True, slots=True)
class Payment:
    """A part of what was paid; `ref` is what the machine or the bank calls it."""

    mode: Mode
    amount: Money
    ref: str = ""
