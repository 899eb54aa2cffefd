"""What a refusal says to the person who can mend it: one clear sentence, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dms_desktop.domain.money import Money
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language.catalogue import N_, Said, _
from dms_desktop.language.figures import amount, day_text, grouped
from dms_desktop.language.picking_sentences import PICKING
from dms_desktop.language.sentences_dispatch import DISPATCH
from dms_desktop.language.terms import told

COUNTS = ("have", "short", "next", "qty", "most", "lines")  # grouped like every figure
SENTENCES: Mapping[Reason, str] = {
    **DISPATCH,
    **PICKING,
    Reason.NO_LINES: N_("Nothing is on the bill yet. Add an item first."),
    Reason.TOO_MANY_LINES: N_(
        "A bill takes at most {most} lines and this one has {lines}. Split it into two bills."
    ),
    Reason.BAD_QUANTITY: N_(
        "“{text}” is not a quantity. Type pieces (12), cases (2c) or both (2c 6p)."
    ),
    Reason.BAD_FIGURE: N_("“{value}” is not a valid figure for {field}."),
    Reason.BAD_DAY: N_("“{value}” is not a date. Type it as 21-11-2026."),
    Reason.BAD_ENTRY: N_("“{value}” cannot be used as {field}."),
    Reason.WRONG_SHAPE: N_("{field}: {fault}."),
    Reason.UNKNOWN_ITEM: N_("No item has the code or barcode “{code}”."),
    Reason.SEVERAL_ITEMS: N_("“{code}” is on several items: {items}. Use the item's own code."),
    Reason.UNKNOWN_PARTY: N_(
        "No party has the code “{code}”. Choose a party, or CASH for a walk-in."
    ),
    Reason.UNKNOWN_BATCH: N_("{item} has no batch “{batch}” in this godown."),
    Reason.UNKNOWN_GODOWN: N_("No godown has the code “{code}”."),
    Reason.UNKNOWN_DOCUMENT: N_("No document has the number “{number}”."),
    Reason.INACTIVE: N_("{item} ({code}) is marked inactive. Make it active again to use it."),
    Reason.SHORT_STOCK: N_(
        "{item}: {have} can be sold and {short} more are asked for. Lower the quantity."
    ),
    Reason.SHORT_LATER: N_(
        "{item} batch {batch}: on {day} there were too few, whatever lies there now. "
        "Use a later date."
    ),
    Reason.BLOCKED_BATCH: N_("{item} batch {batch} is blocked from sale. Choose another batch."),
    Reason.EXPIRED_BATCH: N_(
        "{item} batch {batch} cannot be sold: it expires on {expiry}. Choose another batch."
    ),
    Reason.ANOTHER_MRP: N_(
        "{item}: only {have} are left at MRP {mrp}; {next} more are there at MRP {next_mrp}. "
        "Lower the quantity, or allow the other MRP."
    ),
    Reason.WAS_OTHER_MRP: N_(
        "{item} was MRP {mrp}. Too few of those are there, so it is now MRP {next_mrp}."
    ),
    Reason.NO_PRICE: N_("{item} has no price. Set its PTR or a price list, or type a rate."),
    Reason.LOT_NOT_PRICED: N_(
        "{item} batch {batch} should go first and has no PTR, so a later one goes. Set its PTR."
    ),
    Reason.NO_HSN: N_("{item} has no HSN code. Set it in the item before billing."),
    Reason.NO_TAX_RATE: N_("{item} has no GST rate for this day. Set it in its tax class."),
    Reason.NO_CASE_FACTOR: N_(
        "{item} has no case or inner size, so “{text}” cannot be counted. Type pieces."
    ),
    Reason.ABOVE_MRP: N_(
        "{item}: {qty} come to {amount} with tax, above the MRP of {mrp} each. Lower the rate."
    ),
    Reason.NOT_A_SUPPLIER: N_(
        "{party} ({code}) is not marked as a supplier. Mark him in the party first."
    ),
    Reason.INVOICE_KNOWN: N_(
        "Invoice {number} of {party} is booked already, as {what}. Check the number."
    ),
    Reason.INVOICE_AFTER_GOODS: N_(
        "The invoice of {day} is later than the goods of {until}. Check both dates."
    ),
    Reason.INVOICE_DIFFERS: N_(
        "The invoice says {total} and its parts come to {amount}: {difference} apart. Check rates, "
        "discounts, charges and round-off."
    ),
    Reason.TAX_DIFFERS: N_(
        "At {rate} % the invoice prints a tax of {printed} and {computed} comes out: {difference} "
        "apart, head by head. Check the lines at this rate, and the place of supply."
    ),
    Reason.TAX_NOT_CHARGED: N_(
        "{party} is not registered as one who charges GST, yet his invoice prints tax. Check his "
        "GST type."
    ),
    Reason.OTHER_TAX_RATE: N_("{item}: the invoice taxes it at {rate} %, these books at {was} %."),
    Reason.CAME_TOO_MANY: N_(
        "{item}: {have} came and {most} were billed and free. Enter the {next} more as excess."
    ),
    Reason.DAMAGED_TOO_MANY: N_("{item}: {next} are damaged, yet only {have} came."),
    Reason.CAME_EXPIRED: N_(
        "{item} batch {batch} came past its date of {expiry}. Refuse it, or take it in as expired."
    ),
    Reason.NEAR_EXPIRY: N_("{item} batch {batch} expires soon, on {expiry}."),
    Reason.BATCH_OTHER_MRP: N_(
        "{item} batch {batch} is known with MRP {mrp} and comes with {next_mrp} now. Correct the "
        "MRP, or say that it is a second lot."
    ),
    Reason.BATCH_OTHER_EXPIRY: N_(
        "{item} batch {batch} is known with another expiry. Correct it, or say that it is a "
        "second lot."
    ),
    Reason.NEVER_BOUGHT: N_("{item} was never bought, so it has no last cost. Type its rate."),
    Reason.COST_ABOVE_MRP: N_(
        "{item}: {qty} cost {amount} with tax, above their MRP of {mrp} each."
    ),
    Reason.MRP_CHANGED: N_("{item}: the MRP was {was} on {number} of {day} and is {mrp} now."),
    Reason.RATE_CHANGED: N_(
        "{item}: a piece cost {was} on {number} of {day} and costs {rate} now, after discounts."
    ),
    Reason.MORE_THAN_ORDERED: N_("{item}: {next} came and {have} were still to come by the order."),
    Reason.OTHER_SUPPLIER: N_("{number} is of another supplier."),
    Reason.ALREADY_RECEIVED: N_("The goods of {number} were received already, by {what}."),
    Reason.NOT_WAITING: N_(
        "Nothing on this invoice is still unbilled of {number}. Check item, batch and MRP."
    ),
    Reason.NOT_HELD: N_("Of the excess of {number} only {have} are held, not {next}."),
    Reason.CLAIM_ANSWERED: N_("A claim was answered in the meantime. Look at the claims again."),
    Reason.CLAIM_NOT_HIS: N_("This supplier has no claim {code} to answer."),
    Reason.MORE_THAN_ASKED: N_("{amount} is answered of a claim of which {left} is left."),
    Reason.ACCEPTED_BEYOND_NOTE: N_(
        "Claims of {amount} are accepted by a note that is worth {total}."
    ),
    Reason.MORE_THAN_RECEIVED: N_(
        "{item}, batch {batch}: of that receipt {have} pieces may still go back, not {next}."
    ),
    Reason.BELOW_COST: N_("{item} is sold at {taxable}, below its cost of {cost}."),
    Reason.DISCOUNT_TOO_LARGE: N_("The discount is larger than the value. Lower the discount."),
    Reason.LICENCE_EXPIRED: N_(
        "{item}: the licence {licence} {number} of {party} ended on {until}. Take this row out, "
        "write the new licence in the party, or ask the owner."
    ),
    Reason.LICENCE_MISSING: N_(
        "{item}: {party} has no licence for {regime} in these books. Take this row out, write the "
        "licence in the party, or ask the owner."
    ),
    Reason.OUR_LICENCE_EXPIRED: N_(
        "Your own licence {licence} {number} ended on {until}. Write the new one in "
        "Settings > Company."
    ),
    Reason.HSN_SHORT: N_(
        "{item}: its HSN {hsn} is too short. By your turnover a bill must show {most} digits."
    ),
    Reason.FREE_NOT_ALLOWED: N_(
        "Free pieces, and goods at a full discount, need the power “free goods”. Ask the owner."
    ),
    Reason.PRICE_CHANGED: N_(
        "The bill now comes to {now} and not {seen}: stock or a price has changed. "
        "Look and save again."
    ),
    Reason.BAD_GSTIN: N_("The GSTIN “{gstin}” is not valid: {fault}."),
    Reason.GSTIN_OTHER_STATE: N_(
        "The GSTIN {gstin} belongs to {says}, and the address says State {state}. "
        "Correct one of them."
    ),
    Reason.BUYER_DETAILS_NEEDED: N_(
        "From {limit} on, a bill to an unregistered buyer needs his name, address and State."
    ),
    Reason.OUR_ADDRESS_NEEDED: N_(
        "A tax invoice must show your own address. Type it in Settings > Company."
    ),
    Reason.STATE_TAKEN: N_(
        "Parties that have no State and are taken as of {state}: {lines}. It decides between IGST "
        "and CGST with SGST."
    ),
    Reason.PHONE_TWICE: N_("The phone {value} is that of {party} too. Check both."),
    Reason.OVERSEAS: N_("Sales outside India are not kept in this program."),
    Reason.PERIOD_LOCKED: N_("The books are closed until {until}; {day} cannot be changed."),
    Reason.GST_FILED: N_("GST is filed until {until}; no tax document may bear the date {day}."),
    Reason.YEAR_LOCKED: N_("The financial year is locked until {until}; {day} lies in it."),
    Reason.NO_SERIES: N_(
        "No number series for {kind} is open in the year {year}. Open the year first."
    ),
    Reason.BEFORE_LAST_NUMBER: N_(
        "The last number of this series is dated {last}; {day} would come before it. "
        "Use {last} or later."
    ),
    Reason.FUTURE_DAY: N_("{day} has not come yet; today is {today}."),
    Reason.SERIES_FULL: N_("The number series “{prefix}” is full. Open a new series."),
    Reason.SERIES_TOO_LONG: N_("Numbers of the series “{prefix}” would not be lawful: {fault}."),
    Reason.SERIES_PREFIX_TAKEN: N_(
        "The prefix “{prefix}” is already used for {kind}. Choose another."
    ),
    Reason.OTHER_CONTENT: N_(
        "This was saved before as {number}, with other content. Start a new one."
    ),
    Reason.ALREADY_CANCELLED: N_("{number} is cancelled already."),
    Reason.HANGS_ON_IT: N_("{number} cannot be cancelled: {what} hangs on it. Undo that first."),
    Reason.CAME_WITH_IMPORT: N_(
        "{number} came in with a file of old bills and did nothing here. Undo the whole import."
    ),
    Reason.WRONG_SOURCE: N_(
        "This row is not of the order or challan that is being billed. Put it on a bill of its own."
    ),
    Reason.ALREADY_BILLED: N_("{number}: {fault}."),
    Reason.NOT_BALANCED: N_("Debits and credits differ by {difference}."),
    Reason.CASH_LIMIT: N_(
        "The law allows no cash receipt of {limit} or more. Take it by bank, UPI or cheque."
    ),
    Reason.PAYMENTS_DIFFER: N_("{paid} is paid and the bill comes to {total}. Make them agree."),
    Reason.SETTLED_ALREADY: N_("The bill has less open than this would settle. Look at it again."),
    Reason.MORE_THAN_SOLD: N_(
        "More would come back than the bill still has out. Look at what came back of it before."
    ),
    Reason.NOTE_BEFORE_BILL: N_("The bill is of {day}. A credit note cannot be older."),
    Reason.CREDIT_LIMIT: N_(
        "{whose}The credit limit is {limit} and {exposure} would be owed: {over} too much. "
        "Take money first, or ask the owner."
    ),
    Reason.CREDIT_OVERDUE: N_(
        "{whose}{overdue} is overdue, the oldest ({bill}) for {days} days. "
        "Take money first, or ask the owner."
    ),
    Reason.CREDIT_STOPPED: N_("{whose}Credit is stopped. Take cash, or ask the owner."),
    Reason.ON_HOLD: N_("{number} is on hold: {why}. Release it first."),
    Reason.DUPLICATE: N_("There is already a {field} “{value}”."),
    Reason.STALE: N_("Somebody else changed this meanwhile. Look at his change and save again."),
    Reason.UNKNOWN_CODE: N_("No {field} has the code “{value}”. Add it first, or choose another."),
    Reason.SEVERAL_LOTS: N_(
        "{item} has several batches “{batch}”. Say the MRP and the expiry too."
    ),
    Reason.IN_USE: N_("“{value}” cannot be made inactive: {fault}."),
    Reason.RATE_NOT_NOTIFIED: N_(
        "{item}: there is no GST of {value} %. Correct it, or name a tax class that has this rate."
    ),
    Reason.RATE_USED: N_(
        "Bills of {last} were made at the GST rates of {value}, so those stay. "
        "Add the new rate from a later day."
    ),
    Reason.PRICES_OVERLAP: N_(
        "{item} has a price in {list} from {from} to {until} already. "
        "End that one first, or choose other dates."
    ),
    Reason.NEEDS_CORRECTION: N_(
        "The {field} of a batch cannot be typed over, since printed bills name it. "
        "It is put right by a correction document."
    ),
    Reason.SERIES_USED: N_(
        "The series “{prefix}” has given out numbers, so it stays as it is. Open a new series."
    ),
    Reason.NOT_CLOSED: N_("{day} is open already."),
    Reason.NO_PRINTER: N_(
        "No printer is set for this paper at this counter. Set one, name one, or give a file."
    ),
    Reason.NOT_ALLOWED: N_("{user} has no power to do this ({power}). Ask the owner."),
    Reason.PIN_WANTED: N_(
        "The PIN of {user} is wanted. Put it into DMS_PIN, or give it on standard input."
    ),
    Reason.WRONG_PIN: N_("The PIN is wrong. After five wrong ones there is a wait."),
    Reason.LOCKED_OUT: N_("Too many wrong PINs. Wait {seconds} seconds, or ask the owner."),
    Reason.BAD_FILE: N_("The file cannot be read: {fault}."),
    Reason.NOTHING_CHANGED: N_("That is what stands there already. Nothing was changed."),
    Reason.LOT_AWAY: N_(
        "{qty} pieces of {item} batch {batch} lie in “{place}” and cannot change their batch "
        "there. Bill them or bring them back first."
    ),
    Reason.MISSING: N_("{field} is missing. Fill it in."),
    Reason.SAME_GODOWN: N_("Goods cannot go from {godown} to the same godown. Choose another."),
    Reason.OTHER_GSTIN: N_(
        "{godown} belongs to another GSTIN ({gstin}). Goods go there with a tax invoice, not with "
        "a transfer."
    ),
    Reason.MORE_THAN_SENT: N_(
        "{item}: {qty} are entered and {have} of {number} are still on the way. Correct the figure."
    ),
    Reason.NO_ROWS: N_("Nothing is entered yet. Add an item first."),
    Reason.WRONG_BUCKET: N_(
        "{item} batch {batch} expired on {expiry} and can never be saleable again."
    ),
    Reason.ABOVE_STOCK_LIMIT: N_(
        "This changes stock worth {amount}; above {limit} it needs an approval. Ask the owner."
    ),
    Reason.COUNT_AGAIN: N_(
        "{item} batch {batch}: its stock was put right or taken away since it was counted. "
        "Count it again."
    ),
    Reason.COUNT_CLOSED: N_("This count is closed already. Start a new one."),
    Reason.NOTHING_COUNTED: N_("Nothing was counted on this sheet yet."),
    Reason.CLOCK_JUMPED: N_(
        "{lines} batches are past their date. The last day was {last} and the clock says {today}: "
        "is that right? Then let them move."
    ),
    Reason.MANY_EXPIRE: N_(
        "{lines} batches are past their date, more than the {most} that move without asking. "
        "Let them move if the clock is right."
    ),
    Reason.EXPIRY_BEFORE_PACKED: N_(
        "{item}: it expires on {expiry}, before it was packed on {packed}. Correct one of them."
    ),
    Reason.ALREADY_IMPORTED: N_(
        "“{name}” was imported before, as import {import}. To import it again, undo that first."
    ),
    Reason.UNKNOWN_IMPORT: N_("No import that can be undone has the number {import}."),
    Reason.CHANGED_SINCE: N_(
        "{code} was changed after this import, so the import cannot be undone as a whole."
    ),
    Reason.PART_OF_REFUSED: N_(
        "Another row of bill {number} is refused, so the whole bill is left out."
    ),
    Reason.ROWS_DISAGREE: N_(
        "The rows of bill {number} differ in {field}. Correct the row, or its number."
    ),
}
FAULTS: Mapping[str, str] = {
    "length": N_("it must have 15 characters"),
    "form": N_("a letter or figure stands in the wrong place"),
    "state": N_("its first two figures are no State"),
    "check_digit": N_("a letter or figure in it is mistyped"),
    "too_long": N_("more than 16 characters"),
    "empty": N_("it is empty"),
    "character": N_("only A-Z, 0-9, hyphen and slash may be used"),
    "lower_case": N_("capital letters only"),
    "first": N_("it must begin with a letter or 1-9"),
    "prefix_ends_in_figure": N_("the prefix may not end in a figure"),
    "in_use_stock": N_("goods still lie in it"),
    "in_use_only": N_("there is no other one"),
    "in_use_users": N_("users have it"),
    "in_use_yourself": N_("you are using it"),
    "weak_pin": N_("it is among the first that anybody tries; choose another"),
    "in_use_rules": N_("papers are printed on it"),
    "in_use_people": N_("nobody else could then give powers"),
    "file_absent": N_("it is not there, or may not be opened"),
    "file_empty": N_("it is empty"),
    "file_not_a_table": N_("it is no table. Save it as .xlsx or .csv"),
    "file_old_excel": N_(
        "it is of an old Excel or has a password. Save it as .xlsx without a password"
    ),
    "file_web_page": N_("it is a web page under another name. Open it and save it as .xlsx"),
    "file_damaged": N_("it is damaged. Open it in a spreadsheet and save it anew"),
    "file_hostile": N_("no spreadsheet program writes a file like this one"),
    "file_too_large": N_("it is too large. Split it"),
    "file_too_slow": N_("it takes too long. Save it as .csv, or split it"),
    "file_too_many_rows": N_("it has more than {most} rows. Split it"),
    "file_too_many_columns": N_("it has more than {most} columns"),
    "file_no_sheet": N_("it has no sheet “{sheet}”"),
    "file_no_headings": N_("no row has headings for {missing}. Say which column is which"),
    "file_no_json": N_("it is no JSON"),
    "file_no_orders": N_("no list of orders stands in it"),
    "file_no_rows": N_("nothing stands below its headings"),
    "file_unknown_heading": N_("no column is headed “{heading}”"),
    "all_billed": N_("nothing is left to bill, since {bills} took it"),
    "none_left": N_("nothing is left to bill"),
    "part_billed": N_("less is left to bill than this asks for, since {bills} took the rest"),
    "less_left": N_("less is left to bill than this asks for"),
    "shape_text": N_("a text in quotes is wanted"),
    "shape_list": N_("a list in square brackets is wanted"),
    "shape_object": N_("an object in curly brackets is wanted"),
    "shape_yes_no": N_("true or false is wanted, without quotes"),
    "shape_quantity": N_("pieces as a whole number, or a text such as “2c 6p”, are wanted"),
    "shape_party": N_("a code, or an object with the name of a walk-in, is wanted"),
    "shape_choice": N_("one of these is wanted: {choices}"),
    "shape_unknown": N_("no field has this name. Correct it, or take it out"),
    "shape_too_few": N_("nothing stands in it"),
    "shape_too_many": N_("more stand in it than are allowed"),
    "file_unknown_field": N_("“{field}” is nothing that can be imported here"),
}


def say(problem: Problem) -> str:
    """The sentence in the language in use, with amounts and days as the trade writes them."""
    facts = Shown({name: told(name, _fact(name, value)) for name, value in problem.facts.items()})
    principal = facts.get("principal")
    facts["whose"] = f"{principal}: " if principal else ""
    if fault := FAULTS.get(str(problem.facts.get("fault", ""))):
        facts["fault"] = _(fault).format_map(facts)
    return _(SENTENCES[problem.reason]).format_map(facts)


def _fact(name: str, value: object) -> str:
    return grouped(value) if name in COUNTS and isinstance(value, int) else shown(value)


def shown(value: object) -> str:
    """A fact as a person reads it."""
    if isinstance(value, Money):
        return f"₹ {amount(value.paise)}"
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, Said):  # the name of a field, which follows the language
        return value
    return str(value)


class Shown(dict[str, str]):
    """A fact that nobody gave is left out, rather than the whole sentence."""

    def __missing__(self, name: str) -> str:
        return "…"
