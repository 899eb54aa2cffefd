"""The published shapes of buying."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from dms_desktop.cli.shapes import Percent, Problem, Quantity, Rate, Rupees, Strict

Off = Annotated[str, Field(pattern=r"^\d{1,13}(\.\d{1,4})?%?$", examples=["5%", "12.50"])]


class PurchaseLine(Strict):
    item: str = Field(description="Code, barcode or the scan of a GS1 code.")
    batch: str | None = None
    packed: str | None = None
    expiry: str | None = Field(None, description="A day, or a month (its last day).")
    mrp: Rupees | None = Field(None, description="The item's own, if none.")
    qty: Quantity | None = Field(None, description="Billed; 10+1 bills ten and one is free.")
    free: Quantity | None = None
    received: Quantity | None = Field(None, description="All of it, if none.")
    damaged: Quantity | None = Field(None, description="Of those received.")
    excess: Quantity | None = Field(None, description="Beyond the invoice: held, not owed.")
    rate: Rate | None = None
    per: Literal["piece", "case"] | None = None
    inclusive: bool = Field(False, description="The rate includes GST.")
    discounts: list[Off | None] | None = Field(
        None, max_length=4, description="5% is of what is left, 12.50 an amount."
    )
    gst: Percent | None = Field(None, description="As printed, where it is not the item's.")
    ptr: Rate | None = None
    pts: Rate | None = None
    scheme: str | None = None
    second_lot: bool = Field(False, description="Known with another MRP or expiry, and rightly.")
    as_expired: bool = Field(False, description="Came past its date; lies with the expired.")


class PurchaseCharge(Strict):
    """Freight, packing: what the invoice adds to the goods."""

    name: str | None = None
    amount: Rupees
    gst: Percent | None = None


class PurchaseTax(Strict):
    """What the invoice prints for one rate, charges included."""

    gst: Percent
    cgst: Rupees | None = None
    sgst: Rupees | None = None
    igst: Rupees | None = None
    cess: Rupees | None = None


class Purchase(Strict):
    """What `dms purchase order|post|provisional|transit` takes."""

    id: str | None = Field(None, description="UUID; the same id is posted once.")
    supplier: str | None = Field(None, description="Code of the party.")
    day: str | None = Field(None, description="When the goods came.")
    godown: str | None = None
    number: str | None = Field(None, description="The supplier's own.")
    invoice_day: str | None = None
    due_day: str | None = Field(None, description="By his credit days, if none.")
    place_of_supply: str | None = None
    irn: str | None = None
    order: str | None = Field(None, description="Number of our purchase order.")
    transit: str | None = Field(None, description="Number of the invoice that came before.")
    provisional: str | None = Field(None, description="Number of the receipt that it bills.")
    transport: str | None = None
    note: str | None = None
    charges: list[PurchaseCharge] | None = None
    tax: list[PurchaseTax] | None = None
    tcs: Rupees | None = None
    round_off: Rupees | None = None
    total: Rupees | None = Field(None, description="The invoice's own, met to the paisa.")
    credit: Literal["eligible", "blocked", "none", "reverse"] | None = None
    lines: list[PurchaseLine] | None = None


class PurchaseReplyLine(BaseModel):
    item: str
    name: str
    batch: str
    expiry: str | None
    packed: str | None
    mrp: str
    qty: int
    free: int
    received: int
    damaged: int
    short: int
    excess: int
    bucket: str
    rate: str
    per: int
    gross: str
    discount: str
    taxable: str
    gst_rate: str
    cgst: str
    sgst: str
    igst: str
    cess: str
    cost: str
    claim: str
    scheme: str


class PurchaseReply(BaseModel):
    """A posted purchase; `invoice` is nothing where there is none yet."""

    id: str
    number: str
    kind: str
    day: str
    cancelled: bool
    supplier: dict[str, str]
    invoice: dict[str, str] | None
    order_no: str
    due_day: str | None
    credit: str
    lines: list[PurchaseReplyLine]
    charges: list[dict[str, str]]
    taxable: str
    cgst: str
    sgst: str
    igst: str
    cess: str
    tcs: str
    round_off: str
    total: str
    claim: str
    warnings: list[Problem]
