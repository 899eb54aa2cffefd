"""Drafts on the disk: what is typed survives, and what is posted is kept no longer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dms_desktop.domain.draft import Aside
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Refused
from dms_desktop.services import billing, drafts, finding
from dms_desktop.services.party_card import PartyCard, party_card
from dms_desktop.store.search_entries import ItemEntry, PartyEntry
from dms_desktop.store.session import Tx
from tests.books import Book


def test_a_draft_comes_back_as_it_was_typed_last(either: Book) -> None:
    first, second = either.draft(SOAP=5), either.draft("LAXMI", TEA=3)
    either.write(drafts.keep, first)
    either.write(drafts.keep, second)
    typed = replace(first, asks=(*first.asks, *second.asks), note="urgent")
    either.write(drafts.keep, typed)
    assert set(either.read(drafts.kept)) == {typed, second}
    either.write(drafts.forget, second.id)
    assert either.read(drafts.kept) == (typed,)


def test_a_posted_draft_is_kept_no_longer_and_a_refused_one_is(either: Book) -> None:
    good, bad = either.draft(SOAP=5), either.draft(OIL=41)
    for draft in (good, bad):
        either.write(drafts.keep, draft)
    saved: billing.Saved = either.write(drafts.post, good, seen=None)
    assert saved.posted.number == "B/26-27/00001"
    with pytest.raises(Refused):
        either.write(drafts.post, bad)
    assert either.read(drafts.kept) == (bad,)
    either.write(drafts.keep, good)
    assert either.read(drafts.kept) == (bad,), "word of it came late"


def test_another_counter_has_its_own_drafts(either: Book) -> None:
    other = replace(either.owner, counter="2")
    draft = either.draft(SOAP=5)
    either.write(drafts.keep, draft, actor=other)
    assert either.read(drafts.kept) == ()
    assert either.read(drafts.kept, actor=other) == (draft,)


def test_a_draft_that_cannot_be_read_does_not_hide_the_others(either: Book) -> None:
    draft, strange = either.draft(SOAP=5), either.draft(TEA=1)
    either.write(drafts.keep, strange)
    either.write(_spoil)
    either.write(drafts.keep, draft)
    assert either.read(drafts.kept) == (draft,)


@needs(Power.BILL)
def _spoil(tx: Tx) -> None:
    tx.run('UPDATE draft SET body = \'{"of": "a newer program"}\'')


def test_the_search_boxes_learn_what_can_be_billed(either: Book) -> None:
    before = either.read(finding.item_stamp), either.read(finding.party_stamp)
    either.bill(SOAP=5)
    assert (either.read(finding.item_stamp), either.read(finding.party_stamp)) == before
    items = {entry.code: entry for entry in either.read(finding.items)}
    assert items.keys() == {"SOAP", "TEA", "SALT", "OIL"}
    soap = either.items["SOAP"]
    assert items["SOAP"] == ItemEntry(
        soap, "SOAP", "Toilet soap 100 g", popularity=3, detail="₹40.00"
    )
    assert either.read(finding.items, [soap]) == [items["SOAP"]]
    shop = either.parties["SHARMA"]
    assert either.read(finding.parties, [shop]) == [
        PartyEntry(shop, "SHARMA", "Sharma Stores", gstin="27AABCS1429B1ZU", popularity=1)
    ]
    either.write(_retire, soap)
    assert either.read(finding.items, [soap]) == []
    assert either.read(finding.item_stamp) != before[0]


@needs(Power.BILL)
def _retire(tx: Tx, item: int) -> None:
    tx.run("UPDATE item SET active = 0, row_version = row_version + 1 WHERE id = :item", item=item)


def test_the_party_s_card_says_what_it_owes_and_since_when(either: Book) -> None:
    shop = either.parties["SHARMA"]
    assert either.read(party_card, shop) == PartyCard(credit_days=21)
    either.bill(SOAP=10)
    card = either.read(party_card, shop)
    assert (str(card.balance), card.unpaid, str(card.due_since)) == ("354.00", 1, "2026-12-12")
    assert either.read(party_card, 999) == PartyCard()


def test_a_draft_that_was_put_aside_is_told_from_one_being_typed(either: Book) -> None:
    typed, aside = either.draft(SOAP=1), either.draft(TEA=1)
    either.write(drafts.keep, typed)
    either.write(drafts.keep, aside, Aside("Sharma Stores", Money(99_75)))
    assert either.read(drafts.put_aside) == {aside.id: Aside("Sharma Stores", Money(99_75))}
    assert set(either.read(drafts.kept)) == {typed, aside}
    either.write(drafts.keep, aside)
    assert either.read(drafts.put_aside) == {}, "it was taken back and is being typed"
