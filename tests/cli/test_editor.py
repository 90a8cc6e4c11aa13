"""A new scenario in a real editor: the YAML language server completes its names, explains its keys and underlines mistakes."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.editor import Editor, Place
from wargame.cli.new import new

SERVER = Path(sys.prefix) / "lsp" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
NODE = shutil.which("node")
SETTINGS = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
MAIN, CARDS = "scenario.yaml", "injects.yaml"

pytestmark = pytest.mark.skipif(
    NODE is None or not SERVER.exists(),
    reason="There is no yaml-language-server here; `make lsp` installs it, with node and npm.",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("editor")
    assert CliRunner().invoke(new, ["delta_week", "--in", str(where)]).exit_code == 0
    return where / "delta_week"


@pytest.fixture(scope="module")
def editor(folder: Path) -> Iterator[Editor]:
    with Editor([str(NODE), str(SERVER), "--stdio"], folder, SETTINGS) as running:
        yield running


def edited(folder: Path, file: str, old: str, new: str) -> tuple[str, Place]:
    """The file with one part replaced, and the place of the cursor `^` within what replaced it."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    before = text[: text.index(old)] + new.partition("^")[0]
    return text.replace(old, new.replace("^", ""), 1), (before.count("\n"), len(before.rpartition("\n")[2]))


def test_new_files_have_no_problems(editor: Editor, folder: Path) -> None:
    """Both files of a new scenario are right, the included one too."""
    for file in (MAIN, CARDS):
        assert editor.problems(file, (folder / file).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "offered"),
    [
        ("seat: upstream", "seat: ^", {"upstream": "The Highlands", "commission": "The River Commission"}),
        (
            "    - ladder_closes",
            "    - ",
            {"trust +1": "Trust", "inject dry_canals": "Dry Canals", "end treaty": "Water treaty"},
        ),
        ("when: harvest <= 15", "when: ^", {"harvest": "The harvest", "upstream.capital": "Political capital"}),
        ("    stance: escalate", "    stance: ^", {"hold": "It waits and keeps the doors open."}),
        ("briefing: briefings/upstream.md", "briefing: ^", {"briefings/upstream.md": ""}),
    ],
    ids=["seat", "effect", "condition", "stance", "file"],
)
def test_names_are_completed(editor: Editor, folder: Path, old: str, new: str, offered: dict[str, str]) -> None:
    """Where a name goes, the scenario's own names are offered, each with what people call it."""
    text, place = edited(folder, MAIN, old, new)
    editor.problems(MAIN, text)
    found = editor.completions(MAIN, place)
    assert {name: found.get(name) for name in offered} == offered


def test_keys_are_completed(editor: Editor, folder: Path) -> None:
    """Where a key goes, the keys that are not there yet are offered, with their words."""
    text, place = edited(folder, CARDS, "    pool: trigger\n", "    pool: trigger\n    ^\n")
    editor.problems(CARDS, text)
    found = editor.completions(CARDS, place)
    assert found["lesson"] == "What it is meant to show, in one sentence."
    assert "title" not in found


def test_keys_are_explained(editor: Editor, folder: Path) -> None:
    """The words of the guide are shown at a key."""
    text, place = edited(folder, MAIN, "    stance: escalate", "    sta^nce: escalate")
    editor.problems(MAIN, text)
    hover = editor.hover(MAIN, place)
    assert hover.startswith("What it says to the others")
    assert "It raises the stakes." in hover


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("seat: upstream", "seat: ^upsteam", "There is no such name."),
        ("    stance: escalate", "    stance: ^escalat", "Value is not accepted."),
        ("    cost: 2", "    ^cots: 2", "Property cots is not allowed."),
        ("    - ladder_closes", "    - ^rol: 50", "This is no effect."),
        ("turns: {count: 4", "turns: {count: ^four", "Incorrect type"),
    ],
    ids=["name", "word", "key", "effect", "number"],
)
def test_mistakes_are_underlined(editor: Editor, folder: Path, old: str, new: str, said: str) -> None:
    """A mistake is one problem, at its line and column, in words that help."""
    text, place = edited(folder, MAIN, old, new)
    problems = editor.problems(MAIN, text)
    assert [found for found, _ in problems] == [place]
    assert problems[0][1].startswith(said)
