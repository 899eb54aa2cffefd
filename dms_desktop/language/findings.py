"""What verify says of a wrong row to the owner: which row, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping

from dms_desktop.language.catalogue import N_, _
from dms_desktop.language.sentences import shown
from dms_desktop.language.terms import told

FINDINGS: Mapping[str, str] = {
    "audit_altered": N_("Row {seq} of the audit trail of counter “{counter}” was changed."),
    "audit_missing": N_("The audit trail of counter “{counter}” has a gap before row {seq}."),
    "audit_added": N_("The audit trail holds a row that the books did not write."),
    "audit_tip": N_("The audit trail of counter “{counter}” does not end where it should."),
    "no_document": N_("A document is gone that {rows} still names."),
    "impossible_key": N_("{number} has a key that no document can have."),
    "not_in_audit": N_("{number} is not in the audit trail."),
    "document_altered": N_("{number} is not as it was posted."),
    "altered": N_("{number} was changed: {column} says {is} and was posted as {was}."),
    "added": N_("{number} has a row that was not posted with it."),
    "removed": N_("{number} has lost a row that was posted with it."),
    "document_digest": N_("The digest of {number} was changed."),
    "import_seal": N_("The imported bills from {number} on are not those that came in."),
    "note_altered": N_("Note {seq} of what import {import} did was changed."),
    "note_missing": N_("Note {seq} of what import {import} did is gone, or one before it."),
    "note_added": N_("Import {import} has a note that it did not write."),
    "pick": N_("{number}: a pick is not what its line asks for, or not as far as it says."),
    "count_book": N_("A count says that the books had {is} pieces, and they had {should}."),
    "count_sheet": N_("Count {number} and the paper that came of it do not agree."),
    "count_lost": N_("{number} came of a count that is not there."),
    "came_beyond": N_("{number}: more came of the transfer than was sent."),
    "pick_claim": N_("A line stands on another pick list than is said of it, or on none."),
    "pick_source": N_("Pick list {number}: what it made of a bill or order is not told of that."),
    "pick_list": N_("Pick list {number} is open, closed or packed otherwise than its papers."),
    "staff_due": N_("{number}: what is booked to the staff is not told of the man it names."),
    "trip": N_("{number}: the trip and its settlement do not name each other."),
    "trip_bill": N_("Trip {number}: what is told of a bill is not what the books have of it."),
    "approval": N_("An approval is not what the audit trail says of it."),
    "no_approval": N_("An approval is gone that the audit trail tells of."),
    "licence": N_("The FSSAI number of {number} is not that of its list of licences."),
    "buyer": N_("{number} is looked up under another phone or name than its own."),
    "no_buyer": N_("{number} can no longer be found by its buyer's phone or name."),
    "stray_buyer": N_("A walk-in's phone or name leads to no bill of his."),
    "no_trigger": N_("The database no longer keeps {table} from being changed."),
    "no_account": N_("The chart of accounts lacks an account that documents post to."),
    "too_large": N_("A figure is larger than any that the books can know."),
    "unreadable": N_("{number} says what no {kind} can say."),
    "misplaced": N_("A line says another document than its key does."),
    "line_row": N_("{number}: a line is out of its row."),
    "no_line": N_("{number}: a line is missing."),
    "extra_line": N_("{number} has a line, and no {kind} has any."),
    "line_value": N_("{number}: the figures of a line do not agree; {column} should be {should}."),
    "line_discount": N_("{number}: the discounts of a line do not make its taxable value."),
    "net_discount": N_("{number}: a line at a net rate bears a discount of the bill or terms."),
    "line_tax": N_("{number}: the tax of a line is not its rate; {column} should be {should}."),
    "totals": N_("{number}: {column} should be {should}, the sum of its lines."),
    "round_off": N_("{number} is not rounded to the rupee: {column} should be {should}."),
    "interstate": N_("{number}: the place of supply says otherwise on IGST."),
    "mirror": N_("{number} does not mirror what it cancels: {column} should be {should}."),
    "move": N_("{number}: goods moved that its lines do not say; {column} should be {should}."),
    "no_move": N_("{number}: goods on its lines were never moved."),
    "extra_move": N_("{number}: goods moved that are on no line of it."),
    "entry": N_("{number}: a ledger entry is wrong; {column} should be {should}."),
    "no_entry": N_("{number}: a ledger entry is missing."),
    "extra_entry": N_("{number}: there is a ledger entry too many."),
    "unbalanced": N_("{number} does not balance."),
    "future_day": N_("{number} bears a day that had not come when it was posted."),
    "number": N_("{number} does not belong in its series."),
    "series_disagrees": N_("The series of {number} does not agree with it on {column}."),
    "series_first": N_("Series {prefix} does not begin with its first number but with {lowest}."),
    "series_gap": N_("Series {prefix} has a gap: {number} is missing."),
    "series_last": N_("Series {prefix} says its last number is {last}; it is {highest}."),
    "series_day": N_("Series {prefix} does not know the day of its last number, {should}."),
    "no_link": N_("{number} is not linked to the document that it came of."),
    "wrong_link": N_("{number} is linked to a document that it did not come of."),
    "no_event": N_("It was forgotten that {number} was {event}."),
    "wrong_event": N_("{number} was not {event} as its history says."),
    "no_settlement": N_("{number} settles a bill, and that is not written: {should}."),
    "wrong_settlement": N_("{number}: {is} of a bill is settled by it, and {should} should be."),
    "settlement": N_("A settlement settles nothing that is open, or more than was paid."),
    "open_item": N_("{number}: what is open is {open} and should be {should}."),
    "supplier_number": N_(
        "{number}: the supplier's own number is not kept as it stands on the document."
    ),
    "bought": N_("{number}: a line is not among those that an item was bought by, or wrongly."),
    "excess_held": N_("{number}: what is held in excess is not what came beyond the invoice."),
    "excess_release": N_("Excess was billed or sent back, and the audit trail says otherwise."),
    "supplier_claim": N_("{number}: a claim on the supplier is not what its papers make it."),
    "claim_answer": N_("{number}: what was answered of a claim is not what its papers say."),
    "returned": N_("What went back of a receipt's line is not what the returns say."),
    "source": N_("{number}: a line fulfils what was not asked for: another item, or nothing."),
    "line_left": N_("{number}: {left} still wait on a line and {should} should."),
    "waiting": N_("{number} waits for its bill, or does not, and the list says otherwise."),
    "reservation": N_("{number}: more pieces are kept for a line than it waits for."),
    "line_credit": N_("{number}: more came back of a line than was billed."),
    "stock": N_("Stock of {item} batch “{batch}” is {is} and should be {should}."),
    "on_challan": N_("{is} of {item} batch “{batch}” lie on challan; challans wait for {should}."),
    "stock_below_nil": N_("Stock of {item} batch “{batch}” was {is} on {day}."),
    "not_whole": N_("{number}: what its lines take and what they give do not agree."),
    "lot_called": N_(
        "{item} batch “{batch}” is called otherwise than its correction says: {should}."
    ),
    "stock_snapshot": N_("What was counted at the end of {month} is not what the moves come to."),
    "stock_month": N_("The count at the end of {month} does not know how many rows it has."),
    "snapshot_until": N_("The books know of counts until {until}, and there is one of {should}."),
    "lot_cost": N_("The cost of {item} batch “{batch}” is {is} and should be {should}."),
    "stock_account": N_("The stock account is {is} and the lots come to {should}."),
    "trial_balance": N_("The trial balance is out by {difference}."),
    "debtor_unnamed": N_("{number}: an entry of the debtors names no party."),
    "party_balance": N_("The balance of {party} is {is} and should be {should}."),
    "account_month": N_("The total of {account} for {month} is not the sum of its entries."),
    "dangling": N_("A row names a {parent} that is not there."),
}


def finding_text(what: str, table: str, key: object, facts: Mapping[str, object]) -> str:
    """The sentence, and in brackets the row that it is about."""
    words = _Shown({name: _fact(name, value) for name, value in facts.items()})
    parts = key if isinstance(key, tuple) else (key,)
    row = " ".join(str(part) for part in (table, *parts) if part != "")
    return f"{_(FINDINGS[what]).format_map(words)} [{row}]"


def _fact(name: str, value: object) -> str:
    return "—" if value is None else told(name, shown(value))


class _Shown(dict[str, str]):
    """A fact that nobody gave is left out, rather than the whole sentence."""

    def __missing__(self, name: str) -> str:
        return "…"
