"""`dms init|sample|verify|backup|restore|schema`: the books as a whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from dms_desktop.cli import plain
from dms_desktop.cli.caller import Caller, attempt
from dms_desktop.cli.commands_papers import AsJson, caller_of

Pin = Annotated[str, typer.Option(help="Six figures, or twelve characters.")]


def add_to(app: typer.Typer) -> None:
    for command in (init, sample, verify, backup, restore, schema):
        app.command()(command)


def init(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="Name of the company.")] = "",
    state: Annotated[str, typer.Option(help="Code of its State, as 27.")] = "27",
    gstin: Annotated[str, typer.Option(help="Its GSTIN, if it has one.")] = "",
    address: Annotated[str, typer.Option(help="Its address, as every invoice shows it.")] = "",
    city: Annotated[str, typer.Option(help="Its town.")] = "",
    pin: Annotated[str, typer.Option(help="PIN code of the town.")] = "",
    owner_pin: Pin = "",
    with_sample: Annotated[bool, typer.Option("--sample", help="With sample goods.")] = False,
    as_json: AsJson = False,
) -> None:
    """New books at --books: a company of its own, or with --sample the sample company's goods."""
    from dms_desktop.cli import founding
    from dms_desktop.domain.company import Company

    def made() -> dict[str, Any]:
        company = founding.sample_company() if with_sample and not name else None
        ours = Company(name, state, gstin.strip().upper(), address=address, city=city, pin=pin)
        company = company or ours
        done = founding.found(caller_of(context).books, company, owner_pin)
        if with_sample:
            founding.fill(done.books, owner_pin)
        return _told(done)

    _local(made, as_json=as_json)


def sample(
    context: typer.Context,
    bills: Annotated[int, typer.Option(help="Bills of its past.")] = 0,
    owner_pin: Pin = "",
    as_json: AsJson = False,
) -> None:
    """The sample company: 2,000 items, 6,000 lots, 800 shops, and as many bills as wanted."""
    from dms_desktop.cli import founding

    def made() -> dict[str, Any]:
        done = founding.found(caller_of(context).books, founding.sample_company(), owner_pin)
        progress = None if as_json else _progress
        posted = founding.fill(done.books, owner_pin, bills, progress)
        return {**_told(done), "bills": posted}

    _local(made, as_json=as_json)


def verify(context: typer.Context, as_json: AsJson = False) -> None:
    """Recompute everything from the documents; exit code 3 where something is wrong."""
    caller_of(context).do("verify", {}, as_json=as_json)


def backup(
    context: typer.Context,
    to: Annotated[Path, typer.Option(help="Folder for the backup.")],
    clear: Annotated[bool, typer.Option("--clear", help="Readable without a key.")] = False,
    as_json: AsJson = False,
) -> None:
    """A verified copy, sealed for the owner's key; the first one shows the key to write down."""
    request = {"to": str(to.resolve()), "clear": clear}
    caller_of(context).do("backup", request, as_json=as_json)


def restore(
    context: typer.Context,
    container: Annotated[Path, typer.Argument(help="The backup.")],
    key: Annotated[str, typer.Option(help="The recovery key, if the backup is sealed.")] = "",
    as_json: AsJson = False,
) -> None:
    """Put a backup's books at --books; the ones there are kept beside it."""
    from dms_desktop.cli import restoring

    caller: Caller = caller_of(context)
    _local(lambda: restoring.restore(caller.books, container, key), as_json=as_json)


def schema(
    name: Annotated[str, typer.Argument(help="order or reply; the names without it.")] = "",
) -> None:
    """The JSON Schema of what goes in and comes out."""
    from dms_desktop.cli import schemas

    if not name:
        typer.echo("\n".join(schemas.SHAPES))
        return
    if name not in schemas.SHAPES:
        raise typer.BadParameter(f"one of {', '.join(schemas.SHAPES)} is wanted")
    typer.echo(json.dumps(schemas.schema(name), indent=2))


def _told(done: Any) -> dict[str, Any]:
    reply = {"books": str(done.books), "company": done.company, "user": "owner"}
    warnings = []
    if done.open_owner:
        warnings.append("The owner has no PIN yet: set one with `dms user pin owner`.")
    if done.unaddressed:
        warnings.append("A tax invoice must show the company's address: --address was not given.")
    if warnings:
        reply["warning"] = " ".join(warnings)
    if done.pepper_file:
        reply["secret"] = f"No keyring on this PC: the PINs' secret lies in {done.pepper_file}."
    return reply


def _progress(done: int, whole: int) -> None:
    typer.echo(f"\r{done} of {whole}", nl=done >= whole, err=True)


def _local(what: Any, *, as_json: bool) -> None:
    reply, code = attempt(what)
    plain.out(reply, as_json=as_json)
    if code:
        raise typer.Exit(code)
