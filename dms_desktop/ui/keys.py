"""Each action's key: declared here once, then bound, shown beside its label, listed in help."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from dms_desktop.language.catalogue import N_, _, joined
from dms_desktop.ui.kit.speaking import Button


class Where(StrEnum):
    """Where a key means what it says; the value is the heading in the help."""

    EVERYWHERE = N_("Everywhere")
    SCREENS = N_("To another screen")
    LOOKUP = N_("In a search box and its list")
    COUNTER = N_("At the counter")
    START = N_("At the first start")
    IMPORTS = N_("In the list of imports")
    IMPORT = N_("While a file is brought in")
    BEGIN = N_("While getting started")
    LIST = N_("In a list")
    FORM = N_("In a form")
    MASTERS = N_("In the masters")
    LOT = N_("In the form of a batch")
    PERIODS = N_("In the form of the periods")
    LOG_IN = N_("At the log-in")
    SETTINGS = N_("In the settings")
    ORDERS = N_("In the order tray")
    BILLS = N_("In the list of bills")
    STOCK_WORK = N_("At stock work")
    GOODS_IN = N_("In goods in")
    GOODS_PAPER = N_("In a paper of goods in")
    PICKING = N_("While picking")
    DISPATCH = N_("At dispatch")
    VAN = N_("At the van")
    STOCK = N_("In the stock reports")


class Action(NamedTuple):
    id: str
    keys: str
    label: str
    where: Where = Where.EVERYWHERE


KEYS = (
    Action("help", "F1", N_("Help and keys")),
    Action("next", "Return", N_("Next box")),
    Action("back", "Esc", N_("Back")),
    Action("retry", "Ctrl+R", N_("Try again")),
    Action("theme", "Ctrl+Shift+D", N_("Light or dark")),
    Action("large", "Ctrl+Shift+L", N_("Large letters")),
    Action("language", "Ctrl+Shift+H", N_("हिन्दी / English")),
    Action("go.counter", "Ctrl+1", N_("Counter"), Where.SCREENS),
    Action("go.orders", "Ctrl+2", N_("Orders"), Where.SCREENS),
    Action("go.bills", "Ctrl+3", N_("Bills"), Where.SCREENS),
    Action("go.items", "Ctrl+4", N_("Items"), Where.SCREENS),
    Action("go.parties", "Ctrl+5", N_("Parties"), Where.SCREENS),
    Action("go.masters", "Ctrl+6", N_("Masters"), Where.SCREENS),
    Action("go.import", "Ctrl+7", N_("Import"), Where.SCREENS),
    Action("go.settings", "Ctrl+8", N_("Settings"), Where.SCREENS),
    Action("go.picking", "Ctrl+9", N_("Picking"), Where.SCREENS),
    Action("go.goods_in", "Ctrl+0", N_("Goods in"), Where.SCREENS),
    Action("go.stock_work", "Ctrl+G", N_("Stock work"), Where.SCREENS),
    Action("go.stock", "Ctrl+J", N_("Stock"), Where.SCREENS),
    Action("go.dispatch", "Ctrl+T", N_("Dispatch"), Where.SCREENS),
    Action("lock", "Ctrl+L", N_("Lock"), Where.SCREENS),
    Action("log_in.up", "Up", N_("The name above"), Where.LOG_IN),
    Action("log_in.down", "Down", N_("The name below"), Where.LOG_IN),
    Action("settings.pages", "F2", N_("Pages"), Where.SETTINGS),
    Action("settings.test", "F5", N_("Print a test page"), Where.SETTINGS),
    Action("settings.pin", "F9", N_("Set the PIN of another"), Where.SETTINGS),
    Action("settings.save", "F10", N_("Save"), Where.SETTINGS),
    Action("settings.printer", "Ins", N_("New printer"), Where.SETTINGS),
    Action("list.search", "F3", N_("Search"), Where.LIST),
    Action("list.open", "Return", N_("Open"), Where.LIST),
    Action("list.new", "Ins", N_("New"), Where.LIST),
    Action("form.save", "F10", N_("Save"), Where.FORM),
    Action("form.close", "Esc", N_("Back to the list"), Where.FORM),
    Action("masters.kinds", "F2", N_("Kind of master"), Where.MASTERS),
    Action("masters.gone", "F4", N_("Inactive too"), Where.MASTERS),
    Action("masters.theirs", "F5", N_("Take theirs"), Where.MASTERS),
    Action("masters.related", "F6", N_("What hangs on it"), Where.MASTERS),
    Action("masters.export", "F7", N_("Write a spreadsheet"), Where.MASTERS),
    Action("masters.import", "F8", N_("Bring a spreadsheet back"), Where.MASTERS),
    Action("lots.right", "F7", N_("Put right"), Where.LOT),
    Action("lots.stickers", "F8", N_("Stickers with another MRP"), Where.LOT),
    Action("periods.close", "F7", N_("Close a day, file a month, lock a year"), Where.PERIODS),
    Action("periods.reopen", "F8", N_("Open again"), Where.PERIODS),
    Action("imports.new", "Ins", N_("Bring in a file"), Where.IMPORTS),
    Action("imports.go_on", "F9", N_("Go on with it"), Where.IMPORTS),
    Action("imports.undo", "F8", N_("Take it back"), Where.IMPORTS),
    Action("imports.begin", "F11", N_("Getting started"), Where.IMPORTS),
    Action("begin.items", "F2", N_("Items"), Where.BEGIN),
    Action("begin.parties", "F3", N_("Parties"), Where.BEGIN),
    Action("begin.lots", "F4", N_("Stock"), Where.BEGIN),
    Action("begin.balances", "F5", N_("Balances"), Where.BEGIN),
    Action("begin.dues", "F6", N_("Open bills"), Where.BEGIN),
    Action("begin.series", "F7", N_("Bill numbers"), Where.BEGIN),
    Action("begin.printer", "F8", N_("Printer"), Where.BEGIN),
    Action("begin.forms", "F9", N_("Empty forms to fill"), Where.BEGIN),
    Action("begin.bill", "F10", N_("Bill now"), Where.BEGIN),
    Action("import.columns", "F2", N_("Columns"), Where.IMPORT),
    Action("import.file", "F3", N_("File"), Where.IMPORT),
    Action("import.browse", "F4", N_("Browse"), Where.IMPORT),
    Action("import.again", "F5", N_("Look again"), Where.IMPORT),
    Action("import.kind", "F6", N_("What it holds"), Where.IMPORT),
    Action("import.mend", "F7", N_("Write the refused rows to a file"), Where.IMPORT),
    Action("import.form", "F8", N_("Empty form to fill"), Where.IMPORT),
    Action("import.bring", "F10", N_("Bring it in"), Where.IMPORT),
    Action("import.stop", "F12", N_("Stop"), Where.IMPORT),
    Action("lookup.down", "Down", N_("Next"), Where.LOOKUP),
    Action("lookup.up", "Up", N_("Previous"), Where.LOOKUP),
    Action("lookup.take", "Return", N_("Take"), Where.LOOKUP),
    Action("lookup.close", "Esc", N_("Close"), Where.LOOKUP),
    Action("lookup.new", "Ins", N_("New of that name"), Where.LOOKUP),
    Action("counter.party", "F2", N_("Party"), Where.COUNTER),
    Action("counter.item", "F3", N_("Item"), Where.COUNTER),
    Action("counter.quantity", "F4", N_("Change quantity"), Where.COUNTER),
    Action("counter.free_reason", "Shift+F4", N_("Another reason for free pieces"), Where.COUNTER),
    Action("counter.terms", "F5", N_("Credit or cash"), Where.COUNTER),
    Action("counter.rate", "F6", N_("Change rate"), Where.COUNTER),
    Action("counter.discount", "F7", N_("Change discount"), Where.COUNTER),
    Action("counter.hold", "F8", N_("Hold"), Where.COUNTER),
    Action("counter.take_back", "F9", N_("Take back held"), Where.COUNTER),
    Action("counter.save", "F10", N_("Save and print"), Where.COUNTER),
    Action("counter.keep_short", "F11", N_("Only what is there"), Where.COUNTER),
    Action("counter.other_mrp", "F12", N_("The other MRP too"), Where.COUNTER),
    Action("counter.kind", "Ctrl+K", N_("Bill, order, estimate or challan"), Where.COUNTER),
    Action("counter.pay", "Shift+F5", N_("How it is paid"), Where.COUNTER),
    Action("counter.remarks", "Shift+F2", N_("Order number, transport, note"), Where.COUNTER),
    Action("counter.bill_discount", "Shift+F7", N_("Discount on the bill"), Where.COUNTER),
    Action("counter.allow", "Ctrl+O", N_("Allow it all the same"), Where.COUNTER),
    Action("counter.reprint", "Ctrl+P", N_("Print the last bill again"), Where.COUNTER),
    Action("counter.print_left", "Ctrl+Shift+P", N_("Print what was not printed"), Where.COUNTER),
    Action("counter.remove", "Ctrl+Del", N_("Remove line"), Where.COUNTER),
    Action("counter.clear", "Ctrl+Shift+Del", N_("Throw the bill away"), Where.COUNTER),
    Action("orders.new", "Ins", N_("Type a new one"), Where.ORDERS),
    Action("orders.kind", "F2", N_("Orders, estimates, challans"), Where.ORDERS),
    Action("orders.beat", "F4", N_("Beat"), Where.ORDERS),
    Action("orders.bill", "F5", N_("Bill it"), Where.ORDERS),
    Action("orders.part", "F6", N_("Bill a part"), Where.ORDERS),
    Action("orders.hold", "F7", N_("Hold or release"), Where.ORDERS),
    Action("orders.first", "F8", N_("Put first"), Where.ORDERS),
    Action("orders.reserve", "F9", N_("Reserve or let go"), Where.ORDERS),
    Action("orders.take", "F10", N_("Do as shown"), Where.ORDERS),
    Action("orders.bulk", "F11", N_("Bill them all"), Where.ORDERS),
    Action("orders.share", "F12", N_("Share a short item"), Where.ORDERS),
    Action("orders.rest", "Ctrl+K", N_("Keep or drop what is short"), Where.ORDERS),
    Action("orders.import", "Ctrl+I", N_("Import orders"), Where.ORDERS),
    Action("orders.browse", "Ctrl+B", N_("Browse"), Where.ORDERS),
    Action("orders.drop", "Ctrl+Del", N_("Drop the rest"), Where.ORDERS),
    Action("orders.cancel", "Ctrl+Shift+Del", N_("Cancel"), Where.ORDERS),
    Action("bills.kind", "F2", N_("Bills, challans, estimates, orders"), Where.BILLS),
    Action("bills.narrow", "F4", N_("From"), Where.BILLS),
    Action("bills.print", "F5", N_("Print"), Where.BILLS),
    Action("bills.print_left", "F6", N_("Print what was not printed"), Where.BILLS),
    Action("bills.keep", "F7", N_("Save as PDF"), Where.BILLS),
    Action("bills.right", "F8", N_("Cancel and copy"), Where.BILLS),
    Action("bills.copy", "F9", N_("Copy"), Where.BILLS),
    Action("bills.cancel", "Ctrl+Shift+Del", N_("Cancel"), Where.BILLS),
    Action("picking.new", "Ins", N_("New list"), Where.PICKING),
    Action("picking.kind", "F2", N_("Bills or orders"), Where.PICKING),
    Action("picking.mark", "Space", N_("Mark"), Where.PICKING),
    Action("picking.all", "F4", N_("Mark all"), Where.PICKING),
    Action("picking.short", "F5", N_("Short"), Where.PICKING),
    Action("picking.swap", "F6", N_("Other batch"), Where.PICKING),
    Action("picking.undo", "F7", N_("Not yet"), Where.PICKING),
    Action("picking.packed", "F8", N_("Packed"), Where.PICKING),
    Action("picking.done", "F10", N_("Done"), Where.PICKING),
    Action("picking.print", "F12", N_("Print"), Where.PICKING),
    Action("picking.let_go", "Ctrl+Del", N_("Let go of the list"), Where.PICKING),
    Action("goods_in.lists", "F2", N_("Goods in, back, claims"), Where.GOODS_IN),
    Action("goods_in.new", "Ins", N_("Goods came"), Where.GOODS_IN),
    Action("goods_in.back", "F5", N_("Send back"), Where.GOODS_IN),
    Action("goods_in.credit", "F6", N_("His credit note"), Where.GOODS_IN),
    Action("goods_in.told", "F7", N_("He is told"), Where.GOODS_IN),
    Action("goods_in.every", "F8", N_("Answered ones too"), Where.GOODS_IN),
    Action("goods_in.print", "F12", N_("Print"), Where.GOODS_IN),
    Action("goods_in.cancel", "Ctrl+Shift+Del", N_("Cancel"), Where.GOODS_IN),
    Action("goods_in.head", "F9", N_("Head of the invoice"), Where.GOODS_PAPER),
    Action("goods_in.kind", "F2", N_("Another kind"), Where.GOODS_PAPER),
    Action("goods_in.scan", "F3", N_("Item"), Where.GOODS_PAPER),
    Action("goods_in.all", "F4", N_("All of it"), Where.GOODS_PAPER),
    Action("goods_in.file", "F6", N_("From his file"), Where.GOODS_PAPER),
    Action("goods_in.right", "F8", N_("It is right so"), Where.GOODS_PAPER),
    Action("goods_in.commercial", "F7", N_("With or without tax"), Where.GOODS_PAPER),
    Action("goods_in.remove", "Ctrl+Del", N_("Remove line"), Where.GOODS_PAPER),
    Action("stock_work.new", "Ins", N_("New"), Where.STOCK_WORK),
    Action("stock_work.kind", "F2", N_("Transfers, counts, adjustments"), Where.STOCK_WORK),
    Action("stock_work.scan", "F3", N_("Scan"), Where.STOCK_WORK),
    Action("stock_work.all", "F5", N_("All the rest came"), Where.STOCK_WORK),
    Action("stock_work.lost", "F7", N_("What is still out is lost"), Where.STOCK_WORK),
    Action("stock_work.remove", "Ctrl+Del", N_("Remove row"), Where.STOCK_WORK),
    Action("stock_work.expire", "F8", N_("Move what is past its date"), Where.STOCK_WORK),
    Action("stock_work.begin", "F9", N_("Begin"), Where.STOCK_WORK),
    Action("stock_work.close", "F12", N_("Close the count"), Where.STOCK_WORK),
    Action("stock_work.print", "Ctrl+P", N_("Print"), Where.STOCK_WORK),
    Action("stock_work.save", "F10", N_("Save"), Where.STOCK_WORK),
    Action("stock.report", "F2", N_("The next report"), Where.STOCK),
    Action("stock.report_back", "Shift+F2", N_("The report before"), Where.STOCK),
    Action("stock.narrow", "F4", N_("Narrow it"), Where.STOCK),
    Action("stock.day", "F5", N_("On a past day"), Where.STOCK),
    Action("stock.recall", "F6", N_("Who got this batch"), Where.STOCK),
    Action("stock.sheet", "F7", N_("Write a spreadsheet"), Where.STOCK),
    Action("stock.paper", "F8", N_("List on paper"), Where.STOCK),
    Action("dispatch.new", "Ins", N_("New trip"), Where.DISPATCH),
    Action("dispatch.board", "F2", N_("Stage board"), Where.DISPATCH),
    Action("dispatch.vans", "Shift+F2", N_("Van sale"), Where.DISPATCH),
    Action("dispatch.mark", "Space", N_("Mark"), Where.DISPATCH),
    Action("dispatch.all", "F4", N_("All of it"), Where.DISPATCH),
    Action("dispatch.part", "F5", N_("Part came back"), Where.DISPATCH),
    Action("dispatch.refused", "F6", N_("Refused"), Where.DISPATCH),
    Action("dispatch.closed", "F7", N_("Shop closed"), Where.DISPATCH),
    Action("dispatch.again", "F8", N_("Goes out again"), Where.DISPATCH),
    Action("dispatch.back", "F9", N_("Vehicle is back"), Where.DISPATCH),
    Action("dispatch.old_due", "F11", N_("Old due"), Where.DISPATCH),
    Action("dispatch.print", "F12", N_("Print its papers"), Where.DISPATCH),
    Action("dispatch.drop", "Ctrl+Del", N_("Drop the trip"), Where.DISPATCH),
    Action("dispatch.before", "Left", N_("Stage before"), Where.DISPATCH),
    Action("dispatch.after", "Right", N_("Next stage"), Where.DISPATCH),
    Action("dispatch.done", "F10", N_("Go on"), Where.DISPATCH),
    Action("van.next", "F4", N_("The next van"), Where.VAN),
    Action("van.load", "F5", N_("Load the van"), Where.VAN),
    Action("van.unload", "F6", N_("Count it home"), Where.VAN),
    Action("start.sample", "F2", N_("Open the sample company"), Where.START),
    Action("start.company", "F3", N_("Set up my company"), Where.START),
    Action("start.found", "F10", N_("Make the books"), Where.START),
)
_BY_ID = {action.id: action for action in KEYS}


def action(action_id: str) -> Action:
    """The declared action; KeyError for one that is not."""
    return _BY_ID[action_id]


def key_text(action_id: str) -> str:
    """The key as it is printed on the keyboard: "F10", "Ctrl+Del"."""
    sequence = QKeySequence(action(action_id).keys)
    return sequence.toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


def caption(action_id: str) -> str:
    """The key and what it does: "F10 Save and print"."""
    return joined(" ", (key_text(action_id), _(action(action_id).label)))


def bind(widget: QWidget, action_id: str, slot: Callable[[], object]) -> QShortcut:
    """Make the key work while the focus is in `widget`, or, if it means the same everywhere, while
    its window is in front."""
    shortcut = QShortcut(QKeySequence(action(action_id).keys), widget)
    if action(action_id).where is not Where.EVERYWHERE:
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(slot)
    return shortcut


def button(widget: QWidget, action_id: str, slot: Callable[[], object]) -> Button:
    """A button that shows its key and is pressed by it. A click leaves the focus where it was."""
    made = Button(caption(action_id), widget)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAutoDefault(False)
    made.clicked.connect(lambda: slot())
    bind(widget, action_id, made.click)
    return made


def key_table() -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """For the help: each heading with its (key, label) rows, as declared."""
    for where in Where:
        rows = tuple((key_text(a.id), _(a.label)) for a in KEYS if a.where is where)
        yield _(where.value), rows
