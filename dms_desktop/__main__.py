"""`python -m dms_desktop [--books PATH] [--sample] [--shots DIR]`: the program with its window."""

from __future__ import annotations

import gc
import sys
from pathlib import Path


def main() -> None:
    """The entry point of the installed program too."""
    gc.disable()  # until the screen has settled: what a start makes is here to stay
    import argparse

    from dms_desktop import app

    words = argparse.ArgumentParser(prog="dms-desktop", description="The books of a distributor.")
    words.add_argument("--books", type=Path, help="the file that holds the books")
    words.add_argument(
        "--sample", action="store_true", help="make a sample company if none is there"
    )
    words.add_argument("--shots", type=Path, metavar="DIR", help="write every screen as a picture")
    words.add_argument("--language", default="", help="en or hi; else as it was chosen last")
    said = words.parse_args()
    told = {"shots": said.shots, "sample": said.sample, "language": said.language}
    sys.exit(app.run(said.books, **told))


if __name__ == "__main__":
    main()
