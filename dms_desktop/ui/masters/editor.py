"""One master in its form, its history beside it: shown, changed if it is still what was seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dms_desktop.domain import states
from dms_desktop.domain.powers import power_of
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.language.catalogue import _, joined
from dms_desktop.services.registers import lists
from dms_desktop.services.registers.every import register_of
from dms_desktop.services.registers.history import Event, history
from dms_desktop.services.registers.register import Shown
from dms_desktop.services.registers.twins import Slip, Twin
from dms_desktop.store.search_entries import Found
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.form import Form
from dms_desktop.ui.kit.form_conflict import Conflict
from dms_desktop.ui.kit.form_lookup import Choices, choices_among
from dms_desktop.ui.kit.speaking import Button, Label
from dms_desktop.ui.masters import saying
from dms_desktop.ui.masters.history import HistoryPane
from dms_desktop.ui.masters.master import Master
from dms_desktop.ui.masters.sales import SalesByMonth
from dms_desktop.ui.theme import Role, dress

INDEXED = ("item", "party")  # what the search indexes know


class Editor(QWidget):
    """`saved` with the code and the name of what was saved; `closed`: back to the list."""

    saved = Signal(str, str)
    closed = Signal()
    related = Signal(str)  # the code of the one whose lots or terms are wanted
    paper = Signal(Master, str, str)  # a form over this one: which, its code and heading

    def __init__(self, floor: Floor, master: Master) -> None:
        super().__init__()
        self.floor, self.master, self.register = floor, master, register_of(master.kind)
        self.form = Form(master.groups)
        self.pane = HistoryPane(self.form.label_of, partial(saying.plain, self.form))
        self.sales = SalesByMonth(floor, master.kind)
        self.conflict = Conflict()
        self.title, self.said = dress(Label(), Role.TITLE), Label()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.buttons = QHBoxLayout()
        self.save_button = dress(keys.button(self, "form.save", self.save), Role.PRIMARY)
        self.theirs = keys.button(self, "masters.theirs", self.take_theirs)
        self.theirs.hide()
        self.onward = keys.button(self, "masters.related", self.go_on)
        if master.hanging:
            self.onward.setText(joined(" ", (keys.key_text("masters.related"), _(master.hanging))))
        self.papers = {
            keys.button(self, key, partial(self._paper, form)): form
            for key, form in master.papers.items()
        }
        self.back = Button(keys.caption("form.close"), self)
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back.clicked.connect(self.leave)
        self._shown: Shown[Any] | None = None
        self._code, self._asked, self._busy, self._warned = "", 0, False, False
        self._doubts = self._heading = ""
        self._lay_out()
        if master.kind == "period":
            self._add_periods()
        self.form.done.connect(self.save_button.setFocus)
        floor.desk.entered.connect(self._look_who)
        self.form.changed.connect(self._changed)

    @property
    def may(self) -> bool:
        """Whether who stands here may save such a master, which is another verb for a new one."""
        verb = self.register.change if self._code else self.register.add or self.register.change
        verb = self.master.verb or verb
        return verb is not None and self.floor.desk.actor.may(power_of(verb))

    def open(self, code: str, heading: str = "") -> None:
        """The master of this code, as it is now in the books."""
        self._begin(code)
        self._heading = heading or self._heading
        asked = self._asked
        self.floor.desk.ask(
            self.register.show, code, done=partial(self._show, asked), undone=self._tell
        )
        self._ask_history(code)
        self.sales.look_at(code, self._tell)

    def begin_new(self, given: Mapping[str, Any]) -> None:
        """An empty form; `given` is said already."""
        self._begin("")
        self._shown = None
        self.title.setText(_("New: {one}").format(one=_(self.master.one)))
        self.form.set_writable(writable=self.may)
        self.form.show_values({**self.master.fresh, **given}, fresh=True)
        self.pane.show_events(())
        self.sales.look_at("", self._tell)
        self.form.begin()

    def save(self) -> None:
        """Refused at the boxes, all at once; stale, both versions are shown."""
        if self._busy or not self.may or not self.save_button.isVisible():
            return
        self.form.accept()
        given = self._given()
        if not given:
            self._say(_("Nothing was changed."), Role.MUTED)
            return
        problems = self.form.missing(self.master.either)
        read = self._read(given, problems)
        if self.master.faults is not None:
            problems += self.master.faults(self._shown.record if self._shown else None, read)
        if problems:
            self._refuse(problems)
            return
        self._busy = True
        self._say(_("Saving…"), Role.MUTED)
        if self.master.doubts is not None:
            weigh = partial(self._weigh, read)
            self.floor.desk.ask(
                self.master.doubts, self._code, read, done=weigh, undone=self._unwritten
            )
        else:
            self._write(read)

    def _look_who(self) -> None:
        """Each verb is for who may do it."""
        self.save_button.setVisible(self.may)
        for button, form in self.papers.items():
            may = form.verb is not None and self.floor.desk.actor.may(power_of(form.verb))
            button.setVisible(may and bool(self._code))
            button.setEnabled(may)

    def _paper(self, form: Master) -> None:
        """What was typed here is not lost without a word."""
        if self._shown is not None and not self._busy and not self._loses():
            self.paper.emit(form, self._code, self.title.text())

    def take_theirs(self) -> None:
        """What was typed is dropped for what somebody else has saved."""
        if self.conflict.isVisible() and not self._busy:
            self.open(self._code)

    def go_on(self) -> None:
        """To what hangs on this one."""
        if self._shown is not None and self.master.related:
            self.related.emit(self._code)

    def leave(self) -> None:
        """Back to the list; what was typed is not lost without a word, nor what is being saved."""
        if not self._busy and not self._loses():
            self.closed.emit()

    def _loses(self) -> bool:
        """Whether something typed would be lost; said once."""
        changed = list(self.form.changes()) if self.may else []
        if changed and not self._warned:
            self._warned = True
            names = joined(", ", (self.form.label_of(name) for name in changed))
            save, back = keys.caption("form.save"), keys.key_text("form.close")
            asked = _("You changed: {fields}. {save} keeps it; {back} once more drops it.")
            self._say(asked.format(fields=names, save=save, back=back), Role.WARNING)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, Button):
            focus.click()
        else:
            super().keyPressEvent(event)

    def _given(self) -> dict[str, Any]:
        """What would be written: of a new one all, of another what was typed and is to stay."""
        if self._shown is None:
            return self.form.said() if self.form.changes() else {}
        changes = self.form.changes()
        if self.conflict.isVisible():
            every = {**{n: e.typed() for n, e in self.form.entries.items()}, **changes}
            asked, kept = self.conflict.ticks, self.conflict.kept
            changes = {
                n: v for n, v in every.items() if n in kept or (n in changes and n not in asked)
            }
        for names in self.master.together:
            if names & changes.keys():
                more = {n: self.form.entries[n].typed() for n in names}
                changes = {**{n: value for n, value in more.items() if value != ""}, **changes}
        return changes

    def _read(self, given: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
        """As an import reads it; what cannot be read joins the problems."""
        from dms_desktop.files.register_fields import read_register

        boxes = {box.name for box in self.form.boxes if box.aside}
        aside = {name: value for name, value in given.items() if name in boxes}
        own = {name: value for name, value in given.items() if name not in boxes}
        try:
            return {**read_register(self.master.kind, own), **aside}
        except Refused as refused:
            there = {problem.facts.get("field") for problem in problems}
            wrong = {str(problem.facts.get("field")) for problem in refused.problems}
            problems += [p for p in refused.problems if p.facts.get("field") not in there]
            rest = {name: value for name, value in own.items() if name not in wrong}
            return read_register(self.master.kind, rest) if rest.keys() < own.keys() else {}

    def _weigh(self, given: dict[str, Any], found: Sequence[Twin | Slip]) -> None:
        """What is likely a slip: told once, and saved when it is asked for again."""
        doubts = repr(found)
        if not found or doubts == self._doubts:
            self._write(given)
            return
        self._busy, self._doubts = False, doubts
        for doubt in found:
            self.form.entries[doubt.field].warn(saying.doubt(doubt))
        again = _("Look at the marked boxes. {save} once more saves it all the same.")
        self._say(again.format(save=keys.key_text("form.save")), Role.WARNING)

    def _write(self, given: dict[str, Any]) -> None:
        desk, answers = self.floor.desk, (self._written, self._unwritten)
        if self.master.write is not None:
            self.master.write(self.floor, self._shown, given, *answers)
        elif self._shown is None:
            assert self.register.add is not None
            desk.do(self.register.add, given, done=answers[0], undone=answers[1])
        else:
            assert self.register.change is not None
            change, version = self.register.change, self._shown.version
            desk.do(change, self._code, given, version, done=answers[0], undone=answers[1])

    def _written(self, shown: Shown[Any]) -> None:
        self._busy = False
        self.floor.banners.over(self.master.many)
        self.conflict.hide()
        self.theirs.hide()
        self._say("", Role.MUTED)
        code = self.register.code(shown.record)
        self.saved.emit(code, str(getattr(shown.record, "name", "")))

    def _unwritten(self, error: BaseException) -> None:
        self._busy = False
        if not isinstance(error, Refused):
            self._say("", Role.MUTED)
            self.floor.banners.tell(self.master.many, messages.of_error(error), self.save)
            return
        newer = next((p for p in error.problems if p.reason is Reason.STALE), None)
        if newer is not None:
            ask = partial(self._compare, self._asked, newer)
            self.floor.desk.ask(self.register.show, self._code, done=ask, undone=self._tell)
        else:
            self._refuse(error.problems)

    def _compare(self, asked: int, problem: Problem, now: Shown[Any]) -> None:
        """What they saved, against what stands in the boxes."""
        if asked != self._asked or self._shown is None:
            return
        rows = saying.differences(self.master, self.form, self._shown, now)
        self._shown = now
        self._say("", Role.MUTED)
        self.conflict.show_differences(saying.stale(problem), rows)
        self.theirs.show()
        self._ask_history(self._code)

    def _begin(self, code: str) -> None:
        self._asked += 1
        self._code, self._busy, self._warned, self._doubts = code, False, False, ""
        self.conflict.hide()
        self.theirs.hide()
        self.onward.setVisible(bool(code and self.master.related))
        self._say("", Role.MUTED)
        self._look_who()
        self._ask_choices()

    def _show(self, asked: int, shown: Shown[Any]) -> None:
        if asked != self._asked:
            return
        self.floor.banners.over(self.master.many)
        self._shown, self._code = shown, self.register.code(shown.record)
        self.title.setText(self._heading or str(getattr(shown.record, "name", "")) or self._code)
        self.form.set_writable(writable=self.may and self.register.change is not None)
        self.form.show_values(self.master.values(shown.record), fresh=False)
        if not self.may and self.register.change is not None:
            self._say(_("You may look at this and not change it."), Role.MUTED)
        self.form.begin()

    def _ask_history(self, code: str) -> None:
        show = partial(self._show_history, self._asked)
        self.floor.desk.ask(history, self.master.kind, code, done=show, undone=self._tell)

    def _show_history(self, asked: int, events: Sequence[Event]) -> None:
        if asked == self._asked:
            self.pane.show_events(events)

    def _ask_choices(self) -> None:
        """What the look-ups offer: items and parties from the search indexes, others from here."""
        of = {box.of for box in self.form.boxes if box.of}
        desk = self.floor.desk
        for kind, index in zip(INDEXED, (desk.items, desk.parties), strict=True):
            if kind in of:
                self.form.offer(kind, Choices(index.find, index.by_code))
        self.form.offer("state", _states())
        if kinds := sorted(of - {*INDEXED, "state"}):
            desk.ask(lists.names, kinds, done=self._offer, undone=self._tell)

    def _offer(self, found: Mapping[str, Any]) -> None:
        for kind, rows in found.items():
            pairs = [(each.code, each.name) for each in rows if each.active]
            self.form.offer(kind, choices_among(pairs))

    def _refuse(self, problems: Any) -> None:
        homeless = self.form.refuse(problems)
        said = joined(" ", homeless) if homeless else _("Not saved yet: look at the marked boxes.")
        self._say(said, Role.FAULT)

    def _changed(self) -> None:
        self._warned, self._doubts = False, ""
        if not self._busy:
            self._say("", Role.MUTED)

    def _add_periods(self) -> None:
        """The locks are moved by their own verbs, and not typed over."""
        from dms_desktop.ui.masters.periods import PeriodVerbs

        verbs = PeriodVerbs(
            self.floor,
            self,
            lambda: self.open(self._code),
            lambda said: self._say(said, Role.FAULT),
        )
        self.floor.desk.entered.connect(verbs.look_who)
        self.layout().insertWidget(3, verbs)  # type: ignore[union-attr]

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self._say(messages.of_error(error), Role.FAULT)
        else:
            retry = partial(self.open, self._code) if self._code else None
            self.floor.banners.tell(self.master.many, messages.of_error(error), retry)

    def _say(self, sentence: str, role: Role) -> None:
        dress(self.said, role).setText(sentence)
        self.said.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.form, 13)
        beside = QVBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(self.sales)
        beside.addWidget(self.pane, 1)
        body.addLayout(beside, 7)
        self.buttons.setSpacing(8)
        for button in (self.save_button, self.theirs, *self.papers, self.onward):
            self.buttons.addWidget(button)
        self.buttons.addStretch()
        self.buttons.addWidget(self.back)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(10)
        rows.addWidget(self.title)
        rows.addWidget(self.conflict)
        rows.addLayout(body, 1)
        rows.addWidget(self.said)
        rows.addLayout(self.buttons)


def _states() -> Choices:
    """By any way that people write them, in English or Hindi: `MH`, `27`, `महाराष्ट्र`; shown in
    the language of the moment."""
    rows = [(each.code, _(each.name)) for each in states.STATES]
    among = choices_among(rows, [" ".join(states.written(each)) for each in states.STATES])

    def by_code(text: str) -> Sequence[Found]:
        try:
            return among.by_code(states.state(text).code)
        except states.UnknownState:
            return ()

    return Choices(among.find, by_code)
