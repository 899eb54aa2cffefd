"""`dms lot correct|resticker`: papers about goods of our own."""

from __future__ import annotations

from collections.abc import Callable

import typer

from dms_desktop.cli.caller import new_id, read_json
from dms_desktop.cli.commands_papers import AsJson, File, caller_of


def add_to_lots(group: typer.Typer) -> None:
    group.command("correct")(_poster("lot correct", "Put right what was typed wrongly of a lot."))
    group.command("resticker")(_poster("lot resticker", "Give pieces of a lot another MRP."))


def _poster(verb: str, says: str) -> Callable[..., None]:
    def post(context: typer.Context, file: File, as_json: AsJson = False) -> None:
        order = read_json(file)
        order["id"] = order.get("id") or new_id()
        caller_of(context).do(verb, {"order": order}, as_json=as_json)

    post.__doc__ = f"{says} Saving the same id twice posts it once."
    return post
