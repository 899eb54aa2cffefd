"""Papers at the command line: into a file, or on a printer; and the printers that there are."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs.verb import Json, Verb
from dms_desktop.domain.calendar import read_day
from dms_desktop.domain.company import Issued
from dms_desktop.domain.godown_papers import GodownPaper, heading_of
from dms_desktop.domain.printers import COPIES, OWN, PAPERS, PaperKind, Route, sizes_of
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.language.catalogue import language
from dms_desktop.services import documents, papers
from dms_desktop.services import printers as known
from dms_desktop.services.printed import Headline
from dms_desktop.services.registers.printers import PRINT_RULES
from dms_desktop.services.registers.register import told
from dms_desktop.spool.faults import PrinterFault
from dms_desktop.spool.keeping import Numbered, folder_of, keep, paper_name, put
from dms_desktop.spool.printers import queues, send
from dms_desktop.spool.under_way import alone, key_of

Paper = Issued | GodownPaper


def _print(shop: Shop, request: Json) -> Json:
    """With a file and no printer named it is a file alone; with neither the rule says where."""
    kind = PaperKind(request["kind"]) if request.get("kind") else None
    uid = _id_of(shop, kind, request["ref"])
    file, name = request.get("pdf") or "", request.get("printer") or ""
    known_as = kind or shop.read(papers.kind_of, uid)
    own: PaperKind = known_as or PaperKind.BILL  # making it says what is amiss
    with alone(key_of(uid, own)):
        found: tuple[Paper, Route | None] = shop.read(papers.to_print, uid, known_as)
        route = _route(shop, own, name) if name or not file else None
        return _printed(shop, (own, uid), found[0], route, request)


def _id_of(shop: Shop, kind: PaperKind | None, ref: str) -> UUID:
    """Of the document, or of the list or trip that is none."""
    if kind is PaperKind.PICK_LIST:
        from dms_desktop.services import picking_rows

        found: UUID = shop.read(picking_rows.find, ref)
        return found
    if kind in (PaperKind.LOADING_SHEET, PaperKind.DROP_LIST):
        from dms_desktop.services import trip_reads

        trip: UUID = shop.read(trip_reads.find, ref)
        return trip
    document: UUID = shop.read(documents.find, ref)
    return document


def _print_unprinted(shop: Shop, request: Json) -> Json:
    """A printer that fails stops it; what was printed till then is marked, and told. Without a kind
    it is every kind that has a rule."""
    day: date | None = read_day(request["day"]) if request.get("day") else None
    kinds = [PaperKind(request["kind"])] if request.get("kind") else _ruled(shop)
    routes = {kind: _route(shop, kind, request.get("printer") or "") for kind in kinds}
    waiting = _waiting(shop, kinds, day)
    done: list[Json] = []
    for kind, each in waiting:
        try:
            with alone(key_of(each.id, kind)):
                paper = shop.read(papers.to_print, each.id, kind)[0]
                if not _named(paper).printed:
                    done.append(_printed(shop, (kind, each.id), paper, routes[kind], {}))
        except PrinterFault as fault:
            left = len(waiting) - len(done)
            numbers = [paper["number"] for paper in done]
            fault.facts = {**fault.facts, "printed": ", ".join(numbers), "left": left}
            raise
    return {"printed": done, "left": len(_waiting(shop, kinds, day))}


def _waiting(
    shop: Shop, kinds: list[PaperKind], day: date | None
) -> list[tuple[PaperKind, Headline]]:
    return [(kind, each) for kind in kinds for each in shop.read(papers.unprinted, kind, day=day)]


def _ruled(shop: Shop) -> list[PaperKind]:
    """The kinds that are printed here. Refuses NO_PRINTER where none is."""
    found = [kind for kind in PAPERS if shop.read(known.route, kind)]
    if not found:
        raise refuse(Reason.NO_PRINTER, kind=PaperKind.BILL.value)
    return found


def _named(paper: Paper) -> Numbered:
    return paper if isinstance(paper, Issued) else heading_of(paper)


def _printers(shop: Shop, request: Json) -> Json:
    rules = [shop.read(PRINT_RULES.show, each.code) for each in shop.read(PRINT_RULES.find)]
    return {
        "machine": [{"way": way.value, "address": name} for way, name in queues()],
        "books": [told(printer) for printer in shop.read(known.printers)],
        "rules": [told(rule.record) for rule in rules],
    }


def _route(shop: Shop, kind: PaperKind, name: str) -> Route:
    """Refuses UNKNOWN_CODE for a name, and NO_PRINTER where no rule says where."""
    found: Route | None = (
        shop.read(known.route_to, kind, name) if name else shop.read(known.route, kind)
    )
    if found is None:
        raise refuse(Reason.NO_PRINTER, kind=kind.value)
    return found


def _printed(
    shop: Shop, which: tuple[PaperKind, UUID], paper: Paper, route: Route | None, request: Json
) -> Json:
    """It is marked once the printer took it. Raises a PrinterFault; the file is there before."""
    kind, uid = which
    path = _file(shop, kind, paper, route, request)
    where = path.name
    if route:
        send(route.printer, path)
        where = f"{path.name} on {route.printer.code}"
    shop.write(papers.mark, uid, where, kind)
    named = _named(paper)
    return {
        "number": named.number,
        "pdf": str(path),
        "reprint": named.printed > 0,
        "printer": route.printer.code if route else "",
    }


def _file(shop: Shop, kind: PaperKind, paper: Paper, route: Route | None, request: Json) -> Path:
    from dms_desktop.printing.papers import made

    copies = request.get("copies") or (route.copies if route else COPIES)
    size = request.get("size") or (route.size if route else sizes_of(kind)[0])
    if size not in sizes_of(kind):
        raise refuse(Reason.BAD_ENTRY, field="size", value=size)
    told = request.get("language") or language()
    drawer = route is not None and route.printer.drawer
    drawn = made(paper, copies=copies, size=size, language=told, drawer=drawer)
    if not request.get("pdf"):
        name = paper_name(_named(paper), drawn.ending, "" if kind in OWN else kind.value)
        return keep(drawn.data, folder_of(shop.books), name)
    try:
        return put(drawn.data, Path(request["pdf"]))
    except OSError:
        raise refuse(Reason.BAD_ENTRY, field="pdf", value=request["pdf"]) from None


VERBS = {
    "print": Verb(_print),
    "print unprinted": Verb(_print_unprinted),
    "printers": Verb(_printers, writes=False),
}
