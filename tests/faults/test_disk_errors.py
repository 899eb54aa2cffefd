"""A disk that fails, or is full, at any file call: said in a sentence, told right, nothing half."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from dms_desktop.language.faults import SENTENCES
from tests.faults import whole
from tests.faults.case import Cases
from tests.faults.hurting import CHANGES, EVERY, EVERYTHING, Hurter, Strike, Trial
from tests.faults.shop import Json

KINDS = {errno.EIO: EVERYTHING, errno.ENOSPC: CHANGES}  # a full disk can still be read


def reason_of(failed: Json) -> str:
    """The word of a failure; the user is told a sentence of his own for it."""
    assert failed["reason"] in SENTENCES
    assert failed["say"]
    return str(failed["reason"])


@pytest.mark.parametrize(("kind", "every"), [("bill", 1), ("cancel", EVERY), ("import", EVERY)])
@pytest.mark.parametrize("error", KINDS, ids=lambda error: errno.errorcode[error])
@pytest.mark.parametrize("stays", [False, True], ids=["once", "stays"])
def test_a_failing_disk_is_survived_and_told_right(
    kind: str, every: int, error: int, stays: bool, cases: Cases, hurt: Hurter, trial: Trial,
    tmp_path: Path,
) -> None:  # fmt: skip
    """What is denied may not appear after a crash, unless it was called doubtful.

    The same job done again is done once, by the same program, and the next bill follows.
    """
    case = cases.of(kind)
    for point in trial.points(cases.calls(kind, KINDS[error]), every=every):
        with trial.at(point):
            books = case.books.copy_to(tmp_path / "hurt")
            left = tmp_path / "left" / books.name
            shutil.rmtree(left.parent, ignore_errors=True)
            left.parent.mkdir()
            strike = Strike(KINDS[error], fail=point, error=error, sticky=stays)
            ended = hurt.ask("heal", books, strike, jobs=[case.job, case.next], left=str(left.parent))
            first, after = ended.split("answered")
            assert whole.state_of(books) == case.at_last
            could_be = case.could_be(first)
            for failed in first.failed:
                trial.count(reason := reason_of(failed))
                at_once, when_over = after[0]["at once"], after[1]["when over"]
                assert when_over["ack"] == case.job["id"]
                assert stays or at_once == when_over
                assert "ack" in at_once or reason_of(at_once["failed"])
                if reason != "outcome_unknown":
                    could_be = {case.states[first.commits]}
            assert whole.state_of(left) in could_be
            trial.count("failing calls")
