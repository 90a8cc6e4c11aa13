"""`wargame schema` prints or writes a schema, of the language or of a scenario, also of one that is broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wargame.cli.new import new
from wargame.cli.schema import refresh_schema, schema

BROKEN = Path(__file__).parent.parent / "fixtures" / "broken"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(schema, [str(argument) for argument in arguments])


def test_the_language_alone() -> None:
    """Without a scenario the schema knows no names."""
    result = run()
    assert result.exit_code == 0
    assert result.stderr == ""
    made = json.loads(result.stdout)
    assert made["$comment"] == "Made by `wargame schema`."
    assert "enum" not in made["$defs"]["sides"]


def test_a_shipped_scenario_by_name() -> None:
    """With a scenario it offers that scenario's names."""
    made = json.loads(run("bridge_week").stdout)
    assert made["$defs"]["sides"]["enum"] == ["washington", "mexico_city", "cartel"]


def test_a_file(tmp_path: Path) -> None:
    """`-o` writes a file, the same as is printed, and says nothing."""
    result = run("bridge_week", "-o", tmp_path / "schema.json")
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == run("bridge_week").stdout


def test_a_broken_scenario() -> None:
    """A scenario with problems gives a schema of what could be read, and a sentence beside it."""
    result = run(BROKEN / "unknown_key")
    assert result.exit_code == 0
    assert "has problems; it offers the names that could be read." in result.stderr
    assert json.loads(result.stdout)["$defs"]["sides"]


def test_a_file_that_is_no_yaml() -> None:
    """A scenario that cannot be read at all gives the schema of the language."""
    result = run(BROKEN / "tab")
    assert result.exit_code == 0
    assert "it offers no names of its own" in result.stderr
    assert json.loads(result.stdout)["type"] == "object"


@pytest.mark.parametrize("arguments", [["no-such-scenario"], ["-o", "/"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    """No scenario there, or a folder to write to: status 2 and a sentence."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.output


def test_a_place_that_cannot_be_written_ends_with_1() -> None:
    """As with every command that writes a file."""
    result = run("bridge_week", "-o", "/no/such/folder/schema.json")
    assert result.exit_code == 1
    assert "cannot be written" in result.output


def test_a_schema_is_kept_up_to_date(tmp_path: Path) -> None:
    """One that was made here gets names that were added; where the scenario cannot be read it stays as it is."""
    assert CliRunner().invoke(new, ["delta_week", "--in", str(tmp_path)]).exit_code == 0
    folder = tmp_path / "delta_week"
    file, main = folder / "schema.json", folder / "scenario.yaml"
    before = file.read_text(encoding="utf-8")
    refresh_schema(folder)
    assert file.read_text(encoding="utf-8") == before
    text = main.read_text(encoding="utf-8")
    main.write_text(text.replace("\nseats:\n", "\nseats:\n  fishers: {title: The Fishers}\n"), encoding="utf-8")
    refresh_schema(folder)
    after = file.read_text(encoding="utf-8")
    assert json.loads(after)["$defs"]["sides"]["enum"] == ["fishers", "upstream", "downstream", "commission"]
    main.write_text("{", encoding="utf-8")
    refresh_schema(folder)
    assert file.read_text(encoding="utf-8") == after


@pytest.mark.parametrize("content", ["{}", "", None])
def test_other_files_are_left_alone(tmp_path: Path, content: str | None) -> None:
    """A schema.json of another kind is not touched, and none is made where there is none."""
    file = tmp_path / "schema.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    (tmp_path / "scenario.yaml").write_text("format: 1\nid: small\n", encoding="utf-8")
    refresh_schema(tmp_path)
    assert (file.read_text(encoding="utf-8") if file.exists() else None) == content
