"""The audit chain of every counter, from its first row to its tip."""

from __future__ import annotations

from collections.abc import Iterator

from dms_desktop.services.audit import COLUMNS, chained
from dms_desktop.services.verifying.findings import Finding, Watch
from dms_desktop.store.session import Reading

_AT_ONCE = 2_000
_ROWS = f"SELECT id, hash, {', '.join(COLUMNS)} FROM audit"  # noqa: S608
_NEXT = f"{_ROWS} WHERE counter = :counter AND seq > :after ORDER BY seq LIMIT {_AT_ONCE}"


def broken_chains(reading: Reading, watch: Watch) -> Iterator[Finding]:
    tips = {
        counter: (int(seq), bytes(link))
        for counter, seq, link in reading.rows("SELECT counter, seq, hash FROM audit_tip")
    }
    found = reading.rows("SELECT counter, count(*) FROM audit GROUP BY counter")
    rows: dict[str, int] = {counter: int(count) for counter, count in found}
    watch.count("audit", sum(rows.values()))
    for counter in sorted(tips.keys() | rows.keys()):
        yield from _chain(reading, counter, tips.get(counter), watch)


def _chain(
    reading: Reading, counter: str, tip: tuple[int, bytes] | None, watch: Watch
) -> Iterator[Finding]:
    seq, link = 0, b""
    while rows := reading.rows(_NEXT, counter=counter, after=seq):
        watch.tell("audit", 0.0)
        for key, stored, *row in rows:
            facts: dict[str, object] = {"counter": counter, "seq": row[1], "action": row[4]}
            if row[1] != seq + 1:
                # The chain is taken up again behind the gap: what follows may be sound.
                yield Finding("audit_missing", "audit", (counter, seq + 1), facts)
            elif chained(link, tuple(row)) != bytes(stored):
                yield Finding("audit_altered", "audit", key, facts)
            elif tip is not None and row[1] > tip[0]:
                yield Finding("audit_added", "audit", key, facts | {"tip": tip[0]})
                return
            seq, link = row[1], bytes(stored)
    facts = {"counter": counter, "seq": seq + 1}
    if tip is not None and tip[0] > seq and tip[1] != link:
        yield Finding("audit_missing", "audit", (counter, seq + 1), facts)
    elif tip != (seq, link):
        yield Finding("audit_tip", "audit_tip", counter, facts)
