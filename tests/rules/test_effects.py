"""Every effect does on a board what docs/language.md says, logs each change once, and is refused where it is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.rules import BASE, acting, tried
from wargame.rules.dice import draw
from wargame.rules.execution import Deal, News

CARDS = """
injects:
  raid_news: {title: News of a raid, pool: chained, to: [washington], bind: {target: cartel, place: areas}}
  storm: {title: Storm, pool: chained}
"""


@pytest.mark.parametrize(
    ("effect", "name", "before", "after"),
    [
        ("escalation +2", "escalation", 2, 4),
        ("escalation +2", "escalation", 9, 10),
        ("escalation +2", "escalation", 10, 10),
        ("escalation +1", "escalation", 10, 10),
        ("escalation + 2", "escalation", 2, 4),
        ("escalation -3", "escalation", 2, 0),
        ("escalation -3", "escalation", 5, 2),
        ("escalation +30", "escalation", 0, 10),
        ("mood -4", "mood", 0, -4),
        ("mood -4", "mood", -3, -5),
        ("mood + -2", "mood", 0, -2),
        ("escalation = 7", "escalation", 2, 7),
        ("escalation=7", "escalation", 2, 7),
        ("escalation = 99", "escalation", 2, 10),
        ("escalation = escalation * 2 + 1", "escalation", 2, 5),
        ("support = support + 0.5 * (50 - support)", "support", 55, 53),  # 52.5 away from zero
        ("mood = -2.5", "mood", 0, -3),
        ("support +0.4", "support", 55, 55),
        ("support -escalation * 2", "support", 55, 51),
        ("me.cash +me.heat // 2", "chapitos.cash", 6, 7),
        ("washington.capital -1", "washington.capital", 6, 5),
        ("sonora.watch = 2", "sonora.watch", 0, 2),
        ("sonora.me.presence +1", "sonora.chapitos.presence", 1, 2),
        ("sonora.others.presence -1", "sonora.others.presence", 1, 0),
        ("set tariffs", "tariffs", 0, 1),
        ("set tariffs", "tariffs", 1, 1),
        ("clear ban", "ban", 1, 0),
        ("tariffs = escalation >= 2", "tariffs", 0, 1),
        ("start_clock powers at 60", "powers", 0, 60),
        ("start_clock powers", "powers", 0, 120),
        ("stop_clock powers", "powers", 90, 0),
        ("powers +30", "powers", 30, 60),
        ("highest(o.strength for o in cartel).heat +1", "mayiza.heat", 1, 2),
    ],
)
def test_short_effect(effect: str, name: str, before: int, after: int) -> None:
    """A short effect changes the slot it names."""
    table = acting(f'"{effect}"')
    table[name] = before
    execution = table.act("chapitos")
    assert table[name] == after
    assert len(execution.writes) == (before != after)


def test_whole_kind() -> None:
    """`cartel.heat +1` is for every seat of the kind, and `areas` for every area."""
    table = acting("cartel.heat +1, areas.watch +1, sonora.cartel.presence +1")
    table.act("chapitos")
    assert (table["chapitos.heat"], table["mayiza.heat"]) == (4, 2)
    assert [table[f"{area}.watch"] for area in ("baja", "sonora", "sinaloa")] == [1, 1, 1]
    assert (table["sonora.chapitos.presence"], table["sonora.mayiza.presence"]) == (2, 2)


def test_a_kind_means_its_seats_in_play() -> None:
    """An optional seat that is out of play is left out of `seats`."""
    table = acting(
        """
        - {each: s in seats, do: [escalation +1]}
        - seats.influence +1
        """
    )
    table["played.hemisphere"] = 0
    table.act("chapitos")
    assert (table["escalation"], table["hemisphere.influence"]) == (5, 4)
    table["played.hemisphere"] = 1
    table.act("chapitos")
    assert (table["escalation"], table["hemisphere.influence"]) == (9, 5)


def test_writes_to_nobody_are_lost() -> None:
    """`highest` over nobody is nobody: reads of it are 0 and writes to it do nothing."""
    table = acting('"first(o for o in cartel if o.heat > 9).heat +1", "support = first(o for o in cartel if o.heat > 9).heat"')
    execution = table.act("chapitos")
    assert table["support"] == 0
    assert len(execution.writes) == 1


def test_roll() -> None:
    """A roll is a d100 at or under the chance, clamped to 2-95, and tells what it was computed from."""
    table = acting(
        """
        - roll: 40 + 5 * target.heat
          label: The raid
          success: [escalation +1]
          failure: [support -1]
        """,
        targets="target: {of: cartel}",
    )
    execution = table.act("chapitos", table.seat("mayiza"))
    roll = execution.rolls[0]
    assert (roll.sides, roll.need) == (100, 45)
    assert roll.reads == (table.program.slot_of["mayiza.heat"],)
    assert roll.result == draw(bytes(32), roll.purpose, 100) + 1
    assert (table["escalation"], table["support"]) == ((3, 55) if roll.result <= 45 else (2, 54))
    site = table.program.sites[roll.site]
    assert (site.name, str(site.label)) == ("actions.act.effects.0.roll", "The raid")


@pytest.mark.parametrize(("need", "clamped"), [("500", 95), ("-3", 2), ("47.5", 48)])
def test_roll_is_clamped(need: str, clamped: int) -> None:
    """No roll is certain."""
    table = acting(f"\n    - roll: {need}\n      success: [escalation +1]")
    assert table.act("chapitos").rolls[0].need == clamped


def test_rolls_of_different_targets_are_different() -> None:
    """What is bound keys the dice, and reaching a place twice in one run gives another roll."""
    table = acting(
        """
        - each: o in cartel
          do:
            - {roll: 50, success: [escalation +1]}
        - twist
        - twist
        """,
        extra="effect_groups: {twist: [{roll: 50, success: [support +1]}]}\n",
    )
    purposes = [roll.purpose for roll in table.act("chapitos").rolls]
    assert len(purposes) == len(set(purposes)) == 4


def test_when() -> None:
    """A branch does one side."""
    table = acting(
        """
        - when: tariffs
          then: [escalation +1]
          else: [support +1]
        """
    )
    table.act("chapitos")
    assert (table["escalation"], table["support"]) == (2, 56)
    table["tariffs"] = 1
    table.act("chapitos")
    assert (table["escalation"], table["support"]) == (3, 56)


def test_outcomes() -> None:
    """A table picks by weight; a weight of 0 is never picked."""
    table = acting(
        """
        - outcomes:
            - {weight: 0, effects: [support -9]}
            - {weight: 1, effects: [escalation +1]}
            - {weight: escalation, effects: [mood +1]}
        """
    )
    for number in range(20):
        table.act("chapitos", purpose=str(number))
    assert table["support"] == 55
    assert table["escalation"] > 2
    assert table["mood"] > 0


def test_each() -> None:
    """A loop runs over its domain where its condition holds, members in declared order."""
    table = acting(
        """
        - each: a in areas if a.me.presence >= 1
          do: [a.watch +1, a.me.presence -1]
        """
    )
    table.act("chapitos")
    assert [table[f"{area}.watch"] for area in ("baja", "sonora", "sinaloa")] == [1, 1, 0]
    table = acting(
        """
        - each: n in neighbours(place)
          do: [n.watch +1]
        """,
        targets="place: {of: areas}",
    )
    table.act("chapitos", table.area("sonora"))
    assert [table[f"{area}.watch"] for area in ("baja", "sonora", "sinaloa")] == [1, 0, 1]


def test_let() -> None:
    """A name is bound; over nobody, `otherwise` happens instead."""
    table = acting(
        """
        - let: worst
          be: highest(o.heat for o in cartel if o.heat > escalation)
          do: [worst.cash -1]
          otherwise: [support -1]
        - {let: n, be: escalation * 2, do: [support +n]}
        """
    )
    table.act("mayiza")
    assert (table["chapitos.cash"], table["mayiza.cash"], table["support"]) == (5, 6, 59)
    table["escalation"] = 10
    table.act("mayiza")
    assert (table["chapitos.cash"], table["support"]) == (5, 78)


def test_random_members() -> None:
    """A member at random is one of those that fit; by weight, never one without weight."""
    table = acting(
        """
        - {let: a, be: random(a_ for a_ in areas if a_.me.presence > 0), do: [a.watch +1]}
        - {let: o, be: random_by(p.heat for p in cartel), do: [o.cash -1]}
        - {let: z, be: random(q for q in cartel if q.heat > 9), do: [support = 0], otherwise: [mood +1]}
        """
    )
    table["mayiza.heat"] = 0
    for number in range(3):
        table.act("chapitos", purpose=str(number))
    assert table["sinaloa.watch"] == 0
    assert table["baja.watch"] + table["sonora.watch"] == 3
    assert (table["chapitos.cash"], table["mayiza.cash"], table["mood"], table["support"]) == (3, 6, 3, 55)


def test_dice_in_expressions() -> None:
    """`die` and `chance` roll in effects."""
    table = acting(
        """
        - support = die(6)
        - {when: chance(100), then: [escalation +1]}
        - {when: chance(0), then: [mood +1]}
        """
    )
    execution = table.act("chapitos")
    assert table["support"] == execution.rolls[0].result <= 6
    assert (table["escalation"], table["mood"]) == (3, 0)


def test_groups() -> None:
    """Groups take parameters, speak of `me`, and call one another."""
    groups = """
