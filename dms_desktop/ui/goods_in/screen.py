"""Goods in: what came, what went back, what is claimed, and the form of each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from dms_desktop.domain.powers import Power
from dms_desktop.domain.trade_papers import PURCHASES, SUPPLIERS
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import amount
from dms_desktop.services.posting import Posted
from dms_desktop.services.supplier_claims import Claim
from dms_desktop.ui import keys
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.goods_in.crediting import CreditForm
from dms_desktop.ui.goods_in.form import PaperForm
from dms_desktop.ui.goods_in.lists import Claims, Papers
from dms_desktop.ui.goods_in.receipt import ReceiptForm
from dms_desktop.ui.goods_in.sending import ReturnForm
from dms_desktop.ui.kit.list_screen import ListScreen
from dms_desktop.ui.kit.speaking import Button, Label
from dms_desktop.ui.theme import Role, dress

TITLES = (N_("Goods in"), N_("Back to suppliers"), N_("Claims on suppliers"))


class GoodsInScreen(QWidget):
    """F2 turns between the lists; a form lies over them until it is saved or left."""

    def __init__(self, floor: Floor) -> None:
        super().__init__()
        self.floor = floor
        self.came = Papers(floor, TITLES[0], PURCHASES)
        self.went = Papers(floor, TITLES[1], SUPPLIERS)
        self.claims = Claims(floor)
        self.lists: tuple[ListScreen[object], ...] = (self.came, self.went, self.claims)  # type: ignore[assignment]
        self.tabs, self.inner, self.stack = QTabBar(), QStackedWidget(), QStackedWidget()
        self.tabs.setDrawBase(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for title, page in zip(TITLES, self.lists, strict=True):
            self.tabs.addTab(_(title))
            self.inner.addWidget(page)
        self.tabs.tabBarClicked.connect(self._clicked)
        self._forms: dict[type[PaperForm], PaperForm] = {}
        self._writes: list[Button] = []
        self._lay_out()
        self._add_buttons()
        self.claims.opened.connect(self.credit_for)
        floor.desk.entered.connect(self._offer)
        self._offer()

    def arrive(self) -> None:
        if self.stack.currentIndex() == 0:
            self.lists[self.inner.currentIndex()].arrive()

    def show_list(self, at: int) -> None:
        self.inner.setCurrentIndex(at)
        self.tabs.setCurrentIndex(at)
        self.lists[at].arrive()
        self.lists[at].setFocus()

    def _clicked(self, at: int) -> None:
        if at >= 0:
            self.show_list(at)

    def next_list(self) -> None:
        self.show_list((self.inner.currentIndex() + 1) % len(self.lists))

    def receive(self) -> None:
        self._form(ReceiptForm).open()

    def send_back(self) -> None:
        self._form(ReturnForm).open()

    def credit(self) -> None:
        self._form(CreditForm).open()

    def credit_for(self, claim: Claim) -> None:
        """His note for the claim that Enter was pressed on."""
        if self.floor.desk.actor.may(Power.RECEIVE):
            form = self._form(CreditForm)
            assert isinstance(form, CreditForm)
            form.open(claim)

    def speak_again(self) -> None:
        for at, title in enumerate(TITLES):
            self.tabs.setTabText(at, _(title))

    def _form(self, kind: type[PaperForm]) -> PaperForm:
        """One of each, made when first wanted."""
        if kind not in self._forms:
            made: PaperForm = kind(self.floor)  # type: ignore[call-arg]
            made.closed.connect(self._back)
            made.posted.connect(self._posted)
            self._forms[kind] = made
            self.stack.addWidget(made)
        self.stack.setCurrentWidget(self._forms[kind])
        return self._forms[kind]

    def _back(self) -> None:
        self.stack.setCurrentIndex(0)
        self.show_list(self.inner.currentIndex())

    def _posted(self, posted: Posted) -> None:
        """The list tells the number, with the cursor on it."""
        sender = self.stack.currentWidget()
        at = 0 if isinstance(sender, ReceiptForm) else 1
        page = self.lists[at]
        page.aim(posted.id)
        page.read()
        said = _("{number} is saved: ₹ {total}.")
        page.say(said.format(number=posted.number, total=amount(posted.total.paise)), Role.GOOD)
        self.inner.setCurrentIndex(at)
        self.tabs.setCurrentIndex(at)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 10, 16, 0)
        top.addWidget(dress(Label(keys.key_text("goods_in.lists")), Role.MUTED))
        top.addWidget(self.tabs)
        top.addStretch()
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(top)
        rows.addWidget(self.inner, 1)
        self.stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        keys.bind(page, "goods_in.lists", self.next_list)
        page.setFocusProxy(self.inner)
        self.setFocusProxy(self.came)

    def _add_buttons(self) -> None:
        """The three forms are one key away from every list; cancelling from the papers."""
        for page in self.lists:
            verbs: list[tuple[str, Callable[[], object]]] = [
                ("goods_in.new", self.receive),
                ("goods_in.back", self.send_back),
                ("goods_in.credit", self.credit),
            ]
            if isinstance(page, Papers):
                verbs += [("goods_in.print", page.print), ("goods_in.cancel", page.cancel)]
            for name, slot in verbs:
                button = keys.button(page, name, slot)
                page.buttons.addWidget(button)
                self._writes.append(button)
            page.buttons.addStretch()
            dress(self._writes[-len(verbs)], Role.PRIMARY)

    def _offer(self) -> None:
        """Only what this user may do."""
        may = self.floor.desk.actor.may(Power.RECEIVE)
        for button in self._writes:
            button.setEnabled(may)
            button.setVisible(may)
