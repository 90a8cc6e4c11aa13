"""Files are read from inside a folder only, from disk and from texts alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.scenario.files import DiskFolder, DiskLibrary, TextFolder, TextLibrary, UnreadableError, confined


@given(st.text(alphabet="ab./\\~:\n\0 ", min_size=1, max_size=12))
def test_a_confined_path_stays_inside(name: str) -> None:
    """Whatever path is allowed, its parts are plain names."""
    if not confined(name):
        parts = name.split("/")
        assert all(part not in {"", ".", ".."} for part in parts)
        assert Path("/some/folder", name).is_relative_to("/some/folder")


def test_ordinary_paths_are_allowed() -> None:
    """Folders, spaces, dots within names and other alphabets are fine."""
    for name in ("scenario.yaml", "injects/week 1.yaml", "a/b/c..d.md", "año.md"):
        assert confined(name) == ""


def test_disk_reads_at_most_one_byte_too_many(tmp_path: Path) -> None:
    """A file larger than allowed is never read whole."""
    (tmp_path / "big").write_bytes(b"x" * 1000)
    assert len(DiskFolder(tmp_path).read("big", 10)) == 11


def test_disk_refuses_what_is_outside(tmp_path: Path) -> None:
    """The folder itself checks the path, whoever asks."""
    (tmp_path / "in").mkdir()
    (tmp_path / "secret").write_text("x")
    with pytest.raises(UnreadableError, match="leads out"):
        DiskFolder(tmp_path / "in").read("../secret", 10)


def test_libraries_know_their_rulebooks(tmp_path: Path) -> None:
    """Both find a rulebook by name and list all; neither follows a path for a name."""
    (tmp_path / "ladder").mkdir()
    (tmp_path / "ladder" / "rulebook.yaml").write_text("format: 1\n")
    disk = DiskLibrary(tmp_path / "game", [tmp_path])
    text = TextLibrary({"rulebooks/ladder/rulebook.yaml": "format: 1\n", "scenario.yaml": ""})
    for library in (disk, text):
        assert list(library.rulebooks()) == ["ladder"]
        found = library.rulebook("ladder")
        assert found is not None
        assert found.read("rulebook.yaml", 100) == b"format: 1\n"
        assert list(found.names()) == ["rulebook.yaml"]
        assert library.rulebook("steps") is None
        assert library.rulebook("../ladder") is None


def test_texts_know_only_themselves() -> None:
    """What is not among the texts does not exist."""
    with pytest.raises(UnreadableError):
        TextFolder({"a": "x"}).read("b", 10)
