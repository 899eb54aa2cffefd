"""The papers of goods in and back, newest first, and the claims on suppliers, oldest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dms_desktop.domain.company import Issued
from dms_desktop.domain.goods_line import GoodsLine, Kind
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.supplier_credit import ClaimKind
from dms_desktop.domain.units import Quantity, spell
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import amount, day_text, grouped
from dms_desktop.language.terms import KINDS
from dms_desktop.services import documents, purchase_list, supplier_claims
from dms_desktop.services.purchase_list import PurchaseRow
from dms_desktop.services.supplier_claims import Claim, ClaimState
from dms_desktop.store.session import Reading
from dms_desktop.ui import keys
from dms_desktop.ui.billing.on_paper import OnPaper
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.asking import Asking
from dms_desktop.ui.kit.list_screen import Listing, ListScreen
from dms_desktop.ui.kit.speaking import Button
from dms_desktop.ui.kit.table import Column, Table

PAPERS: Sequence[Column[PurchaseRow]] = (
    Column(N_("Number"), lambda row: row.number, 16),
    Column(N_("Date"), lambda row: day_text(row.day), 10),
    Column(N_("Paper"), lambda row: _(KINDS[row.kind.value]), 22),
    Column(N_("Supplier"), lambda row: row.party),
    Column(N_("His number"), lambda row: row.invoice, 16),
    Column(N_("Total ₹"), lambda row: amount(row.total.paise), 14, right=True),
    Column(N_("We owe ₹"), lambda row: _owed(row), 14, right=True),
    Column(N_("Status"), lambda row: _("Cancelled") if row.cancelled else "", 10),
)
LINES: Sequence[Column[GoodsLine]] = (
    Column(N_("Item"), lambda line: line.name),
    Column(N_("Batch"), lambda line: line.batch, 12),
    Column(N_("Expiry"), lambda line: day_text(line.expiry) if line.expiry else "", 10),
    Column(N_("MRP ₹"), lambda line: amount(line.mrp.paise), 10, right=True),
    Column(N_("Quantity"), lambda line: _quantity(line), 11, right=True),
    Column(N_("Value ₹"), lambda line: amount(line.taxable.paise), 13, right=True),
    Column(N_("Tax ₹"), lambda line: amount(line.tax.total.paise), 12, right=True),
)
WHATS = {
    ClaimKind.SHORT: N_("short"),
    ClaimKind.DAMAGED: N_("damaged"),
    ClaimKind.RETURNED: N_("sent back"),
}
STATES = {
    ClaimState.OPEN: N_("open"),
    ClaimState.SENT: N_("he was told"),
    ClaimState.PART: N_("settled in part"),
    ClaimState.SETTLED: N_("settled"),
    ClaimState.REJECTED: N_("refused"),
}
CLAIMS: Sequence[Column[Claim]] = (
    Column(N_("Supplier"), lambda row: row.party, 20),
    Column(N_("Paper"), lambda row: row.number, 15),
    Column(N_("Days old"), lambda row: grouped(row.age), 7, right=True),
    Column(N_("What"), lambda row: _(WHATS[row.what]), 10),
    Column(N_("Item"), lambda row: row.item),
    Column(N_("Batch"), lambda row: row.batch, 10),
    Column(N_("Pieces"), lambda row: grouped(row.qty), 7, right=True),
    Column(N_("Claimed ₹"), lambda row: amount(row.amount.paise), 12, right=True),
    Column(N_("Left ₹"), lambda row: amount(row.left.paise), 12, right=True),
    Column(N_("Status"), lambda row: _(STATES[row.state]), 14),
)


def _owed(row: PurchaseRow) -> str:
    return amount(-row.owed.paise) if row.owed else ""


def _quantity(line: GoodsLine) -> str:
    return spell(Quantity(line.qty, line.free_qty), line.case, line.inner)


@needs(Power.LOOK)
def _papers(
    reading: Reading, kinds: frozenset[Kind], text: str, after: None
) -> tuple[Sequence[PurchaseRow], None]:
    return purchase_list.purchases(reading, kinds=kinds, text=text), None


@needs(Power.LOOK)
def _claims(reading: Reading, every: bool, text: str, after: None) -> tuple[Sequence[Claim], None]:
    return supplier_claims.claims(reading, text=text, every=every), None


class Papers(ListScreen[PurchaseRow]):
    """What came in, or what went back; below, the lines of the paper that the cursor is on."""

    def __init__(self, floor: Floor, title: str, kinds: frozenset[Kind]) -> None:
        self.of = kinds
        self.lines: Table[GoodsLine] = Table(LINES, _("Lines of the paper"))
        self.asking = Asking()
        super().__init__(
            floor,
            Listing(
                title,
                N_("Number, his number or supplier"),
                PAPERS,
                _papers,
                lambda row: row.id,
                frozenset({"document", "document_event"}),
            ),
        )
        self.table.model_of.muted = lambda row: row.cancelled
        self.below.addWidget(self.asking)
        self.below.addWidget(self.lines, 1)
        self.layout().setStretchFactor(self.below, 1)  # type: ignore[union-attr]
        self.chosen.connect(self._choose)
        self.on_paper = OnPaper(floor, "paper of goods in", self.say)

    def print(self) -> None:
        """The note of what came, or the paper that goes back with the goods."""
        if (row := self.table.current()) is not None:
            self.on_paper.print_document(row.id)

    def ask(self, after: Any, done: Callable[[Any], object]) -> None:
        text = self.search.text().strip()
        self.floor.desk.ask(_papers, self.of, text, after, done=done, undone=self.tell)

    def cancel(self) -> None:
        """Its exact mirror, with a reason; refused while something hangs on it."""
        from dms_desktop.services import cancelling
        from dms_desktop.ui.goods_in.form import new_id

        row = self.table.current()
        if row is None or row.cancelled:
            return

        def do(why: str) -> None:
            self.floor.desk.do(
                cancelling.cancel, row.id, by=new_id(), why=why, undone=self.tell
            )  # fmt: skip

        question = _("Why is {number} cancelled?").format(number=row.number)
        self.asking.ask(question, _("Cancel"), do)

    def _choose(self, row: PurchaseRow | None) -> None:
        if row is None:
            self.lines.show_rows([], None)
            return

        def show(issued: Issued) -> None:
            current = self.table.current()
            if current is not None and current.id == row.id:
                self.lines.show_rows(getattr(issued.document, "lines", ()), None)

        self.floor.desk.ask(documents.issued, row.id, done=show, undone=self.tell)


class Claims(ListScreen[Claim]):
    """What is asked of suppliers; Enter books his note."""

    def __init__(self, floor: Floor) -> None:
        self.every = False
        super().__init__(
            floor,
            Listing(
                N_("Claims on suppliers"),
                N_("Supplier, number or item"),
                CLAIMS,
                _claims,
                lambda row: (row.line, row.what),
                frozenset({"document", "document_event", "supplier_claim"}),
                N_("Nothing is claimed of any supplier."),
            ),
        )
        self.add("goods_in.told", self.told)
        self.add("goods_in.every", self.show_every)

    def ask(self, after: Any, done: Callable[[Any], object]) -> None:
        text = self.search.text().strip()
        self.floor.desk.ask(_claims, self.every, text, after, done=done, undone=self.tell)

    def told(self) -> None:
        """He was told today of the claim that the cursor is on, and of all on the same paper."""
        row = self.table.current()
        if row is None:
            return
        rows = [each for each in self.table.model_of.rows if each.document == row.document]
        wanted = [(each.line, each.what) for each in rows]

        def done(count: int) -> None:
            self.say(_("{number}: he is told of {count}.").format(number=row.number, count=count))
            self.read()

        self.floor.desk.do(supplier_claims.tell, wanted, done=done, undone=self.tell)

    def show_every(self) -> None:
        self.every = not self.every
        self.read()

    def add(self, name: str, slot: Callable[[], object]) -> Button:
        made = keys.button(self, name, slot)
        self.buttons.addWidget(made)
        return made
