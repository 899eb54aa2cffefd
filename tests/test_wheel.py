"""The wheel carries what the program needs: it works far from the clone it was built in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.test_environment import ROOT, tracked_names

BUILD = "import sys, setuptools.build_meta as backend; backend.build_wheel(sys.argv[1])"
WHERE = """
import dms_desktop, dms_desktop.resource as r
print(dms_desktop.__file__)
print(r.resource("migrations").is_dir(), any(r.resource("fonts").glob("*.ttf")))
print(r.resource("manual/counter.md").is_file())
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked wheel, as an installer would leave it."""
    source = tmp_path_factory.mktemp("source")
    for name in tracked_names():
        if (ROOT / name).is_file() and name.split("/")[0] not in ("tests", "benchmarks"):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, source / name)
    wheels, site = source / "wheels", tmp_path_factory.mktemp("site")
    build = [sys.executable, "-c", BUILD, str(wheels)]
    wheels.mkdir()
    done = subprocess.run(build, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = wheels.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def run(installed: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", *words],
        cwd=installed,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_resources_and_migrations_are_found(installed: Path) -> None:
    module, found, manual = run(installed, "-c", WHERE).splitlines()
    assert Path(module).is_relative_to(installed)
    assert (found, manual) == ("True True", "True")


def test_the_languages_are_inside_ready_to_read(installed: Path) -> None:
    told = run(
        installed,
        "-c",
        "import sys; from dms_desktop.language.catalogue import _, use; use('hi')\n"
        "print(ascii(_('Save')), 'babel' in sys.modules)",
    )
    assert told.split() == [ascii("सेव"), "False"]
