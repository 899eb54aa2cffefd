"""Goods receipt notes, transfer notes and returns to the supplier as forms: what goes in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dms_desktop.domain.godown_papers import DropList as Drops
from dms_desktop.domain.godown_papers import (
    Goods,
    Note,
    PickSheet,
    ReceiptNote,
    ReceiptRow,
    ReturnPaper,
    ReturnRow,
    SupplierReturnNote,
    TransferNote,
)
from dms_desktop.domain.godown_papers import LoadingSheet as Loading
from dms_desktop.domain.money import Money
from dms_desktop.domain.tax import Gst
from dms_desktop.language.catalogue import _, ngettext
from dms_desktop.language.figures import amount, day_text
from dms_desktop.printing import note_parts as parts
from dms_desktop.printing.columns import NAME, Column, rate_text
from dms_desktop.printing.form import Form, Grid, Pair, ourselves
from dms_desktop.printing.note_forms import bare, drop_form, loading_form, pick_form
from dms_desktop.printing.note_parts import count, figure, filled, money, text, to_write
from dms_desktop.printing.wording import CHALLAN_COPIES, in_words, rupees

_RETURN_TITLES = {
    ReturnPaper.DEBIT_NOTE: "DEBIT NOTE",
    ReturnPaper.CHALLAN: "DELIVERY CHALLAN",
    ReturnPaper.BOTH: "DEBIT NOTE AND DELIVERY CHALLAN",
}
_RULE_55 = "Rule 55 of the CGST Rules, 2017"


def note_form(note: Note, language: str) -> Form:
    """Any paper of the godown but its labels."""
    match note:
        case PickSheet():
            return pick_form(note)
        case Loading():
            return loading_form(note)
        case Drops():
            return drop_form(note)
        case ReceiptNote():
            return _receipt(note)
        case TransferNote():
            return _transfer(note, language)
        case SupplierReturnNote():
            return _return(note, language)


def _receipt(note: ReceiptNote) -> Form:
    billed = f"{note.invoice}, {day_text(note.invoice_day)}" if note.invoice_day else note.invoice
    facts = [
        (_("Invoice"), billed),
        (_("Purchase order"), note.order),
        *parts.carriage_facts(note.carriage),
    ]
    form = bare(note.heading, _("GOODS RECEIPT NOTE"), facts, [_received(note.rows)])
    sums = (
        (_("Taxable value"), money(note.taxable)),
        *_taxes(note.tax),
        (_("Freight and TCS"), money(note.charges)),
        (_("Round off"), money(note.round_off)),
    )
    strong = [_mrp_changed(row) for row in note.rows if row.mrp_before is not None]
    if not note.invoice:
        strong.insert(0, _("Provisional: the supplier's invoice is awaited."))
    return replace(
        form,
        voices=(parts.site_voice(_("SUPPLIER"), note.supplier),),
        sums=tuple(pair for pair in sums if pair[1]),
        grand=(_("Invoice total"), rupees(note.total)) if note.total else ("", ""),
        words=((_("Claimed from the supplier"), rupees(note.claimed)),) if note.claimed else (),
        strong=tuple(strong),
        signs=parts.signatures(_("Gate"), _("Store keeper"), _("Checked by")),
    )


def _received(rows: Sequence[ReceiptRow]) -> Grid:
    goods = [row.goods for row in rows]
    columns = filled(
        parts.numbered(len(rows)),
        *parts.goods_columns(goods),
        _counted("billed", _("Billed"), [row.billed for row in rows]),
        _counted("good", _("Good"), [one.qty for one in goods]),
        _counted("free", _("Free"), [row.free for row in rows]),
        _counted("short", _("Short"), [row.short for row in rows]),
        _counted("damaged", _("Damaged"), [row.damaged for row in rows]),
        _counted("excess", _("Excess"), [row.excess for row in rows]),
        figure("rate", _("Rate"), [rate_text(row.rate) if row.rate else "" for row in rows]),
        parts.valued(goods),
        text("remark", _("Remark"), [row.remark for row in rows]),
    )
    ends = tuple((_told_billed(row), parts.many(row.goods.qty, row.goods.case)) for row in rows)
    return Grid(
        columns,
        first=frozenset({"sr", NAME, "billed", "good", "short", "damaged", "value"}),
        ends=ends,
        quiet=frozenset({"billed", "good", "code"}),
        total=_lines(len(rows)),
    )


def _transfer(note: TransferNote, language: str) -> Form:
    rows = note.rows
    goods = [row.goods for row in rows]
    open_still = any(row.received is None for row in rows)
    received = [row.received or 0 for row in rows]
    columns = filled(
        parts.numbered(len(rows)),
        *_named_goods(goods),
        *parts.quantity(goods),
        text("uqc", _("Unit"), [one.uqc for one in goods]),
        parts.valued(goods),
        *(
            (to_write("received", _("Received"), len(rows)),)
            if open_still
            else (
                _counted("received", _("Received"), received),
                _counted(
                    "short", _("Short"), [row.goods.qty - (row.received or 0) for row in rows]
                ),
            )
        ),
    )
    grid = Grid(
        columns,
        first=frozenset({"sr", NAME, "qty", "pieces", "value"}),
        ends=tuple((money(one.value), parts.many(one.qty, one.case)) for one in goods),
        quiet=frozenset({"qty", "value", "code"} | ({"received"} if open_still else set())),
        total=_lines(len(rows)),
    )
    facts = [(_("Reason"), note.reason), *parts.carriage_facts(note.carriage)]
    value = Money(sum(one.value.paise for one in goods))
    under = _("Transfer between our own godowns, not a supply · {rule}").format(rule=_RULE_55)
    return replace(
        bare(note.heading, "DELIVERY CHALLAN", facts, [grid]),
        seller=ourselves(note.heading.company),
        under=under,
        number=(_("Challan no."), note.heading.number),
        voices=(
            parts.site_voice(_("CONSIGNER"), note.origin),
            parts.site_voice(_("CONSIGNEE"), note.target),
        ),
        grand=(_("Value"), rupees(value)),
        words=((_("Amount in words"), in_words(value, language)),) if value else (),
        signs=_challan_signs(note.heading.company.name),
        copies=CHALLAN_COPIES,
    )


def _return(note: SupplierReturnNote, language: str) -> Form:
    challan = note.paper is not ReturnPaper.DEBIT_NOTE
    value = Money(sum(row.goods.value.paise for row in note.rows))
    facts = [
        (_("Debit note") if challan else _("Challan"), note.other),
        (_("Reason"), note.reason),
        *parts.carriage_facts(note.carriage),
    ]
    taxes = sum((row.tax for row in note.rows), Gst())
    sums = ((_("Taxable value"), amount(value.paise)), *_taxes(taxes))
    label = _("Challan no.") if note.paper is ReturnPaper.CHALLAN else _("Debit note no.")
    return replace(
        bare(note.heading, _RETURN_TITLES[note.paper], facts, [_back(note)]),
        seller=ourselves(note.heading.company),
        under=_("Goods returned to the supplier · {rule}").format(rule=_RULE_55) if challan else "",
        number=(label, note.heading.number),
        voices=(parts.site_voice(_("CONSIGNEE") if challan else _("SUPPLIER"), note.supplier),),
        sums=sums,
        grand=(_("Total"), rupees(value + taxes.total)),
        words=((_("Amount in words"), in_words(value + taxes.total, language)),),
        signs=_challan_signs(note.heading.company.name),
        copies=CHALLAN_COPIES if challan else {},
    )


def _back(note: SupplierReturnNote) -> Grid:
    rows = note.rows
    goods = [row.goods for row in rows]
    columns = filled(
        parts.numbered(len(rows)),
        *_named_goods(goods),
        *parts.quantity(goods),
        text("uqc", _("Unit"), [one.uqc for one in goods]),
        figure("rate", _("Rate"), [rate_text(row.rate) if row.rate else "" for row in rows]),
        text("bills", _("Against"), [row.invoice for row in rows]),
        text("reason", _("Reason"), [row.reason for row in rows]),
        parts.valued(goods),
        figure("tax", _("Tax"), [money(row.tax.total) for row in rows]),
    )
    return Grid(
        columns,
        first=frozenset({"sr", NAME, "qty", "rate", "value", "tax"}),
        ends=tuple((parts.many(row.goods.qty, row.goods.case), _worth(row)) for row in rows),
        quiet=frozenset({"qty", "value", "tax", "code"}),
        total=_lines(len(rows)),
    )


def _named_goods(goods: Sequence[Goods]) -> list[Column]:
    """With the HSN, which a challan must show."""
    name, code, *rest = parts.goods_columns(goods)
    return [name, code, text("hsn", _("HSN"), [one.hsn for one in goods]), *rest]


def _counted(key: str, heading: str, pieces: Sequence[int]) -> Column:
    return figure(key, heading, [count(each) for each in pieces], count(sum(pieces)))


def _taxes(tax: Gst) -> tuple[Pair, ...]:
    heads = (("IGST", tax.igst), ("CGST", tax.cgst), ("SGST", tax.sgst), (_("Cess"), tax.cess))
    return tuple((head, amount(part.paise)) for head, part in heads if part)


def _lines(rows: int) -> str:
    said = ngettext("Total of {count} line", "Total of {count} lines", rows)
    return said.format(count=rows)


def _told_billed(row: ReceiptRow) -> str:
    return _("Billed {count}").format(count=parts.many(row.billed, row.goods.case))


def _mrp_changed(row: ReceiptRow) -> str:
    said = _("{item}: MRP {now}, at the last receipt {before}.")
    before = amount(row.mrp_before.paise) if row.mrp_before is not None else ""
    return said.format(item=row.goods.name, now=amount(row.goods.mrp.paise), before=before)


def _worth(row: ReturnRow) -> str:
    return amount((row.goods.value + row.tax.total).paise)


def _challan_signs(company: str) -> tuple[Pair, ...]:
    ours = _("For {company}").format(company=company)
    return (
        (_("Received in good order"), _("Signature and stamp")),
        (ours, _("Authorised signatory")),
    )
