"""Books that the tests of the store share."""

from __future__ import annotations

from tests.store.a_book import book, book_template, either_book, key, safe, server_book

__all__ = ["book", "book_template", "either_book", "key", "safe", "server_book"]
