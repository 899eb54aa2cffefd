"""`dms bill|order|estimate|challan post|show|print|cancel|find`, and `dms journal post`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from dms_desktop.cli import commands_tray
from dms_desktop.cli.caller import Caller, new_id, read_json
from dms_desktop.domain.printers import COPIES, LABELS, PAPERS, SIZES

_SIZES, _LABELS, _KINDS = ", ".join(SIZES), ", ".join(LABELS), ", ".join(PAPERS)
AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]
Ref = Annotated[str, typer.Argument(help="The number or the id.")]
Kind = Annotated[str, typer.Option(help=f"The kind of paper: {_KINDS}.")]
Printer = Annotated[str, typer.Option(help="Code or name, as `dms printers` lists them.")]
File = Annotated[Path, typer.Argument(help="A JSON file, or - for standard input.")]


def add_to(app: typer.Typer) -> None:
    for kind, says in (
        ("bill", "Bills: tax invoices and bills of supply."),
        ("order", "Orders of shops."),
        ("estimate", "Estimates."),
        ("challan", "Delivery challans."),
    ):
        group = _papers(kind, says)
        if kind == "order":
            commands_tray.add_to_orders(group)
        elif kind == "bill":
            commands_tray.add_to_bills(group)
            group.command("print-unprinted")(print_unprinted)
        app.add_typer(group, name=kind)
    app.command("print")(print_paper)
    app.command("print-unprinted")(print_all)
    app.command()(printers)
    journal = typer.Typer(no_args_is_help=True, help="Journals.")
    journal.command("post")(_post_journal)
    app.add_typer(journal, name="journal")


def _papers(kind: str, says: str) -> typer.Typer:
    group = typer.Typer(no_args_is_help=True, help=says)
    group.command("post")(_post(kind))
    group.command("find")(_find(kind))
    group.command("show")(show)
    group.command("print")(print_)
    group.command("cancel")(cancel)
    return group


def _post(kind: str) -> Callable[..., None]:
    def post(
        context: typer.Context,
        file: Annotated[Path | None, typer.Argument(help="order.json, or - for stdin.")] = None,
        source: Annotated[
            str, typer.Option("--from", help="Bill an order, estimate or challan.")
        ] = "",
        as_json: AsJson = False,
    ) -> None:
        """Post one; saving the same id twice posts it once."""
        if file is None and not source:
            raise typer.BadParameter("a file or --from is wanted")
        order = read_json(file) if file else {}
        order["id"] = order.get("id") or new_id()
        request = {"kind": kind, "order": order, "source": source}
        caller_of(context).do("post", request, as_json=as_json)

    return post


def _find(kind: str) -> Callable[..., None]:
    def find(
        context: typer.Context,
        text: Annotated[str, typer.Argument(help="A part of the number or party.")] = "",
        party: Annotated[str, typer.Option(help="Code of a party.")] = "",
        day: Annotated[str, typer.Option(help="As 2026-11-21.")] = "",
        limit: Annotated[int, typer.Option(help="At most so many.")] = 50,
        as_json: AsJson = False,
    ) -> None:
        """Find the newest."""
        request = {"kind": kind, "text": text, "party": party, "day": day, "limit": limit}
        caller_of(context).do("find", request, as_json=as_json)

    return find


def show(context: typer.Context, ref: Ref, as_json: AsJson = False) -> None:
    """Show one as it lies in the books."""
    caller_of(context).do("show", {"ref": ref}, as_json=as_json)


def print_(
    context: typer.Context,
    ref: Ref,
    pdf: Annotated[Path | None, typer.Option(help="A file that the PDF goes to.")] = None,
    printer: Printer = "",
    size: Annotated[str, typer.Option(help=f"{_SIZES}; else as the rule says, or a4.")] = "",
    copies: Annotated[str, typer.Option(help="original,duplicate,triplicate")] = "",
    language: Annotated[str, typer.Option(help="Words on the paper: en or hi.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make the paper: into a file, on a printer, or both; a second time it is a reprint."""
    wanted = [copy for copy in copies.split(",") if copy]
    if size not in ("", *SIZES) or not set(COPIES).issuperset(wanted):
        raise typer.BadParameter(f"{_SIZES}; original, duplicate, triplicate")
    request = {
        "ref": ref,
        "pdf": str(pdf.resolve()) if pdf else "",
        "printer": printer,
        "size": size,
        "copies": wanted,
        "language": language,
    }
    caller_of(context).do("print", request, as_json=as_json)


def print_unprinted(
    context: typer.Context,
    day: Annotated[str, typer.Option(help="Only those of a day, as 2026-11-21.")] = "",
    printer: Printer = "",
    as_json: AsJson = False,
) -> None:
    """Print, in order, what was saved and never printed."""
    request = {"kind": "bill", "day": day, "printer": printer}
    caller_of(context).do("print unprinted", request, as_json=as_json)


def print_paper(
    context: typer.Context,
    ref: Ref,
    kind: Kind = "",
    pdf: Annotated[Path | None, typer.Option(help="A file that the paper goes to.")] = None,
    printer: Printer = "",
    size: Annotated[str, typer.Option(help=f"{_SIZES}, {_LABELS}; else as the rule says.")] = "",
    language: Annotated[str, typer.Option(help="Words on the paper: en or hi.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make any paper, such as the stickers of a re-stickering; a second time it is a reprint."""
    if size not in ("", *SIZES, *LABELS) or kind not in ("", *PAPERS):
        raise typer.BadParameter(f"{_SIZES}, {_LABELS}; {_KINDS}")
    request = {
        "ref": ref,
        "kind": kind,
        "pdf": str(pdf.resolve()) if pdf else "",
        "printer": printer,
        "size": size,
        "language": language,
    }
    caller_of(context).do("print", request, as_json=as_json)


def print_all(
    context: typer.Context,
    kind: Kind = "",
    day: Annotated[str, typer.Option(help="Only those of a day, as 2026-11-21.")] = "",
    printer: Printer = "",
    as_json: AsJson = False,
) -> None:
    """Print, in order, what was made and never printed: of a kind, or of all that have a rule."""
    if kind not in ("", *PAPERS):
        raise typer.BadParameter(_KINDS)
    request = {"kind": kind, "day": day, "printer": printer}
    caller_of(context).do("print unprinted", request, as_json=as_json)


def printers(context: typer.Context, as_json: AsJson = False) -> None:
    """The printers of this machine, those of the books, and what is printed where."""
    caller_of(context).do("printers", {}, as_json=as_json)


def cancel(
    context: typer.Context,
    ref: Ref,
    reason: Annotated[str, typer.Option(help="Why.")],
    as_json: AsJson = False,
) -> None:
    """Cancel one by its exact mirror; the number stays visible."""
    caller_of(context).do("cancel", {"ref": ref, "reason": reason}, as_json=as_json)


def _post_journal(context: typer.Context, file: File, as_json: AsJson = False) -> None:
    """Post a journal: {"narration", "legs": [{"account", "debit" or "credit", "party"?}]}."""
    journal = read_json(file)
    journal["id"] = journal.get("id") or new_id()
    caller_of(context).do("journal", {"journal": journal}, as_json=as_json)


def caller_of(context: typer.Context) -> Caller:
    caller: Caller = context.obj
    return caller
