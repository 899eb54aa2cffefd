"""A party or an item that nobody knows yet, made in its form from the counter and chosen there."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from dms_desktop.domain.powers import Power
from dms_desktop.language.catalogue import N_, _
from dms_desktop.store.search_entries import Found
from dms_desktop.ui import messages
from dms_desktop.ui.billing.heading import phone_in
from dms_desktop.ui.billing.scanning import gs1_of
from dms_desktop.ui.keys import Where
from dms_desktop.ui.kit.lookup import is_scan

if TYPE_CHECKING:
    from dms_desktop.services.registers.register import Shown
    from dms_desktop.ui.billing.screen import BillingScreen
    from dms_desktop.ui.floor import Floor
    from dms_desktop.ui.masters.editor import Editor
    from dms_desktop.ui.masters.master import Master

GSTIN_SHAPE = re.compile(r"[0-9]{2}[A-Z0-9]{13}")
WORDS = {"party": N_("New party “{text}”"), "item": N_("New item “{text}”")}
HINTS = ("form.save", "form.close")
NAME = "counter"  # of the screen whose bill goes on below the form


class Newcomers(QObject):
    """The form lies over the counter; saved or left, the bill is there as it was."""

    def __init__(self, floor: Floor, counter: BillingScreen) -> None:
        super().__init__(counter)
        self._floor, self._counter = floor, counter
        self._editors: dict[str, Editor] = {}  # those that are open
        for kind, box in (("party", counter.heading.party), ("item", counter.entry.item)):
            box.offer_new(partial(self._words, kind))
            box.new_wanted.connect(partial(self.begin, kind))
        floor.desk.entered.connect(self._entered)

    def begin(self, kind: str, text: str) -> None:
        """The form with what was typed in its place; one that was left half typed comes back."""
        editor = self._editors.get(kind)
        if editor is None or not editor.form.changes():
            if editor is not None:
                self._drop(kind)
            editor = self._make(kind)
            self._show(editor)
            editor.begin_new(self._given(kind, text))
        else:
            self._show(editor)

    def _words(self, kind: str, text: str) -> str:
        if not self._floor.desk.actor.may(Power.MASTERS):
            return ""
        return _(WORDS[kind]).format(text=text)

    def _given(self, kind: str, text: str) -> dict[str, Any]:
        """What this text is of the new one."""
        if kind == "item":
            scan = gs1_of(text, self._counter.model.draft.day)
            code = scan.codes[0] if scan else text if is_scan(text) else ""
            return {"barcodes": [{"code": code, "units": 1}]} if code else {"name": text}
        gstin = text.replace(" ", "").upper()
        if GSTIN_SHAPE.fullmatch(gstin):
            return {"gstin": gstin}
        phone = phone_in(text)
        return {"phone": phone} if phone else {"name": text}

    def _make(self, kind: str) -> Editor:
        from dms_desktop.ui.masters.editor import Editor

        editor = self._editors[kind] = Editor(self._floor, _master(kind))
        draft = self._counter.model.draft.id
        editor.closed.connect(partial(self._leave, kind))
        editor.saved.connect(lambda code, _: self._saved(kind, code, draft))
        return editor

    def _show(self, editor: Editor) -> None:
        self._floor.window.show_page(editor, self._floor.company, Where.FORM, HINTS, NAME)

    def _leave(self, kind: str) -> None:
        """Back to the bill, where the cursor was."""
        if self._floor.window.pages.currentWidget() is self._editors[kind]:
            self._floor.go(NAME)
        self._drop(kind)

    def _drop(self, kind: str) -> None:
        self._floor.window.let_go(self._editors.pop(kind))

    def _saved(self, kind: str, code: str, draft: object) -> None:
        register = self._editors[kind].register
        self._leave(kind)
        self._read(partial(self._choose, kind, code, draft), register.show, code)

    def _read(self, done: Callable[[Any], None], *asked: Any) -> None:
        def undone(error: BaseException) -> None:
            again = partial(self._read, done, *asked)
            self._floor.banners.tell("newcomer", messages.of_error(error), again)

        self._floor.desk.ask(*asked, done=done, undone=undone)

    def _choose(self, kind: str, code: str, draft: object, shown: Shown[Any]) -> None:
        """Onto the bill that it was made for, unless that is gone from the counter."""
        self._floor.banners.over("newcomer")
        counter = self._counter
        if counter.model.draft.id != draft:
            return
        box = counter.heading.party if kind == "party" else counter.entry.item
        box.choose(Found(shown.id, code, str(shown.record.name)))

    def _entered(self) -> None:
        """Who may make none sees no form of another's."""
        if self._floor.desk.actor.may(Power.MASTERS):
            return
        for kind in [*self._editors]:
            if self._floor.window.pages.currentWidget() is self._editors[kind]:
                self._floor.go_first()
            self._drop(kind)


def _master(kind: str) -> Master:
    if kind == "party":
        from dms_desktop.ui.masters.people import PARTY

        return PARTY
    from dms_desktop.ui.masters.goods import ITEM

    return ITEM
