"""`dms order list|hold|drop|share|bulk-bill ...`, `dms bill copy|right`, `dms credit|approve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dms_desktop.cli.caller import Caller, new_id, read_list

AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]
Ref = Annotated[str, typer.Argument(help="The number or the id.")]
Reason = Annotated[str, typer.Option(help="Why.")]
Beat = Annotated[str, typer.Option(help="Code or name of a beat; all without it.")]


def add_to(app: typer.Typer) -> None:
    app.command()(credit)
    app.command()(approve)
    app.command()(panel)
    option = typer.Typer(no_args_is_help=True, help="What the owner may set.")
    option.command("list")(_options)
    option.command("set")(_choose)
    app.add_typer(option, name="option")


def add_to_orders(group: typer.Typer) -> None:
    for name, what in (("hold", hold), ("release", release), ("drop", drop), ("list", tray)):
        group.command(name)(what)
    group.command()(reserve)
    group.command()(unreserve)
    group.command()(first)
    group.command()(share)
    group.command("bulk-bill")(bulk_bill)
    group.command("import")(import_orders)


def add_to_bills(group: typer.Typer) -> None:
    group.command()(copy)
    group.command()(right)
    group.command("list")(bills)


def tray(context: typer.Context, beat: Beat = "", as_json: AsJson = False) -> None:
    """What is open, in the order in which it will be billed."""
    _do(context, "order list", {"beat": beat}, as_json)


def hold(context: typer.Context, ref: Ref, reason: Reason, as_json: AsJson = False) -> None:
    """Bill nothing of it until it is released."""
    _do(context, "order hold", {"ref": ref, "reason": reason}, as_json)


def release(context: typer.Context, ref: Ref, as_json: AsJson = False) -> None:
    """Let it be billed again."""
    _do(context, "order release", {"ref": ref}, as_json)


def drop(context: typer.Context, ref: Ref, reason: Reason, as_json: AsJson = False) -> None:
    """Wait no more for what is left of it."""
    _do(context, "order drop", {"ref": ref, "reason": reason}, as_json)


def reserve(context: typer.Context, ref: Ref, as_json: AsJson = False) -> None:
    """Keep its pieces from other bills, as far as they are there."""
    _do(context, "order reserve", {"ref": ref}, as_json)


def unreserve(context: typer.Context, ref: Ref, as_json: AsJson = False) -> None:
    """Let go of what was kept for it."""
    _do(context, "order unreserve", {"ref": ref}, as_json)


def first(
    context: typer.Context,
    ref: Ref,
    priority: Annotated[int, typer.Option(help="The higher is billed sooner.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Put an order before others."""
    _do(context, "order first", {"ref": ref, "priority": priority}, as_json)


def share(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="Code or barcode.")],
    mode: Annotated[str, typer.Option(help="oldest_first or proportional; else the house's.")] = "",
    godown: Annotated[str, typer.Option(help="Code of a godown.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without, only show.")] = False,
    as_json: AsJson = False,
) -> None:
    """Share an item that is short among the orders that wait for it."""
    if mode not in ("", "oldest_first", "proportional"):
        raise typer.BadParameter("oldest_first or proportional is wanted")
    request = {"item": item, "mode": mode, "godown": godown, "yes": yes}
    _do(context, "order share", request, as_json)


def bulk_bill(
    context: typer.Context,
    beat: Beat = "",
    rest: Annotated[str, typer.Option(help="keep or drop what is short")] = "keep",
    run: Annotated[str, typer.Option(help="Go on with this run.")] = "",
    as_json: AsJson = False,
) -> None:
    """Bill every open order; what became of each."""
    if rest not in ("keep", "drop"):
        raise typer.BadParameter("keep or drop is wanted")
    _do(context, "order bulk-bill", {"beat": beat, "rest": rest, "id": run or new_id()}, as_json)


