"""`dms opening trial-balance|dues|show` and `dms export`: beginning, and changing many at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dms_desktop.cli.commands_papers import AsJson, caller_of

EXPORTED = ("items", "parties", "prices")
Table = Annotated[Path, typer.Argument(help="A .csv or .xlsx file.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it; without, only show.")]


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="What the books begin with.")
    group.command("trial-balance")(trial_balance)
    group.command("dues")(dues)
    group.command("show")(show)
    app.add_typer(group, name="opening")
    app.command()(export)


def trial_balance(
    context: typer.Context, file: Table, yes: Yes = False, as_json: AsJson = False
) -> None:
    """Bring in the old trial balance: account, debit, credit. What differs stays on `opening`."""
    _bring_in(context, "balances", file, yes, as_json)


def dues(context: typer.Context, file: Table, yes: Yes = False, as_json: AsJson = False) -> None:
    """Bring in open bills of parties: party, number, day, due, amount; account for suppliers."""
    _bring_in(context, "dues", file, yes, as_json)


def show(context: typer.Context, as_json: AsJson = False) -> None:
    """What was told, what is in the books, and the difference till it is nil."""
    caller_of(context).do("opening", {}, as_json=as_json)


def export(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="items, parties or prices")],
    file: Table,
    as_json: AsJson = False,
) -> None:
    """Write masters to a spreadsheet; edited, `dms import` brings in only what differs."""
    if kind not in EXPORTED:
        raise typer.BadParameter(f"one of {', '.join(EXPORTED)} is wanted")
    request = {"kind": kind, "file": str(file.resolve())}
    caller_of(context).do("export", request, as_json=as_json)


def _bring_in(context: typer.Context, kind: str, file: Path, yes: bool, as_json: bool) -> None:
    request = {"kind": kind, "file": str(file.resolve()), "yes": yes}
    caller_of(context).do("import", request, as_json=as_json)
