"""The debrief of a game is written from its journal; what is wrong is said in a sentence, with the status of its kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.chronicles import played_chronicle
from tests.support.journals import write_journal
from tests.support.paper import Page
from wargame.analysis.chronicle import made
from wargame.cli import journals
from wargame.cli.main import wargame


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def report(*arguments: str) -> Result:
    return CliRunner().invoke(wargame, ["report", *arguments])


def test_a_journal_becomes_a_page(tmp_path: Path) -> None:
    write_journal(tmp_path / "game.sqlite3", played_chronicle("everything", 1))
    shown = report("game.sqlite3", "--what-if", "none")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout == "game-debrief.html: open it in a browser.\n"
    words = Page((tmp_path / "game-debrief.html").read_text("utf-8")).text
    assert "Everything at Once: the debrief" in words
    assert "Ana" in words


def test_the_after_action_report_stands_alone_too(tmp_path: Path) -> None:
    write_journal(tmp_path / "game.sqlite3", played_chronicle("everything", 1))
    shown = report("game.sqlite3", "--what-if", "none", "--aar", "aar.html")
    assert shown.exit_code == 0, shown.output
    assert (tmp_path / "aar.html").exists()
    assert 'href="#aar"' in (tmp_path / "game-debrief.html").read_text("utf-8")


def test_names_can_be_left_out(tmp_path: Path) -> None:
    write_journal(tmp_path / "game.sqlite3", played_chronicle("everything", 1))
    assert report("game.sqlite3", "--what-if", "none", "--anonymous", "-o", "new/folder/out.html").exit_code == 0
    words = Page((tmp_path / "new/folder/out.html").read_text("utf-8")).text
    assert "Player 1" in words
    assert not re.search(r"\bAna\b", words)


def test_the_usual_journal_of_a_scenario_is_found_by_its_name(tmp_path: Path) -> None:
    place = journals.journal_for("everything")
    place.parent.mkdir(parents=True)
    write_journal(place, played_chronicle("everything", 1))
    assert report("everything", "--what-if", "none").exit_code == 0
    assert (tmp_path / "everything-debrief.html").exists()


def test_a_game_that_broke_off_is_told_and_said_to_have(tmp_path: Path) -> None:
    whole = played_chronicle("everything", 1)
    part = made(whole.game, whole.name, whole.base, whole.entries[:40], whole.people)
    write_journal(tmp_path / "game.sqlite3", part)
    shown = report("game.sqlite3", "--what-if", "none")
    assert shown.exit_code == 0, shown.output
    assert "The game is not over" in shown.stderr
    assert "broke off" in (tmp_path / "game-debrief.html").read_text("utf-8")


def test_of_several_tables_one_is_named(tmp_path: Path) -> None:
    tables = (played_chronicle("everything", 1), played_chronicle("everything", 2))
    write_journal(tmp_path / "class.sqlite3", *tables, classroom="class")
    shown = report("class.sqlite3", "--table", "2", "--what-if", "none")
    assert shown.exit_code == 0, shown.output
    assert "game everything-2" in Page((tmp_path / "class-debrief.html").read_text("utf-8")).text
    whole = report("class.sqlite3")
    assert whole.exit_code == 0, whole.output
    assert whole.stdout == "class-class.html: open it in a browser.\n"
    assert "Table 1" in (tmp_path / "class-class.html").read_text("utf-8")
    lost = report("class.sqlite3", "--table", "nine")
    assert lost.exit_code == 2
    assert "holds no table 'nine'" in lost.stderr
    assert "2 (everything-2)" in lost.stderr


def test_of_several_classes_the_last_one_is_told_unless_another_is_named(tmp_path: Path) -> None:
    """The usual journal of a scenario holds last week's class too: it is not compared with this one unasked."""
    write_journal(tmp_path / "two.sqlite3", played_chronicle("everything", 1), played_chronicle("everything", 2))
    for options, told in (((), "everything-2"), (("--class", "1"), "everything-1")):
        shown = report("two.sqlite3", *options, "--what-if", "none")
        assert shown.exit_code == 0, shown.output
        assert ("holds 2 classes: this is the last one" in shown.stderr) is not bool(options)
        assert f"game {told}" in Page((tmp_path / "two-debrief.html").read_text("utf-8")).text
    both = report("two.sqlite3", "--class", "all")
    assert both.stdout == "two-class.html: open it in a browser.\n"
    wrong = report("two.sqlite3", "--class", "3")
    assert wrong.exit_code == 2
    assert "There is no class '3' in two.sqlite3: it holds 2 classes, numbered from 1." in wrong.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("nowhere.sqlite3",), 2, "There is no file nowhere.sqlite3."),
        (("no_such_scenario",), 2, "no game of a scenario 'no_such_scenario' was kept"),
        (("words.txt",), 1, "words.txt"),
        (("empty.sqlite3",), 1, "empty.sqlite3"),
        (("game.sqlite3", "--what-if", "letter"), 2, "is not TURN.SEAT=OPTION or CARD:SEAT=OPTION"),
        (("game.sqlite3", "--what-if", "none", "-o", "taken"), 1, "Cannot write taken: Is a directory."),
        (("game.sqlite3", "--colour"), 2, "No such option"),
    ],
)
def test_what_is_wrong_is_a_sentence(tmp_path: Path, arguments: tuple[str, ...], status: int, words: str) -> None:
    write_journal(tmp_path / "game.sqlite3", played_chronicle("everything", 1))
    (tmp_path / "words.txt").write_text("This is no journal, but a text that is long enough to be looked at.")
    (tmp_path / "empty.sqlite3").write_bytes(b"")
    (tmp_path / "taken").mkdir()
    shown = report(*arguments)
    assert shown.exit_code == status, shown.output
    assert words in shown.stderr
    assert "Traceback" not in shown.output


def test_help_names_both_reports() -> None:
    shown = report("--help")
    assert shown.exit_code == 0
    assert "wargame report FILE" in shown.stdout
    assert "balance" in shown.stdout
    assert "--anonymous" in report("game", "--help").stdout
