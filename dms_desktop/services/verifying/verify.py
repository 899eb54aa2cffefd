"""The whole proof, in the order in which a wrong row would be told from those that follow it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice

from dms_desktop.domain.powers import Power, needs
from dms_desktop.services.verifying.beside import (
    unlocked_tables,
    wrong_approvals,
    wrong_buyers,
    wrong_licences,
)
from dms_desktop.services.verifying.called import wrong_lots
from dms_desktop.services.verifying.chain import broken_chains
from dms_desktop.services.verifying.counted import wrong_counts
from dms_desktop.services.verifying.dispatch import wrong_dispatch
from dms_desktop.services.verifying.documents import wrong_documents
from dms_desktop.services.verifying.findings import Finding, Key, Report, Watch
from dms_desktop.services.verifying.imported import wrong_imports
from dms_desktop.services.verifying.notes import wrong_notes
from dms_desktop.services.verifying.numbers import wrong_series
from dms_desktop.services.verifying.picking import wrong_picks
from dms_desktop.services.verifying.purchases import wrong_registers
from dms_desktop.services.verifying.references import dangling
from dms_desktop.services.verifying.running import wrong_totals
from dms_desktop.services.verifying.snapshots import wrong_snapshots
from dms_desktop.services.verifying.suppliers import wrong_claims
from dms_desktop.store.copying import Progress, silent
from dms_desktop.store.session import Reading

MOST_FINDINGS = 100  # where more is wrong, the books want a backup and not a longer list


@needs(Power.BOOKS)
def verify(
    reading: Reading,
    *,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> Report:
    """Compute everything again and name every row that disagrees, the first wrong one first.

    First the audit trail, since it bears witness of the rest; then each document by what it says
    itself and by its digest in the trail; then whatever is summed up of documents; then what lies
    beside them, and whether the database still locks what was written once. Takes a minute
    for a million lines. Raises Stopped.
    """
    watch = Watch(progress or silent, stop)
    found = list(islice(_everything(reading, watch), MOST_FINDINGS + 1))
    findings = tuple(found[:MOST_FINDINGS])
    return Report(findings, dict(watch.counts), len(found) > MOST_FINDINGS)


def _everything(reading: Reading, watch: Watch) -> Iterator[Finding]:
    """Each row once for the same thing: a wrong series is met again at each of its documents."""
    seen: set[tuple[str, str, Key]] = set()
    for found in chain(
        broken_chains(reading, watch),
        wrong_documents(reading, watch),
        wrong_imports(reading, watch),
        wrong_series(reading, watch),
        wrong_totals(reading, watch),
        wrong_snapshots(reading, watch),
        wrong_lots(reading, watch),
        wrong_notes(reading, watch),
        wrong_approvals(reading, watch),
        wrong_buyers(reading, watch),
        wrong_licences(reading, watch),
        wrong_registers(reading, watch),
        wrong_claims(reading, watch),
        wrong_dispatch(reading, watch),
        wrong_picks(reading, watch),
        wrong_counts(reading, watch),
        dangling(reading, watch),
        unlocked_tables(reading, watch),
    ):
        told = (found.what, found.table, found.key)
        if told not in seen:
            seen.add(told)
            yield found
