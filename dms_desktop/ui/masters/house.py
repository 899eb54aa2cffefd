"""The masters of the house: godowns, reasons, accounts, series, printers, ourselves, the locks."""

from __future__ import annotations

from dms_desktop.domain.goods_line import Kind as Document
from dms_desktop.domain.goods_line import Paper
from dms_desktop.domain.printers import Way
from dms_desktop.domain.registers import AccountGroup, ReasonUse
from dms_desktop.language.catalogue import N_, _
from dms_desktop.ui.kit.form import Group
from dms_desktop.ui.kit.form_boxes import Box, Kind
from dms_desktop.ui.masters.master import (
    CODE_COLUMN,
    LICENCES,
    NAME_COLUMN,
    NEW,
    Master,
    cell,
    named,
)

GODOWN_KINDS = {"godown": N_("Godown"), "van": N_("Van")}
USES = {
    ReasonUse.CANCEL.value: N_("To cancel"),
    ReasonUse.CHALLAN.value: N_("For a challan"),
    ReasonUse.RETURN.value: N_("For a return"),
    ReasonUse.ADJUST.value: N_("To adjust stock"),
    ReasonUse.BLOCK.value: N_("To block a lot"),
    ReasonUse.FREE.value: N_("For free pieces"),
    ReasonUse.OVERRIDE.value: N_("To allow all the same"),
    ReasonUse.REOPEN.value: N_("To open again"),
    ReasonUse.PICK.value: N_("For another pick"),
    ReasonUse.DELIVERY.value: N_("For goods not delivered"),
}
ACCOUNT_GROUPS = {
    AccountGroup.ASSETS.value: N_("Assets"),
    AccountGroup.LIABILITIES.value: N_("Liabilities"),
    AccountGroup.EQUITY.value: N_("Capital"),
    AccountGroup.INCOME.value: N_("Income"),
    AccountGroup.EXPENSES.value: N_("Expenses"),
}
PAPERS = {
    "": N_("Any"),
    Paper.TAX_INVOICE.value: N_("Tax invoice"),
    Paper.BILL_OF_SUPPLY.value: N_("Bill of supply"),
    Paper.INVOICE_CUM_BILL_OF_SUPPLY.value: N_("Invoice-cum-bill of supply"),
}
DOCUMENTS = {
    Document.ORDER.value: N_("Order"),
    Document.ESTIMATE.value: N_("Estimate"),
    Document.CHALLAN.value: N_("Challan"),
    Document.BILL.value: N_("Bill"),
    Document.RECEIPT.value: N_("Receipt"),
    Document.JOURNAL.value: N_("Journal"),
    Document.OPENING.value: N_("Opening"),
    Document.CANCELLATION.value: N_("Cancellation"),
}
WAYS = {
    Way.QUEUE.value: N_("Queue of this PC (Linux)"),
    Way.WINDOWS.value: N_("Printer of Windows"),
    Way.SOCKET.value: N_("Network (address:port)"),
    Way.FOLDER.value: N_("Folder that gets a copy"),
}