effect_groups:
  harm: [support -3, me.heat +1]
  "split(org)":
    - org.strength -2
    - {each: a in areas if a.org.presence >= 3, do: [a.org.presence -1]}
    - harm
  "loot(n, from_whom: owner)": [me.cash +n, from_whom.cash -n]
"""
    table = acting("split(target), 'loot(escalation, target)'", targets="target: {of: cartel}", extra=groups)
    table.act("chapitos", table.seat("mayiza"))
    assert (table["mayiza.strength"], table["sinaloa.mayiza.presence"], table["support"], table["chapitos.heat"]) == (
        5,
        2,
        52,
        4,
    )
    assert (table["chapitos.cash"], table["mayiza.cash"]) == (8, 4)


def test_news() -> None:
    """News carries the bound names it shows and its audience."""
    table = acting(
        """
        - {news: '{target} lost {place} to {me}.', to: [washington, target]}
        - {news: Hello.}
        """,
        targets="target: {of: cartel}, place: {of: areas}",
    )
    execution = table.act("chapitos", 2, 1)
    assert execution.news == [
        News(0, (0, 2), (("target", "owner", 2), ("place", "area", 1), ("me", "owner", 1))),
        News(1, None, ()),
    ]
    assert str(table.program.news[0]) == "{target} lost {place} to {me}."


def test_inject() -> None:
    """A card is scheduled with the bindings of the same name, or those given."""
    table = acting(
        """
        - inject raid_news in 2
        - inject storm
        - {inject: raid_news, in: escalation - 5, with: {target: me}}
        """,
        targets="target: {of: cartel}",
        cards=CARDS,
    )
    execution = table.act("chapitos", 2)
    assert execution.deals == [Deal(0, 2, (2, None)), Deal(1, 0, ()), Deal(0, 0, (1, None))]


def test_agreements_motions_choices_endings() -> None:
    """Ending an agreement runs its leaving effects once; the rest is asked of the engine."""
    table = acting("end dialogue, call_vote force, open objective, end_game war")
    table["dialogue"] = 1
    execution = table.act("chapitos")
    assert (table["dialogue"], table["support"]) == (0, 52)
    assert (execution.motions, execution.opened, execution.ending) == ([0], [0], 0)
    table.act("chapitos")
    assert table["support"] == 52


def test_end_of_a_bound_agreement() -> None:
    """An agreement that is a target can be ended too."""
    table = acting("end deal", targets="deal: {of: agreements, where: deal}")
    table["truce"] = table["dialogue"] = 1
    table.act("chapitos", 0)
    assert (table["dialogue"], table["truce"], table["support"]) == (0, 1, 52)


@pytest.mark.parametrize(
    ("effect", "before", "after"),
    [
        ("{move: presence, of: me, from: baja, to: sonora, count: 2}", (2, 1), (0, 3)),
        ("{move: presence, of: me, from: baja, to: sonora, count: 2}", (1, 1), (0, 2)),
        ("{move: presence, of: me, from: baja, to: sonora, count: 2}", (2, 2), (1, 3)),
        ("{move: presence, of: me, from: baja, to: sonora}", (0, 1), (0, 1)),
        ("{move: presence, of: me, from: baja, to: baja}", (2, 1), (2, 1)),
        ("{place: presence, of: me, in: baja, count: 5}", (2, 1), (3, 1)),
        ("{remove: presence, of: me, in: baja, count: 5}", (2, 1), (0, 1)),
        ("{remove: presence, of: me, in: baja, count: -1}", (2, 1), (2, 1)),
    ],
)
def test_pieces(effect: str, before: tuple[int, int], after: tuple[int, int]) -> None:
    """Pieces move, appear and vanish as far as there are any and there is room."""
    table = acting(effect)
    table["baja.chapitos.presence"], table["sonora.chapitos.presence"] = before
    table.act("chapitos")
    assert (table["baja.chapitos.presence"], table["sonora.chapitos.presence"]) == after


@pytest.mark.parametrize(
    "effect", ["{place: units, in: baja, count: 3}", "baja.washington.units +3", "baja.washington.units = 9"]
)
def test_pools(effect: str) -> None:
    """No more pieces come onto the map than the owner's pool holds; those there stay."""
    table = acting(effect)
    table.act("chapitos")
    assert (table["baja.washington.units"], table["sinaloa.washington.units"]) == (2, 2)
    table["sinaloa.washington.units"] = 6
    table.act("chapitos")
    assert table["baja.washington.units"] == 2


