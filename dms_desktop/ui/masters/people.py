"""The masters of people: parties and what was agreed with them, beats, salesmen, users, roles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dms_desktop.domain.gstin import Gstin, NotGstin, read_gstin
from dms_desktop.domain.masters import PartyRecord
from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.states import STATES
from dms_desktop.domain.tax import GstType
from dms_desktop.language.catalogue import N_
from dms_desktop.language.sentences import say
from dms_desktop.language.terms import days_told
from dms_desktop.services import parties
from dms_desktop.services.registers.register import told
from dms_desktop.services.registers.twins import twins
from dms_desktop.ui.kit.form import Group
from dms_desktop.ui.kit.form_boxes import Box, Kind
from dms_desktop.ui.masters import users
from dms_desktop.ui.masters.master import (
    ACTIVE,
    CODE,
    CODE_COLUMN,
    LICENCES,
    NAME_COLUMN,
    NEW,
    Master,
    cell,
    named,
)

GST_TYPES = {
    "": N_("As the GSTIN tells"),
    GstType.REGULAR.value: N_("Regular"),
    GstType.COMPOSITION.value: N_("Composition"),
    GstType.UNREGISTERED.value: N_("Unregistered"),
    GstType.SEZ.value: N_("SEZ"),
    GstType.UIN.value: N_("UIN (embassy, UN)"),
}
GSTIN_FAULTS = (Reason.BAD_GSTIN, Reason.GSTIN_OTHER_STATE)
POWERS = {
    Power.LOOK.value: N_("Look at items, parties and papers"),
    Power.BILL.value: N_("Bills, orders, estimates, challans"),
    Power.CANCEL.value: N_("Cancel a paper"),
    Power.FREE_GOODS.value: N_("Give free pieces"),
    Power.ABOVE_MRP.value: N_("Sell above the MRP"),
    Power.BELOW_COST.value: N_("Sell below the cost"),
    Power.CREDIT_OVERRIDE.value: N_("Bill beyond the credit limit"),
    Power.LICENCE_OVERRIDE.value: N_("Sell on a licence that ended"),
    Power.BACK_DATE.value: N_("Write an earlier date"),
    Power.JOURNAL.value: N_("Journal entries"),
    Power.OPENING.value: N_("Opening stock and dues"),
    Power.MASTERS.value: N_("Change the masters"),
    Power.EXPORT.value: N_("Write parties, items and prices to a file"),
    Power.SETTINGS.value: N_("Company, series, printers"),
    Power.CLOSE.value: N_("Close a day, file a month"),
    Power.REOPEN.value: N_("Open again what was closed"),
    Power.PEOPLE.value: N_("Users and what they may"),
    Power.BOOKS.value: N_("Back up and restore"),
    Power.RECEIVE.value: N_("Receive goods, send them back"),
    Power.MOVE_STOCK.value: N_("Transfer, count and adjust stock"),
    Power.APPROVE_STOCK.value: N_("Approve changes of stock"),
    Power.PICK.value: N_("Pick goods"),
    Power.DISPATCH.value: N_("Load vehicles, enter deliveries"),
    Power.SETTLE_TRIP.value: N_("Settle trips"),
}


def _party(record: PartyRecord) -> dict[str, Any]:
    values = told(record)
    values["class"] = values.pop("class_")
    return values


def _look_at_gstin(text: str) -> str:
    read = read_gstin(text) if text else None
    if not isinstance(read, NotGstin):
        return ""
    return say(Problem(Reason.BAD_GSTIN, facts={"gstin": text, "fault": read.fault.value}))


def _faults(old: PartyRecord | None, given: Mapping[str, Any]) -> list[Problem]:
    """Of his GSTIN, which needs no books to be wrong; that no State is said is told elsewhere."""
    gstin = read_gstin(str(given.get("gstin", "") or (old.gstin if old else "")))
    home = gstin.state if isinstance(gstin, Gstin) else STATES[0]
    problems = parties.faults(parties.over(given, old, home.code))
    return [problem for problem in problems if problem.reason in GSTIN_FAULTS]


PARTY = Master(
    "party",
    N_("Parties"),
    N_("party"),
    (
        CODE_COLUMN,
        NAME_COLUMN,
        cell(2, N_("City"), 8),
        cell(3, N_("Beat"), 11),
        cell(4, N_("Phone"), 11),
        cell(5, N_("GSTIN"), 17),
        cell(6, N_("Balance ₹"), 12, right=True),
    ),
    (
        Group(
            N_("Who he is"),
            (
                CODE,
                Box("name", N_("Name"), width=4, needed=True),
                Box("alias", N_("Also called")),
                Box("phone", N_("Phone")),
                ACTIVE,
                Box("address", N_("Address"), width=6),
                Box("city", N_("City")),
                Box("pin", N_("PIN code")),
                Box("state", N_("State"), Kind.LOOKUP, of="state"),
            ),
        ),
        Group(
            N_("GST and licences"),
            (
                Box("gstin", N_("GSTIN"), look=_look_at_gstin),
                Box("gst_type", N_("To the GST department he is"), Kind.CHOICE, choices=GST_TYPES),
                Box("pan", N_("PAN")),
                Box("ship_state", N_("State where goods go, if another"), Kind.LOOKUP, width=4,
                    of="state"),
                Box("ship_to", N_("Goods go to, if another address"), width=6),
                LICENCES,
            ),
        ),
        Group(
            N_("Selling"),
            (
                Box("beat", N_("Beat"), Kind.LOOKUP, of="beat", by_name=True),
                Box("salesman", N_("Salesman"), Kind.LOOKUP, of="salesman", by_name=True),
                Box("class", N_("Class")),
                Box("price_list", N_("His own price list"), Kind.LOOKUP, of="price-list"),
                Box("credit_limit", N_("Credit limit ₹"), Kind.MONEY, hint=N_("no limit")),
                Box("credit_days", N_("Credit days"), Kind.NUMBER, emptied="0"),
                Box("min_life_days", N_("Days of life his goods must have"), Kind.NUMBER, width=4,
                    emptied="0"),
                Box("customer", N_("We sell to him"), Kind.YES),
                Box("supplier", N_("We buy from him"), Kind.YES),
            ),
        ),
    ),
    frozenset({"party", "party_balance", "document", "party_principal"}),
    fresh={**NEW, "customer": True},
    related="terms",
    hanging=N_("His terms"),
    named="party",
    values=_party,
    either=(("state", "gstin"),),
    faults=_faults,
    doubts=twins,
    hint=N_("Code, name, phone, city, beat or a whole GSTIN"),
)  # fmt: skip
TERMS = Master(
    "terms",
    N_("Terms"),
    N_("terms"),
    (
        CODE_COLUMN,
        NAME_COLUMN,
        cell(2, N_("Principal"), 14),
        cell(3, N_("Beat"), 11),
        cell(4, N_("Salesman"), 12),
        cell(5, N_("List"), 7),
        cell(6, N_("Limit ₹"), 11, right=True),
        cell(7, N_("Stopped"), 7),
    ),
    (
        Group(
            N_("Between whom"),
            (
                Box("party", N_("Party"), Kind.LOOKUP, width=3, of="party", fixed=True,
                    needed=True),
                Box("principal", N_("Principal"), Kind.LOOKUP, width=3, of="principal",
                    fixed=True, needed=True),
            ),
        ),
        Group(
            N_("What was agreed; an empty box counts as for the party"),
            (
                Box("beat", N_("Beat"), Kind.LOOKUP, of="beat"),
                Box("visit_day", N_("Days of visit"), hint=N_("mon, thu"), told=days_told),
                Box("salesman", N_("Salesman"), Kind.LOOKUP, of="salesman"),
                Box("price_list", N_("Price list"), Kind.LOOKUP, of="price-list"),
                Box("trade_discount", N_("Trade discount %"), Kind.PERCENT),
                Box("special_discount", N_("Special discount %"), Kind.PERCENT),
                Box("credit_limit", N_("Credit limit ₹"), Kind.MONEY),
                Box("credit_days", N_("Credit days"), Kind.NUMBER),
                Box("stopped", N_("Credit is stopped"), Kind.YES),
            ),
        ),
    ),
    frozenset({"party", "party_principal"}),
    gone="",
    hint=N_("Party or principal"),
    heading=lambda line: f"{line.cells[1]} · {line.cells[2]}",
)  # fmt: skip
PRINCIPAL = Master(
    "principal", N_("Principals"), N_("principal"), (CODE_COLUMN, NAME_COLUMN), named(),
    frozenset({"principal"}), fresh=NEW,
)  # fmt: skip
BEAT = Master(
    "beat", N_("Beats"), N_("beat"), (CODE_COLUMN, NAME_COLUMN), named(), frozenset({"beat"}),
    fresh=NEW,
)  # fmt: skip
SALESMAN = Master(
    "salesman",
    N_("Salesmen"),
    N_("salesman"),
    (CODE_COLUMN, NAME_COLUMN, cell(2, N_("Phone"), 16)),
    named(Box("phone", N_("Phone"))),
    frozenset({"salesman"}),
    fresh=NEW,
)
ROLE = Master(
    "role",
    N_("Roles"),
    N_("role"),
    (CODE_COLUMN, NAME_COLUMN),
    (
        *named(),
        Group(
            N_("What he may"),
            (Box("powers", N_("Powers"), Kind.TICKS, width=6, choices=POWERS),),
        ),
    ),
    frozenset({"role", "role_power"}),
    fresh=NEW,
)
USER = Master(
    "user",
    N_("Users"),
    N_("user"),
    (CODE_COLUMN, NAME_COLUMN, cell(2, N_("Role"), 18)),
    (
        Group(
            "",
            (
                CODE,
                Box("name", N_("Name"), width=4),
                Box("role", N_("Role"), Kind.LOOKUP, of="role", needed=True),
                Box("pin", N_("New PIN, six figures"), Kind.PIN, aside=True),
                ACTIVE,
            ),
        ),
    ),
    frozenset({"user_account", "role"}),
    fresh=NEW,
    faults=users.faults,
    doubts=users.doubts,
    write=users.write,
)
