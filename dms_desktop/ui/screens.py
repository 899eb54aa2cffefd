"""Every screen beside the counter, in the order of its key; each is loaded when first wanted."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dms_desktop.domain.powers import Power
from dms_desktop.ui.floor import Floor, Screen
from dms_desktop.ui.keys import Where


def _orders(floor: Floor) -> QWidget:
    from dms_desktop.ui.orders.screen import OrdersScreen

    return OrdersScreen(floor)


def _bills(floor: Floor) -> QWidget:
    from dms_desktop.ui.bills.screen import BillsScreen

    return BillsScreen(floor)


def _items(floor: Floor) -> QWidget:
    from dms_desktop.ui.masters.goods import ITEM
    from dms_desktop.ui.masters.page import MasterPage

    return MasterPage(floor, ITEM)


def _parties(floor: Floor) -> QWidget:
    from dms_desktop.ui.masters.page import MasterPage
    from dms_desktop.ui.masters.people import PARTY

    return MasterPage(floor, PARTY)


def _masters(floor: Floor) -> QWidget:
    from dms_desktop.ui.masters.screen import MastersScreen

    return MastersScreen(floor)


def _import(floor: Floor) -> QWidget:
    from dms_desktop.ui.importing.screen import ImportScreen

    return ImportScreen(floor)


def _settings(floor: Floor) -> QWidget:
    from dms_desktop.ui.settings.screen import SettingsScreen

    return SettingsScreen(floor)


def _picking(floor: Floor) -> QWidget:
    from dms_desktop.ui.picking.screen import PickingScreen

    return PickingScreen(floor)


def _dispatch(floor: Floor) -> QWidget:
    from dms_desktop.ui.dispatch.screen import DispatchScreen

    return DispatchScreen(floor)


def _goods_in(floor: Floor) -> QWidget:
    from dms_desktop.ui.goods_in.screen import GoodsInScreen

    return GoodsInScreen(floor)


def _stock_work(floor: Floor) -> QWidget:
    from dms_desktop.ui.stock_work.screen import StockWorkScreen

    return StockWorkScreen(floor)


STOCK_HINTS = ("stock_work.new", "stock_work.kind")


def _stock(floor: Floor) -> QWidget:
    from dms_desktop.ui.stock.screen import StockScreen

    return StockScreen(floor)


SCREENS = (
    Screen("orders", Power.LOOK, Where.ORDERS, _orders, ("orders.bill", "orders.part")),
    Screen("bills", Power.LOOK, Where.BILLS, _bills, ("list.open", "bills.print")),
    Screen("items", Power.LOOK, Where.MASTERS, _items),
    Screen("parties", Power.LOOK, Where.MASTERS, _parties),
    Screen("masters", Power.LOOK, Where.MASTERS, _masters),
    Screen("import", Power.MASTERS, Where.IMPORT, _import),
    Screen("settings", Power.LOG_IN, Where.SETTINGS, _settings),
    Screen("picking", Power.PICK, Where.PICKING, _picking, ("list.open", "picking.new")),
    Screen("goods_in", Power.RECEIVE, Where.GOODS_IN, _goods_in, ("goods_in.new",)),
    Screen("stock_work", Power.LOOK, Where.STOCK_WORK, _stock_work, ("list.open", *STOCK_HINTS)),
    Screen("stock", Power.LOOK, Where.STOCK, _stock, ("list.open", "stock.recall")),
    Screen(
        "dispatch", Power.DISPATCH, Where.DISPATCH, _dispatch, ("dispatch.new", "dispatch.board")
    ),
)
