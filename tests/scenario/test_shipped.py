"""What comes with the package is found by name, from a checkout and from an installed wheel."""

from __future__ import annotations

from pathlib import Path

import pytest

from wargame.scenario import shipped
from wargame.scenario.shipped import UnknownScenarioError, find_scenario


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder with two scenarios and a rulebook."""
    for name in ("ford", "harbour"):
        (tmp_path / "scenarios" / name).mkdir(parents=True)
        (tmp_path / "scenarios" / name / "scenario.yaml").write_text("format: 1\n")
    (tmp_path / "scenarios" / "empty").mkdir()
    (tmp_path / "rulebooks").mkdir()
    monkeypatch.setattr(shipped, "content", lambda: tmp_path)
    return tmp_path


def test_names_are_those_with_a_scenario(shelf: Path) -> None:
    """A folder without a main file is no scenario."""
    assert shipped.shipped_scenarios() == ("ford", "harbour")
    assert shipped.shipped_rulebooks() == (shelf / "rulebooks",)


def test_a_name_and_a_path_are_found(shelf: Path, tmp_path: Path) -> None:
    """A path that holds a scenario is itself; a name is the shipped one."""
    assert find_scenario("ford") == shelf / "scenarios" / "ford"
    own = tmp_path / "own"
    own.mkdir()
    (own / "scenario.yaml").write_text("format: 1\n")
    assert find_scenario(own) == own
    assert find_scenario(str(own / "scenario.yaml")) == own / "scenario.yaml"


def test_a_folder_of_the_same_name_does_not_hide_a_shipped_scenario(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty folder called `ford` where one stands is not what was meant."""
    (tmp_path / "here" / "ford").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")
    assert find_scenario("ford") == shelf / "scenarios" / "ford"


def test_an_unknown_name_is_answered_with_the_names(shelf: Path) -> None:
    """The error says which there are, and which was perhaps meant."""
    with pytest.raises(UnknownScenarioError, match=r"no scenario `frod`. Did you mean `ford`\? Shipped are: ford, harbour\."):
        find_scenario("frod")
    with pytest.raises(UnknownScenarioError, match=r"There is no scenario.yaml in"):
        find_scenario(shelf / "scenarios" / "empty")


def test_the_checkout_or_wheel_holds_something() -> None:
    """The real package ships rulebooks, and they are where it says."""
    places = shipped.shipped_rulebooks()
    assert places
    assert list(places[0].glob("*/rulebook.yaml"))


def test_a_name_longer_than_any_file_is_unknown() -> None:
    with pytest.raises(UnknownScenarioError, match="There is no scenario"):
        find_scenario("x" * 5000)
