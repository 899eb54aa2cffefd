"""`dms item|party|beat|price|terms|... find|show|add|change`, `dms history`, `dms period`."""

from __future__ import annotations

from typing import Annotated

import typer

from dms_desktop.cli.caller import read_json
from dms_desktop.cli.commands_papers import AsJson, File, caller_of
from dms_desktop.cli.commands_stock_papers import add_to_lots
from dms_desktop.domain.registers import joined

_ADDED = {
    "item": ("Items.", "CODE"),
    "party": ("Parties.", "CODE"),
    "principal": ("Principals, whose goods are sold.", "CODE"),
    "beat": ("Beats.", "CODE"),
    "salesman": ("Salesmen.", "CODE"),
    "godown": ("Godowns and vans.", "CODE"),
    "lot": (
        "Batches: opening stock is added; prices and a block change.",
        "ITEM BATCH [MRP] [EXPIRY]",
    ),
    "rack": ("Where an item lies in a godown.", "ITEM GODOWN"),
    "tax-class": ("Tax classes and their dated GST rates.", "CODE"),
    "price-list": ("Price lists.", "CODE"),
    "price": ("Dated prices of the price lists.", "LIST ITEM [FROM] [MRP]"),
    "terms": ("What a party has agreed for a principal.", "PARTY PRINCIPAL"),
    "reason": ("Reasons to choose from.", "CODE"),
    "account": ("Accounts of the ledger.", "CODE"),
    "series": ("Number series.", "PREFIX [YEAR]"),
    "printer": ("Printers, by the names that people call them.", "CODE"),
    "print-rule": ("What is printed where.", "KIND [COUNTER]"),
    "role": ("Roles and their powers.", "CODE"),
}
_CHANGED = {
    "user": ("Users, their roles and PINs.", "CODE"),
}
Codes = Annotated[list[str], typer.Argument(help="What names it, a word for each part.")]
Reason = Annotated[str, typer.Option(help="Why.")]
Pin = Annotated[str, typer.Option(help="Six figures, or twelve characters.")]


def add_to(app: typer.Typer) -> None:
    for kind, (says, code) in _ADDED.items():
        group = _group(kind, says, code)
        _with_add(group, kind)
        if kind == "lot":
            add_to_lots(group)
        app.add_typer(group, name=kind)
    for kind, (says, code) in _CHANGED.items():
        group = _group(kind, says, code)
        if kind == "user":
            _with_pins(group)
        app.add_typer(group, name=kind)
    app.add_typer(_company(), name="company")
    app.add_typer(_periods(), name="period")
    app.command()(history)


def _group(kind: str, says: str, named: str) -> typer.Typer:
    group = typer.Typer(no_args_is_help=True, help=f"{says} Each is named by {named}.")

    @group.command()
    def show(context: typer.Context, code: Codes, as_json: AsJson = False) -> None:
        """One, with its version."""
        request = {"kind": kind, "code": joined(*code)}
        caller_of(context).do("master show", request, as_json=as_json)

    @group.command()
    def find(
        context: typer.Context,
        text: Annotated[str, typer.Argument(help="A piece of code or name; all without it.")] = "",
        after: Annotated[str, typer.Option(help="The code that the last page ended with.")] = "",
        limit: Annotated[int, typer.Option(help="At most so many.")] = 50,
        as_json: AsJson = False,
    ) -> None:
        """Those that match, a page at a time."""
        request = {"kind": kind, "text": text, "after": after, "limit": limit}
        caller_of(context).do("master find", request, as_json=as_json)

    @group.command()
    def change(
        context: typer.Context,
        code: Codes,
        file: File,
        version: Annotated[int, typer.Option(help="Refuse if it changed since.")] = 0,
        as_json: AsJson = False,
    ) -> None:
        """Change what a JSON file names; the rest stays."""
        given = read_json(file)
        request = {"kind": kind, "code": joined(*code), "given": given, "version": version}
        caller_of(context).do("master change", request, as_json=as_json)

    return group


