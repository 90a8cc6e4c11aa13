"""Tables that explain themselves: each has a name, says what a row is, and what every column holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from attrs import frozen

from wargame.analysis.export.cells import Cell, csv_text


@frozen
class Shape:
    """What a table holds: a name, what a row is, and its columns by name with the words for each."""

    name: str
    words: str
    columns: Mapping[str, str]


@frozen
class Table:
    """A shape filled with rows, each as long as the shape has columns."""

    shape: Shape
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, shape: Shape, rows: Sequence[Mapping[str, Cell]]) -> Table:
        """The rows by name of column, each in the shape's order; what a row does not name is empty.

        Raises KeyError for a column that the shape does not have.
        """
        for row in rows:
            unknown = row.keys() - shape.columns.keys()
            if unknown:
                raise KeyError(f"{shape.name} has no column {sorted(unknown)}")
        return cls(shape, tuple(tuple(row.get(name) for name in shape.columns) for row in rows))

    def csv(self) -> str:
        """The table as CSV, its cells guarded against formulas."""
        return csv_text(tuple(self.shape.columns), self.rows)

    def plain(self) -> list[dict[str, Cell]]:
        """The rows as maps, for JSON: texts as they are, for nothing runs them there."""
        return [dict(zip(self.shape.columns, row, strict=True)) for row in self.rows]


def as_json(tables: Sequence[Table]) -> str:
    """Tables as one JSON object, by name."""
    return json.dumps({table.shape.name: table.plain() for table in tables}, ensure_ascii=False, indent=1) + "\n"


def described(shapes: Sequence[Shape]) -> str:
    """Shapes as Markdown: a heading and a table of columns for each."""
    parts = []
    for shape in shapes:
        rows = "\n".join(f"| `{name}` | {words} |" for name, words in shape.columns.items())
        parts.append(f"### {shape.name}.csv\n\n{shape.words}\n\n| column | holds |\n|---|---|\n{rows}\n")
    return "\n".join(parts)
