"""Claims on suppliers: what is kept of each is what its papers ask for and answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from dms_desktop.domain.calendar import financial_year
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.trade_papers import trade_paper
from dms_desktop.services import supplier_claims
from dms_desktop.services.posting import LINE_BITS
from dms_desktop.services.verifying import effects
from dms_desktop.services.verifying.findings import Finding, Watch
from dms_desktop.services.verifying.sheaf import ROW_MASK, Sheaf
from dms_desktop.store.session import Reading

Said = Mapping[str, Any]
_CANCELLED = "SELECT count(*) FROM document_event WHERE document_id = :key AND event = 'cancelled'"
_CLAIMS = (
    "SELECT line_id, what, party_id, qty, paise FROM supplier_claim"
    " WHERE line_id BETWEEN :first AND :last ORDER BY line_id, what"
)
_ANSWERS = (
    "SELECT line_id, what, accepted, refused FROM claim_answer WHERE document_id = :key"
    " ORDER BY line_id, what"
)
_NUMBER = "SELECT party_id, year, number FROM supplier_number WHERE document_id = :key"
# What is left of a claim, and what went back of a line, summed again; rows that nobody keeps.
_SUMS = {
    "supplier_claim": """
SELECT line_id, what FROM supplier_claim WHERE rest <> paise - (SELECT
    coalesce(sum(accepted + refused), 0) FROM claim_answer
    WHERE claim_answer.line_id = supplier_claim.line_id
        AND claim_answer.what = supplier_claim.what)
UNION ALL SELECT line_id, what FROM supplier_claim WHERE NOT EXISTS (SELECT 1 FROM goods_line
    JOIN document ON document.id = document_id WHERE goods_line.id = line_id
        AND kind IN ('goods_receipt', 'supplier_return'))""",
    "claim_answer": """
SELECT document_id, line_id, what FROM claim_answer WHERE NOT EXISTS (SELECT 1 FROM supplier_claim
    WHERE supplier_claim.line_id = claim_answer.line_id
        AND supplier_claim.what = claim_answer.what)
    OR NOT EXISTS (SELECT 1 FROM document WHERE document.id = document_id
        AND kind IN ('supplier_return', 'return_invoice', 'supplier_credit'))""",
    "returned": """
WITH back AS (
    SELECT source_line AS line_id, sum(qty + free_qty) AS qty FROM goods_line
    JOIN document ON document.id = document_id
    WHERE kind IN ('supplier_return', 'return_invoice') AND source_line IS NOT NULL
        AND document.id NOT IN (SELECT to_id FROM document_link WHERE kind = 'cancels')
    GROUP BY source_line
)
SELECT coalesce(returned.line_id, back.line_id) FROM returned
FULL JOIN back ON back.line_id = returned.line_id
WHERE coalesce(returned.qty, 0) <> coalesce(back.qty, 0) ORDER BY 1""",
}


def wrong_beside(reading: Reading, sheaf: Sheaf, said: Said) -> Iterator[Finding]:
    """What it asks for, what it answers and his number of it: kept as long as it stands."""
    key, facts = sheaf.key, {"number": said["number"]}
    stands = not reading.value(_CANCELLED, key=key)
    trade = trade_paper(Kind(said["kind"]))
    assert trade is not None
    paper = effects.of_trade(trade, sheaf, said)
    first, party = key << LINE_BITS, said["party_id"]
    asked = [
        (first | at, what, party, qty, paise)
        for at, what, qty, paise in supplier_claims.asked_by(paper)
    ]
    claims = [tuple(row) for row in reading.rows(_CLAIMS, first=first, last=first | ROW_MASK)]
    for row in sorted(set(asked if stands else ()) ^ set(claims)):
        yield Finding("supplier_claim", "supplier_claim", row[:2], facts)
    answers = [tuple(row) for row in reading.rows(_ANSWERS, key=key)]
    told = [tuple(row[:4]) for row in said.get("answers", ())] if stands else []
    for row in sorted(set(told) ^ set(answers)):
        yield Finding("claim_answer", "claim_answer", (key, *row[:2]), facts)
    if said["kind"] == Kind.SUPPLIER_CREDIT:
        number = supplier_claims.noted(said["letter"][0]) if said["letter"][0] else ""
        year = financial_year(date.fromisoformat(said["letter"][1])).starts
        should = [(party, year, number)] if number and stands else []
        if [tuple(row) for row in reading.rows(_NUMBER, key=key)] != should:
            yield Finding("supplier_number", "supplier_number", key, facts)


def wrong_claims(reading: Reading, watch: Watch) -> Iterator[Finding]:
    """What is left of each claim, and what went back of each receipt's line."""
    watch.tell("claims", 0.0)
    for table, query in _SUMS.items():
        for row in reading.rows(query):
            key = row[0] if len(row) == 1 else tuple(row)
            yield Finding(table, table, key, {"number": ""})
