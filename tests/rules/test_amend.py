"""A card written while a game runs is checked like the scenario's own, and nothing of the old program is numbered anew."""

from __future__ import annotations

import pytest

from tests.support.play import program_of
from tests.support.rules import BASE, SEED, compiled
from wargame.rules.amend import MOST_WRITTEN, amend, with_effects
from wargame.rules.aside import Aside
from wargame.rules.execution import Execution
from wargame.rules.program import NOBODY, Family, Program, Sight

CARD = """
injects:
  leak:
    title: A leak
    to: [washington]
    bind: {who: highest(o.heat for o in cartel)}
    on_deal: [mood -1, {news: It is out.}, {roll: 50, label: Out, success: [support +1]}]
    text: Somebody talked.
    choices:
      washington:
        options:
          - {id: deny, stance: hold, label: Deny it, effects: [support -1, inject leak in 2]}
          - {id: hit, stance: escalate, label: Hit back, effects: [escalation +1]}
"""
GROUPS = """
effect_groups:
  unrest: [{roll: 100, label: Unrest, success: [mood -1, {news: It stirs.}]}]
actions:
  act: {seat: washington, label: Act, effects: [unrest, {roll: 50, success: [mood +1]}]}
"""


@pytest.fixture(scope="module")
def program() -> Program:
    return compiled(BASE + GROUPS)


def again(name: str) -> str:
    return CARD.replace("leak", name)


def written(program: Program, *names: str) -> Program:
    for name in names:
        made = amend(program, again(name))
        assert made.card == name, made.report.sorted()
        program = made.program
    return program


def test_what_was_there_keeps_its_number(program: Program) -> None:
    """Slots, cards, sites, news, sight: the old are the beginning of the new."""
    new = written(program, "leak", "flood")
    for part in ("slots", "start", "cards", "sites", "news"):
        old, now = getattr(program, part), getattr(new, part)
        assert now[: len(old)] == old
    for old, now in zip(program.sight, new.sight, strict=True):
        assert now[: len(old)] == old
    assert {name: new.slot_of[name] for name in program.slot_of} == program.slot_of
    assert {name: new.card_index[name] for name in program.card_index} == program.card_index
    assert new.written == ("leak", "flood")
    assert new.actions is program.actions


def test_what_is_new_comes_last_and_is_whole(program: Program) -> None:
    """Its counters are hidden from all but the white cell, its effects run, its rules can be told in words."""
    new = written(program, "leak")
    added = new.slots[len(program.slots) :]
    assert [(slot.index, slot.family) for slot in added] == [
        (len(program.slots), Family.FIRED),
        (len(program.slots) + 1, Family.DEALT_ON),
    ]
    for viewer, row in enumerate(new.sight):
        levels = set(row[len(program.slots) :])
        assert levels == {Sight.EXACT if viewer == new.white_cell else Sight.HIDDEN}
    card = new.cards[new.card_index["leak"]]
    board, x = list(new.start), Execution(SEED, ("card",))
    mood = board[new.slot_of["mood"]]
    assert card.on_deal is not None
    card.on_deal(board, x, NOBODY, 0)
    assert board[new.slot_of["mood"]] == mood - 1
    assert [str(new.sites[roll.site].label) for roll in x.rolls] == ["Out"]
    assert [str(new.news[item.text]) for item in x.news] == ["It is out."]
    deny = card.addressees[0].options[0]
    deny.run(board, x, new.seats.index("washington"), 0)
    assert [new.cards[deal.card].id for deal in x.deals] == ["leak"]
    assert new.tree(deny.run) is not None
    assert new.tree(program.actions[0].run) == program.tree(program.actions[0].run)


def test_the_same_text_gives_the_same_program_anywhere(program: Program) -> None:
    """Two programs compiled from the same sources, amended by the same texts, number and roll alike."""
    one, other = written(program, "leak", "flood"), written(compiled(BASE + GROUPS), "leak", "flood")
    assert one is not other
    assert one.slots == other.slots
    assert one.generated == other.generated
    assert [site.name for site in one.sites] == [site.name for site in other.sites]


def test_rules_can_be_added_beside_a_program_with_more_cards(program: Program) -> None:
    """What is typed may name a card that was written, and its dice are told apart from those there are."""
    new = written(program, "leak", "flood")
    made = with_effects(new, "inject leak; {roll: 50, success: [mood +1]}")
    assert not made.report.failed, made.report.sorted()
    assert [site.name for site in made.program.sites[len(new.sites) :]] == ["aside.1.roll"]
    assert Aside.of(new).bound.keys() == set(new.card_index)


def test_effects_without_dice_or_news_leave_the_program_alone(program: Program) -> None:
    assert with_effects(program, "mood +1").program is program


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        (CARD.replace("support -1", "suport -1"), "unknown_name", 12),
        (CARD.replace("stance: hold", "stance: holding"), "bad_value", 12),
        (CARD.replace("to: [washington]", "to: [washngton]"), "addressee", 10),
        (CARD.replace("bind: {who", "bid: {who"), "unknown_key", 6),
        (CARD.replace("  leak:", "  act card:"), "bad_name", 3),
        (CARD + "tracks: {more: {range: [0, 1]}}\n", "unknown_key", 14),
        (CARD + "  second: {title: Another}\n", "wrong_type", 3),
        ("injects: {}", "wrong_type", 1),
        ("injects:", "wrong_type", 1),
        ("- injects", "wrong_type", 1),
        ("actions: {}", "missing_key", 1),
        ("", "empty_file", 1),
        ("injects: {a: {title: [}", "syntax", 1),
        ("[" * 500, "too_deep", 1),
        ("\x1b[31m", "control", 1),
    ],
)
def test_what_is_wrong_is_told_where_it_is(source: str, code: str, line: int, program: Program) -> None:
    made = amend(program, source)
    assert (made.card, made.program) == (None, program)
    assert (code, line) in [(problem.code, problem.mark.line) for problem in made.report.sorted()]


def test_everything_wrong_is_told_at_once(program: Program) -> None:
    made = amend(program, CARD.replace("support -1", "suport -1").replace("escalation +1", "escalaton +1"))
    assert [problem.hint for problem in made.report.sorted() if problem.code == "unknown_name"] == [
        "did you mean `support`?",
        "did you mean `escalation`?",
    ]


def test_what_a_seat_may_not_know_is_no_condition(program: Program) -> None:
    """The rule against peeking holds for a written card: being refused would tell."""
    made = amend(program, CARD.replace("label: Deny it,", "label: Deny it, requires: [{when: hidden_one > 0}],"))
    assert "peeks" in [problem.code for problem in made.report.problems]


def test_an_id_is_taken_once(program: Program) -> None:
    new = written(program, "leak")
    assert [problem.code for problem in amend(new, CARD).report.problems if problem.code == "name_taken"]


def test_there_is_an_end_to_writing() -> None:
    program = program_of("odd")
    source = "injects: {{card_{}: {{title: Once more, text: Again.}}}}"
    for number in range(MOST_WRITTEN):
        program = amend(program, source.format(number)).program
    assert len(program.written) == MOST_WRITTEN
    assert [problem.code for problem in amend(program, source.format("last")).report.problems] == ["too_big"]
