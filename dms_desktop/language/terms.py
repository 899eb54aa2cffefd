"""What a published word of the books is called when a person reads it in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from dms_desktop.domain.powers import Power
from dms_desktop.language.catalogue import N_, _

POWERS: Mapping[str, str] = {
    Power.LOG_IN: N_("log in"),
    Power.LOOK: N_("see items, parties, stock and documents"),
    Power.BILL: N_("make bills, orders, estimates and challans"),
    Power.CANCEL: N_("cancel documents"),
    Power.FREE_GOODS: N_("give free goods"),
    Power.ABOVE_MRP: N_("sell above the MRP"),
    Power.BELOW_COST: N_("sell below the cost"),
    Power.CREDIT_OVERRIDE: N_("bill beyond the credit limit"),
    Power.LICENCE_OVERRIDE: N_("sell although a licence of the buyer has ended"),
    Power.BACK_DATE: N_("date a document back"),
    Power.JOURNAL: N_("write journals"),
    Power.OPENING: N_("take in opening stock and dues"),
    Power.MASTERS: N_("change items, parties and prices"),
    Power.SETTINGS: N_("change the company, series and printers"),
    Power.CLOSE: N_("close a day, mark GST as filed"),
    Power.REOPEN: N_("open again what was closed"),
    Power.PEOPLE: N_("keep users and their powers"),
    Power.BOOKS: N_("back up, restore and verify the books"),
}
KINDS: Mapping[str, str] = {
    "order": N_("order"),
    "estimate": N_("estimate"),
    "challan": N_("challan"),
    "bill": N_("bill"),
    "receipt": N_("receipt"),
    "journal": N_("journal"),
    "opening": N_("opening"),
    "cancellation": N_("cancellation"),
    "lot_correction": N_("batch correction"),
    "restickering": N_("re-stickering"),
    "transfer": N_("transfer"),
    "transfer_receipt": N_("receipt of a transfer"),
    "adjustment": N_("stock adjustment"),
    "bucket_move": N_("bucket move"),
    "stock_count": N_("stock count"),
    "expiry_move": N_("move of expired goods"),
    "swap": N_("swap of batches"),
    "purchase_order": N_("purchase order"),
    "goods_receipt": N_("goods receipt"),
    "provisional_receipt": N_("provisional receipt"),
    "goods_in_transit": N_("goods in transit"),
    "supplier_return": N_("return to supplier"),
    "return_invoice": N_("return invoice to supplier"),
    "supplier_credit": N_("credit note of supplier"),
    "trip_settlement": N_("trip settlement"),
    "van_unload": N_("van unloading"),
    "excess": N_("excess"),
    "credit note": N_("credit note"),
}
EVENTS: Mapping[str, str] = {
    "cancelled": N_("cancelled"),
    "held": N_("held"),
    "released": N_("released"),
    "printed": N_("printed"),
    "copied": N_("copied"),
    "dropped": N_("dropped"),
    "loaded": N_("loaded"),
    "unloaded": N_("taken off the vehicle"),
    "delivered": N_("delivered"),
    "undelivered": N_("not delivered"),
}
FIELDS: Mapping[str, str] = {
    "account": N_("account"),
    "address": N_("address"),
    "amount": N_("amount"),
    "batch": N_("batch"),
    "beat": N_("beat"),
    "blocked_why": N_("reason for the block"),
    "code": N_("code"),
    "company": N_("company"),
    "copies": N_("copies"),
    "credit_days": N_("credit days"),
    "credit_limit": N_("credit limit"),
    "day": N_("date"),
    "discount_percent": N_("discount"),
    "charges": N_("charges"),
    "due": N_("due"),
    "expiry": N_("expiry"),
    "file": N_("file"),
    "free": N_("free pieces"),
    "free_reason": N_("reason for the free pieces"),
    "godown": N_("godown"),
    "hsn": N_("HSN code"),
    "invoice_day": N_("invoice date"),
    "item": N_("item"),
    "kind": N_("kind"),
    "licences": N_("licences"),
    "mrp": N_("MRP"),
    "name": N_("name"),
    "number": N_("number"),
    "party": N_("party"),
    "payments": N_("payments"),
    "phone": N_("phone"),
    "powers": N_("powers"),
    "price-list": N_("price list"),
    "principal": N_("principal"),
    "qty": N_("quantity"),
    "rack": N_("rack"),
    "rate": N_("rate"),
    "regime": N_("licence it needs"),
    "reason": N_("reason"),
    "role": N_("role"),
    "row": N_("row"),
    "salesman": N_("salesman"),
    "series": N_("series"),
    "ship_state": N_("State of delivery"),
    "size": N_("size"),
    "state": N_("State"),
    "tax_class": N_("tax class"),
    "total": N_("total"),
    "until_day": N_("last date"),
    "user": N_("user"),
    "visit_day": N_("day of the visit"),
    "trip": N_("trip"),
    "turnover": N_("turnover"),
    "van": N_("van"),
    "vehicle": N_("vehicle"),
    "man": N_("delivery man"),
    "kg": N_("weight"),
    "valid_to": N_("last day of validity"),
    "year": N_("year"),
}
STATES = (
    N_("Jammu and Kashmir"), N_("Himachal Pradesh"), N_("Punjab"), N_("Chandigarh"),
    N_("Uttarakhand"), N_("Haryana"), N_("Delhi"), N_("Rajasthan"), N_("Uttar Pradesh"),
    N_("Bihar"), N_("Sikkim"), N_("Arunachal Pradesh"), N_("Nagaland"), N_("Manipur"),
    N_("Mizoram"), N_("Tripura"), N_("Meghalaya"), N_("Assam"), N_("West Bengal"),
    N_("Jharkhand"), N_("Odisha"), N_("Chhattisgarh"), N_("Madhya Pradesh"), N_("Gujarat"),
    N_("Daman and Diu (before 2020)"), N_("Dadra and Nagar Haveli and Daman and Diu"),
    N_("Maharashtra"), N_("Andhra Pradesh (before division)"), N_("Karnataka"), N_("Goa"),
    N_("Lakshadweep"), N_("Kerala"), N_("Tamil Nadu"), N_("Puducherry"),
    N_("Andaman and Nicobar Islands"), N_("Telangana"), N_("Andhra Pradesh"), N_("Ladakh"),
    N_("Other Territory"),
)  # fmt: skip
REGIMES: Mapping[str, str] = {"food": N_("food"), "drug": N_("drugs")}
# The name of a fact, and the words that it may be.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "power": POWERS,
    "kind": KINDS,
    "what": KINDS,
    "event": EVENTS,
    "field": FIELDS,
    "state": {name: name for name in STATES},
    "regime": REGIMES,
    "says": {name: name for name in STATES},
}


DAYS: Mapping[str, str] = {
    "mon": N_("Mon"), "tue": N_("Tue"), "wed": N_("Wed"), "thu": N_("Thu"), "fri": N_("Fri"),
    "sat": N_("Sat"), "sun": N_("Sun"),
}  # fmt: skip


def told(fact: str, word: str) -> str:
    """The word of the fact called `fact` as a person reads it; what is no such word stays."""
    known = _WORDS.get(fact, {}).get(word)
    return _(known) if known else word


def days_told(days: object) -> str:
    """`mon,thu` of the books as `Mon, Thu`."""
    return ", ".join(_(DAYS.get(day, day)) for day in str(days or "").split(",") if day)


def state_name(code: str) -> str:
    """`27 Maharashtra`; a code that GST does not know stands as it is."""
    from dms_desktop.domain.states import UnknownState, state  # no start waits for it

    try:
        known = state(code)
    except UnknownState:
        return code
    return _("{code} {state}").format(code=known.code, state=_(known.name))
