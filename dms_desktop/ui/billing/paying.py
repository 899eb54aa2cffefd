"""How a bill is paid: what the customer hands over, in which ways, and what he gets back."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Signal

from dms_desktop.domain import money
from dms_desktop.domain.draft import Draft
from dms_desktop.domain.goods_line import Mode, Payment
from dms_desktop.domain.money import ZERO, Money, total
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.sentences import say
from dms_desktop.ui.billing.cells import with_sign
from dms_desktop.ui.billing.paid import cash_of
from dms_desktop.ui.billing.strip import Strip
from dms_desktop.ui.theme import Role, dress

CASH = "cash"
BOXES = {
    CASH: N_("Cash given"),
    "upi": N_("UPI"),
    "upi_ref": N_("UPI ref."),
    "card": N_("Card"),
    "card_ref": N_("Card slip"),
    "bank": N_("Bank"),
    "bank_ref": N_("Bank ref."),
    "cheque": N_("Cheque"),
    "cheque_ref": N_("Cheque no."),
}
MODES = {"upi": Mode.UPI, "card": Mode.CARD, "bank": Mode.BANK, "cheque": Mode.CHEQUE}


class Paying(Strip):
    """What is not paid otherwise is cash: the clerk types what he is given, and is told the change.

    Enter is done as soon as the whole is covered. On credit a part may be paid.
    """

    wanted = Signal(object)  # a function from the draft to the draft

    def __init__(self) -> None:
        super().__init__(_("Paid by"), {name: _(label) for name, label in BOXES.items()})
        self._draft: Draft | None = None
        self._total, self._on_cash = ZERO, True
        self._given: dict[UUID, Money] = {}  # in cash, as it was typed, by the bill
        self._change: dict[UUID, Money] = {}  # to give back
        for name in (CASH, *MODES):
            self.box(name).textEdited.connect(self._tell)
        self.finished.connect(self._take)

    def ask(self, draft: Draft, due: Money, *, on_cash: bool) -> None:
        """For a bill that comes to `due`; the boxes hold what was typed before.

        What is being typed into them now stays.
        """
        if not self.isHidden() and self._draft and self._draft.id == draft.id:
            self._draft, self._total, self._on_cash = draft, due, on_cash
            self._tell()
            if not any(field.box.hasFocus() for field in self.fields.values()):
                super().go_to(CASH)
            return
        self._draft, self._total, self._on_cash = draft, due, on_cash
        for field in self.fields.values():
            field.box.clear()
        for payment in draft.payments:
            name = payment.mode.value
            self.box(name).setText(str(payment.amount))
            if name in MODES:
                self.box(f"{name}_ref").setText(payment.ref)
        if given := self._change.get(draft.id, ZERO):
            self.box(CASH).setText(str(cash_of(draft.payments) + given))
        self.open()
        self._tell()

    def change_of(self, uid: UUID) -> Money:
        """What the customer of a saved bill gets back, told once."""
        self._given.pop(uid, None)
        return self._change.pop(uid, ZERO)

    def follow(self, draft: Draft, payments: tuple[Payment, ...]) -> None:
        """The cash of a bill followed its total: what was given above it goes back."""
        given = self._given.get(draft.id, ZERO)
        self._change[draft.id] = max(ZERO, given - cash_of(payments))

    def complete(self) -> bool:
        if not self.isHidden():
            self.go_to("")
        return self.isHidden()

    def refuse(self, sentence: str) -> None:
        """Point at what is paid, since the bill comes to something else."""
        if self._read() is not None:  # which points at what is too much by itself
            self.fields[CASH].refuse(sentence)

    def go_to(self, name: str) -> None:
        """On to the next box that matters, if what was typed so far can be."""
        if self._draft is None or self.isHidden() or name == CASH:
            super().go_to(name)
            return
        amounts = self._read()
        if amounts is None:
            return
        left = self._total - total(amounts.values())
        covered = left <= ZERO and bool(amounts)
        behind = name.removesuffix("_ref")
        if name.endswith("_ref") and behind not in amounts:
            names = [*BOXES, ""]
            self.go_to(names[names.index(name) + 1])
        elif name.endswith("_ref") or (name and not covered):
            super().go_to(name)
        elif left > ZERO and self._on_cash and (amounts or self._draft.payments):
            super().go_to(CASH)
            short = _("{amount} is still to be paid.").format(amount=with_sign(left))
            self.fields[CASH].refuse(short)
        else:
            super().go_to("")

    def _take(self) -> None:
        amounts = self._read()
        if amounts is None or self._draft is None:
            return
        others = tuple(
            Payment(mode, amounts[name], self.box(f"{name}_ref").text().strip())
            for name, mode in MODES.items()
            if name in amounts
        )
        rest = self._total - total(one.amount for one in others)
        given = amounts.get(CASH, ZERO)
        cash = min(given, rest)
        payments = (*((Payment(Mode.CASH, cash),) if cash > ZERO else ()), *others)
        self._given[self._draft.id], self._change[self._draft.id] = given, given - cash
        self.leave()
        self.wanted.emit(lambda draft: replace(draft, payments=payments))

    def _tell(self) -> None:
        """The change, or what is still missing, as it is typed."""
        amounts = self._read(quietly=True) or {}
        left = self._total - total(amounts.values())
        role = Role.MUTED
        if left < ZERO and CASH in amounts:
            said, role = _("Give back {amount}").format(amount=with_sign(-left)), Role.GOOD
        elif left > ZERO and amounts:
            said, role = _("{amount} to pay").format(amount=with_sign(left)), Role.WARNING
        else:
            said = _("Bill {amount}").format(amount=with_sign(self._total))
        self.hint.setText(said)
        dress(self.hint, role)

    def _read(self, *, quietly: bool = False) -> dict[str, Money] | None:
        """The amounts that were typed; None where one is none, or too much, which is said."""
        found: dict[str, Money] = {}
        for name in (CASH, *MODES):
            text = self.box(name).text().strip()
            try:
                amount = money.rupees(text or "0")
            except ValueError:
                amount = Money(-1)
            if amount < ZERO:
                facts = {"value": text, "field": _(BOXES[name])}
                self._flaw(name, say(Problem(Reason.BAD_FIGURE, facts=facts)), quietly)
                return None
            if amount:
                found[name] = amount
        others = total(amount for name, amount in found.items() if name != CASH)
        if others > self._total:
            over = _("That is {amount} more than the bill comes to.")
            sentence = over.format(amount=with_sign(others - self._total))
            self._flaw(next(name for name in MODES if name in found), sentence, quietly)
            return None
        return found

    def _flaw(self, name: str, sentence: str, quietly: bool) -> None:
        if not quietly:
            super().go_to(name)
            self.fields[name].refuse(sentence)
