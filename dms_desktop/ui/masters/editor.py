"""One master in its form, its history beside it: shown, changed if it is still what was seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dms_desktop.domain.powers import power_of
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.language.catalogue import _, joined
from dms_desktop.services.registers import lists
from dms_desktop.services.registers.every import register_of
from dms_desktop.services.registers.history import history
from dms_desktop.services.registers.register import Shown
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.form import Form
from dms_desktop.ui.kit.form_boxes import Choices, Kind, choices_among, written
from dms_desktop.ui.kit.form_conflict import Conflict, Difference
from dms_desktop.ui.kit.speaking import Button, Label
from dms_desktop.ui.masters.history import HistoryPane, instant
from dms_desktop.ui.masters.master import Master
from dms_desktop.ui.theme import Role, dress

INDEXED = ("item", "party")  # what the search indexes know


class Editor(QWidget):
    """`saved` with the code and the name of what was saved; `closed`: back to the list."""

    saved = Signal(str, str)
    closed = Signal()

    def __init__(self, floor: Floor, master: Master) -> None:
        super().__init__()
        self.floor, self.master, self.register = floor, master, register_of(master.kind)
        self.form = Form(master.groups)
        self.pane, self.conflict = HistoryPane(self.form.label_of, self._plain), Conflict()
        self.title, self.said = dress(Label(), Role.TITLE), Label()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.buttons = QHBoxLayout()
        self.save_button = dress(keys.button(self, "form.save", self.save), Role.PRIMARY)
        self.back = Button(keys.caption("form.close"), self)
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back.clicked.connect(self.leave)
        self._shown: Shown[Any] | None = None
        self._code, self._asked, self._busy, self._warned = "", 0, False, False
        self._doubts = ""
        self._lay_out()
        self.form.done.connect(self.save_button.setFocus)
        self.form.changed.connect(self._changed)

    @property
    def may(self) -> bool:
        """Whether who stands here may save such a master."""
        verb = self.register.change or self.register.add
        return verb is not None and self.floor.desk.actor.may(power_of(verb))

    def open(self, code: str) -> None:
        """The master of this code, as it is now in the books."""
        self._begin(code)
        asked = self._asked
        self.floor.desk.ask(
            self.register.show, code, done=partial(self._show, asked), undone=self._tell
        )
        self._ask_history(code)

    def begin_new(self, given: Mapping[str, Any]) -> None:
        """An empty form; `given` is said already."""
        self._begin("")
        self._shown = None
        self.title.setText(_("New: {one}").format(one=_(self.master.one)))
        self.form.set_writable(writable=self.may)
        self.form.show_values({**self.master.fresh, **given}, fresh=True)
        self.pane.show_events(())
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
        problems = self.form.missing()
        read = self._read(given, problems)
        if problems:
            self._refuse(problems)
            return
        self._busy = True
        self._say(_("Saving…"), Role.MUTED)
        self._write(read)

    def leave(self) -> None:
        """Back to the list; what was typed is not lost without a word."""
        changed = list(self._given()) if self.may and self.form.changes() else []
        if changed and not self._warned:
            self._warned = True
            names = joined(", ", (self.form.label_of(name) for name in changed))
            save, back = keys.caption("form.save"), keys.key_text("form.close")
            asked = _("You changed: {fields}. {save} keeps it; {back} once more drops it.")
            self._say(asked.format(fields=names, save=save, back=back), Role.WARNING)
            return
        self.closed.emit()

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
            changes = {name: every[name] for name in self.conflict.kept}
        for names in self.master.together:
            if names & changes.keys():
                more = {n: self.form.entries[n].typed() for n in names}
                changes = {**{n: value for n, value in more.items() if value != ""}, **changes}
        return changes

    def _read(self, given: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
        """As an import reads it; what cannot be read joins the problems."""
        from dms_desktop.files.register_fields import read_register

        try:
            return read_register(self.master.kind, given)
        except Refused as refused:
            there = {problem.facts.get("field") for problem in problems}
            problems += [p for p in refused.problems if p.facts.get("field") not in there]
            return {}

    def _write(self, given: Mapping[str, Any]) -> None:
        if self._shown is None:
            assert self.register.add is not None
            action: Callable[..., Any] = self.register.add
            asked: tuple[Any, ...] = (given,)
        else:
            assert self.register.change is not None
            action, asked = self.register.change, (self._code, given, self._shown.version)
        self.floor.desk.do(action, *asked, done=self._written, undone=self._unwritten)

    def _written(self, shown: Shown[Any]) -> None:
        self._busy = False
        self.floor.banners.over(self.master.many)
        self.conflict.hide()
        self._say("", Role.MUTED)
        code = self.register.code(shown.record)
        self.saved.emit(code, str(getattr(shown.record, "name", "")))

    def _unwritten(self, error: BaseException) -> None:
        self._busy = False
        if not isinstance(error, Refused):
            self._say("", Role.MUTED)
            self.floor.banners.tell(self.master.many, messages.of_error(error), self.save)
            return
        stale = next((p for p in error.problems if p.reason is Reason.STALE), None)
        if stale is not None:
            ask = partial(self._compare, self._asked, stale)
            self.floor.desk.ask(self.register.show, self._code, done=ask, undone=self._tell)
        else:
            self._refuse(error.problems)

    def _compare(self, asked: int, stale: Problem, now: Shown[Any]) -> None:
        """What they saved, against what stands in the boxes."""
        if asked != self._asked or self._shown is None:
            return
        before, theirs = self.master.values(self._shown.record), self.master.values(now.record)
        mine = self.form.changes()
        rows = [
            Difference(
                box.name,
                self.form.label_of(box.name),
                self._plain(box.name, theirs.get(box.name)),
                self._yours(box.name),
                mine=box.name in mine,
            )
            for box in self.form.boxes
            if (box.name in mine or theirs.get(box.name) != before.get(box.name))
            and self._plain(box.name, theirs.get(box.name)) != self._yours(box.name)
        ]
        at = datetime.fromtimestamp(int(str(stale.facts.get("at") or 0)) / 1_000_000, UTC)
        told = _(
            "{who} saved a newer one on {when}. Ticked is what you typed and is to stand; without "
            "a tick theirs stays. {save} saves it so."
        ).format(who=stale.facts.get("by", ""), when=instant(at), save=keys.key_text("form.save"))
        self._shown = now
        self._say("", Role.MUTED)
        self.conflict.show_differences(told, rows)
        self._ask_history(self._code)

    def _yours(self, name: str) -> str:
        return self._plain(name, self.form.entries[name].typed())

    def _plain(self, name: str, value: Any) -> str:
        """A value of the books as this form shows it."""
        entry = self.form.entries.get(name)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, list):
            return ", ".join(self._plain_part(name, each) for each in value)
        if entry is None:
            return "" if value is None else str(value)
        if entry.box.kind is Kind.CHOICE:
            return _(entry.box.choices.get(str(value or ""), str(value or "")))
        return written(entry.box, value)

    def _plain_part(self, name: str, value: Any) -> str:
        entry = self.form.entries.get(name)
        if not isinstance(value, dict):
            return _(entry.box.choices.get(str(value), str(value))) if entry else str(value)
        columns = entry.box.columns if entry else ()
        parts = [written(column, value.get(column.name)) for column in columns]
        return " ".join(part for part in parts if part)

    def _begin(self, code: str) -> None:
        self._asked += 1
        self._code, self._busy, self._warned, self._doubts = code, False, False, ""
        self.conflict.hide()
        self._say("", Role.MUTED)
        self.save_button.setVisible(self.may)
        self._ask_choices()

    def _show(self, asked: int, shown: Shown[Any]) -> None:
        if asked != self._asked:
            return
        self.floor.banners.over(self.master.many)
        self._shown, self._code = shown, self.register.code(shown.record)
        name = str(getattr(shown.record, "name", "")) or self._code
        self.title.setText(name)
        self.form.set_writable(writable=self.may and self.register.change is not None)
        self.form.show_values(self.master.values(shown.record), fresh=False)
        if not self.may:
            self._say(_("You may look at this and not change it."), Role.MUTED)
        self.form.begin()

    def _ask_history(self, code: str) -> None:
        self.floor.desk.ask(
            history, self.master.kind, code, done=self.pane.show_events, undone=self._tell
        )

    def _ask_choices(self) -> None:
        """What the look-ups offer: items and parties from the search indexes, others from here."""
        of = {box.of for box in self.form.boxes if box.of}
        desk = self.floor.desk
        for kind, index in zip(INDEXED, (desk.items, desk.parties), strict=True):
            if kind in of:
                self.form.offer(kind, Choices(index.find, index.by_code))
        if kinds := sorted(of - {*INDEXED}):
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
        body.addWidget(self.pane, 7)
        self.buttons.setSpacing(8)
        self.buttons.addWidget(self.save_button)
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
