"""What the clerk can put right. Anything else that goes wrong is a bug or the machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why something is refused; the word is published, the sentence belongs to the language."""

    NO_LINES = "no_lines"
    TOO_MANY_LINES = "too_many_lines"
    BAD_QUANTITY = "bad_quantity"
    BAD_FIGURE = "bad_figure"
    BAD_DAY = "bad_day"
    BAD_ENTRY = "bad_entry"
    WRONG_SHAPE = "wrong_shape"
    UNKNOWN_ITEM = "unknown_item"
    SEVERAL_ITEMS = "several_items"
    UNKNOWN_PARTY = "unknown_party"
    UNKNOWN_BATCH = "unknown_batch"
    UNKNOWN_GODOWN = "unknown_godown"
    UNKNOWN_DOCUMENT = "unknown_document"
    INACTIVE = "inactive"
    SHORT_STOCK = "short_stock"
    SHORT_LATER = "short_later"
    BLOCKED_BATCH = "blocked_batch"
    EXPIRED_BATCH = "expired_batch"
    ANOTHER_MRP = "another_mrp"
    WAS_OTHER_MRP = "was_other_mrp"
    NO_PRICE = "no_price"
    LOT_NOT_PRICED = "lot_not_priced"
    NO_HSN = "no_hsn"
    NO_TAX_RATE = "no_tax_rate"
    NO_CASE_FACTOR = "no_case_factor"
    ABOVE_MRP = "above_mrp"
    BELOW_COST = "below_cost"
    DISCOUNT_TOO_LARGE = "discount_too_large"
    LICENCE_EXPIRED = "licence_expired"
    LICENCE_MISSING = "licence_missing"
    OUR_LICENCE_EXPIRED = "our_licence_expired"
    HSN_SHORT = "hsn_short"
    FREE_NOT_ALLOWED = "free_not_allowed"
    PRICE_CHANGED = "price_changed"
    BAD_GSTIN = "bad_gstin"
    GSTIN_OTHER_STATE = "gstin_other_state"
    BUYER_DETAILS_NEEDED = "buyer_details_needed"
    OUR_ADDRESS_NEEDED = "our_address_needed"
    OVERSEAS = "overseas"
    PERIOD_LOCKED = "period_locked"
    GST_FILED = "gst_filed"
    YEAR_LOCKED = "year_locked"
    NO_SERIES = "no_series"
    BEFORE_LAST_NUMBER = "before_last_number"
    FUTURE_DAY = "future_day"
    SERIES_FULL = "series_full"
    SERIES_TOO_LONG = "series_too_long"
    SERIES_PREFIX_TAKEN = "series_prefix_taken"
    OTHER_CONTENT = "other_content"
    ALREADY_CANCELLED = "already_cancelled"
    HANGS_ON_IT = "hangs_on_it"
    CAME_WITH_IMPORT = "came_with_import"
    ALREADY_BILLED = "already_billed"
    WRONG_SOURCE = "wrong_source"
    NOT_BALANCED = "not_balanced"
    CASH_LIMIT = "cash_limit"
    PAYMENTS_DIFFER = "payments_differ"
    SETTLED_ALREADY = "settled_already"
    MORE_THAN_SOLD = "more_than_sold"
    NOTE_BEFORE_BILL = "note_before_bill"
    CREDIT_LIMIT = "credit_limit"
    CREDIT_OVERDUE = "credit_overdue"
    CREDIT_STOPPED = "credit_stopped"
    ON_HOLD = "on_hold"
    DUPLICATE = "duplicate"
    STALE = "stale"
    UNKNOWN_CODE = "unknown_code"
    SEVERAL_LOTS = "several_lots"
    IN_USE = "in_use"
    RATE_NOT_NOTIFIED = "rate_not_notified"
    RATE_USED = "rate_used"
    PRICES_OVERLAP = "prices_overlap"
    NEEDS_CORRECTION = "needs_correction"
    NOTHING_CHANGED = "nothing_changed"
    LOT_AWAY = "lot_away"
    SERIES_USED = "series_used"
    NOT_CLOSED = "not_closed"
    NOT_ALLOWED = "not_allowed"
    WRONG_PIN = "wrong_pin"
    LOCKED_OUT = "locked_out"
    BAD_FILE = "bad_file"
    MISSING = "missing"
    NO_PRINTER = "no_printer"
    EXPIRY_BEFORE_PACKED = "expiry_before_packed"
    ALREADY_IMPORTED = "already_imported"
    UNKNOWN_IMPORT = "unknown_import"
    CHANGED_SINCE = "changed_since"
    PART_OF_REFUSED = "part_of_refused"
    ROWS_DISAGREE = "rows_disagree"
    NOT_A_SUPPLIER = "not_a_supplier"
    INVOICE_KNOWN = "invoice_known"
    INVOICE_AFTER_GOODS = "invoice_after_goods"
    INVOICE_DIFFERS = "invoice_differs"
    TAX_DIFFERS = "tax_differs"
    TAX_NOT_CHARGED = "tax_not_charged"
    OTHER_TAX_RATE = "other_tax_rate"
    CAME_TOO_MANY = "came_too_many"
    DAMAGED_TOO_MANY = "damaged_too_many"
    CAME_EXPIRED = "came_expired"
    NEAR_EXPIRY = "near_expiry"
    BATCH_OTHER_MRP = "batch_other_mrp"
    BATCH_OTHER_EXPIRY = "batch_other_expiry"
    NEVER_BOUGHT = "never_bought"
    COST_ABOVE_MRP = "cost_above_mrp"
    MRP_CHANGED = "mrp_changed"
    RATE_CHANGED = "rate_changed"
    MORE_THAN_ORDERED = "more_than_ordered"
    OTHER_SUPPLIER = "other_supplier"
    ALREADY_RECEIVED = "already_received"
    NOT_WAITING = "not_waiting"
    NOT_HELD = "not_held"


@dataclass(frozen=True, slots=True)
class Problem:
    """A reason, the row of the draft it concerns (from 0), and the facts a sentence needs."""

    reason: Reason
    row: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


class Refused(Exception):
    """Nothing was done, and these are the reasons."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


def refuse(reason: Reason, row: int | None = None, /, **facts: object) -> Refused:
    """One problem as an exception ready to raise."""
    return Refused(Problem(reason, row, facts))
