"""`dms supplier return|credit|show|claims|cancel`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from dms_desktop.cli.caller import new_id, read_json
from dms_desktop.cli.commands_papers import AsJson, Ref, caller_of, cancel

KINDS = ("short", "damaged", "returned")
File = Annotated[Path, typer.Argument(help="A JSON file, or - for standard input.")]


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Back to the supplier, and what he answers.")
    group.command("return")(_poster("supplier return", "Send goods back to their supplier."))
    group.command("credit")(_poster("supplier credit", "Book his credit note, or his refusal."))
    group.command("show")(show)
    group.command("claims")(claims)
    group.command("cancel")(cancel)
    app.add_typer(group, name="supplier")


def _poster(verb: str, says: str) -> Callable[..., None]:
    def post(
        context: typer.Context,
        file: File,
        check: Annotated[
            bool, typer.Option("--check", help="Only say what it comes to and what is wrong.")
        ] = False,
        as_json: AsJson = False,
    ) -> None:
        order = read_json(file)
        order["id"] = order.get("id") or new_id()
        request = {"order": order, "check": check}
        caller_of(context).do(verb, request, as_json=as_json)

    post.__doc__ = f"{says} Saving the same id twice posts it once."
    return post


def show(context: typer.Context, ref: Ref, as_json: AsJson = False) -> None:
    """Show one as it lies in the books; the supplier's own number of a note will do."""
    caller_of(context).do("supplier show", {"ref": ref}, as_json=as_json)


def claims(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="A part of a number, a name or an item.")] = "",
    supplier: Annotated[str, typer.Option(help="Code of a supplier.")] = "",
    what: Annotated[str, typer.Option(help=", ".join(KINDS))] = "",
    every: Annotated[bool, typer.Option("--all", help="Also those that are answered.")] = False,
    tell: Annotated[
        list[int] | None, typer.Option(help="Line of a claim that he is told of today.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What is asked of suppliers: short, damaged, sent back; with its age and what is left."""
    if what and what not in KINDS:
        raise typer.BadParameter(f"one of {', '.join(KINDS)} is wanted")
    request = {
        "text": text,
        "supplier": supplier,
        "what": what,
        "every": every,
        "tell": tell or [],
    }
    caller_of(context).do("supplier claims", request, as_json=as_json)
