"""Every shape of the language comes out as the model says, and whatever is wrong leaves a model to go on with."""

from __future__ import annotations

from typing import Any

import pytest

from wargame.scenario import model
from wargame.scenario.load import Loaded, load_sources
from wargame.scenario.node import Mark, Scalar, Seq

HEAD = """format: 1
id: ford
title: The ford
turns: {count: 3}
seats:
  north: {title: The north bank}
  south: {title: The south bank}
phases:
  - {id: orders, label: Orders, kind: orders}
"""


def loaded(more: str, head: str = HEAD) -> Loaded:
    return load_sources({"scenario.yaml": head + more})


def good(more: str, head: str = HEAD) -> model.Scenario:
    found = loaded(more, head)
    assert found.report.problems == []
    assert found.scenario is not None
    return found.scenario


def codes(more: str, head: str = HEAD) -> list[str]:
    return [problem.code for problem in loaded(more, head).report.sorted()]


def test_a_single_value_stands_for_a_list_of_one() -> None:
    """Where the model has a tuple, one value needs no brackets."""
    scenario = good(
        "actions:\n  raid: {seat: north, label: Raid, locks: shut}\nlocks:\n  shut: {when: turn > 1, otherwise: Shut.}\n"
    )
    assert scenario.actions["raid"].seat == (Scalar("north"),)
    assert scenario.actions["raid"].locks == (Scalar("shut"),)


def test_target_is_short_for_targets() -> None:
    """`target: {...}` is one target called `target`."""
    head = HEAD + "actions:\n  raid:\n    seat: north\n    label: Raid\n"
    short = good("    target: {of: [north, south], where: target.x > 0}\n", head)
    long = good("    targets: {target: {of: [north, south], where: target.x > 0}}\n", head)
    assert short.actions == long.actions
    assert short.actions["raid"].targets["target"].of == (Scalar("north"), Scalar("south"))


def test_bands_ranges_and_spans() -> None:
    """A range is a list of two, bands are a map of spans, in ascending order whatever the order written."""
    scenario = good("tracks:\n  tension: {label: Tension, range: [-5, 5], bands: {1-5: High, -5-0: Low}}\n")
    track = scenario.tracks["tension"]
    assert track.range == model.Range(lo=-5, hi=5)
    assert [(band.lo, band.hi, str(band.name)) for band in track.bands] == [(-5, 0, "Low"), (1, 5, "High")]


def test_a_flag_may_be_its_label() -> None:
    """`flood: High water` is a flag with that label."""
    assert str(good("flags:\n  flood: High water\n").flags["flood"].label) == "High water"


def test_unions() -> None:
    """A cost is a number or a map, a secret a truth value or a chance, a majority a number or a word."""
    more = """seat_kinds: {}
actions:
  a: {seat: north, label: A, cost: 2}
  b: {seat: north, label: B, cost: {coin: 1}}
agreements:
  c: {label: C, parties: [north, south], secret: true}
  d: {label: D, parties: [north, south], secret: 30}
bodies:
  council: {label: Council, blocs: {elders: {votes: 3, seat: north}}}
motions:
  e: {body: council, label: E, ayes: unanimous}
  f: {body: council, label: F, ayes: 2}
"""
    head = HEAD.replace("{title: The north bank}", "{title: The north bank, resources: {coin: {label: Coin, range: [0, 9]}}}")
    scenario = good(more, head)
    assert (scenario.actions["a"].cost, scenario.actions["b"].cost) == (2, {"coin": 1})
    assert scenario.agreements["c"].secret is True
    assert scenario.agreements["d"].secret == 30
    assert (scenario.motions["e"].ayes, scenario.motions["f"].ayes) == ("unanimous", 2)


def test_keys_with_an_underscore_in_the_model() -> None:
    """`for` in the language is `for_` in the model."""
    more = "agreements:\n  c: {label: C, parties: [north, south], requires: [{when: turn > 1, for: north}]}\n"
    assert good(more).agreements["c"].requires[0].for_ == Scalar("north")


def test_nested_maps() -> None:
    """Agendas are maps of maps, objectives trees, scores maps of lists."""
    more = """agendas:
  north: {peace: {label: Peace, score: 10}}
objectives:
  q1: {title: Why, parts: {a: {title: When, parts: {b: Where}}}}
scoring:
  seats:
    south: [{label: Peace, value: 5}, {label: Grain, value: 6}]
"""
    scenario = good(more)
    assert str(scenario.agendas["north"]["peace"].label) == "Peace"
    assert str(scenario.objectives["q1"].parts["a"].parts["b"].title) == "Where"
    assert [str(part.label) for part in scenario.scoring.seats["south"]] == ["Peace", "Grain"]


