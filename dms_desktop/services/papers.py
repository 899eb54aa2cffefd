"""Every paper by its kind: who fills it, what waits for a printer, and what was printed.

A bill, challan, estimate or order is read as it was issued. Each other kind has a Source in
SOURCES; whoever makes a new paper adds it there, and every way of printing knows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dms_desktop.domain.company import Issued
from dms_desktop.domain.godown_papers import GodownPaper, Sticker, StickerRun
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.printers import PaperKind, Route
from dms_desktop.domain.stock_papers import Restickering
from dms_desktop.services import audit, documents, printed, printers
from dms_desktop.services.printed import MOST_UNPRINTED, Headline
from dms_desktop.store.session import Reading, Tx

_BARCODE = "SELECT code FROM barcode WHERE item_id = :item ORDER BY units, id LIMIT 1"
_BEFORE = "SELECT count(*) FROM audit WHERE subject = :subject AND action = 'print'"

Fill = Callable[[Reading, UUID, int], Issued | GodownPaper]
Waits = Callable[[Reading, date | None, int], list[Headline]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the papers of a kind come from.

    `fill` makes one by its id; it is told how often it was printed before. `document` is the kind
    of document that it is the paper of: then what waits and what was printed is told by the
    document's own events. Without one `waits` says what was never printed, oldest first: of a day,
    or of late; `printed_before` tells it how often.
    """

    fill: Fill
    document: Kind | None = None
    waits: Waits | None = None


def printed_before(reading: Reading, kind: PaperKind, uid: UUID) -> int:
    """How often a paper that is no document's was printed."""
    return int(reading.value(_BEFORE, subject=_subject(kind, uid)) or 0)


@needs(Power.LOOK)
def kind_of(reading: Reading, uid: UUID) -> PaperKind | None:
    """What is printed of a document; None for one of which nothing is."""
    said = reading.value("SELECT kind FROM document WHERE uid = :uid", uid=uid.bytes)
    return _PAPER_OF.get(said)


@needs(Power.LOOK)
def to_print(
    reading: Reading, uid: UUID, kind: PaperKind | None = None
) -> tuple[Issued | GodownPaper, Route | None]:
    """What the paper shows, and where it is to be printed; without a kind it is the document's own.

    Refuses UNKNOWN_DOCUMENT.
    """
    kind = kind or kind_of(reading, uid)
    source = SOURCES.get(kind) if kind else None
    if kind is None or source is None:
        found = documents.issued(reading, uid)
        return found, printers.route(reading, kind or found.document.kind)
    times = printed.times(reading, uid) if source.document else printed_before(reading, kind, uid)
    return source.fill(reading, uid, times), printers.route(reading, kind)


@needs(Power.LOOK)
def unprinted(
    reading: Reading, kind: PaperKind, *, day: date | None = None, limit: int = MOST_UNPRINTED
) -> list[Headline]:
    """What this counter made and never printed; nothing of a kind that nobody fills."""
    source = SOURCES.get(kind)
    if source is not None and source.waits is not None:
        return source.waits(reading, day, limit)
    document = source.document if source else _DOCUMENTS.get(kind)
    if document is None:
        return []
    return printed.unprinted(reading, document, day=day, limit=limit, paper=kind)


@needs(Power.LOOK)
def mark(tx: Tx, uid: UUID, where: str, kind: PaperKind | None = None) -> None:
    """Remember that a paper was made: the next one is a reprint."""
    source = SOURCES.get(kind) if kind else None
    if kind and source and source.document is None:
        audit.record(tx, "print", _subject(kind, uid), after={"to": where})
    else:
        printed.mark(tx, uid, where)


def _subject(kind: PaperKind, uid: UUID) -> str:
    return f"{kind.value}:{uid.hex}"


def _stickers(reading: Reading, uid: UUID, before: int) -> StickerRun:
    """Of the pieces that got another MRP, one for each (product rule 15)."""
    issued = documents.issued(reading, uid)
    assert isinstance(issued.document, Restickering)
    found = tuple(
        Sticker(
            line.name,
            line.mrp,
            line.code,
            reading.value(_BARCODE, item=line.item_id) or "",
            line.batch,
            expiry=line.expiry,
            count=line.qty,
        )
        for line in issued.document.stickers
    )
    return StickerRun(issued.number, issued.posted_at, found, printed=before)


def _pick_list(reading: Reading, uid: UUID, before: int) -> GodownPaper:
    from dms_desktop.services import picking_sheet  # no start waits for it

    return picking_sheet.sheet(reading, uid, before)


