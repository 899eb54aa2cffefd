"""A file or function over the limit is named, and what is exempt is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.sizes import main

LONG_FUNCTION = "def f() -> None:\n" + "    pass\n" * 50


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("dms_desktop/bill.py", "x = 1\n" * 401, "bill.py:1: the file has 401 lines; 400 at most"),
        ("dms_desktop/bill.py", "x = 1\n" * 400, ""),
        ("dms_desktop/bill.py", LONG_FUNCTION, "bill.py:1: f has 51 lines; 50 at most"),
        ("dms_desktop/bill.py", LONG_FUNCTION.removesuffix("    pass\n"), ""),
        ("tests/test_bill.py", "x = 1\n" * 401, ""),
        ("migrations/versions/0001_books.py", LONG_FUNCTION, ""),
        ("dms_desktop/tests/bill.py", LONG_FUNCTION, "bill.py:1: f has 51 lines; 50 at most"),
    ],
)
def test_only_what_is_too_long_is_named(
    name: str, text: str, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    assert main(tmp_path) == (1 if complaint else 0)
    assert capsys.readouterr().out.strip().endswith(complaint)
