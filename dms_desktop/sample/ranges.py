"""How a principal's range is written down: one row for a product, its variants and its packs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Category:
    """Margins are percentages: the shop's off MRP with tax, the distributor's off PTR."""

    name: str
    shop: int
    distributor: int
    months: int  # shelf life; 0 = neither batch nor expiry is kept


@dataclass(frozen=True, slots=True)
class Pack:
    """One size of a product; `mrp` in whole rupees before the brand's own pricing."""

    size: str
    mrp: int
    inner: int
    case: int


@dataclass(frozen=True, slots=True)
class Range:
    """Every brand in every variant and pack.

    `product` is empty where the variant says it all; `hindi` names it. `gst` is the rate in force
    since 22 Sep 2025 (Notification 9/2025 and, where 0, 10/2025), `unit` a UQC of GSTN's list.
    """

    category: Category
    brands: str
    product: str
    hindi: str
    hsn: str
    gst: int
    unit: str
    variants: str
    packs: str

    def each_brand(self) -> list[str]:
        return self.brands.split("|")

    def each_variant(self) -> list[str]:
        return self.variants.split("|")

    def each_pack(self) -> list[Pack]:
        """`45g 5 24/144` is 45 g at Rs 5, 24 to an inner and 144 to a case."""
        return [_pack(text) for text in self.packs.split("|")]


def _pack(text: str) -> Pack:
    size, mrp, factors = text.rsplit(" ", 2)
    inner, case = factors.split("/")
    return Pack(size, int(mrp), int(inner), int(case))


@dataclass(frozen=True, slots=True)
class Principal:
    """An invented company; `brands` maps each brand to its name in Devanagari."""

    code: str
    name: str
    brands: dict[str, str]


PRINCIPALS = (
    Principal("ANV", "Annavriksh Foods", {"Golmithi": "गोलमिठी", "Krisporo": "क्रिस्पोरो"}),
    Principal("CHK", "Chatkila Snacks", {"Chatkila": "चटकीला", "Farsanwadi": "फरसाणवाडी"}),
    Principal("TFK", "Tofikins Sweets", {"Tofikins": "टॉफीकिन्स", "Choconida": "चोकोनिडा"}),
    Principal("DDK", "Doodhkuti Dairy", {"Doodhkuti": "दूधकुटी", "Gokulika": "गोकुलिका"}),
    Principal("MSK", "Masalekar Spices", {"Masalekar": "मसालेकर", "Tikhasree": "तीखाश्री"}),
    Principal(
        "SBR",
        "Subhorang Beverages",
        {
            "Subhorang": "शुभोरंग",
            "Kapivana": "कापीवना",
            "Phalrasika": "फलरसिका",
            "Fizbunda": "फिज़बूंदा",
            "Jaljhari": "जलझारी",
        },
    ),
    Principal(
        "RSD",
        "Rasoidhan Staples",
        {
            "Rasoidhan": "रसोईधन",
            "Dhanvati": "धान्यवती",
            "Noodlika": "नूडलिका",
            "Jamvati": "जामवती",
        },
    ),
    Principal(
        "SVK",
        "Svachhika Home Care",
        {"Svachhika": "स्वच्छिका", "Dhulairo": "धुलैरो", "Machharoka": "मच्छरोका"},
    ),
    Principal(
        "NKR",
        "Nikharya Personal Care",
        {
            "Nikharya": "निखर्या",
            "Sugandhara": "सुगंधारा",
            "Keshvanti": "केशवंती",
            "Dantrika": "दंतरिका",
        },
    ),
    Principal("SHK", "Shishukosh Baby Care", {"Shishukosh": "शिशुकोश", "Komalpari": "कोमलपरी"}),
    Principal("ART", "Aartiprabha Pooja", {"Aartiprabha": "आरतीप्रभा", "Dhupankur": "धूपांकुर"}),
    Principal(
        "GHK",
        "Gharkaam Household",
        {"Gharkaam": "घरकाम", "Tejkosh": "तेजकोश", "Butchamak": "बूटचमक"},
    ),
)
