"""Numbers: consecutive and gapless in a series and year, given inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dms_desktop.domain.calendar import business_day, financial_year
from dms_desktop.domain.documents import Bill, Document, Kind
from dms_desktop.domain.numbering import Series
from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.store.session import Reading, Tx


@dataclass(frozen=True, slots=True)
class Number:
    series_id: int
    serial: int
    text: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The series that will number a document, read before anything is locked."""

    series_id: int
    day: str


def choose(tx: Tx, document: Document) -> Chosen:
    """The document's series: the principal's, counter's and paper's own before the general one.

    Refuses NO_SERIES for a year that was never opened, and BEFORE_LAST_NUMBER for a day before
    the series' last one without the power to back-date.
    """
    head, kind = document.head, document.kind
    year = financial_year(head.day)
    found = tx.row(
        "SELECT id, last_day FROM series WHERE registration_id = :registration AND kind = :kind"
        " AND year = :year AND paper IN (:paper, '') AND counter IN (:counter, '')"
        " AND principal_id IN (:principal, 0)"
        " ORDER BY principal_id DESC, counter DESC, paper DESC LIMIT 1",
        registration=head.registration_id,
        kind=kind.value,
        year=year.starts,
        paper=document.paper.value if isinstance(document, Bill) else "",
        counter=tx.actor.counter,
        principal=_one_principal(document),
    )
    if found is None:
        raise refuse(Reason.NO_SERIES, kind=kind.value, year=year.label)
    series_id, last_day = found
    if head.day.isoformat() < last_day and not _may_go_back(tx, kind):
        raise refuse(Reason.BEFORE_LAST_NUMBER, day=head.day, last=date.fromisoformat(last_day))
    return Chosen(series_id, head.day.isoformat())


def take(tx: Tx, chosen: Chosen) -> Number:
    """The next number; from here to the commit nobody else can take one. Refuses SERIES_FULL."""
    row = tx.row(
        "UPDATE series SET last = last + 1,"
        " last_day = CASE WHEN last_day < :day THEN :day ELSE last_day END"
        " WHERE id = :id RETURNING last, prefix, width",
        id=chosen.series_id,
        day=chosen.day,
    )
    assert row is not None
    serial, prefix, width = row
    series = Series(prefix, width)
    if serial > series.last:
        raise refuse(Reason.SERIES_FULL, prefix=prefix)
    tx.touched["series"].add(chosen.series_id)
    return Number(chosen.series_id, serial, series.format(serial))


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
