"""A scenario of about 10,000 lines, drawn from one seed: written like the shipped ones, in files of a few hundred lines.

It has what large scenarios have: many cards with three answers each, menus with targets and conditions, agreements, named
values and effect groups that the rest calls, a map with pieces. It has no errors.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

SEED = 10_000
TRACKS, FLAGS, SEATS, CARTELS, AREAS = 48, 24, 4, 4, 24
VALUES, GROUPS, ACTIONS, CARDS, AGREEMENTS = 30, 30, 140, 84, 24
STANCES = ("escalate", "hold", "deescalate")
SAID = """
    the ministry says nothing and the harbour waits for orders that nobody wants to sign before the evening news while two
    ships turn slowly and a crowd gathers at the gate with candles and old flags under a cold wind from the north
"""
WORDS = SAID.split()


class Pen:
    """Draws names, numbers, sentences and effects."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def one(self, most: int) -> int:
        """A number below `most`."""
        return self.random.randrange(most)

    def track(self) -> str:
        """The name of a track."""
        return f"track_{self.one(TRACKS)}"

    def flag(self) -> str:
        """The name of a flag."""
        return f"flag_{self.one(FLAGS)}"

    def sentence(self, words: int) -> str:
        """Words of a text."""
        return " ".join(self.random.choice(WORDS) for _ in range(words)).capitalize() + "."

    def prose(self, indent: str, lines: int) -> Iterator[str]:
        """A folded text."""
        for _ in range(lines):
            yield indent + self.sentence(16)

    def condition(self) -> str:
        """A condition on the public board."""
        forms = (
            f"{self.track()} >= {20 + self.one(40)}",
            f"{self.track()} < {60 + self.one(20)} and not {self.flag()}",
            f"{self.flag()} or {self.track()} > {50 + self.one(20)}",
            f"value_{self.one(VALUES)} > {self.one(20)}",
            "count(org for org in cartel if org.heat > 4) >= 2",
        )
        return self.random.choice(forms)

    def effect(self, me: bool = True) -> str:
        """A short effect."""
        amount = f"{self.random.choice('+-')}{1 + self.one(6)}"
        forms = [
            f"{self.track()} {amount}",
            f"{self.track()} {amount}",
            f"{self.track()} {amount}",
            f"set {self.flag()}",
            f"clear {self.flag()}",
            f"group_{self.one(GROUPS)}",
            "cartel.heat +1",
            f"area_{self.one(AREAS)}.watch +1",
        ]
        if me:
            forms.append(f"me.capital {amount}")
        return self.random.choice(forms)

    def effects(self, me: bool = True) -> str:
        """Effects on one line."""
        return ", ".join(self.effect(me) for _ in range(2 + self.one(4)))


def board(pen: Pen) -> Iterator[str]:
    """Tracks, flags, seats and the map."""
    yield "tracks:"
    for number in range(TRACKS):
        yield from (
            f"  track_{number}:",
            f"    label: Track {number}",
            "    range: [0, 100]",
            f"    start: {20 + pen.one(60)}",
            f"    group: group {number % 5}",
            "    bands: {0-25: Calm, 26-50: Tense, 51-75: Strained, 76-100: Breaking}",
            f"    help: {pen.sentence(14)}",
        )
    yield "flags:"
    for number in range(FLAGS):
        yield f"  flag_{number}: {{label: Flag {number}}}"
    yield from (
        "seat_kinds:",
        "  state:",
        "    label: State",
        "    resources:",
        "      capital: {label: Capital, range: [0, 20], start: 8, income: 2 + (1 if track_0 > 50 else 0)}",
        "  cartel:",
        "    label: Cartel",
        "    resources:",
        "      capital: {label: Cash, range: [0, 20], start: 6, income: 1 + me.trade // 3}",
        "      trade: {label: Trade, range: [0, 9], start: 3}",
        "      heat: {label: Heat, range: [0, 9], start: 2}",
        "seats:",
    )
    for number in range(SEATS):
        yield f"  state_{number}: {{kind: state, title: State {number}}}"
    for number in range(CARTELS):
        yield f"  cartel_{number}: {{kind: cartel, title: Cartel {number}}}"
    yield from (
        "area_values:",
        "  watch: {label: Watch, range: [0, 5], start: 0}",
        "  worth: {label: Worth, start: 1, fixed: true}",
        "pieces:",
        "  presence: {label: Presence, of: [cartel], range: [0, 9]}",
        "areas:",
    )
    for number in range(AREAS):
        yield from (
            f"  area_{number}:",
            f"    label: Area {number}",
            f"    at: [{number % 6}, {number // 6}]",
            f"    adjacent: [area_{(number + 1) % AREAS}, area_{(number + 6) % AREAS}]",
            f"    values: {{worth: {1 + pen.one(3)}}}",
            f"    pieces: {{presence: {{cartel_{number % CARTELS}: 2}}}}",
        )


