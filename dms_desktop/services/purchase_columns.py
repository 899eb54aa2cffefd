"""Which column of a supplier's own invoice file is what: learnt the first time it is taken in."""

from __future__ import annotations

import json
from collections.abc import Mapping

from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import audit
from dms_desktop.store.session import Reading, Tx


@needs(Power.RECEIVE)
def learnt(reading: Reading, party_id: int) -> dict[str, str]:
    """Field -> heading, as the supplier's last file had them; nothing for the first."""
    sql = "SELECT columns FROM supplier_columns WHERE party_id = :party"
    found: dict[str, str] = json.loads(reading.value(sql, party=party_id) or "{}")
    return found


@needs(Power.RECEIVE)
def learn(tx: Tx, party_id: int, columns: Mapping[str, str]) -> None:
    """Keep them; a file with the same headings needs no word more."""
    before = learnt(tx, party_id)
    if before == dict(columns):
        return
    tx.run(
        "INSERT INTO supplier_columns (party_id, columns) VALUES (:party, :columns)"
        " ON CONFLICT (party_id) DO UPDATE SET columns = excluded.columns,"
        " row_version = supplier_columns.row_version + 1",
        party=party_id,
        columns=json.dumps(dict(columns), sort_keys=True, ensure_ascii=False),
    )
    after = dict(columns)
    audit.record(tx, "learn columns", f"party {party_id}", before=before or None, after=after)
