"""Effects are told in words as far as a viewer can know: amounts, odds, known branches plainly, unknown ones as `If`."""

from __future__ import annotations

import pytest

from tests.support.rules import BASE, Table, acting, compiled
from wargame.rules.describe import describe, odds, score_bounds, words
from wargame.rules.tree import Expr

ACT = "actions: {act: {seat: cartel, label: Act}}\n"
CARDS = "injects: {storm: {title: Secret title, pool: chained}}\n"


def told(table: Table, *targets: int, me: str = "chapitos", unknown: tuple[str, ...] = ()) -> list[str]:
    """The lines, indented, of action `act`; the slots named are unknown to whoever asks."""
    program = table.program
    hidden = {program.slot_of[name] for name in unknown}

    def known(slot: int) -> tuple[int, int]:
        entry = program.slots[slot]
        return (entry.lo, entry.hi) if slot in hidden else (table.board[slot], table.board[slot])

    code = program.actions[program.action_index["act"]].code
    return ["  " * indent + text for indent, _, text in describe(program, code, known, table.seat(me), targets)]


@pytest.mark.parametrize(
    ("effect", "wanted"),
    [
        ("escalation +2", ["Escalation ladder +2"]),
        ("escalation -1", ["Escalation ladder −1"]),
        ("support -escalation", ["Support −2"]),
        ("support = 40", ["Support becomes 40"]),
        ("escalation +0", []),
        ("set tariffs", ["“Tariffs in force” from now on"]),
        ("clear ban", ["“A ban” no longer"]),
        ("start_clock powers at 60", ["War powers starts at 60 days"]),
        ("stop_clock powers", ["War powers stops"]),
        ("cartel.heat +1", ["Heat of Chapitos and Mayiza +1"]),
        ("me.cash -2", ["Cash of Chapitos −2"]),
        ("sonora.me.presence +1", ["Presence of Chapitos in Sonora +1"]),
        ("inject storm in 2", ["A card may follow."]),
        ("call_vote force", ["A vote is called: Use of force"]),
        ("open objective", ["Objective can be chosen again"]),
        ("end_game war", ["The game ends: War"]),
        ("end dialogue", []),
        ("{move: presence, of: me, from: baja, to: sonora}", ["1 Presence of Chapitos from Baja to Sonora"]),
        ("{transfer: 2, of: cash, from: me, to: mayiza}", ["2 Cash from Chapitos to Mayiza"]),
        ("{when: ban, then: [mood +1], else: [mood -1]}", ["Mood +1"]),
        ("{when: not ban, then: [mood +1], else: [mood -1]}", ["Mood −1"]),
        ("{let: o, be: highest(x.heat for x in cartel), do: [o.cash -1]}", ["Cash of Chapitos −1"]),
        ("{each: o in cartel if o.heat > 2, do: [o.cash -1]}", ["Cash of Chapitos −1"]),
        ("{when: chance(30), then: [mood +1]}", ["30%:", "  Mood +1"]),
        ("{roll: 47, label: The raid, success: [mood +1], failure: [mood -1]}",
         ["47%: The raid", "  Mood +1", "Otherwise:", "  Mood −1"]),
        ("{outcomes: [{weight: 1, label: Good, effects: [mood +1]}, {weight: 3, label: Bad, effects: [mood -1]}]}",
         ["One of these: Act", "  25%: Good", "    Mood +1", "  75%: Bad", "    Mood −1"]),
    ],
)  # fmt: skip
def test_lines(effect: str, wanted: list[str]) -> None:
    """An effect whose inputs are all known is told in plain words."""
    assert told(acting(effect, cards=CARDS)) == wanted


def test_what_is_unknown_is_a_range_or_an_if() -> None:
    """Unknown inputs make ranges; an unknown condition is said in words, both sides under it."""
    table = acting(
        "{roll: 30 + 5 * escalation, label: Try, success: [support +hidden_one]}, {when: ban, then: [mood +1], else: [mood -1]}"
    )
    assert told(table, unknown=("escalation", "ban", "hidden_one")) == [
        "30-80%: Try",
        "  Support 0 to +9",
        "If “A ban” holds:",
        "  Mood +1",
        "Otherwise:",
        "  Mood −1",
    ]
    table = acting("{let: o, be: highest(x.heat for x in cartel), do: [o.cash -1]}")
    assert told(table, unknown=("mayiza.heat",)) == ["For the cartel with the most heat (the o):", "  Cash of the o −1"]