def import_orders(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="A .csv or .xlsx file, a JSON list of orders, or - for stdin.")
    ],
    yes: Annotated[
        bool, typer.Option("--yes", help="Do it; without, a table is only shown.")
    ] = False,
    sheet: Annotated[str, typer.Option(help="Name of the sheet.")] = "",
    as_json: AsJson = False,
) -> None:
    """Post a list of orders, each by itself; the same file twice posts each once.

    A table has a row for each line of goods: order_no, party, day, item, qty, free, rate ...
    """
    if file.suffix.lower() == ".json" or str(file) == "-":
        request: dict[str, object] = {"orders": read_list(file)}
    else:
        request = {"file": str(file.resolve()), "yes": yes, "sheet": sheet}
    _do(context, "order import", request, as_json)


def copy(
    context: typer.Context,
    ref: Ref,
    post: Annotated[bool, typer.Option("--post", help="Post it at once.")] = False,
    uid: Annotated[str, typer.Option("--id", help="The id of the copy, to ask again.")] = "",
    as_json: AsJson = False,
) -> None:
    """The same goods again at today's prices: a kept draft, or with --post a bill."""
    _do(context, "bill copy", {"ref": ref, "post": post, "id": uid or new_id()}, as_json)


def right(context: typer.Context, ref: Ref, reason: Reason, as_json: AsJson = False) -> None:
    """Cancel a bill and keep a draft of the same, to be mended."""
    _do(context, "bill right", {"ref": ref, "reason": reason}, as_json)


def bills(
    context: typer.Context,
    number: Annotated[str, typer.Option(help="Whole, its beginning, or its figures.")] = "",
    party: Annotated[str, typer.Option(help="Code of a party.")] = "",
    phone: Annotated[str, typer.Option(help="Of the party or the walk-in.")] = "",
    text: Annotated[str, typer.Option(help="A part of the name.")] = "",
    amount: Annotated[str, typer.Option(help="The total, as 354.00.")] = "",
    item: Annotated[str, typer.Option(help="Code or barcode.")] = "",
    since: Annotated[str, typer.Option(help="From this day on.")] = "",
    until: Annotated[str, typer.Option(help="Up to this day.")] = "",
    after: Annotated[str, typer.Option(help="The `next` of the page before.")] = "",
    limit: Annotated[int, typer.Option(help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """The newest bills that answer to all that is asked, a page at a time."""
    request = {
        "number": number, "party": party, "phone": phone, "text": text, "amount": amount,
        "item": item, "since": since, "until": until, "after": after, "limit": limit,
    }  # fmt: skip
    _do(context, "bill list", request, as_json)


def credit(context: typer.Context, party: str, as_json: AsJson = False) -> None:
    """How a party stands: limit, exposure, what is overdue."""
    _do(context, "credit", {"party": party}, as_json)


def panel(context: typer.Context, party: str, as_json: AsJson = False) -> None:
    """What the counter shows of a party: its last bills and usual items."""
    _do(context, "panel", {"party": party}, as_json)


def approve(
    context: typer.Context,
    draft: Annotated[str, typer.Argument(help="The id of the draft.")],
    amount: Annotated[str, typer.Option(help="Up to this total.")],
    reason: Annotated[list[str], typer.Option(help="What is allowed; may be repeated.")],
    by: Annotated[str, typer.Option(help="Who says yes; his PIN in DMS_APPROVER_PIN.")] = "owner",
    why: Annotated[str, typer.Option(help="Why.")] = "",
    as_json: AsJson = False,
) -> None:
    """Let somebody with the power say yes to another's draft."""
    import os

    pin = os.environ.get("DMS_APPROVER_PIN")
    if pin is None:
        pin = typer.prompt(f"PIN of {by}", hide_input=True, err=True)
    request = {
        "draft": draft, "amount": amount, "reasons": reason, "by": by, "pin": pin, "why": why,
    }  # fmt: skip
    _do(context, "approve", request, as_json)


def _options(context: typer.Context, as_json: AsJson = False) -> None:
    """Every option with its value."""
    _do(context, "option list", {}, as_json)


def _choose(context: typer.Context, code: str, value: str, as_json: AsJson = False) -> None:
    """Set one."""
    _do(context, "option set", {"code": code, "value": value}, as_json)


def _do(context: typer.Context, verb: str, request: dict[str, object], as_json: bool) -> None:
    caller: Caller = context.obj
    caller.do(verb, request, as_json=as_json)
