"""The table of the bill: an immutable draft through one door, and only what differs is told."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.ui.billing.texts import AMOUNT, ITEM, QTY
from tests.ui.conftest import Counter


class Ear:
    """What the views are told."""

    def __init__(self, counter: Counter) -> None:
        model = counter.screen.model
        self.told: list[tuple[str, int, int]] = []
        model.rowsInserted.connect(lambda _, a, b: self.told.append(("in", a, b)))
        model.rowsRemoved.connect(lambda _, a, b: self.told.append(("out", a, b)))
        model.dataChanged.connect(lambda a, b, _: self.told.append(("new", a.row(), b.row())))
        model.modelReset.connect(lambda: self.told.append(("reset", 0, 0)))

    def take(self) -> list[tuple[str, int, int]]:
        told, self.told = self.told, []
        return told


def load(counter: Counter, *asks: Ask) -> None:
    counter.screen.model.replace(replace(counter.draft, party=1, asks=asks))
    counter.ready()


def test_the_model_keeps_the_rules_of_models(counter: Counter, qtmodeltester: ModelTester) -> None:
    items = counter.book.items
    load(counter, Ask(items["SOAP"], 110), Ask(items["TEA"], 5), Ask(items["OIL"], 99))
    qtmodeltester.check(counter.screen.model)  # type: ignore[no-untyped-call]


def test_only_what_differs_is_told(counter: Counter) -> None:
    items, model = counter.book.items, counter.screen.model
    load(counter, Ask(items["SOAP"], 5), Ask(items["TEA"], 5), Ask(items["SALT"], 5))
    ear = Ear(counter)
    model.edit(1, Ask(items["TEA"], 6))
    assert ear.take() == [("new", 1, 1)]
    model.edit(1, Ask(items["TEA"], 66))
    assert ear.take() == [("in", 2, 3), ("new", 1, 1)]
    model.edit(1, Ask(items["TEA"], 6))
    assert ear.take() == [("out", 2, 3), ("new", 1, 1)]
    model.remove(0)
    assert ear.take() == [("out", 0, 0), ("new", 0, 1)]
    model.add(Ask(items["OIL"], 1))
    counter.ready()
    assert ear.take()[0] == ("in", 2, 2)
    model.replace(counter.draft)
    assert ear.take() == []


def test_a_place_in_the_table_follows_its_line(counter: Counter) -> None:
    """Rows that come and go above it, in two groups at once, leave the cursor where it was."""
    items, model = counter.book.items, counter.screen.model
    load(counter, Ask(items["SOAP"], 90), Ask(items["TEA"], 5), Ask(items["SALT"], 5))
    tea = QPersistentModelIndex(model.index_of(1, QTY))
    model.edit(0, Ask(items["SOAP"], 110))
    assert (tea.row(), tea.data()) == (3, "5")
    model.remove(0)
    assert (tea.row(), tea.data()) == (0, "5")


def test_whatever_is_done_the_rows_are_those_of_the_draft(
    counter: Counter, qtmodeltester: ModelTester
) -> None:
    """Any edits, one after another, end in the rows that the draft has when it is opened anew."""
    model, dice = counter.screen.model, Random(11)
    keys = list(counter.book.items.values())
    load(counter, *(Ask(key, 1) for key in keys))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    for _ in range(40):
        asks = list(counter.draft.asks)
        for _ in range(dice.randint(1, 3)):
            match dice.randint(0, 3):
                case 0 if asks:
                    del asks[dice.randrange(len(asks))]
                case 1 if asks:
                    at = dice.randrange(len(asks))
                    asks[at] = replace(asks[at], qty=dice.choice((1, 50, 120, 700)))
                case _:
                    asks.insert(
                        dice.randint(0, len(asks)), Ask(dice.choice(keys), dice.randint(1, 90))
                    )
        model.replace(replace(counter.draft, asks=tuple(asks)))
        shown = counter.shown()
        model.replace(replace(counter.draft, asks=()))
        assert model.rowCount() == 0
        model.replace(replace(counter.draft, asks=tuple(asks)))
        assert shown == counter.shown()


def test_a_cell_takes_only_what_can_be(counter: Counter) -> None:
    items, model = counter.book.items, counter.screen.model
    load(counter, Ask(items["SOAP"], 110))
    line = model.index_of(0, QTY)
    assert not model.setData(line, "0")
    assert not model.setData(model.index(1, QTY), "5"), "a lot is the shelf's, not the clerk's"
    assert not model.flags(model.index(1, QTY)) & Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index_of(0, AMOUNT)) & Qt.ItemFlag.ItemIsEditable
    assert model.setData(line, "2c+1")
    assert counter.draft.asks == (Ask(items["SOAP"], 48, 1),)
    assert line.data(Qt.ItemDataRole.EditRole) == "2c+1p"
    assert model.index_of(0, ITEM).data() == "Toilet soap 100 g"


def test_an_answer_that_comes_too_late_is_dropped(counter: Counter) -> None:
    """The party is chosen and chosen again before the first one's prices are there."""
    items, model = counter.book.items, counter.screen.model
    asks = (Ask(items["SOAP"], 1),)
    for party in (2, 1, 2, 1):
        model.replace(Draft(counter.draft.id, counter.draft.day, party, asks=asks))
    counter.ready()
    assert counter.screen.knowledge.facts is not None
    assert counter.screen.knowledge.facts.party.code == "SHARMA"
    assert counter.screen.face.totals.text("igst") == ""
    assert counter.total == "₹ 35.00"
