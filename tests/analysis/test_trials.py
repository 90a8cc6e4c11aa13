"""A test in a scenario does what it says on the engine itself, and tells exactly what is not as it should be."""

from __future__ import annotations

from textwrap import indent

import pytest

from wargame.analysis.trials import run_tests
from wargame.rules.compile import build
from wargame.scenario.load import load, load_sources
from wargame.scenario.problem import Report
from wargame.scenario.shipped import find_scenario, shipped_rulebooks, shipped_scenarios

FORD = """format: 1
id: ford
title: The ford
turns: {count: 4}
seat_kinds:
  clan: {label: Clan, resources: {coin: {label: Coin, range: [0, 9], start: 4, income: 1}}}
seats:
  north: {kind: clan, title: The north bank}
  south: {kind: clan, title: The south bank}
  queen: {title: The Queen, optional: true, resources: {favour: {label: Favour, range: [0, 9], start: 2}}}
tracks:
  tension: {label: Tension, range: [0, 10], start: 3}
flags:
  bridge: {label: The bridge is open, start: true}
clocks:
  rain: {label: Rain, max: 5, at_zero: [inject feud in 1]}
areas:
  ford: {label: The ford}
  mill: {label: The mill, at: [1, 0]}
  farm: {label: The farm, at: [2, 0]}
pieces:
  guards: {label: Guards, of: [clan], range: [0, 3]}
choices:
  aim: {seat: queen, label: Her aim, options: {peace: {label: Peace}, tribute: {label: Tribute}}}
agendas:
  clan: {rich: {label: Rich, score: me.coin}, calm: {label: Calm, score: 10 - tension}}
actions:
  raid:
    seat: clan
    label: Raid
    cost: 2
    target: {of: clan, where: target != me, otherwise: Not yourself.}
    requires: [{when: bridge, otherwise: The bridge is closed.}]
    effects:
      - roll: 40
        label: The raid
        success: [target.coin -2, me.coin +2, {news: "{target} is robbed."}]
        failure: [tension +1]
  settle:
    seat: clan
    label: Settle
    effects:
      - let: spot
        be: random(x for x in areas)
        do: [spot.me.guards +1]
      - outcomes:
          - {weight: 1, effects: [tension +1]}
          - {weight: 3, effects: [tension -1]}
          - {weight: 2, effects: [set bridge]}
injects:
  feud:
    title: The feud
    to: [north, south]
    pool: trigger
    trigger: {turns: 2-3, when: tension >= 3, chance: 30}
    choices:
      north:
        options:
          - {id: fight, stance: escalate, label: Fight, effects: [tension +3]}
          - {id: wait, stance: hold, label: Wait}
      south:
        options:
          - {id: fight, stance: escalate, label: Fight, effects: [tension +3]}
          - {id: wait, stance: hold, label: Wait, effects: [tension -1]}
agreements:
  truce:
    label: Truce
    parties: [north, south]
    cost: {north: 1}
    secret: 50
    on_sign: [tension -2]
    on_leak: [clear bridge]
    on_leave: [tension +2]
bodies:
  council:
    label: Council
    blocs: {elders: {votes: 3, seat: queen}, youth: {votes: 2}}
    lobby: {seats: [queen], per_point: 5, limit: 2}
motions:
  toll: {body: council, label: A toll, ayes: 3, leans: {youth: 50}, passes: [clear bridge], fails: [tension +1]}
phases:
  - {id: news, label: News, kind: automatic, do: [income, clocks]}
  - {id: cards, label: Cards, kind: cards}
  - {id: orders, label: Orders, kind: orders}
  - {id: floor, label: Council, kind: floor}
  - {id: close, label: Close, kind: automatic, do: [agreements, endings]}
endings:
  fight: {when: tension >= 10, title: A fight}
"""


def told(test: str, scenario: str = FORD) -> list[str]:
    """The messages of what one test finds wrong; fails when the test itself is broken."""
    loaded = load_sources({"scenario.yaml": f"{scenario}tests:\n  one:\n{indent(test, '    ')}\n"})
    assert loaded.scenario is not None, loaded.report.sorted()
    report = Report()
    build(loaded.scenario, report, tests=True)
    assert not report.failed, report.sorted()
    assert run_tests(loaded) == 1
    assert all("in the test `one`" in problem.hint for problem in loaded.report.problems)
    return [f"{problem.code}: {problem.message}" for problem in loaded.report.sorted()]


