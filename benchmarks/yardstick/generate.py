"""Writes the yardstick game from one fixed seed: `scenario/` (the game), `endless/` (many turns), `hall/` (a full house).

    PYTHONPATH=benchmarks python -m yardstick.generate

The card numbers are drawn once, here; `straight.py` plays the same cards.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from attrs import frozen

SEED = 20_250_129
SEATS = 6
TRACKS = 20
AREAS = 8
CARDS = 40
OPTIONS = 3
TURNS = 10
ENDLESS_TURNS = 1000
HALL_SEATS = 200
HALL_TURNS = 50
STANCES = ("escalate", "hold", "deescalate")
HERE = Path(__file__).resolve().parent


@frozen
class Option:
    """An answer to a card: three (track, change) pairs and the track that moves by a die."""

    fixed: tuple[tuple[int, int], ...]
    diced: int


def deck() -> tuple[tuple[Option, ...], ...]:
    """The cards, each with its options; the same every time."""
    random = Random(SEED)
    cards = []
    for _ in range(CARDS):
        options = []
        for _ in range(OPTIONS):
            *three, diced = random.sample(range(TRACKS), 4)
            options.append(Option(tuple((track, random.choice((-3, -2, -1, 1, 2, 3))) for track in three), diced))
        cards.append(tuple(options))
    return tuple(cards)


def neighbours(area: int) -> tuple[int, int, int]:
    """The areas next to an area: the next, the previous and the opposite one."""
    return (area + 1) % AREAS, (area - 1) % AREAS, (area + AREAS // 2) % AREAS


def slot(track: int) -> str:
    """How the scenario names a track.

    Tracks 0-5 are the seats' own, 6-11 a second number of each seat, 12-19 those of the areas: so that orders can aim at them.
    """
    if track < SEATS:
        return f"s{track}.standing"
    if track < 2 * SEATS:
        return f"s{track - SEATS}.pull"
    return f"a{track - 2 * SEATS}.tension"


def _change(name: str, by: int) -> str:
    return f"{name} {'+' if by > 0 else '-'}{abs(by)}"


def _head(name: str, title: str, turns: int) -> list[str]:
    return [
        "# Written by benchmarks/yardstick/generate.py; change that, not this.",
        "format: 1",
        f"id: {name}",
        f"title: {title}",
        f"turns: {{count: {turns}}}",
        "",
    ]


def _board() -> list[str]:
    lines = [
        "seat_kinds:",
        "  player:",
        "    label: Player",
        "    resources:",
        "      standing: {label: Standing, range: [0, 20], start: 10}",
        "      pull: {label: Pull, range: [0, 20], start: 10}",
        "seats:",
    ]
    lines += [f"  s{seat}: {{kind: player, title: Seat {seat}}}" for seat in range(SEATS)]
    lines += [
        "area_values:",
        "  tension: {label: Tension, range: [0, 20], start: 10}",
        "pieces:",
        "  army: {label: Army, of: [player], range: [0, 9]}",
        "  home: {label: Home, of: [player], range: [0, 1]}",
        "areas:",
    ]
    for area in range(AREAS):
        if area < SEATS:
            armies, home = f"s{area}: 3", f", home: {{s{area}: 1}}"
        else:
            armies, home = ", ".join(f"s{seat}: 1" for seat in range(SEATS)), ""
        near = ", ".join(f"a{other}" for other in neighbours(area))
        at = f"[{area % 4}, {area // 4}]"
        lines.append(f"  a{area}: {{label: Area {area}, at: {at}, adjacent: [{near}], pieces: {{army: {{{armies}}}{home}}}}}")
    return [*lines, ""]


ORDERS = """\
actions:
  move:
    seat: player
    label: Move
    targets:
      place: {of: areas, where: place.me.army >= 1}
      other: {of: areas, where: "adjacent(place, other) and other.me.army < 9"}
    effects: [place.me.army -1, other.me.army +1]
  strike:
    seat: player
    label: Strike
    targets:
      place: {of: areas, where: place.me.army >= 1}
      target: {of: player, where: target != me and place.target.army >= 1}
    effects:
      - when: die(6) + place.me.army > die(6) + place.target.army
        then: [place.target.army -1, me.standing +1, place.tension -1]
        else: [place.me.army -1]
  raise_pull:
    seat: player
    label: Raise the pull of a seat
    targets: {target: {of: player}}
    effects:
      - outcomes:
          - {weight: 1, effects: [me.standing -1]}
          - {weight: 2, effects: [target.pull +1]}
          - {weight: 3, effects: [target.pull +2]}
  lower_pull:
    seat: player
    label: Lower the pull of a seat
    targets: {target: {of: player}}
    effects:
      - outcomes:
          - {weight: 1, effects: [me.standing -1]}
          - {weight: 2, effects: [target.pull -1]}
          - {weight: 3, effects: [target.pull -2]}
  raise_tension:
    seat: player
    label: Raise the tension of an area
    targets: {place: {of: areas}}
    effects:
      - outcomes:
          - {weight: 1, effects: [me.standing -1]}
          - {weight: 2, effects: [place.tension +1]}
          - {weight: 3, effects: [place.tension +2]}
  lower_tension:
    seat: player
    label: Lower the tension of an area
    targets: {place: {of: areas}}
    effects:
      - outcomes:
          - {weight: 1, effects: [me.standing -1]}
          - {weight: 2, effects: [place.tension -1]}
          - {weight: 3, effects: [place.tension -2]}
  reinforce:
    seat: player
    label: Reinforce
    cost: 2
    targets: {place: {of: areas, where: place.me.home == 1 and place.me.army < 9}}
    effects: [place.me.army +1]

