"""`wargame export` writes a game from its journal; what cannot be is said in a sentence, and no grades are overwritten."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.chronicles import played_chronicle
from tests.support.journals import write_journal
from wargame.analysis.export.shapes import SHAPES
from wargame.cli.export import export


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(export, [str(argument) for argument in arguments])


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    write_journal(tmp_path / "game.sqlite3", played_chronicle("everything", 1))
    return tmp_path / "game.sqlite3"


def rows_of(place: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(place.read_bytes().decode("utf-8-sig"), newline="")))


def test_a_game_becomes_a_folder_of_tables(journal: Path, tmp_path: Path) -> None:
    result = run(journal, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{shape.name}.csv" for shape in SHAPES}
    for shape in SHAPES:
        assert rows_of(tmp_path / "out" / f"{shape.name}.csv")[0] == list(shape.columns)
    assert len(rows_of(tmp_path / "out" / "events.csv")) > 50


def test_json_holds_every_table(journal: Path, tmp_path: Path) -> None:
    assert run(journal, "--format", "json", "-o", tmp_path / "out.json").exit_code == 0
    assert set(json.loads((tmp_path / "out.json").read_text("utf-8"))) == {shape.name for shape in SHAPES}


def test_anonymous_files_name_nobody(journal: Path, tmp_path: Path) -> None:
    assert run(journal, "--anonymous", "-o", tmp_path / "out").exit_code == 0
    assert "Dmitri" not in "".join(path.read_text("utf-8") for path in (tmp_path / "out").iterdir())


def test_grades_go_round(journal: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "grades.csv"
    assert run(journal, "--grades", "plain", "-o", sheet).exit_code == 0
    assert (tmp_path / "grades-guide.md").exists()
    rows = rows_of(sheet)
    rows[1][-4:] = ["4", "3", "2", "=good()"]
    with sheet.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    again = run(journal, "--grades", "plain", "-o", sheet)
    assert again.exit_code == 2
    assert "may hold grades" in again.output
    for kind in ("canvas", "moodle"):
        result = run(journal, "--grades", kind, "--graded", sheet, "-o", tmp_path / f"{kind}.csv")
        assert result.exit_code == 0, result.output
        assert any(row[-4:-1] == ["4", "3", "2"] or row[-3:] == ["4", "3", "2"] for row in rows_of(tmp_path / f"{kind}.csv"))
    assert len(rows_of(tmp_path / "canvas-log.csv")) == 4
    assert any(row[-1] == "'=good()" for row in rows_of(tmp_path / "moodle.csv"))


def test_wrong_grades_are_all_told_and_nothing_is_written(journal: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "grades.csv"
    run(journal, "--grades", "plain", "-o", sheet)
    rows = rows_of(sheet)
    rows[1][-4], rows[2][-3] = "9", "excellent"
    with sheet.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    result = run(journal, "--grades", "canvas", "--graded", sheet, "-o", tmp_path / "canvas.csv")
    assert result.exit_code == 1
    assert "row 2, participation: `9`" in result.output
    assert "row 3, rationale: `excellent`" in result.output
    assert not (tmp_path / "canvas.csv").exists()


@pytest.mark.parametrize("name", ["plan.csv", "plan.xlsx"])
def test_events_lists_of_a_scenario_and_of_a_game(journal: Path, tmp_path: Path, name: str) -> None:
    assert run("practice", "--msel", tmp_path / name).exit_code == 0
    result = run(journal, "--msel", tmp_path / f"played-{name}")
    assert result.exit_code == 0, result.output
    assert (tmp_path / name).stat().st_size > 500


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("practice", "--msel", "x.pdf"), "neither"),
        (("practice", "--msel", "x.csv", "--grades", "plain"), "ask for one"),
        (("practice", "--graded", __file__), "goes with --grades"),
        (("nowhere.sqlite3",), "There is no file"),
        (("nowhere", "--msel", "x.csv"), "nowhere"),
    ],
)
def test_wrong_usage_is_told(arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.output


def test_a_file_that_is_no_journal_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").write_bytes(b"not a journal")
    result = run(tmp_path / "x.sqlite3")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
