"""Warnings say what is certain, once, at the place to mend; what may be meant so gets none."""

from __future__ import annotations

import pytest

from tests.support.rules import HEAD, tried

PHASES = """
phases:
  - {id: news, label: News, kind: automatic, do: [income, clocks, agreements, expiries, endings, {effects: [moves]}]}
  - {id: desk, label: Desk, kind: cards, draw: 1}
  - {id: rooms, label: Rooms, kind: orders, orders: 2}
  - {id: floor, label: Floor, kind: floor}
effect_groups:
  moves: [escalation +1, escalation -1, support +1, support -1, mood +1, mood -1, hidden_one +1, hidden_one -1, flags]
  flags: [{when: chance(50), then: [set tariffs, start_clock powers], else: [clear tariffs, clear ban]}]
actions:
  watch: {seat: washington, label: Watch, effects: [{when: (tariffs and ban) or powers > 3, then: [sonora.watch +1]}]}
"""


def warnings(text: str, drop: str = "\0") -> list[str]:
    """The codes of the warnings on the small scenario, in which all that is declared moves, with something added."""
    phases = "\n".join(line for line in PHASES.splitlines() if drop not in line)
    program, problems = tried(f"{HEAD}{phases}\n{text}")
    assert program is not None, problems
    return [problem.code for problem in problems]


def acting(effects: str, more: str = "") -> str:
    """An order of all cartels."""
    return f"  act: {{seat: cartel, label: Act, {more}effects: [{effects}]}}\n"


def card(options: str, more: str = "", name: str = "ask", stances: str = "hold") -> str:
    """A card of Washington's with answers."""
    listed = "".join(f"\n          - {{id: o{number}, {option}}}" for number, option in enumerate(options.split(";")))
    return (
        f"injects:\n  {name}:\n    title: Ask\n    to: [washington]\n    pool: trigger\n    debrief: Why?\n    {more}\n"
        f"    choices:\n      washington:\n        default: o0\n        options:{listed}\n"
    )


def test_the_small_scenario_has_no_warnings() -> None:
    assert warnings("") == []


# ---------------------------------------------------------------- conditions


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("escalation > 10", "never_true"),
        ("support > 40 and support < 30", "never_true"),
        ("not (mood > -5 or mood <= -5)", "never_true"),
        ("escalation == 3 and escalation != 3", "never_true"),
        ("tariffs and not tariffs", "never_true"),
        ("given(act) > 99 and tariffs", "never_true"),
        ("support >= 10 or support < 10", "always_true"),
        ("turn <= turns", "always_true"),
    ],
)
def test_a_condition_is_judged_as_a_whole(condition: str, code: str) -> None:
    """Its parts are seen together; one warning, or one for the part to blame."""
    assert code in warnings(acting(f"{{when: {condition}, then: [mood +1]}}"))


@pytest.mark.parametrize(
    "condition",
    [
        "support > 30 and support < 40",
        "support > escalation and support < escalation + 50",
        "me.heat > 3 and mayiza.heat < 3",
        "tariffs or ban",
        "turn > 5",
        "fired(later) > 2",
        "turns_since(later) > 50",
        "given(act) > 3",
        "sonora.me.presence > baja.me.presence",
        "in_play(hemisphere)",
        "any(o.heat > 4 and o.heat < 6 for o in cartel)",
        "start(escalation) == 2 and tariffs",
    ],
)
def test_a_condition_that_can_go_either_way_is_left_alone(condition: str) -> None:
    later = "injects: {later: {title: Later, to: [washington], pool: shelf}}\n"
    assert warnings(acting(f"{{when: {condition}, then: [me.heat -1, me.heat +1]}}") + later) == []


def test_a_number_that_only_rises_is_never_below_its_start() -> None:
    down = acting("{when: mayiza.strength < 7, then: [mood +1]}, cartel.strength +1")
    assert warnings(down) == ["never_true"]
    assert warnings(down + acting("mayiza.strength -1").replace("act", "other")) == []


def test_the_turn_is_known_within_the_window_of_a_card() -> None:
    always = card("stance: hold, label: A, effects: [mood +1]", "trigger: {turns: 3-4, when: turn >= 3}")
    assert warnings(always) == ["always_true"]
    never = card("stance: hold, label: A, effects: [mood +1]", "trigger: {turns: 3-4, when: turn > 4}")
    assert warnings(never) == ["never_fires"]
    late = card("stance: hold, label: A, effects: [mood +1]", "trigger: {turns: 3-9, when: turn > 4}")
    assert warnings(late) == []


# ---------------------------------------------------------------- what never happens


def test_a_cause_is_told_and_not_what_follows() -> None:
    """The order that waits for the flag of a dead card is not told of as well; the flag and the card are."""
    dead = "injects: {dead: {title: Dead, to: [washington], pool: trigger, trigger: {when: mood > 5}, on_deal: [set ready]}}\n"
    flag = HEAD.replace("flags:", "flags:\n  ready: {label: Ready}")
    waits = acting("mood +1", "requires: [{when: ready, otherwise: Not yet.}], ")
    _, problems = tried(flag + PHASES + waits + dead)
    assert sorted(problem.code for problem in problems) == ["never_fires", "unset_flag"]


