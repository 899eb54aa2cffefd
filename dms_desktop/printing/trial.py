"""A page that shows whether a printer prints what this program needs: edges, letters, sizes."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from dms_desktop.domain.godown_papers import Sticker, StickerRun
from dms_desktop.domain.money import Money
from dms_desktop.language.catalogue import ENGLISH, _, language, speaking
from dms_desktop.language.figures import instant_text
from dms_desktop.printing.paper import (
    LABEL_GRAY,
    ROLLS,
    SHEETS,
    STYLES,
    Copy,
    Ink,
    Labels,
    Size,
)

if TYPE_CHECKING:
    from dms_desktop.printing.form import Form
    from dms_desktop.printing.papers import Made
    from dms_desktop.printing.pen import Pen

SAMPLE = "₹ 12,34,567.89   0123456789   ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SCRIPTS = "हिन्दी  मराठी  ગુજરાતી  বাংলা  తెలుగు  தமிழ்  ಕನ್ನಡ  മലയാളം"
STEP = 10 * 72 / 25.4  # a centimetre
TICK = 6


def trial_page(company: str, printer: str, at: datetime, size: Size = Size.A4) -> bytes:
    """`at` is told as the clocks of India show it, whatever zone this PC believes to be in."""
    from dms_desktop.printing.canvas import ONE_PEN, begun
    from dms_desktop.printing.pen import Pen

    style = STYLES[size]
    edge, width, height = style.margin, style.width, style.height
    with ONE_PEN:
        out = BytesIO()
        canvas, both = begun(out, width, height, language())
        canvas.setTitle("Test page")
        pen = Pen(canvas, both, height)
        pen.box(edge, edge, width - 2 * edge, height - 2 * edge, 0.6)
        _ruler(pen, edge, width, height)
        left, down = edge + 30, edge + 60
        told = _("The frame must be whole on all four sides; its marks are a centimetre apart.")
        for text, ink, leading in (
            (_("Test page"), Ink(22, bold=True), 30),
            (company, Ink(13), 22),
            (_("{printer}, {when}").format(printer=printer, when=instant_text(at)), Ink(10), 30),
            (told, Ink(10, gray=LABEL_GRAY), 30),
            (SAMPLE, Ink(11), 22),
            (SAMPLE, Ink(7.2), 22),
            (SCRIPTS, Ink(11), 22),
        ):
            pen.text(left, down, text, ink)
            down += leading
        canvas.addLiteral(pen.drawn())
        canvas.showPage()
        canvas.save()
        return out.getvalue()


def _ruler(pen: Pen, edge: float, width: float, height: float) -> None:
    """Marks on the upper and the left side of the frame."""
    for at in range(1, int((width - 2 * edge) / STEP) + 1):
        pen.down(edge + at * STEP, edge, TICK, 0.5)
    for at in range(1, int((height - 2 * edge) / STEP) + 1):
        pen.across(edge, edge + at * STEP, TICK, 0.5)


def trial_paper(company: str, printer: str, at: datetime, size: str) -> Made:
    """The same for whatever the printer is loaded with: a sheet, a roll, a form or labels."""
    from dms_desktop.printing.papers import Made, made_of

    if size in set(Labels):
        from dms_desktop.printing.stickers import stickers

        sticker = Sticker(company, Money(1_00), barcode="TEST-0001", lines=(printer, SCRIPTS))
        return Made(stickers(StickerRun("", at, (sticker,)), Labels(size), language()))
    wanted = Size(size)
    if wanted in SHEETS:
        return Made(trial_page(company, printer, at, wanted))
    spoken = language() if wanted in ROLLS else ENGLISH
    with speaking(spoken):
        return made_of(_trial_form(company, printer, at), (Copy.ORIGINAL,), wanted, spoken)


def _trial_form(company: str, printer: str, at: datetime) -> Form:
    """A line in each script with a figure: nothing may be cut off, and figures must stand under one
    another."""
    from dms_desktop.printing.columns import Column
    from dms_desktop.printing.form import Form, Grid, Voice

    names = tuple(SCRIPTS.split())
    figures = tuple(f"{10 ** (number % 6):,}.00" for number in range(len(names)))
    grid = Grid(
        (
            Column("name", (_("Item"),), names, right=False),
            Column("amount", (_("Amount"),), figures),
        ),
        ends=tuple(("", figure) for figure in figures),
        quiet=frozenset({"amount"}),
    )
    return Form(
        title=_("Test page"),
        number=("", printer),
        day=instant_text(at),
        at=at,
        seller=Voice("", company),
        voices=(),
        facts=(),
        grids=(grid,),
        notes=("ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789",),
        grand=(_("Total"), "₹12,34,567.89"),
    )
