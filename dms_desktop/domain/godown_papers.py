"""The papers of the godown with everything that they show; whoever fills them reads the books."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from dms_desktop.domain.company import Company
from dms_desktop.domain.money import ZERO, Money, Rate
from dms_desktop.domain.tax import Gst


@dataclass(frozen=True, slots=True)
class Heading:
    """What every paper of the godown says of itself. `printed`: how often it was before."""

    company: Company
    number: str
    day: date
    at: datetime  # when it was written; aware, UTC
    by: str
    godown: str = ""
    note: str = ""
    cancelled: bool = False
    printed: int = 0


@dataclass(frozen=True, slots=True)
class Site:
    """A place or a firm that goods come from or go to."""

    name: str
    address: str = ""
    city: str = ""
    pin: str = ""
    state: str = ""  # code
    gstin: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Carriage:
    """What the goods travel on, and with whom."""

    vehicle: str = ""
    driver: str = ""
    driver_phone: str = ""
    helper: str = ""
    transporter: str = ""
    lorry_receipt: str = ""
    eway_bill: str = ""
    km: int = 0


@dataclass(frozen=True, slots=True)
class Goods:
    """Pieces of one lot. `grams` and `value` are those of all `qty` pieces; nil is not known."""

    code: str
    name: str
    qty: int
    case: int = 0  # pieces in one; 0 = it has none
    batch: str = ""
    packed: date | None = None
    expiry: date | None = None
    mrp: Money = ZERO
    hsn: str = ""
    uqc: str = "PCS"
    grams: int = 0
    value: Money = ZERO


@dataclass(frozen=True, slots=True)
class PickRow:
    """`picked` is None until somebody was there; less than asked for has a reason."""

    goods: Goods
    rack: str = ""
    bills: tuple[str, ...] = ()
    picked: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class PickSheet:
    """Rows stand in the order given, which is that of the racks."""

    heading: Heading
    rows: tuple[PickRow, ...]
    route: str = ""  # beat or trip
    vehicle: str = ""
    pickers: tuple[str, ...] = ()
    bills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DropBill:
    """`due` is what is to be collected on it at the door; nil on credit."""

    number: str
    value: Money
    due: Money = ZERO
    cases: int = 0
    loose: int = 0
    eway: bool = False  # the law wants an e-way bill for it


@dataclass(frozen=True, slots=True)
class Drop:
    """One stop. `old_dues` are of earlier bills, to be asked for."""

    order: int
    site: Site
    bills: tuple[DropBill, ...]
    grams: int = 0
    old_dues: Money = ZERO
    note: str = ""

    @property
    def cases(self) -> int:
        return sum(bill.cases for bill in self.bills)

    @property
    def loose(self) -> int:
        return sum(bill.loose for bill in self.bills)

    @property
    def value(self) -> Money:
        return Money(sum(bill.value.paise for bill in self.bills))

    @property
    def due(self) -> Money:
        return Money(sum(bill.due.paise for bill in self.bills))


@dataclass(frozen=True, slots=True)
class LoadingSheet:
    """What goes on a vehicle: goods to be counted in, and the drops in the order they come off."""

    heading: Heading
    carriage: Carriage
    drops: tuple[Drop, ...]
    goods: tuple[Goods, ...] = ()
    route: str = ""
    capacity_grams: int = 0


@dataclass(frozen=True, slots=True)
class DropList:
    """What the driver carries: where to go, what to hand over, what to bring back."""

    heading: Heading
    carriage: Carriage
    drops: tuple[Drop, ...]
    route: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """`goods.qty` is what came in good order and is not free; the rest is told apart beside it.
    `mrp_before` is that of the last receipt where it differs."""

    goods: Goods
    billed: int
    free: int = 0
    short: int = 0
    damaged: int = 0
    excess: int = 0
    rate: Rate | None = None
    mrp_before: Money | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptNote:
    """Goods in. Without an invoice it is provisional and has no sums (product rule 26)."""

    heading: Heading
    supplier: Site
    rows: tuple[ReceiptRow, ...]
    carriage: Carriage = Carriage()
    order: str = ""
    invoice: str = ""
    invoice_day: date | None = None
    taxable: Money = ZERO
    tax: Gst = field(default_factory=Gst)
    charges: Money = ZERO  # freight and tax collected by the supplier
    round_off: Money = ZERO
    total: Money = ZERO
    claimed: Money = ZERO  # for what was short or damaged


@dataclass(frozen=True, slots=True)
class TransferRow:
    """`received` is None until the other godown counted it."""

    goods: Goods
    received: int | None = None


@dataclass(frozen=True, slots=True)
class TransferNote:
    """Goods between godowns of one GSTIN: a delivery challan (Rule 55 of the CGST Rules)."""

    heading: Heading
    origin: Site
    target: Site
    rows: tuple[TransferRow, ...]
    reason: str
    carriage: Carriage = Carriage()


class ReturnPaper(StrEnum):
    """What accompanies goods that go back: the note of what is asked for, or of what travels."""

    DEBIT_NOTE = "debit_note"
    CHALLAN = "challan"
    BOTH = "debit_note_and_challan"  # one paper under one number


@dataclass(frozen=True, slots=True)
class ReturnRow:
    goods: Goods  # its value is what is asked back for it, before tax
    reason: str = ""
    invoice: str = ""  # the supplier's, on which it came
    rate: Rate | None = None
    tax: Gst = field(default_factory=Gst)


@dataclass(frozen=True, slots=True)
class SupplierReturnNote:
    """Goods back to the supplier by his note to come (product rule 27); the other route is a tax
    invoice of ours, printed as a bill."""

    heading: Heading
    supplier: Site
    rows: tuple[ReturnRow, ...]
    paper: ReturnPaper = ReturnPaper.DEBIT_NOTE
    other: str = ""  # number of the challan on the note, and of the note on the challan
    reason: str = ""
    carriage: Carriage = Carriage()
    interstate: bool = False


@dataclass(frozen=True, slots=True)
class Sticker:
    """What is stuck on a pack. `lines` are those of packer, importer and consumer care, as the law
    wants them from whoever re-labels; `barcode` is an EAN-13 or anything that Code 128 can say."""

    name: str
    mrp: Money
    code: str = ""
    barcode: str = ""
    batch: str = ""
    packed: date | None = None
    expiry: date | None = None
    quantity: str = ""  # "90 g"
    lines: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class StickerRun:
    """`used` labels of the first sheet are gone already."""

    number: str
    at: datetime  # aware, UTC
    stickers: tuple[Sticker, ...]
    used: int = 0
    printed: int = 0


Note = PickSheet | LoadingSheet | DropList | ReceiptNote | TransferNote | SupplierReturnNote
GodownPaper = Note | StickerRun


def heading_of(paper: GodownPaper) -> Heading | StickerRun:
    """What tells its number, and how often it was printed."""
    return paper if isinstance(paper, StickerRun) else paper.heading
