"""The options of the books, each with a sentence on what it does; saved together or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget

from dms_desktop.domain.options import OPTIONS
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.language.catalogue import N_, _
from dms_desktop.services import options
from dms_desktop.services.options import Chosen
from dms_desktop.store.session import Tx
from dms_desktop.ui import keys, messages
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.settings.choice_box import ChoiceBox
from dms_desktop.ui.settings.option_texts import OPTION_TEXTS, OptionText
from dms_desktop.ui.settings.pane import Pane
from dms_desktop.ui.theme import Role, dress, set_refused

WIDTH = 12  # characters of a figure


@needs(Power.SETTINGS)
def choose_all(tx: Tx, wanted: Sequence[Chosen]) -> None:
    """Each to its new value, seen at its version; a refusal of one refuses them all."""
    for each in wanted:
        options.choose(tx, each.code, each.value, each.version)


class OptionsPane(Pane):
    """One card for each option, in the order that they are told in."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(
            floor, N_("Rules of the house"), N_("These hold for every counter of these books.")
        )
        self.boxes: dict[str, QLineEdit | ChoiceBox] = {}
        self._flaws: dict[str, Label] = {}
        self._seen: Mapping[str, Chosen] = {}
        area, ground = QScrollArea(), QFrame()
        ground.setObjectName("ground")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(ground)
        rows = QGridLayout(ground)
        rows.setContentsMargins(0, 0, 10, 0)
        rows.setSpacing(10)
        for row, (code, text) in enumerate(OPTION_TEXTS.items()):
            rows.addWidget(self._card(code, text), row, 0)
        rows.setRowStretch(len(OPTION_TEXTS), 1)
        self.body.addWidget(area, 1)
        self.save_button = dress(keys.button(self, "settings.save", self.save), Role.PRIMARY)
        self.buttons.addWidget(self.save_button)
        self.buttons.addStretch()
        self.setFocusProxy(next(iter(self.boxes.values())))

    def arrive(self) -> None:
        """What was typed and not saved stays."""
        if not self._wanted():
            self._ask()

    def save(self) -> None:
        for code in self.boxes:
            self._mark(code, "")
        wanted = self._wanted()
        if not wanted:
            self.say(_("Nothing was changed."), Role.MUTED)
            return
        fits = [self._fits(each) for each in reversed(wanted)]  # the cursor goes to the first flaw
        if all(fits):
            self.floor.desk.do(
                choose_all, wanted, done=lambda _done: self._saved(), undone=self._unsaved
            )

    def _ask(self) -> None:
        self.floor.desk.ask(options.options, done=self._show, undone=self.tell)

    def _wanted(self) -> list[Chosen]:
        """What was typed otherwise than it was seen."""
        return [
            Chosen(code, box.text().strip(), self._seen[code].version)
            for code, box in self.boxes.items()
            if code in self._seen and box.text().strip() != self._seen[code].value
        ]

    def _fits(self, wanted: Chosen) -> bool:
        try:
            OPTIONS[wanted.code].check(wanted.value)
        except ValueError:
            self._mark(wanted.code, _bad(wanted))
            return False
        return True

    def _show(self, found: list[Chosen]) -> None:
        self.floor.banners.over(self.name)
        self._seen = {each.code: each for each in found}
        for code, box in self.boxes.items():
            box.setText(self._seen[code].value)
            self._mark(code, "")

    def _saved(self) -> None:
        self.say(_("Saved. It holds from now on."))
        self._ask()

    def _unsaved(self, error: BaseException) -> None:
        """Somebody else changed it meanwhile: his value is shown, and said."""
        if isinstance(error, Refused):
            self.say(messages.of_error(error), Role.FAULT)
            self._ask()
        else:
            self.floor.banners.tell(self.name, messages.of_error(error), self.save)

    def _mark(self, code: str, sentence: str) -> None:
        box, flaw = self.boxes[code], self._flaws[code]
        set_refused(box, refused=bool(sentence))
        box.setAccessibleDescription(sentence or _(OPTION_TEXTS[code].sentence))
        flaw.setText(sentence)
        flaw.setVisible(bool(sentence))
        if sentence:
            box.setFocus()
            if isinstance(box, QLineEdit):
                box.selectAll()

    def _box(self, code: str, text: OptionText) -> QLineEdit | ChoiceBox:
        if text.choices:
            choice = ChoiceBox(text.choices)
            choice.left.connect(self.focusNextChild)
            return choice
        box = QLineEdit()
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.setFixedWidth(box.fontMetrics().averageCharWidth() * WIDTH + 24)
        box.textEdited.connect(lambda _text: self._mark(code, ""))
        box.returnPressed.connect(self.focusNextChild)
        return box

    def _card(self, code: str, text: OptionText) -> QWidget:
        card = dress(QFrame(), Role.CARD)
        box = self.boxes[code] = self._box(code, text)
        tell(box, "accessibleName", _(text.label))
        sentence = dress(Label(_(text.sentence)), Role.MUTED)
        flaw = self._flaws[code] = dress(Label(), Role.FAULT)
        for label in (sentence, flaw):
            label.setWordWrap(True)
        flaw.hide()
        grid = QGridLayout(card)
        grid.setContentsMargins(14, 10, 14, 12)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.addWidget(Label(_(text.label)), 0, 0)
        grid.addWidget(box, 0, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        unit = dress(Label(_(text.unit) if text.unit else ""), Role.MUTED)
        unit.setMinimumWidth(unit.fontMetrics().averageCharWidth() * 9)
        unit.setMinimumHeight(box.sizeHint().height())
        grid.addWidget(unit, 0, 2, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(sentence, 1, 0)
        grid.addWidget(flaw, 2, 0, 1, 3)
        return card


def _bad(wanted: Chosen) -> str:
    facts = {"field": _(OPTION_TEXTS[wanted.code].label), "value": wanted.value}
    return messages.of_problems((Problem(Reason.BAD_FIGURE, facts=facts),))
