"""Says who stands here: a name, his PIN, Enter. Nothing of the books can be seen before."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from dms_desktop.domain.calendar import INDIA
from dms_desktop.domain.powers import Actor, Power
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.language.catalogue import N_, _
from dms_desktop.services.counters import STRANGER, Person
from dms_desktop.store.pepper import pepper_of
from dms_desktop.ui import keys, messages
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.kit.field import Field
from dms_desktop.ui.kit.speaking import Button, Label, tell
from dms_desktop.ui.kit.table import Column, Table
from dms_desktop.ui.people import verbs
from dms_desktop.ui.people.wording import wrong
from dms_desktop.ui.theme import Role, dress

SEES = frozenset({Power.BILL, Power.LOOK})  # with neither there is no screen to go to
MOST_SHOWN = 8
ROW_PAD, CARD_LETTERS = 12, 64
COLUMNS: Sequence[Column[Person]] = (
    Column(N_("Name"), lambda who: who.name),
    Column(N_("Code"), lambda who: who.code, 14, right=True),
)


class LogIn(QWidget):
    """`entered` comes with the actor. `last` is the code of who was here before."""

    entered = Signal(object)

    def __init__(
        self, desk: Desk, books: Path, company: str, people: Sequence[Person], last: str = ""
    ) -> None:
        super().__init__()
        self._desk, self._books, self._last = desk, books, last
        self._busy = False
        self._waits: dict[str, float] = {}  # code -> the instant from which a PIN is looked at
        self.people: Table[Person] = Table(COLUMNS, _("Users"))
        self.pin = Field(_("PIN"), QLineEdit())
        self.card, self.message = dress(QFrame(), Role.CARD), Label()
        self.enter = Button(_("Enter Log in"))
        self._lay_out(company)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tell_wait)
        self.pin.box.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.box.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.pin.box.returnPressed.connect(self.submit)
        self.enter.clicked.connect(self.submit)
        self.people.chosen.connect(self._choose)
        self.people.clicked.connect(lambda _: self.pin.box.setFocus())
        self.people.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.pin.box)
        self.offer(people)

    def offer(self, people: Sequence[Person]) -> None:
        """These may say who they are; the cursor stays on the same one."""
        current = self.people.current()
        last = current.code if current else self._last
        at = next((n for n, who in enumerate(people) if who.code == last), 0)
        self.people.show_rows(people, None, at)
        self.hint.setVisible(len(people) > 1)
        self._measure()

    def submit(self) -> None:
        """Ask the books; the answer comes when the PIN was looked at."""
        who = self.people.current()
        if who is None or self._busy:
            return
        if self._wait_of(who.code):
            self._tell_wait()
            return
        self._busy = True
        self._desk.work(
            partial(pepper_of, self._books),
            done=partial(self._ask, who, self.pin.box.text()),
            undone=self._fail,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The names are gone through from the PIN's box."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        at = self.people.currentIndex().row() + step
        if 0 <= at < len(self.people.model_of.rows):
            self.people.selectRow(at)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)

    def _measure(self) -> None:
        """As many names as there are, in letters of the size of now."""
        row = self.fontMetrics().height() + ROW_PAD
        self.people.verticalHeader().setDefaultSectionSize(row)
        rows = min(MOST_SHOWN, max(1, len(self.people.model_of.rows)))
        self.people.setFixedHeight(row * rows + 4)
        self.card.setFixedWidth(self.fontMetrics().averageCharWidth() * CARD_LETTERS)
        self.message.setMinimumHeight(self.fontMetrics().lineSpacing() * 2)

    def _choose(self, who: Person | None) -> None:
        """Another name: whatever was typed or said for the one before is gone."""
        self.pin.box.clear()
        self._say("")
        if who is None:
            return
        label = _("PIN of {name}").format(name=who.name)
        self.pin.label.setText(label)
        tell(self.pin.box, "accessibleName", label)
        none = _("No PIN is set yet: press Enter")
        tell(self.pin.box, "placeholderText", "" if who.has_pin else none)
        if self._wait_of(who.code):
            self._tell_wait()

    def _ask(self, who: Person, pin: str, pepper: bytes) -> None:
        self._desk.do(
            verbs.log_in,
            who.code,
            pin,
            pepper,
            done=partial(self._answered, who),
            undone=partial(self._refused, who),
            actor=STRANGER,
        )

    def _answered(self, who: Person, answer: Any) -> None:
        self._busy = False
        if not isinstance(answer, Actor):
            self._wrong(who, answer.left, answer.seconds)
        elif answer.powers & SEES:
            self._say("")
            self.entered.emit(answer)
        else:
            may_not = _("{name} may see no screen. Ask the owner for a role with more powers.")
            self._say(may_not.format(name=who.name))

    def _wrong(self, who: Person, left: int, seconds: int) -> None:
        self.pin.box.clear()
        if seconds:
            self._lock_out(who, seconds)
            return
        self._say(wrong(left))

    def _refused(self, who: Person, error: BaseException) -> None:
        self._busy = False
        match error:
            case Refused(problems=(problem,)) if problem.reason is Reason.LOCKED_OUT:
                self._lock_out(who, int(str(problem.facts["seconds"])))
            case _:
                self._fail(error)

    def _lock_out(self, who: Person, seconds: int) -> None:
        self._waits[who.code] = time.monotonic() + seconds
        self._second.start()
        self._tell_wait()

    def _tell_wait(self) -> None:
        """Counts down for the name that the cursor is on."""
        if not any(map(self._wait_of, self._waits)):
            self._second.stop()
        who = self.people.current()
        if who is None or who.code not in self._waits:
            return
        seconds = self._wait_of(who.code)
        if not seconds:
            del self._waits[who.code]
            self._say(_("The PIN may be tried again."), Role.MUTED)
            return
        until = datetime.now(INDIA) + timedelta(seconds=seconds)
        wait = _("Too many wrong PINs. Wait until {time} ({seconds} s), or ask the owner.")
        self._say(wait.format(time=until.strftime("%H:%M:%S"), seconds=seconds))

    def _wait_of(self, code: str) -> int:
        """Whole seconds that he must wait yet."""
        return max(0, -int((time.monotonic() - self._waits.get(code, 0.0)) // 1))

    def _fail(self, error: BaseException) -> None:
        self._busy = False
        self._say(messages.of_error(error))

    def _say(self, sentence: str, role: Role = Role.FAULT) -> None:
        dress(self.message, role).setText(sentence)
        self.pin.box.setAccessibleDescription(sentence)

    def _lay_out(self, company: str) -> None:
        rows = QVBoxLayout(self.card)
        rows.setContentsMargins(28, 22, 28, 22)
        rows.setSpacing(12)
        title = dress(Label(company), Role.TITLE)
        title.setWordWrap(True)
        rows.addWidget(title)
        rows.addWidget(dress(Label(_("Who stands here?")), Role.MUTED))
        rows.addWidget(self.people)
        rows.addWidget(self.pin)
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setAlignment(Qt.AlignmentFlag.AlignTop)
        rows.addWidget(self.message)
        rows.addWidget(dress(self.enter, Role.PRIMARY), 0, Qt.AlignmentFlag.AlignRight)
        self.people.horizontalHeader().hide()
        up, down = keys.key_text("log_in.up"), keys.key_text("log_in.down")
        hint = _("{up} and {down} choose another name.").format(up=up, down=down)
        self.hint = dress(Label(hint), Role.MUTED)
        outer = QGridLayout(self)
        outer.addWidget(self.card, 1, 1)
        outer.addWidget(self.hint, 2, 1, Qt.AlignmentFlag.AlignHCenter)
        for side in (0, 3):
            outer.setRowStretch(side, 1)
        for side in (0, 2):
            outer.setColumnStretch(side, 1)
