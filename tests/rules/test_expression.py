"""Every construct of the expression language has the value that docs/language.md says, on a board."""

from __future__ import annotations

import pytest

from tests.support.rules import BASE, Table, tried, value_of

VALUES = [
    ("1 + 2 * 3", 7),
    ("(1 + 2) * 3 - -1", 10),
    ("7 / 2", 3.5),
    ("7 // 2", 3),
    ("-7 // 2", -4),
    ("7.5 // 2", 3),
    ("5 / escalation", 2.5),
    ("5 / mood", 0),
    ("5 // mood", 0),
    ("escalation", 2),
    ("1 if tariffs else 2", 2),
    ("1 if ban else 2", 1),
    ("powers", 0),
    ("1 if dialogue else 0", 0),
    ("washington.capital", 6),
    ("me.cash", 6),
    ("sum(cartel.strength)", 12),
    ("max(cartel.heat)", 3),
    ("min(cartel.heat)", 1),
    ("max(2, escalation, 1)", 2),
    ("min(2.5, 3)", 2.5),
    ("abs(-3)", 3),
    ("round(2.5)", 3),
    ("round(-2.5)", -3),
    ("floor(-2.5)", -3),
    ("ceil(2.1)", 3),
    ("clamp(12, 0, 10)", 10),
    ("scale(55, 40, 70)", 0.5),
    ("scale(55, 70, 40)", 0.5),
    ("scale(80, 40, 70)", 1),
    ("baja.plaza", 3),
    ("sonora.watch", 0),
    ("sonora.me.presence", 1),
    ("sonora.chapitos.presence", 1),
    ("sonora.others.presence", 1),
    ("sum(sonora.cartel.presence)", 2),
    ("total(chapitos.presence)", 3),
    ("total(me.presence)", 3),
    ("total(presence)", 8),
    ("total(units)", 2),
    ("total(cartel.presence)", 7),
    ("sum(areas.watch)", 0),
    ('1 if objective == "disrupt" else 0', 1),
    ('1 if objective != "degrade" else 0', 1),
    ('1 if objective in ["degrade", "disrupt"] else 0', 1),
    ('1 if me.agenda == "rich" else 0', 1),
    ('1 if washington.agenda == "glory" else 0', 0),
    ("turn", 1),
    ("turns", 6),
    ("seats_in_play", 4),
    ("1 if in_play(hemisphere) else 0", 1),
    ("count(a for a in areas)", 3),
    ("count(a for a in areas if a.me.presence >= 1)", 2),
    ("sum(a.plaza for a in areas if a.me.presence > 0)", 4),
    ("sum(1 for o in cartel)", 2),
    ("1 if any(o.heat > 2 for o in cartel) else 0", 1),
    ("1 if all(o.heat > 2 for o in cartel) else 0", 0),
    ("1 if all(o.heat > 2 for o in cartel if o == me) else 0", 1),
    ("max(o.heat + 1 for o in cartel if o != me)", 2),
    ("max(o.heat for o in cartel if o.heat > 9)", 0),
    ("highest(o.strength for o in cartel).heat", 1),
    ("lowest(o.strength for o in cartel).heat", 3),
    ("highest(o.cash for o in cartel).heat", 3),
    ("first(o for o in cartel if o.heat < 3).strength", 7),
    ("first(o for o in cartel if o.heat > 9).strength", 0),
    ("1 if exists(first(o for o in cartel if o.heat > 9)) else 0", 0),
    ("1 if adjacent(baja, sonora) else 0", 1),
    ("1 if adjacent(baja, sinaloa) else 0", 0),
    ("count(a for a in neighbours(sonora))", 2),
    ("sum(count(n for n in neighbours(a)) for a in areas)", 4),
    ("count(o for o in owners(presence))", 3),
    ("count(a for a in agreements if a)", 0),
    ("count(a for a in agreements if party(a, me))", 2),
    ("count(a for a in agreements if party(a, washington) and party(a, me))", 1),
    ("count(s for s in seats if s in cartel)", 2),
    ("1 if me in cartel else 0", 1),
    ("1 if me not in [mayiza, washington] else 0", 1),
    ("1 if 1 < escalation <= 2 else 0", 1),
    ("1 if not tariffs and (ban or dialogue) else 0", 1),
    ("start(escalation) + start(me.cash)", 8),
    ("fired(storm)", 0),
    ("turns_since(storm)", 99),
    ("given(look)", 0),
    ("given(look, me)", 0),
]
EXTRA = """
injects: {storm: {title: Storm, pool: shelf}}
actions: {look: {seat: cartel, label: Look, effects: [escalation +1]}}
"""


@pytest.mark.parametrize(("text", "wanted"), VALUES)
def test_value(text: str, wanted: float) -> None:
    """The expression has this value at the start, for Chapitos."""
    assert value_of(text, extra=EXTRA) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("text", "changes", "wanted"),
    [
        ("turns_since(storm)", {"turn": 5, "dealt_on.storm": 2}, 3),
        ("fired(storm)", {"fired.storm": 2}, 2),
        ("given(look)", {"given.look.chapitos": 1, "given.look.mayiza": 2}, 3),
        ("given(look, mayiza)", {"given.look.chapitos": 1, "given.look.mayiza": 2}, 2),
        ("1 if dialogue else 0", {"dialogue": 1}, 1),
        ("count(a for a in agreements if a)", {"dialogue": 1, "truce": 1}, 2),
        ('1 if objective == "degrade" else 0', {"objective": 1}, 1),
        ('1 if me.agenda == "loud" else 0', {"agenda.chapitos": 1}, 1),
        ("start(escalation)", {"escalation": 9}, 2),
        ("start(sum(o.strength for o in cartel))", {"chapitos.strength": 0}, 12),
        ("seats_in_play", {"played.hemisphere": 0}, 3),
        ("count(s for s in seats)", {"played.hemisphere": 0}, 3),
        ("1 if any(s == hemisphere for s in seats) else 0", {"played.hemisphere": 0}, 0),
        ("powers // 30", {"powers": 90}, 3),
    ],
)
def test_value_on_a_changed_board(text: str, changes: dict[str, int], wanted: float) -> None:
    """The expression follows the board."""
    assert value_of(text, changes=changes, extra=EXTRA) == wanted


