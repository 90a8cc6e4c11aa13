"""Maps of several files become one, and nothing is replaced by accident."""

from __future__ import annotations

from wargame.scenario.merge import Overrides, join, overlay
from wargame.scenario.node import Map, Node, Scalar, Seq
from wargame.scenario.problem import Report
from wargame.scenario.strict_yaml import parse


def read(text: str, file: str = "f") -> Map:
    report = Report()
    parsed = parse(text.encode(), file, report)
    assert parsed is not None
    assert isinstance(parsed.root, Map)
    return parsed.root


def plain(node: Node | None) -> object:
    if isinstance(node, Map):
        return {key.text: plain(value) for key, value in node}
    if isinstance(node, Seq):
        return [plain(item) for item in node.items]
    return node.text if isinstance(node, Scalar) else None


def test_join_is_told_of_every_double_entry() -> None:
    """Entries with one name in two files are a problem each; the first stays."""
    report = Report()
    first, second = read("tracks: {a: {x: 1}, b: {}}\nphases: []\n"), read("tracks: {a: {y: 2}, c: {}}\nphases: []\n", "g")
    joined = join(first, second, report)
    assert [(problem.mark.file, problem.code) for problem in report.problems] == [("g", "duplicate"), ("g", "duplicate")]
    assert plain(joined) == {"tracks": {"a": {"x": "1"}, "b": {}, "c": {}}, "phases": []}


def test_overlay_merges_maps_and_replaces_the_rest() -> None:
    """A named entry is merged key by key all the way down; lists and scalars are the new ones."""
    over = read("overrides: [tracks.a, phases]\ntracks: {a: {x: 3, deep: {q: 2}}}\nphases: [new]\n")
    overrides, report = Overrides.read(over, Report()), Report()
    base = read("title: Base\ntracks: {a: {x: 1, y: [1, 2], deep: {p: 1}}, b: {}}\nphases: [old, older]\n")
    merged = overlay(base, over, overrides, report)
    assert report.problems == []
    assert plain(merged.get("tracks")) == {"a": {"x": "3", "y": ["1", "2"], "deep": {"p": "1", "q": "2"}}, "b": {}}
    assert plain(merged.get("phases")) == ["new"]
    assert merged.get("title") is None
    assert overrides.used == {"tracks.a", "phases"}


def test_an_entry_not_named_is_a_problem_and_new_ones_are_not() -> None:
    """Only what stands in both must be named."""
    report = Report()
    base, over = read("tracks: {a: {}}\nagendas: {k: {a: 1}}\n"), read("tracks: {a: {}, b: {}}\nagendas: {k: {b: 1}}\n")
    overlay(base, over, Overrides(), report)
    assert [problem.message.split("`")[1] for problem in report.problems] == ["tracks.a"]


def test_two_rulebooks_may_name_one_role() -> None:
    """A role of the same name is the same role."""
    report = Report()
    merged = overlay(read("roles: {host: {label: Host}}\n"), read("roles: {host: {many: true}}\n"), Overrides(), report)
    assert report.problems == []
    assert plain(merged) == {"roles": {"host": {"label": "Host", "many": "true"}}}
