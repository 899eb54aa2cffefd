"""What a paper says, in the words that the law or the trade has for it."""

from __future__ import annotations

from dms_desktop.domain.company import Issued
from dms_desktop.domain.documents import Bill, Challan, Estimate, Order
from dms_desktop.domain.facts import Party
from dms_desktop.domain.goods_line import GoodsLine, Mode, Paper, Payment, Terms
from dms_desktop.domain.money import Money
from dms_desktop.domain.states import UnknownState, state
from dms_desktop.domain.tax import Basis, GstType
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import RupeeSign, amount, day_text
from dms_desktop.language.words import amount_in_words
from dms_desktop.printing.paper import Copy, Printable

REPRINT = N_("REPRINT")
CANCELLED = N_("CANCELLED")

_TITLES = {
    Paper.TAX_INVOICE: "TAX INVOICE",
    Paper.BILL_OF_SUPPLY: "BILL OF SUPPLY",
    Paper.INVOICE_CUM_BILL_OF_SUPPLY: "INVOICE-CUM-BILL OF SUPPLY",
}
_COMPOSITION = "Composition taxable person, not eligible to collect tax on supplies"
_SEZ = "Supply to SEZ unit or SEZ developer for authorised operations on payment of integrated tax"
_INVOICE_COPIES = {
    Copy.ORIGINAL: "ORIGINAL FOR RECIPIENT",
    Copy.DUPLICATE: "DUPLICATE FOR TRANSPORTER",
    Copy.TRIPLICATE: "TRIPLICATE FOR SUPPLIER",
}
CHALLAN_COPIES = {
    Copy.ORIGINAL: "ORIGINAL FOR CONSIGNEE",
    Copy.DUPLICATE: "DUPLICATE FOR TRANSPORTER",
    Copy.TRIPLICATE: "TRIPLICATE FOR CONSIGNER",
}
_MODES = {
    Mode.CASH: N_("Cash"),
    Mode.UPI: N_("UPI"),
    Mode.CARD: N_("Card"),
    Mode.BANK: N_("Bank"),
    Mode.CHEQUE: N_("Cheque"),
}


def title(document: Printable) -> str:
    match document:
        case Bill():
            return _TITLES[document.paper]
        case Challan():
            return "DELIVERY CHALLAN"
        case Estimate():
            return "ESTIMATE"
        case Order():
            return "ORDER CONFIRMATION"


def under_title(document: Printable, seller: GstType) -> str:
    """The words that the law wants beneath the title, or a warning of what the paper is not."""
    match document:
        case Bill(paper=Paper.BILL_OF_SUPPLY) if seller is GstType.COMPOSITION:
            return _COMPOSITION  # Rule 5(1)(f) of the CGST Rules
        case Bill(paper=Paper.TAX_INVOICE) if buyer(document).gst_type is GstType.SEZ:
            return _SEZ
        case Estimate():
            return _("Not a tax invoice: no goods move and no tax credit is taken on it")
        case Order():
            return _("Not a tax invoice: the bill comes with the goods")
        case _:
            return ""


def copy_mark(document: Printable, copy: Copy) -> str:
    """Rule 48; Rule 55(2) for a challan; other papers come in no statutory copies."""
    match document:
        case Bill():
            return _INVOICE_COPIES[copy]
        case Challan():
            return CHALLAN_COPIES[copy]
        case _:
            return ""


def buyer(document: Printable) -> Party:
    assert document.head.party is not None, "a paper is made out to somebody"
    return document.head.party


def state_name(code: str) -> str:
    """`27 - Maharashtra`; a code that GST does not know stands as it is."""
    try:
        known = state(code)
    except UnknownState:
        return code
    return f"{known.code} - {_(known.name)}"


def levies_utgst(place_of_supply: str) -> bool:
    """Whether the second half of the tax is called UTGST there."""
    try:
        return state(place_of_supply).utgst
    except UnknownState:
        return False


def place_line(*parts: str) -> str:
    """Address, city and PIN on one line, without what is empty."""
    return ", ".join(part.strip() for part in parts if part.strip())


def gstin_or_unregistered(party: Party) -> str:
    return party.gstin or _("Unregistered")


def terms_of(document: Printable) -> str:
    head = document.head
    if head.terms is Terms.CASH:
        return _("Cash")
    days = (head.due_day - head.day).days if head.due_day else 0
    return _("Credit, {days} days").format(days=days) if days else _("Credit")


def paid_how(issued: Issued) -> str:
    """Part by part, as `UPI 50.00 ref UTR77, Cash 12.00`; nothing where the terms say it all."""
    paid = issued.paid
    if issued.document.head.terms is Terms.CASH and [part.mode for part in paid] == [Mode.CASH]:
        return ""
    return ", ".join(_part(part) for part in paid)


def _part(paid: Payment) -> str:
    part = f"{_(_MODES[paid.mode])} {amount(paid.amount.paise)}"
    return _("{part} ref {ref}").format(part=part, ref=paid.ref) if paid.ref else part


def number_label(document: Printable) -> str:
    match document:
        case Bill(paper=Paper.BILL_OF_SUPPLY):
            return _("Bill no.")
        case Bill():
            return _("Invoice no.")
        case Challan():
            return _("Challan no.")
        case Estimate():
            return _("Estimate no.")
        case Order():
            return _("Order no.")


def buyer_label(document: Printable) -> str:
    return _("CONSIGNEE") if isinstance(document, Challan) else _("BILL TO")


def note_of(document: Printable) -> tuple[str, str]:
    """Label and text of what the clerk wrote; on a challan it is the reason for the transport."""
    if isinstance(document, Challan):
        return _("Reason"), document.reason.capitalize()
    return _("Note"), document.head.note


def facts_of(issued: Issued, document: Printable) -> tuple[list[tuple[str, str]], ...]:
    """The head's pairs in two lots: what names the paper, and what governs the supply."""
    head = document.head
    bill = isinstance(document, Bill)
    due = head.due_day if bill and head.terms is Terms.CREDIT else None
    first = [
        (_("Date"), day_text(head.day)),
        (_("Terms"), terms_of(document) if not isinstance(document, Challan) else ""),
        (_("Due date"), day_text(due) if due else ""),
        (_("Order ref."), head.order_no),
    ]
    second = [
        (_("Place of supply"), state_name(head.place_of_supply)),
        (_("Reverse charge"), (_("Yes") if head.reverse_charge else _("No")) if bill else ""),
        (_("Salesman"), issued.salesman),
        (_("Beat"), issued.beat),
        (_("Transport"), head.transport),
        note_of(document),
    ]
    return first, second


def footnotes(document: Printable) -> list[str]:
    """What the marks on the lines mean, and what follows from the head."""
    lines, notes = document.lines, []
    if any(line.inclusive for line in lines):
        notes.append(_("* Rate includes GST"))
    if any(line.tax_rate.basis is Basis.RETAIL_PRICE for line in lines):
        notes.append(_("# Tax computed on the retail sale price"))
    if document.head.reverse_charge:
        notes.append(_("Tax is payable by the recipient on reverse charge"))
    return notes


def in_words(total: Money, language: str) -> str:
    """The total in words, in Hindi for `hi`, else in English, in which the books are kept."""
    return amount_in_words(total.paise, "hi" if language.startswith("hi") else "en")


def rupees(money: Money) -> str:
    return amount(money.paise, RupeeSign.SYMBOL)


def rate_mark(line: GoodsLine) -> str:
    return "*" if line.inclusive else ""


def tax_mark(line: GoodsLine) -> str:
    return "#" if line.tax_rate.basis is Basis.RETAIL_PRICE else ""
