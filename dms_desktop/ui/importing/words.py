"""What the import screen calls things: kinds of files, their fields, and how an import stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.refusals import Problem
from dms_desktop.language.catalogue import N_, _, joined
from dms_desktop.language.sentences import say

KINDS: Mapping[Intake, str] = {
    Intake.ITEMS: N_("Items"),
    Intake.PARTIES: N_("Parties"),
    Intake.LOTS: N_("Opening stock by batch"),
    Intake.PRICES: N_("Price lists"),
    Intake.BALANCES: N_("Opening balances"),
    Intake.DUES: N_("Open bills of parties"),
    Intake.BILLS: N_("Former bills"),
}
STATES: Mapping[str, str] = {
    "running": N_("Broken off"),
    "done": N_("Brought in"),
    "undone": N_("Taken back"),
}
_GOODS = {
    "mrp": N_("MRP"), "hsn": N_("HSN"), "gst_rate": N_("GST %"), "cess_rate": N_("Cess %"),
    "batch": N_("Batch"), "expiry": N_("Expiry"), "qty": N_("Quantity"), "item": N_("Item code"),
    "rate": N_("Rate"), "active": N_("Active"), "alias": N_("Other name"),
}  # fmt: skip
_ITEMS = {
    "code": N_("Item code"), "name": N_("Item name"), "principal": N_("Principal"),
    "brand": N_("Brand"), "category": N_("Category"), "unit": N_("Unit"),
    "inner": N_("Pieces in an inner"), "case": N_("Pieces in a case"), "barcode": N_("Barcode"),
    "keep_batch": N_("Kept by batch"), "tax_class": N_("Tax class"),
    "selling_multiple": N_("Sold in multiples of"), "grams": N_("Weight in grams"),
    "shelf_months": N_("Shelf life in months"), "regime": N_("Tax regime"),
}  # fmt: skip
_PARTIES = {
    "code": N_("Party code"), "name": N_("Party name"), "gstin": N_("GSTIN"),
    "state": N_("State"), "class": N_("Class"), "beat": N_("Beat"), "salesman": N_("Salesman"),
    "phone": N_("Phone"), "credit_limit": N_("Credit limit"), "credit_days": N_("Credit days"),
    "min_life_days": N_("Least life in days"), "gst_type": N_("GST registration"),
    "address": N_("Address"), "city": N_("City"), "pin": N_("PIN code"), "pan": N_("PAN"),
    "licences": N_("Licences"), "fssai": N_("FSSAI licence"), "ship_to": N_("Delivery address"),
    "ship_state": N_("Delivery State"), "price_list": N_("Price list"),
    "supplier": N_("Supplier"), "customer": N_("Customer"),
}  # fmt: skip
_LOTS = {
    "ptr": N_("PTR"), "pts": N_("PTS"), "cost": N_("Cost"), "packed": N_("Packed on"),
    "godown": N_("Godown"),
}  # fmt: skip
_BILLS = {
    "number": N_("Bill number"), "day": N_("Bill date"), "party": N_("Party code"),
    "salesman": N_("Salesman"), "free": N_("Free quantity"), "discount_percent": N_("Discount %"),
}  # fmt: skip
_PRICES = {
    "list": N_("Price list"), "from_day": N_("From"), "until_day": N_("Until"),
    "per": N_("Pieces to the rate"), "percent_of_ptr": N_("% of PTR"),
    "percent_of_mrp": N_("% of MRP"), "inclusive": N_("Tax inclusive"), "net": N_("Net rate"),
}  # fmt: skip
_BALANCES = {"account": N_("Account"), "debit": N_("Debit"), "credit": N_("Credit")}
_DUES = {
    "party": N_("Party code"), "number": N_("Bill number"), "day": N_("Bill date"),
    "due": N_("Due date"), "amount": N_("Amount still open"), "account": N_("Account"),
}  # fmt: skip
_FIELDS: Mapping[Intake, Mapping[str, str]] = {
    Intake.ITEMS: _GOODS | _ITEMS,
    Intake.PARTIES: _GOODS | _PARTIES,
    Intake.LOTS: _GOODS | _LOTS,
    Intake.PRICES: _GOODS | _PRICES,
    Intake.BALANCES: _BALANCES,
    Intake.DUES: _DUES,
    Intake.BILLS: _GOODS | _BILLS,
}


def kind_name(kind: Intake) -> str:
    return _(KINDS[kind])


def field_name(kind: Intake, field: str) -> str:
    return _(_FIELDS[kind].get(field, field))


def flaw(kind: Intake, problem: Problem) -> str:
    """What is wrong with a row of the file, its field called as the screen calls it."""
    facts = dict(problem.facts)
    if str(facts.get("field", "")) in _FIELDS[kind]:
        facts["field"] = field_name(kind, str(facts["field"]))
    if "missing" in facts:
        names = str(facts["missing"]).split(", ")
        facts["missing"] = joined(", ", (field_name(kind, name) for name in names))
    return say(replace(problem, facts=facts))
