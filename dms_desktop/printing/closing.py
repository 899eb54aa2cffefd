"""The foot of a paper's last sheet: tax by HSN, sums, words, how to pay, and where to sign."""

from __future__ import annotations

from collections.abc import Sequence

from dms_desktop.domain.company import Company, Issued
from dms_desktop.domain.documents import Bill, Challan
from dms_desktop.language.catalogue import _
from dms_desktop.printing import wording
from dms_desktop.printing.blocks import (
    EMPTY,
    LEADING,
    Block,
    Panel,
    Said,
    baseline,
    beside,
    paragraph,
    stack,
)
from dms_desktop.printing.fonts import Faces
from dms_desktop.printing.paper import HAIR_GRAY, LABEL_GRAY, SHADE, Ink, Printable, Style
from dms_desktop.printing.payment import code_block, upi_link
from dms_desktop.printing.pen import Pen
from dms_desktop.printing.summary import summary_table, sums
from dms_desktop.printing.wording import rupees
from dms_desktop.printing.wrapping import BETWEEN

_GAP = 4.0
_CELL = 2.0


def closing(
    issued: Issued, document: Printable, style: Style, faces: Faces, *, language: str, by_rate: bool
) -> list[Block]:
    """The bands. `by_rate` sums tax up by rate alone, which is shorter than by HSN."""
    code = _payment(issued, style, faces)
    right = style.inner * 0.36
    middle = style.code + 4 * style.pad if code.height and not style.stacked else 0
    left = style.inner - right - middle
    words = _words(issued, document, left - 2 * style.pad, style, faces, language)
    rows = summary_table(document, by_rate=by_rate)
    table = _summary(rows, left - 2 * style.pad, style, faces)
    panels = [Panel(left, stack([table, words], _GAP))]
    if middle:
        panels.append(Panel(middle, code))
    high = max(panel.block.height for panel in panels)
    panels.append(Panel(right, _sums(document, right - 2 * style.pad, high, style)))
    foot = _foot(issued, document, style, faces, EMPTY if middle else code)
    return [beside(panels, style.pad), foot]


def _foot(issued: Issued, document: Printable, style: Style, faces: Faces, code: Block) -> Block:
    """Bank, terms and warranty, the payment code, and room for two signatures."""
    signer = style.inner * 0.27
    receiver = style.inner * 0.19 if isinstance(document, Bill | Challan) else 0
    pay = style.code + 4 * style.pad if code.height else 0
    left = style.inner - receiver - signer - pay
    panels = [Panel(left, _notes(issued.company, document, left - 2 * style.pad, style, faces))]
    if pay:
        panels.append(Panel(pay, code))
    if receiver:
        taken = _("Received in good order")
        sign = _signature(taken, _("Signature and stamp"), receiver, style, faces)
        panels.append(Panel(receiver, sign))
    ours = _("For {company}").format(company=issued.company.name)
    theirs = _("Authorised signatory")
    panels.append(Panel(signer, _signature(ours, theirs, signer, style, faces)))
    return beside(panels, style.pad)


def _notes(
    company: Company, document: Printable, width: float, style: Style, faces: Faces
) -> Block:
    bank = [
        company.bank_name,
        _("A/c {number}").format(number=company.bank_account) if company.bank_account else "",
        f"IFSC {company.bank_ifsc}" if company.bank_ifsc else "",
        f"UPI {company.vpa}" if company.vpa else "",
    ]
    told = BETWEEN.join(part for part in bank if part)
    texts = [
        _("Bank: {account}").format(account=told) if told else "",
        company.terms,
        company.warranty,
    ]
    if isinstance(document, Challan):  # nothing is owed on it yet
        texts = texts[2:]
    for size in (style.small, style.small * 0.88, style.small * 0.76):
        said: list[Said] = [(note, Ink(size, bold=True)) for note in wording.footnotes(document)]
        block = paragraph([*said, *((text, Ink(size)) for text in texts)], width, faces)
        if block.height <= style.notes:
            break
    return block


