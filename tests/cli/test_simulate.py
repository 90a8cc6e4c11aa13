"""The command prints one result and nothing else on stdout, judges when asked, and says in a sentence what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wargame.bots.names import LEVELS
from wargame.cli.main import wargame


@pytest.fixture
def chunks(tmp_path: Path) -> Path:
    return tmp_path / "chunks"


def simulate(chunks: Path, *arguments: str, scenario: str = "bridge_week") -> Result:
    given = ["--games", "6", "--bots", "random", "--jobs", "1", "--chunks", str(chunks)]
    return CliRunner().invoke(wargame, ["simulate", scenario, *given, *arguments])


def test_json_is_all_there_is_on_stdout(chunks: Path) -> None:
    shown = simulate(chunks, "--json")
    assert shown.exit_code == 0, shown.output
    assert json.loads(shown.stdout)["games"] == 6
    assert not shown.stderr


def test_started_again_it_says_what_was_kept_and_prints_the_same(chunks: Path) -> None:
    first, second = simulate(chunks, "--json"), simulate(chunks, "--json")
    assert second.stdout == first.stdout
    assert second.stderr == "6 of 6 games were played before and are kept.\n"
    third = simulate(chunks, "--json", "--fresh")
    assert third.stdout == first.stdout
    assert not third.stderr


def test_the_text_tells_people_about_every_seat(chunks: Path) -> None:
    numbers = json.loads(simulate(chunks, "--json").stdout)
    shown = simulate(chunks)
    assert shown.exit_code == 0
    assert all(told["title"] in shown.stdout for told in numbers["seats"].values())
    assert len(simulate(chunks, "--all").stdout) > len(shown.stdout)


def test_a_missed_target_ends_with_one_and_a_met_one_with_nought(chunks: Path, tmp_path: Path) -> None:
    shown = simulate(chunks, "--check")
    assert shown.exit_code == 1
    assert "MISSED" in shown.stdout
    easy = scenario(tmp_path, "quick: {mandate: 0-100, option: 0-100, catastrophes: 0-100}\n")
    shown = simulate(chunks, "--check", "--quick", scenario=easy)
    assert shown.exit_code == 0, shown.output
    assert "0 missed" in shown.stdout


def scenario(folder: Path, balance: str) -> str:
    """A game of two with a balance file beside it."""
    found = folder / "small"
    found.mkdir()
    (found / "scenario.yaml").write_text(SMALL, encoding="utf-8")
    (found / "balance.yaml").write_text(balance, encoding="utf-8")
    return str(found)


SMALL = """
format: 1
id: small
title: Small
turns: {count: 2}
seats: {north: {title: North}, south: {title: South}}
tracks: {heat: {label: Heat, range: [0, 9], start: 4}}
actions:
  push: {seat: [north, south], label: Push, stance: escalate, effects: [heat +1]}
  rest: {seat: [north, south], label: Rest, stance: deescalate, effects: [heat -1]}
phases: [{id: rooms, label: Rooms, kind: orders, seconds: 60}]
scoring:
  seats:
    north: [{label: Heat, value: 10 * heat}]
    south: [{label: Calm, value: 90 - 10 * heat}]
"""


def test_a_balance_file_with_problems_is_refused_with_their_places(chunks: Path, tmp_path: Path) -> None:
    shown = simulate(chunks, "--check", scenario=scenario(tmp_path, "targets: {mandat: 1-2, top: 3-x}\n"))
    assert shown.exit_code == 1
    assert "balance.yaml:1:11: There is no key `mandat` here. (did you mean `mandate`?)" in shown.stderr
    assert "balance.yaml:1:29" in shown.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--bots", "one-pl"], "There is no bot called `one-pl`. Did you mean `one-ply`?"),
        (["--bots", "nobody=random,*=random"], "There is no seat `nobody` in play."),
        (["--against", "mexico_city=random"], "No bot is named for"),
        (["--seats", "9"], "--seats takes 1 to 3"),
        (["--seats", "mexico_cit"], "There is no seat `mexico_cit`. Did you mean `mexico_city`?"),
        (["--quick"], "--quick goes with --check"),
        (["--games", "0"], "--games"),
        (["--jobs", "0"], "--jobs"),
    ],
)
def test_wrong_usage_is_said_in_a_sentence(chunks: Path, arguments: list[str], words: str) -> None:
    shown = simulate(chunks, *arguments)
    assert shown.exit_code == 2
    assert words in shown.stderr


def test_the_help_names_every_level() -> None:
    shown = CliRunner().invoke(wargame, ["simulate", "--help"]).output
    assert all(level in shown for level in LEVELS)


def test_against_compares_over_the_same_seeds(chunks: Path) -> None:
    shown = simulate(chunks, "--against", "one-ply", "--json")
    assert shown.exit_code == 0, shown.output
    against = json.loads(shown.stdout)["against"]
    assert against["bots"] == "one-ply"
    assert all(told["gain"]["mean"] is not None for told in against["seats"].values())
    assert json.loads(simulate(chunks, "--json").stdout)["seats"] == json.loads(shown.stdout)["seats"]


def test_ctrl_c_tells_how_to_go_on(chunks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wargame.analysis.sweep.store import Store

    put = Store.put

    def interrupted(self: Store, *given: object) -> None:
        put(self, *given)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "put", interrupted)
    shown = simulate(chunks)
    assert shown.exit_code == 130
    assert "Stopped. Finished games are kept: the same command goes on from here." in shown.stderr
    monkeypatch.undo()
    assert "5 of 6 games were played before and are kept." in simulate(chunks).stderr
