"""Returns and credit notes of suppliers as a file or another program says them, as drafts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from dms_desktop.domain.goods_line import Bucket, Kind
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import ZERO, Money, percent
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.domain.supplier_credit import Against, ClaimKind, CreditRate
from dms_desktop.services import lookups
from dms_desktop.services.lookups import Named
from dms_desktop.services.purchase_intake import Reader
from dms_desktop.services.series import today
from dms_desktop.services.supplier_credits import AnswerAsk, CreditDraft
from dms_desktop.services.supplier_returns import ReturnAsk, ReturnDraft
from dms_desktop.services.supplier_sources import sources
from dms_desktop.store.session import Reading

Said = Mapping[str, Any]
ROUTES = {"debit_note": Kind.SUPPLIER_RETURN, "invoice": Kind.RETURN_INVOICE}
_LOTS = "SELECT id, batch, mrp, expiry FROM lot WHERE item_id = :item ORDER BY id"


@needs(Power.RECEIVE)
def return_draft(reading: Reading, said: Said, *, new: UUID) -> ReturnDraft:
    """Refuses with every slip at once, each with the line it is on."""
    now = today(reading)
    reader = SupplierReader(reading, now)
    lines = reader.objects(said, "lines")
    named = lookups.items_named(reading, (str(line.get("item") or "") for line in lines))
    party = reader.supplier(str(said.get("supplier") or ""))
    asks = [reader.back(row, line, named, party) for row, line in enumerate(lines)]
    made = ReturnDraft(
        id=UUID(str(said["id"])) if said.get("id") else new,
        kind=ROUTES[str(said.get("route") or "debit_note")],
        day=reader.day(said, "day") or now,
        party_id=party,
        place_id=reader.place(str(said.get("godown") or "")),
        asks=tuple(each for each in asks if each),
        reason=str(said.get("reason") or ""),
        transport=str(said.get("transport") or ""),
        note=str(said.get("note") or ""),
        order_no=str(said.get("his_reference") or ""),
    )
    if reader.problems:
        raise Refused(*reader.problems)
    return made


@needs(Power.RECEIVE)
def credit_draft(reading: Reading, said: Said, *, new: UUID) -> CreditDraft:
    """Refuses with every slip at once."""
    now = today(reading)
    reader = SupplierReader(reading, now)
    against = Against(str(said.get("against") or Against.OTHER))
    made = CreditDraft(
        id=UUID(str(said["id"])) if said.get("id") else new,
        day=reader.day(said, "day") or now,
        party_id=reader.supplier(str(said.get("supplier") or "")),
        against=against,
        number=str(said.get("number") or "").strip(),
        note_day=reader.day(said, "invoice_day"),
        irn=str(said.get("irn") or ""),
        gst=said.get("gst_note") is not False,
        rates=tuple(map(reader.credit_rate, reader.objects(said, "tax"))),
        round_off=reader.money(said, "round_off") or ZERO,
        total=reader.money(said, "total"),
        answers=tuple(
            reader.answer(row, each, against)
            for row, each in enumerate(reader.objects(said, "claims"))
        ),
        reverses=said.get("reverses"),
        reason=str(said.get("reason") or ""),
        note=str(said.get("note") or ""),
    )
    if reader.problems:
        raise Refused(*reader.problems)
    return made


class SupplierReader(Reader):
    """Reads also what only goes back to a supplier, or comes from him."""

    def back(
        self, row: int, line: Said, named: Mapping[str, list[Named]], party: int
    ) -> ReturnAsk | None:
        code = str(line.get("item") or "")
        found = named.get(folded(code), [])
        if len(found) != 1:
            self.wrong(Reason.UNKNOWN_ITEM, row, code=code)
            return None
        qty = self._quantity(row, str(line.get("qty") or ""), found[0])
        if qty is None:
            return None
        pieces, bucket = qty.billed * found[0].units, Bucket(str(line.get("bucket") or "saleable"))
        if line.get("held"):
            return ReturnAsk(0, pieces, bucket, held=int(line["held"]))
        lot = self._lot(row, line, found[0])
        if lot is None:
            return None
        rate = self.rate(line, "rate", row)
        return ReturnAsk(lot, pieces, bucket, rate, self._receipt(row, line, lot, party))

    def _lot(self, row: int, line: Said, item: Named) -> int | None:
        """By batch, and by MRP and expiry where the batch alone says too little."""
        mrp, expiry = self.money(line, "mrp", row), self.day(line, "expiry", row)
        batch = str(line.get("batch") or "").strip()
        fits = [
            lot
            for lot, its, price, until in self.reading.rows(_LOTS, item=item.item_id)
            if folded(its) == folded(batch)
            and (mrp is None or price == mrp.paise)
            and (expiry is None or until == expiry.isoformat())
        ]
        if not fits:
            self.wrong(Reason.UNKNOWN_BATCH, row, item=item.name, batch=batch)
        elif len(fits) > 1:
            self.wrong(Reason.SEVERAL_LOTS, row, item=item.code, batch=batch)
        return fits[0] if len(fits) == 1 else None

    def _receipt(self, row: int, line: Said, lot: int, party: int) -> int | None:
        """The line of the receipt that is named by our number or his."""
        if not line.get("receipt"):
            return None
        wanted = folded(str(line["receipt"]))
        for each in sources(self.reading, party, [lot]).get(lot, []):
            if wanted in (folded(each.number), folded(each.invoice)):
                return each.line
        self.wrong(Reason.UNKNOWN_DOCUMENT, row, number=str(line["receipt"]))
        return None

    def credit_rate(self, said: Said) -> CreditRate:
        tax = self.printed(said)
        gst = self.read(percent, said.get("gst"), "gst", None) or Decimal(0)
        return CreditRate(gst, self.money(said, "taxable") or ZERO, tax.tax)

    def answer(self, row: int, said: Said, against: Against) -> AnswerAsk:
        what = against.claims or ClaimKind.RETURNED
        accepted: Money | None = self.money(said, "accepted", row)
        refused = self.money(said, "refused", row) or ZERO
        return AnswerAsk(int(said.get("line") or 0), what, accepted, refused)
