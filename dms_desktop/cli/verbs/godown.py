"""The godown's own papers at the command line: transfers, adjustments, counts, expired batches."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from dms_desktop.cli import replies
from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs.papers import id_of
from dms_desktop.cli.verbs.stock_papers import told
from dms_desktop.cli.verbs.verb import Json, Verb
from dms_desktop.domain.godown_papers import Carriage
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.refusals import Refused
from dms_desktop.domain.stock_papers import StockLine
from dms_desktop.services import adjustments, counts, documents, expiry, stock_grounds, transfers
from dms_desktop.services.stock_rows import Piece


def _send(shop: Shop, request: Json) -> Json:
    from dms_desktop.cli.shapes_godown import TransferOrder

    said = _checked(TransferOrder, request["order"])
    carried = {name: value for name, value in (said.get("carriage") or {}).items() if value}
    asked = transfers.Sending(
        id_of(said), said["to"], _pieces(said), said.get("godown") or "",
        bool(said.get("direct")), Carriage(**carried), said.get("note") or "",
    )  # fmt: skip
    return _transfer(shop, shop.write(transfers.send, asked).id)


def _receive(shop: Shop, request: Json) -> Json:
    from dms_desktop.cli.shapes_godown import TakingOrder

    said = _checked(TakingOrder, request["order"])
    of = shop.read(documents.find, request["ref"])
    rows = said.get("lines")
    came = None if rows is None else {row["line"] - 1: row.get("came", 0) for row in rows}
    lost = {row["line"] - 1: row["lost"] for row in rows or () if row.get("lost")}
    asked = transfers.Taking(
        id_of(said), of, came, lost, said.get("reason") or "", said.get("note") or ""
    )
    posted = shop.write(transfers.receive, asked)
    return {**told(shop, posted.id), "transfer": _transfer(shop, of)}


def _show(shop: Shop, request: Json) -> Json:
    return _transfer(shop, shop.read(documents.find, request["ref"]))


def _list(shop: Shop, request: Json) -> Json:
    rows = shop.read(transfers.transfers, open_only=request["open"], most=request["limit"])
    return {
        "transfers": [
            {
                "id": str(row.id),
                "number": row.number,
                "day": row.day.isoformat(),
                "source": row.source,
                "to": row.to,
                "pieces": row.pieces,
                "left": row.left,
            }
            for row in rows
        ]
    }


def _transfer(shop: Shop, uid: UUID) -> Json:
    sent: transfers.Sent = shop.read(transfers.show, uid)
    lines = [
        {
            "line": at,
            **_lot(leg.line),
            "bucket": leg.bucket.value,
            "sent": leg.line.qty,
            "came": leg.line.qty if sent.transfer.direct else leg.came,
            "lost": leg.lost,
            "left": 0 if sent.transfer.direct else leg.left,
        }
        for at, leg in enumerate(sent.legs, 1)
    ]
    return {
        **replies.document(sent.issued),
        "source": sent.source.code,
        "to": sent.to.code,
        "direct": sent.transfer.direct,
        "left": sent.left,
        "received_by": list(sent.receipts),
        "lines": lines,
    }


def _adjust(shop: Shop, request: Json) -> Json:
    from dms_desktop.cli.shapes_godown import AdjustmentOrder

    said = _checked(AdjustmentOrder, request["order"])
    shared = (id_of(said), _pieces(said))
    rest = (said["reason"], said.get("godown") or "", said.get("note") or "")
    if said.get("to"):
        moving = adjustments.Moving(*shared, Bucket(said["to"]), *rest)
        return told(shop, shop.write(adjustments.move_bucket, moving).id)
    return told(shop, shop.write(adjustments.adjust, adjustments.Adjusting(*shared, *rest)).id)


def _reasons(shop: Shop, request: Json) -> Json:
    return {
        "reasons": [
            {
                "code": each.code,
                "name": each.name,
                "ledger": each.account,
                "input_tax_reverses": each.reverses,
            }
            for each in shop.read(stock_grounds.grounds)
        ]
    }


def _start(shop: Shop, request: Json) -> Json:
    asked = counts.NewSheet(
        id_of(request), request["scope"], request["what"], request["godown"], request["most"]
    )
    return _sheet(shop, shop.write(counts.start, asked))


def _line(shop: Shop, request: Json) -> Json:
    of = shop.read(counts.find, request["sheet"])
    found: counts.Found = shop.write(counts.count, of, _piece(request))
    return {
        "sheet": str(of),
        **_lot(found.line),
        "bucket": found.bucket.value,
        "book": found.book,
        "counted": found.counted,
        "difference": found.difference,
    }


def _close(shop: Shop, request: Json) -> Json:
    of = shop.read(counts.find, request["sheet"])
    asked = counts.Closing(id_of(request), of, request["reason"], request["note"])
    done: counts.Closed = shop.write(counts.close, asked)
    return {
        "sheet": str(of),
        "counted": done.counted,
        "uncounted": done.uncounted,
        "differing": done.differing,
        "posted": told(shop, done.posted.id) if done.posted else None,
    }


def _show_count(shop: Shop, request: Json) -> Json:
    return _sheet(shop, shop.read(counts.find, request["sheet"]))


def _sheets(shop: Shop, request: Json) -> Json:
    rows = shop.read(counts.sheets, open_only=request["open"], most=request["limit"])
    return {"sheets": [_head(each) for each in rows]}


def _sheet(shop: Shop, uid: UUID) -> Json:
    sheet: counts.Sheet = shop.read(counts.show, uid)
    rows = [
        {
            **_lot(row.line),
            "bucket": row.bucket.value,
            "rack": row.rack,
            "why": row.why,
            "counted": row.counted,
            "book": row.book,
            "tries": row.tries,
        }
        for row in sheet.rows
    ]
    return {**_head(sheet), "rows": rows}


def _head(sheet: counts.Sheet) -> Json:
    return {
        "id": str(sheet.id),
        "number": sheet.key,
        "godown": sheet.godown,
        "scope": sheet.scope,
        "what": sheet.what,
        "opened_at": _instant(sheet.opened_at),
        "closed_at": _instant(sheet.closed_at) if sheet.closed_at else None,
        "paper": sheet.number or None,
        "lots": sheet.lines,
        "done": sheet.done,
    }


def _expire(shop: Shop, request: Json) -> Json:
    verb = expiry.move_anyway if request["yes"] else expiry.move_expired
    done: expiry.Expired = shop.write(verb)
    return {
        "day": done.day.isoformat(),
        "paper": done.posted.number if done.posted else None,
        "moved": [{**_lot(line), "qty": line.qty} for line in done.moved],
        "elsewhere": [
            {**_lot(each.line), "qty": each.line.qty, "where": each.where, "why": each.kind}
            for each in done.elsewhere
        ],
    }


def _lot(line: StockLine) -> Json:
    return {
        "item": line.code,
        "name": line.name,
        "batch": line.batch,
        "expiry": line.expiry.isoformat() if line.expiry else None,
        "mrp": str(line.mrp),
    }


def _instant(micros: int) -> str:
    return datetime.fromtimestamp(micros / 1_000_000, UTC).isoformat(timespec="seconds")


def _checked(shape: Any, said: Json) -> Json:
    from dms_desktop.cli.slips import slips

    if problems := slips(shape, said):
        raise Refused(*problems)
    return said


def _pieces(said: Json) -> tuple[Piece, ...]:
    return tuple(_piece(row) for row in said["lines"])


def _piece(row: Json) -> Piece:
    from dms_desktop.files.register_fields import read_register

    given = {name: row[name] for name in ("mrp", "expiry") if row.get(name)}
    read = read_register("lot", given)
    return Piece(
        row["item"], str(row["qty"]), row.get("batch"), read.get("mrp"), read.get("expiry"),
        Bucket(row.get("bucket") or Bucket.SALEABLE),
    )  # fmt: skip


VERBS = {
    "transfer send": Verb(_send),
    "transfer receive": Verb(_receive),
    "transfer show": Verb(_show, writes=False),
    "transfer list": Verb(_list, writes=False),
    "adjust": Verb(_adjust),
    "adjust reasons": Verb(_reasons, writes=False),
    "count start": Verb(_start),
    "count line": Verb(_line),
    "count close": Verb(_close),
    "count show": Verb(_show_count, writes=False),
    "count list": Verb(_sheets, writes=False),
    "day expire": Verb(_expire),
}
