"""How sheets of paper are laid out: columns, and a whole page with its styles."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from wargame.analysis.html import NOTHING, Html, Node, clean, div, el, join

MOST_BESIDE = 3000  # signs of markup, about a third of a sheet
PAPERS = ("a4", "letter")


def columns(items: Sequence[Html]) -> Html:
    """Entries in two columns that run on over the sheets; a few stand side by side in the same height. Nothing where there are
    none."""
    inner = join(items)
    if len(inner.text) >= MOST_BESIDE:
        return div("columns", inner)
    half, length = 0, 0
    while half < len(items) and length < len(inner.text) / 2:
        length += len(items[half].text)
        half += 1
    return _beside(items[:half], items[half:], "beside")


def halves(items: Sequence[Node]) -> Html:
    """Short items in two columns of the same number, kept together on a sheet; nothing where there are none."""
    lines = [el("p", item) for item in items]
    middle = (len(lines) + 1) // 2
    return _beside(lines[:middle], lines[middle:], "halves")


def _beside(left: Sequence[Html], right: Sequence[Html], class_: str) -> Html:
    # A table: columns that balance cost WeasyPrint seconds a sheet.
    return el("table", el("tbody", el("tr", el("td", left), el("td", right))), class_=class_) if left else NOTHING


def page(title: str, body: Node, *, paper: str, language: str, foot: str = "") -> str:
    """A whole page that needs nothing else: its styles are in it. `foot` stands at the bottom of every sheet."""
    assert paper in PAPERS
    styles = (files("wargame.analysis.paper") / "paper.css").read_text("utf-8")
    quoted = clean(foot).replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ").replace("\n", " ")
    size = f'@page {{ size: {"A4" if paper == "a4" else "letter"}; @bottom-left {{ content: "{quoted}" }} }}'
    return (
        "<!DOCTYPE html>\n"
        + el(
            "html",
            el(
                "head",
                el("meta", charset="utf-8"),
                el("meta", name="viewport", content="width=device-width, initial-scale=1"),
                el("title", title),
                el("style", Html(styles + size)),
            ),
            el("body", body),
            lang=language,
        ).text
    )
