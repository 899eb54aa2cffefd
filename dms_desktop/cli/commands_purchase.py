"""`dms purchase order|post|provisional|transit|show|list|orders|excess|cancel|import|qr`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from dms_desktop.cli.caller import new_id, read_json
from dms_desktop.cli.commands_papers import AsJson, Ref, caller_of, cancel

KINDS = ("purchase_order", "goods_receipt", "provisional_receipt", "goods_in_transit")
File = Annotated[Path, typer.Argument(help="A JSON file, or - for standard input.")]
Supplier = Annotated[str, typer.Option(help="Code of a supplier.")]


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Buying: goods in and the brand's invoices.")
    group.command("order")(_poster("purchase_order", "Order from a supplier."))
    group.command("post")(_poster("goods_receipt", "Take goods in with their invoice."))
    group.command("provisional")(
        _poster("provisional_receipt", "Take goods in whose invoice is still to come.")
    )
    group.command("transit")(
        _poster("goods_in_transit", "Book an invoice whose goods are still to come.")
    )
    group.command("show")(show)
    group.command("list")(list_)
    group.command("orders")(orders)
    group.command("excess")(excess)
    group.command("cancel")(cancel)
    group.command("import")(import_)
    group.command("qr")(qr)
    app.add_typer(group, name="purchase")


def _poster(kind: str, says: str) -> Callable[..., None]:
    def post(
        context: typer.Context,
        file: File,
        check: Annotated[
            bool, typer.Option("--check", help="Only say what it comes to and what is wrong.")
        ] = False,
        as_json: AsJson = False,
    ) -> None:
        order = read_json(file)
        order["id"] = order.get("id") or new_id()
        request = {"kind": kind, "order": order, "check": check}
        caller_of(context).do("purchase post", request, as_json=as_json)

    post.__doc__ = f"{says} Saving the same id twice posts it once."
    return post


def show(context: typer.Context, ref: Ref, as_json: AsJson = False) -> None:
    """Show one as it lies in the books; the supplier's own number will do."""
    caller_of(context).do("purchase show", {"ref": ref}, as_json=as_json)


def list_(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="A part of a number or a name.")] = "",
    supplier: Supplier = "",
    kind: Annotated[str, typer.Option(help=", ".join(KINDS))] = "",
    first: Annotated[str, typer.Option("--from", help="As 2026-11-21.")] = "",
    last: Annotated[str, typer.Option("--to", help="As 2026-11-21.")] = "",
    limit: Annotated[int, typer.Option(help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """The newest purchases."""
    if kind and kind not in KINDS:
        raise typer.BadParameter(f"one of {', '.join(KINDS)} is wanted")
    request = {
        "text": text,
        "supplier": supplier,
        "kind": kind,
        "from": first,
        "to": last,
        "limit": limit,
    }
    caller_of(context).do("purchase list", request, as_json=as_json)


def orders(context: typer.Context, supplier: Supplier = "", as_json: AsJson = False) -> None:
    """Orders of which something is still to come."""
    caller_of(context).do("purchase orders", {"supplier": supplier}, as_json=as_json)


def excess(
    context: typer.Context,
    line: Annotated[int, typer.Argument(help="The line that is let go; none only lists.")] = 0,
    qty: Annotated[int, typer.Option(help="Pieces that are let go.")] = 0,
    way: Annotated[str, typer.Option(help="billed or sent_back")] = "billed",
    note: Annotated[str, typer.Option(help="By which paper.")] = "",
    supplier: Supplier = "",
    as_json: AsJson = False,
) -> None:
    """What came beyond the invoices and is held, owed by nobody."""
    request = {"line": line, "qty": qty, "way": way, "note": note, "supplier": supplier}
    caller_of(context).do("purchase excess", request, as_json=as_json)


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The brand's .xlsx, .csv or .json.")],
    supplier: Annotated[str, typer.Option(help="Code of the supplier.")],
    column: Annotated[
        list[str] | None,
        typer.Option(help="field=heading, kept for this supplier; as often as wanted."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without, only show.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take in the brand's own invoice file; its columns are learnt once for each supplier."""
    pairs = [each.partition("=") for each in column or ()]
    if any(not mark for _, mark, _ in pairs):
        raise typer.BadParameter("--column is field=heading")
    request = {
        "file": str(file.resolve()),
        "supplier": supplier,
        "columns": {name.strip(): heading.strip() for name, _, heading in pairs},
        "yes": yes,
    }
    caller_of(context).do("purchase import", request, as_json=as_json)


def qr(
    context: typer.Context,
    scan: Annotated[str, typer.Argument(help="What the scanner read; - for standard input.")],
    as_json: AsJson = False,
) -> None:
    """The head of a purchase from the QR of an e-invoice; read, not verified."""
    text = typer.get_text_stream("stdin").read() if scan == "-" else scan
    caller_of(context).do("purchase qr", {"scan": text}, as_json=as_json)
