"""The first morning of a book: the company, its registration, its places, its series, its owner."""

from __future__ import annotations

import os
from dataclasses import dataclass

from dms_desktop.domain.calendar import financial_year
from dms_desktop.domain.company import Company, with_licences
from dms_desktop.domain.gstin import NotGstin, read_gstin
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.states import UnknownState, state
from dms_desktop.domain.tax import GstType
from dms_desktop.domain.uid import uuid7
from dms_desktop.services import audit, licences, people, series
from dms_desktop.store.session import Tx


@dataclass(frozen=True, slots=True)
class NewBook:
    company: Company
    gst_type: GstType
    owner_pin: str


@needs(Power.LOG_IN)
def found(tx: Tx, book: NewBook, pepper: bytes) -> None:
    """Fill an empty book. Refuses a GSTIN that is wrong or of another State."""
    check_gstin(book.company.gstin, book.company.state)
    if tx.value("SELECT count(*) FROM company"):
        raise refuse(Reason.DUPLICATE, field="company", value=book.company.name)
    key = people.write_user(tx, "owner", "Owner", "owner", book.owner_pin, pepper)
    tx.actor = people.actor_of(tx, key, "owner", tx.actor.counter)
    registration = tx.value(
        "INSERT INTO registration (gstin, state, gst_type) VALUES (:gstin, :state, :kind)"
        " RETURNING id",
        gstin=book.company.gstin,
        state=book.company.state,
        kind=book.gst_type.value,
    )
    write_company(tx, book.company)
    for code, name, kind in (
        ("MAIN", "Main godown", "godown"),
        ("CHALLAN", "On challan", "on_challan"),
    ):
        tx.run(
            "INSERT INTO place (uid, code, name, kind, registration_id)"
            " VALUES (:uid, :code, :name, :kind, :registration)",
            uid=uuid7(tx.now, os.urandom(10)).bytes,
            code=code,
            name=name,
            kind=kind,
            registration=registration,
        )
    series.open_year(tx, financial_year(series.today(tx)))
    audit.record(tx, "found the books", "company", after={"name": book.company.name})


def check(company: Company, owner_pin: str) -> None:
    """What `found` would refuse, before a file is made for it."""
    if not company.name.strip():
        raise refuse(Reason.BAD_ENTRY, field="name", value="")
    try:
        state(company.state)
    except UnknownState:
        raise refuse(Reason.BAD_ENTRY, field="state", value=company.state) from None
    check_gstin(company.gstin, company.state)
    if owner_pin:
        people.check_pin(owner_pin)


def record(tx: Tx, action: str, after: dict[str, object]) -> None:
    audit.record(tx, action, "company", after=after)


def write_company(tx: Tx, company: Company) -> int:
    """A new version of our particulars; older papers keep naming the older one."""
    names = (
        "name", "state", "address", "city", "pin", "phone", "email", "pan", "fssai",
        "drug_licence", "bank_name", "bank_account", "bank_ifsc", "vpa", "warranty", "terms",
    )  # fmt: skip
    company = with_licences(company, None) if not company.licences else company
    row = (*(getattr(company, name) for name in names), tx.micros)
    tx.insert("company", (*names, "saved_at"), [row])
    version = int(tx.value("SELECT max(id) FROM company"))
    licences.put_ours(tx, version, company.licences)
    return version


def check_gstin(gstin: str, state: str) -> None:
    """Refuses BAD_GSTIN with its fault, and GSTIN_OTHER_STATE."""
    if not gstin:
        return
    read = read_gstin(gstin)
    if isinstance(read, NotGstin):
        raise refuse(Reason.BAD_GSTIN, gstin=gstin, fault=read.fault.value, expected=read.expected)
    if read.state.code != state:
        raise refuse(Reason.GSTIN_OTHER_STATE, gstin=gstin, state=state, says=read.state.name)
