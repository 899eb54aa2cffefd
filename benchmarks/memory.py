"""What the running program holds in memory: after a round through its screens, and at its height.

The floor is an empty PySide6 window. The books have 50,000 items; 50,000 more come in by a file.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figure import Figure
from benchmarks.importing import ROWS, write_items
from benchmarks.start import FLOOR, make_books

BOUND = 300  # MB
HELD = """
import sys
def held():
    '''MB now, and at the height so far.'''
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes
        kinds = ["cb", "faults"] + ["peak", "now"] + [f"rest{n}" for n in range(6)]
        sizes = [wintypes.DWORD] * 2 + [ctypes.c_size_t] * 8
        Counters = type("Counters", (ctypes.Structure,), {"_fields_": list(zip(kinds, sizes))})
        found = Counters(cb=ctypes.sizeof(Counters))
        handle = ctypes.windll.kernel32.GetCurrentProcess
        handle.restype = wintypes.HANDLE
        ask = ctypes.windll.psapi.GetProcessMemoryInfo
        ask.argtypes = [wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD]
        ask(handle(), ctypes.byref(found), found.cb)
        return found.now / 1e6, found.peak / 1e6
    lines = dict(line.split(":", 1) for line in open("/proc/self/status") if ":" in line)
    return tuple(int(lines[name].split()[0]) / 1e3 for name in ("VmRSS", "VmHWM"))
"""
TOLD = """
print(*held(), flush=True)
"""
OURS = """
from pathlib import Path
from benchmarks.clerk import run_for, run_until, started
from dms_desktop.ui.screens import SCREENS
with started(Path({books!r})) as (program, floor):
    screen = program.window.pages.currentWidget()
    for name in ("counter", *(each.name for each in SCREENS)) * 2:
        floor.go(name)
        run_for(program, 0.5)
    floor.go("counter")
    print(*held(), flush=True)
    page = floor.go("import").page
    ended = []
    page.work.brought.connect(lambda *found: ended.append(found))
    page.work.failed.connect(ended.append)
    page.work.tried.connect(lambda _: program.later(0, page.bring.click))
    page.begin()
    page.file.take(Path({file!r}))
    run_until(program, lambda: bool(ended))
    run_for(program, 3)
    print(*held(), flush=True)
"""


def measure(quick: bool = False) -> list[Figure]:
    """`quick` brings in a tenth as many."""
    rows = ROWS // 10 if quick else ROWS
    with TemporaryDirectory() as folder:
        books, file = Path(folder) / "books.db", Path(folder) / "items.xlsx"
        make_books(books)
        write_items(file, "A", rows)
        ((bare, _),) = _told(FLOOR + TOLD)
        (day, _), (after, height) = _told(OURS.format(books=str(books), file=str(file)))
    return [
        _figure("memory after a round through the screens, 50,000 items", day, bare),
        _figure(
            f"memory at the height of an import of {rows:,} rows", height, bare,
            f"{after:.0f} MB once it is over",
        ),
    ]  # fmt: skip


def _told(script: str) -> list[tuple[float, float]]:
    around = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    around["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", HELD + script],
        env=around,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.split() for line in done.stdout.splitlines()]
    return [(float(now), float(height)) for now, height in lines]


def _figure(name: str, value: float, floor: float, note: str = "") -> Figure:
    bound = f"<= {BOUND} MB"
    return Figure(name, value, floor, value / floor, bound, "MB", value <= BOUND, note)
