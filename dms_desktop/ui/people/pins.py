"""PINs: one's own, changed by whoever knows the old one, and that of another, by the owner."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Refused
from dms_desktop.language.catalogue import N_, _
from dms_desktop.services.counters import STRANGER, Arrival, Person, arrive
from dms_desktop.store.pepper import pepper_of
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.field import Field
from dms_desktop.ui.kit.form_boxes import Combo
from dms_desktop.ui.kit.speaking import Button, Label, tell
from dms_desktop.ui.people import verbs
from dms_desktop.ui.people.wording import flaw_of_new, wrong
from dms_desktop.ui.settings.pane import Pane
from dms_desktop.ui.theme import Role, dress


class PinsPane(Pane):
    """What is typed here is seen by nobody, and leaves the boxes once it was used."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor, N_("PIN"), N_("A PIN is six figures; it says who did what."))
        self._people: tuple[Person, ...] = ()
        self.old, self.new, self.again = map(
            _secret, (_("&Old PIN"), _("&New PIN"), _("New PIN once &more"))
        )
        self.mine = dress(keys.button(self, "settings.save", self.change), Role.PRIMARY)
        tell_caption(self.mine, "settings.save", N_("Change my PIN"))
        self.body.addWidget(_card(N_("Your own PIN"), (self.old, self.new, self.again), self.mine))
        self.user = Combo()
        self.theirs, self.theirs_again = map(_secret, (_("His ne&w PIN"), _("His PIN on&ce more")))
        self.set = keys.button(self, "settings.pin", self.set_theirs)
        self.others = _card(
            N_("The PIN of another; it also ends his wait after wrong ones"),
            (self.theirs, self.theirs_again),
            self.set,
            self.user,
        )
        self.body.addWidget(self.others)
        self.others.hide()  # until it is known that there are others
        self.set.setEnabled(floor.desk.actor.may(Power.PEOPLE))
        self.body.addStretch(1)
        tell(self.user, "accessibleName", _("Whose PIN"))
        self.user.left.connect(self.theirs.box.setFocus)
        for before, after in (
            (self.old, self.new.box.setFocus),
            (self.new, self.again.box.setFocus),
            (self.again, self.change),
            (self.theirs, self.theirs_again.box.setFocus),
            (self.theirs_again, self.set_theirs),
        ):
            before.box.returnPressed.connect(after)
        self.setFocusProxy(self.old.box)

    def arrive(self) -> None:
        """It came to the front: who has a PIN, and who is there."""
        self.floor.desk.ask(arrive, done=self._meet, undone=self.tell, actor=STRANGER)

    def change(self) -> None:
        """Mine."""
        if self._fits(self.new, self.again):
            self._with_pepper(
                lambda pepper: self.floor.desk.do(
                    verbs.change_pin,
                    self.old.box.text(),
                    self.new.box.text(),
                    pepper,
                    done=self._changed,
                    undone=self._not_changed,
                )
            )

    def set_theirs(self) -> None:
        at = self.user.currentIndex()
        if at >= 0 and self._fits(self.theirs, self.theirs_again):
            who = self._others()[at]
            self._with_pepper(
                lambda pepper: self.floor.desk.do(
                    verbs.set_pin,
                    who.code,
                    self.theirs.box.text(),
                    pepper,
                    done=lambda _done: self._set(who),
                    undone=self.tell,
                )
            )

    def _fits(self, new: Field, again: Field) -> bool:
        self.say("")
        for field in (self.old, new, again):
            field.accept()
        if flaw := flaw_of_new(new.box.text()):
            new.box.setFocus()
            new.refuse(flaw)
        elif new.box.text() != again.box.text():
            again.box.setFocus()
            again.refuse(_("The two PINs differ."))
        else:
            return True
        return False

    def _with_pepper(self, do: Callable[[bytes], object]) -> None:
        self.floor.desk.work(partial(pepper_of, self.floor.books), done=do, undone=self.tell)

    def _changed(self, standing: Any) -> None:
        if standing is None:
            self._clear(self.old, self.new, self.again)
            self.say(_("Your PIN is changed."))
            self.arrive()
        elif standing.seconds:
            self.say(_wait(standing.seconds), Role.FAULT)
        else:
            self.old.box.setFocus()
            self.old.refuse(wrong(standing.left))

    def _not_changed(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self.old.box.setFocus()
            self.old.refuse(messages.of_error(error))
        else:
            self.tell(error)

    def _set(self, who: Person) -> None:
        self._clear(self.theirs, self.theirs_again)
        self.say(_("{name} has a new PIN.").format(name=who.name))
        self.arrive()

    def _meet(self, arrival: Arrival) -> None:
        """One without a PIN types no old one."""
        before = self.user.currentText()
        self._people = arrival.people
        mine = next((each for each in self._people if each.code == self._me), None)
        has_pin = mine is None or mine.has_pin
        self.old.setVisible(has_pin)
        self.setFocusProxy(self.old.box if has_pin else self.new.box)
        self.user.clear()
        self.user.addItems([f"{each.name} ({each.code})" for each in self._others()])
        self.user.setCurrentIndex(max(0, self.user.findText(before)))
        if any(each.code != self._me for each in self._people):
            self._warn([each.name for each in self._people if not each.has_pin])
        self.others.setVisible(bool(self._others()) and self.floor.desk.actor.may(Power.PEOPLE))

    def _warn(self, names: list[str]) -> None:
        """Several may come in: whoever has no PIN is whoever says so."""
        open_door = _("Without a PIN: {names}. Anybody may log in under this name; set a PIN.")
        if names and not self.said.text():
            self.say(open_door.format(names=", ".join(names)), Role.WARNING)

    @property
    def _me(self) -> str:
        return self.floor.desk.actor.code

    def _others(self) -> list[Person]:
        return [each for each in self._people if each.code != self._me]

    def _clear(self, *fields: Field) -> None:
        for field in fields:
            field.box.clear()
            field.accept()


def tell_caption(button: Button, key: str, label: str) -> None:
    """The key with another name for what it does here."""
    caption = _("{key} {verb}").format(key=keys.key_text(key), verb=_(label))
    button.setText(caption)


def _secret(label: str) -> Field:
    box = QLineEdit()
    box.setEchoMode(QLineEdit.EchoMode.Password)
    box.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
    return Field(label, box)


def _wait(seconds: int) -> str:
    return _("Too many wrong PINs. Wait {seconds} seconds, or ask the owner.").format(
        seconds=seconds
    )


def _card(
    title: str, fields: tuple[Field, ...], button: Button, above: Combo | None = None
) -> QFrame:
    card = dress(QFrame(), Role.CARD)
    rows = QVBoxLayout(card)
    rows.setContentsMargins(14, 10, 14, 14)
    rows.setSpacing(10)
    rows.addWidget(dress(Label(_(title)), Role.MUTED))
    columns = QHBoxLayout()
    columns.setSpacing(14)
    if above is not None:
        whose = dress(Label(_("W&hose")), Role.MUTED)
        whose.setBuddy(above)
        first = QVBoxLayout()
        first.setSpacing(3)
        first.addWidget(whose)
        first.addWidget(above)
        first.addStretch()
        columns.addLayout(first, 1)
    for field in fields:
        columns.addWidget(field, 1)
    rows.addLayout(columns)
    rows.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
    return card
