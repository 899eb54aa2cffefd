"""A disk that fails, or is full, at any file call: said in a sentence, told right, nothing half."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from dms_desktop.language.faults import SENTENCES
from tests.faults import whole
from tests.faults.case import Case, Cases
from tests.faults.hurting import CHANGES, EVERY, READ, Hurter, Strike, Trial
from tests.faults.shop import Json

WRITING = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC}


def reason_of(failed: Json) -> str:
    """The word of a failure; the user is told a sentence of his own for it."""
    assert failed["reason"] in SENTENCES
    assert failed["say"]
    return str(failed["reason"])


@pytest.mark.parametrize(
    ("kind", "every"),
    [("bill", 1), ("cancel", EVERY), ("import", EVERY), ("correct", EVERY), ("resticker", EVERY)],
)
@pytest.mark.parametrize("error", WRITING)
@pytest.mark.parametrize("stays", [False, True], ids=["once", "stays"])
def test_a_disk_that_does_not_write_is_survived_and_told_right(
    kind: str, every: int, error: str, stays: bool, cases: Cases, hurt: Hurter, trial: Trial,
    tmp_path: Path,
) -> None:  # fmt: skip
    for point in trial.points(cases.calls(kind, CHANGES), every=every):
        strike = Strike(CHANGES, fail=point, error=WRITING[error], sticky=stays)
        with trial.at(point):
            survive(cases.of(kind), strike, hurt, trial, tmp_path)


@pytest.mark.parametrize("kind", ["bill", "cancel", "import", "correct", "resticker"])
@pytest.mark.parametrize("stays", [False, True], ids=["once", "stays"])
def test_a_disk_that_does_not_read_is_survived_and_told_right(
    kind: str, stays: bool, cases: Cases, hurt: Hurter, trial: Trial, tmp_path: Path
) -> None:
    for point in trial.points(cases.calls(kind, READ), every=3 * EVERY):
        with trial.at(point):
            survive(cases.of(kind), Strike(READ, fail=point, sticky=stays), hurt, trial, tmp_path)


def survive(case: Case, strike: Strike, hurt: Hurter, trial: Trial, folder: Path) -> None:
    """What is denied may not appear after a crash, unless it was called doubtful.

    The same job done again is done once, by the same program, and the next bill follows.
    """
    books = case.books.copy_to(folder / "hurt")
    left = folder / "left" / books.name
    shutil.rmtree(left.parent, ignore_errors=True)
    left.parent.mkdir()
    jobs = [case.job, case.next]
    first, after = hurt.ask("heal", books, strike, jobs=jobs, left=str(left.parent)).split(
        "answered"
    )
    assert whole.state_of(books) == case.at_last
    could_be = case.could_be(first)
    for failed in first.failed:
        trial.count(reason := reason_of(failed))
        at_once, when_over = after[0]["at once"], after[1]["when over"]
        assert when_over["ack"] == case.job["id"]
        assert strike.sticky or at_once == when_over
        assert "ack" in at_once or reason_of(at_once["failed"])
        if reason != "outcome_unknown":
            could_be = {case.states[first.commits]}
    assert whole.state_of(left) in could_be
    trial.count("failing calls")
