"""`replay` reads a game out of its journal and tells it as any seat; what is wrong is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.chronicles import bots_chronicle, played_chronicle
from tests.support.journals import write_journal
from wargame.analysis.chronicle import made
from wargame.analysis.whatif.replay import Decision, decisions
from wargame.cli.main import wargame
from wargame.cli.replay import story_lines


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_journal(tmp_path_factory.mktemp("games") / "bridge.sqlite3", bots_chronicle("bridge_week")))


def replay(*arguments: str) -> Result:
    return CliRunner().invoke(wargame, ["replay", *arguments])


def test_without_a_terminal_the_story_is_printed(bridge: str) -> None:
    shown = replay(bridge)
    assert shown.exit_code == 0, shown.output
    assert ", as seen by the facilitator" in shown.stdout.splitlines()[0]
    for words in ("Turn 1:", "Turn 2:", "The end", "Scores (a mandate is met at", "Seed of the dice:"):
        assert words in shown.stdout


def test_a_seat_reads_what_it_was_told_and_no_more(bridge: str) -> None:
    as_seat, whole = replay(bridge, "--seat", "washington"), replay(bridge)
    told, everything = (text.stdout.partition("\nThe end\n")[0].splitlines() for text in (as_seat, whole))
    assert "as seen by The White House" in told[0]
    assert len(told) < len(everything)
    assert {line for line in everything if "The Cartel ·" in line} - set(told)


def test_a_game_that_broke_off_is_told_as_far_as_it_came(tmp_path: Path) -> None:
    whole = bots_chronicle("bridge_week")
    part = made(whole.game, whole.name, whole.base, whole.entries[:20], whole.people)
    shown = replay(str(write_journal(tmp_path / "part.sqlite3", part)), "--seat", "public")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.rstrip().endswith(f"The record ends here, in turn {part.state.turn}: the game is not over.")


def test_what_was_taken_back_is_told_when_asked_for_and_marked(tmp_path: Path) -> None:
    file = str(write_journal(tmp_path / "game.sqlite3", played_chronicle("everything", 1)))
    mark = "--- taken back later ---"
    assert mark not in replay(file).stdout
    assert replay(file, "--taken-back").stdout.count(mark) == 1


def choice(seat: str = "washington") -> tuple[Decision, str]:
    """A choice of a seat that is alone in its turn, and another answer to it."""
    found = [each for each in decisions(bots_chronicle("bridge_week")) if each.program.seats[each.seat] == seat]
    decision = found[0]
    return decision, next(decision.option(each).id for each in decision.options if each != decision.answer.option)


def test_with_one_choice_changed_the_same_game_is_told_up_to_it(bridge: str) -> None:
    decision, option = choice()
    changed = replay(bridge, "--set", f"{decision.name}={option}")
    assert changed.exit_code == 0, changed.output
    assert "WHAT IF" in changed.stdout
    assert "computers decide" in changed.stdout
    label = str(decision.option(next(each for each in decision.options if decision.option(each).id == option)).model.label)
    assert label in changed.stdout
    assert "The end" in changed.stdout


def test_a_choice_is_named_by_its_turn_too(bridge: str) -> None:
    decision, option = choice()
    turn = decision.before.turn
    shown = replay(bridge, "--set", f"{turn}.washington={option}")
    if shown.exit_code:  # several choices with this answer in one turn: they are listed
        assert f"{decision.name}=" in shown.stderr
    else:
        assert shown.stdout == replay(bridge, "--set", f"{decision.name}={option}").stdout


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("nonsense", "is not TURN.SEAT=OPTION or CARD:SEAT=OPTION"),
        ("99.washington=hold", "In turn 99 of this game `washington` had no choice to make. It had one in turn"),
        ("1.nobody=hold", "`nobody` had no choice to make"),
        ("99999999999.washington=hold", "is not TURN.SEAT=OPTION"),
        ("²x.washington=hold", "is not TURN.SEAT=OPTION"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(bridge: str, asked: str, words: str) -> None:
    shown = replay(bridge, "--set", asked)
    assert shown.exit_code == 2
    assert words in " ".join(shown.stderr.split())


def test_an_answer_that_was_not_open_says_which_were(bridge: str) -> None:
    decision, _ = choice()
    shown = replay(bridge, "--set", f"{decision.before.turn}.washington=fly_away")
    assert shown.exit_code == 2
    assert "`fly_away` was not open to `washington`" in shown.stderr
    assert f"{decision.name}=" in shown.stderr


def test_a_seat_or_file_that_is_none_says_what_there_is(bridge: str, tmp_path: Path) -> None:
    shown = replay(bridge, "--seat", "washingon")
    assert shown.exit_code == 2
    assert "Did you mean `washington`?" in shown.stderr
    assert "white_cell, public" in " ".join(shown.stderr.split())
    assert replay(str(tmp_path / "none.sqlite3")).exit_code == 2
    (tmp_path / "text.sqlite3").write_text("hello")
    broken = replay(str(tmp_path / "text.sqlite3"))
    assert (broken.exit_code, "Traceback" in broken.output) == (1, False)


def test_the_story_of_an_empty_record_says_that_it_is_empty() -> None:
    whole = bots_chronicle("bridge_week")
    lines = list(story_lines(made(whole.game, whole.name, whole.base, (), {}), "public"))
    assert lines[-1] == "The record ends here, before the game began."
