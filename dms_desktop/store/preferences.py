"""How this PC's user likes the program to look and speak: one small file beside the books."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

NAME = "preferences.json"


@dataclass(frozen=True, slots=True)
class Preferences:
    """Empty is nothing chosen yet: then it is as the desktop has it."""

    language: str = ""
    theme: str = ""
    large: bool = False
    user: str = ""  # the code of who logged in here last


NONE_CHOSEN = Preferences()


def preferences_of(books: Path) -> Preferences:
    """What was chosen here. A file that is not there, or says nonsense, chooses nothing: no start
    may fail for a colour."""
    try:
        said = json.loads((books.parent / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return NONE_CHOSEN
    known = said if isinstance(said, dict) else {}
    given = {f.name: known[f.name] for f in fields(Preferences) if f.name in known}
    usual = asdict(NONE_CHOSEN)
    return Preferences(**{n: v for n, v in given.items() if type(v) is type(usual[n])})


def keep_preferences(books: Path, chosen: Preferences) -> None:
    """Raises OSError where nothing can be written; what was kept before then stays."""
    path = books.parent / NAME
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(chosen)), encoding="utf-8")
    part.replace(path)
