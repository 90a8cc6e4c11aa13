"""Seat tokens this person holds, so that joining again with the same code returns to the same seat."""

from __future__ import annotations

from pathlib import Path

from wargame.client.storage import data_folder, read_json, write_json

KEPT = 60
NAME = "name"  # no code and server are written so


class Tokens:
    """Tokens by server and join code, in one file only its owner can read."""

    def __init__(self, folder: Path | None = None) -> None:
        self.path = (folder or data_folder()) / "seats.json"

    def get(self, server: str, code: str) -> str | None:
        """The token for a table, or None."""
        value = read_json(self.path).get(f"{code}@{server}")
        return value if isinstance(value, str) and value else None

    def put(self, server: str, code: str, token: str) -> None:
        """Keeps the token of a table; the oldest go first."""
        values = read_json(self.path)
        key = f"{code}@{server}"
        if values.get(key) == token:
            return
        values.pop(key, None)
        values[key] = token
        while len(values) > KEPT:
            values.pop(next(key for key in values if key != NAME))
        write_json(self.path, values)

    def forget(self, server: str, code: str) -> None:
        """Drops the token of a table, when the server knows it no more."""
        values = read_json(self.path)
        if values.pop(f"{code}@{server}", None) is not None:
            write_json(self.path, values)

    @property
    def name(self) -> str:
        """The name this person gave last, or empty."""
        value = read_json(self.path).get(NAME)
        return value if isinstance(value, str) else ""

    def keep_name(self, name: str) -> None:
        """Keeps the name for the next time."""
        values = read_json(self.path)
        if name and values.get(NAME) != name:
            write_json(self.path, {NAME: name, **{key: value for key, value in values.items() if key != NAME}})
