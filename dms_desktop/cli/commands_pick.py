"""`dms pick make|waiting|list|show|tick|short|swap|undo|close|let-go|pack`."""

from __future__ import annotations

from typing import Annotated

import typer

from dms_desktop.cli.caller import Caller, new_id

AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]
ListRef = Annotated[str, typer.Argument(help="Number or id of the pick list.")]
Row = Annotated[int, typer.Argument(help="The row, as `pick show` names it.")]
Why = Annotated[str, typer.Option("--reason", help="Code of a reason for picking, or own words.")]
Orders = Annotated[bool, typer.Option("--orders", help="Open orders; without, bills.")]
Beat = Annotated[str, typer.Option(help="Code or name of a beat; all without it.")]
Trip = Annotated[str, typer.Option(help="Number of a trip, or of its vehicle.")]
Since = Annotated[str, typer.Option(help="From this day on, as 2026-11-21; a week without it.")]
Pieces = Annotated[int | None, typer.Option(min=1, help="So many; all that is left without it.")]
STATES, RESTS = ("open", "done", "dropped"), ("keep", "drop")


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Goods fetched from the racks.")
    for verb in (make, waiting, show, tick, short, swap, undo, close, pack):
        group.command()(verb)
    group.command("list")(lists)
    group.command("let-go")(let_go)
    app.add_typer(group, name="pick")


def make(
    context: typer.Context,
    papers: Annotated[list[str] | None, typer.Argument(help="Numbers or ids.")] = None,
    orders: Orders = False,
    beat: Beat = "",
    trip: Trip = "",
    since: Since = "",
    route: Annotated[str, typer.Option(help="Told on the head of the list.")] = "",
    vehicle: Annotated[str, typer.Option(help="Told on the head of the list.")] = "",
    uid: Annotated[str, typer.Option("--id", help="The same id makes one list.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make a list of these bills or orders, or of all that wait to be picked."""
    request = {
        "papers": papers or [], "orders": orders, "beat": beat, "trip": trip, "since": since,
        "route": route, "vehicle": vehicle, "id": uid or new_id(),
    }  # fmt: skip
    _do(context, "pick make", request, as_json)


def waiting(
    context: typer.Context,
    orders: Orders = False,
    beat: Beat = "",
    trip: Trip = "",
    since: Since = "",
    as_json: AsJson = False,
) -> None:
    """Bills or orders that are on no list yet."""
    request = {"orders": orders, "beat": beat, "trip": trip, "since": since}
    _do(context, "pick waiting", request, as_json)


def lists(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="A part of a number, route or vehicle.")] = "",
    state: Annotated[str, typer.Option(help=", ".join(STATES))] = "",
    limit: Annotated[int, typer.Option(help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """The newest lists, and how far each is."""
    if state not in ("", *STATES):
        raise typer.BadParameter(f"one of {', '.join(STATES)} is wanted")
    _do(context, "pick list", {"text": text, "state": state, "limit": limit}, as_json)


def show(context: typer.Context, pick_list: ListRef, as_json: AsJson = False) -> None:
    """One list with its rows in rack order."""
    _do(context, "pick show", {"list": pick_list}, as_json)


def tick(
    context: typer.Context,
    pick_list: ListRef,
    row: Annotated[int, typer.Argument(help="The row, as `pick show` names it.")] = 0,
    scan: Annotated[str, typer.Option(help="Code, barcode or GS1 code instead of a row.")] = "",
    pieces: Pieces = None,
    as_json: AsJson = False,
) -> None:
    """A row is in the hand, or one unit of what was scanned."""
    if bool(row) == bool(scan):
        raise typer.BadParameter("a row or --scan is wanted")
    request = {"list": pick_list, "row": row, "scan": scan, "pieces": pieces}
    _do(context, "pick tick", request, as_json)


def short(
    context: typer.Context,
    pick_list: ListRef,
    row: Row,
    found: Annotated[int, typer.Option(min=0, help="So many pieces were there.")],
    reason: Why = "",
    as_json: AsJson = False,
) -> None:
    """Less is there than the row asks for."""
    request = {"list": pick_list, "row": row, "found": found, "reason": reason}
    _do(context, "pick short", request, as_json)


def swap(
    context: typer.Context,
    pick_list: ListRef,
    row: Row,
    batch: Annotated[str, typer.Option(help="The batch that was taken.")],
    reason: Why = "",
    pieces: Pieces = None,
    uid: Annotated[str, typer.Option("--id", help="The same id swaps once.")] = "",
    as_json: AsJson = False,
) -> None:
    """Another batch of the same MRP was taken."""
    request = {
        "list": pick_list, "row": row, "batch": batch, "reason": reason, "pieces": pieces,
        "id": uid or new_id(),
    }  # fmt: skip
    _do(context, "pick swap", request, as_json)


def undo(context: typer.Context, pick_list: ListRef, row: Row, as_json: AsJson = False) -> None:
    """The row is still to be picked."""
    _do(context, "pick undo", {"list": pick_list, "row": row}, as_json)


def close(
    context: typer.Context,
    pick_list: ListRef,
    rest: Annotated[str, typer.Option(help="keep or drop what an order is short of")] = "keep",
    as_json: AsJson = False,
) -> None:
    """Bill what was picked of orders, credit what bills are short of. Goes on where it ended."""
    if rest not in RESTS:
        raise typer.BadParameter("keep or drop is wanted")
    _do(context, "pick close", {"list": pick_list, "rest": rest}, as_json)


def let_go(
    context: typer.Context,
    pick_list: ListRef,
    paper: Annotated[str, typer.Argument(help="One bill or order; all without it.")] = "",
    as_json: AsJson = False,
) -> None:
    """What is on the list may stand on another."""
    _do(context, "pick let-go", {"list": pick_list, "paper": paper}, as_json)


def pack(context: typer.Context, pick_list: ListRef, as_json: AsJson = False) -> None:
    """The goods of a closed list are packed."""
    _do(context, "pick pack", {"list": pick_list}, as_json)


def _do(context: typer.Context, verb: str, request: dict[str, object], as_json: bool) -> None:
    caller: Caller = context.obj
    caller.do(verb, request, as_json=as_json)
