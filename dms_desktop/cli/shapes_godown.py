"""The published shapes of transfers, adjustments and bucket moves, and of what they answer."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from dms_desktop.cli.shapes import Quantity, Rupees, StockPaper, Strict

BucketWord = Literal["saleable", "non_saleable", "expired"]


class GoodsRow(Strict):
    item: str = Field(description="Code or barcode.")
    batch: str | None = Field(None, description="Of a transfer: first expiry first without it.")
    mrp: Rupees | None = Field(None, description="Where a batch has several.")
    expiry: str | None = Field(None, description="Where a batch has several; of one that is new.")
    qty: Quantity = Field(description='Of an adjustment "-12" or 12 is gone, "+12" was found.')
    bucket: BucketWord | None = Field(None, description="Where they are now; else saleable.")


class Carrying(Strict):
    vehicle: str | None = None
    transporter: str | None = None
    driver: str | None = None
    lorry_receipt: str | None = None
    eway_bill: str | None = None


class TransferOrder(Strict):
    """What `dms transfer send` takes."""

    id: str | None = Field(None, description="UUID; the same id is posted once.")
    to: str = Field(description="Code or name of the other godown, or of a van.")
    godown: str | None = Field(None, description="Whence; the first one without it.")
    direct: bool = Field(False, description="It lies there at once; nothing is on the way.")
    carriage: Carrying | None = None
    note: str | None = None
    lines: list[GoodsRow]


class TakenRow(Strict):
    line: int = Field(description="Of the transfer, counted from 1.")
    came: int = 0
    lost: int = 0


class TakingOrder(Strict):
    """What `dms transfer receive` takes: without lines, all that is still on the way came."""

    id: str | None = Field(None, description="UUID; the same id is posted once.")
    reason: str | None = Field(None, description="Code of why the lost are given up.")
    note: str | None = None
    lines: list[TakenRow] | None = None


class AdjustmentOrder(Strict):
    """What `dms adjust` takes, and with `to` `dms move-bucket`."""

    id: str | None = Field(None, description="UUID; the same id is posted once.")
    reason: str = Field(description="Code or name of a reason to adjust stock.")
    godown: str | None = Field(None, description="The first one without it.")
    to: BucketWord | None = Field(None, description="Of a bucket move.")
    note: str | None = None
    lines: list[GoodsRow]


class Leg(BaseModel):
    line: int
    item: str
    name: str
    batch: str
    expiry: str | None
    mrp: str
    bucket: str
    sent: int
    came: int
    lost: int
    left: int


class TransferReply(StockPaper):
    """A transfer with what became of each line."""

    source: str
    to: str
    direct: bool
    left: int
    received_by: list[str]
    lines: list[Leg]
