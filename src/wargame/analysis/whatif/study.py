"""Which choices to ask about, and what came of each answer: the replay with the same luck, and many games with other luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import fsum

from attrs import define, field, frozen

from wargame.analysis.chronicle import Chronicle
from wargame.analysis.playout import RunawayError
from wargame.analysis.sweep import figures
from wargame.analysis.sweep.figures import Estimate
from wargame.analysis.whatif.replay import Decision, Ended, decisions, other_luck, retold, same_luck
from wargame.analysis.whatif.script import Script
from wargame.rules.program import Family, Program
from wargame.scenario.problem import guess

GAMES = 16  # played on with other luck, for each answer
MOST_ASKED = 3  # choices that are asked about unless somebody names one
MOST_SCREENED = 200  # answers that are replayed to find out which choices mattered; a replay costs a tenth of a game or less
LAST_TURN = -1  # the ending of a game that was played to its last turn


class NotAskedError(ValueError):
    """A question about a choice that was not made like that. The argument is a sentence."""


@frozen
class Arm:
    """One answer and what came of it: `replay` with the same luck (None: it could not be played to its end), `games` with
    the luck of 0, 1, 2, ..."""

    option: int
    replay: Ended | None
    games: tuple[Ended, ...]

    def ended(self, ending: int) -> Estimate:
        """The share of games with this ending."""
        return figures.share(sum(game.result.ending == ending for game in self.games), len(self.games))

    def met(self, seat: int) -> Estimate:
        """The share of games in which the seat met its mandate."""
        met = sum(score.met for game in self.games for score in game.result.scores if score.seat == seat)
        return figures.share(met, len(self.games))

    def slot(self, slot: int) -> list[int]:
        """The last values of a slot, game by game."""
        return [game.board[slot] for game in self.games]


@frozen
class Question:
    """A choice, the answer that was given and another, each with what came of it."""

    decision: Decision
    made: Arm
    other: Arm

    @property
    def arms(self) -> tuple[Arm, Arm]:
        """Both answers, the one given first."""
        return self.made, self.other

    @cached_property
    def endings(self) -> list[int]:
        """Every ending that any of its games came to, in declared order, that of the last turn first."""
        return sorted({game.result.ending for arm in self.arms for game in [*arm.games, *([arm.replay] if arm.replay else [])]})

    def moved(self) -> list[tuple[int, Estimate, float, float]]:
        """The tracks that end elsewhere with the other answer: slot, mean difference (other less made, the same luck for
        both), and both means. The largest move first, measured by the range of the track."""
        program = self.decision.program
        found = []
        for slot in program.slots:
            if slot.family is not Family.TRACK or slot.hi == slot.lo:
                continue
            made, other = self.made.slot(slot.index), self.other.slot(slot.index)
            change = paired(made, other)
            if change is not None and change.value:
                found.append((slot.index, change, fsum(made) / len(made), fsum(other) / len(other)))
        return sorted(found, key=lambda each: -abs(each[1].value) / (program.slots[each[0]].hi - program.slots[each[0]].lo))


@frozen
class Study:
    """What was asked. `screened`: choices of which every other answer was replayed, `open`: all that could be asked about."""

    questions: tuple[Question, ...]
    screened: int
    open: int
    games: int


@frozen
class Retold:
    """A game told again with one answer changed: `decision` is as it was made, `option` what is answered instead."""

    chronicle: Chronicle
    decision: Decision
    option: int

    @property
    def words(self) -> str:
        """What is assumed, for people."""
        decision, program = self.decision, self.decision.program
        title = program.scenario.seats[program.seats[decision.seat]].title
        made, other = (decision.option(each).model.label for each in (decision.answer.option, self.option))
        return (
            f"In turn {decision.before.turn} {title} answers “{decision.card.model.title}” with “{other}” instead of “{made}”. "
            "The dice are the same, and everybody does what they did wherever that is still possible. Where it is not, and "
            "where the record ends before the game does, computers decide. From here on nothing of this has happened."
        )


def replay_with(chronicle: Chronicle, asked: str) -> Retold:
    """The game told again with one answer changed, `TURN.SEAT=OPTION` or `CARD:SEAT=OPTION`, and the same luck: what
    `replay --set` shows. Raises NotAskedError with a sentence, RunawayError.
    """
    decision, option = _Asker(chronicle, 0).named(asked)
    return Retold(retold(chronicle, decision, option), decision, option)


def paired(made: Sequence[float], other: Sequence[float]) -> Estimate | None:
    """The mean of differences game by game (other less made) with its 95 % interval; None without games."""
    differences = [b - a for a, b in zip(made, other, strict=True)]
    n = len(differences)
    if n == 0:
        return None
    middle = fsum(differences) / n
    spread = fsum((each - middle) ** 2 for each in differences) / (n - 1) if n > 1 else 0.0
    reach = figures.Z * (spread / n) ** 0.5
    return Estimate(middle, middle - reach, middle + reach)


def study(chronicle: Chronicle, asked: str = "auto", games: int = GAMES) -> Study:
    """Answers what is asked: `auto` (the choices that mattered most), `none`, or `CARD:SEAT=OPTION` (the last time that the
    card asked the seat; several with commas between them).

    Raises NotAskedError with a sentence for what was never asked. Deterministic: the same game gives the same study.
    """
    if asked == "none":
        return Study((), 0, 0, games)
    asker = _Asker(chronicle, games)
    named = [] if asked == "auto" else [asker.named(each.strip()) for each in asked.split(",")]
    wanted = named or asker.consequential()[:MOST_ASKED]
    questions = [question for decision, option in wanted if (question := asker.ask(decision, option)) is not None]
    return Study(tuple(questions), asker.screened, len(asker.decisions), games)


@define
class _Asker:
    chronicle: Chronicle
    games: int
    screened: int = 0
    decisions: list[Decision] = field(init=False)
    script: Script = field(init=False)
    _replays: dict[tuple[int, int, int, int], Ended | None] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self.decisions = decisions(self.chronicle)
        self.script = Script.of(self.chronicle.walk())

    def replay(self, decision: Decision, option: int) -> Ended | None:
        """The replay with the same luck, made once."""
        key = (decision.seq, decision.seat, decision.dealt.number, option)
        if key not in self._replays:
            try:
                self._replays[key] = same_luck(decision, self.script, option)
            except RunawayError:
                self._replays[key] = None
        return self._replays[key]

    def consequential(self) -> list[tuple[Decision, int]]:
        """The choices by how differently their replays ended, each with its most different answer. No choice of the same row
        twice: two answers to one card tell much the same."""
        found: list[tuple[float, int, Decision, int]] = []
        budget = MOST_SCREENED
        for place, decision in enumerate(self._spread()):
            others = [option for option in decision.options if option != decision.answer.option]
            budget -= len(others) + 1
            if budget < 0:
                break
            self.screened += 1
            base = self.replay(decision, decision.answer.option)
            weights = [(_distance(decision.program, base, self.replay(decision, option)), option) for option in others]
            weight, option = max(weights, key=lambda each: each[0])
            if weight > 0:
                found.append((weight, place, decision, option))
        found.sort(key=lambda each: (-each[0], each[1]))
        rows: set[tuple[int, int]] = set()
        kept = []
        for _, _, decision, option in found:
            key = (decision.seq, decision.dealt.number)
            if key not in rows:
                rows.add(key)
                kept.append((decision, option))
        return kept

    def _spread(self) -> list[Decision]:
        """The choices in an order that takes them from all over the game, for where there are too many to try all."""
        cost = sum(len(decision.options) for decision in self.decisions)
        step = max(1, -(-cost // MOST_SCREENED))
        return [decision for first in range(step) for decision in self.decisions[first::step]]

    def named(self, asked: str) -> tuple[Decision, int]:
        """The choice and answer of `CARD:SEAT=OPTION`, or of `TURN.SEAT=OPTION`. Raises NotAskedError."""
        name, equals, wanted = asked.partition("=")
        turn, dot, at = name.partition(".")
        if equals and dot and at and wanted and turn.isascii() and turn.isdecimal() and len(turn) < 6:
            name = self._in_turn(int(turn), at, wanted)
        card, colon, seat = name.partition(":")
        if not (equals and colon and card and seat and wanted):
            raise NotAskedError(f"`{asked}` is not TURN.SEAT=OPTION or CARD:SEAT=OPTION.")
        found = [each for each in self.decisions if each.name == name]
        if not found:
            names = sorted({each.name for each in self.decisions})
            listed = f" Asked were: {', '.join(names[:12])}{', ...' if len(names) > 12 else ''}." if names else ""
            raise NotAskedError(f"In this game `{seat}` had no choice to make on `{card}`.{guess(name, names)}{listed}")
        decision = found[-1]
        options = {decision.option(index).id: index for index in decision.options}
        if wanted not in options:
            open_were = f"{guess(wanted, list(options))} Open were: {', '.join(options)}."
            raise NotAskedError(f"`{wanted}` was not open to `{seat}` on `{card}`.{open_were}")
        if options[wanted] == decision.answer.option:
            others = [each for each in options if each != wanted]
            raise NotAskedError(f"`{wanted}` is what `{seat}` chose on `{card}`. The others were: {', '.join(others)}.")
        return decision, options[wanted]

    def _in_turn(self, turn: int, seat: str, wanted: str) -> str:
        """The `CARD:SEAT` of the choice that a seat had in a turn. Raises NotAskedError where that is not one."""
        made = [each for each in self.decisions if each.before.turn == turn and each.program.seats[each.seat] == seat]
        able = [each for each in made if wanted in {each.option(index).id for index in each.options}]
        if len(able) == 1:
            return able[0].name
        if not made:
            turns = sorted({each.before.turn for each in self.decisions if each.program.seats[each.seat] == seat})
            had = f" It had one in turn {', '.join(map(str, turns))}." if turns else ""
            raise NotAskedError(f"In turn {turn} of this game `{seat}` had no choice to make.{had}")
        listed = "; ".join(f"{each.name}={{{'|'.join(each.option(index).id for index in each.options)}}}" for each in made)
        fault = f"`{wanted}` was not open to `{seat}` in turn {turn}." if not able else f"`{seat}` had several such choices."
        raise NotAskedError(f"{fault} Name one of: {listed}.")

    def ask(self, decision: Decision, option: int) -> Question | None:
        """Both answers, each replayed and played on; None where a game could not be played to its end."""
        try:
            arms = [
                Arm(
                    each, self.replay(decision, each), tuple(other_luck(decision, each, number) for number in range(self.games))
                )
                for each in (decision.answer.option, option)
            ]
        except RunawayError:
            return None
        return Question(decision, *arms)


def _distance(program: Program, one: Ended | None, other: Ended | None) -> float:
    """How differently two games ended: the change of every score as a share of 100, and of every track as a share of its
    range; another ending weighs as much as one whole score."""
    if one is None or other is None:
        return 0.0
    scores: Mapping[int, float] = {score.seat: score.total for score in one.result.scores}
    change = fsum(abs(score.total - scores.get(score.seat, score.total)) for score in other.result.scores) / 100
    tracks = [slot for slot in program.slots if slot.family is Family.TRACK and slot.hi > slot.lo]
    moved = fsum(abs(one.board[slot.index] - other.board[slot.index]) / (slot.hi - slot.lo) for slot in tracks)
    return change + moved / max(1, len(tracks)) + (one.result.ending != other.result.ending)
