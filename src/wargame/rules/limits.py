"""How large the rules of a scenario may be, and the budget that checking them is charged to.

A few lines can ask for a great deal: values made of values, loops in loops, an effect for every seat in every area. So before
anything looks into an expression, what that will take is known and paid for.
"""

from __future__ import annotations

from attrs import define

MOST_SLOTS = 50_000  # numbers on the board
MOST_SIGHTS = 1_000_000  # numbers times those who look at them
MOST_STEPS = 200_000  # that one condition or list of effects may take
MOST_WORK = 3_000_000  # steps of everything there is, as `Budget` counts them
EFFECT = 60  # steps that checking and writing one effect is worth


class TooBig(Exception):  # noqa: N818 - caught and reported as a problem of the scenario
    """The scenario is too large. The first argument is a sentence for people, the second a hint or empty."""

    def __init__(self, sentence: str = "The rules of this scenario are too large to compile.", hint: str = "") -> None:
        super().__init__(sentence, hint)
        self.sentence = sentence
        self.hint = hint or "use fewer loops inside loops, and fewer values made from values"


@define
class Budget:
    """What is left of the work that a scenario may make."""

    left: int = MOST_WORK

    def spend(self, steps: int) -> None:
        """Pays for work. Raises `TooBig` when there is nothing left."""
        self.left -= steps
        if self.left < 0:
            raise TooBig
