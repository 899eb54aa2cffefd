"""`python -m benchmarks [--quick] [--json] [NAME ...]`: figures beside floors; a miss fails."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from dataclasses import asdict

from benchmarks.figure import Figure

FAMILIES = (
    "posting", "counter", "start", "search", "invoice", "papers", "purchases", "replay", "verify",
    "bulk", "panel", "screens", "importing", "memory",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small data, few rounds")
    parser.add_argument("--json", action="store_true", help="one JSON list")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(FAMILIES))
    asked = parser.parse_args()
    figures: list[Figure] = []
    for name in asked.names or FAMILIES:
        for figure in importlib.import_module(f"benchmarks.{name}").measure(asked.quick):
            figures.append(figure)
            if not asked.json:
                print(line(figure), flush=True)
    if asked.json:
        print(json.dumps([asdict(figure) for figure in figures], indent=1))
    missed = [figure.name for figure in figures if not figure.passed]
    if missed:
        print(f"missed: {', '.join(missed)}", file=sys.stderr)
    return 1 if missed else 0


def line(figure: Figure) -> str:
    floor = "" if figure.floor is None else f"  floor {figure.floor:.2f} {figure.unit}"
    ratio = "" if figure.ratio is None else f"  ratio {figure.ratio:.2f}"
    verdict = "ok    " if figure.passed else "MISSED"
    return (
        f"{verdict} {figure.name}: {figure.value:.2f} {figure.unit}{floor}{ratio}"
        f"  (bound {figure.bound})  {figure.note}"
    )


if __name__ == "__main__":
    sys.exit(main())