def test_named_values() -> None:
    """Named values take seats, areas and numbers, found from their use or declared, and may speak of `me`."""
    extra = """
values:
  auth: ban or tariffs
  "holds(org)": sum(a.plaza for a in areas if a.org.presence >= 1)
  "near(place)": count(n for n in neighbours(place))
  "twice(n: number)": 2 * n
  mine: me.cash + holds(me)
  hottest: highest(o.heat for o in cartel)
"""
    assert value_of("holds(chapitos)", extra=extra) == 4
    assert value_of("holds(me) + near(sonora)", extra=extra) == 6
    assert value_of("twice(2.5) + twice(escalation)", extra=extra) == 9
    assert value_of("mine", extra=extra) == 10
    assert value_of("hottest.heat if auth else 0", extra=extra) == 3


def test_a_bound_name_may_be_a_word_of_python() -> None:
    """`from`, `class` and the like are good names."""
    assert value_of("sum(from.plaza for from in areas if from.me.presence > 0)") == 4


def test_spaces_and_line_breaks_mean_nothing() -> None:
    """An expression may be broken over lines."""
    text = BASE + "scoring:\n  seats:\n    chapitos:\n      - label: L\n        value: >\n          1 +\n          escalation\n"
    table = Table(text)
    assert table.program.scores[1][0].value(table.board, 1) == 3


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("escalaton > 1", "unknown_name", 1),
        ("1 + escalation = 2", "operator", 16),
        ("ban && tariffs", "operator", 5),
        ("ban || tariffs", "operator", 5),
        ("!ban", "operator", 1),
        ("2 ** 3", "operator", 3),
        ("escalation % 2", "operator", 12),
        ("escalation + ban", "type", 14),
        ("1 if escalation else 0", "type", 6),
        ("1 if escalation == ban else 0", "type", 6),
        ("washington.cash", "unknown_attribute", 12),
        ("me.capital", "unknown_attribute", 4),
        ("sonora.plasa", "unknown_attribute", 8),
        ("sonora.me.presense", "unknown_name", 11),
        ("sonora.washington.presence", "unknown_attribute", 19),
        ("cartel.heat", "several", 1),
        ("cartel", "several", 1),
        ("presence", "where", 1),
        ("cash", "whose", 1),
        ("watch", "where", 1),
        ("sonora.presence", "whose", 8),
        ("chapitos.presence", "where", 10),
        ("1 / 0", "divide_by_zero", 5),
        ("foo(1)", "unknown_function", 1),
        ("abs(1, 2)", "arguments", 1),
        ("clamp(1, 3, 2)", "arguments", 1),
        ("die(6)", "dice_in_condition", 1),
        ('1 if objective == "distrupt" else 0', "unknown_option", 19),
        ('1 if escalation == "two" else 0', "type", 20),
        ("fired(strom)", "unknown_name", 7),
        ("given(luck)", "unknown_name", 7),
        ("count(x for x in cartels)", "not_a_domain", 18),
        ("count(1 for x in cartel)", "arguments", 7),
        ("sum(escalation for escalation in cartel)", "name_taken", 20),
        ("lambda: 1", "syntax", 1),
        ("[1, 2]", "syntax", 1),
        ("seats[0]", "syntax", 1),
        ("escalation.__class__", "type", 1),
        ("(1 + 2", "syntax", 1),
        ("1e300", "out_of_range", 1),
        ("True", "syntax", 1),
        ("“two”", "syntax", 1),
        ("(" * 50 + "1" + ")" * 50, "too_deep", 41),
        ("-" * 60 + "1", "too_deep", 41),
        ("1" + " + 1" * 700, "too_long", 1),
    ],
)
def test_problem_and_its_column(text: str, code: str, column: int) -> None:
    """What is wrong is found where it stands, to the column within the string."""
    head = "scoring: {seats: {chapitos: [{label: L, value: '"
    program, problems = tried(BASE + EXTRA + head + text.replace("'", "''") + "'}]}}\n")
    assert program is None
    found = problems[0]
    assert (found.code, found.mark.column - len(head)) == (code, column), found.message


def test_all_problems_of_an_expression_are_told() -> None:
    """The second mistake does not hide behind the first."""
    _, problems = tried(BASE + "scoring: {seats: {chapitos: [{label: L, value: escalatio + suport}]}}\n")
    assert [problem.hint for problem in problems] == ["did you mean `escalation`?", "did you mean `support`?"]


def test_values_that_are_made_from_themselves() -> None:
    """A circle of values is an error, not an endless loop."""
    _, problems = tried(BASE + "values: {a: b + 1, b: a + 1}\n")
    assert {problem.code for problem in problems} == {"recursion"}
