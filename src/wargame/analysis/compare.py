"""Games side by side: forks of one game, or the tables of a class.

Every row has a label and one value for each game, as text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from attrs import define, field

from wargame.analysis.chronicle import Chronicle, Step
from wargame.analysis.story import STANCES
from wargame.engine.events import AnswerRevealed, CardDealt, OrderDone
from wargame.engine.knowledge import filled, owner_label
from wargame.rules.program import Card, Family, Program, Slot
from wargame.scenario.model import Stance

Body: TypeAlias = dict[str, Any]

NOTHING = "–"
SIGNS = {Stance(name): words.split()[0] for name, words in STANCES.items()}


@define
class _Course:
    """What a game comes to, turn by turn. `choices`: (card, how often it had come, seat) -> label and stance."""

    tracks: dict[int, dict[int, int]] = field(factory=dict)  # slot -> turn -> value as the turn ended
    choices: dict[tuple[str, int, int], tuple[int, str, str, Stance]] = field(factory=dict)  # turn, card's title, option
    ladder: dict[int, dict[int, list[Stance]]] = field(factory=dict)  # seat -> turn -> stances, in order
    _dealt: Counter[str] = field(factory=Counter)
    _numbers: dict[int, tuple[Card, int, CardDealt]] = field(factory=dict)  # card's number -> card, which time, its dealing

    def hear(self, step: Step) -> None:
        """One more event."""
        program, event, turn = step.program, step.event, step.after.turn
        match event:
            case CardDealt():
                card = program.cards[event.card]
                self._dealt[card.id] += 1
                self._numbers[event.number] = (card, self._dealt[card.id], event)
            case AnswerRevealed():
                card, which, dealt = self._numbers[event.number]
                option = card.addressees[dict(dealt.to)[event.seat]].options[event.answer.option].model
                words = [
                    filled(program, str(text), card.variables, dealt.bindings) for text in (card.model.title, option.label)
                ]
                default = " (default)" if event.defaulted else ""
                self.choices[card.id, which, event.seat] = (turn, words[0], f"{words[1]}{default}", option.stance)
                self.ladder.setdefault(event.seat, {}).setdefault(turn, []).append(option.stance)
            case OrderDone(seat=seat, order=order, status="done"):
                self.ladder.setdefault(seat, {}).setdefault(turn, []).append(program.actions[order.action].model.stance)
        for slot in _tracks(program):
            self.tracks.setdefault(slot.index, {})[turn] = step.after.board[slot.index]


def compare(*chronicles: Chronicle) -> Body:
    """The games, which are of one scenario, as plain data: `tables`, `outcome`, `tracks`, `choices` and `ladder`.

    Rows of the last four are maps with `label` and `values` (one text for each game); tracks and the ladder have `turns` too, a
    list of `{turn, values}`. Raises ValueError for games of different scenarios.
    """
    if len({each.base.digest for each in chronicles}) > 1:
        raise ValueError("These tables play different scenarios.")
    courses = []
    for chronicle in chronicles:
        course = _Course()
        for step in chronicle.walk():
            course.hear(step)
        courses.append(course)
    program = chronicles[0].base
    return {
        "tables": [_table(each) for each in chronicles],
        "outcome": list(_outcome(chronicles)),
        "tracks": [_track(slot, courses) for slot in _tracks(program)],
        "choices": [row for _, row in sorted(_choices(program, courses), key=lambda each: each[0])],
        "ladder": [_ladder(program, seat, courses) for seat in range(len(program.seats))],
    }


def _tracks(program: Program) -> list[Slot]:
    return [slot for slot in program.shown if slot.family is Family.TRACK]


def _row(label: str, values: Sequence[object], **more: Any) -> Body:
    return {"label": label, "values": [_text(value) for value in values], **more}


def _text(value: object) -> str:
    return NOTHING if value is None else str(value)


def _table(chronicle: Chronicle) -> Body:
    state = chronicle.state
    return {
        "game": chronicle.game,
        "name": chronicle.name,
        "turn": state.turn,
        "complete": chronicle.complete,
        "forked": None if chronicle.forked is None else list(chronicle.forked),
        "taken_back": sum(not entry.live for entry in chronicle.entries),
    }


def _outcome(chronicles: Sequence[Chronicle]) -> Iterator[Body]:
    if any(each.forked for each in chronicles):
        yield _row("Goes on from", [_origin(each, chronicles) for each in chronicles])
    yield _row("Turn", [each.state.turn for each in chronicles])
    yield _row("Ending", [_ending(each) for each in chronicles])
    program = chronicles[0].base
    scores = [{score.seat: score for score in each.result.scores} if each.result else {} for each in chronicles]
    for seat in range(len(program.seats)):
        if any(seat in those for those in scores):
            values = [_score(those[seat].total, met=those[seat].met) if seat in those else None for those in scores]
            yield _row(f"Score of {owner_label(program, seat)}", values)


def _origin(chronicle: Chronicle, beside: Sequence[Chronicle]) -> str | None:
    """Which game a fork goes on from, and the turn in which it began."""
    if chronicle.forked is None:
        return None
    game, _ = chronicle.forked
    name = next((each.name for each in beside if each.game == game), "another table")
    turn = next((each.turn for each in reversed(chronicle.boundaries) if each.seq <= chronicle.copied), 0)
    return f"{name}, turn {turn}"


def _ending(chronicle: Chronicle) -> str | None:
    result = chronicle.result
    if result is None:
        return None
    return str(chronicle.program.endings[result.ending].model.title) if result.ending >= 0 else "The last turn is over"


def _score(total: float, *, met: bool) -> str:
    return f"{total:.1f}".removesuffix(".0") + (" ✓" if met else "")


def _track(slot: Slot, courses: Sequence[_Course]) -> Body:
    values = [course.tracks.get(slot.index, {}) for course in courses]
    turns = sorted({turn for those in values for turn in those})
    by_turn = [{"turn": turn, "values": [_text(those.get(turn)) for those in values]} for turn in turns]
    last = [those[max(those)] if those else None for those in values]
    return _row(str(slot.label) or slot.name, last, slot=slot.name, turns=by_turn)


def _choices(program: Program, courses: Sequence[_Course]) -> Iterator[tuple[tuple[int, str, int, int], Body]]:
    keys = {key for course in courses for key in course.choices}
    for key in keys:
        card, which, seat = key
        made = [course.choices.get(key) for course in courses]
        turn, title = next((each[0], each[1]) for each in made if each is not None)
        again = f" ({which})" if which > 1 else ""
        values = [None if each is None else f"{SIGNS[each[3]]} {each[2]}" for each in made]
        label = f"{title}{again}: {owner_label(program, seat)}"
        yield (turn, card, which, seat), _row(label, values, card=card, seat=program.seats[seat], turn=turn)


def _ladder(program: Program, seat: int, courses: Sequence[_Course]) -> Body:
    strips = [course.ladder.get(seat, {}) for course in courses]
    turns = sorted({turn for strip in strips for turn in strip})
    by_turn = [
        {"turn": turn, "values": ["".join(SIGNS[stance] for stance in strip.get(turn, [])) or NOTHING for strip in strips]}
        for turn in turns
    ]
    counts = [Counter(stance for those in strip.values() for stance in those) for strip in strips]
    totals = [" ".join(f"{SIGNS[stance]}{count[stance]}" for stance in SIGNS if count[stance]) or None for count in counts]
    return _row(owner_label(program, seat), totals, seat=program.seats[seat], turns=by_turn)
