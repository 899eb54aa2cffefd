"""A box in which a clerk types, or a scanner scans, what is meant, and Enter takes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from dms_desktop.language.catalogue import _, joined
from dms_desktop.ui import keys
from dms_desktop.ui.kit.hit_list import HitList
from dms_desktop.ui.kit.one_line import OneLine
from dms_desktop.ui.kit.speaking import tell
from dms_desktop.ui.theme import set_refused

if TYPE_CHECKING:
    from dms_desktop.store.search_entries import Found

SHORTEST_BARCODE = 8
LONGEST = 250  # of all that a scanner sends at once
SEPARATOR = "\x1d"  # inside a GS1 code
GS1 = re.compile(r"0[12][0-9]{14}|\(0[12]\)|\]|https?://")  # how such a code may begin
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LIST_KEYS = (*ENTER, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down)
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)

NEWCOMER = -1  # the id of the row that begins a new master

Search = Callable[[str], "Sequence[Found]"]


class Lookup(QLineEdit):
    """`find` answers each key and `by_code` knows exact codes and barcodes; both are asked on this
    thread, so both must be fast. Enter in an empty box emits `returnPressed` like any other."""

    chosen = Signal(object)  # Found
    missed = Signal(str)  # Enter, and nothing is exactly or surely this
    new_wanted = Signal(str)  # what was typed is to become a new master

    def __init__(
        self, find: Search, by_code: Search, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._find, self._by_code = find, by_code
        self.found: Found | None = None
        self.list = HitList()
        self._asked: str | None = None  # what the list answers
        self._moved = False  # a row was pointed at, so the clerk has seen it
        self.typed = ""  # what stood here when a row was taken
        self._newcomer: Callable[[str], str] | None = None
        self.one_line = OneLine(self)
        self.setMaxLength(LONGEST)
        tell(self, "accessibleName", name)
        self.textEdited.connect(self._edited)
        self.textChanged.connect(self._changed)
        self.list.picked.connect(self._pick)
        self.destroyed.connect(self.list.deleteLater)

    def show_found(self, found: Found | None) -> None:
        """Hold `found` as if it had been chosen, without saying so to anyone."""
        self.found = found
        self.setText(found.name if found else "")
        self._close()
        set_refused(self, refused=False)

    def say_below(self, sentence: str) -> None:
        """The list, where it lies over what is said below the box, says it itself."""
        if self.list.isVisible():
            self.list.say(sentence)

    def take(self, text: str) -> None:
        """As if this had been typed here, and Enter behind it."""
        self.setFocus()
        self.setText(text)
        self._take()

    def offer_new(self, words: Callable[[str], str]) -> None:
        """Below what nothing is called, a row begins a new master of it. `words` are what the row
        says, empty where this user may make none."""
        self._newcomer = words

    def choose(self, found: Found) -> None:
        """As if the clerk had taken it from the list."""
        self._choose(found)

    def _changed(self, text: str) -> None:
        if self.found and text != self.found.name:
            self.found = None
        if not text:
            self._close()

    def _edited(self, text: str) -> None:
        if text != self.text():
            return  # it was refused as it came
        set_refused(self, refused=False)
        if text.strip():
            self._search(text)
        else:
            self._close()

    def _search(self, text: str) -> None:
        self._asked, self._moved = text, False
        hits = self._find(text)
        new = self._new_row(text)
        if not hits:
            self.list.offer(self, new, -1, _("Nothing is called that"))
        elif hits[0].near:
            note = _("Nothing is called that. Spelt alike; {down} to choose")
            rows = (*hits, *new)
            self.list.offer(self, rows, -1, note.format(down=keys.key_text("lookup.down")))
        else:
            self.list.offer(self, hits, 0, _list_keys(*(["lookup.new"] if new else ())))
            self._say_current()

    def _new_row(self, text: str) -> tuple[Found, ...]:
        """The row that begins a new master of this text, where one may be made."""
        from dms_desktop.store.search_entries import Found

        words = self._newcomer(text.strip()) if self._newcomer and text.strip() else ""
        key = keys.key_text("lookup.new")
        return (Found(NEWCOMER, key, words, near=True),) if words else ()

    def _begin_new(self) -> None:
        text = self.text().strip()
        self._close()
        self.new_wanted.emit(text)

    def _offer_all(self, text: str, exact: Sequence[Found]) -> None:
        """Several have this code: the next Enter takes the highlighted one, a scan starts anew."""
        self._asked, self._moved = text, True
        note = _("{count} have this code; {take} to choose")
        take = keys.key_text("lookup.take")
        self.list.offer(self, exact, 0, note.format(count=len(exact), take=take))
        self._say_current()
        self.selectAll()

    def _take(self) -> None:
        """What stands in the box decides. A row is taken only when it answers just that text and
        the clerk could see that it does."""
        text = self.text()
        answered = self._asked == text and self.list.isVisible()
        if self.found:
            self._choose(self.found)
        elif answered and self._moved:
            self._pick(self.list.current)
        elif exact := self._by_code(text):
            if len(exact) == 1:
                self._choose(exact[0])
            else:
                self._offer_all(text, exact)
        elif not answered:
            self._search(text)
            if not self._may_take_first(text):
                self._miss(text)
        elif self._may_take_first(text):
            self._pick(0)
        else:
            self._miss(text)

    def _may_take_first(self, text: str) -> bool:
        """A scan that nothing answers is an unknown label, never the beginning of another's."""
        return bool(self.list.hits) and not self.list.hits[0].near and not is_scan(text)

    def _pick(self, row: int) -> None:
        found = self.list.hits[row]
        if found.id == NEWCOMER:
            self._begin_new()
        else:
            self._choose(found)

    def _choose(self, found: Found) -> None:
        self.typed = self.text().strip()
        self.show_found(found)
        self.chosen.emit(found)

    def _miss(self, text: str) -> None:
        """Left selected, so that the next scan starts anew. A list of nothing would only lie over
        the sentence that is said below the box."""
        set_refused(self, refused=True)
        self.selectAll()
        if not self.list.hits:
            self._close()
        self.missed.emit(text.strip())

    def _move(self, step: int) -> None:
        if self.list.isHidden():
            self._search(self.text())
            self._moved = self.list.current >= 0  # he asked for the list, and sees where it points
        elif self.list.hits:
            self.list.move_by(step)
            self._moved = True
            self._say_current()

    def _say_current(self) -> None:
        """For a screen reader: the list is only painted."""
        if QAccessible.isActive():
            hit = self.list.hits[self.list.current]
            spoken = f"{hit.name}, {hit.code}, {hit.detail}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))

    def _close(self) -> None:
        self.list.hide()
        self._asked, self._moved = None, False

    def event(self, event: QEvent) -> bool:
        """While the list is open its keys are not the window's shortcuts. Tab behind a text that
        is nothing yet takes it like Enter: many scanners end with it."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and event.modifiers() in PLAIN
            and self.text().strip()
            and not self.found
        ):
            self._take()
            return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in LIST_KEYS
            and self.list.isVisible()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == SEPARATOR:
            self.insert(SEPARATOR)  # Qt would drop it, and a batch would run into what follows
            return
        key, plain, is_open = event.key(), event.modifiers() in PLAIN, self.list.isVisible()
        if plain and key in ENTER and (self.text().strip() or (is_open and self._moved)):
            self._take()
        elif plain and key == Qt.Key.Key_Down:
            self._move(1)
        elif plain and key == Qt.Key.Key_Up and is_open:
            self._move(-1)
        elif plain and key == Qt.Key.Key_Escape and is_open:
            self._close()
        elif plain and key == Qt.Key.Key_Insert and not self.found and self._new_row(self.text()):
            self._begin_new()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._close()
        super().focusOutEvent(event)


def is_scan(text: str) -> bool:
    """Whether this came from a label: figures of a barcode, or a code that says several things."""
    said = text.strip()
    figures = len(said) >= SHORTEST_BARCODE and said.isascii() and said.isdigit()
    return figures or SEPARATOR in said or bool(GS1.match(said))


def _list_keys(*more: str) -> str:
    ids = ("lookup.take", "lookup.down", "lookup.up", "lookup.close", *more)
    return joined("  ·  ", map(keys.caption, ids))