def rules(pen: Pen) -> Iterator[str]:
    """Named values, effect groups, the turn, scores and endings."""
    yield "values:"
    for number in range(VALUES):
        yield f"  value_{number}: ({pen.track()} + {pen.track()}) / 2 - 5 * (1 if {pen.flag()} else 0)"
    yield '  "plaza(org)": sum(place.worth for place in areas if place.org.presence >= 1)'
    yield "effect_groups:"
    for number in range(GROUPS):
        yield f"  group_{number}:"
        for _ in range(4):
            yield f"    - {pen.track()} +{1 + pen.one(3)}"
        yield f"    - when: {pen.track()} > {pen.one(80)}"
        yield f"      then: [{pen.track()} -2, {pen.flag()} = true]"
    yield from (
        "phases:",
        "  - {id: open, label: Open, kind: automatic, do: [income]}",
        "  - {id: cards, label: Cards, kind: cards, cards: 3}",
        "  - {id: orders, label: Orders, kind: orders, orders: 3}",
        "  - {id: close, label: Close, kind: automatic, do: [agreements, endings]}",
        "scoring:",
        "  seats:",
    )
    for kind in ("state", "cartel"):
        yield f"    {kind}:"
        for number in range(4):
            track, words = pen.track(), pen.sentence(10)
            yield f'      - {{label: Part {number}, value: "20 * scale({track}, {pen.one(40)}, 80)", max: 20, words: {words}}}'
    yield "      - {label: Plaza, value: plaza(me), max: 20, words: What it holds.}"
    yield "endings:"
    for number in range(6):
        yield f"  ending_{number}:"
        yield f"    when: track_{number} >= 100 and flag_{number}"
        yield f"    title: Ending {number}"
        yield f"    text: {pen.sentence(14)}"
    yield "locks:"
    for number in range(6):
        yield f"  lock_{number}: {{when: flag_{number}, otherwise: {pen.sentence(8)}}}"


def actions(pen: Pen, numbers: range) -> Iterator[str]:
    """The menus."""
    yield "actions:"
    for number in numbers:
        seat = "cartel" if number % 3 == 0 else f"state_{number % SEATS}"
        yield from (
            f"  action_{number}:",
            f"    seat: {seat}",
            f"    label: Order {number}",
            f"    text: {pen.sentence(12)}",
            f"    stance: {STANCES[number % 3]}",
            f"    cost: {1 + pen.one(4)}",
            f"    order: {pen.one(9)}",
            f"    locks: [lock_{number % 6}]",
        )
        if number % 2:
            yield "    targets:"
            yield "      target: {of: cartel, where: target.heat > 1, otherwise: Nobody to be found.}"
        if number % 3 == 1:
            yield "    requires:"
            yield f"      - when: {pen.condition()}"
            yield f"        otherwise: {pen.sentence(8)}"
        yield "    effects:"
        if number % 2:
            yield "      - target.heat +1"
        yield f"      - roll: 30 + {pen.track()} / 4 - 2 * me.capital"
        yield f"        label: Order {number}"
        yield f"        success: [{pen.effects()}]"
        yield "        failure:"
        yield f"          - {pen.effect()}"
        yield f"          - when: {pen.condition()}"
        yield f"            then: [{pen.effects()}]"


