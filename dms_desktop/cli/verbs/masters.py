"""Items, parties, stock, users and imports at the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from dms_desktop.cli import replies
from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs.verb import Json, Verb
from dms_desktop.domain.incoming import Intake
from dms_desktop.domain.money import Money
from dms_desktop.services import imports, masters, people, stock


def _stock(shop: Shop, request: Json) -> Json:
    rows = shop.read(
        stock.by_lot,
        item=request.get("item") or "",
        bucket=request.get("bucket") or "saleable",
        limit=int(request.get("limit") or 1000),
    )
    return {"lots": [stock.as_json(row) for row in rows]}


def _users(shop: Shop, request: Json) -> Json:
    names = ("code", "name", "role", "active")
    return {"users": [dict(zip(names, user, strict=True)) for user in shop.read(people.users)]}


def _add_user(shop: Shop, request: Json) -> Json:
    code = request["code"]
    shop.write(
        people.add_user,
        code,
        request.get("name") or code,
        request["role"],
        request["pin"],
        shop.pepper,
    )
    return {"user": code, "role": request["role"]}


def _set_pin(shop: Shop, request: Json) -> Json:
    shop.write(people.set_pin, request["code"], request["pin"], shop.pepper)
    return {"user": request["code"]}


@dataclass(frozen=True, slots=True)
class _Kept:
    """How one kind of master is shown, found, added and changed."""

    intake: Intake
    show: Callable[..., Any]
    find: Callable[..., Any]
    add: Callable[..., Any]
    change: Callable[..., Any]


_KEPT = {
    "item": _Kept(
        Intake.ITEMS, masters.item, masters.find_items, masters.add_item, masters.change_item
    ),
    "party": _Kept(
        Intake.PARTIES, masters.party, masters.find_parties, masters.add_party,
        masters.change_party,
    ),
}  # fmt: skip


def _show(shop: Shop, request: Json) -> Json:
    return _shown(shop.read(_KEPT[request["kind"]].show, request["code"]))


def _find(shop: Shop, request: Json) -> Json:
    found = shop.read(_KEPT[request["kind"]].find, request["text"], int(request["limit"]))
    return {"found": [asdict(match) for match in found]}


def _add(shop: Shop, request: Json) -> Json:
    from dms_desktop.files.fields import read_given

    kept = _KEPT[request["kind"]]
    return _shown(shop.write(kept.add, read_given(kept.intake, request["given"])))


def _change(shop: Shop, request: Json) -> Json:
    """Without a version the change is made to what is there now."""
    from dms_desktop.files.fields import read_given

    kept = _KEPT[request["kind"]]
    version = request.get("version") or shop.read(kept.show, request["code"]).version
    given = read_given(kept.intake, request["given"])
    return _shown(shop.write(kept.change, request["code"], given, int(version)))


def _shown(master: Any) -> Json:
    said = {name: _plain(value) for name, value in asdict(master.record).items()}
    return {**said, "version": master.version}


def _plain(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"paise"}:
        return str(Money(value["paise"]))
    if isinstance(value, Decimal):
        return replies.plain(value)
    return value


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
    "master show": Verb(_show, writes=False),
    "master find": Verb(_find, writes=False),
    "master add": Verb(_add),
    "master change": Verb(_change),
    "import": Verb(_import),
    "import undo": Verb(_undo_import),
    "imports": Verb(_imports, writes=False),
    "stock": Verb(_stock, writes=False),
    "users": Verb(_users, writes=False),
    "user add": Verb(_add_user),
    "user pin": Verb(_set_pin),
}