@pytest.mark.parametrize(("cash", "room", "moved"), [(6, 6, 2), (1, 6, 1), (6, 14, 1), (0, 3, 0)])
def test_transfer(cash: int, room: int, moved: int) -> None:
    """A transfer moves what is there and fits."""
    table = acting("{transfer: 2, of: cash, from: me, to: mayiza}")
    table["chapitos.cash"], table["mayiza.cash"] = cash, room
    table.act("chapitos")
    assert (table["chapitos.cash"], table["mayiza.cash"]) == (cash - moved, room + moved)


@pytest.mark.parametrize(
    ("effect", "code"),
    [
        ("{rol: 40, success: [escalation +1]}", "unknown_effect"),
        ("{roll: 40, sucess: [escalation +1]}", "unknown_key"),
        ("{roll: 40, when: ban}", "two_verbs"),
        ("{roll: 40}", "missing_key"),
        ("{when: escalation, then: [support +1]}", "type"),
        ("{each: o in cartels, do: [escalation +1]}", "not_a_domain"),
        ("{each: o cartel, do: [escalation +1]}", "syntax"),
        ("{let: x, be: escalation, do: [], otherwise: [support +1]}", "never_nobody"),
        ("{let: escalation, be: me, do: []}", "name_taken"),
        ("escalaton +1", "unknown_name"),
        ("escalation += 1", "operator"),
        ("ban +1", "type"),
        ("dialogue = 1", "not_writable"),
        ("baja.plaza +1", "not_writable"),
        ("turn +1", "not_writable"),
        ("objective = 1", "not_writable"),
        ("seize it", "syntax"),
        ("tariffs", "unknown_effect"),
        ("set tarifs", "unknown_name"),
        ("inject strom", "unknown_name"),
        ("call_vote farce", "unknown_name"),
        ("open objectives", "unknown_name"),
        ("end_game peace", "unknown_name"),
        ("end escalation", "type"),
        ("start_clock power at 3", "unknown_name"),
        ("{place: presense, of: me, in: baja}", "unknown_name"),
        ("{place: presence, of: washington, in: baja}", "owner"),
        ("{move: presence, of: me, from: baja}", "missing_key"),
        ("{transfer: 2, of: capital, from: me, to: washington}", "unknown_attribute"),
        ("{news: hi, to: [somebody]}", "unknown_name"),
        ("[escalation +1]", "wrong_type"),
        ("{outcomes: []}", "wrong_type"),
    ],
)
def test_problem(effect: str, code: str) -> None:
    """A wrong effect is refused with its code."""
    program, problems = tried(BASE + f"actions: {{act: {{seat: cartel, label: Act, effects: [{effect}]}}}}\n")
    assert program is None
    assert code in {problem.code for problem in problems}, problems


