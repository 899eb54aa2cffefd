"""Files at the command line: tried first, done with --yes, undone as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

HEAD = (
    "code,name,alias,principal,brand,category,hsn,gst_rate,cess_rate,unit,inner,case,barcode,mrp,"
    "keep_batch,active\n"
)
ROWS = (
    "X1,Trial soap 75g,,Trial Brand,Trial,Soap,34011110,5,0,PCS,0,72,,30.00,yes,yes\n"
    "X2,Trial tea 100g,,Trial Brand,Trial,Tea,09023020,5,0,PAC,0,48,,60.00,yes,yes\n"
)
BAD = "X3,Trial salt,,Trial Brand,Trial,Salt,250100,many,0,PAC,0,0,,20.00,no,yes\n"


def items(folder: Path, text: str) -> Path:
    path = folder / "items.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def test_a_file_is_tried_then_done_then_undone(shop: Any, folder: Path) -> None:
    tried = shop("import", "items", items(folder, ROWS + BAD)).json
    assert (tried["rows"], tried["created"], tried["dry_run"]) == (3, 2, True)
    assert [each["row"] for each in tried["refused"]] == [4]  # as the spreadsheet counts
    done = shop("import", "items", folder / "items.csv", "--yes").json
    assert (done["created"], done["changed"], len(done["refused"])) == (2, 0, 1)
    lots = folder / "lots.csv"
    lots.write_text(
        "item,batch,mrp,ptr,pts,cost,packed,expiry,godown,qty\n"
        "X1,T1,30,24,22,20,2026-10-01,2027-10-01,MAIN,100\n"
    )
    assert shop("import", "lots", lots, "--yes").json["created"] == 1
    assert shop("stock", "X1").json["lots"][0]["qty"] == 100
    bill = shop("bill", "post", {"party": "AUN2001", "lines": [{"item": "X1", "qty": 10}]})
    assert bill.code == 0
    stuck = shop("import-undo", 2)
    assert stuck.code == 1  # ten pieces are sold
    shop("bill", "cancel", bill.json["number"], "--reason", "trial")
    assert shop("import-undo", 2).code == 0
    named = shop("import-undo", 1)
    assert named.json["refused"][0]["say"]  # the cancelled bill names the item for ever
    assert [each["state"] for each in shop("imports").json["imports"]] == ["undone", "done"]
    assert shop("verify").code == 0


def test_what_is_no_table_is_refused_with_a_sentence(shop: Any, folder: Path) -> None:
    picture = folder / "items.xlsx"
    picture.write_bytes(b"\xff\xd8\xff\xe0 JFIF" * 100)
    refused = shop("import", "items", picture)
    assert refused.code == 1
    assert refused.json["refused"][0]["reason"] == "bad_file"
