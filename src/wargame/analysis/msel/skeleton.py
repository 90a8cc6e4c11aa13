"""A scenario to begin with from an events list: its cards, seats and objectives, and just enough rules to play it at once.

What a list does not say is filled in the same way everywhere: each card has three answers that move the ladder of escalation,
each seat two orders. Designers replace them; comments say where.
"""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping

from wargame.analysis.msel.reading import Event, EventsList, Expected
from wargame.scenario.model import InjectKind, Pool

WIDTH = 118
MOST_LABEL = 120
MOST_TEXT = 4_000
MOST_CARDS_A_TURN = 10  # what the rulebook of turns allows

ANSWERS = (
    ("push_back", "escalate", "Push back", "[escalation +1]"),
    ("wait_and_see", "hold", "Wait and see", "[]"),
    ("reach_out", "deescalate", "Reach out", "[escalation -1]"),
)
QUESTION = "What did this ask of you, and what would you do otherwise?"
HEAD = "# yaml-language-server: $schema=schema.json\n\n"


def skeleton(name: str, title: str, listed: EventsList) -> dict[str, str]:
    """The files of the scenario by path: `scenario.yaml`, `injects.yaml`, a briefing for every seat."""
    seats = dict(listed.seats) or {"players": "The players"}
    files = {
        "scenario.yaml": _main(name, title, listed, seats),
        "injects.yaml": HEAD
        + "# The events of the list, one card each. Answers that the list does not expect are stand-ins, as are the questions\n"
        + "# for the debrief: write your own.\n"
        + "\n".join(["injects:", *(line for event in listed.events for line in _card(event))])
        + "\n",
    }
    for seat, words in seats.items():
        files[f"briefings/{seat}.md"] = _briefing(words, [event for event in listed.events if seat in event.to])
    return files