def test_unknown_verb_lists_the_verbs() -> None:
    """Somebody who does not know the verbs is told them."""
    _, problems = tried(BASE + "actions: {act: {seat: cartel, label: Act, effects: [{xyzzy: 1}]}}\n")
    assert "`roll`" in problems[0].hint
    assert "`transfer`" in problems[0].hint


@pytest.mark.parametrize(
    ("groups", "code"),
    [
        ("{a: [b], b: [a]}", "recursion"),
        ("{a: [a]}", "recursion"),
        ("{g0: [g1], g1: [g2], g2: [g3], g3: [g4], g4: [g5], g5: [g6], g6: [g7], g7: [g8], g8: [ban]}", "too_deep"),
        ('{"a(x)": [x.nonsense +1]}', "unknown_attribute"),
        ('{"a(x: thing)": [x.heat +1]}', "parameter_kind"),
        ('{"a(x)": [x.heat +1], b: [a]}', "arguments"),
    ],
)
def test_problem_of_a_group(groups: str, code: str) -> None:
    """Groups that call themselves, are too deep or are called wrongly are refused."""
    program, problems = tried(BASE + f"effect_groups: {groups}\n")
    assert program is None
    assert code in {problem.code for problem in problems}, problems


def test_expansion_bombs_are_refused() -> None:
    """Loops inside loops and groups that multiply are too big, found without running them."""
    loops = "".join(f"{{each: v{level} in areas, do: [" for level in range(12)) + "escalation +1" + "]}" * 12
    names = "".join(f"  g{level}: [{', '.join([f'g{level + 1}'] * 12)}]\n" for level in range(6))
    for groups, user in ((f"  top: [{loops}]\n", "top"), (f"{names}  g6: [escalation +1]\n", "g0")):
        action = f"actions: {{act: {{seat: cartel, label: Act, effects: [{user}]}}}}\n"
        program, problems = tried(BASE + "effect_groups:\n" + groups + action)
        assert program is None
        assert "too_big" in {problem.code for problem in problems}


