"""What the fault tests share: the shim, the processes that are hurt, the books, and the count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dms_desktop.cli.shop import now
from tests.conftest import SOAK
from tests.faults.case import Cases
from tests.faults.hurting import Hurter, Trial, build_shim, hurter
from tests.faults.mounted import open_folder
from tests.faults.shop import Shop, found_shop

_told: list[str] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _told:
        terminalreporter.section("faults tried")
        for line in _told:
            terminalreporter.write_line(line)


@pytest.fixture
def trial(request: pytest.FixtureRequest) -> Iterator[Trial]:
    """Counts what was tried; the counts stand at the end of the run."""
    made = Trial(request.node.nodeid, str(request.config.option.hypothesis_seed), SOAK)
    yield made
    if made.counts:
        _told.append(made.told())


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_shim(tmp_path_factory.mktemp("shim"))


@pytest.fixture(scope="session")
def hurt(shim: Path) -> Iterator[Hurter]:
    """Processes whose file calls are counted, and struck at."""
    with hurter(shim) as made:
        yield made


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """Books at rest, with no bill in them; take a copy."""
    return found_shop(tmp_path_factory.mktemp("shop") / "books.db")


@pytest.fixture(scope="session")
def todays_shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """Books founded today: at a prompt the clock is the machine's."""
    return found_shop(tmp_path_factory.mktemp("today") / "books.db", clock=now)


@pytest.fixture(scope="session")
def cases(shop: Shop, hurt: Hurter, tmp_path_factory: pytest.TempPathFactory) -> Cases:
    return Cases(shop, hurt, tmp_path_factory.mktemp("cases"))


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder with a short name, which every user may go through."""
    with open_folder() as folder:
        yield folder
