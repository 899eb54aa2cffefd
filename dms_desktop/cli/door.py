"""The door of the running program: a verb from the command line is done inside, by its writer."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
import sys
import tempfile
import threading
from collections.abc import Callable
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from dms_desktop.store.database import OutcomeUnknown

log = logging.getLogger(__name__)
Answer = Callable[[dict[str, Any]], dict[str, Any]]
MOST_BYTES = 64 * 1024 * 1024


class Door:
    """Listens beside the books until closed; each caller is answered on a thread of its own.

    Only who can read the key file beside the books, its owner, may knock.
    """

    def __init__(self, books: Path, answer: Answer) -> None:
        self._answer = answer
        key = secrets.token_bytes(32)
        self._key_file = _key_file(books)
        handle = os.open(self._key_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(key)
        address = _address(books)
        if sys.platform != "win32":
            Path(address).unlink(missing_ok=True)
        self._listener = Listener(address, authkey=key)
        self._open = True
        threading.Thread(target=self._serve, name="door", daemon=True).start()

    def close(self) -> None:
        self._open = False
        self._listener.close()
        self._key_file.unlink(missing_ok=True)

    def _serve(self) -> None:
        while self._open:
            try:
                connection = self._listener.accept()
            except (OSError, EOFError, AuthenticationError) as error:
                log.info("nobody came in at the door: %s", error)
                continue
            threading.Thread(target=self._attend, args=(connection,), daemon=True).start()

    def _attend(self, connection: Connection) -> None:
        with connection:
            try:
                asked = connection.recv_bytes(MOST_BYTES)
                connection.send_bytes(self._reply(asked))
            except (OSError, EOFError):
                return  # the caller went away

    def _reply(self, asked: bytes) -> bytes:
        """Always one, so that nobody takes a mistake of ours for an outcome that is unknown."""
        try:
            return json.dumps(self._answer(json.loads(asked))).encode()
        except Exception as error:
            from dms_desktop.cli import replies

            log.exception("the door could not answer")
            return json.dumps({"reply": replies.bug(error), "code": replies.BUG}).encode()


def knock(books: Path, request: dict[str, Any]) -> dict[str, Any] | None:
    """Ask the running program; None where nobody is at home.

    Raises OutcomeUnknown where it took the request and went away before it answered.
    """
    asked = False
    try:
        key = _key_file(books).read_bytes()
        with Client(_address(books), authkey=key) as connection:
            connection.send_bytes(json.dumps(request).encode())
            asked = True
            answer: dict[str, Any] = json.loads(connection.recv_bytes(MOST_BYTES))
            return answer
    except (OSError, EOFError) as error:
        if asked:
            raise OutcomeUnknown("the program that has the books went away") from error
        return None


def is_there(books: Path) -> bool:
    """Whether a program has opened a door beside these books."""
    return _key_file(books).exists()


def _key_file(books: Path) -> Path:
    return Path(f"{books}.door")


def _address(books: Path) -> str:
    """Short, since a socket's path may have 108 bytes; the same for every way to the file."""
    name = hashlib.sha256(str(books.resolve()).encode()).hexdigest()[:20]
    if sys.platform == "win32":
        return rf"\\.\pipe\dms-{name}"
    return str(Path(tempfile.gettempdir()) / f"dms-{os.getuid()}-{name}")
