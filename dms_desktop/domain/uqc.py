"""Unit quantity codes as GSTN's templates list them, and what the trade writes for them."""

from __future__ import annotations

UQC = frozenset(
    "BAG BAL BDL BKL BOU BOX BTL BUN CAN CBM CCM CMS CTN DOZ DRM GGK GMS GRS GYD KGS KLR KME"
    " LTR MLT MTR MTS NOS OTH PAC PCS PRS QTL ROL SET SQF SQM SQY TBS TGM THD TON TUB UGS UNT"
    " YDS".split()
)
_WRITTEN = {
    "BAG": "BAGS",
    "BDL": "BUNDLE BUNDLES",
    "BOX": "BOXES",
    "BTL": "BOTTLE BOTTLES BOTT",
    "BUN": "BUNCH BUNCHES",
    "CAN": "CANS TIN TINS",
    "CTN": "CARTON CARTONS CASE CASES CS CB",
    "DOZ": "DOZEN DOZENS DZN DZ",
    "DRM": "DRUM DRUMS",
    "GMS": "GM G GRAM GRAMS GRM",
    "KGS": "KG KILO KILOGRAM KILOGRAMS",
    "LTR": "L LT LTRS LITRE LITRES LITER LITERS",
    "MLT": "ML",
    "MTR": "M MTRS METER METRE METERS METRES",
    "NOS": "NO NUMBER NUMBERS N",
    "OTH": "OTHER OTHERS",
    "PAC": "PACK PACKS PACKET PACKETS PKT PKTS PAK JAR JARS POUCH POUCHES SACHET SACHETS",
    "PCS": "PC PIECE PIECES EA EACH",
    "PRS": "PAIR PAIRS PR",
    "QTL": "QUINTAL QTLS",
    "ROL": "ROLL ROLLS",
    "SET": "SETS",
    "TBS": "TABLET TABLETS TAB TABS",
    "TON": "TONNE TONNES",
    "TUB": "TUBE TUBES",
    "UNT": "UNIT UNITS",
}
_BY_WORD = {word: code for code, words in _WRITTEN.items() for word in words.split()}


def uqc(text: str) -> str | None:
    """The code for what was written (`Pkt.` is PAC), or None."""
    word = text.strip(" .").upper().split("-")[0].strip()
    return word if word in UQC else _BY_WORD.get(word)
