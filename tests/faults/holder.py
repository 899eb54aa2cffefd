"""A program that has the books open, as the desktop has: the lock, a writer, and perhaps a door."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from dms_desktop.cli.caller import answer
from dms_desktop.cli.door import Door
from dms_desktop.cli.shop import Shop, enter, open_database
from dms_desktop.store.lock import take


def main(books: Path, door: str) -> None:
    """`door`: open, none, or dies (does what is asked and dies before it answers)."""
    with take(books, "the counter"):
        database = open_database(books)

        def shop_for(user: str, pin: str) -> Shop:
            return enter(books, database, user, pin)

        def done(asked: dict[str, Any]) -> dict[str, Any]:
            answered = answer(shop_for, asked)
            print(json.dumps({"verb": asked["verb"], **answered}), flush=True)
            if door == "dies":
                os.kill(os.getpid(), signal.SIGKILL)
            return answered

        opened = None if door == "none" else Door(books, done)
        print("open", flush=True)
        sys.stdin.read()
        if opened:
            opened.close()
        database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
