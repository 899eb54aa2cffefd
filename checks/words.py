"""The catalogues of the program's words: taken from the code, looked through, made ready to use.

`update` brings each .po up to what the code says, and guesses nothing; `compile` writes the .mo
that the program reads; `check` fails when a catalogue is behind, or says something wrongly.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
# Dates and names of people would change it at each run, or say what nobody keeps.
HEADER = """\
# The words of DMS Desktop.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
INDIC_FIGURES = re.compile("[\u0966-\u096f]")


def spoken(root: Path = ROOT) -> Catalog:
    """Every text that the code marks, with the files that say it."""
    found = Catalog(fuzzy=False)
    folder = root / "dms_desktop"
    for name, _line, said, comments, context in extract_from_dir(folder, keywords=KEYWORDS):
        where = [(f"dms_desktop/{Path(name).as_posix()}", 0)]
        found.add(said, locations=where, auto_comments=comments, context=context)
    return found


def catalogues(folder: Path = FOLDER) -> Iterator[Path]:
    yield from sorted(folder.glob("*/LC_MESSAGES/dms.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def updated(old: Catalog, said: Catalog) -> Catalog:
    """`said` with what `old` translates; a text that is new says nothing yet."""
    made = Catalog(locale=old.locale, fuzzy=False)
    for message in said:
        if message.id:
            known = old.get(message.id, message.context)
            string = known.string if known and not known.fuzzy else None
            places = sorted(set(message.locations))
            made.add(message.id, string, locations=places, context=message.context)
    return made


def write(path: Path, words: Catalog) -> None:
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(HEADER.format(language=words.locale, plurals=words.plural_forms).encode())
        write_po(file, words, width=100, omit_header=True, sort_output=True, include_lineno=False)
    part.replace(path)


def compile_one(path: Path, to: Path) -> None:
    """Whole or not at all: another program may be reading it."""
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_suffix(".part")
    with part.open("wb") as file:
        write_mo(file, read(path))
    part.replace(to)


def faults(words: Catalog, said: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue, a sentence for each text."""
    for message in said:
        if message.id and words.get(message.id, message.context) is None:
            yield f"not in the catalogue: {_first(message)!r}"
    for message in words:
        if not message.id:
            continue
        if said.get(message.id, message.context) is None:
            yield f"no longer said: {_first(message)!r}"
        elif message.fuzzy:
            yield f"only guessed: {_first(message)!r}"
        else:
            yield from _told_wrongly(message, words.num_plurals)


def _told_wrongly(message: Message, plurals: int) -> Iterator[str]:
    ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
    told = message.string if isinstance(message.string, list | tuple) else (message.string,)
    texts = [text for text in told if text]
    if len(texts) != (plurals if len(ids) > 1 else 1):
        yield f"not translated: {_first(message)!r}"
        return
    places = sorted(set(_places(ids[-1])))
    for text in texts:
        if sorted(set(_places(text))) != places:
            yield f"other places than {places}: {text!r}"
        if _key(text) != _key(ids[0]):
            yield f"another key for its box than {_key(ids[0])!r}: {text!r}"
        if INDIC_FIGURES.search(text):
            yield f"the trade writes 1 2 3: {text!r}"


def _places(text: str) -> Iterator[str]:
    for _literal, name, _spec, _conversion in Formatter().parse(text):
        if name is not None:
            yield name


def _key(text: str) -> str:
    """What is pressed with Alt: `P&hone` is H in every language, so that no form has it twice."""
    return text.partition("&")[2][:1].upper()


def _first(message: Message) -> str:
    return message.id[0] if isinstance(message.id, list | tuple) else message.id


def main(words: list[str]) -> int:
    verb = words[0] if words else "update"
    said = spoken() if verb != "compile" else Catalog()
    bad = 0
    for path in catalogues():
        if verb == "update":
            write(path, updated(read(path), said))
        if verb in ("update", "compile"):
            compile_one(path, path.with_suffix(".mo"))
        if verb in ("update", "check"):
            found = list(faults(read(path), said))
            bad += len(found)
            name = path.relative_to(ROOT).as_posix()
            print(*(f"{name}: {fault}" for fault in found), sep="\n", end="\n" if found else "")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
