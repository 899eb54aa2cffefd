"""What each cell of a row says, and what it holds when it is opened for typing."""

from __future__ import annotations

from collections.abc import Sequence

from dms_desktop.domain.goods_line import GoodsLine
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.units import spell
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import grouped
from dms_desktop.language.sentences import say
from dms_desktop.ui import keys
from dms_desktop.ui.billing import cells
from dms_desktop.ui.billing.rows import Row, What

ITEM, HSN, BATCH, QTY, FREE, RATE, DISCOUNT, TAX, AMOUNT = range(9)
HEADINGS = (
    N_("Item"),
    N_("HSN"),
    N_("Batch / Expiry"),
    N_("Qty"),
    N_("Free"),
    N_("Rate ₹"),
    N_("Disc %"),
    N_("GST %"),
    N_("Amount ₹"),
)
ANSWERS = {
    Reason.ANOTHER_MRP: ("counter.keep_short", "counter.other_mrp"),
    Reason.SHORT_STOCK: ("counter.keep_short",),
}


def texts_of(row: Row) -> tuple[str, ...]:
    """One for each column."""
    if row.what is What.NOTE:
        said = note_text(row.problem) if row.problem else ""
        return (said, *[""] * (len(HEADINGS) - 1))
    if not row.lines:
        return _bare_texts(row)
    first, lot = row.lines[0], row.what is What.LOT
    billed, free, amount = cells.summed(row.lines)
    several = _("{count} lots").format(count=len(row.lines))
    return (
        "" if lot else row.name,
        "" if lot else first.hsn,
        several if len(row.lines) > 1 else cells.batch_text(first),
        grouped(billed),
        grouped(free) if free else "",
        _rates(row.lines),
        "" if lot else cells.discount_text(row.lines),
        "" if lot else cells.tax_text(first.tax_rate),
        cells.rupees(amount),
    )


def editable_text(row: Row, column: int) -> str:
    """What a cell holds when it is opened: as it was typed, or as it would be."""
    if row.what is What.LINE:
        if column == QTY:
            return cells.quantity_text(row.ask, row.item)
        if column == FREE:
            return str(row.ask.free) if row.ask.free else ""
        if column == RATE and row.lines:
            return _rate(row.lines[0]).replace(",", "")
        if column == DISCOUNT and row.ask.discounts is not None:
            return cells.typed_discounts(row.ask)
    return texts_of(row)[column]


def particulars(row: Row) -> str:
    """What tells this pack from its like: code, MRP, and pieces as cases."""
    if not row.item:
        return ""
    parts = [row.item.code]
    if row.lines and row.lines[0].mrp and len({line.mrp for line in row.lines}) == 1:
        parts.append(_("MRP {mrp}").format(mrp=cells.rupees(row.lines[0].mrp)))
    pieces = sum(line.qty for line in row.lines) if row.lines else row.ask.qty
    if row.item.case and pieces >= row.item.case:
        parts.append(spell(pieces, row.item.case, row.item.inner))
    if given := next((line.free_reason_name for line in row.lines if line.free_reason), ""):
        parts.append(_("Free: {reason}").format(reason=given))
    return "  ·  ".join(parts)


def note_text(problem: Problem, *, keys_first: bool = False) -> str:
    """The sentence, and the keys that answer it where it is a question."""
    answers = ANSWERS.get(problem.reason, ()) if problem.facts.get("have") else ()
    captions = "   ·   ".join(map(keys.caption, answers))
    said = (captions, say(problem)) if keys_first else (say(problem), captions)
    return "   ".join(filter(None, said))


def _bare_texts(row: Row) -> tuple[str, ...]:
    """A row that has no price (yet): what was asked for."""
    name = row.name or _("Reading the item…")
    free = grouped(row.ask.free) if row.ask.free else ""
    return (name, row.item.hsn if row.item else "", "", grouped(row.ask.qty), free, *[""] * 4)


def _rates(lines: Sequence[GoodsLine]) -> str:
    """Lots of one row may have several rates, each shown on its own line below."""
    rates = {(line.rate, line.inclusive) for line in lines}
    return _rate(lines[0]) if len(rates) == 1 else ""


def _rate(line: GoodsLine) -> str:
    letters = cells.rate_letters(inclusive=line.inclusive, net=line.net)
    return cells.rate_text(line.rate) + letters
