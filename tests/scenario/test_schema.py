"""The schema takes every file that is right, refuses what is wrong in itself, and offers a scenario's own names."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.support.plain import plain_file, plain_text
from wargame.analysis.sweep.targets import FILE as TARGETS
from wargame.cli.new import TEMPLATE
from wargame.scenario.known import Known, known_at, known_of, known_to_all
from wargame.scenario.load import load_sources
from wargame.scenario.schema import MAIN_KEYS, schema_of, written
from wargame.scenario.schema_names import KEYS, NODES, VALUES, Schema
from wargame.scenario.shipped import content
from wargame.scenario.strict_yaml import MOST_BYTES

CONTENT = content()
assert CONTENT is not None
FOLDERS = [*sorted(CONTENT.glob("scenarios/*/")), *sorted(CONTENT.glob("rulebooks/*/")), TEMPLATE]
SUPPORT = Path(__file__).parents[1] / "support"
TEXTS = "translations"  # the folder of sidecars, which are no parts of a scenario
HEAD = "format: 1\nid: small\ntitle: Small\n"


@cache
def general() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema_of(known_to_all()))


def validator(folder: Path) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema_of(known_at(folder)[0]))


def problems(schema: jsonschema.Draft202012Validator, value: Any) -> list[str]:
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in schema.iter_errors(value)]


def small(**more: str) -> Schema:
    """The schema of a scenario with a few names."""
    text = HEAD + "tracks: {prices: {label: Prices, range: [0, 9]}}\nseats: {north: {title: North}, south: {title: South}}\n"
    text += "injects: {flood: {title: The Flood}}\nflags: {embargo: An embargo}\n" + "".join(more.values())
    return schema_of(known_of(load_sources({"scenario.yaml": text}).root))


def test_it_is_a_schema() -> None:
    """Both kinds are JSON Schema 2020-12, with and without names, and every reference leads somewhere."""
    for known in (Known(), known_to_all(), known_at(FOLDERS[0])[0]):
        schema = schema_of(known, "A comment.")
        jsonschema.Draft202012Validator.check_schema(schema)
        text = json.dumps(schema)
        assert {part.partition('"')[0] for part in text.split('"#/$defs/')[1:]} == set(schema["$defs"])


def test_it_is_written_as_json() -> None:
    """What is written is the schema, a line for each part."""
    schema = small()
    assert json.loads(written(schema)) == schema
    assert len(written(schema).splitlines()) > len(schema["$defs"])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_shipped_files_are_right(folder: Path) -> None:
    """Each file of what ships is right by the schema of the language and by its own."""
    own = validator(folder)
    files = [file for file in folder.rglob("*.yaml") if TEXTS not in file.relative_to(folder).parts and file.name != TARGETS]
    assert files
    for file in files:
        value = plain_file(file)
        assert (file.name, problems(general(), value)) == (file.name, [])
        assert (file.name, problems(own, value)) == (file.name, [])


@pytest.mark.parametrize("name", ["everything.yaml", "odd.yaml"])
def test_a_bit_of_everything_is_right(name: str) -> None:
    """The test scenarios, which use every corner of the language, are right by a schema of their own."""
    text = (SUPPORT / name).read_text(encoding="utf-8")
    schema = schema_of(known_of(load_sources({"scenario.yaml": text}).root))
    assert problems(jsonschema.Draft202012Validator(schema), plain_text(text)) == []


BAD = {
    "unknown key": "colour: red",
    "entry without a required key": "tracks: {prices: {label: Prices}}",
    "number with letters": "turns: {count: five of them}",
    "number in quotes": 'turns: {count: "5"}',
    "number too high": "turns: {count: 1001}",
    "number too low": "clocks: {alarm: {max: 0}}",
    "number with a fraction": "turns: {count: 2.5}",
    "text that is a number": "summary: 5",
    "text that is a list": "summary: [a, b]",
    "language that is none": "summary: {English: Hello}",
    "truth in words": "seats: {north: {title: North, optional: yes}}",
    "name with capitals": "flags: {Embargo: An embargo}",
    "name of a value": 'values: {"worth of x": 1}',
    "id": "id: My Crisis",
    "rulebook": "rulebooks: [Crisis Turns!]",
    "word that is none": "flags: {embargo: {expires: soon}}",
    "stance": "actions: {go: {seat: north, label: Go, stance: attack}}",
    "range of one": "tracks: {prices: {range: [0]}}",
    "range of words": "tracks: {prices: {range: [low, High!]}}",
    "span": "injects: {flood: {title: Flood, trigger: {turns: two to five}}}",
    "bands": "tracks: {prices: {range: [0, 9], bands: {low-high: All}}}",
    "tile": "areas: {delta: {label: Delta, at: [1, 2, 3]}}",
    "name that is a list": "motions: {ban: {body: [floor], label: Ban}}",
    "expression that is a map": "endings: {war: {title: War, when: {a: 1}}}",
    "effects that are a text": "effect_groups: {flood: prices +1}",
    "effect without a verb": "effect_groups: {flood: [{prices: 1}]}",
    "effect with a key too many": "effect_groups: {flood: [{roll: 50, success: [], luck: 3}]}",
    "effect with a part missing": "effect_groups: {flood: [{move: army, of: me}]}",
    "row of a table": "effect_groups: {flood: [{outcomes: [{chance: 3}]}]}",
    "step": "phases: [{id: a, label: A, kind: automatic, do: [sleep]}]",
    "sight": "tracks: {prices: {range: [0, 9], seen_by: friends}}",
    "level of sight": "tracks: {prices: {range: [0, 9], seen_by: {north: a bit}}}",
    "who learns of an order": "actions: {go: {seat: north, label: Go, seen_by: hidden}}",
    "who reads a card": "injects: {flood: {title: Flood, seen_by: north}}",
    "votes": "motions: {ban: {body: floor, label: Ban, ayes: most of them}}",
    "secret": "agreements: {pact: {label: Pact, parties: [north, south], secret: 101}}",
    "include that leads away": "include: [/etc/passwd]",
    "what is replaced": "overrides: [all of it]",
    "deed of a test": "tests: {a: {when: {jump: high}, then: [true]}}",
    "expectation of a test": "tests: {a: {then: [{burns: rome}]}}",
    "parameter of a rulebook": "rulebooks: [{name: escalation_ladder, with: {start: very high}}]",
    "allowance": "allow: [{code: unmoved, at: tracks.prices}]",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in BAD.items()])
def test_bad_values_are_refused(text: str) -> None:
    """A value that can be right nowhere is refused, and the same file without it is not."""
    assert problems(general(), plain_text(HEAD)) == []
    head = "".join(line for line in HEAD.splitlines(keepends=True) if line.split(":")[0] != text.split(":", maxsplit=1)[0])
    assert problems(general(), plain_text(f"{head}{text}\n"))


def test_a_main_file_is_told_from_a_part() -> None:
    """What only a main file may have makes a file one, which needs a format; a part needs nothing."""
    assert problems(general(), plain_text("flags: {embargo: An embargo}")) == []
    for key in MAIN_KEYS[1:]:
        assert any("'format'" in found for found in problems(general(), {key: ["en"]}))


def test_names_that_must_exist() -> None:
    """Where only the scenario's own names are right, another is refused; in the schema of the language any name is taken."""
    schema = jsonschema.Draft202012Validator(small())
    card = "injects: {flood: {title: The Flood, to: [north]}}\nagreements: {pact: {label: Pact, parties: [north, {}]}}"
    right, wrong = (plain_text(HEAD + card.replace("{}]", f"{who}]")) for who in ("south", "nort"))
    assert problems(schema, right) == []
    assert problems(schema, wrong)
    assert problems(general(), wrong) == []


