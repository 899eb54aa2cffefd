"""Bills of another program: kept for last rates, returns and forecasts, without any effect here.

They write no entry and no move, and take no number of ours: a series of their own counts them,
and the number that the paper bears is kept beside it (architecture decision 11).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dms_desktop.domain.documents import Bill
from dms_desktop.domain.effect import Effect
from dms_desktop.domain.numbering import Series
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.uid import uuid7
from dms_desktop.services import catalogue
from dms_desktop.services.posting import LINE_BITS
from dms_desktop.services.rows import ADJUSTMENT, HEAD, LINE, Stamp, Written, written
from dms_desktop.store.session import Reading, Tx

KIND = "imported"
PREFIX = "IMP/"
WIDTH = 6
NO_YEAR = 0  # one series for all years, so that no year of ours counts as opened by it

OldNumber = tuple[str, date]  # what the paper bears, and its day


@dataclass(frozen=True, slots=True)
class Kept:
    """`digest` is over the digests of all documents, in the order of their serials."""

    first: int
    last: int
    digest: bytes


def there(reading: Reading, wanted: Sequence[OldNumber]) -> set[OldNumber]:
    """Which of these are in the books already, and were not undone."""
    rows = reading.rows(
        "SELECT external_ref, day FROM document WHERE day IN :days AND origin = 'imported'"
        " AND external_ref IN :numbers AND NOT EXISTS (SELECT 1 FROM document_event"
        " WHERE document_id = document.id AND event = 'cancelled')",
        days=sorted({day.isoformat() for _, day in wanted}),
        numbers=sorted({number for number, _ in wanted}),
    )
    return {(number, date.fromisoformat(day)) for number, day in rows}


@needs(Power.OPENING)
def keep_bills(tx: Tx, bills: Sequence[tuple[str, Bill]]) -> Kept:
    """Each bill with the number that its paper bears. Refuses SERIES_FULL."""
    series_id, prefix, last = _numbers(tx, len(bills))
    first = last - len(bills) + 1
    rows = [
        _rows(tx, bill, old, Stamp(
            series_id, serial, Series(prefix, WIDTH).format(serial), tx.micros, tx.actor.user_id,
            tx.actor.counter,
        ))
        for serial, (old, bill) in enumerate(bills, start=first)
    ]  # fmt: skip
    digests = [each.digest() for each in rows]
    tx.insert(
        "document",
        (*HEAD, "digest"),
        [(*each.head, digest) for each, digest in zip(rows, digests, strict=True)],
    )
    keys = [
        key << LINE_BITS
        for (key,) in tx.rows(
            "SELECT id FROM document WHERE series_id = :series AND serial BETWEEN :first AND :last"
            " ORDER BY serial",
            series=series_id,
            first=first,
            last=last,
        )
    ]
    tx.insert(
        "goods_line",
        ("id", "document_id", *LINE),
        [
            (key | row[0], key >> LINE_BITS, *row)
            for key, each in zip(keys, rows, strict=True)
            for row in each.lines
        ],
    )
    tx.insert(
        "line_adjustment",
        ADJUSTMENT,
        [
            (key | row[0], *row[1:])
            for key, each in zip(keys, rows, strict=True)
            for row in each.adjustments
        ],
    )
    tx.touched["document"].update(bill.head.id for _, bill in bills)
    return Kept(first, last, hashlib.sha256(b"".join(digests)).digest())


def _rows(tx: Tx, bill: Bill, old: str, stamp: Stamp) -> Written:
    """As any bill lies on disk, but for where it comes from."""
    plain = written(bill, Effect(), stamp, {}, b"")
    said = dict(zip(HEAD, plain.head, strict=True)) | {"origin": "imported", "external_ref": old}
    return replace(plain, head=tuple(said[name] for name in HEAD))


def _numbers(tx: Tx, count: int) -> tuple[int, str, int]:
    """The series with its prefix, and the last of so many numbers taken from it."""
    us = catalogue.seller(tx)
    found = tx.row(
        "SELECT id FROM series WHERE kind = :kind AND year = :year", kind=KIND, year=NO_YEAR
    )
    if found is None:
        tx.insert(
            "series",
            ("uid", "registration_id", "kind", "paper", "counter", "year", "prefix", "width"),
            [(_uid(tx), us.registration_id, KIND, "", "", NO_YEAR, PREFIX, WIDTH)],
        )
    row = tx.row(
        "UPDATE series SET last = last + :count WHERE kind = :kind AND year = :year"
        " RETURNING id, prefix, last",
        count=count,
        kind=KIND,
        year=NO_YEAR,
    )
    assert row is not None
    if row[2] > Series(row[1], WIDTH).last:
        raise refuse(Reason.SERIES_FULL, prefix=row[1])
    return row[0], row[1], row[2]


def _uid(tx: Tx) -> bytes:
    return uuid7(tx.now, os.urandom(10)).bytes
