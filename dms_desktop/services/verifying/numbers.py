"""The number of each document and its day, and each series against the documents it numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dms_desktop.domain.calendar import business_day, financial_year
from dms_desktop.domain.numbering import Series
from dms_desktop.services.imported_bills import KIND, NO_YEAR
from dms_desktop.services.rows import LINE
from dms_desktop.services.verifying.findings import Finding, Watch
from dms_desktop.services.verifying.sheaf import Sheaf
from dms_desktop.services.verifying.wrong import Wrong
from dms_desktop.store.session import Reading

SeriesRow = Mapping[str, Any]

_COLUMNS = (
    "id", "registration_id", "kind", "paper", "counter", "principal_id", "year", "prefix", "width",
    "first", "last", "last_day",
)  # fmt: skip
# A series of a van names it as its counter.
_SERIES = (
    f"SELECT {', '.join(_COLUMNS)}, (SELECT place.id FROM place WHERE place.code = counter"  # noqa: S608
    " AND place.kind = 'van') FROM series ORDER BY series.id"
)
_OWNER = LINE.index("principal_id")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_COUNTED = (
    "SELECT series_id, count(*), min(serial), max(serial), max(day) FROM document"
    " GROUP BY series_id"
)
_GAP = (
    "SELECT serial + 1 FROM document WHERE series_id = :series AND serial >= :first - 1"
    " AND NOT EXISTS (SELECT 1 FROM document later"
    " WHERE later.series_id = document.series_id AND later.serial = document.serial + 1)"
    " ORDER BY serial LIMIT 1"
)


def every_series(reading: Reading) -> dict[int, SeriesRow]:
    names = (*_COLUMNS, "van")
    return {row[0]: dict(zip(names, row, strict=True)) for row in reading.rows(_SERIES)}


def wrong_series(reading: Reading, watch: Watch) -> Iterator[Finding]:
    """Numbers run from the first to the last without a gap, and the series knows the last.

    Old bills of another program are numbered as they come, whatever their day.
    """
    watch.tell("series", 0.0)
    counted = {key: rest for key, *rest in reading.rows(_COUNTED)}
    known = every_series(reading)
    watch.count("series", len(known))
    for key, series in known.items():
        first, last = series["first"], series["last"]
        count, lowest, highest, day = counted.get(key, (0, first, first - 1, ""))
        facts: dict[str, object] = {"prefix": series["prefix"], "last": last, "documents": count}
        if lowest != first:
            yield Finding("series_first", "series", key, facts | {"lowest": lowest})
        elif highest - lowest + 1 != count:
            gap = int(reading.value(_GAP, series=key, first=first))
            number = _format(series, gap)
            yield Finding("series_gap", "series", key, facts | {"number": number, "serial": gap})
        elif last != highest:
            yield Finding("series_last", "series", key, facts | {"highest": highest})
        elif series["last_day"] != (day if series["kind"] != KIND else ""):
            said = {"day": series["last_day"], "should": day}
            yield Finding("series_day", "series", key, facts | said)


def wrong_number(sheaf: Sheaf, said: Mapping[str, Any], series: SeriesRow | None) -> Wrong | None:
    """What of a document's number its series contradicts. Raises ValueError for no day at all."""
    if series is None:
        return Wrong("number", "document", 0, "series_id", None)
    imported = said["origin"] == "imported"
    if series["kind"] != (KIND if imported else said["kind"]):
        return Wrong("number", "document", 0, "kind", series["kind"])
    if said["registration_id"] != series["registration_id"]:
        return Wrong("number", "document", 0, "registration_id", series["registration_id"])
    number = _format(series, said["serial"])
    if said["number"] != number:
        return Wrong("number", "document", 0, "number", number)
    for column in ("paper", "counter"):
        of_van = column == "counter" and series["van"] and series["van"] == said["place_id"]
        if series[column] not in ("", said[column]) and not of_van:
            return Wrong("number", "document", 0, column, series[column])
    if series["principal_id"] and {series["principal_id"]} != {row[_OWNER] for row in sheaf.lines}:
        return Wrong("number", "document", 0, "series_id", None)
    day = date.fromisoformat(said["day"])
    if series["year"] != (NO_YEAR if imported else financial_year(day).starts):
        return Wrong("number", "document", 0, "day", None)
    return None


def wrong_day(said: Mapping[str, Any]) -> Wrong | None:
    """No document bears a day that had not come when it was posted. Raises OverflowError."""
    written = business_day(_EPOCH + timedelta(microseconds=said["posted_at"]))
    if said["day"] > written.isoformat():
        return Wrong("future_day", "document", 0, "day", written.isoformat())
    return None


def _format(series: SeriesRow, serial: int) -> str:
    try:
        return Series(series["prefix"], series["width"]).format(serial)
    except ValueError:
        return ""
