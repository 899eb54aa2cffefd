"""Purchases against themselves, and against what is kept beside them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from dms_desktop.domain.calendar import financial_year
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.trade_papers import PURCHASES
from dms_desktop.services.posting import LINE_BITS
from dms_desktop.services.rows import ADJUSTMENT, LINE, Row
from dms_desktop.services.verifying.findings import Finding, Watch
from dms_desktop.services.verifying.imported import said_in
from dms_desktop.services.verifying.sheaf import ROW_MASK, Sheaf
from dms_desktop.services.verifying.wrong import Wrong
from dms_desktop.store.session import Reading

Said = Mapping[str, Any]
_OFF_LINE, _OFF_PAISE = ADJUSTMENT.index("line_id"), ADJUSTMENT.index("paise")
_CANCELLED = """
SELECT (SELECT count(*) FROM document_event WHERE document_id = :key AND event = 'cancelled')
    + (SELECT count(*) FROM document_link WHERE to_id = :key AND kind = 'cancels')"""
_NUMBER = "SELECT party_id, year, number FROM supplier_number WHERE document_id = :key"
_BOUGHT = "SELECT line_id, item_id FROM bought WHERE line_id BETWEEN :first AND :last"
_HELD = "SELECT line_id, qty FROM excess_held WHERE line_id BETWEEN :first AND :last"
_REST = """
SELECT excess_held.line_id, document.number FROM excess_held
JOIN goods_line ON goods_line.id = excess_held.line_id JOIN document ON document.id = document_id
WHERE rest <> excess_held.qty - (SELECT coalesce(sum(gone.qty), 0) FROM excess_release gone
    WHERE gone.line_id = excess_held.line_id)"""
_RELEASED = "SELECT id, line_id, qty, way, note, at, user_id FROM excess_release ORDER BY id"
_TOLD = "SELECT subject, after, at, user_id FROM audit WHERE action = 'release excess'"
_RECEIVES = (
    "SELECT uid FROM document_link JOIN document ON document.id = to_id"
    " WHERE from_id = :key AND document_link.kind = 'receives'"
)
_STRAY = {
    "supplier_number": """
SELECT document_id FROM supplier_number LEFT JOIN document ON document.id = document_id
WHERE kind IS NULL OR kind NOT IN ('goods_receipt', 'goods_in_transit', 'supplier_credit')""",
    "bought": """
SELECT line_id FROM bought LEFT JOIN goods_line ON goods_line.id = line_id
LEFT JOIN document ON document.id = document_id
WHERE kind IS NULL OR kind <> 'goods_receipt' OR bought.item_id <> goods_line.item_id""",
    "excess_held": """
SELECT line_id FROM excess_held LEFT JOIN goods_line ON goods_line.id = line_id
LEFT JOIN document ON document.id = document_id
WHERE kind IS NULL OR kind <> 'goods_receipt'""",
    "excess_release": """
