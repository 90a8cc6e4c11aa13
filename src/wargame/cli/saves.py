"""Noticing that a file was saved, by looking.

That works on every file system, needs no care for editors that write by renaming, and a file that vanishes is one more change.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from attrs import define, field

LOOK_EVERY = 0.05  # seconds: a look at a hundred files takes less than one of its milliseconds
MOST_FILES = 2000
SUFFIXES = (".yaml", ".yml", ".md")

Snapshot: TypeAlias = Mapping[str, tuple[int, int, int]]  # path -> time, size and number, one of which changes with the file


@define
class Saves:
    """The files of some folders (or beside some files) that a scenario can be made of, and how they were last seen."""

    paths: tuple[Path, ...]
    further: tuple[str, ...] = ()  # files elsewhere, such as those of rulebooks
    seen: Snapshot = field(factory=dict)

    def mark(self) -> None:
        """From here on changes count; to be called before the files are read."""
        self.seen = self.snapshot()

    def follow(self, files: Iterable[str]) -> None:
        """Further files to look at, instead of those before."""
        self.further = tuple(files)
        self.seen = {**self.snapshot(), **self.seen}

    def changed(self) -> bool:
        """Whether a file has come, gone or been written since `mark`."""
        return self.snapshot() != self.seen

    def snapshot(self) -> Snapshot:
        """Every file that is there, as it is now."""
        found: dict[str, tuple[int, int, int]] = {}
        for file in [*self._below(), *self.further]:
            try:
                state = os.stat(file)
            except (OSError, ValueError):
                continue  # gone, or never there
            found[os.path.abspath(file)] = (state.st_mtime_ns, state.st_size, state.st_ino)
        return found

    def _below(self) -> Iterator[str]:
        found = 0
        for path in self.paths:
            for folder, folders, files in os.walk(path if path.is_dir() else path.parent):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for file in sorted(files):
                    if file.endswith(SUFFIXES):
                        found += 1
                        yield os.path.join(folder, file)
                if found > MOST_FILES:
                    return
