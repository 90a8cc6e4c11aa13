"""What pictures in SVG share: numbers in few digits, text at a place, text cut where its room ends."""

from __future__ import annotations

from wargame.analysis.html import Html, clean, el


def short(value: float) -> str:
    """A number with a decimal at most, none where it is nought."""
    return f"{value:.1f}".removesuffix(".0").replace("-0", "0") if -0.05 < value < 0 else f"{value:.1f}".removesuffix(".0")


def text_at(x: float, y: float, words: str, class_: str = "") -> Html:
    """Text whose line stands at a place."""
    return el("text", words, x=short(x), y=short(y), class_=class_ or None)


def clipped(words: str, room: float, letter: float) -> str:
    """As much as there is room for, in units, where a letter is `letter` wide."""
    words, most = " ".join(clean(words).split()), max(2, int(room / letter))
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
