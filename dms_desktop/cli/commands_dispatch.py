"""`dms vehicle|trip|van ...` and `dms stage`: what goes out of the godown on wheels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from dms_desktop.cli.caller import Caller, new_id, read_json
from dms_desktop.cli.commands_papers import AsJson, File

Trip = Annotated[str, typer.Argument(help="Number or id of the trip.")]
Bills = Annotated[list[str] | None, typer.Argument(help="Numbers or ids, in the order of drops.")]
Off = Annotated[bool, typer.Option("--off", help="No longer used.")]
Beat = Annotated[str, typer.Option(help="Code or name of a beat, or all.")]
Day = Annotated[str, typer.Option(help="As 2026-11-21; today without it.")]
Text = Annotated[str, typer.Argument(help="A part of number, vehicle, party or name.")]
Limit = Annotated[int, typer.Option(help="At most so many.")]
STATES = ("loading", "out", "back", "settled", "dropped")
RESULTS = ("delivered", "part", "refused", "shop_closed", "reload")
STAGES = ("billed", "printed", "picked", "packed", "loaded", "delivered", "undelivered")


def add_to(app: typer.Typer) -> None:
    vehicle = typer.Typer(no_args_is_help=True, help="Vehicles and the men who go with them.")
    for verb in (put, man, account):
        vehicle.command()(verb)
    vehicle.command("list")(vehicles)
    app.add_typer(vehicle, name="vehicle")
    trip = typer.Typer(no_args_is_help=True, help="Trips: loaded, out, back and settled.")
    for each in (make, change, load, deliver, settle, show, waiting):
        trip.command()(each)
    trip.command("leave")(_state("leave", "It is on its way: all of it is loaded."))
    trip.command("back")(_state("back", "The vehicle is free for its next trip."))
    trip.command("drop")(_state("drop", "It does not take place; its bills wait again."))
    trip.command("list")(trips)
    app.add_typer(trip, name="trip")
    van = typer.Typer(no_args_is_help=True, help="Goods that are sold from a van.")
    van.command("load")(_poster("van load", "Take goods to a van, first expiry first."))
    van.command("unload")(_poster("van unload", "Count a van home; what lacks is the man's."))
    van.command()(reconcile)
    app.add_typer(van, name="van")
    app.command()(stage)


def put(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="As on its plate.")],
    kg: Annotated[int, typer.Option(help="What it may carry.")] = 0,
    driver: Annotated[str, typer.Option(help="Code or name of its own driver.")] = "",
    van: Annotated[str, typer.Option(help="Code of the van that goods are sold from.")] = "",
    off: Off = False,
    as_json: AsJson = False,
) -> None:
    """Make a vehicle, or write anew what is known of it."""
    request = {"number": number, "kg": kg, "man": driver, "van": van, "active": not off}
    _do(context, "vehicle put", request, as_json)


def man(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="His code.")],
    name: Annotated[str, typer.Argument(help="His name.")],
    phone: Annotated[str, typer.Option(help="His phone.")] = "",
    off: Off = False,
    as_json: AsJson = False,
) -> None:
    """Make a driver or van salesman, or write anew what is known of him."""
    request = {"code": code, "name": name, "phone": phone, "active": not off}
    _do(context, "vehicle man", request, as_json)


def vehicles(context: typer.Context, as_json: AsJson = False) -> None:
    """All vehicles, all men, and what each of them owes."""
    _do(context, "vehicle list", {}, as_json)


def account(
    context: typer.Context,
    man: Annotated[str, typer.Argument(help="Code or name.")],
    as_json: AsJson = False,
) -> None:
    """What was booked to a man for money or goods that lacked."""
    _do(context, "vehicle account", {"man": man}, as_json)


def make(
    context: typer.Context,
    vehicle: Annotated[str, typer.Argument(help="Number of the vehicle.")],
    bills: Bills = None,
    beat: Annotated[str, typer.Option(help="All bills of a beat that wait, or all.")] = "",
    by_beat: Annotated[bool, typer.Option("--by-beat", help="Drops by beat and shop.")] = False,
    man: Annotated[str, typer.Option(help="Who goes; else the vehicle's own driver.")] = "",
    day: Day = "",
    note: Annotated[str, typer.Option(help="A remark.")] = "",
    uid: Annotated[str, typer.Option("--id", help="The same id makes one trip.")] = "",
    as_json: AsJson = False,
) -> None:
    """A trip that is being loaded."""
    request = {
        "vehicle": vehicle, "bills": bills or [], "beat": beat, "by_beat": by_beat, "man": man,
        "day": day, "note": note, "id": uid or new_id(),
    }  # fmt: skip
    _do(context, "trip make", request, as_json)


def change(
    context: typer.Context, trip: Trip, bills: Bills = None, as_json: AsJson = False
) -> None:
    """All that the trip takes from now on, in the order of the drops."""
    _do(context, "trip change", {"trip": trip, "bills": bills or []}, as_json)


def load(context: typer.Context, trip: Trip, bills: Bills = None, as_json: AsJson = False) -> None:
    """Tick bills that lie on the vehicle; all of them where none is named."""
    _do(context, "trip load", {"trip": trip, "bills": bills or []}, as_json)


def deliver(
    context: typer.Context,
    trip: Trip,
    bill: Annotated[str, typer.Argument(help="Number or id of the bill.")],
    result: Annotated[str, typer.Argument(help=", ".join(RESULTS))],
    reason: Annotated[str, typer.Option(help="Why not all of it was delivered.")] = "",
    back: Annotated[
        list[str] | None, typer.Option(help="Of a part: row=pieces, or row=pieces+free.")
    ] = None,
    day: Day = "",
    uid: Annotated[str, typer.Option("--id", help="The same id credits once.")] = "",
    as_json: AsJson = False,
) -> None:
    """What became of a bill; what did not reach the shop is credited."""
    if result not in RESULTS:
        raise typer.BadParameter(f"one of {', '.join(RESULTS)} is wanted")
    request = {
        "trip": trip, "bill": bill, "result": result, "reason": reason, "back": back or [],
        "day": day, "id": uid or new_id(),
    }  # fmt: skip
    _do(context, "trip deliver", request, as_json)


def settle(
    context: typer.Context,
    file: File,
    check: Annotated[bool, typer.Option("--check", help="Only reckon; post nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Money, discounts and expenses of a trip, to nil or to a difference that is named."""
    order = read_json(file)
    order["id"] = order.get("id") or new_id()
    _do(context, "trip settle", {"order": order, "check": check}, as_json)