effect_groups:
  upkeep:
    - each: place in areas
      do:
        - when: place.tension > 10
          then: [place.tension -1]
          else:
            - when: place.tension < 10
              then: [place.tension +1]
        - let: leader
          be: highest(place.seat.army for seat in player if place.seat.army >= 1)
          do:
            - when: count(other for other in player if place.other.army == place.leader.army) == 1
              then: [leader.standing +1]

scoring:
  mandate: 60
  seats:
    player: [{label: Standing, value: 5 * me.standing, max: 100}]
"""


def _phases(cards: str) -> str:
    return f"""\
phases:
  - {{id: cards, label: Cards, kind: cards, {cards}}}
  - {{id: orders, label: Orders, kind: turns, orders: 2}}
  - {{id: close, label: Close, kind: automatic, do: [{{effects: [upkeep]}}]}}
"""


def _injects(pool: str) -> list[str]:
    lines = ["injects:"]
    for number, options in enumerate(deck()):
        lines += [
            f"  card_{number}:",
            f"    title: Card {number}",
            f"    to: [s{number % SEATS}]",
            *pool.splitlines(),
            "    choices:",
            f"      s{number % SEATS}:",
            "        options:",
        ]
        for index, option in enumerate(options):
            effects = ", ".join(
                [*(_change(slot(track), by) for track, by in option.fixed), f"{slot(option.diced)} + die(6) - 3"]
            )
            lines.append(f"          - {{id: o{index}, stance: {STANCES[index]}, label: Option {index}, effects: [{effects}]}}")
    return lines


def game() -> str:
    """The yardstick game as a scenario."""
    lines = [*_head("yardstick", "The yardstick game", TURNS), *_board(), ORDERS, _phases("cards: 2, draw: 2")]
    return "\n".join([*lines, *_injects("    pool: deck")]) + "\n"


def endless() -> str:
    """The same with many turns and cards that come back, to watch what grows."""
    lines = [*_head("endless", "The yardstick game without end", ENDLESS_TURNS), *_board(), ORDERS, _phases("cards: 2")]
    return "\n".join([*lines, *_injects("    pool: random\n    trigger: {chance: 10, cooldown: 2}")]) + "\n"


def hall() -> str:
    """A hall full of seats that can each nod, to watch how news reaches many."""
    lines = [
        *_head("hall", "The hall", HALL_TURNS),
        "seat_kinds:",
        "  guest:",
        "    label: Guest",
        "    resources:",
        "      voice: {label: Voice, range: [0, 1000], seen_by: owner}",
        "seats:",
        *(f"  g{seat}: {{kind: guest, title: Guest {seat}}}" for seat in range(HALL_SEATS)),
        "tracks:",
        "  murmur: {label: Murmur, range: [0, 1000000]}",
        "actions:",
        "  nod:",
        "    seat: guest",
        "    label: Nod",
        "    effects: [murmur +1, me.voice +1]",
        "phases:",
        "  - {id: talk, label: Talk, kind: orders, orders: 1}",
        "scoring:",
        "  seats:",
        "    guest: [{label: Voice, value: me.voice, max: 100}]",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Writes the three."""
    for folder, content in (("scenario", game()), ("endless", endless()), ("hall", hall())):
        (HERE / folder).mkdir(exist_ok=True)
        (HERE / folder / "scenario.yaml").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
