"""`dms transfer|count ...`, `dms adjust`, `dms move-bucket`, `dms day expire`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dms_desktop.cli.caller import new_id, read_json
from dms_desktop.cli.commands_papers import AsJson, File, Ref, caller_of, cancel

SCOPES = ("godown", "rack", "item", "likely", "asked")
Sheet = Annotated[str, typer.Option(help="Number or id; the newest open one without it.")]
Limit = Annotated[int, typer.Option(help="At most so many.")]
OpenOnly = Annotated[bool, typer.Option("--open", help="Only what is not done yet.")]


def add_to(app: typer.Typer) -> None:
    transfer = typer.Typer(no_args_is_help=True, help="Goods from godown to godown.")
    for name, verb in (("send", send), ("receive", receive), ("show", show), ("list", list_)):
        transfer.command(name)(verb)
    transfer.command("cancel")(cancel)
    app.add_typer(transfer, name="transfer")
    app.command("adjust")(adjust)
    app.command("adjust-reasons")(reasons)
    app.command("move-bucket")(move_bucket)
    counting = typer.Typer(no_args_is_help=True, help="Physical counts while billing goes on.")
    for name, work in (
        ("start", start), ("line", line), ("close", close), ("show", show_count), ("list", sheets),
    ):  # fmt: skip
        counting.command(name)(work)
    app.add_typer(counting, name="count")
    day = typer.Typer(no_args_is_help=True, help="What a day begins with.")
    day.command("expire")(expire)
    app.add_typer(day, name="day")


def send(context: typer.Context, file: File, as_json: AsJson = False) -> None:
    """Send goods to another godown or a van; they are on the way until they are taken in."""
    _post(context, "transfer send", file, as_json=as_json)


def receive(
    context: typer.Context,
    ref: Ref,
    file: Annotated[
        Path | None, typer.Argument(help="What came and what is lost; all came without it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take in what came of a transfer; what is not named stays on the way."""
    order = read_json(file) if file else {}
    order["id"] = order.get("id") or new_id()
    caller_of(context).do("transfer receive", {"ref": ref, "order": order}, as_json=as_json)


def show(context: typer.Context, ref: Ref, as_json: AsJson = False) -> None:
    """A transfer, and what became of each line."""
    caller_of(context).do("transfer show", {"ref": ref}, as_json=as_json)


def list_(
    context: typer.Context, open_: OpenOnly = False, limit: Limit = 200, as_json: AsJson = False
) -> None:
    """The newest transfers."""
    request = {"open": open_, "limit": limit}
    caller_of(context).do("transfer list", request, as_json=as_json)


def adjust(context: typer.Context, file: File, as_json: AsJson = False) -> None:
    """Write off what is gone, or take up what was found; saving the same id twice posts it once."""
    _post(context, "adjust", file, as_json=as_json)


def reasons(context: typer.Context, as_json: AsJson = False) -> None:
    """Why stock may be adjusted, where it goes, and whether its input tax reverses."""
    caller_of(context).do("adjust reasons", {}, as_json=as_json)


def move_bucket(
    context: typer.Context,
    file: File,
    to: Annotated[str, typer.Option(help="saleable, non_saleable or expired.")],
    as_json: AsJson = False,
) -> None:
    """Set pieces apart, or put them back; an expired batch is never saleable again."""
    order = read_json(file)
    order |= {"id": order.get("id") or new_id(), "to": to}
    caller_of(context).do("adjust", {"order": order}, as_json=as_json)


def start(
    context: typer.Context,
    scope: Annotated[str, typer.Argument(help=", ".join(SCOPES))] = SCOPES[0],
    what: Annotated[str, typer.Argument(help="The rack, or the item's code.")] = "",
    godown: Annotated[str, typer.Option(help="Code or name; the first one without it.")] = "",
    most: Annotated[int, typer.Option(help="How many of the likeliest wrong lots.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Open a sheet with the lots to be counted."""
    request = {"id": new_id(), "scope": scope, "what": what, "godown": godown, "most": most}
    caller_of(context).do("count start", request, as_json=as_json)


def line(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="Code or barcode.")],
    qty: Annotated[str, typer.Argument(help="All that lies there: 12, 2c or 2c 6p.")],
    batch: Annotated[str | None, typer.Option(help="Where the item has several.")] = None,
    mrp: Annotated[str, typer.Option(help="Where the batch has several.")] = "",
    expiry: Annotated[str, typer.Option(help="As 2027-01-31.")] = "",
    bucket: Annotated[str, typer.Option(help="saleable, non_saleable or expired.")] = "saleable",
    sheet: Sheet = "",
    as_json: AsJson = False,
) -> None:
    """Write down what lies there of a lot; counted again, the newest word holds."""
    if bucket not in ("saleable", "non_saleable", "expired"):
        raise typer.BadParameter("saleable, non_saleable or expired is wanted")
    named = {"batch": batch, "mrp": mrp, "expiry": expiry, "bucket": bucket}
    request = {"sheet": sheet, "item": item, "qty": qty, **named}
    caller_of(context).do("count line", request, as_json=as_json)


def close(
    context: typer.Context,
    sheet: Sheet = "",
    reason: Annotated[str, typer.Option(help="Code of a reason to adjust stock.")] = "COUNTED",
    note: Annotated[str, typer.Option(help="What the paper shall say.")] = "",
    as_json: AsJson = False,
) -> None:
    """Post the differences; what was not counted stays as the books have it."""
    request = {"id": new_id(), "sheet": sheet, "reason": reason, "note": note}
    caller_of(context).do("count close", request, as_json=as_json)


def show_count(context: typer.Context, sheet: Sheet = "", as_json: AsJson = False) -> None:
    """A sheet with its lots in the order of the racks."""
    caller_of(context).do("count show", {"sheet": sheet}, as_json=as_json)


def sheets(
    context: typer.Context, open_: OpenOnly = False, limit: Limit = 200, as_json: AsJson = False
) -> None:
    """The newest counts."""
    request = {"open": open_, "limit": limit}
    caller_of(context).do("count list", request, as_json=as_json)


def expire(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help="Although the program asks.")] = False,
    as_json: AsJson = False,
) -> None:
    """Move batches that are past their date out of what can be sold."""
    caller_of(context).do("day expire", {"yes": yes}, as_json=as_json)


def _post(context: typer.Context, verb: str, file: Path, *, as_json: bool) -> None:
    order = read_json(file)
    order["id"] = order.get("id") or new_id()
    caller_of(context).do(verb, {"order": order}, as_json=as_json)
