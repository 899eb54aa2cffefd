"""The program `dms`: reads the command line, opens the books or knocks at the door, prints.

Exit codes: 0 done, 1 refused, 2 wrong use, 3 verify found damage, 70 a mistake of the program,
74 the machine failed, 75 busy.
"""

from __future__ import annotations

import os
from typing import Annotated

import typer

from dms_desktop.cli import (
    commands_books,
    commands_dispatch,
    commands_godown,
    commands_masters,
    commands_opening,
    commands_papers,
    commands_pick,
    commands_purchase,
    commands_registers,
    commands_stock,
    commands_supplier,
    commands_tray,
)
from dms_desktop.cli.caller import Caller

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The books of a distributor, from a prompt.",
)
commands_books.add_to(app)
commands_dispatch.add_to(app)
commands_godown.add_to(app)
commands_masters.add_to(app)
commands_stock.add_to(app)
commands_registers.add_to(app)
commands_opening.add_to(app)
commands_papers.add_to(app)
commands_pick.add_to(app)
commands_purchase.add_to(app)
commands_supplier.add_to(app)
commands_tray.add_to(app)


@app.callback()
def _who(
    context: typer.Context,
    books: Annotated[str, typer.Option(help="File of the books, or postgresql:// address.")] = "",
    user: Annotated[str, typer.Option("--as", help="User; his PIN in DMS_PIN or on stdin.")] = (
        "owner"
    ),
    language: Annotated[str, typer.Option(help="en or hi; else as DMS_LANGUAGE or LANG say.")] = "",
) -> None:
    from dms_desktop.language import catalogue

    catalogue.use(catalogue.wanted(language, os.environ))
    context.obj = Caller(books, user)


def run() -> None:
    """The entry point of the installed script."""
    app()
