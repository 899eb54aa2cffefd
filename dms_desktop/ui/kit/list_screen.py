"""A list that is searched while typing: declared columns, one read, and a cursor that stays."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dms_desktop.domain.refusals import Refused
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import grouped
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.kit.table import Column, Table
from dms_desktop.ui.theme import Role, dress

Row = TypeVar("Row")
TYPING_MS = 40  # a pause in the typing, after which the list is read


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """What a list shows. `title` and `hint` are said in the language of the moment.

    `read` is a service: (reading, text, after) -> (rows, after of the next page or None). `key`
    tells a row from others; `tables` are those whose changes make the list be read anew.
    """

    title: str
    hint: str
    columns: Sequence[Column[Row]]
    read: Callable[..., tuple[Sequence[Row], Any]]
    key: Callable[[Row], Hashable]
    tables: frozenset[str]
    empty: str = N_("Nothing is here yet.")


class ListScreen(QWidget, Generic[Row]):
    """`opened` comes with the row that Enter was pressed on; `buttons` is for the screen's verbs.

    `filters` stands beside the search box, `below` under the table, `corner` beside the title.
    """

    opened = Signal(object)
    chosen = Signal(object)  # a row, or None

    def __init__(self, floor: Floor, listing: Listing[Row]) -> None:
        super().__init__()
        self.floor, self.listing = floor, listing
        self._who = floor.desk.actor.user_id
        self._asked = 0  # the latest question; an answer to an earlier one is not shown
        self._stale = True
        self._unread = False  # what is said below is why the list could not be read
        self._aim: Hashable = None  # the row that the cursor is to find
        self.title = dress(Label(_(listing.title)), Role.TITLE)
        self.found, self.said = dress(Label(), Role.MUTED), Label()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.search = QLineEdit()
        tell(self.search, "placeholderText", _(listing.hint))
        tell(self.search, "accessibleName", _("Search"))
        self.search.setClearButtonEnabled(True)
        self.table: Table[Row] = Table(listing.columns, _(listing.title))
        self.filters, self.below, self.buttons = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        self.corner = QHBoxLayout()
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.read)
        self.search.textChanged.connect(lambda _: self._pause.start(TYPING_MS))
        self.table.opened.connect(self.opened)
        self.table.chosen.connect(self.chosen)
        self.table.model_of.more_wanted.connect(self._read_more)
        keys.bind(self, "list.search", self._to_search)
        floor.desk.changed.connect(self._changed)
        floor.desk.entered.connect(self._entered)
        self.setFocusProxy(self.search)

    def arrive(self) -> None:
        """It came to the front: the next word typed is a new search."""
        if self.window().focusWidget() in (self.search, self.table):
            self._to_search()
        if self._stale:
            self.read()

    def hush(self) -> None:
        """What was said of the last deed is no longer of interest."""
        self.say("")

    def read(self) -> None:
        """The list anew, from its first page; the cursor stays on its row."""
        self._stale = False
        self._asked += 1
        self.ask(None, partial(self._show, self._asked, self.table.current()))

    def aim(self, key: Hashable) -> None:
        """The next list that comes has its cursor on this row, if it is on the page."""
        self._aim = key

    def ask(self, after: Any, done: Callable[[Any], object]) -> None:
        """Queue the read of a page; a screen with more than a search text has its own."""
        text = self.search.text().strip()
        self.floor.desk.ask(self.listing.read, text, after, done=done, undone=self.tell)

    def tell(self, error: BaseException) -> None:
        """What cannot be, below the list; a fault of the machine is a banner with retry."""
        if isinstance(error, Refused):
            self._unread = True
            self.say(messages.of_error(error), Role.FAULT)
        else:
            self._stale = True
            self.floor.banners.tell(self.listing.title, messages.of_error(error), self.read)

    def say(self, sentence: str, role: Role = Role.MUTED) -> None:
        dress(self.said, role).setText(sentence)
        self.said.setVisible(bool(sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter in the search box lead into the list; Esc goes back to the box."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.table.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.hasFocus():
            if (row := self.table.current()) is not None:
                self.opened.emit(row)
        elif event.key() == Qt.Key.Key_Escape:
            self._to_search()
        else:
            super().keyPressEvent(event)

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _show(self, asked: int, before: Row | None, page: tuple[Sequence[Row], Any]) -> None:
        if asked != self._asked:
            return
        self.floor.banners.over(self.listing.title)
        rows, after = page
        key = self.listing.key
        wanted = self._aim if self._aim is not None else before and key(before)
        at = next((n for n, row in enumerate(rows) if key(row) == wanted), 0)
        self._aim = None
        self.table.show_rows(rows, after, at)
        if self._unread:
            self._unread = False
            self.say("")
        self._count(more=after is not None)

    def _read_more(self, after: Any) -> None:
        asked = self._asked
        self.ask(after, partial(self._append, asked))

    def _append(self, asked: int, page: tuple[Sequence[Row], Any]) -> None:
        if asked == self._asked:
            self.table.model_of.append(*page)
            self._count(more=page[1] is not None)

    def _count(self, *, more: bool) -> None:
        searched = self.search.text().strip()
        self.table.empty = _("Nothing is called that.") if searched else _(self.listing.empty)
        count = grouped(len(self.table.model_of.rows))
        self.found.setText(_("{count} and more").format(count=count) if more else count)

    def _changed(self, touched: dict[str, frozenset[int]]) -> None:
        if self.listing.tables & touched.keys():
            self._stale = True
            if self.isVisible():
                self._pause.start(TYPING_MS)

    def _entered(self) -> None:
        """What one user searched and was told is not for the next."""
        if self._who != self.floor.desk.actor.user_id:
            self._who = self.floor.desk.actor.user_id
            self.search.clear()
            self.hush()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addWidget(self.found, 0, Qt.AlignmentFlag.AlignBottom)
        self.found.setContentsMargins(4, 0, 0, 8)  # on the line that the title stands on
        top.addStretch()
        top.addLayout(self.corner)
        row = QHBoxLayout()
        row.setSpacing(10)
        label = dress(Label(keys.caption("list.search")), Role.MUTED)
        label.setBuddy(self.search)
        row.addWidget(label)
        row.addWidget(self.search, 1)
        row.addLayout(self.filters)
        self.buttons.setSpacing(8)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(10)
        rows.addLayout(top)
        rows.addLayout(row)
        rows.addWidget(self.table, 1)
        rows.addLayout(self.below)
        rows.addWidget(self.said)
        rows.addLayout(self.buttons)
        self.said.hide()
