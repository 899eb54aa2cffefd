"""The published shapes of trips, settlements and vans."""

from __future__ import annotations

from pydantic import BaseModel, Field

from dms_desktop.cli.shapes import Quantity, Rupees, Strict
from dms_desktop.cli.shapes_godown import BucketWord


class TakenLine(Strict):
    """What was taken at the door on one bill, of the trip or older."""

    bill: str = Field(description="Number or id.")
    cash: Rupees | None = None
    upi: Rupees | None = None
    upi_ref: str | None = None
    cheque: Rupees | None = None
    cheque_no: str | None = None
    discount: Rupees | None = Field(None, description="Let off at the door; bears no GST.")


class SettlementOrder(Strict):
    """What `dms trip settle` takes."""

    id: str | None = Field(None, description="UUID; the same id is posted once.")
    trip: str = Field(description="Number or id.")
    cash: Rupees = Field(description="Counted and handed in.")
    lines: list[TakenLine] | None = None
    expenses: Rupees | None = Field(None, description="Paid out of the cash on the way.")
    difference: Rupees | None = Field(
        None, description="What lacks, to be booked to the man; below nil it is too much."
    )
    man: str | None = Field(None, description="Who answers for it; else the driver.")
    note: str | None = None
    day: str | None = None


class VanLine(Strict):
    item: str = Field(description="Code or barcode.")
    qty: Quantity
    batch: str | None = Field(None, description="Without it first expiry first.")
    bucket: BucketWord | None = None


class VanOrder(Strict):
    """What `dms van load` and `dms van unload` take; an unloading names all that was counted."""

    id: str | None = Field(None, description="UUID; the same id is posted once.")
    van: str = Field(description="Code or name.")
    godown: str | None = None
    man: str | None = Field(None, description="Of an unloading: who answers for what lacks.")
    note: str | None = None
    lines: list[VanLine]


class TripBillReply(BaseModel):
    number: str
    party: str
    total: str
    open: str
    position: int
    cases: int
    loose: int
    kg: str
    eway_bill: bool
    loaded: bool
    result: str
    reason: str
    credit_note: str
    cancelled: bool


class TripReply(BaseModel):
    """A trip as it stands."""

    id: str
    number: str
    day: str
    state: str
    vehicle: str
    driver: str
    note: str
    settlement: str
    cases: int
    loose: int
    kg: str
    capacity_kg: str
    over_kg: str
    total: str
    eway_together: bool
    bills: list[TripBillReply]
