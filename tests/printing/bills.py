"""Bills for the paper's tests, priced by the same rules that price them at the counter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from dms_desktop.domain.billing import price
from dms_desktop.domain.company import Company, Issued
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.drawn_up import document
from dms_desktop.domain.facts import Facts, Item, Lot, Party, Seller
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.licences import Regime
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.tax import Basis, GstType, TaxRate

DAY = date(2026, 11, 21)
COMPANY = Company(
    name="Shree Ganesh Distributors",
    state="27",
    gstin="27AAPFU0939F1ZV",
    address="Gala 14, Sai Industrial Estate, Off Pune-Nashik Highway, Bhosari",
    city="Pune",
    pin="411026",
    phone="020 2712 4455",
    email="accounts@shreeganesh.example",
    pan="AAPFU0939F",
    fssai="11523998000123",
    drug_licence="MH-PZ2-118822",
    bank_name="Bank of Maharashtra, Bhosari",
    bank_account="60123456789",
    bank_ifsc="MAHB0000123",
    vpa="shreeganesh@mahb",
    warranty="We warrant that the food in this invoice is of the nature, substance and quality "
    "that it purports to be.",
    terms="Goods once sold are taken back only by our returns policy.\n"
    "Interest at 18% a year is charged after the due date. Subject to Pune jurisdiction.",
)
SHOP = Party(
    id=7,
    code="S0412",
    name="Annapurna Kirana and General Stores",
    state="27",
    gstin="27AADCB2230M1Z3",
    gst_type=GstType.REGULAR,
    address="Shop 3, Laxmi Road, Near Vitthal Mandir",
    city="Pune",
    pin="411030",
    phone="98220 11223",
    fssai="21523998000456",
    credit_days=14,
)
SMALL_SHOP = replace(
    SHOP,
    code="S0077",
    name="Jai Bhavani Pan Shop",
    gstin="",
    gst_type=GstType.UNREGISTERED,
    fssai="",
)
FAR_SHOP = replace(
    SHOP,
    code="S0901",
    name="Patel Brothers",
    state="24",
    gstin="24AAACC1206D1ZM",
    address="12 Ring Road",
    city="Surat",
    pin="395002",
)
SELLER = Seller(1, 1, "27", COMPANY.gstin)

EXEMPT = TaxRate(Decimal(0), basis=Basis.EXEMPT)
TOBACCO = TaxRate(Decimal(40), basis=Basis.RETAIL_PRICE)

# Name, HSN, unit, inner, case, GST, MRP and shop's price in paise, expiry, trade discount.
_SHELF = """
Golmithi Glucose Biscuits Milk 90g|19053100|PAC|12|96|5|1000|838|2027-03-31|5
Krisporo Cream Biscuits Pineapple 160g|19053100|PAC|12|48|5|3000|2514|2027-02-28|
Doodhkuti Ghee Tin 1kg|04059020|TIN|1|12|5|65000|57500|2027-08-31|2
Safedi Detergent Powder Lemon and Neem Family Pack 4kg with Free Bucket|34025000|BAG|1|4|18|52000|38900||5
Vanamrut Bathing Soap Sandal 4x100g|34011190|PAC|6|24|5|14500|12050||4
Chatkila Aloo Bhujia 350g|21069099|PAC|6|30|5|9000|7480|2027-01-31|
Thandak Cola PET 750ml|22021010|BTL|12|24|40|4500|2790|2027-05-31|
Dantkanti Toothpaste Clove 200g|33061020|NOS|6|72|5|11000|9010|2028-10-31|3
Phool Agarbatti Mogra 120 sticks|33074100|BOX|12|144|5|6000|4730||
Chamak Dishwash Bar 300g|34012000|PCS|12|48|18|3500|2540||5
""".strip().splitlines()  # noqa: E501


def item(number: int, **changes: object) -> Item:
    """An item of the shelf with one lot; the shelf repeats itself under other numbers."""
    fields = _SHELF[number % len(_SHELF)].split("|")
    name, hsn, uqc, inner, case, gst, mrp, ptr, expiry, trade = fields
    lot = Lot(
        id=1000 + number,
        batch=f"B{26_000 + number * 37}{'AK' if number % 3 else ''}",
        mrp=Money(int(mrp)),
        expiry=date.fromisoformat(expiry) if expiry else None,
        on_hand=50_000,
        ptr=Rate(Money(int(ptr))),
        held=50_000,
        cost=Money(int(ptr) * 45_000),
    )
    made = Item(
        id=number + 1,
        code=f"I{number:04d}",
        name=name,
        hsn=hsn,
        uqc=uqc,
        inner=int(inner),
        case=int(case),
        rates=(TaxRate(Decimal(gst)),),
        lots=(lot,),
        trade_discount=Decimal(trade) if trade else None,
        regime=Regime.FOOD if hsn < "23" else None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def items(count: int) -> list[Item]:
    return [item(number) for number in range(count)]


def asks(goods: Sequence[Item]) -> tuple[Ask, ...]:
    """Quantities as a shop orders: some cases, some pieces, now and then one free."""
    return tuple(
        Ask(
            one.id,
            qty=1 + (number * 17) % 53 + (one.case if number % 4 == 0 else 0),
            free=number % 5 == 2,
        )
        for number, one in enumerate(goods)
    )


def issued(
    goods: Sequence[Item],
    rows: Sequence[Ask] | None = None,
    *,
    party: Party = SHOP,
    seller: Seller = SELLER,
    company: Company = COMPANY,
    number: str = "SAL/26-27/004217",
    draft: Mapping[str, object] | None = None,
    **about: object,
) -> Issued:
    """A posted document of these items; fails where the counter would have refused it."""
    wanted = Draft(
        id=UUID(int=42),
        day=DAY,
        party=party.id,
        kind=Kind.BILL,
        asks=tuple(rows) if rows is not None else asks(goods),
        order_no="PO-8812",
        transport="MH 14 GT 2231",
    )
    wanted = replace(wanted, **(draft or {}))  # type: ignore[arg-type]
    facts = Facts(seller, party, {one.id: one for one in goods})
    priced = price(wanted, facts)
    assert not priced.problems, priced.problems
    posted = document(wanted, facts, priced, on_challan=9)
    facts_about: dict[str, object] = {"salesman": "Ramesh Pawar", "beat": "Sadashiv Peth", **about}
    return Issued(
        posted,
        number,
        replace(company, gst_type=seller.gst_type),
        datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
        "asha",
        **facts_about,  # type: ignore[arg-type]
    )
