"""The file that a backup travels in: a tar of members, packed by zstd, sealed by age.

Nothing in it needs this program: `age -d -i key.txt FILE | zstd -d | tar x` opens it too.
"""

from __future__ import annotations

import hashlib
import os
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from dms_desktop.store.copying import Progress, put_new, silent
from dms_desktop.store.faults import BackupDamaged, WrongKey

SEALED, CLEAR = ".tar.zst.age", ".tar.zst"

_AGE = b"age-encryption.org/"
_ZSTD = bytes.fromhex("28b52ffd")
_CHUNK = 1 << 20
_BLOCK = tarfile.BLOCKSIZE
_WINDOW = 1 << 27  # what zstd may ask of the memory to unpack, whatever the file says


@dataclass(frozen=True, slots=True)
class Member:
    """A name inside, and its bytes or the file that has them."""

    name: str
    content: bytes | Path

    def size(self) -> int:
        content = self.content
        return len(content) if isinstance(content, bytes) else content.stat().st_size

    def chunks(self) -> Iterator[bytes]:
        if isinstance(self.content, bytes):
            yield self.content
            return
        with self.content.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk


@dataclass(frozen=True, slots=True)
class Sealed:
    """What lies on the disk now, read back from there."""

    path: Path
    size: int
    sha256: str


# Told each member's name and size, it answers what takes the bytes, or None to skip them.
Sink = Callable[[str, int], Callable[[memoryview], object] | None]


class Enough(Exception):
    """A sink has what it wanted; the rest is not read."""


class _Garbled(Exception):
    """These bytes are no archive."""


def write(
    members: list[Member], to: Path, recipient: str | None, progress: Progress = silent
) -> Sealed:
    """Write a container that is either whole and flushed or not there at all.

    `recipient` is the age public key; None leaves it in the clear. Raises FileExistsError.
    """
    part = to.with_name(to.name + ".part")
    try:
        with part.open("xb") as file:
            out = _Hashing(file)
            _pour(_Pulling(_packed(members, progress)), out, recipient)
            file.flush()
            os.fsync(file.fileno())
        if sha256_of(part, fresh=True) != out.sha256.hexdigest():
            raise BackupDamaged(to, container=str(to), found="the disk gave back something else")
        size = part.stat().st_size
        put_new(part, to)
    finally:
        part.unlink(missing_ok=True)
    return Sealed(to, size, out.sha256.hexdigest())


def read(container: Path, identity: str | None, sink: Sink, progress: Progress = silent) -> None:
    """Unpack into a sink. Raises WrongKey, or BackupDamaged when it is not whole to its end.

    What the sink was given before that is worthless: let it write to temporary files only.
    """
    unpacking = _Unpacking(sink)
    try:
        with container.open("rb") as file:
            head = file.read(len(_AGE))
            file.seek(0)
            source = _Counting(file, container.stat().st_size, progress)
            if head == _AGE:
                _unseal(source, unpacking, identity, container)
            elif head.startswith(_ZSTD):
                while chunk := source.read(_CHUNK):
                    unpacking.write(chunk)
            else:
                raise _Garbled("not a backup")
        if not unpacking.ended:
            raise _Garbled("it is cut short")
    except Enough:
        return
    except _Garbled as error:
        raise BackupDamaged(container, container=str(container), found=str(error)) from error


