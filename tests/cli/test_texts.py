"""A teacher translates a scenario in an editor: the command writes what there is to translate, says what is missing, and the
scenario then speaks the language."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.scenario.test_load import HEAD, put
from wargame.cli.main import wargame


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    head = HEAD.replace("The north bank}", "The north bank, briefing: briefings/n.md}")
    return put(tmp_path / "ford", {"scenario.yaml": head, "briefings/n.md": "# North\n"})


def texts(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(wargame, ["texts", str(folder), "--language", "es", *options])


def test_from_nothing_to_a_scenario_in_two_languages(folder: Path) -> None:
    """Write the file, fill it in, declare the language: then `check` is content and a game is told in it."""
    begun = texts(folder)
    assert begun.exit_code == 0
    assert "holds 4 texts in 1 files; 0 are translated" in begun.stdout
    assert "briefings/n.md" in begun.stdout
    assert "languages: [en, es]" in begun.stdout
    place = folder / "translations" / "es" / "scenario.yaml"
    text = place.read_text()
    for original, translation in (
        ("The ford", "El vado"),
        ("The north bank", "La orilla norte"),
        ("The south bank", "La orilla sur"),
        ("Orders", "Órdenes"),
    ):
        comment, empty = f"# en: {original}\n", text.split(f"# en: {original}\n")[1].split("\n")[0]
        text = text.replace(f"{comment}{empty}\n", f"{comment}{empty} {translation}\n")
    put(folder, {"translations/es/scenario.yaml": text, "translations/es/briefings/n.md": "# Norte\n"})
    put(folder, {"scenario.yaml": (folder / "scenario.yaml").read_text() + "languages: [en, es]\n"})
    done = texts(folder)
    assert done.stdout == f"{folder / 'translations' / 'es'} holds 4 texts in 1 files; 4 are translated.\n"
    checked = CliRunner().invoke(wargame, ["check", str(folder)])
    assert checked.exit_code == 0, checked.output
    told = CliRunner().invoke(wargame, ["demo", str(folder), "--headless", "--seed", "1", "--language", "es"])
    assert "El vado" in told.stdout


def test_a_folder_elsewhere(folder: Path, tmp_path: Path) -> None:
    """With -o nothing is written beside the scenario."""
    assert texts(folder, "-o", str(tmp_path / "es")).exit_code == 0
    assert (tmp_path / "es" / "scenario.yaml").is_file()
    assert not (folder / "translations").exists()


def test_a_file_that_cannot_be_read_is_not_written_over(folder: Path) -> None:
    """A slip of the keyboard must not cost the work of an afternoon."""
    put(folder, {"translations/es/scenario.yaml": "title: [El vado\n"})
    done = texts(folder)
    assert done.exit_code == 1
    assert "nothing was changed" in done.stderr
    assert (folder / "translations/es/scenario.yaml").read_text() == "title: [El vado\n"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "is written in `en`"), ("Spanish", "is no code of a language"), ("../x", "is no code")]
)
def test_wrong_languages_are_wrong_usage(folder: Path, language: str, said: str) -> None:
    """The language it is written in, and what is no language."""
    done = CliRunner().invoke(wargame, ["texts", str(folder), "--language", language])
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_scenario_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    """Not a traceback."""
    done = texts(put(tmp_path, {"scenario.yaml": "- a\n"}))
    assert done.exit_code == 1
    assert "cannot be read" in done.stderr
    assert texts(tmp_path / "nowhere").exit_code == 2
