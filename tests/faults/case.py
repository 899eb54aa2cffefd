"""A job that is hurt: the books at rest before it, and how they look when nobody strikes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from tests.faults import whole
from tests.faults.hurting import Ended, Hurter, Strike
from tests.faults.shop import Json, Shop, new_id


@dataclass(frozen=True, slots=True)
class Case:
    """`states`: how the books look before the job and after each of its commits."""

    books: Shop
    job: Json
    next: Json
    states: list[str]
    at_last: str  # after one more bill

    def could_be(self, ended: Ended) -> set[str]:
        """The states in which a process that ended like this may leave the books."""
        if ended.acknowledged:
            return {self.states[-1]}
        return {*self.states[ended.commits : ended.commits + 2]}


class Cases:
    """Each job is done once where nobody strikes, whichever tests strike at it."""

    def __init__(self, shop: Shop, hurt: Hurter, folder: Path) -> None:
        self._shop, self._hurt, self._folder = shop, hurt, folder
        self._cases: dict[str, Case] = {}
        self._calls: dict[tuple[str, int], int] = {}

    def of(self, kind: str) -> Case:
        """A bill, a cancellation, an import, a paper about a lot: there is one bill already."""
        if kind not in self._cases:
            self._cases[kind] = self._made(kind)
        return self._cases[kind]

    def calls(self, kind: str, kinds: int) -> int:
        """How many such file calls the job takes, from opening the books to letting go of them."""
        if (kind, kinds) not in self._calls:
            case = self.of(kind)
            books = case.books.copy_to(self._folder / "count")
            ended = self._hurt.ask("run", books, Strike(kinds), jobs=[case.job])
            self._calls[kind, kinds] = ended.calls
        return self._calls[kind, kinds]

    def _made(self, kind: str) -> Case:
        chance, hurt, shop = Random(kind), self._hurt, self._shop
        first, following = shop.bill(chance), shop.bill(chance)
        books = replace(shop, books=shop.copy_to(self._folder / kind))
        assert hurt.ask("run", books.books, jobs=[first]).acknowledged == [first["id"]]
        job = _job(kind, shop, chance, first["id"])
        done = books.copy_to(self._folder / f"{kind} done")
        states = [whole.state_of(done), *hurt.ask("watch", done, jobs=[job], rest=2).states]
        hurt.ask("run", done, jobs=[following])
        assert whole.faults(done) == []
        at_last = whole.state_of(done)
        assert len({*states, at_last}) == len(states) + 1
        return Case(books, job, following, states, at_last)


def _job(kind: str, shop: Shop, chance: Random, billed: str) -> Json:
    job: Json = {"kind": kind, "id": str(new_id(chance))}
    if kind == "bill":
        return shop.bill(chance)
    if kind in ("correct", "resticker", "purchase", "adjust", "send_back"):
        return job
    return {**job, "of": billed} if kind in ("cancel", "pick", "settle") else {**job, "batch": "I"}
