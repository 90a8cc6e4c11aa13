"""`wargame import-msel` makes a scenario that passes `wargame check`, or says everything that is wrong and writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wargame.cli.check import check
from wargame.cli.export import export
from wargame.cli.import_msel import import_msel

HEAD = "Inject No.,Time,Type,Inject Description,Recipient,Objective\r\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(import_msel, [str(argument) for argument in arguments])


def sheet(tmp_path: Path, text: str) -> Path:
    place = tmp_path / "list.csv"
    place.write_text(text, encoding="utf-8")
    return place


def test_a_list_becomes_a_scenario_without_problems(tmp_path: Path) -> None:
    place = sheet(
        tmp_path, HEAD + "1,08:30,,Fog in the port,Harbour master and Coast guard,Coordinate\r\n2,09:00,,Oil,All,Coordinate\r\n"
    )
    result = run(place, "-o", tmp_path / "harbour", "--title", "The Harbour")
    assert result.exit_code == 0, result.output
    assert "2 cards, 2 seats, 2 turns" in result.output
    assert "goes by the clock" in result.stderr
    checked = CliRunner().invoke(check, [str(tmp_path / "harbour")])
    assert (checked.exit_code, checked.output) == (0, "1 scenario or rulebook checked, no problems.\n")
    assert (tmp_path / "harbour" / "schema.json").exists()


@pytest.mark.parametrize("name", ["plan.csv", "plan.xlsx"])
def test_what_export_writes_comes_back(tmp_path: Path, name: str) -> None:
    written = CliRunner().invoke(export, ["bridge_week", "--msel", str(tmp_path / name)])
    assert written.exit_code == 0, written.output
    assert run(tmp_path / name, "-o", tmp_path / "again").exit_code == 0
    checked = CliRunner().invoke(check, [str(tmp_path / "again")])
    assert checked.output == "1 scenario or rulebook checked, no problems.\n"


def test_every_problem_is_told_and_nothing_written(tmp_path: Path) -> None:
    result = run(sheet(tmp_path, HEAD + "1,Turn 0,,Fog,Port,\r\n2,Turn 99,,Rain,Port,\r\n"), "-o", tmp_path / "x")
    assert result.exit_code == 1
    assert "Row 2, column B" in result.output
    assert "Row 3, column B" in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv"]


def test_a_list_that_makes_no_sound_scenario_writes_nothing(tmp_path: Path) -> None:
    text = "Title,To,Expected action\r\nFog,Port [port],port: agreement port within 1\r\n"
    result = run(sheet(tmp_path, text), "-o", tmp_path / "x")
    assert result.exit_code == 1
    assert "has errors, so nothing was written" in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv"]


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "harbour").mkdir()
    result = run(sheet(tmp_path, HEAD + "1,1,,Fog,Port,\r\n"), "-o", tmp_path / "harbour")
    assert result.exit_code == 2
    assert "is there already" in result.output


def test_a_folder_that_is_no_name_is_refused(tmp_path: Path) -> None:
    assert run(sheet(tmp_path, HEAD), "-o", tmp_path / "My List").exit_code == 2
