"""Papers of the godown for the tests, with names in every script that a shelf may have."""

from __future__ import annotations

from datetime import UTC, date, datetime

from dms_desktop.domain.godown_papers import (
    Carriage,
    Drop,
    DropBill,
    DropList,
    Goods,
    Heading,
    LoadingSheet,
    Note,
    PickRow,
    PickSheet,
    ReceiptNote,
    ReceiptRow,
    ReturnPaper,
    ReturnRow,
    Site,
    SupplierReturnNote,
    TransferNote,
    TransferRow,
)
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.tax import Gst
from tests.printing.bills import COMPANY

DAY = date(2026, 11, 21)
NAMES = (
    "Golmithi Glucose Biscuits Milk 90g",
    "पारले-जी ग्लूकोज़ बिस्कुट 90g",
    "साखर आणि गूळ 1kg",
    "ગ્લુકોઝ બિસ્કિટ ક્રીમ",
    "குளுக்கோஸ் பிஸ்கட் 45g",
    "తెలుగు బిస్కెట్ ప్యాకెట్",
    "ಕನ್ನಡ ಬಿಸ್ಕತ್ತು",
    "বিস্কুট ক্রিম 50g",
    "Safedi Detergent Powder Lemon and Neem Family Pack 4kg with Free Bucket",
)
CARRIAGE = Carriage(
    vehicle="MH 14 GT 2231",
    driver="Sunil Jadhav",
    driver_phone="98230 44556",
    helper="Raju",
)
PLANT = Site(
    name="Golmithi Foods Limited, Chakan Depot",
    address="Plot 7, MIDC Phase 2",
    city="Chakan",
    pin="410501",
    state="27",
    gstin="27AAACG1234F1Z8",
    phone="02135 660000",
)


def heading(number: str, **about: object) -> Heading:
    at = datetime(2026, 11, 21, 4, 15, tzinfo=UTC)
    made = {"godown": "Main godown, Bhosari", **about}
    return Heading(COMPANY, number, DAY, at, "asha", **made)  # type: ignore[arg-type]


def goods(number: int, name: str = "") -> Goods:
    case = (24, 48, 0, 12)[number % 4]
    qty = 5 + number * 13 % 90 + 2 * case
    return Goods(
        code=f"I{number:04d}",
        name=name or NAMES[number % len(NAMES)],
        qty=qty,
        case=case,
        batch=f"B{26_000 + number * 37}",
        expiry=date(2027, 1 + number % 12, 28) if number % 5 else None,
        mrp=Money(1000 + number % 9 * 550),
        hsn="19053100",
        grams=qty * 95,
        value=Money(qty * 838),
    )


def pick(rows: int = 9, **about: object) -> PickSheet:
    found = tuple(
        PickRow(
            goods(at),
            rack=f"{'ABCDE'[at // 12 % 5]}-{at // 3 + 1:02d}-{at % 3 + 1}",
            bills=tuple(f"B/26-27/{4200 + at + more:05d}" for more in range(at % 3 + 1)),
        )
        for at in range(rows)
    )
    bills = tuple(f"B/26-27/{4200 + at:05d}" for at in range(11))
    head = heading("PK/26-27/00071", **about)
    return PickSheet(head, found, "Sadashiv Peth", "MH 14 GT 2231", ("Ganesh",), bills)


def drops(many: int) -> tuple[Drop, ...]:
    return tuple(
        Drop(
            at + 1,
            Site(
                ("Annapurna Kirana and General Stores", "श्री समर्थ किराणा", "Jai Bhavani Pan Shop")[
                    at % 3
                ],
                "Shop 3, Laxmi Road, Near Vitthal Mandir",
                "Pune",
                phone="98220 11223",
            ),
            tuple(
                DropBill(
                    f"B/26-27/{4200 + at * 2 + more:05d}",
                    Money(1_234_500 + at * 100_300),
                    Money(0 if at % 3 else 1_234_500),
                    cases=3 + at % 4,
                    loose=at % 7,
                    eway=at == 4,
                )
                for more in range(at % 2 + 1)
            ),
            grams=48_300 + at * 7_150,
            old_dues=Money(250_000 if at % 4 == 1 else 0),
            note="Deliver before noon" if at == 2 else "",
        )
        for at in range(many)
    )


def loading(many: int = 7, lines: int = 9) -> LoadingSheet:
    return LoadingSheet(
        heading("T/26-27/00019"), CARRIAGE, drops(many), tuple(map(goods, range(lines))),
        route="Sadashiv Peth, Laxmi Road", capacity_grams=400_000,
    )  # fmt: skip


def drop_list(many: int = 7) -> DropList:
    return DropList(heading("T/26-27/00019"), CARRIAGE, drops(many), "Sadashiv Peth, Laxmi Road")


def receipt(rows: int = 9) -> ReceiptNote:
    found = tuple(
        ReceiptRow(
            goods(at),
            billed=goods(at).qty + (6 if at == 2 else 0) + (2 if at == 5 else 0),
            free=12 if at == 1 else 0,
            short=6 if at == 2 else 0,
            damaged=2 if at == 5 else 0,
            excess=4 if at == 7 else 0,
            rate=Rate(Money(838)),
            mrp_before=Money(950) if at == 0 else None,
            remark="Wet cartons" if at == 5 else "",
        )
        for at in range(rows)
    )
    return ReceiptNote(
        heading("GR/26-27/00007"), PLANT, found,
        Carriage(vehicle="MH 12 QW 9981", transporter="Sai Roadlines", lorry_receipt="LR 5521"),
        order="PO/26-27/00003", invoice="GFL/26/88123", invoice_day=date(2026, 11, 19),
        taxable=Money(512_340_00), tax=Gst(cgst=Money(12_808_50), sgst=Money(12_808_50)),
        charges=Money(1_500_00), round_off=Money(-2), total=Money(539_456_98),
        claimed=Money(6_704),
    )  # fmt: skip


def transfer(rows: int = 9, *, counted: bool = False) -> TransferNote:
    found = tuple(
        TransferRow(goods(at), goods(at).qty - (3 if at == 4 else 0) if counted else None)
        for at in range(rows)
    )
    ours = Site("Main godown", COMPANY.address, "Pune", "411026", "27", COMPANY.gstin)
    theirs = Site(
        "Hadapsar depot", "Survey 81, Magarpatta Road", "Pune", "411028", "27", COMPANY.gstin
    )
    return TransferNote(
        heading("TR/26-27/00011"), ours, theirs, found, "Stock for Hadapsar beats", CARRIAGE
    )


def sent_back(rows: int = 9, paper: ReturnPaper = ReturnPaper.DEBIT_NOTE) -> SupplierReturnNote:
    found = tuple(
        ReturnRow(
            goods(at),
            reason=("Expired", "Damaged")[at % 2],
            invoice="GFL/26/88123",
            rate=Rate(Money(838)),
            tax=Gst(cgst=Money(goods(at).qty * 21), sgst=Money(goods(at).qty * 21)),
        )
        for at in range(rows)
    )
    return SupplierReturnNote(
        heading("SR/26-27/00002"), PLANT, found, paper, other="DC/26-27/00031",
        reason="Expired and damaged stock", carriage=CARRIAGE,
    )  # fmt: skip


NOTES: dict[str, Note] = {
    "pick_list": pick(),
    "loading_sheet": loading(),
    "drop_list": drop_list(),
    "goods_receipt": receipt(),
    "transfer": transfer(),
    "debit_note": sent_back(),
    "return_challan": sent_back(paper=ReturnPaper.CHALLAN),
}
