"""An e-invoice as the portal's JSON has it (INV-01), as a request for a purchase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dms_desktop.domain.refusals import Reason, refuse

_HEADS = (("cgst", "CgstAmt"), ("sgst", "SgstAmt"), ("igst", "IgstAmt"), ("cess", "CesAmt"))


def request(said: Mapping[str, Any]) -> dict[str, Any]:
    """Item by its barcode, else by its description; nothing of it is verified. Refuses BAD_FILE."""
    try:
        head, values, items = said["DocDtls"], said["ValDtls"], said["ItemList"]
        made = {
            "number": str(head["No"]),
            "invoice_day": str(head["Dt"]),
            "irn": str(said.get("Irn") or ""),
            "place_of_supply": str(said["BuyerDtls"]["Pos"]),
            "total": _amount(values["TotInvVal"]),
            "round_off": _amount(values.get("RndOffAmt") or 0),
            "tax": _taxes(items),
            "lines": [_line(each) for each in items],
        }
    except (LookupError, TypeError, ArithmeticError) as error:
        raise refuse(Reason.BAD_FILE, fault="file_no_json") from error
    if charge := Decimal(str(values.get("OthChrg") or 0)):
        made["charges"] = [{"name": "other", "amount": _amount(charge)}]
    return made


def _line(item: Mapping[str, Any]) -> dict[str, Any]:
    batch = item.get("BchDtls") or {}
    line: dict[str, Any] = {
        "item": str(item.get("Barcde") or item["PrdDesc"]),
        "qty": _plain(item["Qty"]),
        "rate": _plain(item["UnitPrice"]),
        "gst": _plain(item["GstRt"]),
    }
    if item.get("FreeQty"):
        line["free"] = _plain(item["FreeQty"])
    if item.get("Discount"):
        line["discounts"] = [_amount(item["Discount"])]
    if batch.get("Nm"):
        line["batch"] = str(batch["Nm"])
    if batch.get("ExpDt"):
        line["expiry"] = str(batch["ExpDt"])
    return line


def _taxes(items: list[Mapping[str, Any]]) -> list[dict[str, str]]:
    found: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for item in items:
        heads = found[_plain(item["GstRt"])]
        for name, key in _HEADS:
            heads[name] = heads.get(name, Decimal(0)) + Decimal(str(item.get(key) or 0))
    return [
        {"gst": rate, **{name: _amount(amount) for name, amount in heads.items()}}
        for rate, heads in found.items()
    ]


def _amount(value: Any) -> str:
    return f"{Decimal(str(value)):.2f}"


def _plain(value: Any) -> str:
    return f"{Decimal(str(value)).normalize():f}"
