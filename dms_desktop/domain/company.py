"""Ourselves as a paper names us, and a posted document together with all that its paper shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from dms_desktop.domain.goods_line import Payment
from dms_desktop.domain.kinds import Document
from dms_desktop.domain.licences import Licence, Regime, numbers, settled, tidy
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
    licences: tuple[Licence, ...] = ()  # `fssai` and `drug_licence` say them as a paper does


def with_licences(new: Company, old: Company | None) -> Company:
    """The list and the two texts in step, whichever of them was said."""
    was = old or Company("", "")
    every = settled(new.fssai, was.fssai, tidy(new.licences), was.licences, Regime.FOOD)
    every = settled(new.drug_licence, was.drug_licence, every, was.licences, Regime.DRUG)
    fssai, drug = numbers(every, Regime.FOOD), numbers(every, Regime.DRUG)
    return replace(new, licences=every, fssai=fssai, drug_licence=drug)


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
