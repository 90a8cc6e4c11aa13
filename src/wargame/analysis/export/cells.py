"""Cells of spreadsheets: what a person typed never becomes a formula, and reads back as it was.

A spreadsheet takes a text that begins like a formula for one, also from a CSV file. Such a text gets an apostrophe before
it, which a spreadsheet does not show. `guarded` and `plain` undo each other for every clean text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from wargame.wire.plain import clean

Cell: TypeAlias = str | int | float | bool | None

GUARD = "'"
# What a formula begins with, also in the full-width forms that some spreadsheets read as the plain ones; `|` and `%` begin
# the commands of old ones. Tabs, line feeds and their like before it are passed over by spreadsheets, so here too.
_FORMULA = frozenset("=+-@|%＝＋－＠｜％−﹣﹢﹦﹫")


def guarded(text: str) -> str:
    """The text as a cell: clean, with an apostrophe before what a spreadsheet might run."""
    cleaned = clean(text, newlines=True)
    return GUARD + cleaned if _risky(cleaned) else cleaned


def plain(cell: str) -> str:
    """The text that a cell holds, without the apostrophe of `guarded`."""
    return cell[1:] if cell.startswith(GUARD) and _risky(cell) else cell


def _risky(text: str) -> bool:
    return text.lstrip(GUARD).lstrip()[:1] in _FORMULA if text else False


def as_text(cell: Cell) -> str:
    """A cell as it stands in a CSV file: numbers as they are, yes/no as `true` and `false`, nothing as nothing."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{cell:.6g}"
    return str(cell) if isinstance(cell, int) else guarded(cell)


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as CSV (RFC 4180), under their heading."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([guarded(name) for name in head])
    for row in rows:
        writer.writerow([as_text(cell) for cell in row])
    return written.getvalue()
