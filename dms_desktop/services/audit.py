"""The audit chain: who did what, when and why, each row holding the hash of the one before.

Append-only and never to be switched off (proviso to Rule 3(1), Companies (Accounts) Rules 2014).
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from dms_desktop.store.drivers import Row
from dms_desktop.store.session import Tx

COLUMNS = (
    "counter", "seq", "at", "user_id", "action", "subject", "digest", "before", "after", "reason",
)  # fmt: skip


def record(
    tx: Tx,
    action: str,
    subject: str,
    *,
    digest: bytes | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Add one row to this counter's chain, in the transaction that does the deed."""
    counter = tx.actor.counter
    tip = tx.row("SELECT seq, hash FROM audit_tip WHERE counter = :c FOR UPDATE", c=counter)
    seq, previous = (tip[0] + 1, bytes(tip[1])) if tip else (1, b"")
    row = (
        counter, seq, tx.micros, tx.actor.user_id, action, subject, digest, _text(before),
        _text(after), tx.actor.reason,
    )  # fmt: skip
    link = chained(previous, row)
    tx.insert("audit", (*COLUMNS, "hash"), [(*row, link)])
    tx.run(
        "INSERT INTO audit_tip (counter, seq, hash) VALUES (:c, :seq, :link) "
        "ON CONFLICT (counter) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
        c=counter,
        seq=seq,
        link=link,
    )
    tx.tip = link


def chained(previous: bytes, row: Row) -> bytes:
    """The hash of a row of the chain, from the columns in their order and the hash before it."""
    plain = [value.hex() if isinstance(value, bytes) else value for value in row]
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(previous + text.encode()).digest()


def _text(facts: dict[str, Any] | None) -> str:
    return "" if facts is None else json.dumps(facts, ensure_ascii=False, sort_keys=True)
