"""The same verbs on a PostgreSQL book: several counters will share one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dms_desktop.cli.main import app

PIN = "246810"


def test_a_bill_on_a_server_from_founding_to_proof(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DMS_PIN", PIN)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    order = tmp_path / "order.json"
    asked = {"party": "AUN2001", "lines": [{"item": "ANV001", "qty": 12}], "note": "on approval"}
    order.write_text(json.dumps(asked))

    def dms(*words: object) -> dict[str, object]:
        line = ["--books", postgres_url, *map(str, words), "--json"]
        result = CliRunner().invoke(app, line, catch_exceptions=False)
        assert result.exit_code == 0, result.stdout
        said: dict[str, object] = json.loads(result.stdout)
        return said

    dms("init", "--sample", "--owner-pin", PIN)
    bill = dms("bill", "post", order)
    assert dms("bill", "post", "--from", dms("challan", "post", order)["number"])["total"]
    assert dms("bill", "print", bill["number"], "--pdf", tmp_path / "b.pdf")["reprint"] is False
    assert dms("bill", "cancel", bill["number"], "--reason", "trial")["number"]
    assert dms("verify")["clean"] is True
