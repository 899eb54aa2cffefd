"""Items, parties, stock, users and imports at the command line."""

from __future__ import annotations

from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs.verb import Json, Verb
from dms_desktop.services import people, stock


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


VERBS = {
    "stock": Verb(_stock, writes=False),
    "users": Verb(_users, writes=False),
    "user add": Verb(_add_user),
    "user pin": Verb(_set_pin),
}
