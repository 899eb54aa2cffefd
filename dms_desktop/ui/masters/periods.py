"""Closing a day, filing a month, locking a year, and opening them again: one box says which."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dms_desktop.domain.calendar import read_day
from dms_desktop.domain.powers import power_of
from dms_desktop.domain.refusals import Reason, Refused, refuse
from dms_desktop.language.catalogue import _
from dms_desktop.services import periods
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.asking import Asking

YEAR = re.compile(r"20[0-9]{2}-[0-9]{2}")
MONTH = re.compile(r"([0-9]{1,2})[-/. ](20[0-9]{2})")
CLOSING = (periods.close_day, periods.file_month, periods.lock_year)
OPENING = (periods.reopen_day, periods.reopen_month, periods.unlock_year)
Verb = Callable[..., Any]


def read_span(text: str, verbs: tuple[Verb, Verb, Verb]) -> tuple[Verb, Any]:
    """`21-11-2026` is a day, `10-2026` a month, `2025-26` a financial year, each with its verb.

    Refuses BAD_DAY.
    """
    day, month, year = verbs
    text = text.strip()
    if YEAR.fullmatch(text):
        return year, periods.year_of(text)
    if found := MONTH.fullmatch(text):
        text, day = f"01-{found[1]}-{found[2]}", month
    try:
        return day, read_day(text)
    except ValueError:
        raise refuse(Reason.BAD_DAY, value=text) from None


class PeriodVerbs(QWidget):
    """`done` is called when a lock has moved, `say` with what cannot be; the keys work in all of
    `ground`."""

    def __init__(
        self,
        floor: Floor,
        ground: QWidget,
        done: Callable[[], object],
        say: Callable[[str], object],
    ) -> None:
        super().__init__(ground)
        self._floor, self._done, self._say = floor, done, say
        self.asking = Asking()
        self.close_button = keys.button(ground, "periods.close", self.close_span)
        self.open_button = keys.button(ground, "periods.reopen", self.open_span)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.close_button, self.open_button):
            row.addWidget(button)
        row.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.asking)
        rows.addLayout(row)
        self.look_who()

    def look_who(self) -> None:
        """Each verb is for who may do it."""
        for button, verbs in ((self.close_button, CLOSING), (self.open_button, OPENING)):
            may = any(self._may(verb) for verb in verbs)
            button.setVisible(may)
            button.setEnabled(may)

    def close_span(self) -> None:
        self.asking.ask(
            _("Which day (21-11-2026), filed month (10-2026) or year (2025-26)?"),
            _("Close it"),
            partial(self._do, CLOSING, ()),
        )  # fmt: skip

    def open_span(self) -> None:
        self.asking.ask(
            _("From which day (21-11-2026), month (10-2026) or year (2025-26) on?"),
            _("Go on"),
            self._ask_why,
        )

    def _ask_why(self, text: str) -> None:
        try:
            read_span(text, OPENING)
        except Refused as error:
            self._fail(error)
            return
        verb = _("Open it again")
        self.asking.ask(_("Why?"), verb, lambda why: self._do(OPENING, (why,), text))

    def _do(self, verbs: tuple[Verb, Verb, Verb], more: tuple[str, ...], text: str) -> None:
        try:
            verb, span = read_span(text, verbs)
        except Refused as error:
            self._fail(error)
            return
        self._floor.desk.do(verb, span, *more, done=lambda _: self._done(), undone=self._fail)

    def _may(self, verb: Verb) -> bool:
        return self._floor.desk.actor.may(power_of(verb))

    def _fail(self, error: BaseException) -> None:
        self._say(messages.of_error(error))
