"""Goods back to the supplier: what lies there is shown, how much of it goes is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout

from dms_desktop.domain.goods_line import Bucket, Kind
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import amount, day_text, grouped
from dms_desktop.services import goods_in
from dms_desktop.services.goods_in import Judged, Lying
from dms_desktop.services.posting import Posted
from dms_desktop.ui import keys
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.goods_in.form import PaperForm, filled
from dms_desktop.ui.goods_in.sheet import Cell, Line
from dms_desktop.ui.kit.lookup import Lookup
from dms_desktop.ui.kit.speaking import Label, tell
from dms_desktop.ui.theme import Role, dress

CELLS = (
    Cell("name", N_("Item"), 0, fixed=True),
    Cell("batch", N_("Batch"), 10, fixed=True),
    Cell("expiry_shown", N_("Expiry"), 9, fixed=True),
    Cell("mrp_shown", N_("MRP ₹"), 9, right=True, fixed=True),
    Cell("where", N_("Lies with"), 10, fixed=True),
    Cell("have", N_("There"), 7, right=True, fixed=True),
    Cell("qty", N_("Goes back"), 8, right=True),
    Cell("rate", N_("Rate ₹"), 9, right=True),
    Cell("worth", N_("Amount ₹"), 12, right=True, fixed=True),
)
NAMES = {
    "code": "item", "batch": "batch", "expiry": "expiry", "mrp": "mrp", "qty": "qty",
    "bucket": "bucket", "rate": "rate",
}  # fmt: skip
BUCKETS = {
    Bucket.SALEABLE: N_("saleable"),
    Bucket.NON_SALEABLE: N_("not saleable"),
    Bucket.EXPIRED: N_("expired"),
}
TITLES = {
    Kind.SUPPLIER_RETURN: N_("Back to the supplier: debit note and challan"),
    Kind.RETURN_INVOICE: N_("Back to the supplier: our tax invoice"),
}
ROUTES = {Kind.SUPPLIER_RETURN: "debit_note", Kind.RETURN_INVOICE: "invoice"}


class ReturnForm(PaperForm):
    """Choose the supplier, and all of his that nobody can sell stands there."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor, _(TITLES[Kind.SUPPLIER_RETURN]), CELLS, _("What goes back"))
        self.kind, self._place = Kind.SUPPLIER_RETURN, 0
        for name, label in (
            ("reason", _("Reason")), ("transport", _("Vehicle, transporter")),
            ("his_reference", _("His reference")), ("day", _("Date")),
        ):  # fmt: skip
            self.add_field(name, label)
        tell(self.fields["day"].box, "placeholderText", _("today"))
        self.item = Lookup(floor.desk.items.find, floor.desk.items.by_code, _("Item"))
        tell(self.item, "placeholderText", _("Scan or search an item that goes back"))
        self.item.chosen.connect(lambda found: self._more(item=found.id))
        frame = dress(QFrame(), Role.CARD)
        row = QHBoxLayout(frame)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(10)
        row.addWidget(dress(Label(keys.caption("goods_in.scan")), Role.MUTED))
        row.addWidget(self.item, 1)
        self.above.addWidget(frame)
        self.sheet.empty = _(
            "Nothing of this supplier lies damaged or expired. Scan what goes back."
        )
        self.sheet.ended.connect(self._next_line)
        self.add_button("goods_in.scan", self.to_lines)
        self.add_button("goods_in.kind", self.next_kind)
        self.add_button("goods_in.all", self.send_all)
        self.buttons.addStretch()
        self.add_button("form.save", self.save, first=True)

    def open(self) -> None:
        super().open()
        self.kind = Kind.SUPPLIER_RETURN
        self.title.setText(_(TITLES[self.kind]))
        self.item.clear()
        self.floor.desk.ask(goods_in.first_godown, done=self._at, undone=self.fail)

    def to_lines(self) -> None:
        self.item.setFocus()
        self.item.selectAll()

    def next_kind(self) -> None:
        """The other road."""
        kinds = list(TITLES)
        self.kind = kinds[1 - kinds.index(self.kind)]
        self.title.setText(_(TITLES[self.kind]))
        self.touched()

    def send_all(self) -> None:
        """All that lies there of each line."""
        for line in self.sheet.lines:
            if line.values.get("bucket") != Bucket.SALEABLE:
                line.values["qty"] = line.values["pieces"]
        self.sheet.rows.tell({}, {})
        self.touched()

    def supplier_changed(self) -> None:
        self.sheet.show_lines([])
        if self.party:
            self._more(party=self.party.id)

    def said(self) -> dict[str, Any]:
        lines = [filled(line.values, NAMES) for line in self._going()]
        named = ("reason", "transport", "his_reference", "day")
        return {
            "supplier": self.code,
            "route": ROUTES[self.kind],
            "lines": lines,
            **{name: text for name in named if (text := self.text(name))},
        }

    def judging(self) -> tuple[Callable[..., Judged], tuple[Any, ...]]:
        return goods_in.judge_return, (self.id,)

    def posting(self) -> tuple[Callable[..., Posted], tuple[Any, ...]]:
        return goods_in.post_return, (self.id,)

    def row_of(self, row: int) -> int:
        going = [at for at, line in enumerate(self.sheet.lines) if line.values.get("qty")]
        return going[row] if row < len(going) else 0

    def _going(self) -> list[Line]:
        return [line for line in self.sheet.lines if line.values.get("qty")]

    def _at(self, place: int) -> None:
        self._place = place

    def _more(self, item: int = 0, party: int = 0) -> None:
        self.item.clear()
        self.floor.desk.ask(
            goods_in.lying, self._place, item, party, done=self._add, undone=self.fail
        )

    def _add(self, found: Sequence[Lying]) -> None:
        """Each lot and bucket once; the cursor goes to the first that is new."""
        there = {line.key for line in self.sheet.lines}
        fresh = [each for each in found if (each.lot, each.bucket) not in there]
        first = len(self.sheet.lines)
        for each in fresh:
            self.sheet.rows.add(Line(_values(each), (each.lot, each.bucket)))
        if not found:
            self.say(_("Nothing of it lies here."), Role.WARNING)
        elif fresh and self.item.hasFocus():
            self.sheet.go_to(first, "qty")

    def _next_line(self) -> None:
        at = self.sheet.currentIndex().row() + 1
        if at < len(self.sheet.lines):
            self.sheet.go_to(at, "qty")
        else:
            self.to_lines()


def _values(each: Lying) -> dict[str, str]:
    return {
        "code": each.code,
        "name": each.name,
        "batch": each.batch,
        "expiry": each.expiry.isoformat() if each.expiry else "",
        "expiry_shown": day_text(each.expiry) if each.expiry else "",
        "mrp": str(each.mrp),
        "mrp_shown": amount(each.mrp.paise),
        "bucket": each.bucket.value,
        "where": _(BUCKETS[each.bucket]),
        "have": grouped(each.qty),
        "pieces": str(each.qty),
    }
