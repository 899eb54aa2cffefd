"""What ties documents to each other: what a cancellation mirrors, what a bill fulfils, events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from dms_desktop.domain.effect import Effect, mirror
from dms_desktop.domain.goods_line import Kind
from dms_desktop.services import documents
from dms_desktop.services.posting import LINE_BITS
from dms_desktop.services.rows import HEAD, LINE, Row
from dms_desktop.services.verifying.findings import Finding
from dms_desktop.services.verifying.imported import Strike, said_in
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
STAGES = ("picked", "packed", "loaded", "unloaded", "delivered", "undelivered")
# Deeds that the audit trail tells of too: the event, and what of the audit row is its detail.
_TOLD = {
    "print": ("printed", "to"),
    "hold": ("held", "why"),
    "release": ("released", "why"),
    "drop": ("dropped", "why"),
    **{f"stage {event}": (event, "detail") for event in STAGES},
}
# How a document is tied to those whose lines its own name.
_WORDS = {
    "credit_note": "credits",
    "supplier_return": "returns",
    "return_invoice": "returns",
    "supplier_credit": "answers",
}
# What names in its particulars the documents that it is tied to: the tie, and where they stand.
ACTING: Mapping[str, tuple[str, str]] = {
    "swap": ("swaps", "acts_on"),
    "transfer_receipt": ("receives", "transfer"),
}
_KNOWN = {"cancelled", *(event for event, _ in _TOLD.values())}
_EVENTS = (
    "SELECT id, event, at, user_id, detail FROM document_event WHERE document_id = :key ORDER BY id"
)
_BY = "SELECT particulars FROM document WHERE kind = 'cancellation' AND number = :number"
_LINKED = "SELECT count(*) FROM document_link WHERE to_id = :key AND kind = 'cancels'"
_BY_NUMBER = "SELECT id FROM document WHERE kind = :kind AND number = :number ORDER BY id LIMIT 1"
_BY_UID = "SELECT id FROM document WHERE uid = :uid"
_SOURCE = LINE.index("source_line")


def target_of(reading: Reading, sheaf: Sheaf, said: Said) -> tuple[int, Row] | Finding:
    """The key and head of the one document that a cancellation says it cancels."""
    number, kind = str(said.get("of_number", "")), str(said.get("of_kind", ""))
    facts = {"number": said["number"], "of": number}
    cancels = [to for to, tie in sheaf.links if tie == "cancels"]
    if not cancels:
        of = reading.value(_BY_NUMBER, kind=kind, number=number)
        return Finding("no_link", "document_link", (sheaf.key, of or number), facts)
    head = reading.row(_TARGET, key=cancels[0])
    told = dict(zip(HEAD, head, strict=True)) if head else {}
    agrees = (told.get("number"), told.get("kind")) == (number, kind)
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
    if said["kind"] in ACTING:
        return  # see wrong_acts
    fulfils = {row[_SOURCE] >> LINE_BITS for row in sheaf.lines if row[_SOURCE] is not None}
    fulfils |= {answer[0] >> LINE_BITS for answer in said.get("answers", ())}
    word = _WORDS.get(str(said["kind"]), "bills")
    stored = {to for to, kind in sheaf.links if kind == word}
    for to in sorted(fulfils - stored):
        yield Finding("no_link", "document_link", (sheaf.key, to), facts)
    for to, kind in sheaf.links:
        if kind == "receives" and said["kind"] == Kind.GOODS_RECEIPT:
            continue  # told with the purchase
        if kind != word or to not in fulfils:
            yield Finding("wrong_link", "document_link", (sheaf.key, to), facts)


def wrong_acts(reading: Reading, sheaf: Sheaf, said: Said) -> Iterator[Finding]:
    """A swap, or a receipt of a transfer, is linked to just what it says that it acts on."""
    facts = {"number": said["number"]}
    word, field = ACTING[said["kind"]]
    named = [said[field]] if isinstance(said[field], str) else said[field]
    acts_on = {reading.value(_BY_UID, uid=UUID(each).bytes) for each in named}
    stored = {to for to, kind in sheaf.links if kind == word}
    for to in sorted(acts_on - stored):
        yield Finding("no_link", "document_link", (sheaf.key, to), facts)
    for to, kind in sheaf.links:
        if kind != word or to not in acts_on:
            yield Finding("wrong_link", "document_link", (sheaf.key, to), facts)


def wrong_cancelled_event(reading: Reading, key: int, by: Said) -> Iterator[Finding]:
    """The cancelled document tells of its cancellation, once."""
    facts = {"number": by["of_number"], "by": by["number"], "event": "cancelled"}
    should = (by["posted_at"], by["user_id"], by["number"])
    events = [(event, word, tuple(rest)) for event, word, *rest in reading.rows(_EVENTS, key=key)]
    told = [(event, rest) for event, word, rest in events if word == "cancelled"]
    if not told:
        yield _not_told(key, [(event, rest) for event, _, rest in events], should, facts)
    for at, (event, rest) in enumerate(told):
        if rest != should or at:
            yield Finding("wrong_event", "document_event", event, facts)


def wrong_events(
    reading: Reading, sheaf: Sheaf, said: Said, strike: Strike | None
) -> Iterator[Finding]:
    """Nothing is called cancelled without a cancellation, nor printed without its audit row.

    `strike` is what a bill of elsewhere must tell once its import was taken back.
    """
    foreign = said["origin"] == "imported"
    due: Counter[tuple[str, Row]] = Counter()
    for _, action, at, user, _, after in sheaf.audit:
        if action in _TOLD:
            event, detail = _TOLD[action]
            due[event, (at, user, said_in(after).get(detail))] += 1
    if strike:
        due["cancelled", strike] += 1
    rest: list[tuple[int, Row]] = []
    for key, event, *told in sheaf.events:
        deed = (event, tuple(told))
        if due[deed]:
            due[deed] -= 1
        elif event == "cancelled" and not foreign and _is_cancelled(reading, sheaf, said, told[2]):
            pass
        elif event not in _KNOWN and told[0] >= said["posted_at"]:
            rest.append((key, deed[1]))
        else:
            facts = {"number": said["number"], "event": event}
            yield Finding("wrong_event", "document_event", key, facts)
    for event, should in +due:
        facts = {"number": said["number"], "event": event}
        yield _not_told(sheaf.key, rest, should, facts)


def _not_told(
    key: int, events: list[tuple[int, Row]], should: Row, facts: Mapping[str, object]
) -> Finding:
    """An event that is missing, unless one tells the same under another word."""
    for event, rest in events:
        if rest == should:
            return Finding("wrong_event", "document_event", event, facts)
    return Finding("no_event", "document_event", (key, str(facts["event"])), facts)


def _is_cancelled(reading: Reading, sheaf: Sheaf, said: Said, number: str) -> bool:
    """By a link, or by the word of the cancellation: where one is wrong it is told elsewhere."""
    if reading.value(_LINKED, key=sheaf.key):
        return True
    named = (said["kind"], said["number"])
    found = [said_in(row[0]) for row in reading.rows(_BY, number=number)]
    return any((each.get("of_kind"), each.get("of_number")) == named for each in found)


def is_cancellation(said: Said) -> bool:
    return bool(said["kind"] == Kind.CANCELLATION)
