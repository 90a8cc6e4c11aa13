"""Dice that fall as a test says: the engine's own working copy, with every roll told beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, field

from wargame.engine.work import Work
from wargame.rules.execution import Execution, Roll
from wargame.rules.program import Program
from wargame.rules.trial import Fall, Falls


class UntoldError(Exception):
    """A roll is made that the test does not tell, or tells wrongly. The arguments are a sentence and a hint."""

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence, hint)
        self.sentence = sentence
        self.hint = hint


@define
class Cup:
    """How dice fall. `votes`: for the vote at hand, by bloc, how many of its members are for it."""

    program: Program
    falls: Falls
    votes: Mapping[str, int] = field(factory=dict)
    made: list[str] = field(factory=list)  # labels of the rolls made so far
    _listed: int = 0
    _labelled: dict[str, int] = field(factory=dict)  # how many of each label have been used

    def next(self, label: str, name: str, what: str) -> Fall | None:
        """What is told for the next roll of this label; None: it is one of the `others`. Raises `UntoldError`."""
        self.made.append(label)
        falls = self.falls
        if self._listed < len(falls.listed):
            self._listed += 1
            return falls.listed[self._listed - 1]
        for key in (label, name):
            told, used = falls.labelled.get(key, ()), self._labelled.get(key, 0)
            if used < len(told):
                self._labelled[key] = used + 1
                return told[used]
        if falls.others is not None:
            return None
        times = self.made.count(label)
        again = f" again, as roll {times}" if times > 1 else ""
        fall = f"[{', '.join(['...'] * times)}]" if times > 1 else "..."
        raise UntoldError(
            f"`{label}` is rolled here{again} ({what}), and `dice` does not say how it falls.",
            f'write `dice: {{"{label}": {fall}}}`, or `dice: {{others: 50}}` for all rolls that do not matter',
        )

    def number(self, label: str, name: str, sides: int, what: str) -> int:
        """A roll of 1 to `sides`."""
        fall = self.next(label, name, what)
        if fall is None:
            return min(self.falls.others or 1, sides)
        if isinstance(fall, str) or not 1 <= fall <= sides:
            raise UntoldError(f"`{label}` is a roll of 1 to {sides}, and `dice` says {fall}.")
        return fall

    def left(self) -> str:
        """What is told and was not rolled, in words; empty if nothing."""
        if self._listed < len(self.falls.listed):
            rest = len(self.falls.listed) - self._listed
            return f"{rest} of the rolls told here {'was' if rest == 1 else 'were'} not made"
        unused = [f"`{key}`" for key, told in self.falls.labelled.items() if self._labelled.get(key, 0) < len(told)]
        return f"no roll of {', '.join(unused)} was made" + (" as often as told" if self._labelled else "") if unused else ""


@define(eq=False)
class ToldExecution(Execution):
    """Effects run with dice from a cup."""

    cup: Cup = field(kw_only=True)

    def _label(self, site: int) -> tuple[str, str]:
        entry = self.cup.program.sites[site]
        return str(entry.label) or entry.name, entry.name

    def _draw(self, site: int, sides: int, need: int, reads: tuple[int, ...], refs: tuple[int, ...]) -> int:
        what = f"1 to {sides}" + (f", at or under {need} succeeds" if need else "")
        result = self.cup.number(*self._label(site), sides, what)
        self.rolls.append(Roll(site, sides, need, result, reads, ""))
        return result

    def pick(self, site: int, members: Sequence[int], refs: tuple[int, ...]) -> int:
        """The member that is told, where there is more than one."""
        if len(members) < 2:
            return members[0] if members else -1
        label, name = self._label(site)
        program = self.cup.program
        fall = self.cup.next(label, name, "one of several is picked")
        if fall is None:
            return members[0]
        for names in (program.owners, program.areas):
            if fall in names and names.index(str(fall)) in members:
                return names.index(str(fall))
        raise UntoldError(f"`{label}` picks one of several seats or areas, and {fall!r} is not among them.")

    def pick_by(self, site: int, members: Sequence[int], weights: Sequence[float], refs: tuple[int, ...]) -> int:
        """The same among those with some weight."""
        return self.pick(site, [member for member, weight in zip(members, weights, strict=True) if weight > 0], refs)

    def table(self, site: int, weights: Sequence[float], refs: tuple[int, ...]) -> int:
        """The outcome that is told, counted from 1."""
        if not any(weight > 0 for weight in weights):
            return -1
        return self._draw(site, len(weights), 0, (), refs) - 1

    def face(self, site: int, bounds: tuple[int, ...], refs: tuple[int, ...]) -> int:
        """The outcome that is told, counted from 1."""
        return self._draw(site, len(bounds), 0, (), refs) - 1


@define
class ToldWork(Work):
    """A working copy whose every roll is told."""

    cup: Cup = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        self._x = ToldExecution(self.state.seed, (), cup=self.cup)

    def percent(self, name: str, *purpose: object) -> int:
        """A roll of the engine's own: a vote, a leak, a card's chance."""
        votes = self.cup.votes.get(name)
        if votes is not None and purpose[0] == "motion":
            return 1 if int(str(purpose[-1])) < votes else 100
        return self.cup.number(name, name, 100, "1 to 100")
