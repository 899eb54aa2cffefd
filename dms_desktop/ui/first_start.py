"""The first start: look round in a sample company, or set up one's own; by keys alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from dms_desktop.domain.company import Company
from dms_desktop.language.catalogue import _
from dms_desktop.ui import keys
from dms_desktop.ui.first_start_form import CompanyForm
from dms_desktop.ui.kit.speaking import Label
from dms_desktop.ui.theme import Role, dress


class FirstStart(QWidget):
    """Says what is wanted; the books are made elsewhere, and `fail` and `progress` tell of it."""

    sample_wanted = Signal()
    company_wanted = Signal(object, str)  # Company, the owner's PIN

    def __init__(self, place: str) -> None:
        super().__init__()
        self.where, self.message, self.bar = Label(), Label(), QProgressBar()
        self.choices, self.form = dress(QFrame(), Role.CARD), CompanyForm()
        self.fields = self.form.fields
        self.sample = keys.button(self.choices, "start.sample", self._want_sample)
        self.company = keys.button(self.choices, "start.company", self._show_form)
        self.form.wanted.connect(self._want_company)
        self._lay_out(place)
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
        self.form.setFocus()

    def _want_company(self, company: Company, pin: str) -> None:
        self.begin(_("The books are being made…"))
        self.company_wanted.emit(company, pin)

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
