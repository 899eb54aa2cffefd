#!/usr/bin/env python3
"""Set up what this machine lacks, then run, test or check the project.

`python3 dev.py` alone lists the verbs. Standard library only, and the same on Windows
(`py dev.py ...`). What is in place is not looked at again: a stamp in .venv names the lock, the
project, the Python and the system libraries that it was made for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
STAMP = VENV / ".dms-stamp"
LOCK = ROOT / "requirements.lock"
UV_LOCK = ROOT / "uv.requirements.lock"
OLDEST = (3, 11)

# What Qt and its plugins load from the system, and the Debian package that brings it.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libbrotlidec.so.1": "libbrotli1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}


def program(folder: Path, name: str) -> Path:
    """Where a virtual environment keeps a program on this system."""
    if os.name == "nt":
        return folder / "Scripts" / f"{name}.exe"
    return folder / "bin" / name


PYTHON = program(VENV, "python")


def newer_python() -> NoReturn:
    """Start again under a new enough Python, if this machine has one beside the old."""
    import shutil

    for minor in range(20, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])
    sys.exit("DMS Desktop needs Python 3.11 or newer.")


def say(text: str) -> None:
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


# --- what the system must have --------------------------------------------------------------------


def missing_packages() -> list[str]:
    """Debian names of the system libraries that Qt would not find here."""
    if not sys.platform.startswith("linux"):
        return []
    import ctypes

    missing = []
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def apt_install(packages: Sequence[str], before: str = "") -> bool:
    """Install Debian packages without asking anything; False where that cannot be done.

    `before` is shell text that runs first, with the same rights.
    """
    import shutil
    import subprocess

    root = os.name != "nt" and os.geteuid() == 0
    if not shutil.which("apt-get") or not (root or shutil.which("sudo")):
        return False
    say("installing system packages: " + " ".join(packages))
    script = before + (
        "export DEBIAN_FRONTEND=noninteractive; apt-get -q update; "
        'apt-get -q -y install --no-install-recommends "$@"'
    )
    done = subprocess.run(
        [*([] if root else ["sudo", "-n"]), "sh", "-c", script, "sh", *packages],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        say("that failed:\n" + done.stdout[-2000:])
    return done.returncode == 0


def need_packages(packages: Sequence[str]) -> None:
    """Install system packages, or stop and say which ones somebody has to install."""
    if packages and not apt_install(packages):
        names = " ".join(packages)
        sys.exit(
            f"This machine lacks system packages that dev.py could not install: {names}\n"
            f"Install them; on Debian and Ubuntu by: sudo apt-get install {names}"
        )


def postgres_programs() -> Path | None:
    """The folder with this machine's newest `postgres` and `initdb`, if it has them."""
    import shutil

    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    homes = [Path("/usr/lib/postgresql")]
    homes += [Path(os.environ["PROGRAMFILES"], "PostgreSQL")] if os.name == "nt" else []
    for home in homes:
        found = [p.parent for p in home.glob("*/bin/initdb*")]
        folders += sorted(
            found, key=lambda p: [int(n) for n in p.parts[-2].split(".") if n.isdigit()]
        )
    return folders[-1] if folders else None


def want_postgres() -> None:
    """Install the PostgreSQL server that tests start for themselves, where that can be done."""
    if postgres_programs() is None and sys.platform.startswith("linux"):
        # Debian would also make and start a server for the whole machine: nobody asked for one.
        folder = "/etc/postgresql-common/createcluster.d"
        no_server = (
            f"mkdir -p {folder}; trap 'rm -f {folder}/dms-tests.conf' EXIT; "
            f"echo 'create_main_cluster = false' > {folder}/dms-tests.conf; "
        )
        apt_install(["postgresql"], before=no_server)


# --- the virtual environment ----------------------------------------------------------------------


def wanted_stamp() -> str:
    """What the environment is made from; any change makes it anew."""
    import hashlib

    made_from = hashlib.sha256(LOCK.read_bytes())
    project = (ROOT / "pyproject.toml").read_bytes()
    made_from.update(project.split(b"\n[tool.")[0])  # what the tools are told changes no package
    parts = [made_from.hexdigest(), sys.version.split()[0], str(ROOT), " ".join(LIBRARIES)]
    return "\n".join(parts)


def is_ready() -> bool:
    try:
        return STAMP.read_text(encoding="utf-8") == wanted_stamp() and PYTHON.exists()
    except FileNotFoundError:
        return False


