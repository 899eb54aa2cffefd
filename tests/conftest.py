"""How the suite runs: Qt without a screen, failures that replay, a PostgreSQL of its own."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ["tests.postgres"]

SOAK = bool(os.environ.get("DMS_SOAK"))

# A slow machine is no failure, and a failure prints the blob that replays it.
settings.register_profile(
    "test", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("soak", settings.get_profile("test"), max_examples=5_000)
settings.load_profile("soak" if SOAK else "test")


def pytest_report_header() -> str:
    return "long versions (DMS_SOAK)" if SOAK else "short versions; the long ones: dev.py soak"


@pytest.fixture(scope="session")
def soak() -> bool:
    """Whether a test should take its long version."""
    return SOAK
