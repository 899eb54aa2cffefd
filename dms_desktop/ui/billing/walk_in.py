"""The particulars of a customer without a master: whatever of them the clerk asks, or must ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from dms_desktop.domain.draft import WalkIn
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.states import UnknownState, state
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.sentences import say
from dms_desktop.ui.kit.field import Field

LABELS = {
    "name": N_("&Name"),
    "phone": N_("P&hone"),
    "gstin": N_("&GSTIN"),
    "state": N_("&State"),
    "address": N_("&Address"),
}
LAWFUL = ("name", "state", "address")  # what Rule 46(e) wants to know of who buys much
WIDE = ("name", "address")


class Particulars(QWidget):
    """Each box is looked at when it is left; a wrong entry stays in sight and is not taken."""

    wanted = Signal(object)  # WalkIn
    settled = Signal()  # the last box was left by Enter

    def __init__(self) -> None:
        super().__init__()
        self._who = WalkIn()
        self.fields = {name: Field(_(label), QLineEdit()) for name, label in LABELS.items()}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        names = [*self.fields, ""]
        for (name, field), follows in zip(self.fields.items(), names[1:], strict=True):
            row.addWidget(field, 2 if name in WIDE else 1)
            field.box.editingFinished.connect(lambda name=name: self._take(name))
            field.box.returnPressed.connect(lambda name=name, to=follows: self._leave(name, to))

    def show_who(self, who: WalkIn) -> None:
        """A box that the clerk is typing in is left to him."""
        self._who = who
        for name, field in self.fields.items():
            if not field.box.hasFocus():
                field.box.setText(getattr(who, name))

    def ask(self, sentence: str) -> None:
        """The law wants to know more: point at the first box of it that says nothing."""
        fields = [self.fields[name] for name in LAWFUL]
        field = next((each for each in fields if each.box.text() in ("", WalkIn().name)), fields[0])
        field.box.setFocus()
        field.refuse(sentence)

    def accept(self) -> None:
        for field in self.fields.values():
            field.accept()

    def finish(self) -> bool:
        """Whether all that was typed could be taken; else the cursor is where it could not."""
        for field in self._untaken():
            field.box.setFocus()
            return False
        return True

    def _untaken(self) -> Iterator[Field]:
        for name, field in self.fields.items():
            self._take(name)
            if field.box.text().strip() != getattr(self._who, name):
                yield field

    def _take(self, name: str) -> None:
        field = self.fields[name]
        text = field.box.text().strip()
        if text == getattr(self._who, name):
            return
        try:
            read = _read(name, text)
        except ValueError as wrong:
            field.refuse(wrong.args[0])
            return
        field.accept()
        field.box.setText(read)
        self._who = replace(self._who, **{name: read})
        self.wanted.emit(self._who)

    def _leave(self, name: str, follows: str) -> None:
        if self.fields[name].flaw:
            return
        if follows:
            self.fields[follows].box.setFocus()
            self.fields[follows].box.selectAll()
        else:
            self.settled.emit()


def _read(name: str, text: str) -> str:
    """As the draft keeps it. Raises ValueError with the sentence."""
    if name == "name":
        return text or WalkIn().name
    if name == "state" and text:
        try:
            return state(text).code
        except UnknownState as error:
            unknown = _("No State has the code or name “{text}”.")
            raise ValueError(unknown.format(text=text)) from error
    if name == "gstin" and text:
        from dms_desktop.domain.gstin import NotGstin, read_gstin  # most bills go without

        read = read_gstin(text)
        if isinstance(read, NotGstin):
            facts = {"gstin": text, "fault": read.fault.value, "expected": read.expected}
            raise ValueError(say(Problem(Reason.BAD_GSTIN, facts=facts)))
        return read.text
    return text
