"""How much of each line that was billed came back: never more than was sold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dms_desktop.domain.goods_line import GoodsLine
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.store.session import Tx


def hold(tx: Tx, lines: Iterable[int]) -> None:
    """Let no other counter at what came back of these lines, until the commit.

    Taken after lots and lines left. A line that nothing came back of gets its row now.
    """
    keys = sorted(lines)
    tx.many(
        "INSERT INTO line_credit (line_id) VALUES (?) ON CONFLICT (line_id) DO NOTHING",
        [(key,) for key in keys],
    )
    tx.rows(
        "SELECT line_id FROM line_credit WHERE line_id IN :lines ORDER BY line_id FOR UPDATE",
        lines=keys,
    )


def give_back(tx: Tx, lines: Sequence[GoodsLine]) -> None:
    """Count what a note gives back of the lines it names; their rows are held already.

    Refuses MORE_THAN_SOLD: the cap is the database's, whatever was read before.
    """
    rows = [
        (line.qty, line.free_qty, line.amount.paise, line.source_line)
        for line in lines
        if line.source_line is not None
    ]
    done = tx.many(
        "UPDATE line_credit SET returned_qty = returned_qty + ?,"
        " returned_free = returned_free + ?, credited_paise = credited_paise + ?"
        " WHERE line_id = ? AND EXISTS (SELECT 1 FROM goods_line WHERE goods_line.id = line_id"
        " AND returned_qty + ? <= qty AND returned_free + ? <= free_qty AND credited_paise + ?"
        " <= taxable + cgst + sgst + igst + cess)",
        [(qty, free, paise, key, qty, free, paise) for qty, free, paise, key in rows],
    )
    if done != len(rows):
        raise refuse(Reason.MORE_THAN_SOLD)


def take_back(tx: Tx, lines: Sequence[GoodsLine]) -> None:
    """The same the other way round, when the note is cancelled."""
    tx.many(
        "UPDATE line_credit SET returned_qty = returned_qty - ?,"
        " returned_free = returned_free - ?, credited_paise = credited_paise - ?"
        " WHERE line_id = ?",
        [
            (line.qty, line.free_qty, line.amount.paise, line.source_line)
            for line in lines
            if line.source_line is not None
        ],
    )