def test_same_seed_same_dice() -> None:
    """The same effects with the same seed do the same twice, and with another seed something else."""
    boards = []
    for seed in (bytes(32), bytes(32), b"x" * 32):
        table = acting("support = die(100), escalation = die(10), mood = die(5)")
        table.act("chapitos", seed=seed)
        boards.append(table.board)
    assert boards[0] == boards[1] != boards[2]


@settings(max_examples=40)
@given(
    terms=st.lists(st.tuples(st.sampled_from("+-"), st.integers(0, 9), st.booleans()), min_size=1, max_size=5),
    first=st.integers(0, 9),
    op=st.sampled_from("+-"),
)
def test_a_row_of_terms_is_arithmetic(terms: list[tuple[str, int, bool]], first: int, op: str) -> None:
    """`x - a - b` takes both away, as on paper; what stands in parentheses is one term."""
    right = str(first)
    for sign, number, wrapped in terms:
        right += f" {sign} ({number} - 1)" if wrapped else f" {sign} {number}"
    table = acting(f'"support {op} {right}"')
    before = table["support"]
    table.act("chapitos")
    expected = before + first if op == "+" else before - first
    for sign, number, wrapped in terms:
        expected += (1 if sign == "+" else -1) * (number - wrapped)
    assert table["support"] == min(100, max(0, expected))
