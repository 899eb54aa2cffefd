"""Numbers: consecutive and gapless in a series and year, given inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dms_desktop.domain.calendar import business_day, financial_year
from dms_desktop.domain.documents import Bill, Document, Kind
from dms_desktop.domain.numbering import Series
from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.store.session import Tx


@dataclass(frozen=True, slots=True)
class Number:
    series_id: int
    serial: int
    text: str


def take(tx: Tx, document: Document) -> Number:
    """The next number of the document's series.

    Refuses NO_SERIES for a year that was never opened, BEFORE_LAST_NUMBER for a day before the
    series' last one without the power to back-date, and SERIES_FULL.
    """
    head, kind = document.head, document.kind
    paper = document.paper.value if isinstance(document, Bill) else ""
    principal = _one_principal(document)
    year = financial_year(head.day)
    found = tx.row(
        "SELECT id, last_day FROM series WHERE registration_id = :registration AND kind = :kind"
        " AND year = :year AND paper IN (:paper, '') AND counter IN (:counter, '')"
        " AND principal_id IN (:principal, 0)"
        " ORDER BY principal_id DESC, counter DESC, paper DESC LIMIT 1",
        registration=head.registration_id,
        kind=kind.value,
        year=year.starts,
        paper=paper,
        counter=tx.actor.counter,
        principal=principal,
    )
    if found is None:
        raise refuse(Reason.NO_SERIES, kind=kind.value, year=year.label)
    series_id, last_day = found
    if head.day.isoformat() < last_day and not _may_go_back(tx, kind):
        raise refuse(Reason.BEFORE_LAST_NUMBER, day=head.day, last=date.fromisoformat(last_day))
    row = tx.row(
        "UPDATE series SET last = last + 1,"
        " last_day = CASE WHEN last_day < :day THEN :day ELSE last_day END"
        " WHERE id = :id RETURNING last, prefix, width",
        id=series_id,
        day=head.day.isoformat(),
    )
    assert row is not None
    serial, prefix, width = row
    series = Series(prefix, width)
    if serial > series.last:
        raise refuse(Reason.SERIES_FULL, prefix=prefix)
    tx.touched["series"].add(series_id)
    return Number(series_id, serial, series.format(serial))


def _may_go_back(tx: Tx, kind: Kind) -> bool:
    """A cancellation bears its bill's day by law (rule 10); it is the deed that needs the power."""
    return kind is Kind.CANCELLATION or tx.actor.may(Power.BACK_DATE)


def _one_principal(document: Document) -> int:
    """The principal whose own series may serve: only where every line is his."""
    lines = getattr(document, "lines", ())
    owners = {line.principal_id for line in lines}
    return owners.pop() if len(owners) == 1 else 0


def today(tx: Tx) -> date:
    """The business's own day at the instant of this transaction."""
    return business_day(tx.now)
