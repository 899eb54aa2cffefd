"""Goods in by the brand's invoice: scanned or searched, typed as printed, met to the paisa."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout

from dms_desktop.domain import gs1
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money, rupees
from dms_desktop.domain.purchase_draft import LastBought
from dms_desktop.domain.signed_qr import NotEInvoice, read_qr
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import amount, day_text
from dms_desktop.services import goods_in, purchase_list
from dms_desktop.services.goods_in import Judged
from dms_desktop.services.posting import Posted
from dms_desktop.services.purchase_list import Scanned
from dms_desktop.ui import keys
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.goods_in.form import PaperForm, filled, plain
from dms_desktop.ui.goods_in.from_file import FilePanel
from dms_desktop.ui.goods_in.sheet import Cell, Line
from dms_desktop.ui.kit.lookup import Lookup
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.theme import Role, dress

CELLS = (
    Cell("name", N_("Item"), 0, fixed=True),
    Cell("batch", N_("Batch"), 9),
    Cell("expiry", N_("Expiry"), 9),
    Cell("mrp", N_("MRP ₹"), 8, right=True),
    Cell("qty", N_("Billed"), 7, right=True),
    Cell("free", N_("Free"), 5, right=True),
    Cell("received", N_("Received"), 7, right=True),
    Cell("damaged", N_("Damaged"), 7, right=True),
    Cell("excess", N_("Excess"), 6, right=True),
    Cell("rate", N_("Rate ₹"), 8, right=True),
    Cell("discounts", N_("Discounts"), 9),
    Cell("worth", N_("Amount ₹"), 11, right=True, fixed=True),
)
NAMES = {
    "code": "item", "batch": "batch", "expiry": "expiry", "packed": "packed", "mrp": "mrp",
    "qty": "qty", "free": "free", "received": "received", "damaged": "damaged",
    "excess": "excess", "rate": "rate", "gst": "gst",
}  # fmt: skip
HEAD = {
    "number": "number", "invoice_day": "invoice_day", "day": "day", "order": "order",
    "provisional": "provisional", "transit": "transit",
}  # fmt: skip
KINDS = (
    Kind.GOODS_RECEIPT, Kind.PROVISIONAL_RECEIPT, Kind.GOODS_IN_TRANSIT, Kind.PURCHASE_ORDER,
)  # fmt: skip
TITLES = {
    Kind.GOODS_RECEIPT: N_("Goods with their invoice"),
    Kind.PROVISIONAL_RECEIPT: N_("Goods, invoice to come"),
    Kind.GOODS_IN_TRANSIT: N_("Invoice, goods to come"),
    Kind.PURCHASE_ORDER: N_("Purchase order"),
}
QR = 120  # letters at least of an e-invoice's QR: no barcode is as long


class ReceiptForm(PaperForm):
    """Scan or search adds a line; Enter goes from box to box. The invoice's own total decides."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor, _(TITLES[Kind.GOODS_RECEIPT]), CELLS, _("Lines of the invoice"))
        self.kind = Kind.GOODS_RECEIPT
        self._columns: Mapping[str, str] = {}
        self._more: dict[str, Any] = {}  # what a file or a QR said beside the boxes
        for name, label in (
            ("number", _("Invoice number")), ("invoice_day", _("Invoice date")),
            ("total", _("Invoice total ₹")), ("day", _("Goods came on")),
            ("freight", _("Freight ₹")), ("tcs", _("TCS ₹")), ("round_off", _("Round-off ₹")),
            ("order", _("Our order")), ("transit", _("Came before: invoice")),
            ("provisional", _("Came before: goods")),
        ):  # fmt: skip
            self.add_field(name, label)
        for name in ("total", "freight", "tcs", "round_off"):
            tell(self.fields[name].box, "placeholderText", "0.00")
        tell(self.fields["day"].box, "placeholderText", _("today"))
        self.item = Lookup(floor.desk.items.find, floor.desk.items.by_code, _("Item"))
        hint = _("Scan or search an item; the QR of an e-invoice fills the head")
        tell(self.item, "placeholderText", hint)
        self.item.setMaxLength(5000)
        self.item.chosen.connect(lambda found: self.take_item(found.id, found.code, found.name))
        self.item.missed.connect(self._scanned)
        self.file = FilePanel(floor)
        self.file.read.connect(self.show_said)
        self.file.hide()
        self.above.addWidget(self._scan_row())
        self.above.addWidget(self.file)
        self.sheet.empty = _("Scan an item, or type a piece of its name above.")
        self.sheet.ended.connect(self.to_lines)
        self.add_button("goods_in.scan", self.to_lines)
        self.add_button("goods_in.head", self.to_head)
        self.add_button("goods_in.kind", self.next_kind)
        self.add_button("goods_in.right", self.right_so)
        self.add_button("goods_in.file", self.from_file)
        self.buttons.addStretch()
        self.add_button("form.save", self.save, first=True)

    def _scan_row(self) -> QFrame:
        frame = dress(QFrame(), Role.CARD)
        row = QHBoxLayout(frame)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(10)
        row.addWidget(dress(Label(keys.caption("goods_in.scan")), Role.MUTED))
        row.addWidget(self.item, 1)
        return frame

    def open(self) -> None:
        self._columns, self._more = {}, {}
        self.item.clear()
        self.file.hide()
        super().open()
        self._show_kind(Kind.GOODS_RECEIPT)

    def to_lines(self) -> None:
        self.item.setFocus()
        self.item.selectAll()

    def to_head(self) -> None:
        """Back to the head: to the total, which decides, where there is one."""
        total = self.fields["total"]
        box = total.box if total.isVisible() else self.supplier
        box.setFocus()
        box.selectAll()

    def next_kind(self) -> None:
        """Goods with their invoice, before it, after it, or only ordered."""
        self._show_kind(KINDS[(KINDS.index(self.kind) + 1) % len(KINDS)])
        self.touched()

    def right_so(self) -> None:
        """The batch is another lot indeed, or came past its date and lies with the expired."""
        at = self.sheet.currentIndex().row()
        if 0 <= at < len(self.sheet.lines):
            values = self.sheet.lines[at].values
            values["right"] = "" if values.get("right") else "1"
            self.touched()

    def take_item(self, item: int, code: str, name: str, scan: gs1.Scan | None = None) -> None:
        """A line of it; batch and dates from the scan, MRP and rate as they were last."""
        values = {"code": code, "name": name}
        if scan:
            values["batch"] = scan.batch
            values["expiry"] = day_text(scan.expiry) if scan.expiry else ""
            values["packed"] = day_text(scan.packed) if scan.packed else ""
        self.item.clear()
        line = Line(values)

        def known(found: tuple[LastBought | None, Money]) -> None:
            last, mrp = found
            values.setdefault("mrp", str(last.mrp if last else mrp))
            if last:
                values.setdefault("rate", str(last.net.times(1)))
            self.sheet.add(line)

        self.floor.desk.ask(goods_in.last_bought, item, done=known, undone=self.fail)

    def said(self) -> dict[str, Any]:
        made: dict[str, Any] = {
            **self._more,
            "supplier": self.code,
            "lines": [_line(line.values) for line in self.sheet.lines],
        }
        for name, wanted in HEAD.items():
            if self.fields[name].isVisible() and (text := self.text(name)):
                made[wanted] = text
        for name in ("total", "tcs", "round_off"):
            if self.fields[name].isVisible() and (text := plain(self.text(name))):
                made[name] = text
        if freight := plain(self.text("freight")):
            made.setdefault("charges", [{"name": "freight", "amount": freight, "gst": "18"}])
        return made

    def judging(self) -> tuple[Callable[..., Judged], tuple[Any, ...]]:
        return goods_in.judge_purchase, (self.kind, self.id)

    def posting(self) -> tuple[Callable[..., Posted], tuple[Any, ...]]:
        party = self.party.id if self.party else 0
        return goods_in.post_purchase, (self.kind, self.id, party, self._columns)

    def verdict_of(self, judged: Judged) -> tuple[str, Role]:
        """Whether the invoice's own total is met; else by how much it is not."""
        try:
            total = rupees(plain(self.text("total")))
        except ValueError:
            return "", Role.MUTED
        apart = total - judged.totals.total
        if not judged.totals.total:
            return "", Role.MUTED
        if apart:
            return _("Difference {amount}").format(amount=amount(apart.paise)), Role.FAULT
        return _("The invoice is met"), Role.GOOD

    def from_file(self) -> None:
        """The brand's own file, with its columns."""
        self.file.open(self.code, self.party.id if self.party else 0)

    def show_said(self, said: Mapping[str, Any], columns: Mapping[str, str]) -> None:
        """What a file holds, in the boxes; nothing is posted yet."""
        self._columns = columns
        rest = {**said}
        for name in ("number", "invoice_day", "total", "tcs", "round_off"):
            if name in rest:
                self.put(name, str(rest.pop(name)))
        lines = [Line(_values(each)) for each in rest.pop("lines", [])]
        for name in ("id", "supplier"):
            rest.pop(name, None)
        self._more = rest
        self.sheet.show_lines(lines)
        self.file.hide()
        self.sheet.setFocus()
        self.touched()

    def _scanned(self, text: str) -> None:
        """A GS1 code names the item, its batch and dates; a long one is an e-invoice's QR."""
        if len(text) >= QR:
            self._qr(text)
            return
        try:
            scan = gs1.read(text, self.floor.new_draft().day)
        except gs1.NotGs1:
            return
        for code in scan.codes:
            found = self.floor.desk.items.by_code(code)
            if len(found) == 1:
                self.take_item(found[0].id, found[0].code, found[0].name, scan)
                return
        self.say(_("No item has the code {code}.").format(code=scan.gtin), Role.WARNING)

    def _qr(self, text: str) -> None:
        try:
            said = read_qr(text)
        except NotEInvoice:
            self.say(_("This is no QR of an e-invoice."), Role.WARNING)
            return
        self.item.clear()
        fill = partial(self._show_scanned)
        self.floor.desk.ask(purchase_list.scanned, said, done=fill, undone=self.fail)

    def _show_scanned(self, found: Scanned) -> None:
        said = found.said
        if found.party_code:
            self.show_supplier(found.party_code)
        self.put("number", said.number)
        self.put("invoice_day", day_text(said.day))
        self.put("total", str(said.total))
        self._more["irn"] = said.irn
        told = _("Read from the QR, not verified: {lines} lines.").format(lines=said.items)
        if not found.ours:
            told = _("This invoice is made out to another GSTIN: {gstin}.").format(gstin=said.buyer)
        self.say(told, Role.MUTED if found.ours else Role.WARNING)
        self._pause.start(400)

    def _show_kind(self, kind: Kind) -> None:
        self.kind = kind
        self.title.setText(_(TITLES[kind]))
        invoiced = kind in (Kind.GOODS_RECEIPT, Kind.GOODS_IN_TRANSIT)
        received = kind is Kind.GOODS_RECEIPT
        for name in ("number", "invoice_day", "total", "freight", "tcs", "round_off"):
            self.fields[name].setVisible(invoiced)
        for name in ("transit", "provisional"):
            self.fields[name].setVisible(received)
        self.fields["order"].setVisible(kind is not Kind.PURCHASE_ORDER)
        for at, cell in enumerate(CELLS):
            ordered = kind in (Kind.PURCHASE_ORDER, Kind.GOODS_IN_TRANSIT)
            self.sheet.setColumnHidden(
                at, ordered and cell.name in ("received", "damaged", "excess")
            )


def _line(values: Mapping[str, str]) -> dict[str, Any]:
    made = filled(values, NAMES)
    if values.get("right"):
        made |= {"second_lot": True, "as_expired": True}
    if off := values.get("discounts", "").replace("+", " ").split():
        made["discounts"] = off[:4]
    return made


def _values(said: Mapping[str, Any]) -> dict[str, str]:
    """A line of a request as it would be typed."""
    back = {wanted: name for name, wanted in NAMES.items()}
    made = {back[name]: str(value) for name, value in said.items() if name in back and value}
    made["name"] = str(said.get("item") or "")
    made["discounts"] = " ".join(str(each) for each in said.get("discounts") or () if each)
    return made