def _with_add(group: typer.Typer, kind: str) -> None:
    @group.command()
    def add(context: typer.Context, file: File, as_json: AsJson = False) -> None:
        """A new one, from a JSON file with its fields as keys."""
        request = {"kind": kind, "given": read_json(file)}
        caller_of(context).do("master add", request, as_json=as_json)


def _with_pins(group: typer.Typer) -> None:
    @group.command()
    def add(
        context: typer.Context,
        code: str,
        role: Annotated[str, typer.Option(help="owner, clerk, godown or machine")],
        new_pin: Pin,
        name: Annotated[str, typer.Option()] = "",
        as_json: AsJson = False,
    ) -> None:
        """A new user."""
        request = {"code": code, "role": role, "pin": new_pin, "name": name}
        caller_of(context).do("user add", request, as_json=as_json)

    @group.command()
    def pin(context: typer.Context, code: str, new_pin: Pin, as_json: AsJson = False) -> None:
        """A new PIN for a user; it also ends a lock-out."""
        caller_of(context).do("user pin", {"code": code, "pin": new_pin}, as_json=as_json)


def _company() -> typer.Typer:
    group = typer.Typer(no_args_is_help=True, help="Ourselves, as our papers name us.")

    @group.command()
    def show(context: typer.Context, as_json: AsJson = False) -> None:
        """Our particulars, with their version."""
        request = {"kind": "company", "code": "company"}
        caller_of(context).do("master show", request, as_json=as_json)

    @group.command()
    def change(
        context: typer.Context,
        file: File,
        version: Annotated[int, typer.Option(help="Refuse if it changed since.")] = 0,
        as_json: AsJson = False,
    ) -> None:
        """Change what a JSON file names; papers that were made keep what they say."""
        given = read_json(file)
        request = {"kind": "company", "code": "company", "given": given, "version": version}
        caller_of(context).do("master change", request, as_json=as_json)

    return group


def _periods() -> typer.Typer:
    group = typer.Typer(no_args_is_help=True, help="Closed days, filed months, locked years.")

    def do(context: typer.Context, what: str, of: str, why: str, as_json: bool) -> None:
        request = {"do": what, "of": of, "why": why}
        caller_of(context).do("period", request, as_json=as_json)

    @group.command()
    def show(context: typer.Context, as_json: AsJson = False) -> None:
        """What is closed, filed and locked."""
        request = {"kind": "period", "code": "period"}
        caller_of(context).do("master show", request, as_json=as_json)

    @group.command()
    def close(context: typer.Context, day: str, as_json: AsJson = False) -> None:
        """Close a day and all before it: 2026-11-21."""
        do(context, "close", day, "", as_json)

    @group.command("file")
    def file_(context: typer.Context, month: str, as_json: AsJson = False) -> None:
        """Mark a month as GST-filed: 2026-10."""
        do(context, "file", month, "", as_json)

    @group.command()
    def lock(context: typer.Context, year: str, as_json: AsJson = False) -> None:
        """Lock a financial year: 2025-26."""
        do(context, "lock", year, "", as_json)

    @group.command()
    def reopen(
        context: typer.Context,
        of: Annotated[str, typer.Argument(help="A day, or a month as 2026-10.")],
        reason: Reason,
        as_json: AsJson = False,
    ) -> None:
        """Open a day again, or call a month not filed."""
        do(context, "reopen-month" if len(of) == len("2026-10") else "reopen", of, reason, as_json)

    @group.command()
    def unlock(context: typer.Context, year: str, reason: Reason, as_json: AsJson = False) -> None:
        """Open a locked year again."""
        do(context, "unlock", year, reason, as_json)

    return group


def history(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="item, party, beat, price, company, ...")],
    code: Annotated[list[str] | None, typer.Argument()] = None,
    as_json: AsJson = False,
) -> None:
    """Who changed a master when, and each field before and after."""
    request = {"kind": kind, "code": joined(*(code or [kind]))}
    caller_of(context).do("history", request, as_json=as_json)