def quoted(text: str) -> str:
    """A text as a YAML scalar on one line. In JSON quotes a text is the same text in YAML."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _block(key: str, text: str, indent: int, most: int = MOST_TEXT) -> Iterator[str]:
    """A key with a text of one or more paragraphs; nothing where it is empty."""
    paragraphs = [" ".join(line.split()) for line in text.strip()[:most].splitlines()]
    if not any(paragraphs):
        return
    pad = " " * indent
    if len(paragraphs) == 1 and len(paragraphs[0]) < WIDTH - indent - len(key):
        yield f"{pad}{key}: {quoted(paragraphs[0])}"
        return
    yield f"{pad}{key}: >-"
    for place, paragraph in enumerate(paragraphs):
        if place:
            yield ""
        yield from (f"{pad}  {line}" for line in textwrap.wrap(paragraph, WIDTH - indent - 2, break_on_hyphens=False))


# The board


def _main(name: str, title: str, listed: EventsList, seats: Mapping[str, str]) -> str:
    crowded = Counter(turn for event in listed.events if event.pool.waits for turn in range(*_span(event, listed.turns)))
    cards = min(MOST_CARDS_A_TURN, max(3, *crowded.values(), 0))
    lines = [
        HEAD + "# Made from an events list by `wargame import-msel`. It plays as it is; the cards stand in injects.yaml.",
        "format: 1",
        f"id: {name}",
        f"title: {quoted(title)}",
        'version: "0.1"',
        f"summary: {quoted(f'{title}, made from an events list with {len(listed.events)} events.')}",
        "",
        "# The phases of a turn and the ladder come from rulebooks; three hooks of the first are replaced below.",
        "rulebooks:",
        f"  - {{name: crisis_turns, with: {{cards_a_turn: {cards}, cards_with_chained: {min(12, cards + 2)}}}}}",
        "  - escalation_ladder",
        "overrides: [effect_groups.turn_opens, effect_groups.desk_closes, effect_groups.turn_closes]",
        f"turns: {{count: {listed.turns}}}",
        "",
        "seats:",
    ]
    for seat, words in seats.items():
        lines += [
            f"  {seat}:",
            f"    title: {quoted(words[:MOST_LABEL])}",
            f"    briefing: briefings/{seat}.md",
            "    resources: {credit: {label: Credit, range: [0, 8], start: 4, income: 1}}",
        ]
    lines += [
        "",
        "effect_groups:",
        "  turn_opens: [ladder_opens]",
        "  desk_closes: [ladder_marks]",
        "  turn_closes: [ladder_closes]",
        "",
        "# Stand-ins: an order to press and one to calm for everybody, and the orders that the list expects.",
        "actions:",
    ]
    everybody = f"[{', '.join(seats)}]"
    lines += [
        f"  press: {{seat: {everybody}, label: Press, stance: escalate, cost: 2, effects: [escalation +1]}}",
        f"  calm: {{seat: {everybody}, label: Calm, stance: deescalate, cost: 2, effects: [escalation -1]}}",
        *_orders(listed),
        *_agreements(listed, list(seats)),
        *_objectives(listed),
        "",
        "# Stand-in: everybody wants the ladder low. Give each seat something of its own to win.",
        "scoring:",
        "  mandate: 50",
        "  ending_cap: 30",
        "  seats:",
    ]
    part = '{label: Peace, value: "100 * scale(escalation, 8, 1)", max: 100, words: The ladder from 8 down to 1.}'
    lines += [f"    {seat}: [{part}]" for seat in seats]
    lines += _allowed(listed)
    lines += ["", "include: [injects.yaml]", ""]
    return "\n".join(lines)


def _span(event: Event, turns: int) -> tuple[int, int]:
    """The turns of a card as a range; one that can come in several counts in its first."""
    first = event.turns[0] if event.turns else turns + 1
    return first, first + 1


def _expected(listed: EventsList, what: str) -> dict[str, list[Expected]]:
    """What the list expects of this kind, by id."""
    found: dict[str, list[Expected]] = {}
    for event in listed.events:
        for expected in event.expects:
            if expected.what == what:
                found.setdefault(expected.id, []).append(expected)
    return found


def _orders(listed: EventsList) -> Iterator[str]:
    for order, wanted in _expected(listed, "order").items():
        seats = ", ".join(dict.fromkeys(each.who for each in wanted))
        label = order.replace("_", " ").capitalize()
        yield f"  {order}: {{seat: [{seats}], label: {quoted(label)}, stance: hold, cost: 1, effects: [escalation +0]}}"


def _agreements(listed: EventsList, seats: list[str]) -> Iterator[str]:
    wanted = _expected(listed, "agreement")
    if wanted:
        yield from ("", "agreements:")
    for agreement, expected in wanted.items():
        parties = list(dict.fromkeys([*(each.who for each in expected), *seats]))[: max(2, len(expected))]
        label = agreement.replace("_", " ").capitalize()
        yield f"  {agreement}: {{label: {quoted(label)}, parties: [{', '.join(parties)}], terms: To be written.}}"


def _objectives(listed: EventsList) -> Iterator[str]:
    if listed.objectives:
        yield from ("", "objectives:")
    for path, title in listed.objectives.items():
        *above, name = path.split(".")
        if not above:
            yield f"  {name}:"
            yield f"    title: {quoted(title[:MOST_LABEL])}"
            yield from _parts(listed, path, 4)


def _parts(listed: EventsList, above: str, indent: int) -> Iterator[str]:
    parts = [path for path in listed.objectives if path.rpartition(".")[0] == above]
    if not parts:
        return
    yield f"{' ' * indent}parts:"
    for path in parts:
        yield f"{' ' * (indent + 2)}{path.rpartition('.')[2]}:"
        yield f"{' ' * (indent + 4)}title: {quoted(listed.objectives[path][:MOST_LABEL])}"
        yield from _parts(listed, path, indent + 4)


# The cards


def _card(event: Event) -> Iterator[str]:
    yield f"  {event.id}:"
    yield f"    title: {quoted(event.title)}"
    names = [name.strip("{}") for name in event.to]
    if event.kind is not (InjectKind.CONTINGENCY if event.pool is Pool.CONTINGENCY else InjectKind.CONTEXTUAL):
        yield f"    kind: {event.kind.value}"
    if names:
        yield f"    to: [{', '.join(names)}]"
    yield f"    pool: {event.pool.value}"
    if event.pool.waits and event.turns is not None:
        first, last = event.turns
        span = f"{first}-{last}" if first != last else str(first)
        yield f"    trigger: {{turns: {span}, {'chance: 50, ' if event.pool is Pool.RANDOM else ''}once: true}}"
    bound = [name.strip("{}") for name in event.to if name.startswith("{")]
    if bound:
        yield f"    bind: {{{', '.join(f'{name}: random(each for each in seats)' for name in bound)}}}"
    for key, text in (
        ("from", event.sender),
        ("channel", event.channel),
        ("story_time", event.story_time),
        ("controller", event.controller),
        ("capability", event.capability),
    ):
        if text:
            yield f"    {key}: {quoted(text)}"
    yield from _block("evaluator", event.evaluator, 4)
    yield f"    debrief: {quoted(QUESTION)}"
    if event.objective:
        yield f"    objective: {event.objective}"
    if event.expects:
        yield "    expects:"
        for expected in event.expects:
            missed = f", if_missed: {expected.if_missed}" if expected.if_missed else ""
            yield f"      - {{who: {expected.who}, {expected.what}: {expected.id}, within: {expected.within}{missed}}}"
    yield from _block("text", event.text, 4)
    if event.texts:
        yield "    texts:"
        for key, text in event.texts:
            yield from _block(key, text, 6)
    if names and event.kind is not InjectKind.ADMINISTRATIVE:
        yield "    choices:"
        for name in names:
            yield f"      {name}:"
            yield "        options:"
            wanted = [each.id for each in event.expects if each.what == "option" and each.who == name]
            for option, stance, label, effects in ANSWERS:
                if option not in wanted:
                    yield f"          - {{id: {option}, stance: {stance}, label: {label}, effects: {effects}}}"
            for option in dict.fromkeys(wanted):
                label = option.replace("_", " ").capitalize()
                yield f"          - {{id: {option}, stance: hold, label: {quoted(label)}, effects: []}}"


def _allowed(listed: EventsList) -> Iterator[str]:
    """Warnings that a list cannot help: it does not say what brings such cards."""
    why = {Pool.CHAINED: "unscheduled_card", Pool.DECK: "no_phase"}
    unbrought = [event for event in listed.events if event.pool in why]
    if unbrought:
        yield from (
            "",
            "# Cards that nothing brings yet. Take a line out when an effect schedules its card, or a phase draws it.",
            "allow:",
        )
    for event in unbrought:
        because = "The events list does not say what brings it."
        yield f"  - {{code: {why[event.pool]}, at: injects.{event.id}, because: {because}}}"


def _briefing(title: str, events: list[Event]) -> str:
    return "\n".join(
        [
            f"# {title}",
            "",
            "Write here who they are, what they want, and what they may not say aloud.",
            "",
            f"The list has {len(events)} {'event' if len(events) == 1 else 'events'} for this seat.",
            "",
        ]
    )
