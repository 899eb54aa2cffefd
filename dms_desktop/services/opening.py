"""What the books began with: balances told, balances posted, and the difference till it is nil.

Stock comes in by lots and what parties owe by their open bills: each is posted as it comes, and the
trial balance of the old program says what they must add up to (product rule 18).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from dms_desktop.domain.documents import Entry, Head, Opening
from dms_desktop.domain.money import ZERO, Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.uid import uuid7
from dms_desktop.services import catalogue
from dms_desktop.services.posting import Posted, post, post_together
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading, Tx

CONTROLS = frozenset({"stock", "debtors", "creditors"})  # kept by lots and by open bills
REST = "opening"
TOLD = "told"  # with an account's key, a note of an import: what the old program said

_POSTED = (
    "SELECT account.code, sum(ledger_entry.paise) FROM document"
    " JOIN ledger_entry ON ledger_entry.document_id = document.id"
    " JOIN account ON account.id = account_id WHERE kind = 'opening' AND NOT EXISTS (SELECT 1"
    " FROM document_event WHERE document_id = document.id AND event = 'cancelled')"
    " GROUP BY account.code"
)
_TOLD = (
    "SELECT subject, after FROM import_change WHERE subject LIKE 'told %' AND import_id ="
    " (SELECT max(id) FROM import_run WHERE kind = 'balances' AND state <> 'undone')"
)


@dataclass(frozen=True, slots=True)
class Balance:
    """Debit positive. `told` is nil where the old trial balance does not say the account."""

    code: str
    name: str
    told: Money
    posted: Money

    @property
    def difference(self) -> Money:
        return self.told - self.posted


@dataclass(frozen=True, slots=True)
class Beginning:
    """`rest` stands against the opening account: nil once everything is in and agrees."""

    balances: tuple[Balance, ...]
    rest: Money


@dataclass(frozen=True, slots=True)
class Due:
    """One open bill of before; the amount as its account says it: what is owed to us, or by us."""

    party_id: int
    number: str
    day: date
    due: date
    amount: Money
    account: str

    @property
    def signed(self) -> Money:
        return self.amount if self.account == "debtors" else -self.amount


@needs(Power.LOOK)
def beginning(reading: Reading) -> Beginning:
    """Every account that was told or has something, beside what the books began with."""
    said = {
        int(subject.split()[1]): Money(json.loads(after)["paise"])
        for subject, after in reading.rows(_TOLD)
    }
    have = posted(reading)
    rows = reading.rows("SELECT id, code, name FROM account ORDER BY id")
    balances = tuple(
        Balance(code, name, said.get(key, ZERO), have.get(code, ZERO))
        for key, code, name in rows
        if code != REST and (said.get(key) or have.get(code))
    )
    return Beginning(balances, have.get(REST, ZERO))


def posted(reading: Reading) -> dict[str, Money]:
    """By account, what all Openings that stand have posted."""
    return {code: Money(int(paise)) for code, paise in reading.rows(_POSTED)}


def first_day(reading: Reading) -> date:
    """The day on which the books began: that of the earliest document, or today."""
    found = reading.value("SELECT min(day) FROM document WHERE origin <> 'imported'")
    return date.fromisoformat(found) if found else today(reading)


@needs(Power.OPENING)
def post_balances(tx: Tx, wanted: Iterable[tuple[str, Money]]) -> Posted | None:
    """Bring accounts to what was told: one Opening over the differences, None where there is none.

    Refuses whatever posting refuses. The controls are never posted here.
    """
    have = posted(tx)
    entries = tuple(
        Entry(code, amount - have.get(code, ZERO))
        for code, amount in wanted
        if code not in CONTROLS and amount != have.get(code, ZERO)
    )
    return post(tx, Opening(_head(tx), entries=entries)) if entries else None


@needs(Power.OPENING)
def post_dues(tx: Tx, dues: Iterable[Due]) -> tuple[Posted, ...]:
    """One Opening for each due, open until it is settled."""
    us = catalogue.seller(tx)
    first = _head(tx)
    documents: list[tuple[Opening, bytes]] = []
    for due in dues:
        party = catalogue.party(tx, due.party_id, first.day, us)
        new = uuid7(tx.now, os.urandom(10))
        head = replace(first, id=new, party=party, due_day=due.due)
        entries = (Entry(due.account, due.signed, due.party_id),)
        documents.append((Opening(head, (), entries, due.number, due.day), b""))
    return post_together(tx, *documents) if documents else ()


def _head(tx: Tx) -> Head:
    us = catalogue.seller(tx)
    return Head(
        uuid7(tx.now, os.urandom(10)),
        first_day(tx),
        registration_id=us.registration_id,
        company_id=us.company_id,
    )