def test_groups_of_one_need_no_outer_brackets() -> None:
    """`groups: [north, south]` is one group."""
    assert good("transfers: {limit: 1, groups: [north, south]}\n").transfers.groups == ((Scalar("north"), Scalar("south")),)


def test_effects_stay_nodes_with_marks() -> None:
    """What the rules will read is left as written, with its places."""
    effects = good('effect_groups:\n  harm: [tension +1]\n  "split(org: owner)": []\n').effect_groups
    assert list(effects) == ["harm", "split(org: owner)"]
    harm = effects["harm"]
    assert isinstance(harm, Seq)
    assert harm.items[0].mark == Mark("scenario.yaml", 11, 10)


def test_entries_know_where_they_stand() -> None:
    """A named entry's mark is its key, a list item's its own."""
    scenario = good("flags:\n  flood: High water\n")
    assert scenario.flags["flood"].mark == Mark("scenario.yaml", 11, 3)
    assert scenario.phases[0].mark == Mark("scenario.yaml", 9, 5)


def test_block_text_loses_its_last_newline() -> None:
    """Text written with `|` or `>` ends where its words end."""
    assert str(good("summary: |\n  Two\n  lines\n").summary) == "Two\nlines"


def test_languages() -> None:
    """A text has the declared languages, the default first, whatever the order written."""
    head = HEAD.replace("title: The ford", "title: {es: El vado, en: The ford}")
    title = good("languages: [en, es]\n", head).title
    assert list(title.by_language) == ["en", "es"]
    assert title.get("es") == "El vado"
    assert title.get("fr") == "The ford"
    assert str(good("languages: [es]\n").title) == "The ford"


def test_a_broken_entry_still_exists() -> None:
    """What is missing or wrong takes a neutral value, so other checks can go on."""
    found = loaded("tracks:\n  tension: {range: [0, ten], start: high}\nareas:\n  mill: {adjacent: mil}\n")
    assert found.scenario is not None
    assert "tension" in found.scenario.tracks
    codes = [problem.code for problem in found.report.sorted()]
    # `mil` is unknown as well, but within an entry that is known to be broken nothing more is said.
    assert codes == ["wrong_type", "wrong_type", "missing_key"]


def test_problems_elsewhere_are_found_beside_a_broken_entry() -> None:
    """A broken entry hides no fault of another."""
    more = "tracks:\n  tension: {range: [0, ten]}\nareas:\n  mill: {label: Mill, adjacent: mil}\n"
    assert codes(more) == ["wrong_type", "unknown_name"]


def test_there_is_an_end_to_problems() -> None:
    """A file that is wrong throughout is given up after two hundred problems."""
    found = loaded("".join(f"key_{number}: 1\n" for number in range(5000)))
    assert found.scenario is None
    assert len(found.report.problems) == 201
    assert found.report.problems[-1].code == "too_many_problems"


@pytest.mark.parametrize("value", ["{}", "[]", "x", "1", "true", "''", "", "[[]]", "{a: {}}", "[x, [y]]", "{a: [1]}", "~"])
def test_any_shape_anywhere(value: Any) -> None:
    """Whatever stands where, the outcome is a model or problems: each key of the language gets each shape."""
    import attrs

    sections = [item.name for item in attrs.fields(model.Scenario) if item.name not in {"mark", "sources"}]
    for section in sections:
        found = loaded("", f"format: 1\n{section}: {value}\n")
        assert found.report.failed
    for section, cls in ENTRIES.items():
        for item in attrs.fields(cls):
            key = item.name.removesuffix("_")
            loaded(f"{section}:\n  one: {{{key}: {value}}}\n")


ENTRIES: dict[str, type] = {
    "seat_kinds": model.SeatKind,
    "factions": model.Faction,
    "tracks": model.Track,
    "flags": model.Flag,
    "clocks": model.Clock,
    "areas": model.Area,
    "area_values": model.AreaValue,
    "pieces": model.Piece,
    "choices": model.Choice,
    "placements": model.Placement,
    "locks": model.Lock,
    "actions": model.Action,
    "injects": model.Inject,
    "agreements": model.Agreement,
    "bodies": model.Body,
    "motions": model.Motion,
    "endings": model.Ending,
    "objectives": model.Objective,
    "roles": model.Role,
}
