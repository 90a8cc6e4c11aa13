"""Whatever happens to a file of a scenario is a change, and nothing else is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from wargame.cli.saves import Saves


def folder_of(tmp_path: Path) -> Path:
    folder = tmp_path / "scenario"
    (folder / "cards").mkdir(parents=True)
    (folder / "scenario.yaml").write_text("format: 1\n")
    (folder / "cards" / "one.yaml").write_text("injects: {}\n")
    return folder


def rename_over(folder: Path) -> None:
    """As many editors save."""
    (folder / ".one.yaml.tmp").write_text("injects: {}\n")
    os.replace(folder / ".one.yaml.tmp", folder / "cards" / "one.yaml")


CHANGES: dict[str, Callable[[Path], object]] = {
    "written": lambda folder: (folder / "scenario.yaml").write_text("format: 1 \n"),
    "renamed over": rename_over,
    "deleted": lambda folder: (folder / "cards" / "one.yaml").unlink(),
    "new": lambda folder: (folder / "cards" / "two.yaml").write_text(""),
    "folder gone": lambda folder: folder.rename(folder.parent / "elsewhere"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_changes_are_noticed(name: str, tmp_path: Path) -> None:
    """Once, until the next mark."""
    folder = folder_of(tmp_path)
    saves = Saves((folder,))
    saves.mark()
    assert not saves.changed()
    CHANGES[name](folder)
    assert saves.changed()
    saves.mark()
    assert not saves.changed()


def test_other_files_do_not_matter(tmp_path: Path) -> None:
    """An editor's own files come and go."""
    folder = folder_of(tmp_path)
    saves = Saves((folder,))
    saves.mark()
    (folder / ".scenario.yaml.swp").write_text("x")
    (folder / "4913").write_text("")
    assert not saves.changed()


def test_files_elsewhere_can_be_followed(tmp_path: Path) -> None:
    """A rulebook need not lie in the folder."""
    folder, rulebook = folder_of(tmp_path), tmp_path / "rulebook.yaml"
    rulebook.write_text("format: 1\n")
    saves = Saves((folder,))
    saves.mark()
    saves.follow([str(rulebook)])
    assert not saves.changed()
    rulebook.write_text("format: 2 \n")
    assert saves.changed()


def test_what_changes_while_it_is_read_is_a_change(tmp_path: Path) -> None:
    """Between `mark` and `follow` the files are read."""
    folder = folder_of(tmp_path)
    saves = Saves((folder,))
    saves.mark()
    (folder / "scenario.yaml").write_text("format: 1 # later\n")
    saves.follow([str(folder / "scenario.yaml")])
    assert saves.changed()
