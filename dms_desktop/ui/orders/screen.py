"""The order tray: what waits for its bill, one key away from the counter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.masters import folded
from dms_desktop.domain.powers import Power, needs
from dms_desktop.language.catalogue import N_, _, joined
from dms_desktop.language.figures import grouped
from dms_desktop.services import tray, tray_panel
from dms_desktop.services.tray import Waiting
from dms_desktop.services.tray_panel import Beat, OrderLine
from dms_desktop.store.session import Reading
from dms_desktop.ui import keys
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.asking import ENTER, Asking
from dms_desktop.ui.kit.list_screen import Listing, ListScreen
from dms_desktop.ui.kit.speaking import Button, Label, tell
from dms_desktop.ui.orders.bulk import BulkPanel
from dms_desktop.ui.orders.columns import KINDS, TITLES, TRAY
from dms_desktop.ui.orders.details import Details
from dms_desktop.ui.orders.panel import Panel
from dms_desktop.ui.orders.sharing import SharePanel
from dms_desktop.ui.orders.verbs import Verbs
from dms_desktop.ui.theme import Role, dress

if TYPE_CHECKING:
    from dms_desktop.ui.orders.taking import TakePanel

P = TypeVar("P", bound=Panel)
ORDERS_ONLY = ("orders.reserve", "orders.share", "orders.bulk", "orders.import")
NOT_CHALLANS = ("orders.drop",)


@needs(Power.LOOK)
def _read(
    reading: Reading, kind: Kind, beat_id: int, text: str
) -> tuple[Sequence[Waiting], tuple[Beat, ...]]:
    """What waits, by number, party or beat, and the beats that anything waits on."""
    rows = tray.tray(reading, kind, beat_id=beat_id)
    wanted = folded(text)
    found = [
        row for row in rows if wanted in folded(joined(" ", (row.number, row.party, row.beat)))
    ]
    return found, tray_panel.beats(reading, kind)


class OrdersScreen(ListScreen[Waiting]):
    """Orders, estimates and challans, in the order in which they will be billed."""

    def __init__(self, floor: Floor) -> None:
        self.kind, self.kinds, self.beat = Kind.ORDER, QTabBar(), QComboBox()
        self.details, self.asking, self.panels = Details(), Asking(), QStackedWidget()
        self._beats: dict[int, str] = {}
        self._share: SharePanel | None = None
        self._bulk: BulkPanel | None = None
        self._taking: TakePanel | None = None
        super().__init__(
            floor,
            Listing(
                N_("Orders"),
                N_("Number, party or beat"),
                TRAY,
                _read,
                lambda row: row.id,
                frozenset({"document", "waiting", "item"}),
                N_("Nothing waits to be billed."),
            ),
        )
        self.verbs = Verbs(self)
        self._verb_buttons: dict[str, Button] = {}
        self._add_filters()
        self._add_below()
        self._add_buttons()
        self.opened.connect(self.verbs.bill)
        self.chosen.connect(self._choose)
        self.details.refused.connect(lambda sentence: self.say(sentence, Role.FAULT))
        self.details.left.connect(self.leave_part)
        floor.desk.entered.connect(self._offer)
        self._offer()

    def ask(self, after: Any, done: Callable[[Any], object]) -> None:
        self.floor.desk.ask(
            _read,
            self.kind,
            self.beat.currentData() or 0,
            self.search.text().strip(),
            done=partial(self._read_done, done),
            undone=self.tell,
        )

    def show_kind(self, kind: Kind) -> None:
        """The same tray with another kind of paper in it."""
        if kind is self.kind:
            return
        self.kind = kind
        self.kinds.setCurrentIndex(KINDS.index(kind))
        self.title.setText(_(TITLES[kind]))
        self.beat.setCurrentIndex(0)
        self.say("")
        self._offer()
        self.read()

    def next_kind(self) -> None:
        self.show_kind(KINDS[(KINDS.index(self.kind) + 1) % len(KINDS)])

    def choose_part(self) -> None:
        """How much of each line is to be billed now: the counter gets only that."""
        row = self.table.current()
        if row is not None and self.verbs.may_be_billed(row) and self.details.model_of.rows:
            self.details.begin_part()
            how = _("How much of each is billed now? {take}, {back}.")
            taken, back = keys.caption("orders.take"), keys.caption("back")
            self.say(how.format(take=taken, back=back))

    def leave_part(self) -> None:
        if self.details.choosing:
            self.details.end_part()
            self.say("")
        self.table.setFocus()

    def take(self) -> None:
        """Do what the panel below shows."""
        if (panel := self.panel) is not None:
            panel.take()
        elif self.details.choosing and (row := self.table.current()):
            self.verbs.bill(row, self.details.part())

    @property
    def panel(self) -> Panel | None:
        """What stands below the list in place of the lines of its order."""
        shown = self.panels.currentWidget()
        return shown if isinstance(shown, Panel) else None

    def share(self) -> None:
        """Share the item of the line that the cursor is on, else the first that is short."""
        if self.panel is self._share is not None:
            self._share.change_mode()
            return
        line = self.details.current() if self.details.hasFocus() else self.details.short()
        if line is None:
            self.say(_("Of nothing in this order is less there than all orders want."))
            return
        self._share = self._share or self._furnish(SharePanel(self.floor))
        self._share.begin(line)
        self._show_panel(self._share)

    def bill_all(self) -> None:
        """Bill every order of the beat that is chosen, or of all."""
        self._bulk = self._bulk or self._furnish(BulkPanel(self.floor))
        beat_id = self.beat.currentData() or 0
        self._bulk.begin(beat_id, self._beats.get(beat_id, ""))
        self._show_panel(self._bulk)

    def take_in(self) -> None:
        """Orders from a file."""
        if self._taking is None:
            from dms_desktop.ui.orders.taking import TakePanel

            self._taking = self._furnish(TakePanel(self.floor))
        self._show_panel(self._taking)

    def browse(self) -> None:
        if self.panel is self._taking is not None:
            self._taking.browse()

    def change_rest(self) -> None:
        if self.panel is self._bulk is not None:
            self._bulk.change_rest()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.beat.hasFocus():
            self.table.setFocus()
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif (panel := self.panel) is not None:
            panel.leave()
        elif self.details.choosing:
            self.leave_part()
        else:
            super().keyPressEvent(event)

    def _furnish(self, panel: P) -> P:
        """A panel that was not needed before."""
        self.panels.addWidget(panel)
        panel.left.connect(self._leave_panel)
        panel.done.connect(self._panel_done)
        panel.failed.connect(lambda error, again: self.verbs.tell(again, error))
        return panel

    def _show_panel(self, panel: Panel) -> None:
        self.say("")
        self.panels.setCurrentWidget(panel)
        self._offer()
        panel.setFocus()

    def _leave_panel(self) -> None:
        self.panels.setCurrentWidget(self.details)
        self._offer()
        self.table.setFocus()

    def _panel_done(self, sentence: str) -> None:
        self._leave_panel()
        self.say(sentence, Role.GOOD)

    def _read_done(
        self, done: Callable[[Any], object], found: tuple[Sequence[Waiting], tuple[Beat, ...]]
    ) -> None:
        rows, beats = found
        self._show_beats(beats)
        done((rows, None))

    def _show_beats(self, beats: Sequence[Beat]) -> None:
        """The one that was chosen stays so, even where nothing waits on it any more."""
        self._beats |= {each.id: each.name for each in beats}
        texts = {0: _("All beats")} | {
            each.id: _("{beat} ({count})").format(beat=each.name, count=grouped(each.count))
            for each in beats
        }
        now, said = self.beat.currentData() or 0, self.beat.currentText()
        texts.setdefault(now, said)
        if [*texts.values()] == [self.beat.itemText(at) for at in range(self.beat.count())]:
            return
        self.beat.blockSignals(True)
        self.beat.clear()
        for key, text in texts.items():
            self.beat.addItem(text, key)
        self.beat.setCurrentIndex(self.beat.findData(now))
        self.beat.blockSignals(False)

    def speak_again(self) -> None:
        for at, kind in enumerate(KINDS):
            self.kinds.setTabText(at, _(TITLES[kind]))
        self.beat.setItemText(self.beat.findData(0), _("All beats"))

    def _choose(self, row: Waiting | None) -> None:
        """Its lines, read behind the cursor."""
        if row is None:
            self.details.show_lines(())
            return
        self.floor.desk.ask(
            tray_panel.lines, row.id, done=partial(self._show_lines, row), undone=self.tell
        )

    def _show_lines(self, row: Waiting, lines: Sequence[OrderLine]) -> None:
        current = self.table.current()
        if current is not None and current.id == row.id:
            self.details.show_lines(lines)

    def _offer(self) -> None:
        """Only what this kind knows and this user may do."""
        actor = self.floor.desk.actor
        for name, button in self._verb_buttons.items():
            power = Power.CANCEL if name == "orders.cancel" else Power.BILL
            has = self.kind is Kind.ORDER or name not in ORDERS_ONLY
            has = has and (self.kind is not Kind.CHALLAN or name not in NOT_CHALLANS)
            button.setEnabled(actor.may(power) and has)
            button.setVisible(actor.may(power) and has and self.panel is None)

    def _add_filters(self) -> None:
        label = dress(Label(keys.caption("orders.beat")), Role.MUTED)
        label.setBuddy(self.beat)
        tell(self.beat, "accessibleName", _("Beat"))
        self.beat.setMinimumWidth(self.fontMetrics().averageCharWidth() * 24)
        self.beat.addItem(_("All beats"), 0)
        self.beat.currentIndexChanged.connect(lambda _: self.read())
        keys.bind(self, "orders.beat", self.beat.setFocus)
        self.kinds.setDrawBase(False)
        self.kinds.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for kind in KINDS:
            self.kinds.addTab(_(TITLES[kind]))
        self.kinds.tabBarClicked.connect(self._click_kind)
        keys.bind(self, "orders.kind", self.next_kind)
        self.filters.setSpacing(10)
        for widget in (label, self.beat):
            self.filters.addWidget(widget)
        self.corner.addWidget(dress(Label(keys.key_text("orders.kind")), Role.MUTED))
        self.corner.addWidget(self.kinds)

    def _click_kind(self, at: int) -> None:
        if at >= 0:
            self.show_kind(KINDS[at])

    def _add_below(self) -> None:
        self.panels.addWidget(self.details)
        self.below.setSpacing(10)
        self.below.addWidget(self.asking)
        self.below.addWidget(self.panels, 1)
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.setStretchFactor(self.below, 1)

    def _add_buttons(self) -> None:
        verbs, more = self.verbs, QHBoxLayout()
        more.setSpacing(8)
        first: tuple[tuple[str, Callable[[], object]], ...] = (
            ("orders.new", verbs.new),
            ("orders.part", self.choose_part),
            ("orders.hold", verbs.hold_or_release),
            ("orders.first", verbs.put_first),
            ("orders.reserve", verbs.reserve_or_let_go),
        )
        second: tuple[tuple[str, Callable[[], object]], ...] = (
            ("orders.share", self.share),
            ("orders.drop", verbs.drop),
            ("orders.cancel", verbs.cancel),
            ("orders.bulk", self.bill_all),
            ("orders.import", self.take_in),
        )
        for row, actions in ((self.buttons, first), (more, second)):
            for name, slot in actions:
                self._verb_buttons[name] = keys.button(self, name, slot)
                row.addWidget(self._verb_buttons[name])
            row.addStretch()
        bill = dress(keys.button(self, "orders.bill", self._bill_current), Role.PRIMARY)
        self._verb_buttons["orders.bill"] = bill
        self.buttons.addWidget(bill)
        keys.bind(self, "orders.take", self.take)
        keys.bind(self, "orders.rest", self.change_rest)
        keys.bind(self, "orders.browse", self.browse)
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.addLayout(more)

    def _bill_current(self) -> None:
        if row := self.table.current():
            self.verbs.bill(row)
