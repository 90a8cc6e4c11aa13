"""Drafts: what a person has begun to write or choose and not sent yet, kept on disk as it is typed.

One file a game and seat. A draft outlives a crash, a lost connection and quitting; it goes when what it holds was sent
and acknowledged.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from wargame.client.storage import data_folder, read_json, write_json

Value: TypeAlias = str | int | bool | list[str] | None
KEPT = 200  # drafts in a file, oldest go first


class Drafts:
    """The drafts of one seat in one game."""

    def __init__(self, game: str, seat: str, folder: Path | None = None) -> None:
        name = sha256(f"{game}\0{seat}".encode()).hexdigest()[:24]
        self.path = (folder or data_folder()) / "drafts" / f"{name}.json"
        self._values: dict[str, Value] = read_json(self.path)
        self.safe = True  # false once the disk refused a draft

    def text(self, key: str) -> str:
        """The draft under `key` if it is a text, else empty."""
        value = self._values.get(key)
        return value if isinstance(value, str) else ""

    def get(self, key: str) -> Value:
        """The draft under `key`, or None."""
        return self._values.get(key)

    def put(self, key: str, value: Value) -> None:
        """Keeps a draft; an empty one is dropped."""
        if value is None or value in ("", []):
            self.clear(key)
            return
        if self._values.get(key) == value and type(self._values.get(key)) is type(value):
            return
        self._values.pop(key, None)
        self._values[key] = value
        while len(self._values) > KEPT:
            self._values.pop(next(iter(self._values)))
        self._save()

    def clear(self, *keys: str) -> None:
        """Drops drafts, once what they hold was sent."""
        gone = [self._values.pop(key, None) for key in keys]
        if any(value is not None for value in gone):
            self._save()

    def __len__(self) -> int:
        return len(self._values)

    def _save(self) -> None:
        self.safe = write_json(self.path, dict(self._values)) and self.safe
