"""Ourselves as a paper names us, and a posted document together with all that its paper shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dms_desktop.domain.goods_line import Payment
from dms_desktop.domain.kinds import Document
from dms_desktop.domain.tax import GstType


@dataclass(frozen=True, slots=True)
class Company:
    name: str
    state: str
    gstin: str = ""
    gst_type: GstType = GstType.REGULAR
    address: str = ""
    city: str = ""
    pin: str = ""
    phone: str = ""
    email: str = ""
    pan: str = ""
    fssai: str = ""
    drug_licence: str = ""
    bank_name: str = ""
    bank_account: str = ""
    bank_ifsc: str = ""
    vpa: str = ""  # the UPI address that the paper's QR code pays to
    warranty: str = ""
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """A document as it lies in the books; nothing on its paper comes from anywhere else."""

    document: Document
    number: str
    company: Company
    posted_at: datetime  # aware, UTC
    by: str  # the user's name
    salesman: str = ""
    beat: str = ""
    cancelled: bool = False
    paid: tuple[Payment, ...] = ()  # of a bill: what the receipt posted with it took
    printed: int = 0  # times it was printed before: more than nil marks a reprint