SELECT excess_release.id FROM excess_release
LEFT JOIN excess_held ON excess_held.line_id = excess_release.line_id
WHERE excess_held.line_id IS NULL""",
}


def wrong_lines(sheaf: Sheaf) -> Iterator[Wrong]:
    """What each line is worth before and after its discounts; the tax is as the invoice prints."""
    off: defaultdict[int, int] = defaultdict(int)
    for one in sheaf.adjustments:
        off[one[_OFF_LINE]] += one[_OFF_PAISE]
    for at, row in enumerate(sheaf.lines):
        said = dict(zip(LINE, row, strict=True))
        gross, taxable = said["gross"], said["taxable"]
        worth = Rate(Money(said["rate"]), said["per"]).times(said["qty"]).paise
        if said["row"] != at:
            yield Wrong("line_row", "goods_line", at, "row", at)
        elif not said["inclusive"] and gross != worth:
            yield Wrong("line_value", "goods_line", at, "gross", worth)
        elif said["discount"] != gross - taxable:
            yield Wrong("line_value", "goods_line", at, "discount", gross - taxable)
        elif off[at] != said["discount"]:
            yield Wrong("line_value", "goods_line", at, "taxable", gross - off[at])


def last_row(said: Said) -> int:
    """The last line that a purchase tells of beside its lines; -1 for what is none."""
    if said["kind"] not in PURCHASES:
        return -1
    try:
        return len(json.loads(said["particulars"] or "{}").get("came", ())) - 1
    except (ValueError, TypeError, AttributeError):
        return -1


def wrong_beside(reading: Reading, sheaf: Sheaf, said: Said) -> Iterator[Finding]:
    """The supplier's number, the lines that were bought, the excess: kept while it stands."""
    if said["kind"] not in PURCHASES:
        return
    key = sheaf.key
    stands = not reading.value(_CANCELLED, key=key)
    facts = {"number": said["number"]}
    number = [tuple(row) for row in reading.rows(_NUMBER, key=key)]
    if number != (_named(said) if stands else []):
        yield Finding("supplier_number", "supplier_number", key, facts)
    ends = {"first": key << LINE_BITS, "last": key << LINE_BITS | ROW_MASK}
    stands = stands and said["kind"] == Kind.GOODS_RECEIPT
    for table, query, should in (
        ("bought", _BOUGHT, _bought(sheaf) if stands else {}),
        ("excess_held", _HELD, _excess(sheaf, said) if stands else {}),
    ):
        kept: dict[int, int] = dict(reading.rows(query, **ends))
        for line in sorted(should.keys() | kept.keys()):
            if should.get(line) != kept.get(line):
                yield Finding(table, table, line, facts)
    yield from _wrong_receives(reading, key, said)


def _wrong_receives(reading: Reading, key: int, said: Said) -> Iterator[Finding]:
    """It is linked to just the papers that came before it, as it says itself."""
    should = {said[name] for name in ("transit", "provisional") if said.get(name)}
    linked = {UUID(bytes=bytes(uid)).hex for (uid,) in reading.rows(_RECEIVES, key=key)}
    facts = {"number": said["number"]}
    for uid in sorted(should ^ linked):
        of = reading.value("SELECT id FROM document WHERE uid = :uid", uid=UUID(uid).bytes)
        what = "no_link" if uid in should else "wrong_link"
        yield Finding(what, "document_link", (key, of or uid), facts)


def wrong_registers(reading: Reading, watch: Watch) -> Iterator[Finding]:
    """Rows that no purchase keeps."""
    watch.tell("purchases", 0.0)
    yield from _wrong_releases(reading)
    for table, query in _STRAY.items():
        for (key,) in reading.rows(query):
            yield Finding(table, table, key, {"number": ""})


def _wrong_releases(reading: Reading) -> Iterator[Finding]:
    """Each stands in the audit trail, word for word; what is left is what was not let go."""
    due: Counter[tuple[object, ...]] = Counter()
    for subject, after, at, user in reading.rows(_TOLD):
        told = said_in(after)
        due[(subject, told.get("qty"), told.get("way"), told.get("note"), at, user)] += 1
    for row_id, line, *said in reading.rows(_RELEASED):
        row = (f"excess {line}", *said)
        if not due[row]:
            yield Finding("excess_release", "excess_release", row_id, {"number": ""})
        due[row] -= 1
    for subject, _, _, _, at, _ in +due:
        key = (int(str(subject).split()[1]), int(str(at)))
        yield Finding("excess_release", "excess_release", key, {"number": ""})
    for held, number in reading.rows(_REST):
        yield Finding("excess_held", "excess_held", held, {"number": number})


def _named(said: Said) -> list[Row]:
    if "invoice" not in said or said.get("transit"):
        return []
    number, day, _ = said["invoice"]
    year = financial_year(date.fromisoformat(day)).starts
    return [(said["party_id"], year, folded(number))]


def _bought(sheaf: Sheaf) -> dict[int, int]:
    item, qty = LINE.index("item_id"), LINE.index("qty")
    first = sheaf.key << LINE_BITS
    return {first | at: row[item] for at, row in enumerate(sheaf.lines) if row[qty]}


def _excess(sheaf: Sheaf, said: Said) -> dict[int, int]:
    first = sheaf.key << LINE_BITS
    rows = enumerate(said.get("came", ()))
    return {first | at: row[2] for at, row in rows if len(row) > 2 and row[2]}
