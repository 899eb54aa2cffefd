"""The goods receipt note: what came off the truck beside what the supplier billed."""

from __future__ import annotations

from uuid import UUID

from dms_desktop.domain.company import Issued
from dms_desktop.domain.facts import Party
from dms_desktop.domain.godown_papers import (
    Carriage,
    Goods,
    Heading,
    ReceiptNote,
    ReceiptRow,
    Site,
)
from dms_desktop.domain.money import total
from dms_desktop.domain.purchase_facts import Credit, PurchaseLine
from dms_desktop.domain.purchases import GoodsReceipt, ProvisionalReceipt
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.tax import Gst
from dms_desktop.services import documents
from dms_desktop.store.session import Reading


def receipt_note(reading: Reading, uid: UUID, before: int) -> ReceiptNote:
    """Of a goods receipt, or of a provisional one. Refuses UNKNOWN_DOCUMENT for any other."""
    issued = documents.issued(reading, uid)
    paper = issued.document
    if not isinstance(paper, GoodsReceipt | ProvisionalReceipt):
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=issued.number)
    head = paper.head
    assert head.party is not None, "goods come from somebody"
    heading = Heading(
        issued.company,
        issued.number,
        head.day,
        issued.posted_at,
        issued.by,
        godown=_godown(reading, head.place_id),
        note=head.note,
        cancelled=issued.cancelled,
        printed=before,
    )
    rows = tuple(map(_row, paper.goods))
    note = ReceiptNote(
        heading, _site(head.party), rows, Carriage(vehicle=head.transport), head.order_no
    )
    return _billed(note, issued) if isinstance(paper, GoodsReceipt) else note


def _billed(note: ReceiptNote, issued: Issued) -> ReceiptNote:
    """With the invoice's sums: freight and the income tax collected stand beside the goods. What is
    taxed on reverse charge is not the supplier's to ask for."""
    paper = issued.document
    assert isinstance(paper, GoodsReceipt)
    invoice, totals = paper.invoice, paper.totals
    return ReceiptNote(
        note.heading,
        note.supplier,
        note.rows,
        note.carriage,
        note.order,
        invoice.number,
        invoice.day,
        taxable=totals.taxable - invoice.charged(),
        tax=Gst() if invoice.credit is Credit.REVERSE else totals.tax,
        charges=invoice.charged() + invoice.tcs,
        round_off=totals.round_off,
        total=totals.total,
        claimed=total(each.landed(invoice.credit).claim for each in paper.goods),
    )


def _row(each: PurchaseLine) -> ReceiptRow:
    line, came = each.line, each.came
    sound = came.received - came.damaged
    free = min(line.free_qty, sound)
    goods = Goods(
        line.code,
        line.name,
        sound - free,
        line.case,
        line.batch,
        came.packed,
        line.expiry,
        line.mrp,
        line.hsn,
        line.uqc,
        value=line.taxable,
    )
    return ReceiptRow(
        goods,
        line.qty,
        free,
        each.short,
        came.damaged,
        came.excess,
        line.rate if line.rate.amount else None,
        remark=came.scheme,
    )


def _site(party: Party) -> Site:
    return Site(
        party.name, party.address, party.city, party.pin, party.state, party.gstin, party.phone
    )


def _godown(reading: Reading, place: int | None) -> str:
    return str(reading.value("SELECT name FROM place WHERE id = :id", id=place) or "")
