"""Sheets for tests: programs by name, and a strict look at a page."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from wargame.analysis.html import VOID
from wargame.rules.compile import build
from wargame.rules.program import Program
from wargame.scenario.load import load
from wargame.scenario.shipped import find_scenario

EVERYTHING = Path(__file__).parent / "everything.yaml"


@cache
def program(name: str) -> Program:
    """A shipped scenario, or `everything` of this folder."""
    loaded = load(EVERYTHING if name == "everything" else find_scenario(name))
    assert loaded.scenario is not None
    made = build(loaded.scenario, loaded.report)
    assert made is not None
    return made


class Page(HTMLParser):
    """A page's words, and its elements with their attributes; fails where elements are not closed as they were opened."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        """The words of the page, runs of space as one."""
        return " ".join("".join(self.words).split())
