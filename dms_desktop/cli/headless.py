"""What the program does where there is no screen: a sample company, one bill, and its paper."""

from __future__ import annotations

from pathlib import Path

import typer

from dms_desktop.cli import founding
from dms_desktop.cli.caller import new_id
from dms_desktop.cli.shop import enter, open_database
from dms_desktop.cli.verbs import VERBS

ORDER = {
    "party": "AUN2001",
    "order_no": "SAMPLE-1",
    "allow": ["credit_limit"],  # each run bills once more, and nobody pays
    "lines": [
        {"item": "ANV001", "qty": "12+1"},
        {"item": "ANV002", "qty": 36, "discounts": ["2.5"]},
        {"item": "ANV003", "qty": "1c"},
    ],
}


def headless(folder: Path) -> None:
    """Make them in `folder`, or bill once more where the sample company is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    books = folder / "sample.db"
    if not books.exists():
        founding.found(books, founding.sample_company())
        founding.fill(books, "")
    database = open_database(books)
    try:
        shop = enter(books, database, "owner", "")
        bill = VERBS["post"].do(shop, {"kind": "bill", "order": ORDER | {"id": new_id()}})
        paper = folder / f"{bill['number'].replace('/', '-')}.pdf"
        VERBS["print"].do(shop, {"ref": bill["id"], "pdf": str(paper)})
        proof = VERBS["verify"].do(shop, {})
    finally:
        database.close()
    typer.echo(f"books:  {books}")
    typer.echo(f"bill:   {bill['number']} to {bill['party']['name']}, {bill['total']} rupees")
    typer.echo(f"paper:  {paper}")
    typer.echo("verify: clean" if proof["clean"] else "verify: DAMAGED")
