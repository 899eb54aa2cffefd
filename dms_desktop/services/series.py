"""Numbers: consecutive and gapless in a series and year, given inside the transaction."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dms_desktop.domain.calendar import FinancialYear, business_day, financial_year
from dms_desktop.domain.documents import Bill
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.kinds import Document
from dms_desktop.domain.numbering import Series
from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Reason, Refused, refuse
from dms_desktop.domain.uid import uuid7
from dms_desktop.store.drivers import Row
from dms_desktop.store.session import Reading, Tx

PREFIXES = {
    "bill": "B",
    "order": "SO",
    "estimate": "ES",
    "challan": "DC",
    "receipt": "R",
    "journal": "JV",
    "opening": "OP",
    "cancellation": "CX",
    "credit_note": "CN",
    "lot_correction": "LC",
    "restickering": "RS",
    "transfer": "TO",
    "transfer_receipt": "TI",
    "adjustment": "SA",
    "bucket_move": "BM",
    "stock_count": "PC",
    "expiry_move": "EX",
    "swap": "SW",
    "purchase_order": "PO",
    "goods_receipt": "GR",
    "provisional_receipt": "PR",
    "goods_in_transit": "GT",
    "supplier_return": "SR",
    "return_invoice": "RI",
    "supplier_credit": "SC",
    "trip_settlement": "TS",
    "van_unload": "VU",
}
WIDTH = 5


@dataclass(frozen=True, slots=True)
class Number:
    series_id: int
    serial: int
    text: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The series that will number a document of that day; `back`: an earlier day may follow."""

    series_id: int
    day: str
    back: bool


def choose(tx: Tx, document: Document) -> Chosen | None:
    """The document's series: a van's own, which names it as its counter, then the principal's,
    counter's and paper's own before the general one.

    Nothing is locked yet, so that what cannot be numbered is refused before all else; None where
    this year's series have still to be opened. Refuses NO_SERIES for another year that was never
    opened, and BEFORE_LAST_NUMBER as `take` does.
    """
    head, kind = document.head, document.kind
    year = financial_year(head.day)
    found = _find(tx, document, year)
    if found is None and year == financial_year(today(tx)):
        return None
    if found is None:
        raise refuse(Reason.NO_SERIES, kind=kind.value, year=year.label)
    chosen = Chosen(found[0], head.day.isoformat(), _may_go_back(tx, kind))
    if not chosen.back and chosen.day < found[1]:
        raise _before_last(chosen, found[1])
    return chosen


def _opened(tx: Tx, document: Document) -> Chosen:
    """The series of a year that begins: on 1 April nobody waits for somebody to open it."""
    open_year(tx, financial_year(today(tx)))
    chosen = choose(tx, document)
    if chosen is None:
        year = financial_year(today(tx))
        raise refuse(Reason.NO_SERIES, kind=document.kind.value, year=year.label)
    return chosen


def _find(tx: Tx, document: Document, year: FinancialYear) -> Row | None:
    return tx.row(
        "SELECT id, last_day FROM series WHERE registration_id = :registration AND kind = :kind"
        " AND year = :year AND paper IN (:paper, '') AND (counter IN (:counter, '') OR counter ="
        " (SELECT code FROM place WHERE id = :place AND place.kind = 'van'))"
        " AND principal_id IN (:principal, 0) ORDER BY counter NOT IN (:counter, '') DESC,"
        " principal_id DESC, counter DESC, paper DESC LIMIT 1",
        registration=document.head.registration_id,
        kind=document.kind.value,
        year=year.starts,
        paper=document.paper.value if isinstance(document, Bill) else "",
        counter=tx.actor.counter,
        place=document.head.place_id,
        principal=_one_principal(document),
    )


def take_all(tx: Tx, documents: Sequence[Document], early: Sequence[Chosen | None]) -> list[Number]:
    """A number for each document, in the order given; locked in the order of the series' keys.

    `early` is what `choose` said of each. Opens this year where that has still to be done.
    """
    pairs = zip(documents, early, strict=True)
    chosen = [each or _opened(tx, document) for document, each in pairs]
    order = sorted(range(len(chosen)), key=lambda at: (chosen[at].series_id, at))
    taken = {at: take(tx, chosen[at]) for at in order}
    return [taken[at] for at in range(len(chosen))]


