"""The supplier's credit note: what it prints, and what it answers of our claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dms_desktop.domain.money import rupees
from dms_desktop.domain.supplier_credit import Against
from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.figures import amount, day_text, grouped
from dms_desktop.services import goods_in, supplier_claims
from dms_desktop.services.goods_in import Judged
from dms_desktop.services.posting import Posted
from dms_desktop.services.supplier_claims import Claim
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.goods_in.form import PaperForm, plain
from dms_desktop.ui.goods_in.sheet import Cell, Line
from dms_desktop.ui.kit.speaking import tell
from dms_desktop.ui.theme import Role

CELLS = (
    Cell("number", N_("Paper"), 16, fixed=True),
    Cell("day", N_("Date"), 10, fixed=True),
    Cell("name", N_("Item"), 0, fixed=True),
    Cell("batch", N_("Batch"), 9, fixed=True),
    Cell("pieces", N_("Pieces"), 7, right=True, fixed=True),
    Cell("left", N_("Claimed ₹"), 11, right=True, fixed=True),
    Cell("accepted", N_("Accepted ₹"), 11, right=True),
    Cell("refused", N_("Refused ₹"), 11, right=True),
    Cell("worth", N_("Settled ₹"), 11, right=True, fixed=True),
)
AGAINST = {
    Against.RETURN: N_("Credit note for goods sent back"),
    Against.SHORT: N_("Credit note for short goods"),
    Against.DAMAGED: N_("Credit note for damaged goods"),
    Against.RATE: N_("Credit note for a wrong rate"),
    Against.DISCOUNT: N_("Credit note for a discount"),
    Against.PRICE_DROP: N_("Credit note for a price drop"),
    Against.OTHER: N_("Another credit note"),
}
OF_CLAIM = {claims: each for each in Against if (claims := each.claims)}


class CreditForm(PaperForm):
    """F2 says what it is against; the claims that such a note answers stand there, oldest first."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor, _(AGAINST[Against.RETURN]), CELLS, _("Claims that it answers"))
        self.against, self.gst = Against.RETURN, True
        for name, label in (
            ("number", _("Number of his note")), ("invoice_day", _("Its date")),
            ("total", _("Its total ₹")), ("gst", _("GST %")), ("taxable", _("Value ₹")),
            ("tax", _("Tax ₹")), ("round_off", _("Round-off ₹")), ("reason", _("Why refused")),
            ("day", _("Came on")),
        ):  # fmt: skip
            self.add_field(name, label)
        for name in ("total", "taxable", "round_off"):
            tell(self.fields[name].box, "placeholderText", "0.00")
        tell(self.fields["day"].box, "placeholderText", _("today"))
        tell(self.fields["tax"].box, "placeholderText", _("as printed"))
        self.sheet.empty = _("No such claim on this supplier is open.")
        self.sheet.ended.connect(self._next_line)
        self.add_button("goods_in.kind", self.next_kind)
        self.add_button("goods_in.commercial", self.other_paper)
        self.add_button("goods_in.all", self.accept_all)
        self.buttons.addStretch()
        self.add_button("form.save", self.save, first=True)

    def open(self, of: Claim | None = None) -> None:
        """`of`: the claim that it was opened from."""
        super().open()
        self.gst = True
        self._show_against(OF_CLAIM[of.what] if of else Against.RETURN)
        if of:
            self._wanted = of.party_code

    _wanted = ""

    def _suppliers(self, found: list[goods_in.Supplier]) -> None:
        super()._suppliers(found)
        if self._wanted:
            self.show_supplier(self._wanted)
            self._wanted = ""
            self.next_box("supplier")

    def next_kind(self) -> None:
        every = list(AGAINST)
        self._show_against(every[(every.index(self.against) + 1) % len(every)])
        self.supplier_changed()
        self.touched()

    def other_paper(self) -> None:
        """A commercial note bears no tax, and reverses no credit."""
        self.gst = not self.gst
        for name in ("gst", "tax"):
            self.fields[name].setVisible(self.gst)
        said = _("A note under GST.") if self.gst else _("A commercial note, without tax.")
        self.say(said)
        self._pause.start(400)

    def accept_all(self) -> None:
        """Each as far as the note pays for it, the oldest first."""
        for line in self.sheet.lines:
            line.values["accepted"] = "*"
        self.sheet.rows.tell({}, {})
        self.touched()

    def supplier_changed(self) -> None:
        self.sheet.show_lines([])
        if self.party and self.against.claims:
            self.floor.desk.ask(
                supplier_claims.claims,
                party_id=self.party.id,
                what=self.against.claims,
                done=self._show_claims,
                undone=self.fail,
            )

    def said(self) -> dict[str, Any]:
        rate = {"gst": self.text("gst") or "0", "taxable": plain(self.text("taxable"))}
        if tax := plain(self.text("tax")):
            rate["tax"] = tax
        named = {
            name: plain(text) if name in ("total", "round_off") else text
            for name in ("number", "invoice_day", "day", "reason", "total", "round_off")
            if (text := self.text(name))
        }
        return {
            "supplier": self.code,
            "against": self.against.value,
            "gst_note": self.gst,
            "tax": [rate] if rate["taxable"] else [],
            "claims": [_answer(line) for line in self._answered()],
            **named,
        }

    def judging(self) -> tuple[Callable[..., Judged], tuple[Any, ...]]:
        return goods_in.judge_credit, (self.id,)

    def posting(self) -> tuple[Callable[..., Posted], tuple[Any, ...]]:
        return goods_in.post_credit, (self.id,)

    def row_of(self, row: int) -> int:
        said = [at for at, line in enumerate(self.sheet.lines) if _says(line)]
        return said[row] if row < len(said) else 0

    def verdict_of(self, judged: Judged) -> tuple[str, Role]:
        try:
            total = rupees(plain(self.text("total")))
        except ValueError:
            return "", Role.MUTED
        apart = total - judged.totals.total
        if apart:
            return _("Difference {amount}").format(amount=amount(apart.paise)), Role.FAULT
        return _("The note is met"), Role.GOOD

    def _answered(self) -> list[Line]:
        return [line for line in self.sheet.lines if _says(line)]

    def _show_against(self, against: Against) -> None:
        self.against = against
        self.title.setText(_(AGAINST[against]))
        for name in ("gst", "tax"):
            self.fields[name].setVisible(self.gst)

    def _show_claims(self, found: Sequence[Claim]) -> None:
        self.sheet.show_lines([Line(_values(each), each.line) for each in found])

    def _next_line(self) -> None:
        at = self.sheet.currentIndex().row() + 1
        if at < len(self.sheet.lines):
            self.sheet.go_to(at, "accepted")

    def to_lines(self) -> None:
        if self.sheet.lines:
            self.sheet.go_to(0, "accepted")
        else:
            self.sheet.setFocus()


def _says(line: Line) -> bool:
    return bool(line.values.get("accepted") or line.values.get("refused"))


def _answer(line: Line) -> dict[str, Any]:
    """A star accepts as much as the note pays for."""
    made: dict[str, Any] = {"line": line.key}
    accepted, refused = (plain(line.values.get(name, "")) for name in ("accepted", "refused"))
    if accepted != "*":
        made["accepted"] = accepted or "0"
    if refused:
        made["refused"] = refused
    return made


def _values(each: Claim) -> dict[str, str]:
    return {
        "number": each.number,
        "day": day_text(each.day),
        "name": each.item,
        "batch": each.batch,
        "pieces": grouped(each.qty),
        "left": amount(each.left.paise),
    }
