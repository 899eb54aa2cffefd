"""What the list says of a bill, and what is said of the one that the cursor is on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from dms_desktop.domain.documents import Cancellation
from dms_desktop.domain.goods_line import GoodsLine, Kind, Terms
from dms_desktop.domain.money import Money
from dms_desktop.domain.units import Quantity, spell
from dms_desktop.language.catalogue import N_, _, joined, ngettext
from dms_desktop.language.figures import amount, day_text, grouped, instant_text
from dms_desktop.services.bill_detail import Detail, Event
from dms_desktop.services.bill_list import Listed
from dms_desktop.ui.billing import cells
from dms_desktop.ui.kit.facts import Fact, Tone
from dms_desktop.ui.kit.table import Column

KINDS = (Kind.BILL, Kind.CHALLAN, Kind.ESTIMATE, Kind.ORDER)
TITLES = {
    Kind.BILL: N_("Bills"),
    Kind.CHALLAN: N_("Challans"),
    Kind.ESTIMATE: N_("Estimates"),
    Kind.ORDER: N_("Orders"),
}
EVENTS: Mapping[str, str] = {
    "printed": N_("Printed by {who}: {detail}"),
    "cancelled": N_("Cancelled by {who}: {detail}"),
    "copied": N_("Copied by {who} so as to be righted"),
    "held": N_("Held by {who}: {detail}"),
    "released": N_("Released by {who}"),
    "dropped": N_("The rest dropped by {who}: {detail}"),
}


def _state(row: Listed) -> str:
    if row.cancelled:
        return _("Cancelled")
    return "" if row.printed else _("Not printed")


LISTED: Sequence[Column[Listed]] = (
    Column(N_("Number"), lambda row: row.number, 18),
    Column(N_("Date"), lambda row: day_text(row.day), 11),
    Column(N_("Party"), lambda row: row.party),
    Column(N_("Total ₹"), lambda row: amount(row.total.paise), 15, right=True),
    Column(N_("To be paid ₹"), lambda row: amount(row.open.paise) if row.open else "", 15, True),
    Column(N_("State of paper"), _state, 16),
)


def _quantity(line: GoodsLine) -> str:
    """`2c 6p+1`: billed, and free."""
    return spell(Quantity(line.qty, line.free_qty), line.case, line.inner)


LINES: Sequence[Column[GoodsLine]] = (
    Column(N_("Item"), lambda line: line.name),
    Column(N_("Batch / Expiry"), cells.batch_text, 14),
    Column(N_("Qty"), _quantity, 9, right=True),
    Column(N_("Rate ₹"), lambda line: cells.rate_text(line.rate), 8, right=True),
    Column(N_("Less ₹"), lambda line: _some(line.discount), 8, right=True),
    Column(N_("GST %"), lambda line: cells.tax_text(line.tax_rate), 5, right=True),
    Column(N_("Amount ₹"), lambda line: amount(line.amount.paise), 10, right=True),
)


def _some(value: Money) -> str:
    return amount(value.paise) if value else ""


def facts_of(detail: Detail) -> list[Fact]:
    """Totals, what was paid, and what happened since, in the order in which one asks for them."""
    document = detail.issued.document
    if isinstance(document, Cancellation):
        return []
    return [*_money(detail), *_given(detail), *_paid(detail), *_whose(detail), *_since(detail)]


def _money(detail: Detail) -> list[Fact]:
    totals = getattr(detail.issued.document, "totals", None)
    if totals is None:
        return []
    tax = totals.tax
    named = (
        (_("Taxable"), totals.taxable), (_("CGST"), tax.cgst), (_("SGST"), tax.sgst),
        (_("IGST"), tax.igst), (_("Cess"), tax.cess), (_("Round off"), totals.round_off),
    )  # fmt: skip
    rows = [Fact(name, amount(value.paise), Tone.WEAK) for name, value in named if value]
    return [*rows, Fact(_("Total"), cells.with_sign(totals.total), bold=True)]


def _given(detail: Detail) -> list[Fact]:
    """How many pieces went free for each reason."""
    free: Counter[str] = Counter()
    for line in getattr(detail.issued.document, "lines", ()):
        free[line.free_reason_name] += line.free_qty
    return [
        Fact(_("Free: {reason}").format(reason=reason), grouped(pieces), Tone.WEAK)
        for reason, pieces in free.items()
        if reason
    ]


def _paid(detail: Detail) -> list[Fact]:
    rows = [
        Fact(joined("  ", (paid.number, day_text(paid.day))), amount(paid.amount.paise))
        for paid in detail.paid
    ]
    if detail.open:
        rows.append(Fact(_("To be paid"), cells.with_sign(detail.open), Tone.WARNING))
    elif detail.paid:
        rows.append(Fact(_("Paid"), tone=Tone.GOOD))
    return rows


def _whose(detail: Detail) -> list[Fact]:
    """Terms, salesman, the order that it fulfils, and what came of it."""
    issued, head = detail.issued, detail.issued.document.head
    due = ""
    if head.due_day and head.terms is Terms.CREDIT and issued.document.kind is Kind.BILL:
        due = _("Due {day}").format(day=day_text(head.due_day))
    man = _("Salesman {name}").format(name=issued.salesman) if issued.salesman else ""
    beat = _("Beat {name}").format(name=issued.beat) if issued.beat else ""
    theirs = head.order_no if head.order_no not in detail.came_of else ""
    order = _("Order {number}").format(number=theirs) if theirs else ""
    of = _("Of {numbers}").format(numbers=joined(", ", detail.came_of)) if detail.came_of else ""
    to = _("Became {numbers}").format(numbers=joined(", ", detail.became)) if detail.became else ""
    note = head.note
    return [Fact(text, tone=Tone.WEAK) for text in (due, man, beat, order, of, to, note) if text]


def _since(detail: Detail) -> list[Fact]:
    issued = detail.issued
    saved = _("Saved by {who}").format(who=issued.by)
    rows = [Fact(saved, instant_text(issued.posted_at), Tone.WEAK)]
    if issued.printed > 1:
        times = ngettext("Printed {count} time", "Printed {count} times", issued.printed)
        rows.append(Fact(times.format(count=grouped(issued.printed)), tone=Tone.WEAK))
    return [*rows, *(_event(each) for each in detail.events if each.what in EVENTS)]


def _event(event: Event) -> Fact:
    said = _(EVENTS[event.what]).format(who=event.by, detail=event.detail)
    tone = Tone.FAULT if event.what == "cancelled" else Tone.WEAK
    return Fact(said, instant_text(event.at), tone)
