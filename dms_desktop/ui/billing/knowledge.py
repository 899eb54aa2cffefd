"""What the counter knows of the draft's goods and party, read in the background and kept fresh."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.facts import Facts, Item
from dms_desktop.domain.powers import Power
from dms_desktop.services import catalogue
from dms_desktop.ui.desk import Desk

Key = tuple[object, ...]


class Knowledge(QObject):
    """Facts by id for the draft only. An answer that came too late for its question is dropped."""

    learnt = Signal()
    entered = Signal()  # somebody else types now, with powers of his own
    failed = Signal(object, object)  # the error, and a callable that tries again

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.facts: Facts | None = None
        self.names: dict[int, str] = {}  # as the search box said them, until the item is read
        self.reading: set[int] = set()
        self._expected: set[int] = set()  # chosen, and not on the draft yet
        self._draft: Draft | None = None
        self._key: Key = ()
        self._whole: int | None = None  # number of the question for everything, while under way
        self._asked: dict[int, int] = {}  # item -> number of the latest question for it
        self._question = 0
        self._waiting: list[Callable[[], object]] = []
        desk.changed.connect(self._changed)
        desk.entered.connect(self.entered)

    @property
    def ready(self) -> bool:
        """Whether every figure on the screen stands on what was read for this very draft."""
        return self.facts is not None and self._whole is None and not self.reading

    def may(self, power: Power) -> bool:
        """Whether who types has it."""
        return self._desk.actor.may(power)

    def when_ready(self, then: Callable[[], object]) -> None:
        """Now, or as soon as what is being read has been."""
        if self.ready:
            then()
        else:
            self._waiting.append(then)

    def want(self, draft: Draft) -> None:
        """See to it that all is known that pricing this draft takes."""
        self._draft = draft
        key = _key(draft)
        wanted = {ask.item_id for ask in draft.asks} | self._expected
        if key != self._key:
            self._key = key
            self._read_all(draft)
            return
        have = self.facts.items if self.facts else {}
        if self._whole is not None:
            self.reading |= wanted - have.keys()
        elif missing := wanted - have.keys() - self._asked.keys():
            self._read(missing)

    def expect(self, item_id: int, name: str) -> None:
        """The clerk has chosen an item: read it while he types how many."""
        self.names[item_id] = name
        self._expected = {item_id}
        if self._draft is not None:
            self.want(self._draft)

    def item(self, item_id: int) -> Item | None:
        return self.facts.items.get(item_id) if self.facts else None

    def _changed(self, touched: Mapping[str, frozenset[Any]]) -> None:
        """Only what moved, and of that only what is on the counter. A document moves goods and
        money; whatever else is saved may have changed a price."""
        draft = self._draft
        if draft is None or self.facts is None:
            return
        if "document" not in touched and touched.keys() - {"item"}:
            self._read_all(draft)
        elif moved := set(touched.get("item", ())) & self.facts.items.keys():
            self._read(moved)

    def _read_all(self, draft: Draft) -> None:
        wanted = {ask.item_id for ask in draft.asks}
        self._asked.clear()
        self._whole = question = self._next(wanted)
        self.reading = wanted
        self._desk.ask(
            catalogue.facts,
            draft,
            done=partial(self._know_all, question),
            undone=partial(self._not_read, partial(self._read_all, draft)),
        )

    def _read(self, ids: Iterable[int]) -> None:
        draft, wanted = self._draft, set(ids)
        if draft is None or self.facts is None or self._whole is not None:
            return
        self.reading |= wanted - self.facts.items.keys()
        asks = tuple(Ask(item_id, 1) for item_id in sorted(wanted))
        self._desk.ask(
            catalogue.facts,
            replace(draft, asks=asks),
            done=partial(self._know, self._next(wanted), wanted),
            undone=partial(self._not_read, partial(self._read, wanted)),
        )

    def _next(self, wanted: Iterable[int]) -> int:
        self._question += 1
        self._asked.update(dict.fromkeys(wanted, self._question))
        return self._question

    def _know_all(self, question: int, facts: Facts) -> None:
        if question != self._whole:
            return
        self._whole = None
        self.facts = replace(facts, items=dict(facts.items))
        self.reading.clear()
        self._learn()

    def _know(self, question: int, wanted: set[int], facts: Facts) -> None:
        if self.facts is None or self._whole is not None:
            return
        known = dict(self.facts.items)
        for item_id in wanted:
            if self._asked.get(item_id) != question:
                continue  # a later question is under way, and its answer will be newer
            self.reading.discard(item_id)
            if (item := facts.items.get(item_id)) is not None and item != known.get(item_id):
                known[item_id] = item
        self.facts = replace(self.facts, items=known)
        self._learn()

    def _learn(self) -> None:
        self.learnt.emit()
        if self.ready:
            waiting, self._waiting = self._waiting, []
            for then in waiting:
                then()
        elif self._draft is not None:
            self.want(self._draft)

    def _not_read(self, again: Callable[[], object], error: BaseException) -> None:
        self.failed.emit(error, again)


def _key(draft: Draft) -> Key:
    """What all prices of the draft, and the pieces that it may take, hang on."""
    whole = (draft.party, draft.day, draft.place_id, draft.kind)
    return (*whole, draft.goods_from, draft.source)