def test_names_in_maps_must_exist() -> None:
    """The same holds of names that are keys."""
    schema = jsonschema.Draft202012Validator(small())
    text = "scoring: {seats: {%s: [{label: Points, value: prices}]}}"
    assert problems(schema, plain_text(HEAD + text % "north")) == []
    assert problems(schema, plain_text(HEAD + text % "east"))


def test_a_rulebook_takes_names_of_others() -> None:
    """A rulebook may name what whoever builds on it has."""
    root = load_sources({"rulebook.yaml": "format: 1\nid: book\nroles: {host: A host}\n"}, "rulebook.yaml").root
    schema = jsonschema.Draft202012Validator(schema_of(known_of(root, partial=True)))
    action = "actions: {go: {seat: host, label: Go, cost: {cash: 2}, locks: [shut]}}"
    assert problems(schema, plain_text(f"format: 1\nid: book\n{action}")) == []


def test_part_of_an_entry_of_a_rulebook() -> None:
    """An entry that replaces one of a rulebook need not be whole; any other must be."""
    text = "overrides: [tracks.escalation]\ntracks: {%s: {bands: {5: First shot}}}"
    assert problems(general(), plain_text(HEAD + text % "escalation")) == []
    assert problems(general(), plain_text(HEAD + text % "prices"))


def test_languages_are_those_declared() -> None:
    """In a scenario of two languages a text is one for both, or one for each."""
    schema = jsonschema.Draft202012Validator(small(languages="languages: [en, es]\n"))
    said = ["Prices", "{en: Prices, es: Precios}", "{en: Prices}", "{en: Prices, fr: Prix, es: Precios}"]
    found = [problems(schema, plain_text(f"flags: {{embargo: {{label: {words}}}}}")) == [] for words in said]
    assert found == [True, True, False, False]


def test_completions_of_effects() -> None:
    """Short effects are offered with the scenario's own names."""
    offered = small()["$defs"]["short_effect"]["anyOf"][0]
    words = dict(zip(offered["enum"], offered["enumDescriptions"], strict=True))
    assert words["prices +1"] == "Prices"
    assert {"set embargo", "clear embargo", "inject flood"} <= set(words)


def test_every_field_that_is_a_node_has_a_definition() -> None:
    """The tables name fields of the model, and definitions that there are."""
    schema = schema_of(known_to_all())
    assert set(NODES.values()) <= set(schema["$defs"])
    for cls, name in [*VALUES, *KEYS, *NODES]:
        assert name == "include" or name in {each.name for each in cls.__attrs_attrs__}  # type: ignore[attr-defined]


def test_the_largest_is_small() -> None:
    """The schema of the largest scenario that ships is far smaller than a file may be."""
    assert all(len(written(schema_of(known_at(folder)[0]))) * 4 < MOST_BYTES for folder in FOLDERS)
