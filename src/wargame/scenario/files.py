"""Where a scenario's files come from: folders on disk, or the texts that a journal carries.

The loader sees only `Folder` and `Library`, so a scenario is loaded the same way from both.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from attrs import frozen

SCENARIO_FILE = "scenario.yaml"
RULEBOOK_FILE = "rulebook.yaml"
RULEBOOKS = "rulebooks"  # the folder, and the prefix of a rulebook's files among the sources
MOST_PATH = 200
MOST_LISTED = 1000
NO_EDITS: Mapping[str, bytes] = MappingProxyType({})


class UnreadableError(Exception):
    """A file cannot be read. The first argument is a sentence for people, the second a hint or empty."""

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence, hint)
        self.sentence = sentence
        self.hint = hint


class Folder(Protocol):
    """Files below one folder, by relative path with `/`."""

    def read(self, name: str, most: int) -> bytes:
        """The bytes of a file, at most `most` + 1 of them. Raises `UnreadableError`."""

    def names(self, below: str = "") -> Sequence[str]:
        """Some paths that exist (not many more than `MOST_LISTED`), below a folder if one is named."""


class Library(Protocol):
    """A scenario's own folder and the rulebooks it can build on."""

    @property
    def root(self) -> Folder:
        """The scenario's own folder."""

    def rulebook(self, name: str) -> Folder | None:
        """The folder of a rulebook, or None."""

    def rulebooks(self) -> Sequence[str]:
        """The names of all rulebooks there are, for suggestions."""


def confined(name: str) -> str:
    """Why a path may not be named in a scenario, or empty: it must lead to a place inside the scenario's own folder."""
    if not name or len(name) > MOST_PATH or not name.isprintable():
        return "is not a path"
    if name.startswith(("/", "~")) or "\\" in name or ":" in name:
        return "is not a relative path with `/`"
    if any(part in {"", ".", ".."} for part in name.split("/")):
        return "leads out of the scenario's folder" if ".." in name.split("/") else "is not a plain relative path"
    return ""


@frozen
class DiskFolder:
    """A folder on disk; symbolic links that lead out of it are refused.

    `edits`: by relative path, what files hold instead of what is on disk, as in an editor that has not saved.
    """

    path: Path
    edits: Mapping[str, bytes] = NO_EDITS

    def read(self, name: str, most: int) -> bytes:
        """The bytes of a file, at most `most` + 1 of them. Raises `UnreadableError`."""
        reason = confined(name)
        if reason:
            raise UnreadableError(f"The path {reason}.", "name a file inside the scenario's folder")
        if name in self.edits:
            return self.edits[name][: most + 1]
        root = self.path.resolve()
        try:
            real = (root / name).resolve(strict=True)
            if not real.is_relative_to(root):
                raise UnreadableError(
                    "The path leads out of the scenario's folder through a symbolic link.", "copy the file here"
                )
            # Opening a pipe would wait for ever.
            if not real.is_file():
                raise UnreadableError("This is a folder, not a file." if real.is_dir() else "This is not a file.")
            with real.open("rb") as file:
                return file.read(most + 1)
        except FileNotFoundError:
            raise UnreadableError("The file does not exist.") from None
        except (OSError, RuntimeError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else "unknown reason"
            raise UnreadableError(f"The file cannot be read ({reason.lower()}).") from None

    def names(self, below: str = "") -> Sequence[str]:
        """Some paths that exist, in alphabetical order; not many more than `MOST_LISTED`."""
        found: list[str] = []
        for folder, folders, files in os.walk(self.path / below):
            folders.sort()
            found.extend(Path(folder, file).relative_to(self.path).as_posix() for file in sorted(files))
            if len(found) > MOST_LISTED:
                break
        return found


@frozen
class DiskLibrary:
    """A scenario's folder on disk and the places where its rulebooks may stand, nearest first."""

    path: Path
    places: Sequence[Path]
    edits: Mapping[str, bytes] = NO_EDITS  # of files in the scenario's own folder

    @property
    def root(self) -> Folder:
        """The scenario's own folder."""
        return DiskFolder(self.path, self.edits)

    def rulebook(self, name: str) -> Folder | None:
        """The folder of a rulebook, or None."""
        found = self.rulebook_path(name)
        return None if found is None else DiskFolder(found)

    def rulebook_path(self, name: str) -> Path | None:
        """The folder of a rulebook on disk, or None."""
        if confined(name) or "/" in name:
            return None
        for place in self.places:
            if (place / name / RULEBOOK_FILE).is_file():
                return place / name
        return None

    def rulebooks(self) -> Sequence[str]:
        """The names of all rulebooks there are, for suggestions."""
        return sorted({found.parent.name for place in self.places for found in place.glob(f"*/{RULEBOOK_FILE}")})


@frozen
class TextFolder:
    """The files of one folder among a journal's sources."""

    sources: Mapping[str, str]
    prefix: str = ""

    def read(self, name: str, most: int) -> bytes:
        """The bytes of a file. Raises `UnreadableError`."""
        if confined(name) or self.prefix + name not in self.sources:
            raise UnreadableError("The file does not exist.")
        return self.sources[self.prefix + name].encode("utf-8", "surrogatepass")

    def names(self, below: str = "") -> Sequence[str]:
        """Some paths that exist, all of them below a folder named."""
        start = f"{self.prefix}{below}/" if below else self.prefix
        return [name.removeprefix(self.prefix) for name in self.sources if name.startswith(start)]


@frozen
class TextLibrary:
    """A scenario and its rulebooks as a journal carries them."""

    sources: Mapping[str, str]

    @property
    def root(self) -> Folder:
        """The scenario's own folder."""
        return TextFolder(self.sources)

    def rulebook(self, name: str) -> Folder | None:
        """The folder of a rulebook, or None."""
        prefix = f"{RULEBOOKS}/{name}/"
        return TextFolder(self.sources, prefix) if f"{prefix}{RULEBOOK_FILE}" in self.sources else None

    def rulebooks(self) -> Sequence[str]:
        """The names of all rulebooks there are, for suggestions."""
        ends = f"/{RULEBOOK_FILE}"
        return [name[len(RULEBOOKS) + 1 : -len(ends)] for name in self.sources if name.endswith(ends)]
