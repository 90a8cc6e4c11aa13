"""Warnings about cards as something to decide and to learn from: objectives, debrief questions, stances, answers."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from wargame.rules.builder import Builder
from wargame.rules.course import Course
from wargame.rules.intervals import NO, Known, interval
from wargame.rules.lint_unused import ours
from wargame.rules.reach import reads, refs
from wargame.scenario import model
from wargame.scenario.model import Stance
from wargame.scenario.node import Map, Node, Scalar, Seq

MOST_BOARDS = 2_000  # that are tried to see whether some answer is always open
WORDS = {Stance.ESCALATE: "escalates", Stance.DEESCALATE: "de-escalates"}


def warn_of_cards(builder: Builder, course: Course) -> None:
    """Adds the warnings about cards."""
    scenario = builder.layout.scenario
    for name, card in scenario.injects.items():
        if card.choices and ours(card.mark):
            warn_of_card(builder, name, card)
            for key, choice in card.choices.items():
                _free(builder, course, name, key, choice)
    _unserved(builder)


def warn_of_card(builder: Builder, name: str, card: model.Inject) -> None:
    """Adds the warnings about a card that can be judged by itself."""
    if not card.choices:
        return
    _learning(builder, name, card)
    for key, choice in card.choices.items():
        _stances(builder, name, key, choice)
        _same(builder, choice)


def _learning(builder: Builder, name: str, card: model.Inject) -> None:
    """A card that is answered serves an objective, if the scenario has any, and is talked about afterwards."""
    if card.objective is None and builder.layout.scenario.objectives:
        hint = "`objective: ` and a leaf of the tree of `objectives`"
        builder.report.warning(card.mark, "no_objective", f"The card `{name}` serves no objective.", hint, len(name))
    if not card.debrief:
        hint = "`debrief: ` and the question to ask the class afterwards"
        builder.report.warning(card.mark, "no_debrief", f"The card `{name}` has no question for the debrief.", hint, len(name))


def _on(board: Mapping[int, int]) -> Known:
    return lambda slot: (board[slot], board[slot])


def _unserved(builder: Builder) -> None:
    """Leaves of the tree of objectives that no card serves. A scenario without cards has other ways to serve them."""
    scenario = builder.layout.scenario
    served = {card.objective.text for card in scenario.injects.values() if card.objective is not None}
    for path, leaf in model.each_objective(scenario.objectives) if scenario.injects else ():
        if not leaf.parts and path not in served and ours(leaf.mark):
            message = f"No card serves the objective `{path}`."
            width = len(path.rpartition(".")[2])
            builder.report.warning(leaf.mark, "unserved", message, f"`objective: {path}` on a card", width)


def _stances(builder: Builder, name: str, key: str, choice: model.CardChoice) -> None:
    """Where one answer goes up or down the ladder, another goes the other way. Answers that all hold are about something
    else, and one answer alone is no choice."""
    stances = {option.stance for option in choice.options}
    if len(choice.options) < 2 or stances == {Stance.HOLD}:
        return
    for stance, word in WORDS.items():
        if stance not in stances:
            message = f"No answer of `{key}` {word}."
            hint = "give each choice a way up and a way down; answers that are about neither all `hold`"
            builder.report.warning(choice.options[0].mark, "missing_stance", message, hint)


def _same(builder: Builder, choice: model.CardChoice) -> None:
    """Answers that do the same under the same conditions."""
    first: dict[object, str] = {}
    for option in choice.options:
        needs = tuple(requirement.when.text for requirement in option.requires)
        other = first.setdefault((_plain(option.effects), needs), option.id)
        if other != option.id:
            message = f"The answers `{other}` and `{option.id}` do exactly the same."
            builder.report.warning(option.mark, "same_answer", message, "let them differ in what they do, or join them")


def _plain(node: Node | None) -> object:
    """What is written, without where and how."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Seq):
        return tuple(map(_plain, node.items))
    if isinstance(node, Map):
        return tuple((key.text, _plain(value)) for key, value in node)
    return ()


def _free(builder: Builder, course: Course, name: str, key: str, choice: model.CardChoice) -> None:
    """Choices in which every answer can be closed at once."""
    if not choice.options or not all(option.requires for option in choice.options):
        return
    tests = [builder.needs.get(f"injects.{name}.choices.{key}.{option.id}", ()) for option in choice.options]
    seats = tests[0][0][1] if tests[0] else ()
    if any(refs(test) - {"me"} for needs in tests for test, _ in needs):
        return  # it depends on what a bound name stands for
    for seat in seats:
        ranges = course.ranges.bind("me", (seat,))
        slots = sorted({slot for needs in tests for test, _ in needs for slot in reads(test, {"me": (seat,)})})
        spans = [range(course.lo[slot], course.hi[slot] + 1) for slot in slots]
        boards = 1
        for span in spans:
            boards *= len(span)
        if boards > MOST_BOARDS:
            return
        for values in product(*spans):
            board = dict(zip(slots, values, strict=True))
            here = ranges.knowing(_on(board))
            if all(any(interval(test, here) == NO for test, _ in needs) for needs in tests):
                shown = ", ".join(f"{builder.layout.slots[slot].name} is {value}" for slot, value in board.items())
                message = f"`{key}` can find every answer closed{f' (where {shown})' if shown else ''}."
                builder.report.warning(choice.options[0].mark, "no_free_answer", message, "leave one without `requires`")
                return
