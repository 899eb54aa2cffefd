"""What each import kept of its own deeds: changed, it would be undone wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dms_desktop.services.importing.notes import Tip, chained
from dms_desktop.services.verifying.findings import Finding, Watch
from dms_desktop.services.verifying.imported import said_in
from dms_desktop.store.session import Reading

_NEXT = (
    'SELECT id, seq, hash, "row", subject, before, after FROM import_change'
    " WHERE import_id = :import_id AND seq > :after ORDER BY seq LIMIT 2000"
)
_STEPS = (
    "SELECT subject, after, digest FROM audit WHERE action LIKE 'import %' AND digest IS NOT NULL"
    " ORDER BY id"
)
_NOTED = "SELECT import_id, count(*) FROM import_change GROUP BY import_id"
_HEX = re.compile("[0-9a-f]{64}")
_NO_NOTE = Tip(0, b"")


def wrong_notes(reading: Reading, watch: Watch) -> Iterator[Finding]:
    """The chain of every import against the end of it that the audit trail tells of."""
    tips = _tips(reading)
    counts = {int(key): int(count) for key, count in reading.rows(_NOTED)}
    watch.count("import_change", sum(counts.values()))
    for key in sorted(tips.keys() | counts.keys()):
        watch.tell("imports", 0.0)
        yield from _chain(reading, key, tips.get(key, _NO_NOTE))


def _tips(reading: Reading) -> dict[int, Tip]:
    """By import, the last step's word on where its chain ends; nonsense is the trail's to tell."""
    tips: dict[int, Tip] = {}
    for subject, after, digest in reading.rows(_STEPS):
        said = said_in(after)
        key, seq = subject.removeprefix("import "), said.get("notes")
        own = said.get("tip") or bytes(digest).hex()  # that of bills is over the documents
        if key.isdigit() and isinstance(seq, int) and _HEX.fullmatch(str(own)):
            tips[int(key)] = Tip(seq, bytes.fromhex(own))
    return tips


def _chain(reading: Reading, key: int, tip: Tip) -> Iterator[Finding]:
    seq, link = 0, b""
    while rows := reading.rows(_NEXT, import_id=key, after=seq):
        for row, number, stored, *said in rows:
            facts: dict[str, object] = {"import": key, "seq": number}
            if number != seq + 1:
                # Taken up again behind the gap: what follows may be sound.
                yield Finding("note_missing", "import_change", (key, seq + 1), facts)
            elif number > tip.seq:
                yield Finding("note_added", "import_change", row, facts)
                return
            elif chained(link, tuple(said)) != bytes(stored):
                yield Finding("note_altered", "import_change", row, facts)
            seq, link = number, bytes(stored)
    if Tip(seq, link) != tip:
        facts = {"import": key, "seq": seq + 1}
        yield Finding("note_missing", "import_change", (key, seq + 1), facts)
