"""An import taken back as a whole, or not at all: masters as they were, stock by cancellations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services import cancelling, fulfilment
from dms_desktop.services.changes import COLUMNS, Image, images
from dms_desktop.services.importing.notes import REFUSED, WARNED, Note, image
from dms_desktop.store.session import Tx

# What of a master says that it is in use; a document can never be taken out again.
_ITEM_USED = (
    "SELECT item.code, (SELECT number FROM document WHERE id = (SELECT max(document_id)"
    " FROM goods_line WHERE item_id = item.id)) FROM item WHERE id IN :keys"
    " AND (EXISTS (SELECT 1 FROM goods_line WHERE item_id = item.id)"
    " OR EXISTS (SELECT 1 FROM lot WHERE item_id = item.id)"
    " OR EXISTS (SELECT 1 FROM list_price WHERE item_id = item.id)) ORDER BY id LIMIT 1"
)
_PARTY_USED = (
    "SELECT party.code, (SELECT max(number) FROM document WHERE party_id = party.id) FROM party"
    " WHERE id IN :keys AND (EXISTS (SELECT 1 FROM document WHERE party_id = party.id)"
    " OR EXISTS (SELECT 1 FROM party_principal WHERE party_id = party.id)"
    " OR EXISTS (SELECT 1 FROM party_balance WHERE party_id = party.id)) ORDER BY id LIMIT 1"
)
_USED = {"item": _ITEM_USED, "party": _PARTY_USED}
# What was made on the way goes if nobody else has come to use it.
_DELETE = {
    "principal": "DELETE FROM principal WHERE id IN :keys"
    " AND NOT EXISTS (SELECT 1 FROM item WHERE principal_id = principal.id)"
    " AND NOT EXISTS (SELECT 1 FROM party_principal WHERE principal_id = principal.id)"
    " AND NOT EXISTS (SELECT 1 FROM dirty_day WHERE principal_id = principal.id)"
    " AND NOT EXISTS (SELECT 1 FROM goods_line WHERE principal_id = principal.id)",
    "tax_class": "DELETE FROM tax_class WHERE id IN :keys"
    " AND NOT EXISTS (SELECT 1 FROM item WHERE tax_class_id = tax_class.id)",
    "tax_rate": "DELETE FROM tax_rate WHERE id IN :keys"
    " AND NOT EXISTS (SELECT 1 FROM item WHERE item.tax_class_id = tax_rate.tax_class_id)",
    "beat": "DELETE FROM beat WHERE id IN :keys"
    " AND NOT EXISTS (SELECT 1 FROM party WHERE beat_id = beat.id)"
    " AND NOT EXISTS (SELECT 1 FROM party_principal WHERE beat_id = beat.id)"
    " AND NOT EXISTS (SELECT 1 FROM document WHERE beat_id = beat.id)",
    "salesman": "DELETE FROM salesman WHERE id IN :keys"
    " AND NOT EXISTS (SELECT 1 FROM party WHERE salesman_id = salesman.id)"
    " AND NOT EXISTS (SELECT 1 FROM party_principal WHERE salesman_id = salesman.id)"
    " AND NOT EXISTS (SELECT 1 FROM document WHERE salesman_id = salesman.id)",
    "item": "DELETE FROM item WHERE id IN :keys",
    "barcode": "DELETE FROM barcode WHERE id IN :keys",
    "party": "DELETE FROM party WHERE id IN :keys",
    "list_price": "DELETE FROM list_price WHERE id IN :keys",
    "party_licence": "DELETE FROM party_licence WHERE id IN :keys",
    "party_gst": "DELETE FROM party_gst WHERE id IN :keys",
}
"""Places and lots stay, empty: their documents name them."""


def undo_masters(tx: Tx, notes: Sequence[Note]) -> None:
    """Refuses HANGS_ON_IT for a master in use, and CHANGED_SINCE for one that changed later."""
    by_table = _by_table(notes)
    for table in reversed(tuple(COLUMNS)):
        if found := by_table.get(table):
            _check(tx, table, found)
    for table in reversed(tuple(COLUMNS)):
        if found := by_table.get(table):
            _take_back(tx, table, found)


def undo_documents(tx: Tx, notes: Iterable[Note], why: str) -> None:
    """Each Opening's exact mirror, the newest first. Refuses what cancelling refuses."""
    uids = [UUID(note.subject.split()[1]) for note in notes if note.subject.startswith("document ")]
    cancelling.cancel_together(tx, reversed(uids), why)


def strike_documents(tx: Tx, notes: Iterable[Note], why: str) -> None:
    """Bills of elsewhere did nothing here; they only stop counting."""
    for note in notes:
        if note.subject.startswith("document "):
            uid = UUID(note.subject.split()[1])
            fulfilment.note(tx, uid, "cancelled", why)
            tx.touched["document"].add(uid)


Subjects = dict[int, tuple[Image | None, Image]]  # key -> before, after


def _by_table(notes: Iterable[Note]) -> dict[str, Subjects]:
    """Each row as it was before the import and as the import left it, in however many steps."""
    found: defaultdict[str, Subjects] = defaultdict(dict)
    for note in notes:
        if note.subject in (REFUSED, WARNED):
            continue
        table, key = note.subject.split()
        if table in COLUMNS:
            before = image(note.before) if note.before else None
            after = image(note.after)
            if old := found[table].get(int(key)):
                before = None if old[0] is None else {**(before or {}), **old[0]}
                after = {**old[1], **after}
            found[table][int(key)] = (before, after)
    return dict(found)


def _check(tx: Tx, table: str, found: Subjects) -> None:
    now = images(tx, table, found)
    for key, (_, after) in sorted(found.items()):
        there = now.get(key)
        if there is None or any(there[name] != value for name, value in after.items()):
            said = there or {}
            code = said.get("code") or said.get("batch") or f"{table} {key}"
            raise refuse(Reason.CHANGED_SINCE, code=code)
    new = [key for key, (before, _) in found.items() if before is None]
    if table in _USED and new:
        used = tx.row(_USED[table], keys=new)
        if used is not None:
            raise refuse(Reason.HANGS_ON_IT, number=used[0], what=used[1] or used[0])


def _take_back(tx: Tx, table: str, found: Subjects) -> None:
    changed = {key: before for key, (before, _) in found.items() if before}
    by_columns: defaultdict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for key, before in sorted(changed.items()):
        by_columns[tuple(before)].append((*before.values(), key))
    for names, rows in by_columns.items():
        tx.many(_restoring(table, names), rows)
    new = [key for key, (before, _) in found.items() if before is None]
    if new and table in _DELETE:
        tx.run(_DELETE[table], keys=new)
    tx.touched[table].update(found)


def _restoring(table: str, names: tuple[str, ...]) -> str:
    assert set(names) <= set(COLUMNS[table])
    columns = ", ".join(f"{name} = ?" for name in names)
    return f"UPDATE {table} SET {columns} WHERE id = ?"  # noqa: S608
