"""Journals: legs that a person wrote himself, refused unless they balance."""

from __future__ import annotations

import hashlib

from dms_desktop.domain.documents import Journal
from dms_desktop.domain.money import total
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services.posting import Posted, already, post
from dms_desktop.store.session import Tx

KEPT_BY_DOCUMENTS = frozenset({"stock", "cost_of_goods"})  # lots and bills alone move these


@needs(Power.JOURNAL)
def post_journal(tx: Tx, journal: Journal) -> Posted:
    """Refuses NOT_BALANCED, and BAD_ENTRY for an account that is not there or not for journals."""
    asked = hashlib.sha256(repr((journal.head.note, journal.entries)).encode()).digest()
    if before := already(tx, journal.head.id, asked):
        return before
    if difference := total(entry.amount for entry in journal.entries):
        raise refuse(Reason.NOT_BALANCED, difference=difference)
    known = {code for (code,) in tx.rows("SELECT code FROM account WHERE active = 1")}
    for entry in journal.entries:
        if entry.account not in known - KEPT_BY_DOCUMENTS:
            raise refuse(Reason.BAD_ENTRY, field="account", value=entry.account)
        if (entry.account == "debtors") != (entry.party_id is not None):
            raise refuse(Reason.BAD_ENTRY, field="party", value=entry.account)
    if not any(entry.amount for entry in journal.entries):
        raise refuse(Reason.NO_LINES)
    return post(tx, journal, asked=asked)
