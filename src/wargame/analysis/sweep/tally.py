"""A tally: whole numbers by name, that add up the same in any order.

Everything that many games leave behind is one mapping from a key (a tuple of words) to a list of whole numbers: counts, sums
in tenths of a point, sums of squares, histograms. Two tallies are merged by adding number to number, so neither the order of
games nor how they were shared out between processes can change a digit, and a tally of a million games is no larger than
that of a thousand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import define, field

Key: TypeAlias = tuple[str, ...]

NONE: Sequence[int] = ()


@define
class Tally:
    """Lists of whole numbers by key. A list that is shorter than another counts as filled up with zeros."""

    rows: dict[Key, list[int]] = field(factory=dict)

    def add(self, key: Key, numbers: Sequence[int]) -> None:
        """Adds number to number; a new key starts from zeros."""
        row = self.rows.get(key)
        if row is None:
            self.rows[key] = list(numbers)
            return
        if len(row) < len(numbers):
            row.extend([0] * (len(numbers) - len(row)))
        for place, number in enumerate(numbers):
            row[place] += number

    def count(self, key: Key, place: int = 0) -> None:
        """Adds one in a place."""
        row = self.rows.setdefault(key, [])
        if len(row) <= place:
            row.extend([0] * (place + 1 - len(row)))
        row[place] += 1

    def merge(self, other: Tally) -> None:
        """Adds all of another tally."""
        for key, numbers in other.rows.items():
            self.add(key, numbers)

    def row(self, *key: str) -> Sequence[int]:
        """The numbers of a key; none where nothing was added."""
        return self.rows.get(key, NONE)

    def at(self, *key: str, place: int = 0) -> int:
        """One number of a key; 0 where nothing was added."""
        row = self.rows.get(key, NONE)
        return row[place] if place < len(row) else 0

    def below(self, *start: str) -> Iterator[tuple[Key, Sequence[int]]]:
        """What stands under keys that begin so, sorted: the rest of the key, the numbers."""
        found = [(key[len(start) :], row) for key, row in self.rows.items() if key[: len(start)] == start]
        return iter(sorted(found, key=lambda entry: entry[0]))

    def plain(self) -> dict[str, list[int]]:
        """As a JSON map, sorted; words of a key are joined by blanks, which no name holds."""
        return {" ".join(key): self.rows[key] for key in sorted(self.rows)}

    @classmethod
    def of(cls, plain: Mapping[str, Sequence[int]]) -> Tally:
        """From what `plain` made. Raises ValueError for anything else."""
        rows: dict[Key, list[int]] = {}
        for key, numbers in plain.items():
            if not isinstance(numbers, list) or any(type(number) is not int for number in numbers):
                raise ValueError("not a tally")
            rows[tuple(key.split(" "))] = numbers
        return cls(rows)
