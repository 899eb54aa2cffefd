"""Keeping the books: verify, back up, restore; and the schemas of what goes in and out."""

from __future__ import annotations

from pathlib import Path

from dms_desktop import __version__
from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs.verb import Json, Verb


def _verify(shop: Shop, request: Json) -> Json:
    from dms_desktop.language.findings import finding_text
    from dms_desktop.services.verifying import verify

    report = shop.read(verify)
    return {
        "clean": not report.findings,
        "counts": dict(report.counts),
        "findings": [
            {
                "what": found.what,
                "table": found.table,
                "key": str(found.key),
                "facts": {name: str(fact) for name, fact in found.facts.items()},
                "say": finding_text(found.what, found.table, found.key, found.facts),
            }
            for found in report.findings
        ],
    }


def _backup(shop: Shop, request: Json) -> Json:
    """The first sealed backup makes the key and shows it: the owner writes it down."""
    from dms_desktop.services.verifying import verify
    from dms_desktop.store import backup, backup_key
    from dms_desktop.store.database import Database
    from dms_desktop.store.drivers import driver_for

    clear = bool(request.get("clear"))
    books = Path(shop.books)
    recipient = None if clear else backup_key.recipient_of(books)
    made = None if clear or recipient else backup_key.new_key()
    wanted = backup.Request(
        __version__,
        recipient=made.recipient if made else recipient,
        clear=clear,
        kit=None if clear else {"pepper": shop.pepper},
    )
    told: list[str] = []

    def proved(copy: Path | str) -> list[str]:
        """The copy is verified, not the books that it was made of."""
        database = Database(driver_for(copy), clock=shop.clock)
        try:
            findings = database.read(shop.actor, verify).result().findings
        finally:
            database.close()
        told.extend(f"{each.what} {each.table} {each.key}" for each in findings)
        return told

    kept = backup.take(shop.books, Path(request["to"]), wanted, verify=proved)
    reply: Json = {
        "backup": str(kept.path),
        "sha256": kept.sha256,
        "sealed": not clear,
        "findings": told,
    }
    if made:
        backup_key.save_recipient(books, made.recipient)
        reply["recovery_key"] = made.identity
    return reply


VERBS = {
    "verify": Verb(_verify, writes=False),
    "backup": Verb(_backup),
}
