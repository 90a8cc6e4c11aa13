"""A mirror: what one viewer knows, as the fold of what it was shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

LONGEST_LIST = 120  # a pushed list keeps its newest entries


class Mirror:
    """A plain map (see `docs/protocol.md`) that operations change."""

    def __init__(self, initial: Mapping[str, Any]) -> None:
        self.data: dict[str, Any] = {
            key: dict(value) if isinstance(value, Mapping) else list(value) if isinstance(value, list | tuple) else value
            for key, value in initial.items()
        }
        for key in ("feed", "messages", "history"):
            self.data.setdefault(key, [])

    def fold(self, ops: Iterable[Any]) -> None:
        """Folds operations in order. Raises ValueError for one that is none, leaving those before it folded."""
        for op in ops:
            self._fold(op)

    def _fold(self, op: Any) -> None:
        match op:
            case ["slots", entries]:
                slots = self.data["slots"]
                for index, level, value, turn in entries:
                    if level == 0 and value is None:
                        slots.pop(index, None)
                    else:
                        slots[index] = [level, value, turn]
            case ["set", key, value]:
                self.data[key] = value
            case ["put", key, name, value]:
                self.data[key] = {**self.data[key], name: value}
            case ["drop", key, name]:
                self.data[key] = {each: value for each, value in self.data[key].items() if each != name}
            case ["entry", key, name, value]:
                before = self.data[key][name]
                there = any(each["number"] == value["number"] for each in before)
                after = [value if each["number"] == value["number"] else each for each in before]
                self.data[key] = {**self.data[key], name: after if there else [*after, value]}
            case ["push", key, value]:
                entries = self.data[key]
                entries.append(value)
                if len(entries) > LONGEST_LIST:
                    del entries[: len(entries) - LONGEST_LIST]
            case _:
                raise ValueError("not an operation on a mirror")
