"""The challan of goods that go from godown to godown (Rule 55 of the CGST Rules)."""

from __future__ import annotations

from uuid import UUID

from dms_desktop.domain.company import Company
from dms_desktop.domain.godown_papers import Goods, Heading, Site, TransferNote, TransferRow
from dms_desktop.services import transfers
from dms_desktop.services.transfers import Leg
from dms_desktop.store.session import Reading


def transfer_note(reading: Reading, uid: UUID, before: int) -> TransferNote:
    """What came is told once nothing is on the way any more: till then it is left to write in.

    A godown has no address of its own in the books: both ends bear that of the registration.
    Refuses UNKNOWN_DOCUMENT.
    """
    sent = transfers.show(reading, uid)
    issued, transfer = sent.issued, sent.transfer
    heading = Heading(
        issued.company,
        issued.number,
        transfer.head.day,
        issued.posted_at,
        issued.by,
        godown=sent.source.name,
        note=transfer.head.note,
        cancelled=issued.cancelled,
        printed=before,
    )
    counted = bool(sent.receipts) and not sent.left
    return TransferNote(
        heading,
        _site(issued.company, sent.source.name),
        _site(issued.company, sent.to.name),
        tuple(_row(reading, leg, counted=counted) for leg in sent.legs),
        transfer.reason,
        transfer.carriage,
    )


def _row(reading: Reading, leg: Leg, *, counted: bool) -> TransferRow:
    line = leg.line
    case = reading.value("SELECT case_units FROM item WHERE id = :id", id=line.item_id)
    goods = Goods(
        line.code,
        line.name,
        line.qty,
        int(case or 0),
        line.batch,
        expiry=line.expiry,
        mrp=line.mrp,
        hsn=line.hsn,
        uqc=line.uqc,
        value=line.cost,
    )
    return TransferRow(goods, leg.came if counted else None)


def _site(company: Company, godown: str) -> Site:
    return Site(
        f"{company.name}, {godown}",
        company.address,
        company.city,
        company.pin,
        company.state,
        company.gstin,
        company.phone,
    )
