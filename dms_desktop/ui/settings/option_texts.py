"""What each option of the books is called, its unit, and in a sentence what it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dms_desktop.domain.loss import Loss
from dms_desktop.domain.shortage import Sharing
from dms_desktop.language.catalogue import N_


@dataclass(frozen=True, slots=True)
class OptionText:
    label: str
    unit: str
    sentence: str
    choices: Mapping[str, str] = field(default_factory=dict)  # of an option of a few words


OPTION_TEXTS: Mapping[str, OptionText] = {
    "credit_tolerance": OptionText(
        N_("Small amount beyond the credit limit"),
        N_("₹"),
        N_(
            "A bill that passes the limit, or an overdue sum, by no more than this warns and does "
            "not stop the clerk."
        ),
    ),
    "credit_stop_days": OptionText(
        N_("Overdue days that stop credit"),
        N_("days"),
        N_(
            "A party with a bill unpaid for longer than this after its due day gets no credit "
            "until the owner allows it. Empty: nobody is stopped for it."
        ),
    ),
    "loss_warning": OptionText(
        N_("Sold below its cost"),
        "",
        N_("What happens where a line brings less than its goods cost."),
        {
            Loss.WARN: N_("It is said"),
            Loss.ASK: N_("The owner is asked"),
            Loss.OFF: N_("Nothing is said"),
        },
    ),
    "shortage_sharing": OptionText(
        N_("Too few pieces for the orders"),
        "",
        N_("How a short item is first shared in the order tray; one key shares it the other way."),
        {
            Sharing.OLDEST_FIRST: N_("Oldest order first"),
            Sharing.PROPORTIONAL: N_("In proportion"),
        },
    ),
    "tax_tolerance": OptionText(
        N_("Tax on a supplier's invoice may differ by"),
        N_("₹"),
        N_(
            "For each GST rate the tax that an invoice prints is booked as it is, where it differs "
            "from the computed tax by no more than this."
        ),
    ),
    "stock_limit": OptionText(
        N_("Change of stock without approval"),
        N_("₹"),
        N_(
            "An adjustment or a count that changes stock worth more than this needs somebody who "
            "may approve it."
        ),
    ),
    "expiry_lots": OptionText(
        N_("Batches that move to expired by themselves"),
        N_("batches"),
        N_(
            "At the start of a day batches past their date leave the saleable stock. If more than "
            "so many would, the program asks first: the clock may be wrong."
        ),
    ),
    "near_expiry_days": OptionText(
        N_("Near its expiry"),
        N_("days"),
        N_("A batch that ends within so many days is shown as near its end at the counter."),
    ),
    "licence_needed": OptionText(
        N_("Goods that need the buyer's licence"),
        N_("food, drug"),
        N_(
            "Type food, drug or both: a party without such a licence in its master does not get "
            "those items. Empty: only a licence that has ended stops them."
        ),
    ),
    "licence_near_days": OptionText(
        N_("Licence near its end"),
        N_("days"),
        N_("A party's licence that ends within so many days is told beside its bill."),
    ),
    "lock_minutes": OptionText(
        N_("Lock by itself after"),
        N_("minutes"),
        N_(
            "After so long without a key or click the PIN is asked for again; the bill stays. "
            "0: never. It locks only where somebody has a PIN."
        ),
    ),
}
