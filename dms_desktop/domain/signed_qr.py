"""The QR of an e-invoice: what its signed text says of the invoice it is printed on.

It is read and not verified: the portal's public key is not at hand, so that whatever it says is a
proposal that the clerk compares with the paper (product rule 24).
"""

from __future__ import annotations

import binascii
import hashlib
import json
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dms_desktop.domain.calendar import financial_year
from dms_desktop.domain.gstin import normalised
from dms_desktop.domain.money import Money, rupees

LONGEST = 8_000  # characters; a QR holds half of that


class NotEInvoice(ValueError):
    """The scan is no QR of an e-invoice, or a broken one."""


@dataclass(frozen=True, slots=True)
class EInvoice:
    """`items` lines, the main one's HSN; unverified."""

    seller: str
    buyer: str
    number: str
    kind: str  # INV, CRN, DBN
    day: date
    total: Money
    items: int
    hsn: str
    irn: str

    @property
    def irn_agrees(self) -> bool:
        """Whether the IRN is that of this seller, year, kind and number: a slip shows, a forger who
        knows the rule does not."""
        text = f"{self.seller}{financial_year(self.day).label}{self.kind}{self.number}"
        return hashlib.sha256(text.encode()).hexdigest() == self.irn.casefold()


def read_qr(scan: str) -> EInvoice:
    """Raises NotEInvoice."""
    parts = scan.strip().split(".")
    if len(scan) > LONGEST or len(parts) != 3:
        raise NotEInvoice("it is no signed text of three parts")
    said = _payload(parts[1])
    try:
        data = said["data"]
        told: dict[str, Any] = json.loads(data, parse_float=str) if isinstance(data, str) else data
        return EInvoice(
            normalised(str(told["SellerGstin"])),
            normalised(str(told.get("BuyerGstin") or "")),
            str(told["DocNo"]).strip(),
            str(told.get("DocTyp") or "INV"),
            datetime.strptime(str(told["DocDt"]), "%d/%m/%Y").date(),  # noqa: DTZ007
            rupees(str(told["TotInvVal"])),
            int(told.get("ItemCnt") or 0),
            str(told.get("MainHsnCode") or ""),
            str(told["Irn"]),
        )
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise NotEInvoice("it does not say what the QR of an e-invoice says") from error


def _payload(part: str) -> dict[str, Any]:
    try:
        text = urlsafe_b64decode(part + "=" * (-len(part) % 4))
        said = json.loads(text, parse_float=str)
    except (binascii.Error, ValueError, RecursionError) as error:
        raise NotEInvoice("its middle part cannot be read") from error
    if not isinstance(said, dict):
        raise NotEInvoice("its middle part is no object")
    return said
