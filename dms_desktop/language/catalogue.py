"""The sentences of the program in the language that its user reads.

Text made when a module loads is marked by `N_` and translated by `_` when it is shown.
"""

from __future__ import annotations

from gettext import NullTranslations, translation

from dms_desktop.resource import resource

DOMAIN = "dms"
_spoken = NullTranslations()


def use(language: str) -> None:
    """Speak `language` ("hi", "gu", "mr_IN") from now on; English where there is no catalogue."""
    global _spoken
    _spoken = translation(DOMAIN, resource("i18n"), languages=[language], fallback=True)


def _(text: str) -> str:
    return _spoken.gettext(text)


def N_(text: str) -> str:  # noqa: N802 - the name that extractors look for
    """Mark `text` for translators and leave it as it is."""
    return text


def ngettext(one: str, many: str, count: int) -> str:
    return _spoken.ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """`text` as it is meant in `context`, where one English word has two meanings."""
    return _spoken.pgettext(context, text)
