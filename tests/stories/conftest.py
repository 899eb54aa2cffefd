"""The counter of the screens' own tests, for stories."""

from __future__ import annotations

from tests.ui.conftest import book, counter, printed_book, watch

__all__ = ["book", "counter", "printed_book", "watch"]
