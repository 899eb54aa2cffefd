"""A machine without a screen still shows that the program works, from goods to paper to proof."""

from __future__ import annotations

from pathlib import Path

import pytest

from dms_desktop.cli.headless import headless


def test_a_bill_and_its_paper_without_a_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    headless(tmp_path / "dms")
    headless(tmp_path / "dms")  # a second start bills once more
    said = capsys.readouterr().out
    assert said.count("verify: clean") == 2
    papers = sorted((tmp_path / "dms").glob("*.pdf"))
    assert [paper.read_bytes()[:4] for paper in papers] == [b"%PDF", b"%PDF"]
