"""Purchases against themselves, and against what is kept beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from dms_desktop.domain.calendar import financial_year
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money, Rate
from dms_desktop.services.posting import LINE_BITS
from dms_desktop.services.rows import ADJUSTMENT, LINE, Row
from dms_desktop.services.verifying.findings import Finding, Watch
from dms_desktop.services.verifying.sheaf import ROW_MASK, Sheaf
from dms_desktop.services.verifying.wrong import Wrong
from dms_desktop.store.session import Reading

Said = Mapping[str, Any]
_OFF_LINE, _OFF_PAISE = ADJUSTMENT.index("line_id"), ADJUSTMENT.index("paise")
_CANCELLED = "SELECT count(*) FROM document_event WHERE document_id = :key AND event = 'cancelled'"
_NUMBER = "SELECT party_id, year, number FROM supplier_number WHERE document_id = :key"
_BOUGHT = "SELECT line_id, item_id FROM bought WHERE line_id BETWEEN :first AND :last"
_HELD = (
    "SELECT excess_held.line_id, excess_held.qty, rest, coalesce(sum(excess_release.qty), 0)"
    " FROM excess_held LEFT JOIN excess_release ON excess_release.line_id = excess_held.line_id"
    " WHERE excess_held.line_id BETWEEN :first AND :last"
    " GROUP BY excess_held.line_id, excess_held.qty, rest ORDER BY excess_held.line_id"
)
# What is kept of a document that is none of those that keep it.
_STRAY = {
    "supplier_number": """
SELECT document_id FROM supplier_number LEFT JOIN document ON document.id = document_id
WHERE kind IS NULL OR kind NOT IN ('goods_receipt', 'goods_in_transit')""",
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


def wrong_beside(reading: Reading, sheaf: Sheaf, said: Said) -> Iterator[Finding]:
    """The supplier's number, the lines that were bought, the excess: kept while it stands."""
    key = sheaf.key
    stands = not reading.value(_CANCELLED, key=key)
    facts = {"number": said["number"]}
    number = [tuple(row) for row in reading.rows(_NUMBER, key=key)]
    if number != (_named(said) if stands else []):
        yield Finding("supplier_number", "supplier_number", key, facts)
    ends = {"first": key << LINE_BITS, "last": key << LINE_BITS | ROW_MASK}
    due = _bought(sheaf) if stands and said["kind"] == Kind.GOODS_RECEIPT else {}
    kept: dict[int, int] = dict(reading.rows(_BOUGHT, **ends))
    for line in sorted(due.keys() ^ kept.keys()):
        yield Finding("bought", "bought", line, facts)
    excess = _excess(sheaf, said) if stands and said["kind"] == Kind.GOODS_RECEIPT else {}
    held = {line: rest for line, *rest in reading.rows(_HELD, **ends)}
    for line in sorted(excess.keys() | held.keys()):
        qty, rest, gone = held.get(line, (0, 0, 0))
        if qty != excess.get(line, 0) or rest != qty - int(gone):
            yield Finding("excess_held", "excess_held", line, facts)


def wrong_registers(reading: Reading, watch: Watch) -> Iterator[Finding]:
    """Rows that no purchase keeps."""
    watch.tell("purchases", 0.0)
    for table, query in _STRAY.items():
        for (key,) in reading.rows(query):
            yield Finding(table, table, key, {"number": ""})


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
