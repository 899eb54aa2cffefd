"""An import whose program dies goes on where it stopped; every step is small and sealed."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dms_desktop.domain.incoming import STEP, Intake
from dms_desktop.domain.powers import Power
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.files.importing import bring_in
from dms_desktop.services import imports
from dms_desktop.services.verifying import verify
from tests.books import Book
from tests.services.import_files import many_items, many_lots, run

pytest_plugins = ["tests.books"]


class PowerCut(Exception):
    """Stands for whatever ends a program."""


@dataclass
class CutDoor:
    """A book whose program dies at the n-th write, before or after it reached the disk."""

    book: Book
    writes: int
    after: bool

    def read(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.book.read(query, *args, **kwargs)

    def write(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self.writes -= 1
        if self.writes == 0 and not self.after:
            self.book.write(_torn(action), *args, **kwargs)
        done = self.book.write(action, *args, **kwargs)
        if self.writes == 0:
            raise PowerCut
        return done


def _torn(action: Callable[..., Any]) -> Callable[..., Any]:
    """The same action, but the machine stops before it can commit."""

    def torn(tx: Any, *args: Any, **kwargs: Any) -> None:
        action(tx, *args, **kwargs)
        raise PowerCut

    torn.power = Power.MASTERS  # type: ignore[attr-defined]
    return torn


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("writes", [1, 2, 3, 4])
def test_a_broken_import_goes_on_after_the_last_step_that_was_kept(
    book: Book, tmp_path: Path, writes: int, after: bool
) -> None:
    path = many_lots(tmp_path / "lots.csv", 2 * STEP + 100)
    with suppress(PowerCut):
        bring_in(CutDoor(book, writes, after), Intake.LOTS, path, yes=True)
    kept = book.value("SELECT coalesce(sum(rows_done), 0) FROM import_run")
    assert kept == max(0, min(writes - 1 - (not after), 2)) * STEP + 100 * (writes == 4 and after)
    assert book.value("SELECT count(*) FROM lot WHERE batch LIKE 'B%'") == kept
    if writes == 4 and after:
        return  # all of it was there, and only the answer was lost
    report = bring_in(book, Intake.LOTS, path, yes=True)
    assert (report.resumed, report.outcome.created) == (kept, 2 * STEP + 100)
    assert book.value("SELECT count(*) FROM import_run") == 1
    assert book.value(
        "SELECT sum(stock.qty) FROM stock JOIN lot ON lot.id = lot_id WHERE batch LIKE 'B%'"
    ) == 3 * (2 * STEP + 100)
    assert book.value("SELECT count(*) FROM document WHERE origin = 'opening'") == 1 + 3


def test_a_broken_import_read_by_other_columns_is_not_gone_on_with(
    book: Book, tmp_path: Path
) -> None:
    path = many_lots(tmp_path / "lots.csv", STEP + 1)
    with suppress(PowerCut):
        bring_in(CutDoor(book, 2, True), Intake.LOTS, path, yes=True)
    with pytest.raises(Refused) as refused:
        bring_in(book, Intake.LOTS, path, columns={"ptr": ""}, yes=True)
    assert refused.value.problems[0].reason is Reason.ALREADY_IMPORTED
    (only,) = book.read(imports.runs)
    book.write(imports.undo_import, only.id)
    assert book.value("SELECT count(*) FROM stock JOIN lot ON lot.id = lot_id"
                      " WHERE batch LIKE 'B%' AND qty > 0") == 0  # fmt: skip


def test_two_who_go_on_with_one_import_do_not_do_a_step_twice(book: Book, tmp_path: Path) -> None:
    path = many_items(tmp_path / "items.csv", STEP + 5)
    with suppress(PowerCut):
        bring_in(CutDoor(book, 2, True), Intake.ITEMS, path, yes=True)
    (stale,) = book.read(imports.runs)
    bring_in(book, Intake.ITEMS, path, yes=True)
    with pytest.raises(Refused) as refused:
        book.write(imports.step, stale, [], STEP, last=True)
    assert refused.value.problems[0].reason is Reason.STALE


def test_every_step_is_small_audited_and_sealed(book: Book, tmp_path: Path) -> None:
    report = run(book, Intake.ITEMS, many_items(tmp_path / "i.csv", 2 * STEP + 7), yes=True)
    rows = book.rows(
        "SELECT after, digest FROM audit WHERE subject = :s ORDER BY id",
        s=f"import {report.import_id}",
    )
    steps = [(json.loads(after), bytes(digest)) for after, digest in rows if digest]
    assert [(said["from"], said["rows"]) for said, _ in steps] == [
        (0, STEP), (STEP, STEP), (2 * STEP, 7),
    ]  # fmt: skip
    chain = dict(
        book.rows("SELECT seq, hash FROM import_change WHERE import_id = :id", id=report.import_id)
    )
    assert [digest for _, digest in steps] == [chain[said["notes"]] for said, _ in steps]
    assert steps[-1][0]["notes"] == len(chain)
    assert book.read(verify).findings == ()