def show(context: typer.Context, trip: Trip, as_json: AsJson = False) -> None:
    """A trip with its bills."""
    _do(context, "trip show", {"trip": trip}, as_json)


def trips(
    context: typer.Context,
    text: Text = "",
    day: Annotated[str, typer.Option(help="Of that day only.")] = "",
    state: Annotated[str, typer.Option(help=", ".join(STATES))] = "",
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """The newest trips."""
    if state and state not in STATES:
        raise typer.BadParameter(f"one of {', '.join(STATES)} is wanted")
    request = {"text": text, "day": day, "state": state, "limit": limit}
    _do(context, "trip list", request, as_json)


def waiting(context: typer.Context, beat: Beat = "", as_json: AsJson = False) -> None:
    """Bills that no vehicle took yet."""
    _do(context, "trip waiting", {"beat": beat}, as_json)


def reconcile(
    context: typer.Context,
    van: Annotated[str, typer.Argument(help="Code or name.")],
    since: Annotated[str, typer.Option(help="The first day; else the last.")] = "",
    until: Annotated[str, typer.Option(help="The last day; else today.")] = "",
    as_json: AsJson = False,
) -> None:
    """What a van took, sold, brought home and lacks; its money beside it."""
    _do(context, "van reconcile", {"van": van, "since": since, "until": until}, as_json)


def stage(
    context: typer.Context,
    text: Text = "",
    only: Annotated[str, typer.Option("--stage", help=", ".join(STAGES))] = "",
    beat: Beat = "",
    since: Annotated[str, typer.Option(help="The first day; else two days before.")] = "",
    until: Annotated[str, typer.Option(help="The last day; else today.")] = "",
    limit: Limit = 200,
    as_json: AsJson = False,
) -> None:
    """How far each bill is: billed, printed, picked, packed, loaded, delivered."""
    if only and only not in STAGES:
        raise typer.BadParameter(f"one of {', '.join(STAGES)} is wanted")
    request = {
        "text": text, "stage": only, "beat": beat, "since": since, "until": until, "limit": limit,
    }  # fmt: skip
    _do(context, "stage", request, as_json)


def _state(verb: str, says: str) -> Callable[..., None]:
    def move(context: typer.Context, trip: Trip, as_json: AsJson = False) -> None:
        _do(context, f"trip {verb}", {"trip": trip}, as_json)

    move.__doc__ = says
    return move


def _poster(verb: str, says: str) -> Callable[..., None]:
    def post(context: typer.Context, file: File, as_json: AsJson = False) -> None:
        order = read_json(file)
        order["id"] = order.get("id") or new_id()
        _do(context, verb, {"order": order}, as_json)

    post.__doc__ = f"{says} Saving the same id twice posts it once."
    return post


def _do(context: typer.Context, verb: str, request: dict[str, Any], as_json: bool) -> None:
    caller: Caller = context.obj
    caller.do(verb, request, as_json=as_json)