def cards(pen: Pen, numbers: range) -> Iterator[str]:
    """Inject cards."""
    yield "injects:"
    for number in numbers:
        pool = ("trigger", "random", "shelf")[number % 3]
        yield f"  card_{number}:"
        yield f"    title: Card {number}"
        yield f"    to: [state_{number % SEATS}, state_{(number + 1) % SEATS}, target]"
        yield f"    pool: {pool}"
        if pool != "shelf":
            yield "    trigger:"
            yield f"      turns: {1 + pen.one(3)}-{5 + pen.one(3)}"
            yield f"      when: {pen.condition()}"
            yield f"      chance: 10 + value_{number % VALUES} / 3"
            yield "      once: true"
        yield "    bind: {target: highest(org.heat for org in cartel)}"
        yield f"    debrief: {pen.sentence(9)}"
        yield "    lesson: >-"
        yield from pen.prose("      ", 1)
        yield f'    cite: "{pen.one(30)}"'
        yield f"    hint: {{state_0: {pen.one(9) - 4}, cartel: {pen.one(9) - 4}}}"
        yield "    text: >-"
        yield from pen.prose("      ", 3)
        yield "    choices:"
        for key in (f"state_{number % SEATS}", f"state_{(number + 1) % SEATS}", "target"):
            yield f"      {key}:"
            yield "        default: option_1"
            yield "        options:"
            for index, stance in enumerate(STANCES):
                yield f"          - id: option_{index}"
                yield f"            stance: {stance}"
                yield f"            label: {pen.sentence(7)}"
                if index == 0:
                    yield "            effects:"
                    for _ in range(3 + pen.one(3)):
                        yield f"              - {pen.effect()}"
                else:
                    yield f"            effects: [{pen.effects()}]"


def agreements(pen: Pen) -> Iterator[str]:
    """What seats can sign."""
    yield "agreements:"
    for number in range(AGREEMENTS):
        one, other = pen.random.sample(range(SEATS), 2)
        yield from (
            f"  agreement_{number}:",
            f"    label: Agreement {number}",
            f"    parties: [state_{one}, state_{other}]",
            f"    cost: {{state_{one}: 1}}",
            "    requires:",
            f"      - when: {pen.condition()}",
            f"        otherwise: {pen.sentence(9)}",
            f"    terms: {pen.sentence(15)}",
            f"    on_sign: [{pen.effects(False)}]",
            "    each_turn:",
            f"      - when: {pen.condition()}",
            f"        then: [{pen.effects(False)}]",
            f"    on_leave: [{pen.effects(False)}]",
        )


def files(scale: float = 1) -> dict[str, str]:
    """The scenario's files by name. `scale`: how many of its cards and orders, 1 for about 10,000 lines."""
    pen = Pen(SEED)
    parts = {"board.yaml": list(board(pen)), "rules.yaml": list(rules(pen)), "agreements.yaml": list(agreements(pen))}
    orders, deck = int(ACTIONS * scale), int(CARDS * scale)
    for start in range(0, orders, 40):
        parts[f"actions_{start}.yaml"] = list(actions(pen, range(start, min(orders, start + 40))))
    for start in range(0, deck, 30):
        parts[f"cards_{start}.yaml"] = list(cards(pen, range(start, min(deck, start + 30))))
    head = ["format: 1", "id: large", "title: A large scenario", "turns: {count: 8}", "include:"]
    parts = {"scenario.yaml": [*head, *(f"  - {name}" for name in parts)], **parts}
    return {name: "\n".join(lines) + "\n" for name, lines in parts.items()}


def write(folder: Path, scale: float = 1) -> int:
    """Writes the scenario into a folder; returns how many lines it has."""
    made = files(scale)
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sum(text.count("\n") for text in made.values())