GODOWN = Master(
    "godown",
    N_("Godowns"),
    N_("godown"),
    (CODE_COLUMN, NAME_COLUMN, cell(2, N_("Kind"), 14, words=GODOWN_KINDS)),
    named(Box("kind", N_("Kind"), Kind.CHOICE, choices=GODOWN_KINDS)),
    frozenset({"place"}),
    fresh={**NEW, "kind": "godown"},
)
REASON = Master(
    "reason",
    N_("Reasons"),
    N_("reason"),
    (CODE_COLUMN, NAME_COLUMN, cell(2, N_("What for"), 22, words=USES)),
    (
        *named(Box("use", N_("What for"), Kind.CHOICE, choices=USES, needed=True)),
        Group(
            N_("Where an adjustment of stock goes"),
            (
                Box("ledger", N_("Account"), Kind.LOOKUP, of="account"),
                Box("keeps_credit", N_("Its input tax stays ours"), Kind.YES, width=4),
            ),
        ),
    ),
    frozenset({"reason"}),
    fresh=NEW,
)
ACCOUNT = Master(
    "account",
    N_("Accounts"),
    N_("account"),
    (CODE_COLUMN, NAME_COLUMN, cell(2, N_("Group"), 16, words=ACCOUNT_GROUPS)),
    named(Box("group", N_("Group"), Kind.CHOICE, choices=ACCOUNT_GROUPS, needed=True)),
    frozenset({"account"}),
    fresh=NEW,
)
SERIES = Master(
    "series",
    N_("Number series"),
    N_("number series"),
    (
        cell(0, N_("Prefix")),
        cell(1, N_("Paper"), 16, words=DOCUMENTS),
        cell(2, N_("Year"), 10),
        cell(3, N_("Counter"), 12),
        cell(4, N_("Last number"), 14, right=True),
    ),
    (
        Group(
            N_("What it numbers"),
            (
                Box("kind", N_("Paper"), Kind.CHOICE, choices=DOCUMENTS, needed=True),
                Box("paper", N_("Only bills that are"), Kind.CHOICE, width=4, choices=PAPERS),
                Box("counter", N_("Counter"), hint=N_("every counter")),
                Box("principal", N_("Principal"), Kind.LOOKUP, of="principal"),
                Box("year", N_("Year that begins in April"), Kind.NUMBER, fixed=True,
                    hint=N_("this year")),
            ),
        ),
        Group(
            N_("How its numbers look: prefix and figures, 16 characters at most"),
            (
                Box("prefix", N_("Prefix"), fixed=True, needed=True),
                Box("width", N_("Figures"), Kind.NUMBER),
                Box("first", N_("First number"), Kind.NUMBER),
                Box("last", N_("Last number given out"), Kind.NUMBER, only_shown=True),
            ),
        ),
    ),
    frozenset({"series", "document"}),
    fresh={"kind": "bill", "width": 5, "first": 1},
    gone="",
    hint=N_("Prefix or paper"),
    heading=lambda line: f"{line.cells[0]} · {line.cells[2]}",
)  # fmt: skip
PRINTER = Master(
    "printer",
    N_("Printers"),
    N_("printer"),
    (CODE_COLUMN, NAME_COLUMN, cell(2, N_("Address"), 30)),
    named(
        Box("way", N_("How it is reached"), Kind.CHOICE, choices=WAYS),
        Box("address", N_("Address"), width=4),
        Box("drawer", N_("Cash drawer"), Kind.YES),
    ),
    frozenset({"printer"}),
    fresh={**NEW, "way": "queue"},
)
COMPANY = Master(
    "company",
    N_("Company"),
    N_("company"),
    (cell(0, N_("Name")), cell(1, N_("City"), 20), cell(2, N_("Phone"), 20)),
    (
        Group(
            N_("Who we are; older papers keep what they say"),
            (
                Box("name", N_("Name"), width=6, needed=True),
                Box("address", N_("Address"), width=6),
                Box("city", N_("City")),
                Box("pin", N_("PIN code")),
                Box("state", N_("State"), Kind.LOOKUP, of="state", fixed=True),
                Box("gstin", N_("GSTIN"), fixed=True),
                Box("phone", N_("Phone")),
                Box("email", N_("E-mail")),
                Box("pan", N_("PAN")),
                LICENCES,
            ),
        ),
        Group(
            N_("Bank and UPI"),
            (
                Box("bank_name", N_("Bank")),
                Box("bank_account", N_("Account")),
                Box("bank_ifsc", N_("IFSC")),
                Box("vpa", N_("UPI address"), width=6),
            ),
        ),
        Group(
            N_("On the paper"),
            (
                Box("warranty", N_("Warranty"), width=6),
                Box("terms", N_("Terms of sale"), width=6),
            ),
        ),
    ),
    frozenset({"company"}),
    gone="",
)
TURNOVER = Master(
    "turnover",
    N_("Turnover of the year"),
    N_("turnover of a year"),
    (
        cell(0, N_("Year"), 12),
        cell(1, N_("Turnover ₹"), right=True),
        cell(2, N_("HSN digits in the next year"), 26, right=True),
        cell(3, N_("To unregistered buyers"), 22, right=True),
    ),
    (
        Group(
            N_("It decides how many digits of the HSN the bills of the next year must show"),
            (
                Box("year", N_("Year"), fixed=True, needed=True, hint=N_("2025-26")),
                Box("turnover", N_("Turnover ₹"), Kind.MONEY, needed=True),
                Box("hsn", N_("HSN digits in the next year"), Kind.NUMBER, only_shown=True),
                Box("hsn_others", N_("To unregistered buyers"), Kind.NUMBER, only_shown=True),
            ),
        ),
    ),
    frozenset({"turnover"}),
    gone="",
    hint=N_("All of them are shown"),
)
PERIOD = Master(
    "period",
    N_("Periods"),
    N_("period"),
    (
        cell(0, N_("Closed until"), 18),
        cell(1, N_("GST filed until"), 18),
        cell(2, N_("Year locked until")),
    ),
    (
        Group(
            N_("Up to which day nothing changes any more"),
            (
                Box("closed_until", N_("Closed until"), Kind.DAY, fixed=True, hint=N_("open")),
                Box("filed_until", N_("GST filed until"), Kind.DAY, fixed=True, hint=N_("open")),
                Box("locked_until", N_("Year locked until"), Kind.DAY, fixed=True,
                    hint=N_("open")),
            ),
        ),
    ),
    frozenset({"period"}),
    gone="",
    heading=lambda line: _("Periods"),
)  # fmt: skip
