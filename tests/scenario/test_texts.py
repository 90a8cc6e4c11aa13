"""Every text for people in a file is found by a path of keys and can be replaced where it stands; the rest stays as it is."""

from __future__ import annotations

from wargame.scenario.node import Map, Node, Scalar
from wargame.scenario.problem import Report
from wargame.scenario.strict_yaml import parse
from wargame.scenario.texts import Found, replaced, texts_of

SOURCE = """
title: The ford
flags: {flood: High water}
seats: {north: {title: North, short: N, briefing: briefings/n.md}}
tracks: {tension: {label: Tension, range: [0, 5], bands: {0-2: Calm, 3-5: Tense}}}
values: {calm: tension <= 2}
effect_groups:
  "rain(place: area)":
    - news: It rains.
    - when: calm
      then: [{roll: 50, label: The dam, success: [{news: It holds.}]}]
    - {inject: card, with: {label: north, news: place}}
actions:
  raid: {seat: north, label: Raid, target: {of: seats, otherwise: Nobody is there.}, cite: "7"}
injects:
  card:
    title: A card
    choices: {north: {options: [{id: wait, stance: hold, label: Wait, effects: [{news: You wait.}]}]}}
scoring: {seats: {north: [{label: Calm days, value: tension}]}}
phases: [{id: dawn, label: Dawn, do: [{effects: [{news: Dawn.}]}]}]
tests: {holds: {label: A test, then: [calm]}}
"""


def tree(text: str) -> Map:
    parsed = parse(text.encode(), "scenario.yaml", Report())
    assert parsed is not None
    assert isinstance(parsed.root, Map)
    return parsed.root


def words(found: list[Found]) -> dict[str, str]:
    return {".".join(one.path): one.node.text for one in found if isinstance(one.node, Scalar)}


def test_texts_go_by_the_keys_they_stand_under() -> None:
    """Items of a list by their id or number, texts of effects by their number among them, a group without its parameters."""
    found = texts_of(tree(SOURCE), "scenario.yaml")
    assert words(found) == {
        "title": "The ford",
        "flags.flood": "High water",
        "seats.north.title": "North",
        "seats.north.briefing": "briefings/n.md",
        "tracks.tension.label": "Tension",
        "tracks.tension.bands.0-2": "Calm",
        "tracks.tension.bands.3-5": "Tense",
        "effect_groups.rain.1": "It rains.",
        "effect_groups.rain.2": "The dam",
        "effect_groups.rain.3": "It holds.",
        "actions.raid.label": "Raid",
        "actions.raid.target.otherwise": "Nobody is there.",
        "injects.card.title": "A card",
        "injects.card.choices.north.options.wait.label": "Wait",
        "injects.card.choices.north.options.wait.effects.1": "You wait.",
        "scoring.seats.north.1.label": "Calm days",
        "phases.dawn.label": "Dawn",
        "phases.dawn.do.1": "Dawn.",
    }
    assert [one.path for one in found if one.prose] == [("seats", "north", "briefing")]


def test_what_a_rulebook_says_of_itself_is_for_designers() -> None:
    """Players never see the title of a rulebook, so nobody need translate it."""
    assert words(texts_of(tree("title: Floods\nflags: {flood: High water}\n"), "rulebook.yaml")) == {
        "flags.flood": "High water"
    }


def test_replacing_leaves_everything_else_as_it_was() -> None:
    """What comes back is equal where `put` gives each text back, and where a short entry becomes a map it keeps its text."""
    root = tree(SOURCE)
    assert replaced(root, "scenario.yaml", lambda one: one.node) == root

    def louder(one: Found) -> Node:
        return Scalar(f"{one.node.text}!", one.node.mark) if isinstance(one.node, Scalar) and not one.prose else one.node

    again = words(texts_of(replaced(root, "scenario.yaml", louder), "scenario.yaml"))
    assert again["effect_groups.rain.3"] == "It holds.!"
    assert again["flags.flood.label"] == "High water!"
    assert again["seats.north.briefing"] == "briefings/n.md"


def test_wrong_shapes_are_left_to_the_checks() -> None:
    """A list where a map belongs, a map where a list belongs, and nothing at all: no text is found, nothing breaks."""
    odd = "seats: [a, b]\nphases: {a: {label: A}}\ninjects: {card: [1]}\nactions: 3\ntracks:\n  x:\n    label:\n"
    root = tree(odd)
    assert words(texts_of(root, "scenario.yaml")) == {}
    assert replaced(root, "scenario.yaml", lambda one: one.node) == root
