"""The names of a scenario are found in whatever could be read of it."""

from __future__ import annotations

from pathlib import Path

from wargame.scenario.known import Known, known_at, known_of, known_to_all
from wargame.scenario.load import load_sources
from wargame.scenario.shipped import find_scenario

SMALL = """\
format: 1
id: small
title: Small
turns: {count: 2}
rulebooks: [escalation_ladder]
seat_kinds: {clan: {label: A clan, resources: {cash: {label: Cash, range: [0, 9]}}}}
seats:
  north: {title: The North, kind: clan}
  south: {title: {en: The South}, resources: {fuel: {range: [0, 5]}}}
tracks: {prices: {label: Prices, range: [0, 9]}}
flags: {embargo: An embargo}
values: {"worth(org: seat)": org.cash}
objectives: {trade: {title: What is a price?, parts: {trust: What is a word worth?}}}
phases: [{id: talk, label: Talk, kind: orders}]
"""


def known(text: str, **files: str) -> Known:
    return known_of(load_sources({"scenario.yaml": text, **files}).root, files=["scenario.yaml", "more.yaml", "north.md"])


def test_names_of_sections() -> None:
    """Each section's names, with what people call them."""
    found = known(SMALL)
    assert found.of("tracks") == {"prices": "Prices"}
    assert found.of("flags") == {"embargo": "An embargo"}
    assert found.of("seats") == {"north": "The North", "south": "The South"}
    assert found.of("phases") == {"talk": ""}


def test_names_within_entries() -> None:
    """Resources stand within seats and kinds; objectives are paths."""
    found = known(SMALL)
    assert found.of("resources") == {"cash": "Cash", "fuel": ""}
    assert found.of("objectives") == {"trade": "What is a price?", "trade.trust": "What is a word worth?"}


def test_sorts_that_join_others() -> None:
    """Sides are seats and kinds; files are told apart by what they hold."""
    found = known(SMALL)
    assert list(found.of("sides")) == ["north", "south", "clan"]
    assert list(found.of("parts")) == ["scenario.yaml", "more.yaml"]
    assert list(found.of("briefings")) == ["north.md"]


def test_places_of_the_board() -> None:
    """Expressions can read tracks, facts, values, and what each seat has: its own and its kind's."""
    places = known(SMALL).places
    assert {"prices", "embargo", "north.cash", "south.fuel", "me.cash"} <= set(places)
    assert "south.cash" not in places


def test_a_broken_scenario_has_names() -> None:
    """Entries are known by name however wrong they are."""
    broken = SMALL.replace("range: [0, 9]}}\nflags", "range: nine}, tension: }\nflags")
    assert list(known(broken).of("tracks")) == ["prices", "tension"]


def test_what_cannot_be_read_has_none() -> None:
    """Without a tree there are no names, and others may be right."""
    assert known("{").partial
    assert known("{").of("tracks") == {}


def test_entries_of_rulebooks_are_below() -> None:
    """What stands in a rulebook, or replaces something of it, need not be given whole."""
    found, _ = known_at(find_scenario("five_questions"))
    assert ("tracks", "escalation") in found.below
    assert ("effect_groups", "turn_closes") in found.below
    assert ("seats", "washington") not in found.below


def test_a_scenario_that_misses_a_file_may_have_more_names(tmp_path: Path) -> None:
    """Where a file cannot be read, what stands in it is not known to be wrong."""
    (tmp_path / "scenario.yaml").write_text(SMALL + "include: [gone.yaml]\n", encoding="utf-8")
    found, loaded = known_at(tmp_path)
    assert loaded.report.failed
    assert found.partial
    assert "prices" in found.of("tracks")


def test_what_all_may_replace() -> None:
    """Without a scenario, the entries of all shipped rulebooks may be replaced."""
    found = known_to_all()
    assert ("tracks", "escalation") in found.below
    assert "crisis_turns" in found.of("rulebooks")
    assert found.of("tracks") == {}
