"""What is taken off the whole bill: an amount or a percentage, and a discount for cash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Signal

from dms_desktop.domain import money
from dms_desktop.domain.draft import Draft
from dms_desktop.domain.money import Money
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language.catalogue import _
from dms_desktop.language.sentences import say
from dms_desktop.ui.billing.cells import percent_text
from dms_desktop.ui.billing.strip import Strip


class Reductions(Strip):
    """`100`, `2%` or both, `100 + 2%`; for cash a percentage. An empty box takes nothing off."""

    wanted = Signal(object)  # a function from the draft to the draft

    def __init__(self) -> None:
        super().__init__(
            _("Discount on the bill"),
            {"bill": _("Amount or percent"), "cash": _("For cash, percent")},
        )
        self.box("bill").setPlaceholderText("100   2%   100 + 2%")
        self.box("cash").setPlaceholderText("1.5")
        self.finished.connect(self._take)

    def ask(self, draft: Draft) -> None:
        off, percent = draft.bill_discount, draft.bill_discount_percent
        parts = [str(off)] if off is not None else []
        parts += [percent_text(percent) + "%"] if percent is not None else []
        self.box("bill").setText(" + ".join(parts))
        cash = draft.cash_discount_percent
        self.box("cash").setText("" if cash is None else percent_text(cash))
        self.open()

    def complete(self) -> bool:
        if not self.isHidden():
            self.go_to("")
        return self.isHidden()

    def go_to(self, name: str) -> None:
        """Not on from a box whose figure is none."""
        if self._good("bill", _read_bill) and (name or self._good("cash", _read_cash)):
            super().go_to(name)

    def _good(self, name: str, read: Callable[[str], object]) -> bool:
        try:
            read(self.box(name).text())
        except ValueError:
            facts = {"value": self.box(name).text().strip(), "field": _("the discount")}
            self.box(name).setFocus()
            self.fields[name].refuse(say(Problem(Reason.BAD_FIGURE, facts=facts)))
            return False
        return True

    def _take(self) -> None:
        off, percent = _read_bill(self.box("bill").text())
        cash = _read_cash(self.box("cash").text())

        def change(draft: Draft) -> Draft:
            return replace(
                draft,
                bill_discount=off,
                bill_discount_percent=percent,
                cash_discount_percent=cash,
            )

        self.leave()
        self.wanted.emit(change)


def _read_bill(text: str) -> tuple[Money | None, Decimal | None]:
    """Raises ValueError."""
    off: Money | None = None
    percent: Decimal | None = None
    for part in filter(None, (part.strip() for part in text.split("+"))):
        if part.endswith("%"):
            if percent is not None:
                raise ValueError(text)
            percent = money.percent(part.removesuffix("%"))
        elif off is not None or money.rupees(part.removesuffix("/-")) < money.ZERO:
            raise ValueError(text)
        else:
            off = money.rupees(part.removesuffix("/-"))
    return off or None, percent or None


def _read_cash(text: str) -> Decimal | None:
    """Raises ValueError."""
    figure = text.strip().removesuffix("%")
    return money.percent(figure) or None if figure else None
