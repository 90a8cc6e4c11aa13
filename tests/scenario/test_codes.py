"""Every problem code is explained in the catalogue, and its examples do what they say: the wrong one brings it up, the right
one brings up nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import wargame.scenario.codes
from tests.support.codes import of_rules, of_scenario, of_tests
from wargame.cli.checking import check_path
from wargame.scenario.codes import COLUMNS, GROUPS, Entry, Example, UnknownCodeError, entry, explain, groups, reference, sources
from wargame.scenario.problem import Problem

ENTRIES = [one for group in groups() for one in group.entries]
REFERENCE = Path(__file__).parent.parent.parent / "docs" / "reference" / "problems.md"


def problems(example: Example, folder: Path) -> list[Problem]:
    """What `wargame check` finds in an example, written to a folder."""
    for path, data in sources(example).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return check_path(folder, tests=True).report.sorted()


def test_codes_are_all_explained() -> None:
    """What the sources report is in the catalogue, and nothing else is; the severity is the one it is reported with."""
    reported = of_scenario() | of_rules() | of_tests()
    explained = {one.code: one.severity for one in ENTRIES}
    assert sorted(set(reported) - set(explained)) == [], "these have no entry in src/wargame/scenario/codes"
    assert sorted(set(explained) - set(reported)) == [], "nothing reports these"
    assert explained == reported


def test_codes_are_explained_once() -> None:
    """No code stands in two groups."""
    assert len({one.code for one in ENTRIES}) == len(ENTRIES)


def test_every_file_is_a_group() -> None:
    """No file of the catalogue is left out of `GROUPS`."""
    folder = Path(wargame.scenario.codes.__path__[0])
    assert {file.stem for file in folder.glob("*.yaml")} == {*GROUPS, "base"}


@pytest.mark.parametrize("one", ENTRIES, ids=lambda one: one.code)
def test_wrong_example(one: Entry, tmp_path: Path) -> None:
    """The wrong example brings up the code, and no other but those listed with it."""
    found = {problem.code for problem in problems(one.bad, tmp_path)}
    assert found == {one.code} | one.also, [problem.message for problem in problems(one.bad, tmp_path)]


@pytest.mark.parametrize("one", ENTRIES, ids=lambda one: one.code)
def test_right_example(one: Entry, tmp_path: Path) -> None:
    """The right example has no problem at all, not even a warning."""
    assert problems(one.good, tmp_path) == []


@pytest.mark.parametrize("one", ENTRIES, ids=lambda one: one.code)
def test_texts_are_sentences(one: Entry) -> None:
    """What is explained is told in whole sentences."""
    for text in (one.means, one.mend):
        assert text[0].isupper() or text[0] == "`"
        assert text.endswith(".")


@pytest.mark.parametrize("one", ENTRIES, ids=lambda one: one.code)
def test_explanation(one: Entry) -> None:
    """An explanation begins with the code and holds both examples; its prose fits a terminal."""
    lines = explain(one.code).splitlines()
    assert lines[0] == f"{one.code} ({one.severity.value})"
    written = [line for example in (one.bad, one.good) for text in example.files.values() for line in text.splitlines()]
    assert {f"    {line}".rstrip() for line in written} <= set(lines)
    assert all(len(line) <= COLUMNS for line in lines if not line.startswith("    "))


def test_an_unknown_code_is_told() -> None:
    """A misspelt code gets the closest one there is."""
    assert entry("unmoved").code == "unmoved"
    with pytest.raises(UnknownCodeError, match=r"There is no problem code `unmovd`\. Did you mean `unmoved`\?"):
        entry("unmovd")


def test_the_page_is_current() -> None:
    """docs/reference/problems.md is what `python tools/reference.py` writes."""
    assert REFERENCE.read_text(encoding="utf-8") == reference()
