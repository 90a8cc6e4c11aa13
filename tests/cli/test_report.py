"""The command writes one page and says where; what is wrong is said in a sentence, with the status of its kind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.balance import judged_numbers
from tests.support.paper import Page
from tests.support.sweeps import numbers_of
from wargame.cli.main import wargame


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WARGAME_CACHE", str(tmp_path / "cache"))


def report(*arguments: str) -> Result:
    return CliRunner().invoke(wargame, ["report", "balance", *arguments])


def played(*arguments: str) -> Result:
    return report("bridge_week", "--games", "6", "--bots", "random", "--jobs", "1", *arguments)


def test_it_plays_and_writes_a_page(tmp_path: Path) -> None:
    shown = played()
    assert shown.exit_code == 0, shown.output
    assert shown.stdout == "bridge_week-balance.html: open it in a browser.\n"
    page = Page((tmp_path / "bridge_week-balance.html").read_text("utf-8"))
    assert "6 games played by random bots" in page.text


def test_a_second_page_plays_nothing_again(tmp_path: Path) -> None:
    """Games that `simulate` or an earlier page left in the cache are used; the page is the same."""
    assert played("--out", "one.html").exit_code == 0
    again = played("--out", "new/folder/two.html")
    assert "6 of 6 games were played before and are kept." in again.stderr
    assert (tmp_path / "new/folder/two.html").read_bytes() == (tmp_path / "one.html").read_bytes()


def test_numbers_from_a_file_make_the_same_page(tmp_path: Path) -> None:
    assert played("--out", "played.html").exit_code == 0
    printed = CliRunner().invoke(
        wargame, ["simulate", "bridge_week", "--games", "6", "--bots", "random", "--jobs", "1", "--check", "--json"]
    )
    (tmp_path / "numbers.json").write_text(printed.stdout, encoding="utf-8")
    shown = report("--from", "numbers.json", "--out", "read.html")
    assert shown.exit_code == 0, shown.output
    assert (tmp_path / "read.html").read_bytes() == (tmp_path / "played.html").read_bytes()


def test_numbers_that_nobody_judged_are_judged_by_the_usual_targets(tmp_path: Path) -> None:
    (tmp_path / "numbers.json").write_text(json.dumps(numbers_of("skirmish")), encoding="utf-8")
    assert report("--from", "numbers.json", "--out", "usual.html").exit_code == 0
    assert report("--from", "numbers.json", "--quick", "--out", "quick.html").exit_code == 0
    targets = judged_numbers("skirmish")["health"]["targets"]
    assert f"of {len(targets)} targets are missed" in Page((tmp_path / "usual.html").read_text("utf-8")).text
    assert "the quick ones" in Page((tmp_path / "quick.html").read_text("utf-8")).text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Name a scenario to play"),
        (("bridge_week", "--from", "numbers.json"), "one of the two"),
        (("--from", "numbers.json", "--games", "9"), "With --from nothing is played"),
        (("--from", "nowhere.json"), "nowhere.json"),
        (("no_such_scenario",), "no_such_scenario"),
        (("bridge_week", "--bots", "one-pl"), "Did you mean `one-ply`?"),
        (("bridge_week", "--seats", "9"), "--seats takes 1 to 3"),
    ],
)
def test_wrong_usage_is_said_in_a_sentence(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    (tmp_path / "numbers.json").write_text("{}")
    shown = report(*arguments)
    assert shown.exit_code == 2
    assert words in shown.stderr


def test_a_file_without_numbers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "numbers.json").write_text('{"format": 1}')
    shown = report("--from", "numbers.json")
    assert shown.exit_code == 1
    assert "numbers.json is not what `wargame simulate --json` prints: the whole has no `turns`." in shown.stderr
    assert not list(tmp_path.glob("*.html"))


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    shown = played("--out", "taken")
    assert shown.exit_code == 1
    assert "Cannot write taken: Is a directory." in shown.stderr
