"""What the bill comes to: taxable value, each tax by its name, round-off, and the total, large."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QGridLayout

from dms_desktop.domain.billing import Priced
from dms_desktop.domain.states import state
from dms_desktop.language.catalogue import N_, _
from dms_desktop.ui.billing.cells import with_sign
from dms_desktop.ui.kit.figures import Figures

CAPTIONS = {
    "taxable": N_("Taxable"),
    "cgst": N_("CGST"),
    "sgst": N_("SGST"),
    "utgst": N_("UTGST"),
    "igst": N_("IGST"),
    "cess": N_("Cess"),
    "round_off": N_("Round off"),
    "total": N_("Total"),
}


class Totals(Figures):
    """A tax that the bill does not have has no row."""

    def __init__(self) -> None:
        super().__init__({name: _(caption) for name, caption in CAPTIONS.items()})
        cast(QGridLayout, self.layout()).setVerticalSpacing(1)

    def show_priced(self, priced: Priced) -> None:
        totals, tax = priced.totals, priced.totals.tax
        shown = {"taxable": totals.taxable}
        if priced.interstate:
            shown["igst"] = tax.igst
        else:
            union = bool(priced.place_of_supply) and state(priced.place_of_supply).utgst
            shown |= {"cgst": tax.cgst, "utgst" if union else "sgst": tax.sgst}
        if tax.cess:
            shown["cess"] = tax.cess
        shown |= {"round_off": totals.round_off, "total": totals.total}
        self.show_figures({name: with_sign(value) for name, value in shown.items()})