def _pick_lists(reading: Reading, day: date | None, limit: int) -> list[Headline]:
    """Open lists that were never printed."""
    from dms_desktop.services import picking_sheet

    return [
        one
        for one in picking_sheet.headlines(reading, day, limit)
        if not printed_before(reading, PaperKind.PICK_LIST, one.id)
    ]


def _loading_sheet(reading: Reading, uid: UUID, before: int) -> GodownPaper:
    from dms_desktop.services import trip_papers  # no start waits for the papers of trips

    return trip_papers.loading_sheet(reading, uid, before)


def _drop_list(reading: Reading, uid: UUID, before: int) -> GodownPaper:
    from dms_desktop.services import trip_papers

    return trip_papers.drop_list(reading, uid, before)


def _trips(kind: PaperKind) -> Waits:
    """Trips whose paper of a kind was never printed."""

    def waits(reading: Reading, day: date | None, limit: int) -> list[Headline]:
        from dms_desktop.services import trip_papers

        return [
            one
            for one in trip_papers.headlines(reading, day, limit)
            if not printed_before(reading, kind, one.id)
        ]

    return waits


def _receipt_note(reading: Reading, uid: UUID, before: int) -> GodownPaper:
    from dms_desktop.services import receipt_papers  # no start waits for it

    return receipt_papers.receipt_note(reading, uid, before)


def _receipts(reading: Reading, day: date | None, limit: int) -> list[Headline]:
    """Provisional ones first: they wait for nobody's invoice."""
    paper = PaperKind.GOODS_RECEIPT
    kinds = (Kind.PROVISIONAL_RECEIPT, Kind.GOODS_RECEIPT)
    return [
        each
        for kind in kinds
        for each in printed.unprinted(reading, kind, day=day, limit=limit, paper=paper)
    ]


def _transfer_note(reading: Reading, uid: UUID, before: int) -> GodownPaper:
    from dms_desktop.services import transfer_papers  # no start waits for it

    return transfer_papers.transfer_note(reading, uid, before)


def _return_paper(reading: Reading, uid: UUID, before: int) -> Issued | GodownPaper:
    from dms_desktop.services import return_papers  # no start waits for it

    return return_papers.return_paper(reading, uid, before)


def _returns(reading: Reading, day: date | None, limit: int) -> list[Headline]:
    """By both roads."""
    paper = PaperKind.SUPPLIER_RETURN
    kinds = (Kind.SUPPLIER_RETURN, Kind.RETURN_INVOICE)
    return [
        each
        for kind in kinds
        for each in printed.unprinted(reading, kind, day=day, limit=limit, paper=paper)
    ]


_DOCUMENTS: Mapping[PaperKind, Kind] = {
    PaperKind.BILL: Kind.BILL,
    PaperKind.CHALLAN: Kind.CHALLAN,
    PaperKind.ESTIMATE: Kind.ESTIMATE,
    PaperKind.ORDER: Kind.ORDER,
}
_PAPER_OF: Mapping[str, PaperKind] = {
    **{document.value: kind for kind, document in _DOCUMENTS.items()},
    Kind.GOODS_RECEIPT.value: PaperKind.GOODS_RECEIPT,
    Kind.PROVISIONAL_RECEIPT.value: PaperKind.GOODS_RECEIPT,
    Kind.TRANSFER.value: PaperKind.TRANSFER,
    Kind.SUPPLIER_RETURN.value: PaperKind.SUPPLIER_RETURN,
    Kind.RETURN_INVOICE.value: PaperKind.SUPPLIER_RETURN,
    Kind.RESTICKERING.value: PaperKind.STICKERS,
}
SOURCES: dict[PaperKind, Source] = {
    PaperKind.PICK_LIST: Source(_pick_list, waits=_pick_lists),
    PaperKind.LOADING_SHEET: Source(_loading_sheet, waits=_trips(PaperKind.LOADING_SHEET)),
    PaperKind.DROP_LIST: Source(_drop_list, waits=_trips(PaperKind.DROP_LIST)),
    PaperKind.GOODS_RECEIPT: Source(_receipt_note, document=Kind.GOODS_RECEIPT, waits=_receipts),
    PaperKind.TRANSFER: Source(_transfer_note, document=Kind.TRANSFER),
    PaperKind.SUPPLIER_RETURN: Source(_return_paper, document=Kind.SUPPLIER_RETURN, waits=_returns),
    PaperKind.STICKERS: Source(_stickers, document=Kind.RESTICKERING),
}
