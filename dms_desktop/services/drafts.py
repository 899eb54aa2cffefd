"""Bills being typed, kept on disk so that a crash or a power cut takes nothing from the clerk."""

from __future__ import annotations

import logging
from uuid import UUID

from dms_desktop.domain.draft import Aside, Draft
from dms_desktop.domain.draft_text import from_text, to_text
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import billing
from dms_desktop.store.session import Reading, Tx

log = logging.getLogger(__name__)


@needs(Power.BILL)
def keep(tx: Tx, draft: Draft, aside: Aside | None = None) -> None:
    """Write the draft as it stands now, in place of what was kept of it before; with `aside` it is
    one that was put aside, and not the one being typed.

    One that is in the books already is not kept any more, however late the word of it comes.
    """
    if tx.value("SELECT 1 FROM document WHERE uid = :uid", uid=draft.id.bytes):
        return
    tx.run(
        "INSERT INTO draft (uid, kind, counter, user_id, body, saved_at, aside, name, total)"
        " VALUES (:uid, :kind, :counter, :user, :body, :at, :aside, :name, :total)"
        " ON CONFLICT (uid) DO UPDATE SET kind = excluded.kind, counter = excluded.counter,"
        " user_id = excluded.user_id, body = excluded.body, saved_at = excluded.saved_at,"
        " aside = excluded.aside, name = excluded.name, total = excluded.total",
        uid=draft.id.bytes,
        kind=draft.kind.value,
        counter=tx.actor.counter,
        user=tx.actor.user_id,
        body=to_text(draft),
        at=tx.micros,
        aside=int(aside is not None),
        name=aside.name if aside else "",
        total=aside.total.paise if aside else 0,
    )


@needs(Power.BILL)
def forget(tx: Tx, uid: UUID) -> None:
    """Keep the draft no longer; nothing happens if it was not kept."""
    tx.run("DELETE FROM draft WHERE uid = :uid", uid=uid.bytes)


@needs(Power.BILL)
def post(tx: Tx, draft: Draft, *, seen: Money | None = None) -> billing.Saved:
    """`billing.post_draft`, and the draft is kept no longer: both, or neither."""
    saved = billing.post_draft(tx, draft, seen=seen)
    forget(tx, draft.id)
    return saved


@needs(Power.BILL)
def kept(reading: Reading) -> tuple[Draft, ...]:
    """The drafts of this counter, the one typed last at the end.

    One that this program cannot read, say of a newer one, is left where it is and passed over.
    """
    found: list[Draft] = []
    for (body,) in reading.rows(
        "SELECT body FROM draft WHERE counter = :counter ORDER BY saved_at, uid",
        counter=reading.actor.counter,
    ):
        try:
            found.append(from_text(body))
        except (ValueError, KeyError, TypeError) as error:
            log.warning("a kept draft cannot be read: %s", error)
    return tuple(found)


@needs(Power.BILL)
def put_aside(reading: Reading) -> dict[UUID, Aside]:
    """Which of the kept drafts of this counter were put aside, by their ids."""
    return {
        UUID(bytes=bytes(uid)): Aside(name, Money(int(amount)))
        for uid, name, amount in reading.rows(
            "SELECT uid, name, total FROM draft WHERE counter = :counter AND aside = 1",
            counter=reading.actor.counter,
        )
    }
