"""The beginning of the books, and masters as spreadsheets, at the command line."""

from __future__ import annotations

from pathlib import Path

from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs.verb import Json, Verb
from dms_desktop.domain.incoming import Intake
from dms_desktop.services import opening


def _beginning(shop: Shop, request: Json) -> Json:
    found = shop.read(opening.beginning)
    return {
        "balances": [
            {
                "account": each.code,
                "name": each.name,
                "told": str(each.told),
                "posted": str(each.posted),
                "difference": str(each.difference),
            }
            for each in found.balances
        ],
        "rest": str(found.rest),
    }


def _export(shop: Shop, request: Json) -> Json:
    from dms_desktop.files.exporting import export

    rows = export(shop, Intake(request["kind"]), Path(request["file"]))
    return {"file": request["file"], "rows": rows}


VERBS = {
    "opening": Verb(_beginning, writes=False),
    "export": Verb(_export, writes=False),
}