RIGHT = {
    "nothing done": "then: [tension == 3, bridge, not truce]",
    "given": "given: {tension: 5, bridge: false, truce: true, north.coin: 1, mill.south.guards: 2, rain: 4}\n"
    "then: [tension == 5, not bridge, truce, north.coin == 1, mill.south.guards == 2, rain == 4]",
    "given decisions": "given: {aim: tribute, north.agenda: calm, in_play(queen): false}\n"
    'then: [aim == "tribute", north.agenda == "calm", not in_play(queen), seats_in_play == 2]',
    "given counts": 'given: {fired(feud): 2, "given(raid, north)": 3}\nthen: [fired(feud) == 2, "given(raid, north) == 3"]',
    "given of a kind": "given: {clan.coin: 7}\nthen: [north.coin == 7, south.coin == 7]",
    "a turn": "turn: 3\nthen: [turn == 3]",
    "an order": "when: {order: raid, by: north, at: south}\ndice: [40]\n"
    "then: [north.coin == 4, south.coin == 2, {news: is robbed}]",
    "an order that fails": "when: {order: raid, by: north, at: south}\ndice: {The raid: 41}\n"
    "then: [north.coin == before(north.coin) - 2, tension == 4, {not: {news: robbed}}]",
    "two orders": "when: [{order: raid, by: north, at: south}, {order: raid, by: south, at: north}]\n"
    "dice: {The raid: [1, 99]}\nthen: [north.coin == 4, south.coin == 0, tension == 4]",
    "other rolls": "when: {order: raid, by: north, at: south}\ndice: {others: 99}\nthen: [tension == 4]",
    "a refusal": "given: {bridge: false}\nwhen: {order: raid, by: north, at: south}\n"
    "then: [{refused: bridge is closed}, tension == 3]",
    "any refusal": "when: {order: raid, by: north, at: north}\nthen: [{refused: true}]",
    "too poor": "given: {north.coin: 1}\nwhen: {order: raid, by: north, at: south}\nthen: [{refused: It costs 2 Coin}]",
    "a pick and an outcome": "when: {order: settle, by: north}\ndice: [farm, 2]\nthen: [farm.north.guards == 1, tension == 2]",
    "a pick by label": "when: {order: settle, by: north}\ndice: {Settle: [mill, 1]}\n"
    "then: [mill.north.guards == 1, tension == 4]",
    "a card": "when: {card: feud, answers: {north: fight}}\nthen: [tension == 3 + 3 - 1, {dealt: feud}, fired(feud) == 1]",
    "a card left alone": "when: {card: feud}\nthen: [tension == 2]",
    "a trigger": "turn: 2\nwhen: {trigger: feud}\ndice: {feud: 30}\nthen: [{dealt: feud}]",
    "a trigger out of luck": "turn: 2\nwhen: {trigger: feud}\ndice: {feud: 31}\nthen: [{not: {dealt: feud}}]",
    "a trigger before its time": "when: {trigger: feud}\nthen: [{not: {dealt: feud}}]",
    "a signature": "when: {sign: truce}\nthen: [truce, tension == 1, north.coin == 3]",
    "a signature refused": "given: {north.coin: 0}\nwhen: {sign: truce}\nthen: [{refused: It costs 1}, not truce]",
    "leaving": "given: {truce: true}\nwhen: {leave: truce, by: south}\nthen: [not truce, tension == 5]",
    "leaving nothing": "when: {leave: truce, by: south}\nthen: [{refused: true}]",
    "a leak": "given: {truce: true}\nwhen: {step: agreements}\ndice: {truce: 50}\nthen: [not bridge]",
    "a vote": "when: {vote: toll}\ndice: {youth: [50, 51]}\nthen: [not bridge]",
    "given votes": "when: {vote: toll, ayes: {youth: 2}, against: queen}\nthen: [bridge, tension == 4]",
    "a lobby": "when: {vote: toll, lobby: {queen: 2}, against: queen}\ndice: {youth: [60, 61]}\n"
    "then: [queen.favour == 0, bridge]",
    "too much lobby": "when: {vote: toll, lobby: {queen: 3}}\nthen: [{refused: at most 2}]",
    "a phase": "turn: 2\ngiven: {rain: 1}\nwhen: {phase: news}\n"
    "then: [north.coin == 5, rain == 0, {scheduled: feud in 1}, {scheduled: feud}, {not: {scheduled: feud in 2}}]",
    "effects": "when: {do: [me.coin +1, tension +1], by: south}\nthen: [south.coin == 5, tension == 4]",
    "one effect": "when: {do: clear bridge}\nthen: [not bridge]",
    "an end": "given: {tension: 10}\nwhen: {phase: close}\nthen: [{ends: fight}]",
    "no end": "when: {phase: close}\nthen: [{not: {ends: fight}}]",
}
WRONG = {
    "a number": ("then: [tension >= 4]", "test_fails: `tension >= 4` does not hold: `tension` is 3."),
    "a fact": ("then: [not bridge]", "test_fails: `not bridge` does not hold: `bridge` holds."),
    "not a condition": ("then: [{not: tension == 3}]", "test_fails: `tension == 3` holds: `tension` is 3."),
    "before": (
        "when: {do: tension +2}\nthen: [tension == before(tension) + 1]",
        "test_fails: `tension == before(tension) + 1` does not hold: `tension` is 5, `before(tension) + 1` is 4.",
    ),
    "a choice": ('then: [aim == "tribute"]', 'test_fails: `aim == "tribute"` does not hold: `aim` is `peace`.'),
    "parts": (
        "then: [tension > 3 and bridge or truce]",
        "test_fails: `tension > 3 and bridge or truce` does not hold: `tension` is 3, `bridge` holds, `truce` does not hold.",
    ),
    "a member": (
        "then: [highest(x.coin for x in clan) == south]",
        "test_fails: `highest(x.coin for x in clan) == south` does not hold: `highest(x.coin for x in clan)` is `north`.",
    ),
    "an unexpected refusal": (
        "given: {bridge: false}\nwhen: {order: raid, by: north, at: south}\nthen: [tension == 3]",
        "test_fails: This is refused: The bridge is closed.",
    ),
    "a refusal too early": (
        "when: [{order: raid, by: north, at: north}, {do: tension +1}]\nthen: [{refused: true}]",
        "test_fails: This is refused: Not yourself.",
    ),
    "other words": (
        "when: {order: raid, by: north, at: north}\nthen: [{refused: closed}]",
        "test_fails: It is refused in other words: Not yourself.",
    ),
    "no refusal": ("when: {do: tension +1}\nthen: [{refused: true}]", "test_fails: This should be refused, and it is not."),
    "no card": ("when: {card: feud}\nthen: [{not: {dealt: feud}}]", "test_fails: The card `feud` is dealt after all."),
    "no schedule": (
        "given: {rain: 1}\nwhen: {step: clocks}\nthen: [{scheduled: feud in 2}]",
        "test_fails: The card `feud` is not scheduled in 2; scheduled are `feud in 1`.",
    ),
    "no news": (
        "when: {order: raid, by: north, at: south}\ndice: [1]\nthen: [{news: is safe}]",
        "test_fails: `is safe` is not in the news; the news are `The south bank is robbed.`.",
    ),
    "no end": ("when: {phase: close}\nthen: [{ends: fight}]", "test_fails: The game is not ended by `fight`."),
    "after the end": (
        "given: {tension: 10}\nwhen: [{phase: close}, {do: tension -1}]\nthen: [tension == 9]",
        "test_fails: The game is over before this.",
    ),
    "an untold roll": (
        "when: {order: raid, by: north, at: south}\nthen: [tension == 3]",
        "test_dice: `The raid` is rolled here (1 to 100, at or under 40 succeeds), and `dice` does not say how it falls.",
    ),
    "an untold second roll": (
        "when: [{vote: toll}]\ndice: {youth: 1}\nthen: [tension == 3]",
        "test_dice: `youth` is rolled here again, as roll 2 (1 to 100), and `dice` does not say how it falls.",
    ),
    "a roll off the die": (
        "when: {order: raid, by: north, at: south}\ndice: [101]\nthen: [tension == 3]",
        "test_dice: `The raid` is a roll of 1 to 100, and `dice` says 101.",
    ),
    "a name for a number": (
        "when: {order: raid, by: north, at: south}\ndice: [mill]\nthen: [tension == 3]",
        "test_dice: `The raid` is a roll of 1 to 100, and `dice` says mill.",
    ),
    "a number for a name": (
        "when: {order: settle, by: north}\ndice: [3, 1]\nthen: [tension == 4]",
        "test_dice: `Settle` picks one of several seats or areas, and 3 is not among them.",
    ),
    "a roll never made": ("dice: {The raid: 3}\nthen: [bridge]", "test_dice: No roll of `The raid` was made."),
    "rolls never made": (
        "when: {order: raid, by: north, at: south}\ndice: [1, 2, 3]\nthen: [bridge]",
        "test_dice: 2 of the rolls told here were not made.",
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_so_is_not_reported(name: str) -> None:
    """Each thing that a test can do is done as in a game, and each thing it can expect is seen."""
    assert told(RIGHT[name]) == []


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_so_is_told_with_its_values(name: str) -> None:
    """One sentence says what was expected and what was there."""
    test, sentence = WRONG[name]
    assert told(test) == [sentence]


def test_every_expectation_that_fails_is_told() -> None:
    """The first does not hide the rest."""
    assert len(told("then: [tension == 1, bridge, truce, {dealt: feud}]")) == 3


def test_orders_in_turn() -> None:
    """Where seats move one after the other an order is carried out for whoever gives it, first or not."""
    scenario = FORD.replace("label: Orders, kind: orders", "label: Orders, kind: turns, orders: 2")
    for seat, other in (("north", "south"), ("south", "north")):
        done = f"when: {{order: raid, by: {seat}, at: {other}}}\ndice: [1]\n"
        assert told(f"{done}then: [{seat}.coin == 4, {other}.coin == 2, tension == 3]", scenario) == []
    assert told("when: {order: raid, by: south, at: south}\nthen: [{refused: Not yourself}]", scenario) == []


def test_a_rulebook_is_tested_with_stand_ins() -> None:
    """Roles, areas, turns and phases that a scenario would bring are there."""
    book = """format: 1
id: hunt
title: Hunt
roles: {hunter: The hunter, prey: {label: Prey, many: true}}
pieces: {lair: {label: Lair, of: [prey], range: [0, 1]}}
actions:
  look:
    seat: hunter
    label: Look
    target: {of: areas}
    effects: [{each: x in prey if target.x.lair == 1, do: [target.x.lair = 0, x.fear +1]}]
tests:
  found:
    turn: 3
    given: {area_1.prey_2.lair: 1}
    when: {order: look, by: hunter, at: area_1}
    then: [total(lair) == 0, prey_2.fear == 1]
  missed: {given: {area_1.prey_2.lair: 1}, when: {order: look, by: hunter, at: area_2}, then: [total(lair) == 0]}
"""
    loaded = load_sources({"rulebook.yaml": book}, "rulebook.yaml")
    assert run_tests(loaded) == 2
    assert [problem.message for problem in loaded.report.sorted()] == ["`total(lair) == 0` does not hold: `total(lair)` is 1."]


def test_a_rulebook_may_suppose_resources_anywhere() -> None:
    """In what an order needs as in what it does, and as they were at the start."""
    book = """format: 1
id: hunt
title: Hunt
roles: {hunter: The hunter}
tracks: {bag: {label: Bag, range: [0, 9]}}
actions:
  look: {seat: hunter, label: Look, requires: [{when: me.nerve >= start(me.nerve)}], effects: [me.nerve + start(me.nerve) + 1]}
tests:
  braver:
    given: {hunter.hope: 3}
    when: {order: look, by: hunter}
    then: [hunter.nerve == start(hunter.nerve) + 1, hunter.hope == 3]
"""
    loaded = load_sources({"rulebook.yaml": book}, "rulebook.yaml")
    assert run_tests(loaded) == 1
    assert loaded.report.problems == []


def test_what_has_errors_is_not_run() -> None:
    """Its tests would only say what follows from the errors."""
    loaded = load_sources({"scenario.yaml": FORD.replace("turns: {count: 4}\n", "") + "tests:\n  one: {then: [not bridge]}\n"})
    assert loaded.report.failed
    assert run_tests(loaded) == 0


def test_a_game_carries_no_tests() -> None:
    """Who plays has no use for them."""
    loaded = load_sources({"scenario.yaml": FORD + "tests:\n  one: {when: {do: [tension +1]}, then: [tension == 4]}\n"})
    assert loaded.scenario is not None
    plain, tested = build(loaded.scenario, Report()), build(loaded.scenario, Report(), tests=True)
    assert plain is not None
    assert tested is not None
    assert (plain.trials, len(tested.trials)) == ((), 1)


def test_the_tests_that_ship_come_out() -> None:
    """Those of every shipped scenario and rulebook; most have some."""
    ran = {}
    for name in shipped_scenarios():
        loaded = load(find_scenario(name))
        ran[name] = run_tests(loaded)
        assert [problem.message for problem in loaded.report.sorted()] == []
    for book in sorted(shipped_rulebooks()[0].iterdir()):
        loaded = load(book)
        ran[book.name] = run_tests(loaded)
        assert [problem.message for problem in loaded.report.sorted()] == []
    assert ran["five_questions"] >= 20
    assert all(ran[name] >= 5 for name in ("bridge_week", "skirmish", "war_powers", "area_control", "escalation_ladder"))
