"""The sentences of the program in the language that its user reads.

Text made when a module loads is marked by `N_` and translated by `_` when it is shown. What `_`
gives can be said `again` after the language has changed, also once facts were put in its places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations, translation

from dms_desktop.resource import resource

DOMAIN = "dms"
ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "hi": "हिन्दी"}  # each in its own words
ASKED, NATIVE = "DMS_LANGUAGE", ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

_spoken = NullTranslations()
_language = ENGLISH
_here: ContextVar[tuple[str, NullTranslations] | None] = ContextVar("here", default=None)


class Said(str):
    """A text that knows how it is said. Only `format`, `format_map` and `joined` keep that."""

    __slots__ = ("_how",)
    _how: Callable[[], str]

    def __new__(cls, how: Callable[[], str]) -> Said:
        made = super().__new__(cls, how())
        made._how = how
        return made

    def format(self, *args: object, **facts: object) -> str:
        return Said(lambda: self._how().format(*map(_afresh, args), **_all_afresh(facts)))

    def format_map(self, facts: Mapping[str, object]) -> str:  # type: ignore[override]
        """A fact that is missing is what the mapping's own `__missing__` says."""
        kind: Callable[[Mapping[str, object]], Mapping[str, object]] = type(facts)
        given = dict(facts)  # as they are now: the caller may go on writing into his own
        return Said(lambda: str(self._how()).format_map(kind(_all_afresh(given))))


def use(language: str) -> None:
    """Speak `language` ("hi", "gu", "mr_IN") from now on; English where there is no catalogue."""
    global _spoken, _language
    _language, _spoken = _read(language)


def language() -> str:
    """The language in use: "en", "hi"."""
    here = _here.get()
    return here[0] if here else _language


def following(current: str) -> str:
    """The language that comes after `current` when one key goes through all of them."""
    names = list(LANGUAGES)
    at = names.index(current) if current in names else 0
    return names[(at + 1) % len(names)]


def wanted(asked: str, environ: Mapping[str, str], chosen: str = "") -> str:
    """The language to begin with: as asked on the command line, in DMS_LANGUAGE, as it was chosen
    last, or as the machine is set."""
    return asked or environ.get(ASKED, "") or chosen or native(environ)


def native(environ: Mapping[str, str]) -> str:
    """What the machine is set to speak: "hi_IN.UTF-8" is "hi"; English where we do not."""
    said = next((environ[name] for name in NATIVE if environ.get(name)), "")
    short = said.split(":")[0].split("_")[0].split(".")[0]
    return short if short in LANGUAGES else ENGLISH


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """For one paper, or one caller: this thread alone speaks `language`, in plain texts that are
    not said again."""
    token = _here.set(_read(language))
    try:
        yield
    finally:
        _here.reset(token)


def _(text: str) -> str:
    """The text in the language of now; one that was translated before is said again."""
    if isinstance(text, Said):
        return again(text)
    if not text:  # under which a catalogue keeps what it says of itself
        return text
    if here := _here.get():
        return here[1].gettext(text)
    return Said(lambda: _spoken.gettext(text))


def N_(text: str) -> str:  # noqa: N802 - the name that extractors look for
    """Mark `text` for translators and leave it as it is."""
    return text


def ngettext(one: str, many: str, count: int) -> str:
    if here := _here.get():
        return here[1].ngettext(one, many, count)
    return Said(lambda: _spoken.ngettext(one, many, count))


def pgettext(context: str, text: str) -> str:
    """`text` as it is meant in `context`, where one English word has two meanings."""
    if here := _here.get():
        return here[1].pgettext(context, text)
    return Said(lambda: _spoken.pgettext(context, text))


def joined(between: str, parts: Iterable[str]) -> str:
    """The parts that say something, one after the other, each of which can be said again."""
    said = tuple(filter(None, parts))
    return Said(lambda: between.join(map(again, said)))


def again(text: str) -> str:
    """`text` in the language of now; a name, a figure, or what was put together stays."""
    return Said(text._how) if isinstance(text, Said) else text


def _read(language: str) -> tuple[str, NullTranslations]:
    """The language that there is for the one asked for, and its words."""
    name = language.split("_")[0].split(".")[0]
    if name == ENGLISH:  # what the code says: most starts look for no file
        return ENGLISH, NullTranslations()
    words = translation(DOMAIN, resource("i18n"), languages=[language], fallback=True)
    return name if type(words) is not NullTranslations else ENGLISH, words


def _afresh(value: object) -> object:
    return again(value) if isinstance(value, str) else value


def _all_afresh(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: _afresh(value) for name, value in facts.items()}
