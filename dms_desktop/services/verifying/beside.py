"""What lies beside the documents: approvals, how walk-ins are found again, and the locks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dms_desktop.domain.licences import Regime, numbers
from dms_desktop.domain.masters import figures_of, folded
from dms_desktop.services import licences
from dms_desktop.services.verifying.findings import Finding, Watch
from dms_desktop.services.verifying.imported import said_in
from dms_desktop.store.session import Reading
from dms_desktop.store.triggers import lost_triggers

_APPROVALS = (
    "SELECT approval.id, draft_uid, at, user_id, counter, reasons, ceiling, clerk.code, why"
    " FROM approval LEFT JOIN user_account clerk ON clerk.id = clerk_id ORDER BY approval.id"
)
_TOLD = (
    "SELECT subject, at, user_id, counter, after FROM audit WHERE action = 'approve' ORDER BY id"
)
_LICENSED = (
    "SELECT id, code, fssai FROM party WHERE fssai <> '' OR EXISTS (SELECT 1 FROM party_licence"
    " WHERE party_id = party.id AND active = 1) ORDER BY id"
)
# In the order of the keys, so that a page reads no other: the bare columns would lead elsewhere.
_WALK_INS = (
    "SELECT document.id, document.number, party_name, particulars, total, phone, name"
    " FROM document LEFT JOIN walk_in_buyer ON document_id = document.id"
    " WHERE document.id > :after AND kind || '' = 'bill' AND coalesce(party_id, 0) = 0"
    " AND origin <> 'imported' ORDER BY document.id LIMIT 2000"
)
_STRAY = (
    "SELECT document_id FROM walk_in_buyer WHERE NOT EXISTS (SELECT 1 FROM document"
    " WHERE id = document_id AND kind = 'bill' AND party_id IS NULL AND origin <> 'imported')"
    " ORDER BY document_id LIMIT 101"
)


def wrong_licences(reading: Reading, watch: Watch) -> Iterator[Finding]:
    """The number that papers show of a party is that of its list of licences."""
    watch.tell("licences", 0.0)
    shown = {key: (code, fssai) for key, code, fssai in reading.rows(_LICENSED)}
    watch.count("party", len(shown))
    held = licences.of_parties(reading, shown)
    for key, (code, fssai) in shown.items():
        if numbers(held[key], Regime.FOOD) != fssai:
            yield Finding("licence", "party", key, {"number": code})


def wrong_approvals(reading: Reading, watch: Watch) -> Iterator[Finding]:
    """Each yes stands in the audit trail, word for word."""
    watch.tell("approvals", 0.0)
    due: Counter[tuple[object, ...]] = Counter()
    for subject, at, user, counter, after in reading.rows(_TOLD):
        said = said_in(after)
        yes = (said.get(name) for name in ("reasons", "ceiling", "clerk", "why"))
        due[(subject, at, user, counter, *yes)] += 1
    wrong: list[int] = []
    approvals = reading.rows(_APPROVALS)
    watch.count("approval", len(approvals))
    for key, draft, *words in approvals:
        told = (bytes(draft).hex(), *words)
        if due[told]:
            due[told] -= 1
        else:
            wrong.append(key)
    yield from (Finding("approval", "approval", key) for key in wrong)
    for draft, at, *_ in list((+due).elements())[len(wrong) :]:
        yield Finding("no_approval", "approval", (str(draft), int(str(at))))


def wrong_buyers(reading: Reading, watch: Watch) -> Iterator[Finding]:
    """A walk-in's phone and name as they are looked for, against his bill."""
    after = -(1 << 63)
    while rows := reading.rows(_WALK_INS, after=after):
        watch.tell("walk-ins", 0.0)
        for key, number, name, particulars, total, *have in rows:
            phone = str(said_in(particulars).get("phone", ""))
            said = [figures_of(phone), "" if name == "CASH" else folded(name)]
            should = said if total and any(said) else [None, None]
            if have != should:
                what = "no_buyer" if have == [None, None] else "buyer"
                yield Finding(what, "walk_in_buyer", key, {"number": number})
        after = rows[-1][0]
    for (key,) in reading.rows(_STRAY):
        yield Finding("stray_buyer", "walk_in_buyer", key)


def unlocked_tables(reading: Reading, watch: Watch) -> Iterator[Finding]:
    """The database itself must refuse to change what was written once."""
    watch.tell("locks", 0.0)
    for table, name in lost_triggers(reading.rows, reading.driver.name):
        yield Finding("no_trigger", table, name, {"table": table})
