"""The minutes a class would need, worked out from the clocks of phases and from what there is to read and decide.

Two figures: by the clocks, when every phase that took place runs to its end; and by reading and talking, when every phase ends
as soon as the seat with most to do is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wargame.analysis.sweep.plan import Plan
from wargame.analysis.sweep.reading import briefing_words, menu_words
from wargame.analysis.sweep.tally import Tally

WORDS_A_MINUTE = 200
SECONDS_A_DECISION = 40  # to talk about a card or a set of orders and write down why
ASSUMED = (
    f"Reading {WORDS_A_MINUTE} words a minute and {SECONDS_A_DECISION} seconds to talk over a card or a turn's orders; the "
    "seat with most to do sets the pace. Breaks, questions and the debrief are not counted."
)


def time_needed(plan: Plan, tally: Tally) -> dict[str, Any]:
    """Minutes by turn and in all, words and decisions by seat."""
    program = plan.program
    games = tally.at("games")
    played = tally.row("turns")
    clocks = [
        (phase.id, str(phase.model.label), phase.model.seconds, tally.at("phase", phase.id) / games)
        for phase in program.phases
        if phase.model.seconds
    ]
    reading = {seat: _per_turn(tally.row("words", seat), played) for seat in plan.people}
    deciding = {seat: _per_turn(tally.row("decisions", seat), played) for seat in plan.people}
    by_turn = [
        max(reading[seat][turn] / WORDS_A_MINUTE + deciding[seat][turn] * SECONDS_A_DECISION / 60 for seat in plan.people)
        for turn in range(len(played))
    ]
    briefings = {seat: briefing_words(program, seat) for seat in plan.people}
    menus = {seat: menu_words(program, seat) for seat in plan.people}
    before = max(briefings[seat] + menus[seat] for seat in plan.people) / WORDS_A_MINUTE
    return {
        "assumed": ASSUMED,
        "before_turn_1": _minutes(before),
        "by_clocks": _minutes(sum(seconds * times for _, _, seconds, times in clocks) / 60),
        "by_reading": _minutes(sum(minutes * number / games for minutes, number in zip(by_turn, played, strict=True))),
        "phases": [
            {"id": name, "label": label, "seconds": seconds, "per_game": round(times, 2)}
            for name, label, seconds, times in clocks
        ],
        "turns": [{"turn": turn + 1, "by_reading": _minutes(minutes)} for turn, minutes in enumerate(by_turn)],
        "seats": {
            seat: {
                "briefing_words": briefings[seat],
                "menu_words": menus[seat],
                "card_words_a_turn": [round(words, 1) for words in reading[seat]],
                "decisions_a_turn": [round(number, 2) for number in deciding[seat]],
            }
            for seat in plan.people
        },
    }


def _per_turn(row: Sequence[int], played: Sequence[int]) -> list[float]:
    """Means over the games that played the turn."""
    return [(row[turn] if turn < len(row) else 0) / games if games else 0.0 for turn, games in enumerate(played)]


def _minutes(value: float) -> float:
    return round(value, 1) + 0.0
