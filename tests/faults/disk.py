"""A disk as a power cut could leave it, rebuilt from the record that the shim made of every write.

As in SQLite's own crash tests: what was synced is there. Each later write is kept, lost, or torn
at sectors of 512 bytes, some of them garbage; a new or removed name is sure only once its folder
was synced.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512
_HEAD = struct.Struct("<cHqq")  # what, length of the path, offset, length of the data


@dataclass(frozen=True, slots=True)
class Call:
    """O created, W written, T cut to `offset`, S synced, U removed, A acknowledged."""

    what: str
    path: str
    offset: int
    data: bytes


def recorded(log: Path) -> list[Call]:
    said, calls, at = log.read_bytes(), [], 0
    while at < len(said):
        what, length, offset, size = _HEAD.unpack_from(said, at)
        at += _HEAD.size
        path = said[at : at + length].decode()
        at += length
        data = said[at : at + size] if what == b"W" else b""
        at += len(data)
        calls.append(Call(what.decode(), path, offset, data))
    return calls


@dataclass(slots=True)
class Disk:
    """Files by a number each; the names lead to them. Nothing pending is sure."""

    folder: str
    contents: dict[int, bytearray] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)  # as the program sees them
    sure: dict[str, int] = field(default_factory=dict)  # as they are on the disk
    named: list[tuple[str, int | None]] = field(default_factory=list)  # not yet sure, in order
    written: list[tuple[int, Call]] = field(default_factory=list)  # not yet sure, in order

    @classmethod
    def holding(cls, books: Path) -> Disk:
        return cls(
            str(books.parent), {0: bytearray(books.read_bytes())}, {str(books): 0}, {str(books): 0}
        )

    def take(self, call: Call) -> None:
        """One call more that the program made."""
        match call.what:
            case "O":
                number = len(self.contents)
                self.contents[number] = bytearray()
                self.names[call.path] = number
                self.named.append((call.path, number))
            case "U":
                del self.names[call.path]
                self.named.append((call.path, None))
            case "W" | "T":
                self.written.append((self.names[call.path], call))
            case "S" if call.path == self.folder:
                self.sure, self.named = dict(self.names), []
            case "S":
                file = self.names[call.path]
                for number, write in self.written:
                    if number == file:
                        _apply(self.contents[file], write)
                self.written = [each for each in self.written if each[0] != file]
            case _:
                pass

    def cut(self, chance: Random) -> dict[str, bytes]:
        """The files that are there when the power comes back, by name."""
        how = chance.choice(["each by chance"] * 6 + ["up to one"] * 2 + ["none", "all"])
        kept = {number: bytearray(content) for number, content in self.contents.items()}
        for number, write in self.written:
            if how == "none" or (how == "up to one" and chance.random() < 0.1):
                break
            survives = 1.0 if how in ("all", "up to one") else chance.random()
            if survives > 0.55:
                _apply(kept[number], write)
            elif survives < 0.2 and write.what == "W":
                _apply(kept[number], _torn(write, kept[number], chance))
        names = dict(self.sure)
        for name, file in self.named[: chance.randint(0, len(self.named))]:
            if file is None:
                names.pop(name, None)
            else:
                names[name] = file
        return {name: bytes(kept[number]) for name, number in names.items()}


def _apply(content: bytearray, write: Call) -> None:
    end = write.offset + len(write.data)
    if write.what == "T":
        del content[write.offset :]
    content.extend(bytes(max(0, end - len(content))))
    content[write.offset : end] = write.data


def _torn(write: Call, old: bytearray, chance: Random) -> Call:
    """Each sector is the new one, the old one, or garbage."""
    data = bytearray(write.data)
    for start in range(0, len(data), SECTOR):
        sector = slice(start, min(start + SECTOR, len(data)))
        fate = chance.random()
        if fate < 0.4:
            data[sector] = chance.randbytes(sector.stop - start)
        elif fate < 0.6:
            before = old[write.offset + start : write.offset + sector.stop]
            data[start : start + len(before)] = before
    return Call("W", write.path, write.offset, bytes(data))