def test_a_card_with_another_way_to_come_is_alive() -> None:
    """Its own condition never holds, but an order schedules it."""
    dead = "injects: {news: {title: News, to: [washington], pool: trigger, trigger: {when: mood > 5}}}\n"
    assert warnings(acting("inject news") + dead) == []


def test_a_chance_of_nothing_is_no_chance() -> None:
    cards = "injects: {news: {title: News, to: [washington], pool: random, trigger: {chance: 0.2 * (escalation // 11)}}}\n"
    assert warnings(cards) == ["never_fires"]


def test_a_cost_beyond_all_income_is_told_for_all_seats_at_once() -> None:
    assert warnings("  raid: {seat: cartel, label: Raid, cost: 7, effects: [mood +1]}\n") == ["unaffordable"]
    richer = "  raid: {seat: cartel, label: Raid, cost: 7, effects: [mood +1]}\n" + acting("me.cash +1")
    assert warnings(richer) == []


def test_votes_that_call_themselves_only_when_they_fail_come_to_an_end() -> None:
    body = "bodies: {floor: {label: Floor, blocs: {all: {votes: 3}}}}\n"
    motion = "motions: {m: {body: floor, label: M, leans: {all: 50}, fails: [call_vote m], passes: [%s]}}\n"
    assert warnings(acting("call_vote m") + body + motion % "mood +1") == []
    assert warnings(acting("call_vote m") + body + motion % "mood +1, call_vote m") == ["endless"]


@pytest.mark.parametrize(
    "effects", ["inject again in 1", "{when: tariffs, then: [inject again]}", "{roll: 50, success: [inject again]}"]
)
def test_a_card_that_comes_back_later_or_perhaps_is_no_endless_one(effects: str) -> None:
    cards = f"injects: {{again: {{title: Again, to: [washington], pool: trigger, on_deal: [{effects}]}}}}\n"
    assert warnings(cards) == []


# ---------------------------------------------------------------- cards


@pytest.mark.parametrize(
    ("stances", "codes"),
    [
        ("escalate hold deescalate", []),
        ("escalate deescalate", []),
        ("hold hold", []),
        ("hold", []),
        ("escalate", []),
        ("escalate hold", ["missing_stance"]),
        ("deescalate hold hold", ["missing_stance"]),
        ("escalate escalate", ["missing_stance"]),
    ],
)
def test_a_way_up_has_a_way_down(stances: str, codes: list[str]) -> None:
    options = ";".join(f"stance: {one}, label: A, effects: [mood +{number}]" for number, one in enumerate(stances.split(), 1))
    assert warnings(card(options)) == codes


def test_answers_differ_in_what_they_do_or_in_when_they_are_open() -> None:
    same = "stance: hold, label: A, effects: [mood +1];stance: hold, label: B, effects: ['mood +1']"
    assert warnings(card(same)) == ["same_answer"]
    needs = "stance: hold, label: A, effects: [mood +1];stance: hold, label: B, effects: [mood +1], requires: [{when: tariffs}]"
    assert warnings(card(needs)) == []


def test_some_answer_is_always_open() -> None:
    either = "stance: hold, label: A, requires: [{when: mood > 2}];stance: hold, label: B, requires: [{when: mood <= %s}]"
    assert warnings(card(either % 2)) == []
    assert warnings(card(either % 1)) == ["no_free_answer"]


def test_a_card_that_is_only_read_needs_no_objective_and_no_question() -> None:
    tree = "objectives: {q: {title: Q}}\n"
    assert warnings(tree + "injects: {read: {title: Read, to: [washington], pool: shelf}}\n") == ["unserved"]
    assert warnings(tree + "injects: {read: {title: Read, to: [washington], pool: shelf, objective: q}}\n") == []
    asked = card("stance: hold, label: A, effects: [mood +1]")
    assert warnings(asked) == []  # there are no objectives to serve
    assert warnings(tree + asked) == ["unserved", "no_objective"]
    assert warnings(asked.replace("    debrief: Why?\n", "")) == ["no_debrief"]
    assert warnings(tree) == []  # a game without cards has other ways


# ---------------------------------------------------------------- phases


def test_what_has_no_phase_is_told_once_a_section() -> None:
    cards = "injects:\n" + "".join(f"  c{n}: {{title: C, to: [washington], pool: trigger}}\n" for n in range(3))
    assert warnings(cards, drop="kind: cards") == ["no_phase"]
    assert warnings(cards.replace("trigger", "shelf"), drop="kind: cards") == []
    assert warnings(cards.replace("trigger", "deck")) == []
    assert warnings("", drop="kind: orders") == ["no_phase"]
