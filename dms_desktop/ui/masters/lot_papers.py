"""The forms over a batch: what was typed wrongly of it is put right, pieces get another MRP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from dms_desktop.domain.documents import Marking
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.registers import LotState
from dms_desktop.language.catalogue import N_
from dms_desktop.services.lot_papers import MARKS, Correction, Stickers, correct, resticker
from dms_desktop.services.posting import Posted
from dms_desktop.services.registers.lots import LOTS
from dms_desktop.services.registers.register import Shown, told
from dms_desktop.services.relabelling import lot_code
from dms_desktop.ui.floor import Floor
from dms_desktop.ui.kit.form import Group
from dms_desktop.ui.kit.form_boxes import Box, Kind
from dms_desktop.ui.masters.master import Master

BUCKETS = {
    Bucket.SALEABLE.value: N_("Saleable"),
    Bucket.NON_SALEABLE.value: N_("Not saleable"),
    Bucket.EXPIRED.value: N_("Expired"),
}
TABLES = frozenset({"lot", "item", "stock", "stock_move"})
REASON = Box("reason", N_("Reason"), width=6, needed=True, aside=True)
Done = Callable[[Shown[Any]], object]
Undone = Callable[[BaseException], object]
Given = Mapping[str, Any]


class _Once:
    """An id for what one opened form saves: tried again after a fault, it is posted once."""

    def __init__(self) -> None:
        self._shown: object = None
        self._id = uuid4()

    def id_of(self, shown: object) -> UUID:
        if shown is not self._shown:
            self._shown, self._id = shown, uuid4()
        return self._id


_ONCE = _Once()


def _put_right(
    floor: Floor, shown: Shown[LotState], given: Given, done: Done, undone: Undone
) -> None:
    right = {name: given[name] for name in MARKS if name in given}
    state = shown.record
    now = Marking(*({**told_marks(state), **right}[name] for name in MARKS))
    asked = Correction(
        _ONCE.id_of(shown), LOTS.code(state), right, str(given.get("reason", "")), shown.version
    )
    then = partial(_show, floor, lot_code(state.item, now), done, undone)
    floor.desk.do(correct, asked, done=then, undone=undone)


def _resticker(
    floor: Floor, shown: Shown[LotState], given: Given, done: Done, undone: Undone
) -> None:
    state = shown.record
    mrp = given.get("mrp", state.mrp)
    asked = Stickers(
        _ONCE.id_of(shown), LOTS.code(state), str(given.get("qty", "")), mrp,
        str(given.get("reason", "")), str(given.get("godown", "")),
        Bucket(given.get("bucket", Bucket.SALEABLE)), given.get("ptr"), given.get("pts"),
    )  # fmt: skip
    code = lot_code(state.item, Marking(state.batch, mrp, state.expiry))
    floor.desk.do(
        resticker, asked, done=partial(_show, floor, code, done, undone), undone=undone
    )  # fmt: skip


def _show(floor: Floor, code: str, done: Done, undone: Undone, posted: Posted) -> None:
    floor.desk.ask(LOTS.show, code, done=done, undone=undone)


def told_marks(state: LotState) -> dict[str, Any]:
    return {name: getattr(state, name) for name in MARKS}


def _stickers_of(state: LotState) -> dict[str, Any]:
    return {**told(state), "bucket": Bucket.SALEABLE.value}


RIGHT = Master(
    "lot",
    N_("Lots"),
    N_("lot"),
    (),
    (
        Group(
            N_("What is right (printed bills stay as they are)"),
            (
                Box("item", N_("Item"), Kind.LOOKUP, width=6, of="item", fixed=True),
                Box("batch", N_("Batch")),
                Box("mrp", N_("MRP ₹"), Kind.MONEY),
                Box("expiry", N_("Expiry"), Kind.DAY),
                Box("packed", N_("Packed on"), Kind.DAY),
                REASON,
            ),
        ),
    ),
    TABLES,
    verb=correct,
    write=_put_right,
)
STICKERS = Master(
    "lot",
    N_("Lots"),
    N_("lot"),
    (),
    (
        Group(
            N_("Which pieces get stickers"),
            (
                Box("item", N_("Item"), Kind.LOOKUP, width=6, of="item", fixed=True),
                Box("batch", N_("Batch"), fixed=True),
                Box("expiry", N_("Expiry"), Kind.DAY, fixed=True),
                Box("qty", N_("Pieces, or 2c for two cases"), needed=True, aside=True),
                Box("godown", N_("Godown"), Kind.LOOKUP, width=3, of="godown", aside=True),
                Box("bucket", N_("Of which goods"), Kind.CHOICE, width=3, choices=BUCKETS,
                    aside=True),
            ),
        ),
        Group(
            N_("What the stickers say, and the prices that go with it"),
            (
                Box("mrp", N_("New MRP ₹"), Kind.MONEY, needed=True),
                Box("ptr", N_("PTR ₹, before GST"), Kind.NUMBER),
                Box("pts", N_("PTS ₹, before GST"), Kind.NUMBER),
                REASON,
            ),
        ),
    ),
    TABLES,
    values=_stickers_of,
    verb=resticker,
    write=_resticker,
)  # fmt: skip
