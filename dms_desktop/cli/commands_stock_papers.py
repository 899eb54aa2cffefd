"""`dms lot correct|resticker|papers`: papers about goods of our own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from dms_desktop.cli.caller import new_id, read_json
from dms_desktop.cli.commands_papers import AsJson, File, caller_of
from dms_desktop.domain.stock_papers import STOCK_PAPERS

KINDS = tuple(kind.value for kind in STOCK_PAPERS)


def add_to_lots(group: typer.Typer) -> None:
    group.command("correct")(_poster("lot correct", "Put right what was typed wrongly of a lot."))
    group.command("resticker")(_poster("lot resticker", "Give pieces of a lot another MRP."))
    group.command("papers")(papers)


def papers(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="A part of the number.")] = "",
    kind: Annotated[str, typer.Option(help=", ".join(KINDS))] = KINDS[0],
    day: Annotated[str, typer.Option(help="As 2026-11-21.")] = "",
    limit: Annotated[int, typer.Option(help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """The newest papers about our own goods, of one kind."""
    if kind not in KINDS:
        raise typer.BadParameter(f"one of {', '.join(KINDS)} is wanted")
    request = {"kind": kind, "text": text, "day": day, "limit": limit}
    caller_of(context).do("find", request, as_json=as_json)


def _poster(verb: str, says: str) -> Callable[..., None]:
    def post(context: typer.Context, file: File, as_json: AsJson = False) -> None:
        order = read_json(file)
        order["id"] = order.get("id") or new_id()
        caller_of(context).do(verb, {"order": order}, as_json=as_json)

    post.__doc__ = f"{says} Saving the same id twice posts it once."
    return post
