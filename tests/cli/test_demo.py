"""The demo plays a whole game through the real server, tells it the same way for the same seed, and takes mistakes kindly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wargame.cli.main import wargame


def run(*words: str) -> Result:
    return CliRunner().invoke(wargame, ["demo", *words])


@pytest.mark.parametrize("level", ["random", "one-ply"])
def test_the_same_seed_tells_the_same_story_in_another_process(level: str) -> None:
    words = ["bridge_week", "--headless", "--seed", "3", "--bots", level]
    here = run(*words)
    assert here.exit_code == 0, here.output
    there = subprocess.run(
        [sys.executable, "-m", "wargame.cli.main", "demo", *words],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "12345"},
    )
    assert there.stdout.decode("utf-8") == here.stdout


def test_the_story_has_turns_cards_answers_orders_and_scores() -> None:
    told = run("bridge_week", "--headless", "--seed", "4").stdout
    for words in ("Turn 1", "Turn 3", "[Card]", "[Answer]", "[Order]", "The end", "Scores", "Seed of the dice"):
        assert words in told, words


def test_another_seed_tells_another_story() -> None:
    assert run("bridge_week", "--headless", "--seed", "1").stdout != run("bridge_week", "--headless", "--seed", "2").stdout


def test_without_a_terminal_it_says_so_and_plays_by_itself() -> None:
    shown = run("bridge_week", "--seed", "5", "--bots", "random")
    assert shown.exit_code == 0
    assert "There is no terminal here" in shown.stderr
    assert "The end" in shown.stdout


def test_a_scenario_that_is_not_there_is_wrong_usage_in_a_sentence() -> None:
    shown = run("bridge_weak", "--headless")
    assert shown.exit_code == 2
    assert "bridge_week" in shown.stderr
    assert "Traceback" not in shown.output


def test_a_seat_that_is_not_there_is_wrong_usage_in_a_sentence() -> None:
    shown = run("bridge_week", "--headless", "--seat", "washingtn")
    assert shown.exit_code == 2
    assert "Did you mean `washington`?" in shown.stderr


def test_a_scenario_with_problems_is_refused_with_its_places(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text("format: 1\nid: broken\ntitle: Broken\n", encoding="utf-8")
    shown = run(str(tmp_path), "--headless")
    assert shown.exit_code == 1
    assert "scenario.yaml:1" in shown.stderr
    assert "cannot be played" in shown.stderr
