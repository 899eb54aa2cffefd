"""Users and imports at the command line."""

from __future__ import annotations

from pathlib import Path

from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs.verb import Json, Verb
from dms_desktop.domain.incoming import Intake
from dms_desktop.services import imports, people


def _users(shop: Shop, request: Json) -> Json:
    names = ("code", "name", "role", "active")
    return {"users": [dict(zip(names, user, strict=True)) for user in shop.read(people.users)]}


def _import(shop: Shop, request: Json) -> Json:
    """What a file would do; with yes, done in steps that a crash cannot tear apart."""
    from dms_desktop.files import importing

    report = importing.bring_in(
        shop,
        Intake(request["kind"]),
        Path(request["file"]),
        columns=request.get("columns") or None,
        sheet=request.get("sheet") or "",
        yes=bool(request.get("yes")),
    )
    return importing.as_reply(report)


def _undo_import(shop: Shop, request: Json) -> Json:
    shop.write(imports.undo_import, int(request["import"]))
    return {"import": int(request["import"]), "undone": True}


def _imports(shop: Shop, request: Json) -> Json:
    return {
        "imports": [
            {
                "import": run.id,
                "kind": run.kind.value,
                "name": run.name,
                "rows": run.rows_done,
                "state": run.state,
            }
            for run in shop.read(imports.runs)
        ]
    }


VERBS = {
    "import": Verb(_import),
    "import undo": Verb(_undo_import),
    "imports": Verb(_imports, writes=False),
    "users": Verb(_users, writes=False),
}
