"""The published shapes of the command line, as pydantic models and JSON Schemas."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Rupees = Annotated[str, Field(pattern=r"^-?\d{1,13}(\.\d{1,2})?$", examples=["1234.50"])]
Rate = Annotated[str, Field(pattern=r"^\d{1,13}(\.\d{1,6})?$", examples=["8.40"])]
Percent = Annotated[str, Field(pattern=r"^\d{1,3}(\.\d{1,4})?$", examples=["2.5"])]
Allowed = Literal["above_mrp", "below_cost", "credit_limit", "credit_overdue", "credit_stopped"]
Quantity = Annotated[int | str, Field(examples=[12, "2c 6p", "10+1"])]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WalkIn(Strict):
    """A customer without a master."""

    name: str = "CASH"
    phone: str = ""
    state: str = ""
    gstin: str = ""
    address: str = ""


class OrderLine(Strict):
    item: str = Field(description="Code or barcode.")
    qty: Quantity
    free: Quantity | None = None
    free_reason: str | None = Field(
        None, description="Code of a reason for free pieces; none means the usual one."
    )
    batch: str | None = Field(None, description="Forces this batch.")
    mrp: Rupees | None = None
    any_mrp: bool = Field(False, description="Pieces of another MRP may follow.")
    rate: Rate | None = None
    inclusive: bool = Field(False, description="The rate includes GST.")
    net: bool = Field(False, description="No terms and no discount of the bill touch the rate.")
    discount_percent: Percent | None = None
    discount: Rupees | None = Field(None, description="An amount off the line, before tax.")
    discounts: list[Percent] | None = Field(None, max_length=4)


class Payment(Strict):
    """A part of what is paid with the bill."""

    mode: Literal["cash", "upi", "card", "bank", "cheque"]
    amount: Rupees
    ref: str | None = Field(None, description="What the bank or the machine calls it.")


class Order(Strict):
    """What `dms bill|order|estimate|challan post` takes."""

    id: str | None = Field(None, description="UUID; the same id is posted once.")
    day: str | None = None
    party: str | WalkIn
    terms: Literal["credit", "cash"] | None = None
    godown: str | None = None
    salesman: str | None = None
    order_no: str | None = None
    transport: str | None = Field(None, description="Carrier, vehicle or LR number.")
    note: str | None = None
    bill_discount: Rupees | None = None
    bill_discount_percent: Percent | None = None
    cash_discount_percent: Percent | None = Field(
        None, description="Off what is left, last of all, before tax."
    )
    allow: list[Allowed] | None = Field(None, description="Overrides; by power.")
    payments: list[Payment] | None = Field(
        None, description="On cash terms they come to the total; none means all in cash."
    )
    reserve: bool = Field(False, description="Of an order: keep its pieces from other bills.")
    lines: list[OrderLine]


class Leg(Strict):
    """A debit or a credit of one account."""

    account: str
    debit: Rupees | None = None
    credit: Rupees | None = None
    party: str | None = Field(None, description="Whose account it is, of debtors.")


class Journal(Strict):
    """What `dms journal post` takes; its legs balance."""

    id: str | None = Field(None, description="UUID; the same id is posted once.")
    day: str | None = None
    narration: str | None = None
    legs: list[Leg] = Field(min_length=1)


class NamedLot(Strict):
    """Which lot: MRP and expiry only where the item has several of the batch."""

    id: str | None = Field(None, description="UUID; the same id is posted once.")
    item: str
    batch: str = ""
    mrp: Rupees | None = None
    expiry: str | None = Field(None, description="As 2027-01-31.")
    reason: str


class RightLot(Strict):
    """What the lot should have been called; what is left out stays."""

    batch: str | None = None
    mrp: Rupees | None = None
    expiry: str | None = Field(None, description="A day, a month as 04/27, or empty for none.")
    packed: str | None = None


class LotCorrection(NamedLot):
    """What `dms lot correct` takes."""

    right: RightLot
    version: int | None = Field(None, description="Refuse if the lot changed since.")


class Restickering(NamedLot):
    """What `dms lot resticker` takes."""

    qty: Quantity
    new_mrp: Rupees
    godown: str | None = Field(None, description="The first one without it.")
    bucket: Literal["saleable", "non_saleable", "expired"] | None = None
    ptr: Rate | None = Field(None, description="Of a lot that is not there yet.")
    pts: Rate | None = None


class Party(BaseModel):
    code: str
    name: str
    gstin: str
    state: str
    phone: str


class ReplyLine(BaseModel):
    item: str
    name: str
    hsn: str
    batch: str
    expiry: str | None
    mrp: str
    qty: int
    free: int
    free_reason: str | None = Field(None, description="Code of why pieces are free, if any are.")
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
    amount: str
    why: list[str]


class Problem(BaseModel):
    reason: str
    line: int | None = Field(None, description="Counted from 1.")
    facts: dict[str, Any]
    say: str


class Receipt(BaseModel):
    id: str
    number: str
    total: str
    payments: list[Payment]


class Reply(BaseModel):
    """A posted document."""

    id: str
    number: str
    kind: str
    day: str
    party: Party
    lines: list[ReplyLine]
    taxable: str
    cgst: str
    sgst: str
    igst: str
    cess: str
    round_off: str
    total: str
    words: str
    receipt: Receipt | None = Field(None, description="Of what was paid with the bill.")
    warnings: list[Problem]


class StockLine(BaseModel):
    """Pieces of one lot; where neither is said, it names them and moves none."""

    item: str
    name: str
    batch: str
    expiry: str | None
    mrp: str
    qty: int
    taken_from: str | None = Field(description="A bucket, where the pieces leave this lot.")
    put_into: str | None = Field(description="A bucket, where they come to this lot.")
    cost: str


class StockPaper(BaseModel):
    """A posted paper about goods of our own; `was` and `now` stand on a correction alone."""

    id: str
    number: str
    kind: str
    day: str
    cancelled: bool
    reason: str
    was: RightLot | None = None
    now: RightLot | None = None
    goods: list[StockLine]
    cost: str


class Refused(BaseModel):
    refused: list[Problem]


SHAPES: dict[str, type[BaseModel]] = {
    "order": Order,
    "journal": Journal,
    "lot_correction": LotCorrection,
    "restickering": Restickering,
    "reply": Reply,
    "stock_paper": StockPaper,
    "refused": Refused,
}


def schema(name: str) -> dict[str, Any]:
    return SHAPES[name].model_json_schema()
