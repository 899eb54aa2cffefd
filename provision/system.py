"""The system packages that Qt, the set-up and the tests need, installed where that can be done."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from provision.places import TOOLS, program, say

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


def find_uv() -> Path | None:
    """uv from the PATH, else our own in .tools, if it is there."""
    import shutil

    found = shutil.which("uv")
    own = program(TOOLS, "uv")
    return Path(found) if found else own if own.exists() else None


def missing_packages() -> dict[str, str]:
    """What Qt and the set-up would not find here, each with Debian's name for it."""
    if not sys.platform.startswith("linux"):
        return {}
    import ctypes
    import importlib.util

    missing = {}
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing[library] = package
    if find_uv() is None and importlib.util.find_spec("ensurepip") is None:
        missing["ensurepip"] = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
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


def need_packages(missing: Mapping[str, str]) -> None:
    """Install system packages, or stop and say which ones somebody has to install."""
    if missing and not apt_install(list(missing.values())):
        sys.exit(
            f"This machine lacks {', '.join(missing)}, and dev.py could not install them.\n"
            f"On Debian and Ubuntu: sudo apt-get install {' '.join(missing.values())}"
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


def want_test_programs() -> None:
    """What the suite starts for itself, as far as it can be had here."""
    want_postgres()
    want_compiler()
    want_cups()
    want_screen()


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


def want_compiler() -> None:
    """Install the C compiler that the fault tests build their disk shim with."""
    import shutil

    if sys.platform.startswith("linux") and shutil.which("cc") is None:
        apt_install(["gcc", "libc6-dev"])


def cups_program(name: str) -> str | None:
    """`cupsd` or `lpadmin`, which are not on everybody's PATH."""
    import shutil

    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


def want_cups() -> None:
    """Install the print service that tests start for themselves, where that can be done."""
    if sys.platform.startswith("linux") and cups_program("cupsd") is None:
        # Debian would also start it for the whole machine: nobody asked for one.
        policy = "/usr/sbin/policy-rc.d"
        not_started = (
            f"if [ ! -e {policy} ]; then printf '#!/bin/sh\\nexit 101\\n' > {policy}; "
            f"chmod 755 {policy}; MADE={policy}; fi; "
            "trap 'rm -f \"$MADE\"; systemctl disable cups.service cups.socket cups.path' EXIT; "
        )
        apt_install(["cups-daemon", "cups-client"], before=not_started)


def want_screen() -> None:
    """Install the X server without a monitor that a day at the counter is typed on."""
    import shutil

    if sys.platform.startswith("linux"):
        wanted = {"Xvfb": "xvfb", "xdotool": "xdotool"}
        if missing := [package for name, package in wanted.items() if not shutil.which(name)]:
            apt_install(missing)
