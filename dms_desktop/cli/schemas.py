"""Every published shape by its name: those of the counter and those of buying."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from dms_desktop.cli import shapes
from dms_desktop.cli.shapes_dispatch import SettlementOrder, TripReply, VanOrder
from dms_desktop.cli.shapes_godown import (
    AdjustmentOrder,
    TakingOrder,
    TransferOrder,
    TransferReply,
)
from dms_desktop.cli.shapes_purchase import Purchase, PurchaseReply
from dms_desktop.cli.shapes_supplier import SupplierCredit, SupplierPaper, SupplierReturn

SHAPES: dict[str, type[BaseModel]] = {
    **shapes.SHAPES,
    "purchase": Purchase,
    "purchase_reply": PurchaseReply,
    "supplier_return": SupplierReturn,
    "supplier_credit": SupplierCredit,
    "supplier_paper": SupplierPaper,
    "transfer": TransferOrder,
    "transfer_receipt": TakingOrder,
    "transfer_reply": TransferReply,
    "adjustment": AdjustmentOrder,
    "trip_settlement": SettlementOrder,
    "trip": TripReply,
    "van": VanOrder,
}


def schema(name: str) -> dict[str, Any]:
    return SHAPES[name].model_json_schema()
