"""What a new company is asked: its name and State, a PIN, and what stands on its papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout

from dms_desktop.domain.company import Company
from dms_desktop.domain.gstin import NotGstin, read_gstin
from dms_desktop.domain.pins import FIGURES
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.states import UnknownState, state
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.sentences import say
from dms_desktop.ui import keys
from dms_desktop.ui.kit.field import Field
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.people.wording import flaw_of_new
from dms_desktop.ui.theme import Role, dress

NEEDED = {
    "name": N_("&Name of the company"),
    "gstin": N_("&GSTIN (leave empty if there is none)"),
    "state": N_("&State"),
    "pin": N_("Owner's &PIN, six figures"),
    "again": N_("PIN once &more"),
}
ON_PAPERS = {
    "address": N_("&Address"),
    "city": N_("&City"),
    "pin_code": N_("PIN co&de"),
    "phone": N_("P&hone"),
    "fssai": N_("&FSSAI licence"),
}
TO_BE_PAID = {
    "vpa": N_("&UPI id"),
    "bank_name": N_("&Bank"),
    "bank_account": N_("Acc&ount number"),
    "bank_ifsc": N_("&IFSC"),
}
COLUMNS = (
    (N_("Needed"), NEEDED),
    (N_("On your papers"), ON_PAPERS),
    (N_("How you are paid"), TO_BE_PAID),
)
REGISTERED = ("address", "city")  # needed with a GSTIN: Rule 46(a)
_CHARACTERS = 29  # that a box shows
# Field: what it must look like if anything stands in it, and what is said otherwise.
_LOOKS: Mapping[str, tuple[str, str]] = {
    "pin_code": (r"[1-9][0-9]{5}", N_("A PIN code has six figures: 411037.")),
    "phone": (r"\+?[0-9][0-9 -]{6,18}[0-9]", N_("Type a phone number: 98000 00000.")),
    "fssai": (r"[0-9]{14}", N_("An FSSAI licence has fourteen figures.")),
    "vpa": (r"[\w.-]+@[A-Za-z][\w.-]*", N_("A UPI id has a name, @ and a bank: ganesh@upi.")),
    "bank_account": (r"[0-9A-Za-z]{6,20}", N_("An account has six to twenty figures.")),
    "bank_ifsc": (r"[A-Za-z]{4}0[A-Za-z0-9]{6}", N_("An IFSC looks like HDFC0001234.")),
}


class BadField(Exception):
    """What was typed in a field cannot be; the sentence for it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