def test_groups_and_agreements_are_told_through() -> None:
    """A group is told as its effects with its parameters; ending an agreement tells what leaving does."""
    table = acting(
        "split(target), end dialogue",
        targets="target: {of: cartel}",
        extra='effect_groups: {"split(org)": [org.strength -2]}\n',
    )
    table["dialogue"] = 1
    assert told(table, 2) == ["Strength of Mayiza −2", "Dialogue ends", "Support −3"]


def test_a_card_is_not_named() -> None:
    """What may follow keeps its title to itself."""
    assert "Secret" not in " ".join(told(acting("inject storm", cards=CARDS)))


def test_odds_are_clamped() -> None:
    """Odds are said as they will be rolled."""
    table = Table(BASE + "scoring: {seats: {chapitos: [{label: L, value: 10 * escalation}]}}\n")
    tree = table.program.scores[1][0].tree
    assert isinstance(tree, Expr)
    assert odds(table.program, tree, lambda slot: (0, 10), 1) == (2, 95)
    assert odds(table.program, tree, lambda slot: (3, 4), 1) == (30, 40)


def test_score_bounds() -> None:
    """A score is told as far as it can be known; an agenda once its seat knows which it has."""
    text = (
        BASE + "scoring: {seats: {cartel: [{label: Cash, value: 4 * me.cash, max: 60}, {label: Quiet, value: 10 - me.heat}]}}\n"
    )
    program = compiled(text)

    def known(slot: int) -> tuple[int, int]:
        entry = program.slots[slot]
        return (entry.lo, entry.hi) if entry.part in ("cash", "agenda") else (entry.start, entry.start)

    found = score_bounds(program, 1, known)
    assert [(part.label, part.lo, part.hi, part.most) for part in found] == [("Cash", 0, 60, 60), ("Quiet", 7, 7, None)]
    found = score_bounds(program, 1, lambda slot: (program.start[slot], program.start[slot]))
    assert [(part.label, part.lo, part.hi) for part in found][2] == ("Agenda: Rich", 6, 6)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("escalation >= 3", "Escalation ladder is at least 3"),
        ("not escalation >= 3", "Escalation ladder is below 3"),
        ("ban and not tariffs", "“A ban” holds and “Tariffs in force” does not hold"),
        ("not (ban or dialogue)", "“A ban” does not hold and Dialogue is not in force"),
        ("me.cash * 2 > 3", "your Cash × 2 is above 3"),
        ("any(o.heat > 3 for o in cartel)", "for some cartel, Heat of it is above 3"),
        ("adjacent(baja, sonora)", "Baja borders on Sonora"),
        ('objective == "degrade"', "Objective is “Degrade”"),
        ("auth", "“A ban” holds or “Tariffs in force” holds"),
        ("auth and escalation > 1", "(“A ban” holds or “Tariffs in force” holds) and Escalation ladder is above 1"),
        ("2 * (escalation - 1) - (1 - support) > 0", "2 × (Escalation ladder − 1) − (1 − Support) is above 0"),
        ("escalation // 3 == 1", "Escalation ladder ÷ 3, rounded down is 1"),
        ("sum(cartel.heat) > 3", "the sum of Heat of every cartel is above 3"),
        (
            "sum(o.heat for o in cartel if o.cash > 1) > 3",
            "(the sum, over every cartel where Cash of it is above 1, of Heat of it) is above 3",
        ),
        ("max(0, support - 50) > 3", "(Support − 50, at least 0) is above 3"),
        ("scale(support, 40, 60) > 0", "progress of Support from 40 to 60 is above 0"),
        ("fired(storm) >= 1", "“Secret title” has been dealt"),
        ("given(act, chapitos) == 0", "Chapitos has not ordered “Act”"),
        ("count(a for a in neighbours(baja)) > 1", "the number of areas next to Baja is above 1"),
        ("me == mayiza", "you are Mayiza"),
        ("seats_in_play >= 4", "the number of seats in play is at least 4"),
        ("in_play(hemisphere)", "Hemisphere is in play"),
    ],
)
def test_conditions_in_words(text: str, wanted: str) -> None:
    """A condition is said with labels, as a clause that can follow `if`."""
    quoted = text.replace("'", "''")
    extra = f"values: {{auth: ban or tariffs}}\nscoring: {{seats: {{cartel: [{{label: L, value: '1 if {quoted} else 0'}}]}}}}\n"
    program = compiled(BASE + extra + CARDS + ACT)
    tree = program.scores[1][0].tree
    assert isinstance(tree, Expr)
    assert words(program, tree.test) == wanted  # type: ignore[attr-defined]
