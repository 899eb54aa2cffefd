"""Masters of every kind at the command line, their history, and the locks of the periods."""

from __future__ import annotations

from datetime import date
from typing import Any

from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs.verb import Json, Verb
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services import people, periods
from dms_desktop.services.registers.every import register_of
from dms_desktop.services.registers.history import history
from dms_desktop.services.registers.register import PAGE, Shown, told


def _show(shop: Shop, request: Json) -> Json:
    return _shown(shop.read(register_of(request["kind"]).show, request["code"]))


def _find(shop: Shop, request: Json) -> Json:
    found = shop.read(
        register_of(request["kind"]).find,
        request.get("text") or "",
        request.get("after") or "",
        int(request.get("limit") or PAGE),
    )
    return {
        "found": [
            {"code": match.code, "name": match.name, "active": match.active} for match in found
        ]
    }


def _add(shop: Shop, request: Json) -> Json:
    from dms_desktop.files.register_fields import read_register

    kind = request["kind"]
    add = register_of(kind).add
    if add is None:
        raise refuse(Reason.BAD_ENTRY, field="kind", value=kind)
    return _shown(shop.write(add, read_register(kind, request["given"])))


def _change(shop: Shop, request: Json) -> Json:
    """Without a version the change is made to what is there now."""
    from dms_desktop.files.register_fields import read_register

    kind, code = request["kind"], request["code"]
    register = register_of(kind)
    if register.change is None:
        raise refuse(Reason.BAD_ENTRY, field="kind", value=kind)
    version = request.get("version") or shop.read(register.show, code).version
    given = read_register(kind, request["given"])
    return _shown(shop.write(register.change, code, given, int(version)))


def _shown(master: Shown[Any]) -> Json:
    return {**told(master.record), "version": master.version}


def _history(shop: Shop, request: Json) -> Json:
    return {
        "history": [
            {
                "at": event.at.isoformat(),
                "by": event.by,
                "action": event.action,
                "changed": ", ".join(event.fields),
                "fields": {name: list(pair) for name, pair in event.fields.items()},
                "why": event.why,
            }
            for event in shop.read(history, request["kind"], request["code"])
        ]
    }


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
    reply = {"user": code, "role": request["role"]}
    if open_doors := shop.read(people.unguarded):
        said = "{names} has no PIN, and anybody may log in as such: set one with `dms user pin`."
        reply["warning"] = said.format(names=", ".join(open_doors))
    return reply


def _set_pin(shop: Shop, request: Json) -> Json:
    shop.write(people.set_pin, request["code"], request["pin"], shop.pepper)
    return {"user": request["code"]}


def _period(shop: Shop, request: Json) -> Json:
    """close DAY, file MONTH, lock YEAR, or open again a day, a month or a year with a reason."""
    do, text, why = request["do"], request["of"], request.get("why") or ""
    if do == "lock":
        locks = shop.write(periods.lock_year, periods.year_of(text))
    elif do == "unlock":
        locks = shop.write(periods.unlock_year, periods.year_of(text), why)
    elif do == "close":
        locks = shop.write(periods.close_day, _day(text))
    elif do == "file":
        locks = shop.write(periods.file_month, _day(text))
    elif do == "reopen-month":
        locks = shop.write(periods.reopen_month, _day(text), why)
    else:
        locks = shop.write(periods.reopen_day, _day(text), why)
    return told(locks)


def _day(text: str) -> date:
    """A whole day, or a month as 2026-10."""
    try:
        return date.fromisoformat(f"{text}-01" if len(text) == len("2026-10") else text)
    except ValueError:
        raise refuse(Reason.BAD_DAY, field="day", value=text) from None


VERBS = {
    "master show": Verb(_show, writes=False),
    "master find": Verb(_find, writes=False),
    "master add": Verb(_add),
    "master change": Verb(_change),
    "history": Verb(_history, writes=False),
    "user add": Verb(_add_user),
    "user pin": Verb(_set_pin),
    "period": Verb(_period),
}
