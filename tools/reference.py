"""Writes the pages of docs that are made from the sources: `python tools/reference.py`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wargame.analysis.export import manual
from wargame.scenario import codes, guide_page

FOLDER = Path(__file__).parent.parent / "docs" / "reference"

# Each page and what makes it. A test of that module says when the page in the repository is no longer what would be made.
PAGES: tuple[tuple[str, Callable[[], str]], ...] = (
    ("keys.md", guide_page.reference),
    ("problems.md", codes.reference),
    ("../export.md", manual.page),
)

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES:
        (FOLDER / name).write_text(make(), encoding="utf-8")