def _payment(issued: Issued, style: Style, faces: Faces) -> Block:
    link = upi_link(issued)
    if not link:
        return EMPTY
    ink = Ink(style.small - 0.4, bold=True)
    square = code_block(link, style.code)
    room = style.code + 2 * style.pad

    def draw(pen: Pen, x: float, top: float) -> None:
        square.draw(pen, x + style.pad, top)
        at = baseline(top + style.code, ink.size * LEADING, ink.size)
        pen.centre(x + room / 2, at, _("Scan to pay by UPI"), ink)

    return Block(style.code + ink.size * LEADING, draw)


def _signature(above: str, below: str, width: float, style: Style, faces: Faces) -> Block:
    """Whose hand above, room, and what it stands for beneath."""
    room = width - 2 * style.pad
    head = paragraph([(above, Ink(style.small, bold=True))], room, faces)
    foot = paragraph([(below, Ink(style.small - 0.4, gray=LABEL_GRAY))], room, faces)
    height = max(style.sign, head.height + foot.height + 12)

    def draw(pen: Pen, x: float, top: float) -> None:
        head.draw(pen, x, top)
        foot.draw(pen, x, top + height - foot.height)

    return Block(height, draw)


def _words(
    issued: Issued, document: Printable, width: float, style: Style, faces: Faces, language: str
) -> Block:
    """The total in words, and how a bill was paid that was not all paid in cash."""
    words = wording.in_words(document.totals.total, language)
    label, value = Ink(style.small - 0.6, gray=LABEL_GRAY), Ink(style.body, bold=True)
    said: list[Said] = [(_("Amount in words"), label), (words, value)]
    if how := wording.paid_how(issued):
        said += [(_("Paid"), label), (how, value)]
    return paragraph(said, width, faces)


def _sums(document: Printable, width: float, least: float, style: Style) -> Block:
    """Label and amount under one another; the grand total large on a shade at the very foot."""
    rows, ink = sums(document), Ink(style.body)
    step, grand = style.body * style.sums, Ink(style.party + 1.2, bold=True)
    tall = grand.size * 1.6
    height = max(least, step * len(rows) + tall)

    def draw(pen: Pen, x: float, top: float) -> None:
        start = top
        for label, figure in rows:
            at = baseline(top, step, ink.size)
            pen.text(x, at, label, ink)
            pen.right(x + width, at, figure, ink)
            top += step
        foot = start + height - tall
        pen.shade(x - style.pad, foot, width + 2 * style.pad, tall + style.pad, SHADE)
        at = baseline(foot, tall + style.pad, grand.size)
        pen.text(x, at, _("Total"), grand)
        pen.right(x + width, at, rupees(document.totals.total), grand)

    return Block(height, draw)


def _summary(rows: Sequence[tuple[str, ...]], room: float, style: Style, faces: Faces) -> Block:
    """The table of tax, its first row the heading and its last the sum; empty without rows."""
    if not rows:
        return EMPTY
    size, widths = _summary_widths(rows, room, style.small, faces)
    plain, bold = Ink(size), Ink(size, bold=True)
    step = size * 1.32

    last = len(rows) - 1

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.across(x, top + step, sum(widths), 0.5, HAIR_GRAY)
        pen.across(x, top + step * last, sum(widths), 0.5, HAIR_GRAY)
        for number, row in enumerate(rows):
            ink = plain if 0 < number < last else bold
            at, left = baseline(top, step, size), x
            for column, (text, width) in enumerate(zip(row, widths, strict=True)):
                if column == 0:
                    pen.text(left + _CELL, at, text, ink)
                elif text:
                    pen.right(left + width - _CELL, at, text, ink)
                left += width
            top += step

    return Block(step * len(rows), draw)


def _summary_widths(
    rows: Sequence[tuple[str, ...]], room: float, size: float, faces: Faces
) -> tuple[float, list[float]]:
    """The widths of the columns, spread over the room; smaller letters where figures are long."""
    units = [max(map(faces.bold.width, column)) for column in zip(*rows, strict=True)]
    pad = 2 * _CELL * len(units)
    size = min(size, (room - pad) / sum(units))
    spare = (room - pad - sum(units) * size) / len(units)
    return size, [unit * size + 2 * _CELL + spare for unit in units]
