"""Nodes: a YAML file as a tree that remembers where everything stood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import field, frozen


@frozen(order=True)
class Mark:
    """A place in a file: path as shown to the designer, line and column from 1."""

    file: str
    line: int
    column: int

    def shifted(self, columns: int) -> Mark:
        """The place `columns` further along the same line."""
        return Mark(self.file, self.line, self.column + columns)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Mark("", 0, 0)


@frozen
class Scalar:
    """A leaf: its text as written, and whether it stood in quotes.

    `mark` is where the text itself starts (behind an opening quote). `inline` is false for block
    text (`|`, `>`), where a column within the text does not map to a column of the file.
    """

    text: str
    mark: Mark = field(default=NOWHERE, eq=False)
    quoted: bool = False
    inline: bool = field(default=True, eq=False)


@frozen
class Seq:
    """A list of nodes."""

    items: tuple[Node, ...]
    mark: Mark = field(default=NOWHERE, eq=False)


@frozen
class Map:
    """A mapping with text keys, in the order written."""

    entries: tuple[tuple[Scalar, Node], ...]
    mark: Mark = field(default=NOWHERE, eq=False)

    def get(self, key: str) -> Node | None:
        """The value of `key`, or None."""
        for name, value in self.entries:
            if name.text == key:
                return value
        return None

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its mark."""
        for name, _ in self.entries:
            if name.text == key:
                return name
        return None

    def __iter__(self) -> Iterator[tuple[Scalar, Node]]:
        return iter(self.entries)


Node: TypeAlias = Scalar | Seq | Map
