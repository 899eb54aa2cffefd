"""The first start: look round in a sample company, or set up one's own; by keys alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dms_desktop.domain.company import Company
from dms_desktop.domain.gstin import NotGstin, read_gstin
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.states import UnknownState, state
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.sentences import say
from dms_desktop.ui import keys, messages
from dms_desktop.ui.kit.field import Field
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress

PIN_LENGTH = 6
FIELDS = {
    "name": N_("&Name of the company"),
    "gstin": N_("&GSTIN (leave empty if there is none)"),
    "state": N_("&State"),
    "pin": N_("Owner's &PIN, six figures"),
    "again": N_("PIN once &more"),
}


class BadField(Exception):
    """What was typed in a field cannot be; the sentence for it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


class FirstStart(QWidget):
    """Says what is wanted; the books are made elsewhere, and `failed` and `progress` tell of it."""

    sample_wanted = Signal()
    company_wanted = Signal(object, str)  # Company, the owner's PIN

    def __init__(self, place: str) -> None:
        super().__init__()
        self.fields = {name: Field(_(label), QLineEdit()) for name, label in FIELDS.items()}
        for name in ("pin", "again"):
            self.fields[name].box.setEchoMode(QLineEdit.EchoMode.Password)
        self.where, self.message, self.bar = Label(), Label(), QProgressBar()
        self.choices, self.form = _card(), _card()
        self.sample = keys.button(self.choices, "start.sample", self._want_sample)
        self.company = keys.button(self.choices, "start.company", self._show_form)
        self.found = keys.button(self.form, "start.found", self._want_company)
        self._lay_out(place)
        for at, (name, field) in enumerate(self.fields.items()):
            follows = [*self.fields.values()][at + 1 :]
            field.box.returnPressed.connect(lambda name=name, on=follows: self._next(name, on))
        self.setFocusProxy(self.sample)

    def say_place(self, place: str) -> None:
        self.where.setText(_("The books will lie at {place}").format(place=place))

    def fail(self, sentence: str) -> None:
        """The books could not be made; the clerk may try again."""
        self.bar.hide()
        dress(self.message, Role.FAULT)
        self.message.setText(sentence)
        self._enable(True)

    def progress(self, done: int, most: int) -> None:
        self.bar.setRange(0, most)
        self.bar.setValue(done)

    def begin(self, sentence: str) -> None:
        """The books are being made."""
        dress(self.message, Role.MUTED)
        self.message.setText(sentence)
        self.bar.setRange(0, 0)
        self.bar.show()
        self._enable(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a button presses it; Esc leaves the form."""
        focus = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QPushButton):
            focus.click()
        elif event.key() == Qt.Key.Key_Escape and self.form.isVisible():
            self.form.hide()
            self.choices.show()
            self.company.setFocus()
        else:
            super().keyPressEvent(event)

    def _want_sample(self) -> None:
        self.begin(_("The sample company is being made…"))
        self.sample_wanted.emit()

    def _show_form(self) -> None:
        self.choices.hide()
        self.message.clear()
        self.form.show()
        self.fields["name"].box.setFocus()

    def _want_company(self) -> None:
        try:
            company, pin = self._read()
        except BadField as bad:
            self.fields[bad.field].box.setFocus()
            self.fields[bad.field].refuse(bad.sentence)
            return
        self.begin(_("The books are being made…"))
        self.company_wanted.emit(company, pin)

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
            self._want_company()

    def _read(self) -> tuple[Company, str]:
        for name in self.fields:
            self._check(name)
        company = Company(
            self._text("name"), state(self._text("state")).code, self._text("gstin").upper()
        )
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
        if flaw := check[name](text):
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

    def _enable(self, enabled: bool) -> None:
        for card in (self.choices, self.form):
            card.setEnabled(enabled)

    def _lay_out(self, place: str) -> None:
        offers = (
            (self.sample, _("2,000 items, 800 shops and stock to try everything with.")),
            (self.company, _("Name, State, GSTIN and a PIN; the first bill in five minutes.")),
        )
        grid = QGridLayout(self.choices)
        grid.setContentsMargins(24, 20, 24, 20)
        grid.setVerticalSpacing(14)
        grid.setHorizontalSpacing(18)
        for row, (button, said) in enumerate(offers):
            grid.addWidget(button, row, 0)
            grid.addWidget(dress(Label(said), Role.MUTED), row, 1)
        dress(self.sample, Role.PRIMARY)
        rows = QVBoxLayout(self.form)
        rows.setContentsMargins(24, 20, 24, 20)
        rows.setSpacing(10)
        for field in self.fields.values():
            rows.addWidget(field)
        rows.addWidget(dress(self.found, Role.PRIMARY), 0, Qt.AlignmentFlag.AlignRight)
        self.form.hide()
        self.bar.hide()
        self.bar.setTextVisible(False)
        self.message.setWordWrap(True)
        inner = QVBoxLayout()
        inner.setSpacing(12)
        inner.addWidget(dress(Label(_("Welcome to DMS Desktop")), Role.TITLE))
        self.say_place(place)
        inner.addWidget(dress(self.where, Role.MUTED))
        for widget in (self.choices, self.form, self.message, self.bar):
            inner.addWidget(widget)
        outer = QGridLayout(self)
        outer.addLayout(inner, 1, 1)
        for side in (0, 2):
            outer.setRowStretch(side, 1)
            outer.setColumnStretch(side, 1)
        self.form.setMinimumWidth(self.fontMetrics().averageCharWidth() * 70)


def _card() -> QFrame:
    return dress(QFrame(), Role.CARD)


def _gstin_flaw(text: str) -> str:
    read = read_gstin(text) if text else None
    if not isinstance(read, NotGstin):
        return ""
    facts = {"gstin": text, "fault": read.fault.value, "expected": read.expected}
    return messages.of_problems((Problem(Reason.BAD_GSTIN, facts=facts),))


def _pin_flaw(text: str) -> str:
    if text.isdigit() and len(text) == PIN_LENGTH:
        return ""
    return _("Type six figures; they guard your books.")