@contextmanager
def alone() -> Iterator[None]:
    """Of two starts at once one sets up and the other waits."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "setup.lock").open("w", encoding="utf-8") as handle:
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:
                    say("waiting for another dev.py to finish setting up")
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def step(*words: str | Path) -> None:
    """Run one step of the set-up; stop everything if it fails."""
    import subprocess

    line = [str(word) for word in words]
    if subprocess.run(line, env=environment(), stdin=subprocess.DEVNULL, check=False).returncode:
        sys.exit("dev.py: this step of the set-up failed: " + " ".join(line))


def find_uv() -> Path:
    """uv from the PATH, else hash-checked into .tools by pip."""
    import shutil

    found = shutil.which("uv")
    if found:
        return Path(found)
    own = program(TOOLS, "uv")
    if not own.exists():
        import importlib.util
        import venv

        if importlib.util.find_spec("ensurepip") is None:  # Debian and Ubuntu split it out
            need_packages([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"])
            importlib.invalidate_caches()
        say("installing uv into .tools")
        venv.create(TOOLS, with_pip=True)
        pip = (program(TOOLS, "python"), "-m", "pip", "--disable-pip-version-check", "-q")
        step(*pip, "install", "--require-hashes", "-r", UV_LOCK)
    return own


def make_environment() -> None:
    """The locked, hash-checked packages and the project itself, all as bytecode."""
    import compileall

    uv = find_uv()
    say("installing the locked packages into .venv")
    STAMP.unlink(missing_ok=True)
    target = ("-q", "--python", PYTHON)
    if not is_same_python():
        step(uv, "venv", "-q", "--clear", "--python", sys.executable, VENV)
    step(uv, "pip", "sync", *target, "--require-hashes", "--compile-bytecode", LOCK)
    step(uv, "pip", "install", *target, "--no-deps", "--no-build-isolation", "-e", ROOT)
    compileall.compile_dir(ROOT / "dms_desktop", quiet=2)
    STAMP.write_text(wanted_stamp(), encoding="utf-8")


def is_same_python() -> bool:
    """Whether .venv works and was made by the Python that runs this."""
    import subprocess

    if not PYTHON.exists():
        return False
    asked = [str(PYTHON), "-c", "import sys; print(sys.version.split()[0])"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    return answer.stdout.strip() == sys.version.split()[0]


def set_up() -> None:
    if is_ready():
        return
    with alone():
        if not is_ready():
            need_packages(missing_packages())
            make_environment()


# --- the verbs ------------------------------------------------------------------------------------


def environment(**more: str) -> dict[str, str]:
    """The caller's environment, less what mixes other packages in or leaves bytecode unwritten."""
    dropped = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}
    return {**{k: v for k, v in os.environ.items() if k not in dropped}, **more}


def start(module: str, *words: str, **more: str) -> int:
    """Become a Python module of the project's environment, in the caller's folder."""
    # -P: a file called types.py in that folder must not stand in for Python's own.
    line = [str(PYTHON), "-P", "-m", module, *words]
    if os.name != "nt":
        os.execve(PYTHON, line, environment(**more))
    import subprocess

    return subprocess.call(line, env=environment(**more))


def run(words: list[str]) -> int:
    """start the program"""
    return start("dms_desktop", *words)


def dms(words: list[str]) -> int:
    """the command line: dms --books PATH ..."""
    return start("dms_desktop.cli", *words)


def test(words: list[str]) -> int:
    """the whole suite, or what is named as for pytest"""
    want_postgres()
    os.chdir(ROOT)
    return start("pytest", "--durations=10", *words, **HEADLESS)


def soak(words: list[str]) -> int:
    """the long versions of the fault and property tests"""
    want_postgres()
    os.chdir(ROOT)
    return start("pytest", "--durations=10", *(words or ["tests"]), **HEADLESS, DMS_SOAK="1")


def bench(words: list[str]) -> int:
    """the benchmarks: [--quick] [--json]; fails on a miss"""
    return start("benchmarks", *words, **HEADLESS)


def shots(words: list[str]) -> int:
    """write every screen as a picture into DIR, light and dark"""
    return start("dms_desktop", "--shots", *words, **HEADLESS)


def check(words: list[str]) -> int:
    """format, lint, types, import contracts, sizes"""
    import subprocess
    import time

    python = [str(PYTHON), "-P"]
    steps = {
        "format": [*python, "-m", "ruff", "format", "--check", "--quiet", "."],
        "lint": [*python, "-m", "ruff", "check", "--quiet", "--output-format", "concise", "."],
        "types": [*python, "-m", "mypy", "--no-error-summary"],
        "imports": [str(program(VENV, "lint-imports")), "--no-logo"],
        "sizes": [*python, "-m", "checks.sizes"],
    }
    unknown = set(words) - set(steps)
    if unknown:
        sys.exit(f"dev.py check knows {', '.join(steps)}; not {', '.join(sorted(unknown))}")
    bad = 0
    for name in words or steps:
        began = time.monotonic()
        done = subprocess.run(steps[name], cwd=ROOT, env=environment(), check=False)
        verdict = "FAILED" if done.returncode else "ok"
        bad += bool(done.returncode)
        print(f"check {name}: {verdict} ({time.monotonic() - began:.1f} s)", flush=True)
    return 1 if bad else 0


def lock(words: list[str]) -> int:
    """resolve and hash-lock the dependencies anew; [--upgrade]"""
    uv = find_uv()
    how = ["--universal", "--generate-hashes", "--no-annotate", "--no-header", "-q"]
    extras = [w for name in ("desktop", "postgres", "server") for w in ("--extra", name)]
    os.chdir(ROOT)
    step(
        uv, "pip", "compile", *how, *words, *extras, "--group", "dev", "pyproject.toml", "-o", LOCK
    )
    step(uv, "pip", "compile", *how, *words, "--group", "pyproject.toml:uv", "-o", UV_LOCK)
    return 0


def setup(words: list[str]) -> int:
    """set up only"""
    want_postgres()
    return 0


HEADLESS = {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
VERBS: tuple[Callable[[list[str]], int], ...] = (
    run,
    test,
    check,
    bench,
    shots,
    soak,
    dms,
    lock,
    setup,
)


def main() -> int:
    verbs = {verb.__name__: verb for verb in VERBS}
    name, words = (sys.argv[1] if len(sys.argv) > 1 else ""), sys.argv[2:]
    if name not in verbs:
        print("python3 dev.py VERB ...   sets up what is missing, then does it")
        for verb in VERBS:
            print(f"  {verb.__name__:6} {verb.__doc__}")
        return 0 if name in ("", "-h", "--help", "help") else 2
    if sys.version_info < OLDEST:
        newer_python()
    if name != "lock":
        set_up()
    return verbs[name](words)


if __name__ == "__main__":
    sys.exit(main())
