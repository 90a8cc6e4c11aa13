"""Checking never raises, whatever the files hold and whatever lies where files should."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wargame.cli.checking import check_path
from wargame.scenario.render import render_github, render_json, render_text
from wargame.scenario.shipped import content

BASE = Path(__file__).parent.parent / "fixtures" / "broken" / "_base"


def shipped_text() -> str:
    """The smallest shipped scenario, in its one file."""
    root = content()
    assert root is not None
    return (root / "scenarios" / "skirmish" / "scenario.yaml").read_text(encoding="utf-8")


TEXT = shipped_text()
TOKENS = sorted({word for word in TEXT.replace("\n", " \n ").split(" ") if word})
STRANGE = [
    "\t",
    "\x00",
    "\r",
    "\ufeff",
    "\u202e",
    "{",
    "}",
    "[",
    "]",
    ": ",
    "- ",
    "&a ",
    "*a ",
    "!t ",
    "|",
    ">",
    "'",
    '"',
    "#",
    "9" * 30,
]
CUTS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 30), st.sampled_from([*TOKENS, *STRANGE]) | st.text(max_size=5))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CUTS, min_size=1, max_size=4))
def test_any_change_of_a_scenario_can_be_checked(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int, str]]
) -> None:
    """Parts cut out, doubled and replaced: problems, never an exception, and every way to write them works."""
    text = TEXT
    for place, length, instead in changes:
        text = text[:place] + instead + text[place + length :]
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "scenario.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    checked = [check_path(folder)]
    for written in (render_text(checked, 1), render_json(checked), render_github(checked)):
        assert written.isprintable() or "\x1b" not in written


@given(st.binary(max_size=200))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_can_be_checked(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """What is no text at all is a problem like others."""
    folder = tmp_path_factory.mktemp("bytes")
    (folder / "scenario.yaml").write_bytes(data)
    assert check_path(folder).report.failed


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_other_encodings_are_told(encoding: str, tmp_path: Path) -> None:
    """As a problem of the file."""
    (tmp_path / "scenario.yaml").write_bytes(TEXT.encode(encoding))
    assert {problem.code for problem in check_path(tmp_path).report.problems} <= {"encoding", "control"}


def test_old_line_ends_are_told(tmp_path: Path) -> None:
    """A file without line feeds has one line to YAML and many to its writer."""
    (tmp_path / "scenario.yaml").write_bytes(TEXT.replace("\n", "\r").encode())
    assert [problem.code for problem in check_path(tmp_path).report.problems] == ["control"]


def odd_pipe(place: Path) -> None:
    os.mkfifo(place)


def odd_folder(place: Path) -> None:
    place.mkdir()


def odd_link(place: Path) -> None:
    outside = place.parent.parent / "outside.yaml"
    outside.write_text("flags: {flood: Flood}\n")
    place.symlink_to(outside)


def odd_loop(place: Path) -> None:
    place.symlink_to(place)


def odd_device(place: Path) -> None:
    place.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [odd_pipe, odd_folder, odd_link, odd_loop, odd_device], ids=lambda make: make.__name__)
def test_what_is_no_file_of_the_folder_is_not_included(make: object, tmp_path: Path) -> None:
    """A pipe, a folder, a link that leads out, a link to itself, a device: one problem where it is named."""
    folder = tmp_path / "scenario"
    copytree(BASE, folder)
    main = folder / "scenario.yaml"
    main.write_text(main.read_text(encoding="utf-8").replace("turns:", "include: [odd.yaml]\nturns:", 1))
    assert callable(make)
    make(folder / "odd.yaml")
    problems = check_path(folder).report.problems
    assert [problem.code for problem in problems] == ["include"]


def test_a_name_with_a_line_break_stays_on_its_line(tmp_path: Path) -> None:
    """Paths come from disk and are printed like other text of strangers."""
    folder = tmp_path / "a\nb"
    folder.mkdir()
    (folder / "scenario.yaml").write_text("- x\n")
    first = render_text([check_path(folder)], 1).splitlines()[0]
    assert "a\ufffdb" in first
    assert "error[wrong_type]" in first
    assert render_github([check_path(folder)]).count("\n") == 1
