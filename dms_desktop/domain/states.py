"""The States and Union Territories of India as GST numbers them."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class State:
    """`utgst`: its own half of the tax is called UTGST. `legacy`: no new registration bears it."""

    code: str
    name: str
    utgst: bool = False
    legacy: bool = False


class UnknownState(LookupError):
    """No State has this code or name."""


# Code, name as printed on a bill, and what else people write: vehicle letters, old names.
_TABLE = (
    ("01", "Jammu and Kashmir", "JK", "J&K"),
    ("02", "Himachal Pradesh", "HP"),
    ("03", "Punjab", "PB"),
    ("04", "Chandigarh", "CH"),
    ("05", "Uttarakhand", "UK", "UA", "Uttaranchal"),
    ("06", "Haryana", "HR"),
    ("07", "Delhi", "DL", "New Delhi", "NCT of Delhi"),
    ("08", "Rajasthan", "RJ"),
    ("09", "Uttar Pradesh", "UP"),
    ("10", "Bihar", "BR"),
    ("11", "Sikkim", "SK"),
    ("12", "Arunachal Pradesh", "AR", "Arunachal"),
    ("13", "Nagaland", "NL"),
    ("14", "Manipur", "MN"),
    ("15", "Mizoram", "MZ"),
    ("16", "Tripura", "TR"),
    ("17", "Meghalaya", "ML"),
    ("18", "Assam", "AS"),
    ("19", "West Bengal", "WB"),
    ("20", "Jharkhand", "JH"),
    ("21", "Odisha", "OD", "OR", "Orissa"),
    ("22", "Chhattisgarh", "CG", "CT", "Chattisgarh"),
    ("23", "Madhya Pradesh", "MP"),
    ("24", "Gujarat", "GJ"),
    ("25", "Daman and Diu (before 2020)", "Daman and Diu"),
    ("26", "Dadra and Nagar Haveli and Daman and Diu", "DNHDD", "DN", "DD", "Daman and Diu",
     "Dadra and Nagar Haveli"),
    ("27", "Maharashtra", "MH"),
    ("28", "Andhra Pradesh (before division)", "Andhra Pradesh"),
    ("29", "Karnataka", "KA"),
    ("30", "Goa", "GA"),
    ("31", "Lakshadweep", "LD"),
    ("32", "Kerala", "KL"),
    ("33", "Tamil Nadu", "TN"),
    ("34", "Puducherry", "PY", "Pondicherry"),
    ("35", "Andaman and Nicobar Islands", "AN", "Andaman and Nicobar"),
    ("36", "Telangana", "TS", "TG"),
    ("37", "Andhra Pradesh", "AP"),
    ("38", "Ladakh", "LA"),
    ("97", "Other Territory", "OT"),
)  # fmt: skip
# Delhi, Puducherry, Jammu and Kashmir have a legislature and levy SGST.
_UTGST = {"35", "04", "26", "31", "38", "97"}
_LEGACY = {"25", "28"}
_CODE_AND_NAME = re.compile(r"([0-9]{0,2})[\s-]*(.*)", re.DOTALL)


def _key(text: str) -> str:
    """`J & K` and `j and k`, `TamilNadu` and `Tamil-Nadu`: the same letters, the same key."""
    spelt = text.casefold().replace("&", " and ")
    words = "".join(mark if mark.isalnum() else " " for mark in spelt).split()
    return "".join(word for word in words if word != "and")


STATES: tuple[State, ...] = tuple(
    State(code, name, utgst=code in _UTGST, legacy=code in _LEGACY) for code, name, *_ in _TABLE
)
_BY_CODE = {state.code: state for state in STATES}
_KEYS = {code: {_key(name) for name in names} for code, *names in _TABLE}
# The legacy ones first, so that a name they share with a State of today means that one.
_BY_KEY = {
    key: _BY_CODE[code]
    for code in sorted(_KEYS, key=lambda code: code not in _LEGACY)
    for key in _KEYS[code]
}


def state(text: str) -> State:
    """The State with this code (`27`, and `7` as a spreadsheet leaves it) or name, loosely written.

    `27-Maharashtra`, as the returns write it, is read too if both halves agree. A name alone means
    the State of today: `Daman and Diu` is 26, never the legacy 25. Raises UnknownState.
    """
    digits, name = _CODE_AND_NAME.findall(text.strip())[0]
    code, key = digits.zfill(2), _key(name)
    found = _BY_CODE.get(code) if digits else _BY_KEY.get(key)
    if found is None or (digits and name and key not in _KEYS[code]):
        raise UnknownState(text)
    return found
