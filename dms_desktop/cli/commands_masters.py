"""`dms item|party|stock|users|import`: masters at the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from dms_desktop.cli.commands_papers import AsJson, _caller


def add_to(app: typer.Typer) -> None:
    app.command()(stock)
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
    _caller(context).do("stock", request, as_json=as_json)


def _users() -> typer.Typer:
    group = typer.Typer(no_args_is_help=True, help="Users and their PINs.")

    @group.command("list")
    def list_(context: typer.Context, as_json: AsJson = False) -> None:
        """Everybody who may use the books."""
        _caller(context).do("users", {}, as_json=as_json)

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
        _caller(context).do("user add", request, as_json=as_json)

    @group.command()
    def pin(
        context: typer.Context,
        code: str,
        new_pin: Annotated[str, typer.Option(help="Six figures, or twelve characters.")],
        as_json: AsJson = False,
    ) -> None:
        """A new PIN for a user; it also ends a lock-out."""
        _caller(context).do("user pin", {"code": code, "pin": new_pin}, as_json=as_json)

    return group
