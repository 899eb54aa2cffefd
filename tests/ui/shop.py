"""The counter with the other screens beside it, driven by keys from one to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from dms_desktop.domain.draft import Draft
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import billing
from dms_desktop.services.posting import Posted
from dms_desktop.store.search import SearchIndex
from dms_desktop.store.session import Tx
from dms_desktop.ui.billing.newcomers import Newcomers
from dms_desktop.ui.billing.screen import BillingScreen
from dms_desktop.ui.desk import Desk
from dms_desktop.ui.floor import Floor, Screen
from dms_desktop.ui.keys import Where
from dms_desktop.ui.kit.list_screen import ListScreen
from dms_desktop.ui.screens import SCREENS
from dms_desktop.ui.window import Window
from tests.books import TODAY, Book
from tests.ui.conftest import CTRL, Counter, Key, index


@dataclass
class Shop(Counter):
    """The same hands and eyes, and all the screens."""

    floor: Floor | None = None

    def go(self, name: str) -> Any:
        """By its key, as the tabs tell it; a list is there when its rows are."""
        self.press(PLACES[name], modifier=CTRL)
        self.wait(lambda: self.window.at == name)
        screen = self.window.pages.currentWidget()
        if isinstance(screen, ListScreen):
            self.wait(lambda: not screen._stale)
            self.desk.finish()
        return screen

    def post(self, kind: Kind, party: str = "SHARMA", **goods: int) -> Posted:
        """One that somebody else saved before."""
        draft = replace(self.book.drafted(goods, party), kind=kind, note="on approval")
        saved: billing.Saved = self.done(billing.post_draft, draft)
        return saved.posted

    def done(self, action: Callable[..., Any], *args: Any) -> Any:
        """Written through the desk, so that the screens hear of it."""
        result = self.desk.write(action, *args).result().result
        self.settle()
        return result

    def settle(self) -> None:
        """Whatever was begun has come to its end."""
        QApplication.processEvents()
        self.desk.finish()
        self.qtbot.wait(60)  # the pause before a list is read anew
        self.desk.finish()


PLACES = {
    "goods_in": Key.Key_0,
    "counter": Key.Key_1, "orders": Key.Key_2, "bills": Key.Key_3, "picking": Key.Key_9,
    "stock_work": Key.Key_G, "dispatch": Key.Key_T
}  # fmt: skip


@contextmanager
def opened(qtbot: QtBot, qapp: QApplication, book: Book, folder: Path) -> Iterator[Shop]:
    places = index(book)
    desk = Desk(
        book.database, book.owner, SearchIndex(places["item"]), SearchIndex(places["party"])
    )
    window = Window(qapp)

    def new_draft() -> Draft:
        return Draft(uuid4(), TODAY)

    floor = Floor(window, desk, Path(book.books), "Shree Ganesh Distributors", new_draft)
    counter = BillingScreen(desk, new_draft, floor.folder, window.banners)
    Newcomers(floor, counter)
    floor.admit(Screen("counter", Power.BILL, Where.COUNTER, lambda _: counter))
    for screen in SCREENS:
        floor.admit(screen)
    floor.show_tabs()
    floor.go("counter")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made = Shop(qtbot, book, desk, window, counter, floor.folder, floor)
    made.ready()
    yield made
    desk.finish()
    window.close()


def close(shop: Shop) -> None:
    shop.desk.close()
    shop.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def rows_of(table: QTableView) -> list[list[str]]:
    """A table as it is read, without its hidden columns."""
    model = table.model()
    columns = [at for at in range(model.columnCount()) if not table.isColumnHidden(at)]
    return [
        [str(model.index(row, column).data() or "") for column in columns]
        for row in range(model.rowCount())
    ]


@needs(Power.MASTERS)
def beat(tx: Tx, name: str, *parties: int) -> int:
    """Put these shops on a beat."""
    key = tx.value(
        "INSERT INTO beat (uid, code, name) VALUES (:uid, :name, :name) RETURNING id",
        uid=uuid4().bytes,
        name=name,
    )
    tx.run("UPDATE party SET beat_id = :beat WHERE id IN :parties", beat=key, parties=[*parties])
    tx.touched["party"].update(parties)
    return int(key)
