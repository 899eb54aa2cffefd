"""Papers at the command line: into a file, or on a printer; and the printers that there are."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs.verb import Json, Verb
from dms_desktop.domain.calendar import read_day
from dms_desktop.domain.company import Issued
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.printers import COPIES, SIZES, Route
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.language.catalogue import language
from dms_desktop.services import documents, printed
from dms_desktop.services import printers as known
from dms_desktop.services.registers.printers import PRINT_RULES
from dms_desktop.services.registers.register import told
from dms_desktop.spool.faults import PrinterFault
from dms_desktop.spool.keeping import folder_of, keep, paper_name, put
from dms_desktop.spool.printers import queues, send
from dms_desktop.spool.under_way import alone


def _print(shop: Shop, request: Json) -> Json:
    """With a file and no printer named it is a file alone; with neither the rule says where."""
    uid: UUID = shop.read(documents.find, request["ref"])
    file, name = request.get("pdf") or "", request.get("printer") or ""
    with alone(uid):
        issued: Issued = shop.read(documents.issued, uid)
        route = _route(shop, issued.document.kind, name) if name or not file else None
        return _printed(shop, issued, route, request)


def _print_unprinted(shop: Shop, request: Json) -> Json:
    """A printer that fails stops it; what was printed till then is marked, and told."""
    kind = Kind(request["kind"])
    route = _route(shop, kind, request.get("printer") or "")
    day: date | None = read_day(request["day"]) if request.get("day") else None
    waiting: list[printed.Headline] = shop.read(printed.unprinted, kind, day=day)
    done: list[Json] = []
    for each in waiting:
        try:
            with alone(each.id):
                issued: Issued = shop.read(documents.issued, each.id)
                done += [] if issued.printed else [_printed(shop, issued, route, {})]
        except PrinterFault as fault:
            left = len(waiting) - len(done)
            numbers = [paper["number"] for paper in done]
            fault.facts = {**fault.facts, "printed": ", ".join(numbers), "left": left}
            raise
    return {"printed": done, "left": len(shop.read(printed.unprinted, kind, day=day))}


def _printers(shop: Shop, request: Json) -> Json:
    rules = [shop.read(PRINT_RULES.show, each.code) for each in shop.read(PRINT_RULES.find)]
    return {
        "machine": [{"way": way.value, "address": name} for way, name in queues()],
        "books": [told(printer) for printer in shop.read(known.printers)],
        "rules": [told(rule.record) for rule in rules],
    }


def _route(shop: Shop, kind: Kind, name: str) -> Route:
    """Refuses UNKNOWN_CODE for a name, and NO_PRINTER where no rule says where."""
    found: Route | None = (
        shop.read(known.route_to, kind, name) if name else shop.read(known.route, kind)
    )
    if found is None:
        raise refuse(Reason.NO_PRINTER, kind=kind.value)
    return found


def _printed(shop: Shop, issued: Issued, route: Route | None, request: Json) -> Json:
    """It is marked once the printer took it. Raises a PrinterFault; the file is there before."""
    path = _file(shop, issued, route, request)
    where = path.name
    if route:
        send(route.printer, path)
        where = f"{path.name} on {route.printer.code}"
    shop.write(printed.mark, issued.document.head.id, where)
    return {
        "number": issued.number,
        "pdf": str(path),
        "reprint": issued.printed > 0,
        "printer": route.printer.code if route else "",
    }


def _file(shop: Shop, issued: Issued, route: Route | None, request: Json) -> Path:
    from dms_desktop.printing.paper import Copy, Size
    from dms_desktop.printing.papers import made

    copies = request.get("copies") or (route.copies if route else COPIES)
    size = request.get("size") or (route.size if route else SIZES[0])
    told = request.get("language") or language()
    paper = made(issued, copies=tuple(map(Copy, copies)), size=Size(size), language=told)
    if not request.get("pdf"):
        return keep(paper.data, folder_of(shop.books), paper_name(issued, paper.ending))
    try:
        return put(paper.data, Path(request["pdf"]))
    except OSError:
        raise refuse(Reason.BAD_ENTRY, field="pdf", value=request["pdf"]) from None


VERBS = {
    "print": Verb(_print),
    "print unprinted": Verb(_print_unprinted),
    "printers": Verb(_printers, writes=False),
}