class CompanyForm(QFrame):
    """Enter looks at a field and goes to the next; what is not needed may stay empty."""

    wanted = Signal(object, str)  # Company, the owner's PIN

    def __init__(self) -> None:
        super().__init__()
        dress(self, Role.CARD)
        labels = {**NEEDED, **ON_PAPERS, **TO_BE_PAID}
        self.fields = {name: Field(_(label), QLineEdit()) for name, label in labels.items()}
        for name in ("pin", "again"):
            self.fields[name].box.setEchoMode(QLineEdit.EchoMode.Password)
        for field in self.fields.values():
            field.box.setMaxLength(200)
        self.found = keys.button(self, "start.found", self.finish)
        self._lay_out()
        for at, (name, field) in enumerate(self.fields.items()):
            follows = [*self.fields.values()][at + 1 :]
            field.box.returnPressed.connect(lambda name=name, on=follows: self._next(name, on))
        self.setFocusProxy(self.fields["name"].box)

    def finish(self) -> None:
        """Everything is looked at; the first field that cannot be gets the cursor."""
        try:
            company, pin = self._read()
        except BadField as bad:
            self.fields[bad.field].box.setFocus()
            self.fields[bad.field].refuse(bad.sentence)
            return
        self.wanted.emit(company, pin)

    def _next(self, name: str, follows: list[Field]) -> None:
        """Each field is looked at when Enter leaves it; the last Enter makes the books."""
        try:
            self._check(name)
        except BadField as bad:
            self.fields[name].refuse(bad.sentence)
            return
        if name == "gstin" and not self._text("state") and self._text("gstin"):
            self.fields["state"].box.setText(state(self._text("gstin")[:2]).name)
        if follows:
            follows[0].box.setFocus()
            follows[0].box.selectAll()
        else:
            self.finish()

    def _read(self) -> tuple[Company, str]:
        for name in self.fields:
            self._check(name)
        gstin = self._text("gstin").upper()
        company = Company(
            self._text("name"), state(self._text("state")).code, gstin,
            address=self._text("address"), city=self._text("city"), pin=self._text("pin_code"),
            phone=self._text("phone"), pan=gstin[2:12], fssai=self._text("fssai"),
            bank_name=self._text("bank_name"), bank_account=self._text("bank_account"),
            bank_ifsc=self._text("bank_ifsc").upper(), vpa=self._text("vpa"),
        )  # fmt: skip
        return company, self._text("pin")

    def _check(self, name: str) -> None:
        """Raises BadField."""
        text = self._text(name)
        check: dict[str, Callable[[str], str]] = {
            "name": lambda text: "" if text else _("Type the name that stands on your bills."),
            "gstin": _gstin_flaw,
            "state": self._state_flaw,
            "pin": _pin_flaw,
            "again": lambda text: "" if text == self._text("pin") else _("The two PINs differ."),
        }
        flaw = check[name](text) if name in check else _look_flaw(name, text)
        if name in REGISTERED and not text and self._text("gstin"):
            flaw = _("A tax invoice must show your address and city. Type them.")
        if flaw:
            raise BadField(name, flaw)

    def _state_flaw(self, text: str) -> str:
        try:
            named = state(text)
        except UnknownState:
            return _("Type your State or its code: Maharashtra, or 27.")
        gstin = self._text("gstin")
        if gstin and gstin[:2] != named.code:
            facts = {"gstin": gstin, "state": named.name, "says": state(gstin[:2]).name}
            return say(Problem(Reason.GSTIN_OTHER_STATE, facts=facts))
        return ""

    def _text(self, name: str) -> str:
        return self.fields[name].box.text().strip()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        """By the letters in use, so that what stands above a box is not cut."""
        wide = self.fontMetrics().averageCharWidth() * _CHARACTERS
        for field in self.fields.values():
            field.setMinimumWidth(wide)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(10)
        for column, (title, names) in enumerate(COLUMNS):
            grid.addWidget(dress(Label(_(title)), Role.CHIP), 0, column, Qt.AlignmentFlag.AlignLeft)
            for row, name in enumerate(names, start=1):
                grid.addWidget(self.fields[name], row, column)
            grid.setColumnStretch(column, 1)
        self._measure()
        rest = dress(Label(_("What is not needed may stay empty, and be filled in later.")),
                     Role.MUTED)  # fmt: skip
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 18, 24, 18)
        rows.setSpacing(14)
        rows.addLayout(grid)
        foot = QGridLayout()
        foot.addWidget(rest, 0, 0)
        foot.setColumnStretch(0, 1)
        foot.addWidget(dress(self.found, Role.PRIMARY), 0, 1)
        rows.addLayout(foot)


def _gstin_flaw(text: str) -> str:
    read = read_gstin(text) if text else None
    if not isinstance(read, NotGstin):
        return ""
    facts = {"gstin": text, "fault": read.fault.value, "expected": read.expected}
    return say(Problem(Reason.BAD_GSTIN, facts=facts))


def _pin_flaw(text: str) -> str:
    if text.isdigit() and len(text) == FIGURES:
        return flaw_of_new(text)
    return _("Type six figures; they guard your books.")


def _look_flaw(name: str, text: str) -> str:
    looks, said = _LOOKS.get(name, ("", ""))
    return _(said) if text and looks and not re.fullmatch(looks, text) else ""
