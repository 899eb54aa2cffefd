"""The published shapes of what goes back to a supplier, and of what he answers."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from dms_desktop.cli.shapes import Percent, Quantity, Rate, Rupees, Strict


class ReturnLine(Strict):
    item: str = Field(description="Code or barcode.")
    batch: str | None = None
    mrp: Rupees | None = Field(None, description="Where a batch has several.")
    expiry: str | None = Field(None, description="Where a batch has several.")
    qty: Quantity
    bucket: Literal["saleable", "non_saleable", "expired"] | None = None
    rate: Rate | None = Field(None, description="As its receipt billed it, if none.")
    receipt: str | None = Field(None, description="Our number or his; the latest, if none.")
    held: int | None = Field(None, description="Line of `purchase excess` that goes back.")


class SupplierReturn(Strict):
    """What `dms supplier return` takes."""

    id: str | None = Field(None, description="UUID; the same id is posted once.")
    supplier: str = Field(description="Code of the party.")
    route: Literal["debit_note", "invoice"] | None = Field(
        None, description="Debit note and challan, or our own tax invoice."
    )
    day: str | None = None
    godown: str | None = None
    reason: str | None = None
    transport: str | None = Field(None, description="Vehicle and transporter, for the challan.")
    his_reference: str | None = None
    note: str | None = None
    lines: list[ReturnLine]


class CreditTax(Strict):
    """What his note prints for one rate."""

    gst: Percent | None = None
    taxable: Rupees
    cgst: Rupees | None = None
    sgst: Rupees | None = None
    igst: Rupees | None = None
    cess: Rupees | None = None


class ClaimAnswer(Strict):
    """`line` as `dms supplier claims` tells it."""

    line: int
    accepted: Rupees | None = Field(None, description="As much as the note pays for, if none.")
    refused: Rupees | None = None


class SupplierCredit(Strict):
    """What `dms supplier credit` takes; without `tax` and with what is refused it is a refusal."""

    id: str | None = Field(None, description="UUID; the same id is posted once.")
    supplier: str = Field(description="Code of the party.")
    against: Literal["return", "short", "damaged", "rate", "discount", "price_drop", "other"]
    day: str | None = Field(None, description="When it came.")
    number: str | None = Field(None, description="The supplier's own.")
    invoice_day: str | None = Field(None, description="The note's own date.")
    irn: str | None = None
    gst_note: bool | None = Field(None, description="false: a commercial note, without tax.")
    tax: list[CreditTax] | None = None
    round_off: Rupees | None = None
    total: Rupees | None = Field(None, description="The note's own, met to the paisa.")
    claims: list[ClaimAnswer] | None = None
    reverses: bool | None = Field(None, description="As the note and the claim say, if none.")
    reason: str | None = Field(None, description="Why he refuses.")
    note: str | None = None


class SupplierPaper(BaseModel):
    """A return or a note of the supplier, posted or only judged (then without a number)."""

    id: str
    number: str
    kind: str
    day: str
    cancelled: bool
    supplier: dict[str, str]
    reason: str
    lines: list[dict[str, object]]
    answers: list[dict[str, object]]
    his_number: str
    against: str
    taxable: str
    cgst: str
    sgst: str
    igst: str
    cess: str
    round_off: str
    total: str
    cost: str
    settles: list[dict[str, str]]
    refused: list[dict[str, object]]
