"""Keeping the books: verify, back up, restore; and the schemas of what goes in and out."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs.verb import Json, Verb


def _verify(shop: Shop, request: Json) -> Json:
    from dms_desktop.language.findings import say_finding
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
                "say": say_finding(found),
            }
            for found in report.findings
        ],
    }


def _backup(shop: Shop, request: Json) -> Json:
    """The first sealed backup makes the key and shows it: the owner writes it down."""
    from dms_desktop.services.verifying import verify
    from dms_desktop.store import backup, backup_key

    clear = bool(request.get("clear"))
    reply: Json = {"sealed": not clear}
    recipient = None
    if not clear:
        recipient = backup_key.recipient_of(Path(shop.books))
        if recipient is None:
            key = backup_key.new_key()
            backup_key.save_recipient(Path(shop.books), key.recipient)
            recipient, reply["recovery_key"] = key.recipient, key.identity
    wanted = backup.Request(
        version("dms-desktop"),
        recipient=recipient,
        clear=clear,
        kit=None if clear else {"pepper": shop.pepper},
    )
    findings = shop.read(verify).findings
    told = [f"{found.what} {found.table} {found.key}" for found in findings]
    kept = backup.take(shop.books, Path(request["to"]), wanted, verify=lambda _books: told)
    return {"backup": str(kept.path), "sha256": kept.sha256, "findings": told, **reply}


VERBS = {
    "verify": Verb(_verify, writes=False),
    "backup": Verb(_backup),
}
