"""How the suite runs: Qt without a screen, failures that replay, a PostgreSQL of its own."""

from __future__ import annotations

import os
import secrets

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANGUAGE"] = "en"  # whatever this machine is set to speak

pytest_plugins = ["tests.books", "tests.language.spoken", "tests.postgres", "tests.cups"]

SOAK = bool(os.environ.get("DMS_SOAK"))

# A slow machine is no failure, and a failure prints what replays it.
settings.register_profile(
    "test", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("soak", settings.get_profile("test"), max_examples=5_000)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Another seed each time, so that every run looks elsewhere; given again, it looks there."""
    settings.load_profile("soak" if SOAK else "test")
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = str(secrets.randbelow(2**32))


def pytest_report_header(config: pytest.Config) -> str:
    long = "soak: long versions" if SOAK else "short versions (the long ones: dev.py soak)"
    return f"{long}; to replay: --hypothesis-seed={config.option.hypothesis_seed}"


@pytest.fixture(scope="session")
def soak() -> bool:
    """Whether a test should take its long version."""
    return SOAK
