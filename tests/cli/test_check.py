"""`wargame check` finds what it is pointed at, prints in the format asked for, and its exit status says the outcome."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wargame.cli.check import check
from wargame.cli.checking import check_path, targets

BROKEN = Path(__file__).parent.parent / "fixtures" / "broken"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(check, [str(argument) for argument in arguments])


def test_a_clean_scenario_ends_with_0() -> None:
    """Nothing wrong: one line, status 0."""
    result = run(BROKEN / "_base")
    assert (result.exit_code, result.output) == (0, "1 scenario or rulebook checked, no problems.\n")


def test_an_error_ends_with_1() -> None:
    """Something wrong: the problems, status 1."""
    result = run(BROKEN / "tab")
    assert result.exit_code == 1
    assert "error[tab]" in result.output


def test_warnings_alone_end_with_0() -> None:
    """A warning keeps nobody from playing."""
    result = run(BROKEN / "default")
    assert result.exit_code == 0
    assert "warning[default]" in result.output


@pytest.mark.parametrize("arguments", [[], ["no-such-scenario"], ["--format", "xml", "."]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    """No path, no scenario there, or an unknown format: status 2 and a sentence."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.output


def test_a_folder_of_folders_is_checked_whole() -> None:
    """A folder that holds several scenarios and rulebooks stands for all of them, each once."""
    found = targets(BROKEN)
    assert {path.name for path in found} >= {"_base", "tab", "unknown_key_rulebook"}
    assert len(found) == len(set(found))
    assert run(BROKEN / "tab", BROKEN / "tab" / "scenario.yaml", BROKEN / "tag").output.count("error[tag]") == 1


def test_a_file_stands_for_its_scenario() -> None:
    """An included file is checked as part of the scenario whose folder it lies in."""
    assert targets(BROKEN / "duplicate_in_two_files" / "more.yaml") == [BROKEN / "duplicate_in_two_files"]
    assert targets(BROKEN / "_base" / "briefings" / "north.md") == [BROKEN / "_base"]


def test_json_is_nothing_but_json() -> None:
    """`--format json` prints one object."""
    problems = json.loads(run("--format", "json", BROKEN / "unknown_key").output)["problems"]
    assert [(problem["code"], problem["line"], problem["column"]) for problem in problems] == [("unknown_key", 11, 13)]
    assert problems[0]["file"].endswith("unknown_key/scenario.yaml")


def test_annotations() -> None:
    """`--format github` prints one command a problem."""
    output = run("--format", "github", BROKEN / "unknown_key").output
    assert output.startswith("::error file=")
    assert output.count("\n") == 1


def test_paths_are_said_from_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems name files relative to where the command runs, also those of included files."""
    monkeypatch.chdir(BROKEN)
    assert "\nduplicate_in_two_files/more.yaml:3:3: " in "\n" + run("duplicate_in_two_files").output


def test_a_rulebook_is_checked_alone() -> None:
    """A rulebook's folder is checked as far as it can be without anyone to play it."""
    report = check_path(BROKEN / "unknown_key_rulebook").report
    assert [problem.code for problem in report.problems] == ["unknown_key"]


def test_tests_are_run_where_asked_for(tmp_path: Path) -> None:
    """A test that does not come out is a problem like any other, with its place; without --tests only its words are checked."""
    text = (BROKEN / "_base" / "scenario.yaml").read_text(encoding="utf-8")
    shutil.copytree(BROKEN / "_base", tmp_path / "ford")
    text += "tests:\n  high: {then: [tension >= 5, bridge]}\n"
    (tmp_path / "ford" / "scenario.yaml").write_text(text, encoding="utf-8")
    assert run(tmp_path / "ford").exit_code == 0
    result = run("--tests", tmp_path / "ford")
    assert result.exit_code == 1
    assert "error[test_fails]: `tension >= 5` does not hold: `tension` is 2." in result.output
    assert "1 scenario or rulebook checked: 1 error. 1 test run." in result.output
    assert run("--tests", "--watch", tmp_path / "ford").exit_code == 2


def test_a_path_longer_than_any_is_wrong_usage() -> None:
    result = run("x" * 5000)
    assert result.exit_code == 2
    assert "There is no scenario" in result.output
