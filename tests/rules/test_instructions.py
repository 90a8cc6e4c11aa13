"""Effects are told as instructions: numbers as they are worked out, long groups by name, nothing estimated."""

from __future__ import annotations

import pytest

from tests.support.rules import BASE, acting, compiled
from wargame.rules.instructions import Glossary, group_instructions, in_words, instructions, titled

CARDS = "injects: {storm: {title: The Storm, pool: chained}}\n"


def told(effect: str, *, white_cell: bool = True, extra: str = "", in_full: bool = False) -> list[str]:
    """The lines, indented, of an action of both cartels."""
    table = acting(effect, cards=CARDS, extra=extra)
    program = table.program
    action = program.actions[program.action_index["act"]]
    lines = instructions(
        program, program.tree(action.run), Glossary(), seats=action.seats, white_cell=white_cell, in_full=in_full
    )
    return ["  " * indent + text for indent, _, text in lines]


@pytest.mark.parametrize(
    ("effect", "wanted"),
    [
        ("support +2", ["Support +2"]),
        ("support -escalation", ["Support − (Escalation ladder)"]),
        ("support = 40 + escalation", ["Support becomes 40 + Escalation ladder"]),
        ("support = 140", ["Support becomes 100"]),
        ("mood +die(3)", ["Mood + (1 to 3 at random)"]),
        ("me.cash -2", ["Your Cash −2"]),
        ("{roll: 47, label: The raid, success: [mood +1], failure: [mood -1]}",
         ["Roll at or under 47: The raid", "  Mood +1", "Otherwise:", "  Mood −1"]),
        ("{roll: 130, success: [mood +1]}", ["Roll at or under 95: Act", "  Mood +1"]),
        ("{roll: 24 + 11 * escalation, label: The raid, success: [mood +1]}",
         ["Roll at or under (24 + 11 × Escalation ladder): The raid", "  Mood +1"]),
        ("{when: chance(30), then: [mood +1]}", ["Roll at or under 30:", "  Mood +1"]),
        ("{when: tariffs, then: [mood +1]}", ["If “Tariffs in force” holds:", "  Mood +1"]),
        ("{outcomes: [{weight: 1, label: Good, effects: [mood +1]}, {weight: 3, label: Bad, effects: [mood -1]}]}",
         ["Roll on this table: Act", "  1–25: Good", "    Mood +1", "  26–100: Bad", "    Mood −1"]),
        ("{outcomes: [{weight: 1, label: Good, effects: [mood +1]}, {weight: escalation, label: Bad, effects: []}]}",
         ["Draw one, by weight: Act", "  Weight 1: Good", "    Mood +1", "  Weight (Escalation ladder): Bad"]),
        ("{each: o in cartel if o.cash > 1, do: [o.heat +1]}",
         ["For each cartel (the o) where Cash of it is above 1:", "  Heat of the o +1"]),
        ("inject storm in 2", ["Put the card “The Storm” on the time-line, in 2 turns"]),
        ("inject storm in 1", ["Put the card “The Storm” on the time-line, next turn"]),
        ("{news: A quiet night., to: [washington]}", ["Tell The White House: “A quiet night.”"]),
        ("end dialogue", ["Dialogue ends, if it is in force, with what leaving it does"]),
    ],
)  # fmt: skip
def test_lines(effect: str, wanted: list[str]) -> None:
    """One effect, as it is carried out by hand."""
    assert told(effect) == wanted


def test_players_learn_neither_cards_nor_news() -> None:
    """What follows stays with the white cell."""
    assert told("inject storm in 2", white_cell=False) == ["A card may follow."]
    assert told("{news: A quiet night., to: [washington]}", white_cell=False) == ["News for The White House"]


LONG = 'effect_groups: {"long_one(org)": [mood +1, mood -1, org.cash -1, org.heat +1], short_one: [mood +2]}\n'


def test_long_groups_are_told_by_name() -> None:
    """A short group is told in full; a long one by name, and what it does is told of the group; in full where wanted."""
    assert told("short_one, long_one(me)", extra=LONG) == ["Mood +2", "Do “Long one” for you"]
    assert told("long_one(me)", extra=LONG, in_full=True) == ["Mood +1", "Mood −1", "Your Cash −1", "Your Heat +1"]
    program = acting("long_one(me)", extra=LONG).program
    glossary = Glossary()
    instructions(program, program.tree(program.actions[0].run), glossary)
    (group,) = glossary.groups.values()
    assert titled(group.name) == "Long one"
    assert [text for _, _, text in group_instructions(program, group, glossary)][2:] == [
        "Cash of the org −1",
        "Heat of the org +1",
    ]


def test_words_leave_out_what_does_not_matter() -> None:
    """A condition that always holds is no word; a choice between seats is made for the seats that ask."""
    extra = "scoring: {seats: {cartel: [{label: L, value: 5 if me == mayiza else me.cash}]}}\n"
    program = compiled(BASE + extra)
    tree = program.tree(program.scores[1][0].value)
    assert in_words(program, tree, Glossary(), (2,)) == "5"
    assert in_words(program, tree, Glossary(), (1,)) == "your Cash"
    assert in_words(program, tree, Glossary(), (1, 2)) == "5 if you are Mayiza, else your Cash"
    assert in_words(program, None, Glossary()) == ""


def test_named_values_are_noted() -> None:
    """A long named value is said by its name and stands in the glossary, with those that it speaks of."""
    big = "sum(a.plaza * a.org.presence for a in areas if a.org.presence >= escalation + 1)"
    values = f'values: {{"big(org: owner)": "{big}"}}\n'
    program = compiled(BASE + values + "scoring: {seats: {cartel: [{label: L, value: big(me)}]}}\n")
    glossary = Glossary()
    assert in_words(program, program.tree(program.scores[1][0].value), glossary, (1,)) == "your big"
    assert [value.name for value in glossary.values.values()] == ["big"]
