"""`wargame preview` says in a sentence why it cannot start, and reads a scenario again whenever a file of it is saved."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wargame.cli.new import TEMPLATE
from wargame.cli.preview import ScenarioFiles, preview


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(preview, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATE, tmp_path / "mine"))


def main(folder: Path) -> Path:
    return folder / "scenario.yaml"


def test_a_preview_needs_a_terminal(folder: Path) -> None:
    result = run(folder)
    assert result.exit_code == 2
    assert "A preview needs a terminal." in result.output


def test_a_broken_scenario_is_told_as_check_tells_it(folder: Path) -> None:
    """With each problem in its place."""
    main(folder).write_text(main(folder).read_text() + "unknown_section: {}\n")
    result = run(folder)
    assert result.exit_code == 1
    assert "error[unknown_key]" in result.output
    assert "cannot be played yet" in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("no_such_scenario",), "no_such_scenario"),
        (("five_questions", "--seat", "washingtn"), "Did you mean `washington`?"),
        (("five_questions", "--without", "nobody"), "There is no seat `nobody`."),
        (("five_questions", "--seat", "washington", "--without", "washington"), "cannot be your seat and be left out"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.output


def test_every_save_is_noticed_and_read(folder: Path) -> None:
    """Broken and mended, deleted and back: reading never raises, and a scenario that is right has a program."""
    files = ScenarioFiles(folder)
    first = files.read()
    assert first.program is not None
    assert first.errors == ()
    assert not files.changed()
    good = main(folder).read_text()

    main(folder).write_text(good + "  - [\n")
    assert files.changed()
    broken = files.read()
    assert broken.program is None
    assert "error[syntax]" in broken.errors[0]
    assert "^" in broken.errors[0]
    assert not files.changed()

    main(folder).unlink()
    assert files.changed()
    assert files.read().program is None

    main(folder).write_text(good)
    assert files.changed()
    again = files.read()
    assert again.program is not None
    assert again.program.digest == first.program.digest

    shutil.rmtree(folder)
    assert files.changed()
    gone = files.read()
    assert gone.program is None
    assert gone.errors


def test_warnings_do_not_keep_a_scenario_from_being_played(folder: Path) -> None:
    """They are kept to be shown."""
    main(folder).write_text(main(folder).read_text() + "flags: {lonely: {label: Lonely}}\n")
    opened = ScenarioFiles(folder).read()
    assert opened.program is not None
    assert any("lonely" in warning for warning in opened.warnings)
