"""What goes with goods back to the supplier: debit note and challan in one, or our tax invoice."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from dms_desktop.domain.company import Issued
from dms_desktop.domain.documents import Bill
from dms_desktop.domain.godown_papers import (
    Carriage,
    Goods,
    Heading,
    ReturnPaper,
    ReturnRow,
    Site,
    SupplierReturnNote,
)
from dms_desktop.domain.goods_line import GoodsLine, Paper
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.supplier_return import ReturnInvoice, SupplierReturn
from dms_desktop.services import documents
from dms_desktop.store.session import Reading


def return_paper(reading: Reading, uid: UUID, before: int) -> Issued | SupplierReturnNote:
    """By the road of our own invoice the paper is that invoice, as Rule 46 wants it.

    Refuses UNKNOWN_DOCUMENT for what is no return.
    """
    issued = documents.issued(reading, uid)
    match issued.document:
        case ReturnInvoice() as invoice:
            bill = Bill(invoice.head, invoice.lines, invoice.totals, Paper.TAX_INVOICE)
            return replace(issued, document=bill)
        case SupplierReturn() as paper:
            return _note(reading, issued, paper, before)
        case _:
            raise refuse(Reason.UNKNOWN_DOCUMENT, number=issued.number)


def _note(
    reading: Reading, issued: Issued, paper: SupplierReturn, before: int
) -> SupplierReturnNote:
    head, party = paper.head, paper.head.party
    assert party is not None, "goods go back to somebody"
    godown = reading.value("SELECT name FROM place WHERE id = :id", id=head.place_id)
    heading = Heading(
        issued.company,
        issued.number,
        head.day,
        issued.posted_at,
        issued.by,
        godown=godown or "",
        note=head.note,
        cancelled=issued.cancelled,
        printed=before,
    )
    site = Site(
        party.name, party.address, party.city, party.pin, party.state, party.gstin, party.phone
    )
    return SupplierReturnNote(
        heading,
        site,
        tuple(map(_row, paper.lines)),
        ReturnPaper.BOTH,
        reason=paper.reason,
        carriage=Carriage(vehicle=head.transport),
        interstate=head.interstate,
    )


def _row(line: GoodsLine) -> ReturnRow:
    goods = Goods(
        line.code,
        line.name,
        line.pieces,
        line.case,
        line.batch,
        expiry=line.expiry,
        mrp=line.mrp,
        hsn=line.hsn,
        uqc=line.uqc,
        value=line.taxable,
    )
    return ReturnRow(goods, rate=line.rate if line.rate.amount else None, tax=line.tax)
