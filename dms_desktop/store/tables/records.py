"""What is kept about the books themselves: the audit chain, days to restate, imports."""

from __future__ import annotations

from sqlalchemy import Column, Index, UniqueConstraint

from dms_desktop.store.tables.columns import (
    Whole,
    Words,
    blob,
    key,
    refers,
    table,
    uid,
    whole,
    words,
)

# Append-only, a chain for each counter: Rule 3(1), Companies (Accounts) Rules 2014.
audit = table(
    "audit",
    key(),
    words("counter"),
    whole("seq"),
    whole("at"),
    refers("user_id", "user_account"),
    words("action", default=None),
    words("subject"),  # table and key, or the document's uid
    blob("digest", null=True),
    words("before"),
    words("after"),
    words("reason"),
    blob("hash"),
    UniqueConstraint("counter", "seq"),
    Index("ix_audit_subject", "subject"),
)
audit_tip = table(
    "audit_tip", Column("counter", Words, primary_key=True), whole("seq"), blob("hash")
)
# Days that must be told to the brand again, in full.
dirty_day = table(
    "dirty_day",
    refers("principal_id", "principal", primary=True),
    Column("day", Words, primary_key=True),
    whole("at"),
)
import_run = table(
    "import_run",
    key(),
    uid(),
    words("kind", default=None),
    words("name"),
    blob("sha256"),
    whole("started_at"),
    refers("user_id", "user_account"),
    words("columns"),
    whole("rows_done", default=0),
    words("state", default="running"),  # running, done, undone
)
# A chain for each import, whose end its audit rows know.
import_change = table(
    "import_change",
    key(),
    refers("import_id", "import_run"),
    whole("seq"),
    Column("row", Whole, nullable=False),
    words("subject", default=None),
    words("before"),
    words("after"),
    blob("hash"),
    UniqueConstraint("import_id", "seq"),
)
