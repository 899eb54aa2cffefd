"""Licences as they lie in the books: those of parties, and those of each version of ourselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from dms_desktop.domain.licences import Licence, Regime
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.store.session import Reading, Tx

if TYPE_CHECKING:
    from dms_desktop.services.changes import Watch

LONGEST = 40  # characters of a kind or a number

_OF_PARTIES = (
    "SELECT party_id, kind, number, valid_to FROM party_licence"
    " WHERE party_id IN :parties AND active = 1 ORDER BY kind, number"
)
_OURS = (
    "SELECT kind, number, valid_to FROM company_licence WHERE company_id = :version"
    " ORDER BY kind, number"
)
_PUT = (
    "INSERT INTO party_licence (party_id, kind, number, valid_to, active) VALUES (?, ?, ?, ?, 1)"
    " ON CONFLICT (party_id, kind, number) DO UPDATE SET valid_to = excluded.valid_to, active = 1"
)


def of_parties(reading: Reading, parties: Iterable[int]) -> dict[int, tuple[Licence, ...]]:
    """By party, those that stand on its list."""
    found: defaultdict[int, tuple[Licence, ...]] = defaultdict(tuple)
    for party, *licence in reading.rows(_OF_PARTIES, parties=sorted(set(parties))):
        found[party] += listed([licence])
    return found


def ours(reading: Reading, version: int) -> tuple[Licence, ...]:
    """Those of a version of our particulars."""
    return listed(reading.rows(_OURS, version=version))


def listed(rows: Iterable[Sequence[Any]]) -> tuple[Licence, ...]:
    """From kind, number and last day as they lie in the books; a join that found none has None."""
    return tuple(
        Licence(kind, number, date.fromisoformat(until) if until else None)
        for kind, number, until in rows
        if kind is not None
    )


def put_ours(tx: Tx, version: int, licences: Iterable[Licence]) -> None:
    rows = [(version, each.kind, each.number, _stored(each)) for each in licences]
    tx.insert("company_licence", ("company_id", "kind", "number", "valid_to"), rows)


def put(
    tx: Tx,
    wanted: Mapping[int, tuple[Licence, ...]],
    before: Mapping[int, tuple[Licence, ...]],
    watch: Watch,
) -> None:
    """The lists of these parties; what was taken off one stays in the books, inactive."""
    parties = [key for key, each in sorted(wanted.items()) if each != before.get(key, ())]
    if not parties:
        return
    there = "SELECT id FROM party_licence WHERE party_id IN :parties"
    watch.about_to_change("party_licence", (key for (key,) in tx.rows(there, parties=parties)))
    tx.run("UPDATE party_licence SET active = 0 WHERE party_id IN :parties", parties=parties)
    tx.many(
        _PUT,
        [(key, each.kind, each.number, _stored(each)) for key in parties for each in wanted[key]],
    )
    watch.made("party_licence", (key for (key,) in tx.rows(there, parties=parties)))


def faults(licences: Iterable[Licence], row: int | None = None) -> list[Problem]:
    """A licence without a kind or a number, or one that a spreadsheet could not say."""
    found: list[Problem] = []
    for each in licences:
        if not (each.kind and each.number):
            found.append(Problem(Reason.MISSING, row, {"field": "licences"}))
        elif ";" in each.kind + each.number or len(each.kind + each.number) > LONGEST:
            facts = {"field": "licences", "value": f"{each.kind} {each.number}"}
            found.append(Problem(Reason.BAD_ENTRY, row, facts))
    return found


def needed(chosen: Mapping[str, str]) -> frozenset[Regime]:
    """The classes of goods that a buyer without a licence does not get, by the house's options."""
    words = chosen["licence_needed"].replace(",", " ").split()
    return frozenset(Regime(word) for word in words)


def _stored(licence: Licence) -> str:
    return licence.valid_to.isoformat() if licence.valid_to else ""
