"""A bill, challan, estimate or order as a form, for receipts and for dot-matrix printers."""

from __future__ import annotations

from dms_desktop.domain.company import Issued
from dms_desktop.domain.documents import Bill, Challan, Estimate, Order
from dms_desktop.domain.goods_line import GoodsLine
from dms_desktop.language.catalogue import _, ngettext
from dms_desktop.language.figures import amount, day_text, grouped
from dms_desktop.printing import wording
from dms_desktop.printing.columns import Column, columns_of, rate_text
from dms_desktop.printing.form import Form, Grid, Pair, Voice, ourselves, party_voice, some
from dms_desktop.printing.form import told_state as _state
from dms_desktop.printing.head import shipped
from dms_desktop.printing.paper import Copy, Printable
from dms_desktop.printing.payment import upi_link
from dms_desktop.printing.summary import summary_table, sums
from dms_desktop.printing.wrapping import BETWEEN

_FIRST = frozenset({"sr", "name", "case", "qty", "free", "uqc", "rate", "amount"})
_QUIET = frozenset({"sr", "name", "qty", "free", "uqc", "rate", "amount", "tax", "taxable"})


def bill_form(issued: Issued, language: str, *, by_rate: bool = False) -> Form:
    """`by_rate` sums tax up by rate alone, which is narrower than by HSN.

    Raises ValueError for a document that has no paper."""
    document = issued.document
    if not isinstance(document, Bill | Challan | Estimate | Order):
        raise ValueError(f"no paper is printed of a {document.kind}")
    names, governs = wording.facts_of(issued, document)
    marks = [_(wording.REPRINT)] * (issued.printed > 0)
    marks += [_(wording.CANCELLED)] * issued.cancelled
    words = [(_("Amount in words"), wording.in_words(document.totals.total, language))]
    if how := wording.paid_how(issued):
        words.append((_("Paid"), how))
    return Form(
        title=wording.title(document),
        number=(wording.number_label(document), issued.number),
        day=day_text(document.head.day),
        at=issued.posted_at,
        seller=ourselves(issued.company),
        voices=_voices(document),
        facts=tuple(pair for pair in (*names[1:], *governs) if pair[1]),
        grids=(_goods(document),),
        under=wording.under_title(document, issued.company.gst_type),
        marks=tuple(marks),
        extra=_taxes(document, by_rate=by_rate),
        sums=tuple(sums(document)),
        grand=(_("Total"), wording.rupees(document.totals.total)),
        words=tuple(words),
        notes=_notes(issued, document),
        strong=tuple(wording.footnotes(document)),
        code=upi_link(issued),
        signs=_signs(issued, document),
        by=_("Prepared by {name}").format(name=issued.by),
        cancelled=issued.cancelled,
        copies={copy: wording.copy_mark(document, copy) for copy in Copy},
    )


def _voices(document: Printable) -> tuple[Voice, ...]:
    party = wording.buyer(document)
    voices = [party_voice(wording.buyer_label(document), party)]
    if shipped(party):
        to = some(party.ship_to or party.address, _state(party.ship_state or party.state))
        voices.append(Voice(_("SHIP TO"), to[0], to[1:]))
    return tuple(voices)


def _goods(document: Printable) -> Grid:
    lines = document.lines
    columns = columns_of(document)
    count = ngettext("Total of {count} line", "Total of {count} lines", len(lines))

    def carried(column: Column, rows: int) -> str:
        return column.carried(lines[:rows]) if column.carried else ""

    return Grid(
        columns,
        first=_FIRST,
        ends=tuple((_how_many(line), amount(line.amount.paise)) for line in lines),
        quiet=_QUIET,
        total=count.format(count=len(lines)),
        carried=carried,
    )


def _how_many(line: GoodsLine) -> str:
    """`24 + 1 free PAC × 8.38`."""
    many = grouped(line.qty)
    if line.free_qty:
        many = _("{count} + {free} free").format(count=many, free=grouped(line.free_qty))
    return f"{many} {line.uqc} × {rate_text(line.rate)}{wording.rate_mark(line)}"


def _taxes(document: Printable, *, by_rate: bool) -> tuple[Grid, ...]:
    """Tax as a table, its last row the sum; by rate the halves of each rate are not said again."""
    rows = summary_table(document, by_rate=by_rate)
    if not rows:
        return ()
    if by_rate:
        halves = {at for at, head in enumerate(rows[0]) if at and head.endswith("%")}
        rows = [tuple(c for at, c in enumerate(row) if at not in halves) for row in rows]
    heads, *body = rows
    columns = tuple(
        Column(
            "name" if not at else f"tax{at}",
            tuple(head.split(" ", 1)) if len(head) > 8 else (head,),
            tuple(row[at] for row in body[:-1]),
            right=bool(at),
            total=body[-1][at] if at else "",
        )
        for at, head in enumerate(heads)
    )
    return (Grid(columns, total=body[-1][0]),)


def _notes(issued: Issued, document: Printable) -> tuple[str, ...]:
    company = issued.company
    if isinstance(document, Challan):  # nothing is owed on it yet
        return some(company.warranty)
    bank = [
        company.bank_name,
        _("A/c {number}").format(number=company.bank_account) if company.bank_account else "",
        f"IFSC {company.bank_ifsc}" if company.bank_ifsc else "",
        f"UPI {company.vpa}" if company.vpa else "",
    ]
    paid_at = BETWEEN.join(part for part in bank if part)
    return some(
        _("Bank: {account}").format(account=paid_at) if paid_at else "",
        company.terms,
        company.warranty,
    )


def _signs(issued: Issued, document: Printable) -> tuple[Pair, ...]:
    ours = (_("For {company}").format(company=issued.company.name), _("Authorised signatory"))
    taken = (_("Received in good order"), _("Signature and stamp"))
    return (taken, ours) if isinstance(document, Bill | Challan) else (ours,)
