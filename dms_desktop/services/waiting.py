"""What waits for its bill: kept in step with the lines that are left of orders and challans."""

from __future__ import annotations

from collections.abc import Sequence

from dms_desktop.domain.documents import Challan, Estimate, Order
from dms_desktop.store.session import Tx

_OPEN = (
    "UPDATE waiting SET open = CASE WHEN EXISTS (SELECT 1 FROM line_left"
    " WHERE line_id BETWEEN waiting.document_id * 65536 AND waiting.document_id * 65536 + 65535"
    " AND qty + free_qty > 0) THEN 1 ELSE 0 END WHERE document_id IN :documents"
)


def opened(tx: Tx, key: int, document: Order | Estimate | Challan) -> None:
    """A new order, estimate or challan waits."""
    party = document.head.party
    named = party.id if party and not party.walk_in else None
    tx.insert(
        "waiting", ("document_id", "party_id", "kind"), [(key, named, document.kind.value)]
    )  # fmt: skip


def billed(tx: Tx, pieces: Sequence[tuple[int, int]]) -> None:
    """Pieces, line: so many left their order's line, and need no reservation any more."""
    if not pieces:
        return
    lines = [line for _, line in pieces]
    if tx.value("SELECT count(*) FROM reservation WHERE line_id IN :lines", lines=lines):
        _let_go(tx, lines, pieces)
    refresh(tx, {line >> 16 for line in lines})


def _let_go(tx: Tx, lines: list[int], pieces: Sequence[tuple[int, int]]) -> None:
    tx.run(
        "DELETE FROM reservation WHERE line_id IN :lines AND NOT EXISTS (SELECT 1 FROM line_left"
        " WHERE line_left.line_id = reservation.line_id AND qty + free_qty > 0)",
        lines=lines,
    )
    tx.many("DELETE FROM reservation WHERE qty <= ? AND line_id = ?", pieces)
    tx.many("UPDATE reservation SET qty = qty - ? WHERE line_id = ?", pieces)


def refresh(tx: Tx, documents: set[int]) -> None:
    """Look again whether anything is left of them."""
    tx.run(_OPEN, documents=sorted(documents))
