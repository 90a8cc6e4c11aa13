"""docs/reference/keys.md holds every key and word of the guide, and is what would be made now."""

from __future__ import annotations

from pathlib import Path

from wargame.scenario import guide, guide_words
from wargame.scenario.guide_page import reference

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "keys.md"


def test_the_page_is_current() -> None:
    """The page in the repository is what `python tools/reference.py` writes."""
    assert PAGE.read_text(encoding="utf-8") == reference()


def test_everything_is_on_the_page() -> None:
    """Each description of the guide stands on it."""
    page = reference()
    docs = [doc for table in guide.KEYS.values() for doc in table.values()]
    docs += [*guide_words.VERBS.values(), *guide_words.DEEDS.values(), *guide_words.FUNCTIONS.values()]
    assert [doc.words for doc in docs if doc.words not in page] == []


def test_links_lead_somewhere() -> None:
    """Each link within the page has its heading."""
    page = reference()
    headings = {line.removeprefix("## ").lower().replace(" ", "-") for line in page.splitlines() if line.startswith("## ")}
    links = {part.partition(")")[0] for part in page.split("](#")[1:]}
    assert links
    assert links <= headings
