"""What ties documents to each other: what a cancellation mirrors, what a bill fulfils, events."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from dms_desktop.domain.documents import Kind
from dms_desktop.domain.posting import Effect, mirror
from dms_desktop.services import documents
from dms_desktop.services.posting import LINE_BITS
from dms_desktop.services.rows import HEAD, LINE, Row
from dms_desktop.services.verifying.findings import Finding
from dms_desktop.services.verifying.sheaf import Sheaf
from dms_desktop.store.session import Reading

Said = Mapping[str, Any]

_OWN = frozenset(
    (
        "uid", "kind", "series_id", "serial", "number", "posted_at", "user_id", "counter", "paper",
        "taxable", "cgst", "sgst", "igst", "cess", "round_off", "total", "particulars", "origin",
        "external_ref", "asked",
    )
)  # fmt: skip
MIRRORED = tuple(name for name in HEAD if name not in _OWN)
_TARGET = f"SELECT {', '.join(HEAD)} FROM document WHERE id = :key"  # noqa: S608
_CANCELLED = (
    "SELECT id, at, user_id, detail FROM document_event"
    " WHERE document_id = :key AND event = 'cancelled' ORDER BY id"
)
_CANCELLED_BY = "SELECT count(*) FROM document_link WHERE to_id = :key AND kind = 'cancels'"
_BY_NUMBER = "SELECT id FROM document WHERE kind = :kind AND number = :number ORDER BY id LIMIT 1"
_SOURCE = LINE.index("source_line")
_PRINTS = ("print", "printed")


def target_of(reading: Reading, sheaf: Sheaf, said: Said) -> tuple[int, Row] | Finding:
    """The key and head of the one document that a cancellation says it cancels."""
    number = said.get("of_number", "")
    facts = {"number": said["number"], "of": number}
    cancels = [to for to, kind in sheaf.links if kind == "cancels"]
    if not cancels:
        of = reading.value(_BY_NUMBER, kind=said.get("of_kind", ""), number=number)
        return Finding("no_link", "document_link", (sheaf.key, of or number), facts)
    head = reading.row(_TARGET, key=cancels[0])
    told = dict(zip(HEAD, head, strict=True)) if head else {}
    agrees = (told.get("number"), told.get("kind")) == (number, said.get("of_kind"))
    if head is None or not agrees or len(sheaf.links) > 1:
        to = cancels[0] if head is None or not agrees else sheaf.links[-1][0]
        return Finding("wrong_link", "document_link", (sheaf.key, to), facts)
    return cancels[0], head


def mirrored(reading: Reading, head: Row) -> Effect:
    """What a cancellation must do. Raises ValueError where the cancelled one does not balance."""
    return mirror(documents.done_by(reading, UUID(bytes=bytes(head[HEAD.index("uid")]))))


def wrong_links(sheaf: Sheaf, said: Said) -> Iterator[Finding]:
    """A document is linked to just those whose lines it fulfils."""
    facts = {"number": said["number"]}
    fulfils = {row[_SOURCE] >> LINE_BITS for row in sheaf.lines if row[_SOURCE] is not None}
    stored = {to for to, kind in sheaf.links if kind == "bills"}
    for to in sorted(fulfils - stored):
        yield Finding("no_link", "document_link", (sheaf.key, to), facts)
    for to, kind in sheaf.links:
        if kind != "bills" or to not in fulfils:
            yield Finding("wrong_link", "document_link", (sheaf.key, to), facts)


def wrong_cancelled_event(reading: Reading, key: int, by: Said) -> Iterator[Finding]:
    """The cancelled document tells of its cancellation, once."""
    events = reading.rows(_CANCELLED, key=key)
    facts = {"number": by["of_number"], "by": by["number"], "event": "cancelled"}
    if not events:
        yield Finding("no_event", "document_event", (key, "cancelled"), facts)
    should = (by["posted_at"], by["user_id"], by["number"])
    for at, (event, *rest) in enumerate(events):
        if tuple(rest) != should or at:
            yield Finding("wrong_event", "document_event", event, facts)


def wrong_events(reading: Reading, sheaf: Sheaf, said: Said) -> Iterator[Finding]:
    """Nothing is called cancelled without a cancellation, nor printed without its audit row."""
    facts = {"number": said["number"]}
    prints = Counter(
        (at, user, json.loads(after)["to"])
        for _, action, at, user, _, after in sheaf.audit
        if action == _PRINTS[0]
    )
    for key, event, at, user, detail in sheaf.events:
        if event == "cancelled":
            if not reading.value(_CANCELLED_BY, key=sheaf.key):
                yield Finding("wrong_event", "document_event", key, facts | {"event": event})
        elif event == _PRINTS[1]:
            if not prints[(at, user, detail)]:
                yield Finding("wrong_event", "document_event", key, facts | {"event": event})
            prints[(at, user, detail)] -= 1
        elif at < said["posted_at"]:
            yield Finding("wrong_event", "document_event", key, facts | {"event": event})
    if any(left > 0 for left in prints.values()):
        missing = facts | {"event": _PRINTS[1]}
        yield Finding("no_event", "document_event", (sheaf.key, _PRINTS[1]), missing)


def is_cancellation(said: Said) -> bool:
    return bool(said["kind"] == Kind.CANCELLATION)
