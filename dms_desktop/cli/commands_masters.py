"""`dms users|import`: who may come in, and files brought in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dms_desktop.cli.commands_papers import AsJson, caller_of

KINDS = ("items", "lots", "parties", "prices", "bills", "balances", "dues")


def add_to(app: typer.Typer) -> None:
    app.command("import")(import_)
    app.command("import-undo")(import_undo)
    app.command("imports")(imports)
    app.command()(users)


def import_(
    context: typer.Context,
    kind: Annotated[
        str, typer.Argument(help="items, lots, parties, prices, bills, balances or dues")
    ],
    file: Annotated[Path, typer.Argument(help="A .csv or .xlsx file.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without, only show.")] = False,
    column: Annotated[
        list[str] | None, typer.Option(help="Mend a guess: field=Heading. May be repeated.")
    ] = None,
    sheet: Annotated[str, typer.Option(help="Name of the sheet.")] = "",
    as_json: AsJson = False,
) -> None:
    """Bring in a file: what it would do, and with --yes in steps that a crash cannot tear apart."""
    if kind not in KINDS:
        raise typer.BadParameter(f"one of {', '.join(KINDS)} is wanted")
    request = {
        "kind": kind,
        "file": str(file.resolve()),
        "yes": yes,
        "columns": dict(each.partition("=")[::2] for each in column or ()),
        "sheet": sheet,
    }
    caller_of(context).do("import", request, as_json=as_json)


def import_undo(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The import's number.")],
    as_json: AsJson = False,
) -> None:
    """Take an import back as a whole."""
    caller_of(context).do("import undo", {"import": number}, as_json=as_json)


def imports(context: typer.Context, as_json: AsJson = False) -> None:
    """What was brought in, and what was taken back."""
    caller_of(context).do("imports", {}, as_json=as_json)


def users(context: typer.Context, as_json: AsJson = False) -> None:
    """Everybody who may use the books."""
    caller_of(context).do("users", {}, as_json=as_json)
