"""The box of a form that names another master, found by any piece of its code or name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dms_desktop.domain.masters import folded
from dms_desktop.language.catalogue import _
from dms_desktop.store.search_entries import Found
from dms_desktop.ui.kit.form_boxes import Box, Entry
from dms_desktop.ui.kit.lookup import Lookup

MOST_HITS = 12


@dataclass(frozen=True, slots=True)
class Choices:
    """Where a look-up looks: `find` answers each key, `by_code` knows exact codes."""

    find: Callable[[str], Sequence[Found]]
    by_code: Callable[[str], Sequence[Found]]


def choices_among(rows: Sequence[tuple[str, str]], also: Sequence[str] | None = None) -> Choices:
    """A look-up in a few hundred codes and names that are in memory; `also`: other words for each,
    which find it too."""
    every = [Found(at, code, name) for at, (code, name) in enumerate(rows)]
    by_word = {folded(each.name): each for each in reversed(every)}
    by_word |= {folded(each.code): each for each in reversed(every)}

    other = also or [""] * len(every)
    spelt = [folded(f"{e.code} {e.name} {more}") for e, more in zip(every, other, strict=True)]

    def find(text: str) -> Sequence[Found]:
        words = folded(text).split()
        hits = [
            each for each, said in zip(every, spelt, strict=True)
            if all(word in said for word in words)
        ]  # fmt: skip
        return hits[:MOST_HITS]

    def by_code(text: str) -> Sequence[Found]:
        found = by_word.get(folded(text))
        return [found] if found else []

    return Choices(find, by_code)


class LookupEntry(Entry):
    """A master of another register, by any piece of its code or name."""

    def __init__(self, box: Box, choices: Choices, *, bare: bool = False) -> None:
        self.search = Lookup(self._find, self._by_code, _(box.label))
        self._choices = choices
        super().__init__(box, self.search, bare=bare)
        self.search.textEdited.connect(self.touch)
        self.search.chosen.connect(self._taken)
        self.search.missed.connect(self._missed)
        self.search.returnPressed.connect(self.left)

    def offer(self, choices: Choices) -> None:
        """What can be chosen has come, or is other than it was."""
        self._choices = choices
        if not self._touched:
            self.put(self._value)

    def put(self, value: Any) -> None:
        found = self._choices.by_code(str(value)) if value else ()
        if found:
            self.search.show_found(found[0])
        else:
            self.search.show_found(None)
            self.search.setText(str(value or ""))

    def typed(self) -> str:
        text = self.search.text().strip()
        found = self.search.found or next(iter(self._by_code(text) if text else ()), None)
        if found is None:
            return text
        return found.name if self.box.by_name else found.code

    def plain(self, value: Any) -> str:
        return str(value or "")

    @property
    def unknown(self) -> bool:
        """Something was typed that nothing is called."""
        text = self.search.text().strip()
        return bool(text) and not self.search.found and not self._by_code(text)

    def set_writable(self, *, writable: bool) -> None:
        self.search.setReadOnly(not writable)

    def _find(self, text: str) -> Sequence[Found]:
        return () if self.search.isReadOnly() else self._choices.find(text)

    def _by_code(self, text: str) -> Sequence[Found]:
        return self._choices.by_code(text)

    def _taken(self, found: Found) -> None:
        if self.typed() != self.plain(self._value):
            self.touch()
        self.left.emit()

    def _missed(self, text: str) -> None:
        self.refuse(_("Nothing is called “{text}”.").format(text=text))
