"""`dms item|party|stock|users|import`: masters at the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dms_desktop.cli.caller import read_json
from dms_desktop.cli.commands_papers import AsJson, File, caller_of


def add_to(app: typer.Typer) -> None:
    app.add_typer(_masters("item", "Items."), name="item")
    app.add_typer(_masters("party", "Parties."), name="party")
    app.command()(stock)
    app.command("import")(import_)
    app.command("import-undo")(import_undo)
    app.command("imports")(imports)
    app.add_typer(_users(), name="users")


def stock(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="Code of an item; every item without it.")] = "",
    bucket: Annotated[str, typer.Option(help="saleable, non_saleable or expired")] = "saleable",
    limit: Annotated[int, typer.Option(help="At most so many lots.")] = 1000,
    as_json: AsJson = False,
) -> None:
    """What lies in the godowns, lot by lot."""
    request = {"item": item, "bucket": bucket, "limit": limit}
    caller_of(context).do("stock", request, as_json=as_json)


def _masters(kind: str, says: str) -> typer.Typer:
    group = typer.Typer(no_args_is_help=True, help=says)

    @group.command()
    def show(context: typer.Context, code: str, as_json: AsJson = False) -> None:
        """One, with its version."""
        caller_of(context).do("master show", {"kind": kind, "code": code}, as_json=as_json)

    @group.command()
    def find(
        context: typer.Context,
        text: Annotated[str, typer.Argument(help="A piece of code or name, or a barcode.")] = "",
        limit: Annotated[int, typer.Option(help="At most so many.")] = 50,
        as_json: AsJson = False,
    ) -> None:
        """Those that match; active ones first."""
        request = {"kind": kind, "text": text, "limit": limit}
        caller_of(context).do("master find", request, as_json=as_json)

    @group.command()
    def add(context: typer.Context, file: File, as_json: AsJson = False) -> None:
        """A new one, from a JSON file with the headings of the import as keys."""
        request = {"kind": kind, "given": read_json(file)}
        caller_of(context).do("master add", request, as_json=as_json)

    @group.command()
    def change(
        context: typer.Context,
        code: str,
        file: File,
        version: Annotated[int, typer.Option(help="Refuse if it changed since.")] = 0,
        as_json: AsJson = False,
    ) -> None:
        """Change what the file names; the rest stays."""
        request = {"kind": kind, "code": code, "given": read_json(file), "version": version}
        caller_of(context).do("master change", request, as_json=as_json)

    return group


def import_(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="items, lots, parties or bills")],
    file: Annotated[Path, typer.Argument(help="A .csv or .xlsx file.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without, only show.")] = False,
    column: Annotated[
        list[str] | None, typer.Option(help="Mend a guess: field=Heading. May be repeated.")
    ] = None,
    sheet: Annotated[str, typer.Option(help="Name of the sheet.")] = "",
    as_json: AsJson = False,
) -> None:
    """Bring in a file: what it would do, and with --yes in steps that a crash cannot tear apart."""
    if kind not in ("items", "lots", "parties", "bills"):
        raise typer.BadParameter("items, lots, parties or bills is wanted")
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


def _users() -> typer.Typer:
    group = typer.Typer(no_args_is_help=True, help="Users and their PINs.")

    @group.command("list")
    def list_(context: typer.Context, as_json: AsJson = False) -> None:
        """Everybody who may use the books."""
        caller_of(context).do("users", {}, as_json=as_json)

    @group.command()
    def add(
        context: typer.Context,
        code: str,
        role: Annotated[str, typer.Option(help="owner, clerk, godown or machine")],
        new_pin: Annotated[str, typer.Option(help="Six figures, or twelve characters.")],
        name: Annotated[str, typer.Option()] = "",
        as_json: AsJson = False,
    ) -> None:
        """A new user."""
        request = {"code": code, "role": role, "pin": new_pin, "name": name}
        caller_of(context).do("user add", request, as_json=as_json)

    @group.command()
    def pin(
        context: typer.Context,
        code: str,
        new_pin: Annotated[str, typer.Option(help="Six figures, or twelve characters.")],
        as_json: AsJson = False,
    ) -> None:
        """A new PIN for a user; it also ends a lock-out."""
        caller_of(context).do("user pin", {"code": code, "pin": new_pin}, as_json=as_json)

    return group
