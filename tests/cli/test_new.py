"""`wargame new` writes a scenario that plays at once and is free of warnings, and touches nothing that is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wargame.analysis.fuzz import play
from wargame.cli.check import check
from wargame.cli.new import TEMPLATE, new
from wargame.cli.schema import scenario_schema
from wargame.rules.compile import build
from wargame.rules.program import Program
from wargame.scenario import model
from wargame.scenario.load import load


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(new, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    result = run("delta_week", "--in", tmp_path)
    assert result.exit_code == 0, result.output
    return tmp_path / "delta_week"


def program(folder: Path) -> Program:
    loaded = load(folder)
    assert loaded.scenario is not None
    made = build(loaded.scenario, loaded.report)
    assert loaded.report.sorted() == []
    assert made is not None
    return made


def test_it_has_no_problems(folder: Path) -> None:
    """Neither errors nor warnings, and no allowance that hides one."""
    result = CliRunner().invoke(check, [str(folder)])
    assert (result.exit_code, result.output) == (0, "1 scenario or rulebook checked, no problems.\n")
    assert program(folder).scenario.allow == ()


def test_it_is_a_lesson(folder: Path) -> None:
    """Three seats and an agreement. Every card has its objective, question and three stances; every section an introduction."""
    scenario = program(folder).scenario
    assert len(scenario.seats) == 3
    assert scenario.agreements
    for card in scenario.injects.values():
        assert card.objective is not None
        assert card.debrief
        for choice in card.choices.values():
            assert {option.stance for option in choice.options} == set(model.Stance)
    lines = (folder / "scenario.yaml").read_text(encoding="utf-8").splitlines()
    sections = [at for at, line in enumerate(lines) if line.endswith(":") and line[:1].isalpha()]
    assert len(sections) >= 7
    assert all(lines[at - 1].startswith("# ") for at in sections)
    assert max(map(len, lines)) <= 140


@pytest.mark.parametrize("bots", ["random", "one-ply"])
def test_it_plays(folder: Path, bots: str) -> None:
    """Bots play it to its end, with every law of the engine watched."""
    assert play(program(folder), "a new scenario", bots) is None


def test_it_has_its_own_names(folder: Path) -> None:
    """The folder is a scenario of that name, with a title made from it, and a schema that knows its seats."""
    scenario = program(folder).scenario
    assert (scenario.id, str(scenario.title)) == ("delta_week", "Delta week")
    text = (folder / "schema.json").read_text(encoding="utf-8")
    assert json.loads(text)["$defs"]["sides"]["enum"] == list(scenario.seats)
    assert text == scenario_schema(folder)


def test_its_files_name_the_schema(folder: Path) -> None:
    """Each YAML file begins with the line by which an editor finds the schema."""
    files = list(folder.rglob("*.yaml"))
    assert len(files) == 2
    for file in files:
        assert file.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=schema.json\n")


def test_the_template_is_a_scenario() -> None:
    """What it is copied from is in order itself."""
    assert program(TEMPLATE).scenario.id == "new_scenario"


def test_it_says_what_to_do_next(tmp_path: Path) -> None:
    """The last lines are commands to type."""
    output = run("delta_week", "--in", tmp_path).output
    for command in ("check", "preview", "demo", "schema"):
        assert f"wargame {command} {tmp_path / 'delta_week'}" in output


@pytest.mark.parametrize(
    "title",
    ['"Quotes" and \\ and #', "Ni\u00f1o: yes", "{braces}, [brackets]", "- a list", "no", "5", "\u202eevil\x1b[31m\x00"],
)
def test_a_title_is_a_text(tmp_path: Path, title: str) -> None:
    """Whatever is typed as a title is the title, without what could move a cursor."""
    assert run("delta_week", "--in", tmp_path, "--title", title).exit_code == 0
    found = str(program(tmp_path / "delta_week").scenario.title)
    assert found == "".join(letter for letter in title if letter.isprintable()).replace("evil[", "evil [")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Delta Week", "`delta_week`"),
        ("Cris\u00eds del R\u00edo", "`crisis_del_rio`"),
        ("2nd", "beginning with a letter"),
        ("a" * 41, "at most 40"),
        ("a\n", "is no name"),
        ("", "is no name"),
        ("..", "is no name"),
        ("a/b", "is a path"),
        ("five_questions", "comes with wargame"),
    ],
)
def test_what_is_no_name_is_refused(tmp_path: Path, name: str, said: str) -> None:
    """The rule, a suggestion where there is one, and nothing written."""
    result = run("--in", tmp_path, "--", name)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("title", ["", "   ", "a" * 81])
def test_a_title_has_a_length(tmp_path: Path, title: str) -> None:
    """No title, or one that fits nowhere, is refused before anything is written."""
    assert run("delta_week", "--in", tmp_path, "--title", title).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(folder: Path) -> None:
    """A folder, a file or a link of that name stays as it is."""
    (folder / "scenario.yaml").write_text("mine", encoding="utf-8")
    (folder.parent / "link").symlink_to("nowhere")
    (folder.parent / "file").write_text("mine", encoding="utf-8")
    for name in ("delta_week", "link", "file"):
        result = run(name, "--in", folder.parent)
        assert result.exit_code == 2
        assert "is there already" in result.output
    assert (folder / "scenario.yaml").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in folder.parent.iterdir()) == ["delta_week", "file", "link"]


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    """A sentence, and status 1 or 2."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run("delta_week", "--in", tmp_path / "file" / "below")
    assert result.exit_code in (1, 2)
    assert "Error: " in result.output
