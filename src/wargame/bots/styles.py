"""How a bot that looks ahead likes to play: what escalating is worth to it for its own sake, and how it fears the end."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from attrs import frozen

SPREAD = 1.5  # standard deviation of the taste of seats without a style of their own, in points
CAUTIONS = (1.0, 0.6, 0.2)


@frozen
class Style:
    """A way to play. None: each seat draws its own in each game."""

    words: str  # what it is, for people
    taste: float | None = None  # points of score that escalating is worth by itself; as many are lost by de-escalating
    caution: float | None = None  # share of the fear of endings that spare nobody (0 to 1)

    def drawn(self, luck: Random) -> tuple[float, float]:
        """Taste and caution for one seat in one game."""
        taste, caution = round(luck.gauss(0.0, SPREAD), 3), luck.choice(CAUTIONS)
        return (
            taste if self.taste is None else self.taste,
            caution if self.caution is None else self.caution,
        )


MIXED = Style("one that thinks a step ahead")

# By the name of the level. Each looks one step ahead with its own score in mind; they differ in nothing but this.
STYLES: Mapping[str, Style] = {
    "one-ply": MIXED,
    "hawk": Style("one that thinks a step ahead and likes to escalate", 2.5, 0.2),
    "dove": Style("one that thinks a step ahead and likes to calm things down", -2.5, 1.0),
}