def take(tx: Tx, chosen: Chosen) -> Number:
    """The next number; from here to the commit nobody else can take one.

    Refuses SERIES_FULL, and BEFORE_LAST_NUMBER for a day before the series' last one without the
    power to back-date: the last day is read here, under the lock, since another counter may have
    just gone on to the next.
    """
    row = tx.row(
        "UPDATE series SET last = last + 1,"
        " last_day = CASE WHEN last_day < :day THEN :day ELSE last_day END"
        " WHERE id = :id AND (:back = 1 OR last_day <= :day) RETURNING last, prefix, width",
        id=chosen.series_id,
        day=chosen.day,
        back=int(chosen.back),
    )
    if row is None:
        sql = "SELECT last_day FROM series WHERE id = :id"
        raise _before_last(chosen, tx.value(sql, id=chosen.series_id))
    serial, prefix, width = row
    series = Series(prefix, width)
    if serial > series.last:
        raise refuse(Reason.SERIES_FULL, prefix=prefix)
    tx.touched["series"].add(chosen.series_id)
    return Number(chosen.series_id, serial, series.format(serial))


def _before_last(chosen: Chosen, last: str) -> Refused:
    day = date.fromisoformat(chosen.day)
    return refuse(Reason.BEFORE_LAST_NUMBER, day=day, last=date.fromisoformat(last))


def open_year(tx: Tx, year: FinancialYear) -> None:
    """Series of a financial year for every kind of document, as the year before had them.

    The year before's prefixes are carried over with their year renewed; where there is none, one
    series a kind is made. A year that is open already is left alone.
    """
    is_open = "SELECT count(*) FROM series WHERE year = :year"
    if tx.value(is_open, year=year.starts):
        return
    registration = tx.value("SELECT id FROM registration ORDER BY id LIMIT 1 FOR UPDATE")
    if tx.value(is_open, year=year.starts):
        return  # another counter was quicker
    before = tx.rows(
        "SELECT registration_id, kind, paper, counter, principal_id, prefix, width FROM series"
        " WHERE year = :year ORDER BY id",
        year=year.starts - 1,
    )
    old = FinancialYear(year.starts - 1).short
    rows = [(*row[:5], row[5].replace(old, year.short), row[6]) for row in before]
    for row in rows or [
        (registration, kind, "", "", 0, f"{prefix}/{year.short}/", WIDTH)
        for kind, prefix in PREFIXES.items()
    ]:
        write_series(tx, year, *row)


def write_series(
    tx: Tx,
    year: FinancialYear,
    registration: int,
    kind: str,
    paper: str,
    counter: str,
    principal: int,
    prefix: str,
    width: int,
) -> None:
    """One series. Refuses a prefix that another series of the year has, or a number too long."""
    check_prefix(tx, year, prefix, width)
    tx.insert(
        "series",
        (
            "uid", "registration_id", "kind", "paper", "counter", "principal_id", "year", "prefix",
            "width",
        ),
        [
            (
                uuid7(tx.now, os.urandom(10)).bytes, registration, kind, paper, counter,
                principal, year.starts, prefix, width,
            )
        ],
    )  # fmt: skip


def _may_go_back(tx: Tx, kind: Kind) -> bool:
    """A cancellation bears its bill's day by law (rule 10); it is the deed that needs the power."""
    return kind is Kind.CANCELLATION or tx.actor.may(Power.BACK_DATE)


def _one_principal(document: Document) -> int:
    """The principal whose own series may serve: only where every line is his."""
    lines = getattr(document, "lines", ())
    owners = {line.principal_id for line in lines}
    return owners.pop() if len(owners) == 1 else 0


def today(reading: Reading) -> date:
    """The business's own day at the instant of this transaction."""
    return business_day(reading.now)


def check_prefix(tx: Tx, year: FinancialYear, prefix: str, width: int) -> None:
    """Refuses a number that would be too long or not lawful (Rule 46(b)), and a prefix that another
    series of the year has."""
    if fault := Series(prefix, width).fault():
        raise refuse(Reason.SERIES_TOO_LONG, prefix=prefix, width=width, fault=fault.value)
    taken = tx.value(
        "SELECT kind FROM series WHERE year = :year AND prefix = :prefix",
        year=year.starts,
        prefix=prefix,
    )
    if taken is not None:
        raise refuse(Reason.SERIES_PREFIX_TAKEN, prefix=prefix, kind=taken)