def sha256_of(path: Path, *, fresh: bool = False) -> str:
    """Hex digest of a file; `fresh` asks the system to read the disk again, not its memory."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        if fresh and hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _packed(members: list[Member], progress: Progress) -> Iterator[bytes]:
    from zstandard import ZstdCompressor

    packer = ZstdCompressor(level=3, write_checksum=True).compressobj()
    total, done = sum(member.size() for member in members) or 1, 0
    for member in members:
        info = tarfile.TarInfo(member.name)
        info.size = member.size()
        yield packer.compress(info.tobuf(tarfile.GNU_FORMAT))
        given = 0
        for chunk in member.chunks():
            given += len(chunk)
            yield packer.compress(chunk)
            progress("pack", (done + given) / total)
        if given != info.size:
            raise OSError(f"{member.name} changed while it was packed")
        done += given
        yield packer.compress(bytes(-given % _BLOCK))
    yield packer.compress(bytes(2 * _BLOCK))
    yield packer.flush()


def _pour(source: _Pulling, out: _Hashing, recipient: str | None) -> None:
    if recipient is None:
        while chunk := source.read(_CHUNK):
            out.write(chunk)
        return
    from pyrage import EncryptError, encrypt_io, x25519

    try:
        encrypt_io(source, out, [x25519.Recipient.from_str(recipient)])
    except (EncryptError, OSError):
        # age forgets what stopped it: the disk's word, or the user's, is kept by our two ends
        _raise_kept(source.error or out.error)
        raise


def _unseal(source: _Counting, out: _Unpacking, identity: str | None, container: Path) -> None:
    from pyrage import DecryptError, IdentityError, decrypt_io, x25519

    if identity is None:
        raise WrongKey(container, container=str(container))
    try:
        decrypt_io(source, out, [x25519.Identity.from_str(identity)])
    except IdentityError as error:
        raise WrongKey(container, container=str(container)) from error
    except (DecryptError, OSError) as error:
        _raise_kept(source.error or out.error)
        if "No matching keys" in str(error):
            raise WrongKey(container, container=str(container)) from error
        raise _Garbled(str(error)) from error


def _raise_kept(error: BaseException | None) -> None:
    if error is not None:
        raise error


class _Pulling:
    """A generator of bytes as something that age can read; remembers what the generator threw."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = b""
        self.error: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            while not self._left:
                self._left = next(self._chunks)
        except StopIteration:
            return b""
        except BaseException as error:
            self.error = error
            raise
        size = len(self._left) if size < 0 else size
        given, self._left = self._left[:size], self._left[size:]
        return given


class _Hashing:
    """Writes on and keeps the digest of what was written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sha256 = hashlib.sha256()
        self.error: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            written = self._file.write(data)
        except OSError as error:
            self.error = error
            raise
        self.sha256.update(data)
        return written

    def flush(self) -> None:
        """The file is flushed once, at the end."""


class _Counting:
    """Reads on and tells how far it is."""

    def __init__(self, file: IO[bytes], size: int, progress: Progress) -> None:
        self._file, self._size, self._progress = file, size or 1, progress
        self._done = 0
        self.error: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._file.read(size)
            before, self._done = self._done, self._done + len(data)
            if before // _CHUNK != self._done // _CHUNK:
                self._progress("unpack", self._done / self._size)
        except BaseException as error:
            self.error = error
            raise
        return data


class _Unpacking:
    """Takes packed bytes as they come, and hands the members' bytes on in small pieces."""

    def __init__(self, sink: Sink) -> None:
        from zstandard import ZstdDecompressor

        self._tar = _Tar(sink)
        unpacker = ZstdDecompressor(max_window_size=_WINDOW)
        self._zstd = unpacker.stream_writer(cast("IO[bytes]", self._tar))
        self.error: BaseException | None = None

    @property
    def ended(self) -> bool:
        return self._tar.ended

    def write(self, data: bytes) -> int:
        from zstandard import ZstdError

        try:
            self._zstd.write(data)
        except (ZstdError, tarfile.HeaderError) as error:
            self.error = _Garbled(str(error))
            raise self.error from error
        except BaseException as error:
            self.error = error
            raise
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""


class _Tar:
    """A tar that arrives in pieces of any size."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._head = b""
        self._left = self._padding = 0
        self._take: Callable[[memoryview], object] | None = None
        self.ended = False

    def write(self, data: Any) -> int:
        rest = memoryview(data).cast("B")
        while len(rest) and not self.ended:
            rest = rest[self._eat(rest) :]
        return len(data)

    def _eat(self, data: memoryview) -> int:
        """Take some of it; how much."""
        if self._left:
            piece = data[: self._left]
            if self._take is not None:
                self._take(piece)
            self._left -= len(piece)
            return len(piece)
        if self._padding:
            skipped = min(self._padding, len(data))
            self._padding -= skipped
            return skipped
        piece = data[: _BLOCK - len(self._head)]
        self._head += bytes(piece)
        if len(self._head) == _BLOCK:
            self._begin()
        return len(piece)

    def _begin(self) -> None:
        head, self._head = self._head, b""
        if not any(head):
            self.ended = True
            return
        info = tarfile.TarInfo.frombuf(head, "utf-8", "strict")
        self._left, self._padding = info.size, -info.size % _BLOCK
        self._take = self._sink(info.name, info.size)
