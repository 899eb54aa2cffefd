"""What the bill comes to: taxable value, each tax by its name, round-off, and the total, large."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QGridLayout

from dms_desktop.domain.billing import Priced
from dms_desktop.domain.money import Money
from dms_desktop.domain.states import state
from dms_desktop.language.catalogue import N_, _
from dms_desktop.ui.billing.cells import with_sign
from dms_desktop.ui.kit.figures import Figures
from dms_desktop.ui.theme import Role, dress

SO_FAR = N_("Not final yet")
CAPTIONS = {
    "discounts": N_("Discounts on lines"),
    "bill": N_("Discount on the bill"),
    "cash": N_("Cash discount"),
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

        self._final = True
        dress(self.labels("total")[0], Role.MUTED)

    def show_priced(self, priced: Priced) -> None:
        totals, tax = priced.totals, priced.totals.tax
        self._look_final(not any(each.row is not None for each in priced.problems))
        shown = _reductions(priced)
        shown["taxable"] = totals.taxable
        if priced.interstate:
            shown["igst"] = tax.igst
        else:
            union = bool(priced.place_of_supply) and state(priced.place_of_supply).utgst
            shown |= {"cgst": tax.cgst, "utgst" if union else "sgst": tax.sgst}
        if tax.cess:
            shown["cess"] = tax.cess
        shown |= {"round_off": totals.round_off, "total": totals.total}
        self.show_figures({name: with_sign(value) for name, value in shown.items()})

    def _look_final(self, final: bool) -> None:
        """While a line is refused nobody may take the sum for what is to be paid."""
        if final == self._final:
            return
        self._final = final
        caption, figure = self.labels("total")
        figure.setMinimumHeight(figure.sizeHint().height() if not final else 0)
        caption.setText(_(CAPTIONS["total"]) if final else _(SO_FAR))
        dress(caption, Role.MUTED if final else Role.FAULT)
        dress(figure, Role.TOTAL if final else Role.MUTED)


def _reductions(priced: Priced) -> dict[str, Money]:
    """What was taken off, by where it was typed; nil is not shown."""
    off = dict.fromkeys(("discounts", "bill", "cash"), 0)
    for line in priced.lines:
        for each in line.adjustments:
            off[each.kind if each.kind in off else "discounts"] += each.amount.paise
    return {name: -Money(paise) for name, paise in off.items() if paise}
