"""Puts the files that are not code inside the wheel; all else is said in pyproject.toml."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class WithData(build_py):  # type: ignore[misc]  # setuptools ships no types
    """Beside the packages in a clone, inside `dms_desktop` where it is installed."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        for name in ("migrations", "resources", "docs/manual"):
            shutil.copytree(
                name,
                Path(self.build_lib, "dms_desktop", "_data", name),
                ignore=shutil.ignore_patterns("__pycache__", "*.po", "*.pot"),
                dirs_exist_ok=True,
            )
        self.compile_words()

    def compile_words(self) -> None:
        """The catalogues as the program reads them, made from what is in this tree."""
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for path in Path("resources", "i18n").glob("*/LC_MESSAGES/*.po"):
            made = Path(self.build_lib, "dms_desktop", "_data", path).with_suffix(".mo")
            with path.open("rb") as words, made.open("wb") as file:
                write_mo(file, read_po(words, locale=path.parts[2]))


setup(cmdclass={"build_py": WithData})
